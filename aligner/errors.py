"""Everything that `aligner` raises on purpose.

A message says what happened, where (file, line, sentence), and what to do. The
command line prints it as one line and exits with code 2; it never shows a
traceback for one of these. Peculiarities of a text that do not stop the work
(a side without a partner, a stray control character) are not errors.
"""


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
