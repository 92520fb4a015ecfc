"""The two texts of each row of a .csv file, as spreadsheets save them.

Comma, semicolon or tab: the one by which most rows have the same number of cells, two or
more. Cells may be quoted, with line breaks in them. The columns are found by their names
(source and target, en and ru, оригинал and перевод), else by their letters; the left one is
the source. A row that names its columns is no row; `sep=;`, which Excel understands, is
passed over. Encodings are those of every text: Excel saves Windows-1251 in Russia.

What stands in other columns is handed on by name, for those who know what it means.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from aligner.errors import InputError
from aligner.readers.columns import fullest, is_header
from aligner.readers.decode import Raw, beginning, decoded
from aligner.readers.disk import beginning_of, raw_file
from aligner.text import on_one_line

_DELIMITERS = ",;\t"
_SAMPLE = 200  # rows that tell the delimiter and the columns
_MOST_LINES = 1000  # of one row; a cell is a text of some paragraphs, not half of the file
_SEP = re.compile(r"sep=(.)\n", re.IGNORECASE)
_SIDES = (
    frozenset("source src original оригинал исходный источник".split()),
    frozenset("target tgt translation перевод".split()),
)
_LANGS = (
    frozenset("en eng english английский en-us en-gb en_us en_gb".split()),
    frozenset("ru rus russian русский ru-ru ru_ru".split()),
)


@dataclass(frozen=True, slots=True)
class Row:
    """A row with text in it."""

    fields: dict[str, str]  # "source", "target", and what stands in other columns with a name
    where: str  # file and line, for messages


@dataclass(frozen=True, slots=True)
class _Table:
    delimiter: str
    sides: tuple[int, int]  # the columns of source and target
    names: tuple[str, ...]  # in small letters; () where the first row is a row like others


def read_rows(path: Path, encoding: str | None = None) -> Iterator[Row]:
    """The rows of a file in order; InputError where there are not two columns of text."""
    text, said = _without_sep(decoded(raw_file(path, encoding)).text)
    table = _table(text, said)
    if table is None:
        raise InputError(
            f"{path}: needs an English and a Russian column, parted by commas, semicolons or tabs; "
            "give it a header with source and target, or save it as .tsv"
        )
    src, tgt = table.sides
    records = _records(text, table.delimiter, str(path), first=2 if said else 1)
    for where, cells in islice(records, bool(table.names), None):
        texts = [on_one_line(cell) for cell in cells]
        sides = {
            name: texts[at] if at < len(texts) else ""
            for name, at in (("source", src), ("target", tgt))
        }
        if any(sides.values()):
            yield Row(dict(zip(table.names, texts, strict=False)) | sides, where)


def has_pairs(path: Path) -> bool:
    """Whether a file looks as if it had two columns of text."""
    try:
        text, said = _without_sep(beginning(Raw(path.name, beginning_of(path))))
        return _table(text, said) is not None
    except InputError:
        return False  # whoever reads it says what is wrong


def _without_sep(text: str) -> tuple[str, str]:
    """The text without Excel's first line, and the delimiter that it names, or ""."""
    said = _SEP.match(text)
    return (text[said.end() :], said[1]) if said else (text, "")


def _table(text: str, said: str) -> _Table | None:
    """The reading by which most rows have the same number of cells and two have texts."""
    best, found = 0.0, None
    for delimiter in said or _DELIMITERS:
        rows = _sample(text, delimiter)
        counts = Counter(map(len, rows))
        usual = max(counts, key=lambda count: (counts[count], count), default=0)
        table = _columns(rows, delimiter)
        if usual > 1 and table and counts[usual] / len(rows) > best:
            best, found = counts[usual] / len(rows), table
    return found


def _sample(text: str, delimiter: str) -> list[list[str]]:
    """The first rows, up to a quotation mark that is not closed."""
    rows: list[list[str]] = []
    try:
        for _, cells in islice(_records(text, delimiter, "", 1), _SAMPLE):
            rows.append(cells)
    except InputError:
        pass  # whoever reads the rest says so
    return rows


def _columns(rows: Sequence[list[str]], delimiter: str) -> _Table | None:
    names = tuple(on_one_line(cell).lower() for cell in rows[0]) if rows else ()
    for wanted in (_SIDES, _LANGS):
        places = [next((i for i, name in enumerate(names) if name in side), -1) for side in wanted]
        if min(places) >= 0:
            src, tgt = places if wanted is _SIDES else sorted(places)
            return _Table(delimiter, (src, tgt), names)
    header = bool(rows) and is_header(rows[0])
    src, tgt = sorted(fullest(rows[header:]))
    return _Table(delimiter, (src, tgt), names if header else ()) if src != tgt else None


def _records(text: str, delimiter: str, name: str, first: int) -> Iterator[tuple[str, list[str]]]:
    """The rows that are not empty, each with the line that it begins on."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    line = 0
    while True:
        where = f"{name}, line {line + first}"
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise InputError(f"{where}: {_unclosed(error)}") from None
        if cells is None:
            return
        if reader.line_num - line > _MOST_LINES:
            raise InputError(f"{where}: {_unclosed(f'{reader.line_num - line} lines in a row')}")
        if any(cell.strip() for cell in cells):
            yield where, cells
        line = reader.line_num


def _unclosed(reason: object) -> str:
    return (
        f"a quotation mark is opened and not closed ({reason}); double those inside a text, "
        "or save the table anew from the spreadsheet"
    )
