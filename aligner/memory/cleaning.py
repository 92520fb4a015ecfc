"""A memory without duplicates and bad units; what goes, goes into the history.

Units with the same texts on both sides are duplicates; near ones differ in case, spaces,
punctuation or ё only (`normal.folded`). The one that stands for them is a confirmed one, else in
the form most of them have, else the most probable, else the oldest. Then `filters` are asked.
Different translations of one source are a conflict: listed, and for a person to decide.
Omissions and additions are neither duplicates nor filtered.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace

from aligner.errors import InputError
from aligner.memory.filters import FILTERS, Candidate, Limits, objection
from aligner.memory.history import merge, retire
from aligner.memory.store import Store

DUPLICATE, NEAR = "duplicate", "near duplicate"
REASONS = (DUPLICATE, NEAR, *FILTERS)

_BOTH = "src <> '' AND tgt <> ''"
_DUPLICATES = f"""
SELECT id, src, tgt, stays FROM (
    SELECT id, src, tgt, first_value(id) OVER (
        PARTITION BY src_lang, tgt_lang, src_key, tgt_key {{texts}}
        ORDER BY confirmed_by <> '' DESC, count DESC, probability DESC, id
    ) AS stays
    FROM units WHERE {_BOTH} AND (src_key, tgt_key) IN (
        SELECT src_key, tgt_key FROM units WHERE {_BOTH} GROUP BY 1, 2 HAVING count(*) > 1
    )
)
WHERE id <> stays ORDER BY id
"""
_KINDS = {  # exact ones first: the count then says which form most of the near ones have
    DUPLICATE: _DUPLICATES.format(texts=", src, tgt"),
    NEAR: _DUPLICATES.format(texts=""),
}
_CANDIDATES = f"""
SELECT id, src, tgt, src_lang, tgt_lang, probability FROM units
WHERE {_BOTH} AND confirmed_by = '' ORDER BY id
"""
_CONFLICTS = f"""
SELECT src_key, src, tgt, tgt_key, src_lang, tgt_lang, count,
       documents.name AS document
FROM units JOIN documents ON documents.id = document_id
WHERE {_BOTH} AND src_key IN (
    SELECT src_key FROM units WHERE {_BOTH}
    GROUP BY src_lang, tgt_lang, src_key HAVING count(DISTINCT tgt_key) > 1
)
ORDER BY units.id
"""


@dataclass(frozen=True, slots=True)
class CleanSettings:
    """What is to go; InputError for a reason that nobody knows."""

    limits: Limits = field(default_factory=Limits)
    reasons: frozenset[str] = frozenset(REASONS)

    def __post_init__(self) -> None:
        for name in sorted(self.reasons - set(REASONS)):
            raise InputError(f"{name!r} is no reason to go; there are {', '.join(REASONS)}")

    @classmethod
    def of(cls, limits: Limits, only: Iterable[str], skip: Iterable[str]) -> CleanSettings:
        """All reasons, or `only` these, without those to `skip`."""
        known = cls(limits, frozenset(only) or frozenset(REASONS))
        return replace(known, reasons=known.reasons - cls(limits, frozenset(skip)).reasons)


EVERYTHING = CleanSettings()


@dataclass(frozen=True, slots=True)
class Removal:
    """A unit that goes, and why."""

    id: int
    src: str
    tgt: str
    reason: str
    detail: str = ""
    merged_into: int | None = None  # the unit that stands for it from now on


@dataclass(frozen=True, slots=True)
class Translation:
    """One of several translations of a source."""

    tgt: str
    count: int
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A source with several translations, the commonest first."""

    src: str
    translations: tuple[Translation, ...]


@dataclass(frozen=True, slots=True)
class Cleaning:
    """What went, or would go, and what a person should look at."""

    removals: tuple[Removal, ...]
    conflicts: tuple[Conflict, ...]
    units: int  # left

    def counts(self) -> Counter[str]:
        """How many units go for each reason."""
        return Counter(one.reason for one in self.removals)

    def as_dict(self) -> dict[str, object]:
        """The same as JSON has it."""
        return asdict(self)


def clean(store: Store, settings: CleanSettings, date: str, dry_run: bool = False) -> Cleaning:
    """Merge duplicates and take out what the filters object to; with `dry_run` only say what."""
    with store.transaction() as connection:
        connection.execute("SAVEPOINT cleaning")
        removals: list[Removal] = []
        for find in (_duplicates, _near_duplicates, _filtered):
            found = list(find(connection, settings))
            _go(connection, found, date)
            removals += found
        done = Cleaning(tuple(removals), tuple(_conflicts(connection)), store.count())
        if dry_run:
            connection.execute("ROLLBACK TO cleaning")
        return done


def _go(connection: sqlite3.Connection, removals: list[Removal], date: str) -> None:
    by_reason: dict[str, list[Removal]] = defaultdict(list)
    for one in removals:
        by_reason[one.reason].append(one)
    for reason, some in by_reason.items():
        into = {one.id: one.merged_into for one in some if one.merged_into is not None}
        if into:
            merge(connection, into, reason, date)
        else:
            retire(connection, [one.id for one in some], reason, date)


def _duplicates(connection: sqlite3.Connection, settings: CleanSettings) -> Iterator[Removal]:
    return _merged(connection, settings, DUPLICATE)


def _near_duplicates(connection: sqlite3.Connection, settings: CleanSettings) -> Iterator[Removal]:
    return _merged(connection, settings, NEAR)


def _merged(
    connection: sqlite3.Connection, settings: CleanSettings, kind: str
) -> Iterator[Removal]:
    if kind in settings.reasons:
        for row in connection.execute(_KINDS[kind]):
            yield Removal(row["id"], row["src"], row["tgt"], kind, "", row["stays"])


def _filtered(connection: sqlite3.Connection, settings: CleanSettings) -> Iterator[Removal]:
    for row in connection.execute(_CANDIDATES):
        unit = Candidate(*tuple(row)[1:])
        found = objection(unit, settings.limits, settings.reasons)
        if found:
            yield Removal(row["id"], unit.src, unit.tgt, *found)


def _conflicts(connection: sqlite3.Connection) -> Iterator[Conflict]:
    """By source, in the order of the first unit; translations alike but for looks are one."""
    sources: dict[tuple[str, str, int], str] = {}
    found: dict[tuple[str, str, int], dict[int, list[sqlite3.Row]]] = {}
    for row in connection.execute(_CONFLICTS):
        key = (str(row["src_lang"]), str(row["tgt_lang"]), int(row["src_key"]))
        sources.setdefault(key, row["src"])
        found.setdefault(key, {}).setdefault(row["tgt_key"], []).append(row)
    for key, translations in found.items():
        if len(translations) > 1:  # the query knows the source in every direction
            several = [_translation(rows) for rows in translations.values()]
            several.sort(key=lambda one: -one.count)
            yield Conflict(sources[key], tuple(several))


def _translation(rows: list[sqlite3.Row]) -> Translation:
    documents = dict.fromkeys(row["document"] for row in rows)
    return Translation(rows[0]["tgt"], sum(row["count"] for row in rows), tuple(documents))
