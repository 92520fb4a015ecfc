"""Where words stand in a memory: all units that have them, in any of their forms.

Words of a query may stand anywhere in one side of a unit, each in any form (`wordforms`); a run of
words in double quotes must stand together, in this order, also in any form. A query is expanded
to all forms when it is asked, rather than the texts to lemmas when they are added. On 20,000 units
a second index of lemmas took 90 bytes and 33 µs a unit more, for Russian alone, and one word in
eleven has several lemmas, of which it would hold one; the forms cost nothing to add, and half of
all queries of 1,000,000 units take less than 12 ms of CPU (tests/benchmarks/search.py).

FTS5 (the table `units_text`) says which units have the words; where they stand, and whether they
stand together, is seen in the texts themselves.
"""

from __future__ import annotations

import math
import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product

from aligner.errors import InputError
from aligner.memory.store import Store, store_errors
from aligner.memory.tokens import folded
from aligner.memory.units import Unit
from aligner.memory.wordforms import forms_of
from aligner.records import Span

MOST_WORDS = 20  # of a query; FTS5 allows some 250 levels and each word has up to 150 forms
MOST_WAYS = 25  # to write a run of words: each costs FTS5 as much as reading 100 units
_COUNTED = 10_000  # units; of more it is said that there are more
_PAGE = 100  # units read at a time
_PHRASE = re.compile(r'["“”«„]([^"“”«»„]*)["“”»]|([^"“”«»„]+)')
_WORD = re.compile(r"[^\W_]+")  # as the tokenizer unicode61 cuts

Forms = frozenset[str]


@dataclass(frozen=True, slots=True)
class Hit:
    """A unit that has the words, and where they stand, in characters of its texts."""

    unit: Unit
    src: tuple[Span, ...]
    tgt: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Concordance:
    """The latest units that have the words, and how many have them."""

    hits: tuple[Hit, ...]
    total: int  # of units with all words, for some phrases also where they stand apart
    more: bool  # whether there are more than were counted


def concordance(store: Store, text: str, limit: int = 20) -> Concordance:
    """The units that have the words of the text, the latest first."""
    phrases = _phrases(text)
    query = _fts_query(phrases)
    with store_errors(store.path):
        ids = list(islice(_having(store.connection, query, phrases), limit))
        total = _count(store.connection, query) if len(ids) == limit else len(ids)
    hits = [
        Hit(unit, _places(unit.src, phrases), _places(unit.tgt, phrases))
        for unit in store.units_by_id(ids)
    ]
    return Concordance(tuple(hits), min(total, _COUNTED), total > _COUNTED)


def _count(connection: sqlite3.Connection, query: str) -> int:
    """How many units have the words, up to one more than are counted."""
    limited = "SELECT 1 FROM units_text WHERE units_text MATCH ? LIMIT ?"
    row = connection.execute(f"SELECT count(*) FROM ({limited})", (query, _COUNTED + 1)).fetchone()
    return int(row[0])


def _phrases(text: str) -> list[list[Forms]]:
    """Runs of words that must stand together, each word as its forms; a lone word is a run."""
    phrases: list[list[Forms]] = []
    for together, apart in _PHRASE.findall(text):
        words = [forms_of(word) for word in _WORD.findall(together or apart)]
        phrases += [words] if together else [[word] for word in words]
    phrases = [phrase for phrase in phrases if phrase]
    if not phrases:
        raise InputError(f"{text[:40]!r} has no word to look for; give one or more")
    if sum(map(len, phrases)) > MOST_WORDS:
        raise InputError(
            f"a concordance of more than {MOST_WORDS} words finds nothing; "
            "give fewer, or search for the whole text without --concordance"
        )
    return phrases


def _fts_query(phrases: Sequence[Sequence[Forms]]) -> str:
    """All phrases on the same side, each word in any of its forms."""
    side = " AND ".join(f"({_fts_phrase(phrase)})" for phrase in phrases)
    return f"(src : ({side})) OR (tgt : ({side}))"


def _fts_phrase(words: Sequence[Forms]) -> str:
    """Every way to write the words together; of too many ways, the words wherever they stand."""
    if math.prod(map(len, words)) <= MOST_WAYS:
        return " OR ".join(f'"{" ".join(way)}"' for way in product(*map(sorted, words)))
    return " AND ".join(
        "(" + " OR ".join(f'"{form}"' for form in sorted(forms)) + ")" for forms in words
    )


def _having(
    connection: sqlite3.Connection, query: str, phrases: Sequence[Sequence[Forms]]
) -> Iterator[int]:
    """The units that have all the phrases on one side, the latest first, as they are needed."""
    rows = connection.execute(
        "SELECT rowid FROM units_text WHERE units_text MATCH ? ORDER BY rowid DESC", (query,)
    )
    while ids := [row[0] for row in rows.fetchmany(_PAGE)]:
        marks = ",".join("?" * len(ids))
        texts = f"SELECT id, src, tgt FROM units WHERE id IN ({marks}) ORDER BY id DESC"
        for unit, src, tgt in connection.execute(texts, ids):
            if _has_all(src, phrases) or _has_all(tgt, phrases):
                yield unit


def _has_all(text: str, phrases: Sequence[Sequence[Forms]]) -> bool:
    words = _WORD.findall(folded(text))
    return all(any(True for _ in _starts(words, phrase)) for phrase in phrases)


def _starts(words: Sequence[str], phrase: Sequence[Forms]) -> Iterator[int]:
    """At which words a phrase begins."""
    first, *others = phrase
    for at, word in enumerate(words):
        if word in first and at + len(others) < len(words):
            if all(words[at + k] in forms for k, forms in enumerate(others, start=1)):
                yield at


def _places(text: str, phrases: Sequence[Sequence[Forms]]) -> tuple[Span, ...]:
    """Where the phrases stand in a text; nowhere unless all of them are in it."""
    found = [(folded(match[0]), Span(*match.span())) for match in _WORD.finditer(text)]
    words = [word for word, _ in found]
    places: list[Span] = []
    for phrase in phrases:
        starts = list(_starts(words, phrase))
        if not starts:
            return ()
        last = len(phrase) - 1
        places += [Span(found[at][1].start, found[at + last][1].stop) for at in starts]
    return tuple(sorted(set(places), key=lambda place: (place.start, place.stop)))
