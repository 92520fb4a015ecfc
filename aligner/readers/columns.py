"""A tab-separated file with a sentence on each line and its translation beside it.

Each row becomes one paragraph that keeps its tab, so that `language.split_by_language`
can give the columns to their languages (a cell "NATO" says nothing by itself). Columns
beside the two with text in them (numbers, identifiers, scores) and a header row are left
out and counted. Which column is English is not asked here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from aligner.errors import InputError
from aligner.readers.decode import Raw, decoded
from aligner.records import Document, Paragraph
from aligner.text import letters

_ENOUGH_ROWS = 0.9  # of all rows must have a tab
_HEADER = re.compile(
    r"(?:en|eng|english|ru|rus|russian|source|target|src|tgt|original|translation|text"
    r"|английский|русский|оригинал|перевод)(?:[-_ ]?(?:text|us|gb|ru))?",
    re.IGNORECASE,
)


def read(raw: Raw) -> Document:
    """The rows as paragraphs "cell TAB cell"."""
    text = decoded(raw)
    return document(text.text, raw.name, text.left_out)


def has_columns(text: str) -> bool:
    """Whether nearly every line has a tab and one column is Latin, another Cyrillic."""
    rows, _ = _rows(text)
    if sum(len(row) > 1 for row in rows) < _ENOUGH_ROWS * max(1, len(rows)):
        return False
    latin, cyrillic = fullest(rows)
    return latin != cyrillic


def is_header(cells: Sequence[str]) -> bool:
    """Whether a row only names the languages of its columns."""
    return all(len(cell) < 30 for cell in cells) and sum(map(_is_name, cells)) >= 2


def document(text: str, name: str, left_out: dict[str, int]) -> Document:
    """The rows of `text`; InputError where there are not two columns of text."""
    rows, header = _rows(text)
    first, second = sorted(fullest(rows))
    if first == second:
        raise InputError(
            f"{name}: needs an English and a Russian column with a tab between them; "
            "save text without columns as .txt"
        )
    counts = dict(left_out)
    if header:
        counts["header row"] = 1
    others = sum(
        1 for row in rows for i, cell in enumerate(row) if cell and i not in (first, second)
    )
    if others:
        counts["cell of other columns"] = others
    pairs = ((_cell(row, first), _cell(row, second)) for row in rows)
    paragraphs = (Paragraph(f"{a}\t{b}", "cell") for a, b in pairs if a or b)
    return Document(name, tuple(paragraphs), left_out=counts)


def _rows(text: str) -> tuple[list[list[str]], bool]:
    """The cells by rows without the header, and whether there was one."""
    lines = (line for line in text.split("\n") if line.strip())
    rows = [[cell.strip() for cell in line.split("\t")] for line in lines]
    header = bool(rows) and is_header(rows[0])
    return rows[header:], header


def _is_name(cell: str) -> bool:
    return bool(_HEADER.fullmatch(cell.strip()))


def fullest(rows: Sequence[Sequence[str]]) -> tuple[int, int]:
    """The column with the most Latin and the one with the most Cyrillic letters.

    Both are the same number where there is only one such column.
    """
    latin: dict[int, int] = {}
    cyrillic: dict[int, int] = {}
    for row in rows:
        for i, cell in enumerate(row):
            count = letters(cell)
            latin[i] = latin.get(i, 0) + count.latin - count.cyrillic
            cyrillic[i] = cyrillic.get(i, 0) + count.cyrillic - count.latin
    best_latin = max(latin, key=lambda i: latin[i], default=0)
    best_cyrillic = max(cyrillic, key=lambda i: cyrillic[i], default=0)
    found = rows and latin[best_latin] > 0 and cyrillic[best_cyrillic] > 0
    return (best_latin, best_cyrillic) if found else (0, 0)


def _cell(row: list[str], column: int) -> str:
    cell = row[column] if column < len(row) else ""
    quoted = len(cell) > 1 and cell[0] == cell[-1] == '"'
    inner = cell[1:-1]
    if quoted and '""' in inner and '"' not in inner.replace('""', ""):
        return inner.replace('""', '"')  # quoted by a spreadsheet
    return cell
