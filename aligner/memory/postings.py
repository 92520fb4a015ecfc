"""Which units hold which token: an inverted index in tables of the memory's own file.

Unit numbers are cut into blocks of 65,536. For each block and token a row holds the units
of the block that have the token: their offsets as 16-bit numbers, or, where there are 4,096
or more, a bitmap of 8 KiB (Roaring's two containers, Chambi et al. 2016,
https://arxiv.org/abs/1402.6407). A row's number is the block and a hash of language and token,
so that no vocabulary is needed and adding writes only at the end of the table. The second "the"
of a text is a token of its own ("the 2"), so that repetitions count. A second table holds how
many tokens each unit has.

Two tokens may share a hash, and a unit that is gone stays in its rows: what comes out may
be too much, never too little. Who asks compares the texts afterwards.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import groupby

import numpy as np
import numpy.typing as npt

from aligner.memory.tokens import numbered

BLOCK = 1 << 16  # units a block: an offset has 16 bits
LONGEST = 255  # a longer text counts as one of so many tokens
_DENSE = 4096  # from here on a bitmap is the smaller one
_HASH_BITS = 47  # with 16 bits of block a positive 63-bit row number

SCHEMA = """
CREATE TABLE IF NOT EXISTS token_postings (key INTEGER PRIMARY KEY, units BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS token_counts (
    lang TEXT NOT NULL, block INTEGER NOT NULL, counts BLOB NOT NULL, PRIMARY KEY (lang, block)
);
"""

Offsets = npt.NDArray[np.uint16]
Counts = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Entry:
    """A text to be found by its tokens."""

    unit: int
    lang: str
    tokens: Sequence[str]


@dataclass(frozen=True, slots=True)
class Block:
    """What the units of a block share with a query; both arrays have BLOCK elements."""

    first: int  # number of its first unit
    shared: npt.NDArray[np.uint16]  # how many tokens of the query stand in the unit
    lengths: Counts  # how many tokens the unit has; 0: no text in this language


def add(connection: sqlite3.Connection, entries: Iterable[Entry]) -> None:
    """Index the texts, whose units come in the order of their numbers; the caller commits."""
    for block, members in groupby(entries, lambda entry: entry.unit // BLOCK):
        offsets: dict[str, dict[str, list[int]]] = {}  # by language and token
        lengths: dict[str, list[tuple[int, int]]] = {}
        for entry in members:
            offset = entry.unit % BLOCK
            lengths.setdefault(entry.lang, []).append((offset, min(len(entry.tokens), LONGEST)))
            by_token = offsets.setdefault(entry.lang, defaultdict(list))
            for token in numbered(entry.tokens):
                by_token[token].append(offset)
        _add_postings(connection, block << _HASH_BITS, offsets)
        _add_lengths(connection, block, lengths)


def shared_tokens(
    connection: sqlite3.Connection, lang: str, tokens: Sequence[str]
) -> Iterator[Block]:
    """For each block: how many tokens each of its units has in common with these."""
    keys = [_key(lang, token) for token in numbered(tokens)]
    rows = connection.execute(
        "SELECT block, counts FROM token_counts WHERE lang = ? ORDER BY block", (lang,)
    ).fetchall()
    marks = ",".join("?" * len(keys))
    for block, counts in rows:
        shared = np.zeros(BLOCK, dtype=np.uint16)
        for (units,) in connection.execute(
            f"SELECT units FROM token_postings WHERE key IN ({marks})",
            [block << _HASH_BITS | key for key in keys],
        ):
            if len(units) == BLOCK // 8:
                shared += np.unpackbits(np.frombuffer(units, dtype=np.uint8), bitorder="little")
            else:
                shared[np.frombuffer(units, dtype="<u2")] += 1  # each unit stands there once
        yield Block(block * BLOCK, shared, np.frombuffer(counts, dtype=np.uint8))


def _add_postings(
    connection: sqlite3.Connection, base: int, offsets: dict[str, dict[str, list[int]]]
) -> None:
    new: dict[int, list[int]] = {}
    for lang, by_token in offsets.items():
        for token, units in by_token.items():
            new.setdefault(base | _key(lang, token), []).extend(units)
    known = _known(connection, list(new))
    rows = []
    for key, units in sorted(new.items()):
        added = np.array(units, dtype="<u2")  # twice the same unit does no harm
        old = known.get(key)
        rows.append((key, _packed(added if old is None else _merged(old, added))))
    connection.executemany("INSERT OR REPLACE INTO token_postings VALUES (?, ?)", rows)


def _known(connection: sqlite3.Connection, keys: Sequence[int]) -> dict[int, bytes]:
    """The rows that are there already, of these keys."""
    found: dict[int, bytes] = {}
    for start in range(0, len(keys), 10_000):
        some = keys[start : start + 10_000]
        marks = ",".join("?" * len(some))
        found.update(
            connection.execute(
                f"SELECT key, units FROM token_postings WHERE key IN ({marks})", some
            )
        )
    return found


def _merged(old: bytes, new: Offsets) -> Offsets:
    if len(old) < BLOCK // 8:
        before = np.frombuffer(old, dtype="<u2")
    else:
        bits = np.unpackbits(np.frombuffer(old, dtype=np.uint8), bitorder="little")
        before = np.flatnonzero(bits).astype("<u2")
    return np.union1d(before, new)


def _packed(units: Offsets) -> bytes:
    if len(units) < _DENSE:
        return units.tobytes()
    bits = np.zeros(BLOCK, dtype=np.uint8)
    bits[units] = 1
    return np.packbits(bits, bitorder="little").tobytes()


def _add_lengths(
    connection: sqlite3.Connection, block: int, lengths: dict[str, list[tuple[int, int]]]
) -> None:
    for lang, found in sorted(lengths.items()):
        row = connection.execute(
            "SELECT counts FROM token_counts WHERE lang = ? AND block = ?", (lang, block)
        ).fetchone()
        counts = np.frombuffer(row[0] if row else bytes(BLOCK), dtype=np.uint8).copy()
        places, values = zip(*found, strict=True)
        counts[list(places)] = values
        connection.execute(
            "INSERT OR REPLACE INTO token_counts VALUES (?, ?, ?)", (lang, block, counts.tobytes())
        )


def _key(lang: str, token: str) -> int:
    digest = blake2b(f"{lang} {token}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little") >> (64 - _HASH_BITS)
