"""The file of findings that a person does not want to see again.

TSV with the columns check, source and target: a finding is ignored wherever the same check
speaks about the same two texts. Lines are added and never changed, so that the file can
be kept with the documents and edited by hand.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path

from aligner.errors import InputError
from aligner.linkfiles import read_lines
from aligner.review.decisions import Ignored
from aligner.writers.atomic import replacing
from aligner.writers.tsv import escaped, escaped_back

COLUMNS = ("check", "source", "target")


def add_ignored(path: Path, ignored: Iterable[Ignored]) -> int:
    """Add what the file does not have yet; returns how many lines were added."""
    before = read_ignored(path) if path.exists() else []
    new = [each for each in dict.fromkeys(ignored) if each not in set(before)]
    if not new and path.exists():
        return 0
    text = io.StringIO()
    for values in [COLUMNS, *((i.check, i.source, i.target) for i in [*before, *new])]:
        text.write("\t".join(map(escaped, values)) + "\n")
    with replacing(path) as stream:
        stream.write(text.getvalue().encode("utf-8", "backslashreplace"))
    return len(new)


def read_ignored(path: Path) -> list[Ignored]:
    """The lines of the file, in order."""
    lines = list(read_lines(path))
    if not lines or tuple(lines[0].split("\t")) != COLUMNS:
        raise InputError(
            f"{path}, line 1: not a file of ignored findings; its first line has the names "
            "check, source, target with tabs between them"
        )
    found = []
    for number, line in enumerate(lines[1:], 2):
        values = [escaped_back(value) for value in line.split("\t")]
        if line and len(values) != len(COLUMNS):
            raise InputError(
                f"{path}, line {number}: {len(values)} fields instead of three; "
                r"write a tab inside a text as \t"
            )
        if line:
            found.append(Ignored(*values))
    return found
