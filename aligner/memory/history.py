"""Units leave a memory for its history: nothing is ever thrown away.

A row of `history` holds the whole unit as JSON, with the reason, the date, and the version
of the document that it was in.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

_SOME = "SELECT value FROM json_each(?)"  # a list of ids as one value


def retire(connection: sqlite3.Connection, ids: Iterable[int], reason: str, date: str) -> None:
    """Move units into the history; must be in a transaction."""
    some = json.dumps(sorted(ids))
    names = [row["name"] for row in connection.execute("PRAGMA table_info(units)")]
    unit = ", ".join(f"'{name}', units.{name}" for name in names)
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
