"""Tables, and other grids, in which English and Russian stand side by side.

A grid is rows of cells, wherever they come from (an HTML table, a Word table, divisions
beside one another). Whether it is bilingual is decided for the whole of it: one column
is nearly all Latin, another nearly all Cyrillic, and the Latin one is a text of about the
same length, not names of functions with their description. A reader turns each row of
such a grid into a paragraph "English TAB Russian", which `language.split_by_language` takes
apart again, whatever a single cell looks like ("NATO", "1984").

What other languages stand in a grid is not asked here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from aligner.readers.columns import is_header
from aligner.records import Paragraph, ParagraphKind
from aligner.text import letters, on_one_line

_PURE = 0.8  # of a column's letters are in its script; the rest are names
_LONGEST_RATIO = 2.5  # of the letters of both columns; descriptions of terms have 4 and more
_WORDS_OF_TEXT = 3.0  # words in a cell on average; below that it may be a table of terms
_BOTH_FILLED = 0.5  # of the rows have text in both columns


class Columns(NamedTuple):
    """Where the two languages of a grid stand."""

    english: int
    russian: int
    has_header: bool  # the first row only names the languages


def languages_of_columns(
    rows: Sequence[Sequence[str]], langs: Sequence[str] = (), is_all: bool = False
) -> Columns | None:
    """The two columns of a bilingual grid; None if it is none.

    `langs` are what the document itself says of its columns ("en", "ru-RU"); `is_all`
    says that the grid is most of its document: then single words beside one another
    are a vocabulary, not a list of parameters.

    Example: [["Cats sleep a lot.", "Кошки много спят."]] -> Columns(0, 1, False)
    """
    header = len(rows) > 1 and is_header(rows[0])
    body = rows[header:]
    named = _named(langs)
    if named:
        return Columns(*named, header)
    columns = [" ".join(row[i] for row in body if i < len(row)) for i in range(_width(body))]
    english = max(range(len(columns)), key=lambda i: _lead(columns[i], "latin"), default=0)
    russian = max(range(len(columns)), key=lambda i: _lead(columns[i], "cyrillic"), default=0)
    if english == russian or not _are_bilingual(columns[english], columns[russian]):
        return None
    cells = [row[english] for row in body if english < len(row) and row[english]]
    filled = sum(_has(row, english) and _has(row, russian) for row in body)
    words = sum(len(cell.split()) for cell in cells) / max(1, len(cells))
    if filled < _BOTH_FILLED * len(body):
        return None
    if not (header or is_all or words >= _WORDS_OF_TEXT):
        return None
    return Columns(english, russian, header)


def beside(english: Sequence[Paragraph], russian: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """Both cells of a bilingual row, paragraph beside paragraph, "English TAB Russian"."""
    single = len(english) <= 1 and len(russian) <= 1
    for pair in zip_longest(english, russian):
        kinds = {side.kind for side in pair if side}
        kind: ParagraphKind = "cell" if single else kinds.pop() if len(kinds) == 1 else "text"
        yield Paragraph("\t".join(on_one_line(side.text) if side else "" for side in pair), kind)


def _named(langs: Sequence[str]) -> tuple[int, int] | None:
    short = [lang.lower()[:2] for lang in langs]
    return (short.index("en"), short.index("ru")) if {"en", "ru"} <= set(short) else None


def _width(rows: Sequence[Sequence[str]]) -> int:
    return max(map(len, rows), default=0)


def _lead(text: str, script: str) -> int:
    count = letters(text)
    sign = 1 if script == "latin" else -1
    return sign * (count.latin - count.cyrillic)


def _are_bilingual(english: str, russian: str) -> bool:
    latin, cyrillic = letters(english), letters(russian)
    if latin.latin < _PURE * latin.total or cyrillic.cyrillic < _PURE * cyrillic.total:
        return False
    sizes = sorted((latin.total, cyrillic.total))
    return 0 < sizes[0] and sizes[1] <= _LONGEST_RATIO * sizes[0]


def _has(row: Sequence[str], column: int) -> bool:
    return column < len(row) and letters(row[column]).total > 0
