"""Units of a memory as an Excel workbook, and tables of Excel users into a memory.

Written row by row, one sheet for each 1,048,575 units. Every text is a text, also where it begins
with "=", and texts that look like Excel's own escapes ("_x000D_") come back as they
were. No clock is read: the same units make the same bytes. A text of more than 32,767
characters has no cell that holds it: that is an error, nothing is cut.

Read from the first row that names a source and a target column, sheet by sheet; formulas give
their last value.
"""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from aligner.errors import InputError, OutputError
from aligner.exchange.columns import COLUMNS, entry_of, fields_of_unit
from aligner.exchange.reports import Report, Tally
from aligner.memory.units import Entry, Unit
from aligner.writers.tmx import NOT_XML

ROWS = 1_048_576  # of a sheet, the header among them
LONGEST = 32_767  # characters in a cell
_UNPACKED = 4 << 30  # bytes; more is a bomb, or no table that people made
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment that a ZIP file can name
_LIKE_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NAMES = {
    "source": ("source", "en", "english", "original", "исходный", "оригинал", "английский"),
    "target": ("target", "ru", "russian", "translation", "перевод", "русский"),
}


Book = Any  # openpyxl has no type hints
Sheet = Any


def write_xlsx(units: Iterable[Unit], stream: BinaryIO, tally: Tally) -> None:
    """Write the units as they come."""
    from openpyxl import Workbook
    from openpyxl.writer.excel import ExcelWriter

    book = Workbook(write_only=True)
    book.properties.creator = "aligner"
    book.properties.created = datetime(*_EPOCH)
    try:
        sheet, row = _sheet(book), 1
        for unit in units:
            if row == ROWS:
                sheet, row = _sheet(book), 1
            sheet.append(_cells(sheet, unit, tally))
            row += 1
    except BaseException:
        for sheet in book.worksheets:  # openpyxl would leave its temporary files open
            sheet.close()
        raise
    with _Undated(stream, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
        ExcelWriter(book, archive).save()


def read_xlsx(path: Path, report: Report) -> Iterator[Entry]:
    """An entry for each row below a header, of all sheets that have one."""
    tables = 0
    for name, rows in _sheets(path):
        columns: dict[int, str] = {}
        previous = None
        for number, values in enumerate(rows, start=1):
            where = f"{path}, sheet {name}, row {number}"
            if not columns:
                columns = _columns(values)
                tables += bool(columns)
            elif any(value is not None for value in values):
                try:
                    entry = entry_of(_fields(columns, values), where, previous)
                except InputError as error:
                    report(str(error))
                    continue
                previous = entry.pair
                yield entry
    if not tables:
        raise InputError(
            f"{path}: no sheet has a row with the column names `source` and `target` "
            "(or `en` and `ru`); write them above the texts"
        )


def _sheet(book: Book) -> Sheet:
    number = len(book.worksheets) + 1
    sheet = book.create_sheet("units" if number == 1 else f"units {number}")
    sheet.freeze_panes = "A2"
    for letter in "AB":
        sheet.column_dimensions[letter].width = 60
    sheet.append(COLUMNS)
    return sheet


def _cells(sheet: Sheet, unit: Unit, tally: Tally) -> list[object]:
    from openpyxl.cell import WriteOnlyCell

    cells: list[object] = []
    for name, value in fields_of_unit(unit).items():
        if not isinstance(value, str):
            cells.append(value)
            continue
        clean, dropped = NOT_XML.subn("", value)
        tally.add("characters that XLSX cannot carry", dropped)
        text = _LIKE_ESCAPE.sub("_x005F_", clean).replace("\r", "_x000D_")
        if len(text) > LONGEST:
            raise OutputError(
                f"unit {unit.id} ({unit.document}): its {name} has {len(text):,} characters and an "
                f"Excel cell holds {LONGEST:,}; export to TMX, TSV or JSONL"
            )
        cell = WriteOnlyCell(sheet, text)
        cell.data_type = "s"  # "=1+1" is a text, not a formula
        cells.append(cell)
    return cells


class _Undated(zipfile.ZipFile):
    """A ZIP file whose members are all of one date, so that equal contents are equal bytes."""

    def writestr(self, name: str, data: str | bytes) -> None:  # type: ignore[override]
        text = data.decode() if isinstance(data, bytes) else data
        if name == "docProps/core.xml":
            text = re.sub(r"(<dcterms:modified[^>]*>)[^<]*", r"\g<1>1980-01-01T00:00:00Z", text)
        super().writestr(self._member(name), text)

    def write(self, filename: str, arcname: str) -> None:  # type: ignore[override]
        member = self._member(arcname)
        with open(filename, "rb") as source, self.open(member, "w", force_zip64=True) as target:
            shutil.copyfileobj(source, target)

    def _member(self, name: str) -> zipfile.ZipInfo:
        member = zipfile.ZipInfo(name, _EPOCH)
        member.compress_type = zipfile.ZIP_DEFLATED
        return member


def _sheets(path: Path) -> Iterator[tuple[str, Iterator[Sequence[object]]]]:
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(member.file_size for member in archive.infolist())
        if size > _UNPACKED:
            raise InputError(f"{path}: would unpack to {size >> 30} GB; split the table")
        book = load_workbook(path, read_only=True, data_only=True)
        for sheet in book.worksheets:
            yield sheet.title, sheet.iter_rows(values_only=True)
        book.close()
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(
            f"{path}: cannot be read ({reason}); check the name and its rights"
        ) from None
    except (zipfile.BadZipFile, KeyError, ValueError, SyntaxError, EOFError) as error:
        raise InputError(
            f"{path}: not a readable XLSX workbook ({error}); save it again as .xlsx"
        ) from None


def _columns(values: Sequence[object]) -> dict[int, str]:
    """The columns by their place, if this row names a source and a target."""
    found: dict[int, str] = {}
    for place, value in enumerate(values):
        name = str(value or "").strip().lower()
        name = next((known for known, others in _NAMES.items() if name in others), name)
        if name in COLUMNS and name not in found.values():
            found[place] = name
    return found if {"source", "target"} <= set(found.values()) else {}


def _fields(columns: Mapping[int, str], values: Sequence[object]) -> dict[str, object]:
    fields: dict[str, object] = {"source": "", "target": ""}
    for place, name in columns.items():
        value = values[place] if place < len(values) else None
        if value is not None:
            text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), str(value))
            fields[name] = text
    return fields
