"""A document goes into a memory: whole or not at all, and twice changes nothing.

What a document is made from has a hash. The same hash under the same name, or under
another, is nothing new. Another hash under a known name is a new version: units with the same
texts stay what they are (id, date, who confirmed them), the others are replaced and go into
the history. Not here: where entries come from (`aligner.delivery`).
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal

from aligner.memory.history import bring_back, retire, take_back
from aligner.memory.store import Store, store_errors
from aligner.memory.units import COLUMNS, Entry, NewDocument, values_of
from aligner.records import Provenance

Outcome = Literal["added", "replaced", "unchanged", "elsewhere"]

_TEXTS = ("src", "tgt", "src_lang", "tgt_lang", "src_markup", "tgt_markup", "extra")
"""What makes a unit of the new version the same as one of the old."""

_INSERT = (
    f"INSERT INTO units (document_id, position, origin_id, {', '.join(COLUMNS)}) "
    f"VALUES ({', '.join('?' * (3 + len(COLUMNS)))})"
)
_BATCH = 1000  # entries of a new version at a time
_RENEWED = ("src_start", "src_stop", "tgt_start", "tgt_stop", "score", "probability")
_RENEW = (
    f"UPDATE units SET {', '.join(f'{name} = :{name}' for name in _RENEWED)}, "
    "position = :position, origin_id = :origin, "
    "confirmed_by = iif(:confirmed_by = '', confirmed_by, :confirmed_by) WHERE id = :id"
)


@dataclass(frozen=True, slots=True)
class Change:
    """What an addition did."""

    outcome: Outcome  # "elsewhere": the same content is there under the name `document`
    document: str
    units: int = 0  # in the document now
    new: int = 0
    gone: int = 0  # into the history
    metadata_changed: bool = False


def known(store: Store, document: NewDocument) -> Change | None:
    """What adding would say if the document is there already; None if it is new.

    Lets a caller spare the work of making the entries; `add` asks again in its transaction.
    """
    with store_errors(store.path):
        found = _by_name(store.connection, document.name)
        if found is not None:
            same = found["content_hash"] == document.content_hash
            return Change("unchanged", document.name, _size(store, found["id"])) if same else None
        query = "SELECT id, name FROM documents WHERE content_hash = ? ORDER BY id"
        other = store.connection.execute(query, [document.content_hash]).fetchone()
        return Change("elsewhere", other["name"], _size(store, other["id"])) if other else None


def add(
    store: Store, document: NewDocument, entries: Iterable[Entry], date: str, anew: bool = False
) -> Change:
    """Put a document with its entries into the memory, in one transaction.

    With `anew` it is put there even if its content is known, as after better alignment.
    """
    with store.transaction() as connection:
        before = None if anew else known(store, document)
        if before is not None:
            if before.outcome == "elsewhere":  # that document may be another client's
                return before
            changed = _set_metadata(connection, document.name, document.metadata, date)
            return replace(before, metadata_changed=changed)
        found = _by_name(connection, document.name)
        if found is None:
            change = _added(connection, document, entries, date)
        else:
            change = _replaced(connection, found, document, entries, date)
        _set_metadata(connection, document.name, document.metadata, date)
        return change


def insert(
    connection: sqlite3.Connection,
    document_id: int,
    entries: Iterable[tuple[int, Entry]],
    date: str,
) -> int:
    """New units of a document at their positions, indexed; how many. Must be in a transaction."""
    (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM units").fetchone()
    rows = _rows(_Origins(connection), document_id, entries, date)
    count = connection.executemany(_INSERT, rows).rowcount
    connection.execute(
        "INSERT INTO units_text (rowid, src, tgt) SELECT id, src, tgt FROM units WHERE id > ?",
        [last],
    )
    return max(0, count)  # -1 where there was no row


def _by_name(connection: sqlite3.Connection, name: str) -> sqlite3.Row | None:
    query = "SELECT * FROM documents WHERE name = ?"
    row: sqlite3.Row | None = connection.execute(query, [name]).fetchone()
    return row


def _size(store: Store, document_id: int) -> int:
    query = "SELECT count(*) FROM units WHERE document_id = ?"
    (number,) = store.connection.execute(query, [document_id]).fetchone()
    return int(number)


def _added(
    connection: sqlite3.Connection, document: NewDocument, entries: Iterable[Entry], date: str
) -> Change:
    cursor = connection.execute(
        "INSERT INTO documents (name, content_hash, created, changed) VALUES (?, ?, ?, ?)",
        [document.name, document.content_hash, date, date],
    )
    id_ = int(cursor.lastrowid or 0)
    new = insert(connection, id_, enumerate(entries), date)
    _note_version(connection, id_, (1, document.content_hash, date, new))
    return Change("added", document.name, new, new)


def _replaced(
    connection: sqlite3.Connection,
    found: sqlite3.Row,
    document: NewDocument,
    entries: Iterable[Entry],
    date: str,
) -> Change:
    """The new version; of units with equal texts the first old one becomes the first new one."""
    id_, version = found["id"], found["version"]
    old = _units_by_texts(connection, id_)
    # positions are unique: the old ones go out of the way, and back in `retire`
    connection.execute("UPDATE units SET position = -1 - position WHERE document_id = ?", [id_])
    units = new = 0
    for some in _batches(enumerate(entries)):
        new += _renewed_or_new(connection, id_, some, old, date)
        units += len(some)
    goes = [unit for same in old.values() for unit in same]
    take_back(connection, id_)
    retire(connection, goes, "new version", date)
    bring_back(connection, goes)
    connection.execute(
        "UPDATE documents SET content_hash = ?, version = ?, changed = ? WHERE id = ?",
        [document.content_hash, version + 1, date, id_],
    )
    _note_version(connection, id_, (version + 1, document.content_hash, date, units))
    outcome: Outcome = "replaced" if found["content_hash"] else "added"  # "": it was removed
    return Change(outcome, document.name, units, new, len(goes))


def _units_by_texts(connection: sqlite3.Connection, document_id: int) -> dict[bytes, list[int]]:
    """The ids of a document's units by the digest of their texts, the last first."""
    found: dict[bytes, list[int]] = defaultdict(list)
    query = (
        f"SELECT id, {', '.join(_TEXTS)} FROM units WHERE document_id = ? ORDER BY position DESC"
    )
    for row in connection.execute(query, [document_id]):
        found[_digest(tuple(row)[1:])].append(row["id"])
    return found


