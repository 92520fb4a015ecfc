"""What a memory is given and what it gives back: entries, units, documents; rows and back.

An `Entry` is a pair with what else is known of it, on its way into a memory. A `Unit` is an
entry that has its place in one. `document` names what a user added together: two files, a
TMX, an alignment.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aligner.memory.normal import key_of
from aligner.records import PAIR_COLUMNS, Pair, Provenance, Span

Row = Mapping[str, Any]

DIGITS = 4  # of scores: the others differ between machines and numbers of threads


@dataclass(frozen=True, slots=True)
class Entry:
    """A pair for the memory. Empty dates: those of the addition."""

    pair: Pair
    confirmed_by: str = ""
    created: str = ""  # as in TMX: 20261124T000000Z
    changed: str = ""
    src_markup: str | None = None  # the seg's content with inline tags, if it has any
    tgt_markup: str | None = None
    extra: str | None = None  # JSON: what else a foreign unit has


@dataclass(frozen=True, slots=True)
class Unit:
    """An entry at its place in the memory."""

    id: int
    document: str
    position: int  # in the document, from 0
    count: int  # how many equal units it stands for
    entry: Entry

    @property
    def pair(self) -> Pair:
        return self.entry.pair

    @property
    def src(self) -> str:
        return self.entry.pair.src

    @property
    def tgt(self) -> str:
        return self.entry.pair.tgt


@dataclass(frozen=True, slots=True)
class NewDocument:
    """What is to be added, but for its units."""

    name: str
    content_hash: str  # of what it is made from: the same hash, nothing to do
    metadata: Mapping[str, str] = field(default_factory=dict)  # "client": "ACME"; own keys: "a:b"


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document in the memory."""

    id: int
    name: str
    content_hash: str
    version: int
    created: str
    changed: str
    units: int
    metadata: Mapping[str, str]


COLUMNS = (
    "src",
    "tgt",
    "src_lang",
    "tgt_lang",
    "src_start",
    "src_stop",
    "tgt_start",
    "tgt_stop",
    "score",
    "probability",
    "src_key",
    "tgt_key",
    "confirmed_by",
    "created",
    "changed",
    "src_markup",
    "tgt_markup",
    "extra",
)
"""The columns of `units` that come from an entry alone, in the order of `values_of`."""

UNIT_QUERY = """
SELECT units.*, documents.name AS document, origins.src_name, origins.tgt_name,
       origins.encoder, origins.settings
FROM units
JOIN documents ON documents.id = units.document_id
JOIN origins ON origins.id = units.origin_id
"""
"""Rows for `unit_of`; append WHERE, ORDER BY, LIMIT."""


ROW_COLUMNS = (
    *PAIR_COLUMNS,
    "document",
    "position",
    "count",
    "confirmed_by",
    "created",
    "changed",
    "source_lang",
    "target_lang",
    "encoder",
    "settings",
)
"""Those of the TSV of pairs, and where the units come from: what `row_of` gives."""


def values_of(entry: Entry, date: str) -> tuple[object, ...]:
    """The values of `COLUMNS`; `date` where the entry has none of its own."""
    pair = entry.pair
    return (
        pair.src,
        pair.tgt,
        pair.provenance.src_lang,
        pair.provenance.tgt_lang,
        pair.src_span.start,
        pair.src_span.stop,
        pair.tgt_span.start,
        pair.tgt_span.stop,
        round(float(pair.score), DIGITS),
        round(float(pair.probability), DIGITS),
        key_of(pair.src),
        key_of(pair.tgt),
        entry.confirmed_by,
        entry.created or date,
        entry.changed or entry.created or date,
        entry.src_markup,
        entry.tgt_markup,
        entry.extra,
    )


def unit_of(row: Row) -> Unit:
    """The unit in a row of `UNIT_QUERY`."""
    pair = Pair(
        row["src"],
        row["tgt"],
        Span(row["src_start"], row["src_stop"]),
        Span(row["tgt_start"], row["tgt_stop"]),
        row["score"],
        row["probability"],
        Provenance(
            row["src_name"],
            row["tgt_name"],
            row["src_lang"],
            row["tgt_lang"],
            row["encoder"],
            row["settings"],
        ),
    )
    names = ("confirmed_by", "created", "changed", "src_markup", "tgt_markup", "extra")
    entry = Entry(pair, *(row[name] for name in names))
    return Unit(row["id"], row["document"], row["position"], row["count"], entry)


def row_of(unit: Unit) -> tuple[object, ...]:
    """The values of ROW_COLUMNS, for a table."""
    pair, entry = unit.pair, unit.entry
    return (
        pair.src,
        pair.tgt,
        pair.kind,
        pair.score,
        pair.probability,
        pair.src_span.start,
        pair.src_span.stop,
        pair.tgt_span.start,
        pair.tgt_span.stop,
        unit.document,
        unit.position,
        unit.count,
        entry.confirmed_by,
        entry.created,
        entry.changed,
        pair.provenance.src_lang,
        pair.provenance.tgt_lang,
        pair.provenance.encoder,
        pair.provenance.settings,
    )
