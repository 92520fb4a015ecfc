"""A file's bytes, or an InputError that says why there are none.

A file is in memory as a whole while it is read, so its size is limited here, whatever it
is; how much of it may be text is for the readers to say (`readers.decode`, `readers.zipped`).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from aligner.errors import InputError
from aligner.readers.decode import Raw

STDIN = Path("-")
LARGEST_FILE = 512_000_000  # bytes; an illustrated book or a scan with a text layer has 200 million


def raw_file(path: Path, encoding: str | None = None) -> Raw:
    """The bytes of a file under its bare name; "-" is standard input."""
    if path == STDIN:
        raw = Raw("stdin", _limited(sys.stdin.buffer, "stdin"), encoding)
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
    with _open_errors(path), open(path, "rb") as stream:
        if path.stat().st_size > LARGEST_FILE:  # before it is read in vain
            raise _too_large(str(path))
        return _limited(stream, str(path))


def _limited(stream: BinaryIO, name: str) -> bytes:
    """All that a stream has; a pipe and a device do not say how much that is."""
    data = stream.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        raise _too_large(name)
    return data


def _too_large(name: str) -> InputError:
    return InputError(
        f"{name}: has more than {LARGEST_FILE // 1_000_000} MB; split it into parts, by chapters "
        "for example, and give them one by one"
    )


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
