"""A file appears whole or not at all.

The bytes go into a hidden file beside the target, which then takes the target's
name in one step. Whatever stops the work (a full disk, Ctrl-C) leaves an older
file as it was and no half of a new one. A link is followed: the file it points
to is replaced. Devices and pipes (/dev/stdout, a FIFO) cannot be renamed over and
are written straight. A pipe closed by its reader is no fault of the output:
BrokenPipeError passes through.
"""

from __future__ import annotations

import errno
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from aligner.errors import OutputError

_REMEDIES = {
    errno.ENOSPC: "no space left on the disk; free some, or write to another disk",
    errno.EDQUOT: "the disk quota is used up; free some space, or write to another disk",
    errno.EROFS: "the file system is read-only; write to another folder",
    errno.EACCES: "no permission to write here; write to another folder, or change its rights",
    errno.EPERM: "no permission to write here; write to another folder, or change its rights",
    errno.ENOENT: "the folder does not exist; create it, or write to another one",
    errno.ENOTDIR: "part of the path is a file, not a folder; give another path",
    errno.EISDIR: "this is a folder; give the name of a file in it",
    errno.ENAMETOOLONG: "the file name is too long; give a shorter one",
}


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A stream whose bytes stand at `path` all at once when the block ends well."""
    check_writable(path)
    with output_errors(path):
        if written_straight(path):
            with open(path, "ab") as stream:  # appending: what stdout got before stays
                yield stream
            return
        target = Path(os.path.realpath(path))
        temporary = target.with_name(f".aligner-{secrets.token_hex(8)}.part")
        try:
            with open(temporary, "xb") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())  # else a crash could leave the name without the bytes
            if target.exists():
                os.chmod(temporary, stat.S_IMODE(target.stat().st_mode))
            os.replace(temporary, target)
        except BaseException:  # Ctrl-C as well: no half-file stays behind
            temporary.unlink(missing_ok=True)
            raise


def check_writable(path: Path) -> None:
    """OutputError if nothing can be written at `path`; nothing is created by asking."""
    with output_errors(path):
        target = Path(os.path.realpath(path))
        if target.is_dir():
            raise _os_error(errno.EISDIR)
        if target.exists() and not os.access(target, os.W_OK):
            raise _os_error(errno.EACCES)
        if written_straight(path):
            return
        if not target.parent.is_dir():
            raise _os_error(errno.ENOTDIR if target.parent.exists() else errno.ENOENT)
        if not os.access(target.parent, os.W_OK | os.X_OK):
            raise _os_error(errno.EACCES)


def written_straight(path: Path) -> bool:
    """Whether `path` is a device, a pipe or an open descriptor rather than a file to replace."""
    if path.absolute().parts[1:2] in (("dev",), ("proc",)):
        return path.exists()  # /dev/stdout may lead to a plain file that the shell holds open
    return path.exists() and not path.is_file() and not path.is_dir()


@contextmanager
def output_errors(path: Path) -> Iterator[None]:
    """Turns what the system says against writing at `path` into an OutputError with a remedy."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        reason = _REMEDIES.get(error.errno or 0, error.strerror or str(error))
        raise OutputError(f"{path}: cannot be written: {reason}") from error


def _os_error(number: int) -> OSError:
    return OSError(number, os.strerror(number))
