"""Everything that `aligner` raises on purpose.

A message says what happened, where (file, line, sentence), and what to do. The
command line prints it as one line and exits with code 2; it never shows a
traceback for one of these. Peculiarities of a text that do not stop the work
(a side without a partner, a stray control character) are not errors.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path


class AlignerError(Exception):
    """The root of the tree: catch this to catch them all."""


class InputError(AlignerError):
    """What the user gave cannot be used: a file, a text, an option."""


class ModelError(AlignerError):
    """An encoder cannot be loaded or gives vectors that cannot be used."""


class OutputError(AlignerError):
    """A result cannot be written where it was asked for."""


class MemoryStoreError(AlignerError):
    """A translation memory cannot be opened, read or changed."""


def unknown_format(
    path: Path, known: Iterable[str], what: str = "format", ask: str = "end it in one of"
) -> InputError:
    """For a file whose name ends in none of the `known` ways."""
    ending = path.suffix.lower()
    problem = f"no {what} is called {ending}" if ending else "the name does not say the format"
    return InputError(f"{path}: {problem}; {ask} {', '.join(known)}")