def _renewed_or_new(
    connection: sqlite3.Connection,
    document_id: int,
    some: list[tuple[int, Entry]],
    old: dict[bytes, list[int]],
    date: str,
) -> int:
    """Entries of a new version take the units in `old` that have their texts, out of it, or are
    inserted; how many are."""
    stays: list[tuple[int, Entry, int]] = []
    comes: list[tuple[int, Entry]] = []
    for position, entry in some:
        same = old.get(_digest(_texts_of(entry)))
        if same:
            stays.append((position, entry, same.pop()))
        else:
            comes.append((position, entry))
    origins = _Origins(connection)
    connection.executemany(_RENEW, (_renewed(origins, *one) for one in stays))
    return insert(connection, document_id, comes, date)


def _batches(entries: Iterable[tuple[int, Entry]]) -> Iterator[list[tuple[int, Entry]]]:
    """A document may be larger than the machine's memory."""
    rest = iter(entries)
    while some := list(islice(rest, _BATCH)):
        yield some


def _digest(texts: tuple[object, ...]) -> bytes:
    return hashlib.blake2b(repr(texts).encode(), digest_size=16).digest()


def _note_version(
    connection: sqlite3.Connection, id_: int, values: tuple[int, str, str, int]
) -> None:
    connection.execute("INSERT INTO versions VALUES (?, ?, ?, ?, ?)", [id_, *values])


def _set_metadata(
    connection: sqlite3.Connection, name: str, metadata: Mapping[str, str], date: str
) -> bool:
    """Set these values and leave others; whether any is new."""
    rows = [(name, key, value) for key, value in sorted(metadata.items())]
    changed = connection.executemany(
        "INSERT INTO metadata SELECT id, ?2, ?3 FROM documents WHERE name = ?1 "
        "ON CONFLICT (document_id, key) DO UPDATE SET value = excluded.value "
        "WHERE value <> excluded.value",
        rows,
    ).rowcount
    if changed > 0:
        connection.execute("UPDATE documents SET changed = ? WHERE name = ?", [date, name])
    return changed > 0


def _texts_of(entry: Entry) -> tuple[object, ...]:
    made_by = entry.pair.provenance
    langs = (made_by.src_lang, made_by.tgt_lang)
    rest = (entry.src_markup, entry.tgt_markup, entry.extra)
    return (entry.pair.src, entry.pair.tgt, *langs, *rest)


def _rows(
    origins: _Origins, document_id: int, entries: Iterable[tuple[int, Entry]], date: str
) -> Iterator[tuple[object, ...]]:
    for position, entry in entries:
        origin = origins.id_of(entry.pair.provenance)
        yield (document_id, position, origin, *values_of(entry, date))


def _renewed(origins: _Origins, position: int, entry: Entry, id_: int) -> dict[str, object]:
    values = dict(zip(COLUMNS, values_of(entry, ""), strict=True))
    origin = origins.id_of(entry.pair.provenance)
    return values | {"position": position, "origin": origin, "id": id_}


class _Origins:
    """What made the pairs, each kept once in the memory."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._ids: dict[tuple[str, ...], int] = {}

    def id_of(self, made_by: Provenance) -> int:
        values = (made_by.src_name, made_by.tgt_name, made_by.encoder, made_by.settings)
        if values not in self._ids:
            names = "src_name, tgt_name, encoder, settings"
            self._connection.execute(
                f"INSERT OR IGNORE INTO origins ({names}) VALUES (?, ?, ?, ?)", values
            )
            (self._ids[values],) = self._connection.execute(
                f"SELECT id FROM origins WHERE ({names}) = (?, ?, ?, ?)", values
            ).fetchone()
        return self._ids[values]
