"""One sentence a line, for input that is split already.

Every line is kept, the empty ones too: a sentence's index is its line number, from 0.
Lines end at "\\n" and nowhere else; the one at the end of the file makes no further line.
"""

from __future__ import annotations

from pathlib import Path

from aligner.errors import InputError
from aligner.readers.decode import decoded
from aligner.readers.disk import raw_file
from aligner.text import on_one_line


def read_lines(path: Path, encoding: str | None = None) -> list[str]:
    """The lines of a file ("-": of standard input), cleaned, spaces at their ends removed."""
    raw = raw_file(path, encoding)
    text = decoded(raw).text
    if not text.strip():
        raise InputError(f"{path}: has no text in it; give one sentence a line")
    return [on_one_line(line) for line in text.removesuffix("\n").split("\n")]
