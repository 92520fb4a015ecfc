"""A translation memory on the disk: opening it, transactions, reading units and documents.

Many may read while one writes (write-ahead log); a second writer waits for the first. A
killed process leaves what it had committed. What changes a memory is in `adding`,
`cleaning` and `confirming`; this module gives them the transaction.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from aligner.errors import MemoryStoreError
from aligner.memory.schema import APPLICATION_ID, CURRENT, migrate, version_of
from aligner.memory.selection import ALL, Selection
from aligner.memory.units import UNIT_QUERY, Row, StoredDocument, Unit, unit_of

WAIT = 300.0  # seconds that a writer waits for another; one document takes far less
_CACHE = -65536  # KiB of pages kept in memory
_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_REMEDIES = {
    sqlite3.SQLITE_FULL: "no space left on the disk; free some and run the same command again",
    sqlite3.SQLITE_READONLY: "may not be changed; check the rights of the file and its folder",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened; check the name, the folder and its rights",
    sqlite3.SQLITE_CORRUPT: "is damaged; take a copy from before, or export what can be read",
    sqlite3.SQLITE_NOTADB: "is no translation memory; give one made by `aligner tm add`",
    sqlite3.SQLITE_PERM: "may not be read; check the rights of the file",
    sqlite3.SQLITE_IOERR: "the disk gives an error; check it, then run the same command again",
    sqlite3.SQLITE_BUSY: "another process has been writing for minutes; try again when it is done",
    sqlite3.SQLITE_LOCKED: "another process is at work on it; try again when it is done",
}


class Store:
    """An open memory; a context manager that closes it."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self.connection = connection

    @classmethod
    def open(cls, path: Path, create: bool = True) -> Store:
        """The memory in a file, migrated if it is older; without one, a new one if `create`."""
        if not path.exists() and not create:
            raise MemoryStoreError(
                f"{path}: no such memory; check the name, or make one with `aligner tm add`"
            )
        if path.is_dir():
            raise MemoryStoreError(f"{path}: is a folder; give the name of a file in it")
        with store_errors(path):
            connection = _connected(path)
            try:
                _prepared(connection, path)
            except BaseException:
                connection.close()
                raise
        return cls(path, connection)

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; what was not committed is gone."""
        self.connection.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Changes that are all kept when the block ends well, and none when it does not."""
        with store_errors(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.connection
            except BaseException:
                if self.connection.in_transaction:  # a full disk has ended it already
                    self.connection.execute("ROLLBACK")
                raise
            self.connection.execute("COMMIT")

    def units(self, selection: Selection = ALL) -> Iterator[Unit]:
        """The selected units, document by document in the order they came, streamed."""
        where, values = selection.where()
        order = "ORDER BY units.document_id, units.position"
        yield from self._units(f"{UNIT_QUERY} WHERE {where} {order}", values)

    def units_by_id(self, ids: Sequence[int]) -> list[Unit]:
        """The units of these ids that are still there, in the order of the ids."""
        found: dict[int, Unit] = {}
        for start in range(0, len(ids), 500):
            some = ids[start : start + 500]
            query = f"{UNIT_QUERY} WHERE units.id IN ({','.join('?' * len(some))})"
            found |= {unit.id: unit for unit in self._units(query, some)}
        return [found[id_] for id_ in ids if id_ in found]

    def documents(self) -> list[StoredDocument]:
        """All documents in the order they came, with the number of their units."""
        with store_errors(self.path):
            metadata: dict[int, dict[str, str]] = {}
            for row in self.connection.execute("SELECT * FROM metadata ORDER BY document_id, key"):
                metadata.setdefault(row["document_id"], {})[row["key"]] = row["value"]
            rows = self.connection.execute(
                "SELECT *, (SELECT count(*) FROM units WHERE document_id = documents.id) AS units "
                "FROM documents WHERE content_hash <> '' ORDER BY id"  # "": it was removed
            )
            return [_document_of(row, metadata.get(row["id"], {})) for row in rows]

    def names(self) -> list[str]:
        """What documents are called, those among them that were removed."""
        with store_errors(self.path):
            rows = self.connection.execute("SELECT name FROM documents ORDER BY id")
            return [row["name"] for row in rows]

    def count(self, selection: Selection = ALL) -> int:
        """How many units are selected."""
        where, values = selection.where()
        query = (
            f"SELECT count(*) FROM units JOIN documents ON documents.id = document_id WHERE {where}"
        )
        with store_errors(self.path):
            (number,) = self.connection.execute(query, values).fetchone()
        return int(number)

    def _units(self, query: str, values: Sequence[object]) -> Iterator[Unit]:
        with store_errors(self.path):
            yield from map(unit_of, self.connection.execute(query, values))


def _document_of(row: Row, metadata: Mapping[str, str]) -> StoredDocument:
    return StoredDocument(
        row["id"],
        row["name"],
        row["content_hash"],
        row["version"],
        row["created"],
        row["changed"],
        row["units"],
        metadata,
    )


@contextmanager
def store_errors(path: Path) -> Iterator[None]:
    """Turns what SQLite says into a MemoryStoreError with a remedy."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the extended codes begin above
        remedy = _REMEDIES.get(code, f"cannot be used ({error})")
        raise MemoryStoreError(f"{path}: {remedy}") from error


def _connected(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=WAIT, isolation_level=None)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA cache_size = {_CACHE}")
    return connection


def _prepared(connection: sqlite3.Connection, path: Path) -> None:
    """A current schema in write-ahead mode, or the reason why there is none."""
    _check_ours(connection, path)
    _retried(lambda: connection.execute("PRAGMA journal_mode = WAL"))
    connection.execute("PRAGMA synchronous = NORMAL")  # whole after any crash of the process
    if version_of(connection) == CURRENT:
        return
    connection.execute("BEGIN IMMEDIATE")  # another process may have been here first
    _check_ours(connection, path)
    migrate(connection)
    connection.execute("COMMIT")


def _check_ours(connection: sqlite3.Connection, path: Path) -> None:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if tables and application != APPLICATION_ID:
        raise MemoryStoreError(
            f"{path}: a database of another program, no translation memory; give another name"
        )
    if version_of(connection) > CURRENT:
        raise MemoryStoreError(
            f"{path}: made by a newer aligner (schema {version_of(connection)}, this one knows "
            f"{CURRENT}); update aligner"
        )


def _retried(action: Callable[[], object]) -> None:
    """Two processes that create a memory at once: SQLite lets one change the mode and does not
    wait for it in the other."""
    deadline = time.monotonic() + WAIT
    while True:
        try:
            action()
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode not in _BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.05)
