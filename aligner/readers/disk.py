"""A file's bytes, or an InputError that says why there are none."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aligner.errors import InputError
from aligner.readers.decode import Raw

STDIN = Path("-")


def raw_file(path: Path, encoding: str | None = None) -> Raw:
    """The bytes of a file under its bare name; "-" is standard input."""
    if path == STDIN:
        raw = Raw("stdin", sys.stdin.buffer.read(), encoding)
    else:
        raw = Raw(path.name, _bytes(path), encoding)
    if not raw.data:
        raise InputError(f"{path if path != STDIN else 'stdin'}: is empty; give a file with text")
    return raw


def beginning_of(path: Path, size: int = 200_000) -> bytes:
    """The first bytes of a file; InputError as for `raw_file`."""
    with _open_errors(path), open(path, "rb") as stream:
        return stream.read(size)


def _bytes(path: Path) -> bytes:
    with _open_errors(path):
        return path.read_bytes()


@contextmanager
def _open_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise InputError(f"{path}: no such file; check the name and the folder") from None
    except IsADirectoryError:
        raise InputError(f"{path}: is a folder; give a file in it") from None
    except PermissionError:
        raise InputError(f"{path}: may not be read; check the file's permissions") from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = error.strerror if isinstance(error, OSError) else error
        raise InputError(f"{path}: cannot be read: {reason}; check the name") from None
