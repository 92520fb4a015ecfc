"""Units of a memory as TSV and JSONL, streamed both ways; CSV is only read.

The same files as `writers.tsv` and `writers.jsonl` make, with more columns: whoever reads
pairs reads them too. A line that cannot be used is reported and passed over.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TextIO

from aligner.errors import InputError
from aligner.exchange.columns import COLUMNS, entry_of, fields_of_unit
from aligner.exchange.reports import Report
from aligner.linkfiles import read_lines
from aligner.memory.units import Entry, Unit
from aligner.readers.csv_rows import read_rows
from aligner.writers.jsonl import line_of, object_of
from aligner.writers.tsv import header_of, row_of, tsv_lines, written


def write_tsv(units: Iterable[Unit], stream: BinaryIO) -> None:
    """Write the header and a row for each unit, as they come."""
    with _as_text(stream) as text:
        writer = csv.writer(text, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
        writer.writerow(COLUMNS)
        for unit in units:
            writer.writerow([written(value) for value in fields_of_unit(unit).values()])


def write_jsonl(units: Iterable[Unit], stream: BinaryIO) -> None:
    """Write a line for each unit, as they come."""
    with _as_text(stream) as text:
        for unit in units:
            text.write(line_of(fields_of_unit(unit)))


def read_tsv(path: Path, report: Report) -> Iterator[Entry]:
    """An entry for each row of a TSV with columns `source` and `target`."""
    lines = tsv_lines(path)
    header = header_of(next(lines, ("", ""))[1], path)
    return _entries(lines, lambda line, where: row_of(line, header, where), report)


def read_jsonl(path: Path, report: Report) -> Iterator[Entry]:
    """An entry for each line of a JSONL whose objects have `source` and `target`."""
    numbered = enumerate(read_lines(path), start=1)
    lines = ((f"{path}, line {number}", line) for number, line in numbered if line.strip())
    return _entries(lines, object_of, report)


def read_csv(path: Path, report: Report) -> Iterator[Entry]:
    """An entry for each row of a CSV, whose columns `readers.csv_rows` finds."""
    previous = None
    for row in read_rows(path):
        try:
            entry = entry_of(row.fields, row.where, previous)
        except InputError as error:
            report(str(error))
            continue
        previous = entry.pair
        yield entry


def _entries(
    lines: Iterable[tuple[str, str]],
    fields_of_line: Callable[[str, str], Mapping[str, object]],
    report: Report,
) -> Iterator[Entry]:
    previous = None
    for where, line in lines:
        try:
            entry = entry_of(fields_of_line(line, where), where, previous)
        except InputError as error:
            report(str(error))
            continue
        previous = entry.pair
        yield entry


@contextmanager
def _as_text(binary: BinaryIO) -> Iterator[TextIO]:
    # A file name may hold bytes that are no UTF-8, as lone surrogates: they are written as \udcff.
    text = io.TextIOWrapper(binary, "utf-8", errors="backslashreplace", newline="")
    try:
        yield text
    finally:
        text.detach()  # flushes, and leaves the stream to its owner
