"""Matches for a text: the units that have it, or nearly so, in its language.

A match is a unit, how like the text one of its sides is, and which side that is. Exact
matches come by the units' own key, fuzzy ones by the index of tokens; units that are not in
it yet are compared one by one. A unit without a translation is never a match, and equal units
of several documents are one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from aligner.memory import fuzzy, indexing
from aligner.memory.fuzzy import BATCH, Batch, Query, Wanted
from aligner.memory.normal import key_of
from aligner.memory.store import Store, store_errors
from aligner.memory.units import Row, Unit

Side = Literal["src", "tgt"]

_FEW = 1_000  # units compared one by one take some 20 ms; more are indexed first
_COLUMNS = "id, src, tgt, src_lang, tgt_lang"

DEFAULT = Wanted()


@dataclass(frozen=True, slots=True)
class Match:
    """A unit that resembles a text."""

    unit: Unit
    percent: int  # 100: the same text
    side: Side  # on which side of the unit the text stands

    @property
    def text(self) -> str:
        """What resembles the text."""
        return self.unit.src if self.side == "src" else self.unit.tgt

    @property
    def translation(self) -> str:
        """What stands on the unit's other side."""
        return self.unit.tgt if self.side == "src" else self.unit.src


def matches(store: Store, text: str, lang: str, wanted: Wanted = DEFAULT) -> list[Match]:
    """The units most like the text, best first; of equals, confirmed ones, then the latest."""
    query = Query(text)
    if wanted.threshold < 100 and indexing.behind(store) > _FEW:
        indexing.update_if_free(store)
    with store_errors(store.path):
        found = fuzzy.best(query, _batches(store, query, lang, wanted), _Texts(store, lang), wanted)
    percents = {one.unit: one.percent for one in found}
    units = store.units_by_id(list(percents))  # without what another process has just replaced
    result = [_match(unit, percents[unit.id], query, lang) for unit in units]
    return sorted(result, key=lambda match: (-match.percent, not match.unit.entry.confirmed_by))


def _batches(store: Store, query: Query, lang: str, wanted: Wanted) -> Iterator[Batch]:
    """Units to compare: those that have the text, those not in the index yet, those in it."""
    connection, key = store.connection, key_of(query.text)
    yield from _whole(
        connection,
        "SELECT id FROM units WHERE src_key = ?1 AND src_lang = ?2 "
        "UNION SELECT id FROM units WHERE tgt_key = ?1 AND tgt_lang = ?2 ORDER BY id DESC",
        (key, lang),
    )
    if wanted.threshold < 100:
        last = indexing.last_indexed(connection)
        query_of_rest = "SELECT id FROM units WHERE id > ? ORDER BY id DESC"
        yield from _whole(connection, query_of_rest, (last,))
        if last:
            yield from fuzzy.candidates(connection, query, lang, wanted.threshold)


def _whole(
    connection: sqlite3.Connection, query: str, values: tuple[object, ...]
) -> Iterator[Batch]:
    """The ids that a query gives, in batches that promise everything."""
    ids = [row[0] for row in connection.execute(query, values)]
    for start in range(0, len(ids), BATCH):
        yield Batch(ids[start : start + BATCH], 100)


@dataclass(frozen=True, slots=True)
class _Texts:
    """What `fuzzy.best` compares of the units; each unit is read once."""

    store: Store
    lang: str

    def __call__(self, units: Sequence[int]) -> dict[int, tuple[Hashable, Sequence[str]]]:
        marks = ",".join("?" * len(units))
        rows = self.store.connection.execute(
            f"SELECT {_COLUMNS} FROM units WHERE id IN ({marks}) AND src <> '' AND tgt <> ''", units
        )
        found: dict[int, tuple[Hashable, Sequence[str]]] = {
            row["id"]: ((row["src"], row["tgt"]), _variants(row, self.lang)) for row in rows
        }
        return {unit: found[unit] for unit in units if unit in found}


def _variants(row: Row, lang: str) -> list[str]:
    """The texts of a unit in a language: one, or both in a unit of one language."""
    return [row[side] for side in ("src", "tgt") if row[f"{side}_lang"] == lang]


def _match(unit: Unit, percent: int, query: Query, lang: str) -> Match:
    langs = unit.pair.provenance
    if langs.src_lang != lang:
        return Match(unit, percent, "tgt")
    if langs.tgt_lang != lang or query.percent(unit.src) == percent:
        return Match(unit, percent, "src")
    return Match(unit, percent, "tgt")
