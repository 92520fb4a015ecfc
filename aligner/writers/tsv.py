r"""Pairs as tab-separated values that pandas and spreadsheets read right.

A header, then a row a pair; fields with a quote in them are quoted as in CSV,
because both take a bare quote for the start of a quoted field. Tab, newline and
return inside a text are written \t, \n, \r; a backslash is doubled only
where it stands before one of t n r, another backslash or such a character, so
that nothing is lost and C:\Users stays as it is. No byte order mark, and no word on what
made the file: TSV has no comments.

pandas turns the texts "NA" and "None" and an empty side into NaN unless it is told
`keep_default_na=False`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

from aligner.errors import InputError
from aligner.linkfiles import read_lines
from aligner.records import PAIR_COLUMNS, Pair
from aligner.writers.fields import DIGITS, Field, fields_of, pair_of

_ESCAPES = {"\t": r"\t", "\n": r"\n", "\r": r"\r", "\\": r"\\"}
_CHARACTERS = {written: character for character, written in _ESCAPES.items()}
_TO_ESCAPE = re.compile(r"[\t\n\r]|\\(?=[tnr\\\t\n\r])")
_ESCAPED = re.compile(r"\\[tnr\\]")


def write_tsv(pairs: Iterable[Pair], stream: TextIO) -> None:
    """Write the header and a row for each pair, as they come."""
    writer = csv.writer(stream, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerow(PAIR_COLUMNS)
    for pair in pairs:
        writer.writerow([written(value) for value in fields_of(pair).values()])


def read_tsv(path: Path) -> Iterator[Pair]:
    """The pairs of a TSV file with a header; only `source` and `target` must be there.

    A record is one line, whatever quotes stand in it: an odd quote in a foreign
    file cannot swallow the rows after it.
    """
    lines = tsv_lines(path)
    header = header_of(next(lines, ("", ""))[1], path)
    previous = None
    for where, line in lines:
        previous = pair_of(row_of(line, header, where), where, previous)
        yield previous


def tsv_lines(path: Path) -> Iterator[tuple[str, str]]:
    """The header and the lines that are not empty, each with its place."""
    for number, line in enumerate(read_lines(path), start=1):
        if line or number == 1:
            yield f"{path}, line {number}", line


def row_of(line: str, header: list[str], where: str) -> dict[str, str]:
    """The fields of a line by the names of their columns."""
    values = [escaped_back(_unquoted(field)) for field in line.split("\t")]
    if len(values) != len(header):
        raise InputError(
            f"{where}: {len(values)} fields where the header has {len(header)}; "
            r"write a tab inside a text as \t"
        )
    return dict(zip(header, values, strict=True))


def escaped(text: str) -> str:
    """The text without tabs and line ends. Example: 'a<tab>b' -> r'a\tb'"""
    return _TO_ESCAPE.sub(lambda found: _ESCAPES[found[0]], text)


def escaped_back(text: str) -> str:
    """The text that `escaped` was given."""
    return _ESCAPED.sub(lambda found: _CHARACTERS[found[0]], text)


def written(value: Field) -> str:
    """A field as it stands in a row."""
    if isinstance(value, float):
        return f"{value:.{DIGITS}f}"
    return escaped(str(value))


def header_of(line: str, path: Path) -> list[str]:
    """The names of the columns."""
    header = [_unquoted(field).strip() for field in line.split("\t")]
    missing = [name for name in ("source", "target") if name not in header]
    if missing:
        raise InputError(
            f"{path}, line 1: no column {' and '.join(missing)} in the header; "
            "the first line names the columns, with tabs between them"
        )
    return header


def _unquoted(field: str) -> str:
    if len(field) < 2 or not field.startswith('"') or not field.endswith('"'):
        return field
    inner = field[1:-1]
    if '"' in inner.replace('""', ""):
        return field  # not quoted as in CSV: the quotes are the text's own
    return inner.replace('""', '"')
