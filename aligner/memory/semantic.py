"""Units that mean the same as a text, in other words or in the other language.

The encoder puts both languages into one space, so one vector a unit, of its source text, answers
in either. Vectors are made when they are first asked for and kept in tables of the memory: 512
numbers of 8 bits, and their signs as 512 bits. A search compares all signs (Hamming distance, 64
bytes a unit), then the vectors of the CANDIDATES nearest ones. On 12,900 sentences and Russian
queries the 10 nearest by exact cosine are 99.6 % the same by 8-bit numbers, and all of them among
the 1,000 nearest by signs (97 % among 100).

Like the index of tokens this follows the units by their ids: a killed process leaves it behind,
never wrong. A unit that goes takes its vector with it; its signs stay and lead to nothing.
Vectors of another encoder are thrown away.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from aligner.memory.indexing import Watcher
from aligner.memory.store import Store, store_errors
from aligner.memory.units import Unit

CANDIDATES = 2_000
_WIDER = (CANDIDATES, 8_000, 32_000)  # where most are gone from the memory, or equal
_STEP = 2_048  # units encoded in a transaction: a few seconds of work
_BLOCK = 16_384  # units in a row of signs: a megabyte, which the processor's cache holds
_WORDS = 8  # of 64 signs, for the 512 numbers of the built-in encoder
_MAPPED = 1 << 40  # bytes of the file that may be read where they lie: all
_LANES, _FOUR = np.uint64(0x00FF00FF00FF00FF), np.uint64(0x0001000100010001)

_SCHEMA = """
CREATE TABLE IF NOT EXISTS embedded (encoder TEXT NOT NULL, last_unit INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS vectors (unit_id INTEGER PRIMARY KEY, vector BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS vector_signs (
    id INTEGER PRIMARY KEY,
    units BLOB NOT NULL,                 -- ids, 8 bytes each
    signs BLOB NOT NULL                  -- a bit for each number of their vectors, in this order
);
CREATE TRIGGER IF NOT EXISTS vectors_follow_units AFTER DELETE ON units
BEGIN DELETE FROM vectors WHERE unit_id = old.id; END;
"""

Floats = npt.NDArray[np.float32]
Words = npt.NDArray[np.uint64]


class Encoder(Protocol):
    """Texts to vectors; see `embed.protocol`."""

    @property
    def id(self) -> str: ...

    def encode(self, texts: list[str]) -> Floats: ...


@dataclass(frozen=True, slots=True)
class Near:
    """A unit and how near its meaning is."""

    unit: Unit
    similarity: float  # cosine, -1 to 1


def nearest(store: Store, encoder: Encoder, text: str, limit: int = 10) -> list[Near]:
    """The units nearest in meaning, of those that have vectors (`update`); equal units once."""
    query = encoder.encode([text])[0]
    with store_errors(store.path):
        if _last_embedded(store.connection, encoder.id) == 0:
            return []
        with _mapped(store.connection):
            units, distances = _distances(store.connection, query)
    for number in _WIDER:
        with store_errors(store.path), _mapped(store.connection):
            found = _similar(store.connection, query, _least(units, distances, number))
        result = _different(store, found, limit)
        if number >= len(units) or (len(result) == limit and len(found) >= CANDIDATES // 2):
            break
    return result


def _different(store: Store, found: Sequence[tuple[int, float]], limit: int) -> list[Near]:
    """The first units that are there and differ."""
    result: list[Near] = []
    seen: set[tuple[str, str]] = set()
    for start in range(0, len(found), 50):
        some = dict(found[start : start + 50])
        for unit in store.units_by_id(list(some)):
            if (unit.src, unit.tgt) not in seen:
                seen.add((unit.src, unit.tgt))
                result.append(Near(unit, some[unit.id]))
            if len(result) == limit:
                return result
    return result


def update(store: Store, encoder: Encoder, watcher: Watcher | None = None) -> int:
    """Make the vectors of what was added since the last time; returns the number of units."""
    total, done = behind(store, encoder), 0
    while done < total:
        with store_errors(store.path):
            last = _last_embedded(store.connection, encoder.id)
            rows = _next_units(store.connection, last)
        if not rows:
            break  # another process was quicker
        vectors = encoder.encode([src for _, src in rows])  # outside the transaction: it is slow
        with store.transaction() as connection:
            if _last_embedded(connection, encoder.id) == last:
                _add(connection, encoder.id, [unit for unit, _ in rows], vectors)
        done += len(rows)
        if watcher is not None:
            watcher(done, total)
    return done


def behind(store: Store, encoder: Encoder) -> int:
    """How many units have no vector of this encoder yet."""
    with store_errors(store.path):
        last = _last_embedded(store.connection, encoder.id)
        query = "SELECT count(*) FROM units WHERE id > ? AND src <> '' AND tgt <> ''"
        (number,) = store.connection.execute(query, (last,)).fetchone()
    return int(number)


def _last_embedded(connection: sqlite3.Connection, encoder: str) -> int:
    known = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'embedded'"
    if connection.execute(known).fetchone() is None:
        return 0
    row = connection.execute("SELECT encoder, last_unit FROM embedded").fetchone()
    return int(row[1]) if row and row[0] == encoder else 0


def _next_units(connection: sqlite3.Connection, last: int) -> list[tuple[int, str]]:
    query = "SELECT id, src FROM units WHERE id > ? AND src <> '' AND tgt <> '' ORDER BY id LIMIT ?"
    return [(row[0], row[1]) for row in connection.execute(query, (last, _STEP))]


def _add(
    connection: sqlite3.Connection, encoder: str, units: Sequence[int], vectors: Floats
) -> None:
    for statement in _SCHEMA.split(";\n"):
        connection.execute(statement)
    if _last_embedded(connection, encoder) == 0:
        _start_anew(connection, encoder)
    rows = zip(units, map(bytes, _quantized(vectors)), strict=True)
    connection.executemany("INSERT INTO vectors VALUES (?, ?)", rows)
    ids, signs = np.array(units, dtype="<i8").tobytes(), _signs(vectors).tobytes()
    row = connection.execute(
        "SELECT id, units, signs FROM vector_signs ORDER BY id DESC LIMIT 1"
    ).fetchone()
    if row and len(row[1]) < 8 * _BLOCK:
        values = (row[1] + ids, row[2] + signs, row[0])
        connection.execute("UPDATE vector_signs SET units = ?, signs = ? WHERE id = ?", values)
    else:
        connection.execute("INSERT INTO vector_signs (units, signs) VALUES (?, ?)", (ids, signs))
    connection.execute("UPDATE embedded SET last_unit = ?", (units[-1],))


def _start_anew(connection: sqlite3.Connection, encoder: str) -> None:
    for table in ("embedded", "vectors", "vector_signs"):
        connection.execute(f"DELETE FROM {table}")
    connection.execute("INSERT INTO embedded VALUES (?, 0)", (encoder,))


def _distances(
    connection: sqlite3.Connection, query: Floats
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.uint16]]:
    """All units that have a vector, and in how many signs each differs from the query."""
    wanted = _signs(query[None])[0].view(np.uint64)
    units, distances = [np.zeros(0, np.int64)], [np.zeros(0, np.uint16)]
    for ids, signs in connection.execute("SELECT units, signs FROM vector_signs ORDER BY id"):
        rows = np.frombuffer(signs, dtype=np.uint64).reshape(-1, len(wanted))
        distances.append(_bits(rows ^ wanted))
        units.append(np.frombuffer(ids, dtype="<i8"))
    return np.concatenate(units), np.concatenate(distances)


@contextmanager
def _mapped(connection: sqlite3.Connection) -> Iterator[None]:
    """Pages are read where they lie in the system's memory: a fifth of the time for the signs of a
    million units. Not always, since SQLite then cannot report a disk that fails."""
    connection.execute(f"PRAGMA mmap_size = {_MAPPED}")
    try:
        yield
    finally:
        connection.execute("PRAGMA mmap_size = 0")


def _bits(rows: Words) -> npt.NDArray[np.uint16]:
    """How many bits each row has.

    The counts of eight words lie in one word as bytes. Pairs of them are added in four lanes of
    16 bits, and a multiplication adds up the lanes: a fifth of the time of `sum(axis=1)`.
    """
    counts = np.bitwise_count(rows)
    if rows.shape[1] != _WORDS:  # of another encoder
        sums: npt.NDArray[np.uint16] = counts.sum(axis=1, dtype=np.uint16)
        return sums
    lanes = counts.view(np.uint64).ravel()
    lanes = (lanes & _LANES) + ((lanes >> np.uint64(8)) & _LANES)
    lanes *= _FOUR
    lanes >>= np.uint64(48)
    return lanes.astype(np.uint16)


def _least(
    units: npt.NDArray[np.int64], distances: npt.NDArray[np.uint16], number: int
) -> list[int]:
    """The so many units with the least distances, of equals the latest."""
    if number < len(units):
        border = np.searchsorted(np.cumsum(np.bincount(distances)), number)
        nearer, equal = np.flatnonzero(distances < border), np.flatnonzero(distances == border)
        places = np.concatenate([nearer, equal[len(equal) - (number - len(nearer)) :]])
        units = units[places]
    return [int(one) for one in units]


def _similar(
    connection: sqlite3.Connection, query: Floats, ids: Sequence[int]
) -> list[tuple[int, float]]:
    """The units and their cosine with the query, the most similar first, of equals the latest."""
    marks = ",".join("?" * len(ids))
    rows = connection.execute(
        f"SELECT unit_id, vector FROM vectors WHERE unit_id IN ({marks})", ids
    ).fetchall()
    if not rows:
        return []
    together = np.frombuffer(b"".join([row[1] for row in rows]), dtype=np.int8)
    numbers = together.reshape(len(rows), -1).astype(np.float32)
    cosines = numbers @ query / np.linalg.norm(numbers, axis=1)
    pairs = zip((int(row[0]) for row in rows), cosines.tolist(), strict=True)
    return sorted(pairs, key=lambda pair: (-round(pair[1], 4), -pair[0]))


def _quantized(vectors: Floats) -> Iterator[npt.NDArray[np.int8]]:
    """Each vector as numbers from -127 to 127; only its direction counts."""
    largest = np.maximum(np.abs(vectors).max(axis=1, keepdims=True), 1e-9)
    yield from np.rint(vectors * (127 / largest)).astype(np.int8)


def _signs(vectors: Floats) -> npt.NDArray[np.uint8]:
    """A bit for each number, in whole groups of 64."""
    bits = np.packbits(vectors > 0, axis=1)
    return np.pad(bits, ((0, 0), (0, -bits.shape[1] % 8)))
