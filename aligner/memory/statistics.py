"""How large a memory is, what is in it, how sure its pairs are, and how it grew.

A word is a run of characters between spaces with a letter or a digit in it, as CAT tools bill
them, near enough. Growth is by month, by the date on which a unit came; by day in the first month.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from itertools import accumulate

from aligner.memory.store import Store, store_errors

BINS = 10  # of the histogram: 0.0 to 0.1 … 0.9 to 1.0, the last with 1.0 in it


@dataclass(frozen=True, slots=True)
class Period:
    """What came in a month or on a day."""

    period: str  # "2026-11", "2026-11-24"
    units: int
    total: int  # at its end


@dataclass(frozen=True, slots=True)
class Statistics:
    """A memory in numbers."""

    units: int
    both_sides: int
    omissions: int
    additions: int
    confirmed: int
    merged: int  # duplicates that other units stand for
    history: int  # units that are no longer there, the merged ones among them
    documents: int
    words: Mapping[str, int]  # by language
    languages: Mapping[str, int]  # units of "en-ru", of "ru-en"
    kinds: Mapping[str, int]  # "1-1", the commonest first
    probability: tuple[int, ...]  # units with two sides in each of BINS
    metadata: Mapping[str, Mapping[str, int]]  # units by value, by key: "client": {"ACME": 52}
    encoders: Mapping[str, int]
    growth: tuple[Period, ...]

    def as_dict(self) -> dict[str, object]:
        """The same as JSON has it."""
        return asdict(self)


def statistics(store: Store) -> Statistics:
    """Count everything; reads each text once."""
    with store_errors(store.path):
        connection = store.connection
        connection.execute("BEGIN")  # one moment, whoever writes meanwhile
        try:
            return _counted(connection)
        finally:
            connection.execute("COMMIT")


def _counted(connection: sqlite3.Connection) -> Statistics:
    one = connection.execute(
        "SELECT count(*) AS units, "
        "count(*) FILTER (WHERE src <> '' AND tgt <> '') AS both_sides, "
        "count(*) FILTER (WHERE src <> '' AND tgt = '') AS omissions, "
        "count(*) FILTER (WHERE src = '' AND tgt <> '') AS additions, "
        "count(*) FILTER (WHERE confirmed_by <> '') AS confirmed, "
        "coalesce(sum(count - 1), 0) AS merged, "
        "(SELECT count(*) FROM history) AS history, "
        "(SELECT count(*) FROM documents WHERE content_hash <> '') AS documents FROM units"
    ).fetchone()
    return Statistics(
        **dict(one),
        words=_words(connection),
        languages=_by(connection, "src_lang || '-' || tgt_lang"),
        kinds=_by(connection, "kind"),
        probability=_histogram(connection),
        metadata=_metadata(connection),
        encoders=_by(connection, "encoder", "JOIN origins ON origins.id = origin_id"),
        growth=_growth(connection),
    )


def _words(connection: sqlite3.Connection) -> dict[str, int]:
    words: Counter[str] = Counter()
    for src_lang, src, tgt_lang, tgt in connection.execute(
        "SELECT src_lang, src, tgt_lang, tgt FROM units"
    ):
        words[src_lang] += words_in(src)
        words[tgt_lang] += words_in(tgt)
    return {lang: count for lang, count in sorted(words.items()) if count}


def words_in(text: str) -> int:
    """How many words a text has. Example: "Да — 5 раз." -> 3"""
    parts = text.split()
    return sum(part.isalnum() or any(map(str.isalnum, part)) for part in parts)


def _by(connection: sqlite3.Connection, what: str, join: str = "") -> dict[str, int]:
    query = (
        f"SELECT {what} AS name, count(*) AS units FROM units {join} GROUP BY 1 ORDER BY 2 DESC, 1"
    )
    return {row["name"]: row["units"] for row in connection.execute(query)}


def _histogram(connection: sqlite3.Connection) -> tuple[int, ...]:
    query = (
        f"SELECT max(0, min({BINS - 1}, CAST(probability * {BINS} AS INTEGER))) AS bin, "
        "count(*) AS units FROM units WHERE src <> '' AND tgt <> '' GROUP BY 1"
    )
    found = {row["bin"]: row["units"] for row in connection.execute(query)}
    return tuple(found.get(number, 0) for number in range(BINS))


def _metadata(connection: sqlite3.Connection) -> dict[str, dict[str, int]]:
    query = (
        "SELECT key, value, count(*) AS units FROM metadata "
        "JOIN units ON units.document_id = metadata.document_id "
        "WHERE key NOT LIKE '%:%' "  # those are the program's own
        "GROUP BY key, value ORDER BY key, 3 DESC, value"
    )
    found: dict[str, dict[str, int]] = {}
    for row in connection.execute(query):
        found.setdefault(row["key"], {})[row["value"]] = row["units"]
    return found


def _growth(connection: sqlite3.Connection) -> tuple[Period, ...]:
    query = "SELECT substr(created, 1, 8) AS day, count(*) FROM units GROUP BY 1 ORDER BY 1"
    days = {f"{day[:4]}-{day[4:6]}-{day[6:]}": units for day, units in connection.execute(query)}
    by_day = len({day[:7] for day in days}) == 1
    came: Counter[str] = Counter()
    for day, units in days.items():
        came[day if by_day else day[:7]] += units
    totals = accumulate(came.values())
    return tuple(Period(*one, total) for one, total in zip(came.items(), totals, strict=True))
