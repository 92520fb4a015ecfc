"""Fuzzy matches: the units whose text differs least from a text, in the percent of CAT tools.

    percent = floor(100 · (1 - d / max(n, m)))

where d is the Levenshtein distance between the two texts' tokens and n, m are their numbers of
tokens; that is OmegaT's formula (FuzzyMatcher.calcSimilarity,
https://github.com/omegat-org/omegat/blob/master/src/org/omegat/core/matching/FuzzyMatcher.java)
for its strictest score, in which marks and numbers count. Only the same text is 100: what
differs in nothing but case, ё or spaces is 99. Trados does not say how it counts.

The search is exact: it finds every unit at or above the threshold, as comparing with
each unit would (a test does). Each edit takes at most one token of the longer text away, so at a
share of t or above two texts have at least t · max(n, m) tokens in common, repetitions
included. The inverted index (`postings`) counts what each unit has in common with the query;
only units with enough are compared, the most promising first.
"""

from __future__ import annotations

import heapq
import sqlite3
import unicodedata
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from aligner.errors import InputError
from aligner.memory import postings
from aligner.memory.tokens import tokens_of

BATCH = 256  # candidates whose texts are read and compared at a time
_MOST_REPEATS = 5_000  # "Да." — "Да." again and again: enough of them have been read
_NEVER = 1 << 15  # more tokens than a query can have
_OTHER = "\uffff"  # stands for every token that the query does not have
_FIRST_CODE = 0x1000  # tokens as characters: clear of _OTHER for any query that is allowed
MOST_TOKENS = 2_000  # of a query; a paragraph has some 200

Texts = Callable[[Sequence[int]], dict[int, tuple[Hashable, Sequence[str]]]]
"""Unit numbers to what tells a unit from others, and its texts in the query's language.

What is gone from the memory is left out.
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which matches are worth showing."""

    threshold: int = 70  # percent
    limit: int = 10  # different units

    def __post_init__(self) -> None:
        if not 1 <= self.threshold <= 100:
            raise InputError(f"a threshold of {self.threshold} is not possible: give 1 to 100")
        checked_limit(self.limit)


def checked_limit(limit: int) -> int:
    """The number of results to show, if so many can be shown."""
    if limit < 1:
        raise InputError(f"{limit} matches cannot be shown: give a limit of 1 or more")
    return limit


@dataclass(frozen=True, slots=True)
class Batch:
    """Units that may be matches."""

    units: list[int]
    bound: int  # no unit of this or a later batch is more like the query, in percent


@dataclass(frozen=True, slots=True)
class Found:
    """A unit and how like the query it is."""

    unit: int
    percent: int  # 0 to 100


class Query:
    """A text made ready to be compared with many."""

    def __init__(self, text: str) -> None:
        self.text = _spaced(text)
        self.tokens = tokens_of(text)[:MOST_TOKENS]
        different = dict.fromkeys(self.tokens)
        self._codes = {token: chr(_FIRST_CODE + k) for k, token in enumerate(different)}
        self._coded = self._code(self.tokens)

    def percent(self, text: str) -> int:
        """How like the query a text is. Example: "A red cat." to "A black cat." is 75."""
        from rapidfuzz.distance import Levenshtein

        if _spaced(text) == self.text:
            return 100
        tokens = tokens_of(text)
        longer = max(len(tokens), len(self.tokens))
        if not longer:
            return 0
        distance = Levenshtein.distance(self._coded, self._code(tokens))
        return min(99, 100 * (longer - distance) // longer)

    def _code(self, tokens: Sequence[str]) -> str:
        """A character for each token: what is no token of the query differs from all of it."""
        return "".join([self._codes.get(token, _OTHER) for token in tokens])


def percent(a: str, b: str) -> int:
    """How like each other two texts are, 0 to 100."""
    return Query(a).percent(b)


def best(query: Query, batches: Iterable[Batch], texts: Texts, wanted: Wanted) -> list[Found]:
    """The units most like the query, best first, then the latest; equal units once."""
    found: list[tuple[int, int]] = []  # a heap: the worst stands first
    seen: set[Hashable] = set()
    repeats = 0
    for batch in batches:
        full = len(found) == wanted.limit
        if repeats > _MOST_REPEATS or (full and batch.bound <= found[0][0]):
            break  # no later unit is better
        for unit, (key, variants) in texts(batch.units).items():
            if key in seen:
                repeats += 1
                continue
            seen.add(key)
            percent = max(map(query.percent, variants), default=0)
            if percent >= wanted.threshold:
                heapq.heappush(found, (percent, unit))
                if len(found) > wanted.limit:
                    heapq.heappop(found)
    return [Found(unit, percent) for percent, unit in sorted(found, reverse=True)]


def candidates(
    connection: sqlite3.Connection, query: Query, lang: str, threshold: int
) -> Iterator[Batch]:
    """The units of the index that may reach the threshold, the most promising first."""
    n = len(query.tokens)
    if not n:
        return
    least = _least_shared(n, threshold)
    units, bounds = [], []
    for block in postings.shared_tokens(connection, lang, query.tokens):
        hits = np.flatnonzero(block.shared >= least[block.lengths])
        longer = np.maximum(n, block.lengths[hits].astype(np.int64))
        units.append(hits + block.first)
        bounds.append(100 * block.shared[hits].astype(np.int64) // longer)
    if not units:
        return
    unit, bound = np.concatenate(units), np.concatenate(bounds)
    order = np.lexsort((-unit, -bound))  # of equals the latest first
    for start in range(0, len(order), BATCH):
        some = order[start : start + BATCH]
        yield Batch(unit[some].tolist(), int(bound[some[0]]))


def _least_shared(n: int, threshold: int) -> npt.NDArray[np.int64]:
    """How many tokens a unit must have in common with n, by its length 0 to LONGEST."""
    lengths = np.arange(postings.LONGEST + 1)
    least = -(-threshold * np.maximum(n, lengths) // 100)  # rounded up
    least[0] = _NEVER  # no text in this language
    return least


def _spaced(text: str) -> str:
    """The text with single spaces, since CAT tools do not count them."""
    return " ".join(unicodedata.normalize("NFC", text).split())
