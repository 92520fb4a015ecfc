"""Units leave a memory for its history: nothing is ever thrown away.

A row of `history` holds the whole unit as JSON, with the reason, the date, and the version of
the document that it was in. A duplicate is merged into the unit that stands for it, whose count
grows. When that one goes with a new version of its document, one of those merged into it
comes back in its place: their documents still have the text.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from aligner.memory.store import Store, store_errors

_SOME = "SELECT value FROM json_each(?)"  # a list of ids as one value


@dataclass(frozen=True, slots=True)
class Gone:
    """A unit that was in a memory."""

    document: str
    version: int  # of the document, the last that had it
    src: str
    tgt: str
    reason: str  # "new version", "removed", "duplicate", the filter that objected …
    date: str  # on which it went


def past(store: Store, document: str | None = None) -> Iterator[Gone]:
    """The units that are gone, of one document or of all, in the order in which they went."""
    query = (
        "SELECT name, history.version, unit ->> 'src', unit ->> 'tgt', reason, date FROM history "
        "JOIN documents ON documents.id = document_id WHERE ?1 IS NULL OR name = ?1 "
        "ORDER BY history.id"
    )
    with store_errors(store.path):
        for row in store.connection.execute(query, [document]):
            yield Gone(*row)


def retire(connection: sqlite3.Connection, ids: Iterable[int], reason: str, date: str) -> None:
    """Move units into the history; must be in a transaction."""
    some = json.dumps(sorted(ids))
    values = {name: f"units.{name}" for name in _columns(connection)}
    values["position"] = "max(position, -1 - position)"  # put out of the way by a new version
    unit = ", ".join(f"'{name}', {value}" for name, value in values.items())
    connection.execute(
        "INSERT INTO history (unit_id, document_id, version, reason, date, unit) "
        f"SELECT units.id, document_id, version, ?, ?, json_object({unit}) "
        f"FROM units JOIN documents ON documents.id = document_id WHERE units.id IN ({_SOME}) "
        "ORDER BY units.id",
        [reason, date, some],
    )
    connection.execute(
        "INSERT INTO units_text (units_text, rowid, src, tgt) "
        f"SELECT 'delete', id, src, tgt FROM units WHERE id IN ({_SOME})",
        [some],
    )
    connection.execute(f"DELETE FROM units WHERE id IN ({_SOME})", [some])


def merge(connection: sqlite3.Connection, into: Mapping[int, int], reason: str, date: str) -> None:
    """Move units into the history, each for another that then counts for both.

    Must be in a transaction.
    """
    (before,) = connection.execute("SELECT coalesce(max(id), 0) FROM history").fetchone()
    counts = connection.execute(
        f"SELECT id, count FROM units WHERE id IN ({_SOME})", [json.dumps(sorted(into))]
    ).fetchall()
    retire(connection, into, reason, date)
    connection.executemany(
        "UPDATE units SET count = count + ? WHERE id = ?",
        [(row["count"], into[row["id"]]) for row in counts],
    )
    moves = [(standing, gone) for gone, standing in sorted(into.items())]
    connection.executemany("UPDATE history SET merged_into = ? WHERE merged_into = ?", moves)
    places = connection.execute("SELECT id, unit_id FROM history WHERE id > ?", [before]).fetchall()
    connection.executemany(
        "UPDATE history SET merged_into = ? WHERE id = ?",
        [(into[row["unit_id"]], row["id"]) for row in places],
    )


def take_back(connection: sqlite3.Connection, document_id: int) -> None:
    """A document is about to get a new version: its duplicates no longer count elsewhere.

    Must be in a transaction.
    """
    theirs = "document_id = ? AND merged_into IS NOT NULL"
    rows = connection.execute(
        f"SELECT merged_into, unit ->> 'count' AS count FROM history WHERE {theirs}", [document_id]
    ).fetchall()
    connection.executemany(
        "UPDATE units SET count = count - ? WHERE id = ?",
        [(row["count"], row["merged_into"]) for row in rows],
    )
    connection.execute(f"UPDATE history SET merged_into = NULL WHERE {theirs}", [document_id])


def bring_back(connection: sqlite3.Connection, gone: Iterable[int]) -> int:
    """Where units are gone that stood for others, the first of these stands for the rest.

    Must be in a transaction. Returns how many came back.
    """
    rows = connection.execute(
        "SELECT id, merged_into, unit ->> 'count' AS count FROM history "
        f"WHERE merged_into IN ({_SOME}) ORDER BY merged_into, id",
        [json.dumps(sorted(gone))],
    ).fetchall()
    names = [name for name in _columns(connection) if name != "id"]
    values = ", ".join(f"unit ->> '{name}'" for name in names)
    number = 0
    for merged_into, group in groupby(rows, key=lambda row: int(row["merged_into"])):
        number += 1
        together = list(group)
        first = together[0]["id"]
        back = connection.execute(
            f"INSERT INTO units ({', '.join(names)}) SELECT {values} FROM history WHERE id = ?",
            [first],
        ).lastrowid
        connection.execute(
            "INSERT INTO units_text (rowid, src, tgt) SELECT id, src, tgt FROM units WHERE id = ?",
            [back],
        )
        count = sum(row["count"] for row in together)
        connection.execute("UPDATE units SET count = ? WHERE id = ?", [count, back])
        connection.execute("DELETE FROM history WHERE id = ?", [first])
        connection.execute(
            "UPDATE history SET merged_into = ? WHERE merged_into = ?", [back, merged_into]
        )
    return number


def _columns(connection: sqlite3.Connection) -> list[str]:
    """Those of a unit; without generated ones, which PRAGMA table_info does not list."""
    return [row["name"] for row in connection.execute("PRAGMA table_info(units)")]
