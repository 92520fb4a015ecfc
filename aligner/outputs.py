"""A result into a file of any kind: the formats of `writers`, and the review page.

The page is made of more than pairs, so it cannot be one of the writers; this is where
the two meet.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from aligner.errors import InputError
from aligner.issues import Checked
from aligner.records import Alignment, Pair
from aligner.reviewing import write_page
from aligner.settings import VERSION
from aligner.writers import files, issues
from aligner.writers.atomic import check_writable
from aligner.writers.files import WriteOptions

PAGE = ".html"


def write(result: Alignment | Iterable[Pair], path: Path, options: WriteOptions) -> int:
    """Write a result; returns how many characters the format could not carry."""
    if not is_page(path):
        return files.write(result, path, options)
    write_page(result, path, options)
    return 0


def check_target(path: Path) -> None:
    """OutputError for a place that cannot be written, InputError for a name without a format."""
    if is_page(path):
        check_writable(path)
    else:
        files.check_target(path, (PAGE,))


def check_report_target(path: Path) -> None:
    """The same for what checks have found."""
    if is_page(path):
        check_writable(path)
    else:
        issues.check_issue_target(path, (PAGE,))


def write_report(checked: Checked, path: Path) -> None:
    """Write what checks have found, in the format the name asks for."""
    if is_page(path):
        write_page(checked.pairs, path, WriteOptions(VERSION), checked.issues)
    else:
        issues.write_issues(checked, path, VERSION)


def check_filtered(paths: Sequence[Path], options: WriteOptions) -> None:
    """InputError where pairs are to be left out, but every file has link lines."""
    if not any(map(is_page, paths)):
        files.check_filtered(paths, options)


def is_page(path: Path) -> bool:
    return path.suffix.lower() == PAGE


def check_page(path: Path) -> None:
    """Errors where no page can be written at `path`, before the long work."""
    if not is_page(path):
        raise InputError(f"{path}: a review page is HTML; end its name in {PAGE}")
    check_writable(path)
