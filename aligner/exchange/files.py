"""A memory into a file and files into a memory, in the format that the name asks for.

An export is whole or not there. An import is one document of the memory, whole or not at all;
the same file again changes nothing. What a format cannot carry and what cannot be read is
counted and named, never dropped in silence.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from aligner.errors import InputError, unknown_format
from aligner.exchange.moses import SUFFIXES as MOSES
from aligner.exchange.moses import both_paths, write_moses
from aligner.exchange.reports import Exported, Report, Review, Tally, XliffVersion
from aligner.exchange.tables import read_csv, read_jsonl, read_tsv, write_jsonl, write_tsv
from aligner.memory.adding import Change, add
from aligner.memory.selection import ALL, Selection
from aligner.memory.store import Store, store_errors
from aligner.memory.units import Entry, NewDocument, Unit
from aligner.pairing import document_name
from aligner.writers.atomic import check_writable, replacing

KEPT_PROBLEMS = 1_000  # named of each file; all are counted
XLIFF = (".xlf", ".xliff")
HEADER_KEY = "tmx:header"  # among a document's metadata: the header of the TMX it came in


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What an export says about its making."""

    version: str  # the aligner's
    created: str | None = None  # as dates.creation_date gives it
    xliff: XliffVersion = "1.2"

    def __post_init__(self) -> None:
        if self.xliff not in ("1.2", "2.1"):
            raise InputError(f"XLIFF {self.xliff} is not written here: ask for 1.2 or 2.1")


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did with a file."""

    path: Path
    change: Change
    problems: tuple[str, ...] = ()  # the first of them, a line each
    unreadable: int = 0  # all of them
    review: Review | None = None  # of an XLIFF with units of this memory in it


def export(
    store: Store, path: Path, options: ExportOptions, selection: Selection = ALL
) -> Exported:
    """Write the selected units to a file; its name says the format."""
    check_export(path)
    tally = Tally()
    counted = _Counted(store.units(selection))
    suffix = path.suffix.lower()
    if suffix in MOSES:
        return Exported(write_moses(counted, path, tally), tally.counts)
    with replacing(path) as stream:
        WRITERS[suffix](counted, stream, _Context(store, options, selection, tally))
    return Exported(counted.number, tally.counts)


def check_export(path: Path) -> None:
    """InputError for a name without a format, OutputError for a place that cannot be written."""
    suffix = path.suffix.lower()
    if suffix in MOSES:
        for one in both_paths(path):
            check_writable(one)
        return
    if suffix not in WRITERS:
        raise unknown_format(path, (*WRITERS, *MOSES))
    check_writable(path)


def bring_in(store: Store, path: Path, date: str, metadata: Mapping[str, str]) -> Imported:
    """Add the units of a file to the memory as one document, called after the file.

    Those of an XLIFF that are units of this memory confirm or change these instead.
    """
    suffix = check_import(path)
    name = document_name([path], store.path.parent)
    document = NewDocument(name, _hash(path), metadata)
    if suffix in XLIFF:
        return _bring_xliff(store, path, document, date)
    return bring_document(store, path, document, date)


def bring_document(
    store: Store, path: Path, document: NewDocument, date: str, anew: bool = False
) -> Imported:
    """The same with a name, a hash of the content and metadata that are known already."""
    reader, header = READERS[check_import(path)], ""
    if path.suffix.lower() == ".tmx":
        from aligner.exchange.tmx_in import read_header

        header = read_header(path)
    problems = _Problems()
    known = dict(document.metadata) | ({HEADER_KEY: header} if header else {})
    entries = _some(reader(path, problems), path, problems)
    change = add(store, replace(document, metadata=known), entries, date, anew)
    return Imported(path, change, tuple(problems.first), problems.number)


def _bring_xliff(store: Store, path: Path, document: NewDocument, date: str) -> Imported:
    """What went out from here and comes back, then the rest. Killed between the two, the same
    again does the rest."""
    from aligner.exchange.returning import take_back
    from aligner.exchange.xliff_in import read_xliff

    problems = _Problems()
    taken = take_back(store, path, problems, date)
    if not taken.ours:
        return bring_document(store, path, document, date)
    change = Change("unchanged", document.name)
    if taken.others:
        rest = read_xliff(path, lambda _: None, taken.ours)
        change = add(store, document, rest, date)
    return Imported(path, change, tuple(problems.first), problems.number, taken.review)


def _some(entries: Iterator[Entry], path: Path, problems: _Problems) -> Iterator[Entry]:
    """The entries; InputError where something stands in the file and nothing can be read."""
    empty = True
    for entry in entries:
        empty = False
        yield entry
    if problems.number and empty:
        raise InputError(f"{path}: none of its pairs can be read: {problems.first[0]}")


def check_import(path: Path) -> str:
    """The suffix of a file that can be imported; InputError for another."""
    suffix = path.suffix.lower()
    if suffix not in READERS:
        raise unknown_format(path, READERS, ask="what is imported ends in")
    return suffix


def entries(path: Path, report: Report) -> Iterator[Entry]:
    """The entries of a file, as they are read."""
    return READERS[check_import(path)](path, report)


class _Problems:
    """Counts what could not be read and keeps the first."""

    def __init__(self) -> None:
        self.first: list[str] = []
        self.number = 0

    def __call__(self, problem: str) -> None:
        self.number += 1
        if len(self.first) < KEPT_PROBLEMS:
            self.first.append(problem)


class _Counted:
    """Units, counted as they pass."""

    def __init__(self, units: Iterator[Unit]) -> None:
        self._units = units
        self.number = 0

    def __iter__(self) -> Iterator[Unit]:
        for unit in self._units:
            self.number += 1
            yield unit


@dataclass(frozen=True, slots=True)
class _Context:
    """What a writer needs besides the units."""

    store: Store
    options: ExportOptions
    selection: Selection
    tally: Tally


def _tmx(units: Iterable[Unit], stream: BinaryIO, context: _Context) -> None:
    from aligner.exchange.tmx_out import Documents, write_tmx  # lxml: only for those who want it

    headers, metadata = {}, {}
    selected = _selected_documents(context)
    for document in context.store.documents():
        if document.name not in selected:
            continue
        known = dict(document.metadata)
        if header := known.pop(HEADER_KEY, ""):
            headers[document.name] = header
        metadata[document.name] = known
    options = context.options
    documents = Documents(headers, metadata)
    dropped = write_tmx(units, stream, documents, options.version, options.created)
    context.tally.add("characters that XML cannot carry", dropped)


def _selected_documents(context: _Context) -> set[str]:
    """The names of the documents that have selected units."""
    where, values = context.selection.where()
    query = (
        "SELECT DISTINCT documents.name FROM units "
        f"JOIN documents ON documents.id = units.document_id WHERE {where}"
    )
    with store_errors(context.store.path):
        return {row[0] for row in context.store.connection.execute(query, values)}


def _tsv(units: Iterable[Unit], stream: BinaryIO, context: _Context) -> None:
    write_tsv(units, stream)


def _jsonl(units: Iterable[Unit], stream: BinaryIO, context: _Context) -> None:
    write_jsonl(units, stream)


def _xlsx(units: Iterable[Unit], stream: BinaryIO, context: _Context) -> None:
    from aligner.exchange.xlsx import write_xlsx

    write_xlsx(units, stream, context.tally)


def _xliff(units: Iterable[Unit], stream: BinaryIO, context: _Context) -> None:
    from aligner.exchange.xliff_out import write_xliff

    write_xliff(units, stream, context.options.xliff, context.tally)


def _read_tmx(path: Path, report: Report) -> Iterator[Entry]:
    from aligner.exchange.tmx_in import read_tmx

    return read_tmx(path, report)


def _read_xlsx(path: Path, report: Report) -> Iterator[Entry]:
    from aligner.exchange.xlsx import read_xlsx

    return read_xlsx(path, report)


def _read_xliff(path: Path, report: Report) -> Iterator[Entry]:
    from aligner.exchange.xliff_in import read_xliff

    return read_xliff(path, report)


def _hash(path: Path) -> str:
    try:
        with open(path, "rb") as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise InputError(
            f"{path}: cannot be read ({error.strerror}); check the name and its rights"
        ) from None
    return hashlib.sha256(found.encode()).hexdigest()  # as `aligner.delivery` has it


Writer = Callable[[Iterable[Unit], BinaryIO, _Context], None]
Reader = Callable[[Path, Report], Iterator[Entry]]

WRITERS: dict[str, Writer] = {
    ".tmx": _tmx,
    ".tsv": _tsv,
    ".jsonl": _jsonl,
    ".xlsx": _xlsx,
    ".xlf": _xliff,
    ".xliff": _xliff,
}
READERS: dict[str, Reader] = {
    ".tmx": _read_tmx,
    ".tsv": read_tsv,
    ".tab": read_tsv,
    ".csv": read_csv,
    ".jsonl": read_jsonl,
    ".xlsx": _read_xlsx,
    ".xlf": _read_xliff,
    ".xliff": _read_xliff,
}
