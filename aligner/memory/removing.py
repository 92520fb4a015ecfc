"""Documents leave a memory: their units go into the history, and nothing finds them any more.

A removal is like a new version with nothing in it: the document keeps its row, its versions
and its history, and its `content_hash` is "" from then on, which no content has. So the same files
can be added again, as a further version. Units of other documents that had been merged into
one of its units come back in its place. What the document was said to be (client, domain …)
is forgotten: who adds it again says it again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from aligner.errors import InputError
from aligner.memory.history import bring_back, retire, take_back
from aligner.memory.store import Store

REASON = "removed"


@dataclass(frozen=True, slots=True)
class Removed:
    """A document that is gone, or would be."""

    document: str
    units: int  # into the history
    back: int = 0  # units of other documents that come back in the place of those they equal


def remove(store: Store, names: Sequence[str], date: str, dry_run: bool = False) -> list[Removed]:
    """Remove the documents of these names, all or none; with `dry_run` only say what would go."""
    with store.transaction() as connection:
        connection.execute("SAVEPOINT removing")
        removed = [_removed(store, connection, name, date) for name in names]
        if dry_run:
            connection.execute("ROLLBACK TO removing")
        return removed


def _removed(store: Store, connection: sqlite3.Connection, name: str, date: str) -> Removed:
    query = "SELECT id, version FROM documents WHERE name = ? AND content_hash <> ''"
    found = connection.execute(query, [name]).fetchone()
    if found is None:
        raise InputError(
            f"{store.path}: has no document {name!r}; `aligner tm documents` lists them all"
        )
    id_, version = found["id"], found["version"] + 1
    units = [
        row["id"] for row in connection.execute("SELECT id FROM units WHERE document_id = ?", [id_])
    ]
    take_back(connection, id_)
    retire(connection, units, REASON, date)
    back = bring_back(connection, units)
    connection.execute("DELETE FROM metadata WHERE document_id = ?", [id_])
    connection.execute(
        "UPDATE documents SET content_hash = '', version = ?, changed = ? WHERE id = ?",
        [version, date, id_],
    )
    connection.execute("INSERT INTO versions VALUES (?, ?, '', ?, 0)", [id_, version, date])
    return Removed(name, len(units), back)
