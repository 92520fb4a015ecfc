"""Keeping the index of tokens level with the units: what was added since is indexed in one go.

The index is derived: the texts of a unit never change and ids are never used twice (`schema`),
so the highest id that was indexed says all. Each step of at most 65,536 units is a
transaction with its new mark in it: a killed process leaves an index that is only behind, and
who searches compares the units that are not in it one by one. Nothing here is needed for
right results, only for quick ones.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator

from aligner.errors import MemoryStoreError
from aligner.memory import postings
from aligner.memory.store import Store, store_errors
from aligner.memory.tokens import tokens_of

VERSION = 1  # of tokens and postings: an index of another version is made anew

_SCHEMA = """
CREATE TABLE IF NOT EXISTS indexed (
    version INTEGER NOT NULL,
    last_unit INTEGER NOT NULL           -- the highest id in the index
);
"""
_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_READONLY)

Watcher = Callable[[int, int], None]
"""Called with how many units have been indexed and how many there are to index."""


def update(store: Store, watcher: Watcher | None = None) -> int:
    """Index what was added since the last time; returns the number of units."""
    total, done = behind(store), 0
    while done < total:
        with store.transaction() as connection:
            step = _step(connection)
        if not step:
            break  # another process was quicker
        done += step
        if watcher is not None:
            watcher(done, total)
    return done


def update_if_free(store: Store, watcher: Watcher | None = None) -> int:
    """The same, unless another process is writing or the file may not be changed.

    The other one, or the next search, indexes the rest.
    """
    total = behind(store)
    (wait,) = store.connection.execute("PRAGMA busy_timeout").fetchone()
    store.connection.execute("PRAGMA busy_timeout = 0")
    try:
        update(store, watcher)
    except MemoryStoreError as error:
        if getattr(error.__cause__, "sqlite_errorcode", 0) & 0xFF not in _BUSY:
            raise
    finally:
        store.connection.execute(f"PRAGMA busy_timeout = {wait}")
    return total - behind(store)


def behind(store: Store) -> int:
    """How many units are not in the index yet."""
    with store_errors(store.path):
        query = "SELECT count(*) FROM units WHERE id > ?"
        (number,) = store.connection.execute(query, (last_indexed(store.connection),)).fetchone()
    return int(number)


def last_indexed(connection: sqlite3.Connection) -> int:
    """The highest unit in the index; 0 where there is none, or one of another version."""
    known = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'indexed'"
    if connection.execute(known).fetchone() is None:
        return 0
    row = connection.execute("SELECT version, last_unit FROM indexed").fetchone()
    return int(row[1]) if row and row[0] == VERSION else 0


def _step(connection: sqlite3.Connection) -> int:
    """Index the units of one block and move the mark."""
    last = last_indexed(connection)
    if not last:
        _start_anew(connection)
    (first,) = connection.execute("SELECT min(id) FROM units WHERE id > ?", (last,)).fetchone()
    if first is None:
        return 0
    stop = (first // postings.BLOCK + 1) * postings.BLOCK
    rows = connection.execute(
        "SELECT id, src, tgt, src_lang, tgt_lang FROM units WHERE id >= ? AND id < ? ORDER BY id",
        (first, stop),
    ).fetchall()
    postings.add(connection, _entries(rows))
    connection.execute("UPDATE indexed SET last_unit = ?", (rows[-1][0],))
    return len(rows)


def _entries(rows: list[sqlite3.Row]) -> Iterator[postings.Entry]:
    for unit, src, tgt, src_lang, tgt_lang in rows:
        if src and tgt:  # an omission has nothing to offer
            yield postings.Entry(unit, src_lang, tokens_of(src))
            yield postings.Entry(unit, tgt_lang, tokens_of(tgt))


def _start_anew(connection: sqlite3.Connection) -> None:
    for statement in (*_SCHEMA.split(";"), *postings.SCHEMA.split(";")):
        connection.execute(statement)
    for table in ("indexed", "token_postings", "token_counts"):
        connection.execute(f"DELETE FROM {table}")
    connection.execute("INSERT INTO indexed VALUES (?, 0)", (VERSION,))
