"""Findings that somebody has looked at and wants to see no more: a file of marks.

A mark names a check and both texts of a pair, so it holds wherever the pair stands, in
the next version of the document too, and lapses as soon as one of the texts changes. "*"
for the check stands for all checks. Two formats: TSV with a header (check, source, target) and
JSONL with the same keys. Written by `writers.marks`, which adds and never loses a mark.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from aligner.errors import InputError

COLUMNS = ("check", "source", "target")
EVERY_CHECK = "*"
_ESCAPES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
_CHARACTERS = {escape[1]: char for char, escape in _ESCAPES.items()}


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing to ignore; spaces at the edges and doubled ones do not matter."""

    check: str
    source: str
    target: str

    @classmethod
    def of(cls, check: str, source: str, target: str) -> Mark:
        """The mark of a check at a pair of texts."""
        return cls(check, " ".join(source.split()), " ".join(target.split()))


def read_marks(path: Path) -> dict[Mark, None]:
    """The marks of a file, in its order, each once."""
    jsonl = path.suffix.lower() in (".jsonl", ".json")
    return dict.fromkeys(_jsonl(path) if jsonl else _tsv(path))


def _lines(path: Path) -> list[str]:
    """As they are: cleaned, a text with an invisible mark in it would not be the same text."""
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").split("\n")
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 ({error.reason}); save the file as UTF-8") from None
    except OSError as error:
        raise InputError(
            f"{path}: cannot be read ({error.strerror}); check the name and its rights"
        ) from None


def _tsv(path: Path) -> Iterator[Mark]:
    for number, line in enumerate(_lines(path), start=1):
        if not line.strip():
            continue
        cells = [_plain(cell) for cell in line.split("\t")]
        if len(cells) < len(COLUMNS):
            raise InputError(
                f"{path}, line {number}: not a mark; it needs three columns with tabs between: "
                "check, source, target"
            )
        if number > 1 or tuple(cells[:3]) != COLUMNS:
            yield Mark.of(*cells[:3])


def _jsonl(path: Path) -> Iterator[Mark]:
    for number, line in enumerate(_lines(path), start=1):
        if not line.strip():
            continue
        try:
            fields = json.loads(line)
            yield Mark.of(*(str(fields[name]) for name in COLUMNS))
        except (ValueError, KeyError, TypeError):
            raise InputError(
                f'{path}, line {number}: not a mark; a line is {{"check": …, "source": …, '
                '"target": …}}'
            ) from None


def escaped(text: str) -> str:
    """A text as a TSV cell, on one line."""
    return "".join(_ESCAPES.get(char, char) for char in text)


def _plain(cell: str) -> str:
    """A cell as the text it stands for."""
    parts = iter(cell)
    out = []
    for char in parts:
        following = next(parts, "") if char == "\\" else ""
        out.append(_CHARACTERS.get(following, char + following) if char == "\\" else char)
    return "".join(out)
