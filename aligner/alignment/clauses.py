"""How much of what one run says the other run says too, clause by clause.

A clause of a sentence has a vector as a sentence has, so it can be looked for in the other
language. A sentence is *covered* by a run of the other side as far as its clauses have a
counterpart there. A sentence that was left out in the translation shows in its coverage
even where it is about the same thing as its neighbours, and so does one that was joined to
a link it does not belong to. Single words were compared likewise before there were
clauses; beside these they brought nothing (models/README.md).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.floating[Any]]
Ints = npt.NDArray[np.int64]

CLAUSE_END = re.compile(r"(?<=[,;:.!?…)])\s+|\s+(?=[—–(-])")
SHORTEST = 12  # characters
WHOLE_CLAUSE = 60.0  # characters from which a clause has its full weight
PRIOR_CLAUSES = 10  # how many clauses the mean of a text has to outweigh
UNLIKE, ALIKE = 0.0, 4.0  # standard deviations above unrelated ones: no counterpart, a sure one
ROWS_AT_ONCE = 4096  # of vectors, in single precision
NORMAL = 1.4826  # standard deviation over median deviation, of a normal distribution
PRIOR = 0.3  # coverage that a run without clauses is taken to have,
PRIOR_WEIGHT = 0.5  # and how many clauses that counts for


@dataclass(frozen=True, slots=True)
class Clauses:
    """The clauses of those sentences of one side that may be in another link than 1-1."""

    of_sentence: tuple[Ints, ...]  # the clauses of each, none where its link is certain
    weights: Floats  # (clauses,): long ones say more, up to 1
    vectors: Floats  # (clauses, dim), norm 1, without what all clauses of the text have in common


@dataclass(frozen=True, slots=True)
class ClauseScale:
    """Cosines of clauses that have nothing to do with each other."""

    middle: float  # their median
    spread: float  # their standard deviation, from the median deviation: the few clauses that
    # do have to do with each other must not count


def cut(text: str) -> list[str]:
    """What stands between two marks; a short part goes with the one before."""
    parts: list[str] = []
    for part in CLAUSE_END.split(text):
        if parts and min(len(part), len(parts[-1])) < SHORTEST:
            parts[-1] += " " + part
        else:
            parts.append(part)
    return parts


def clauses(texts: Sequence[str], wanted: npt.NDArray[np.bool_], vectors: Floats) -> Clauses:
    """The clauses of the sentences that are `wanted`, (n,); `vectors` has a row for each."""
    found = [cut(text) if want else [] for text, want in zip(texts, wanted, strict=True)]
    stops = np.cumsum([len(parts) for parts in found])
    ids = [np.arange(stop - len(parts), stop) for stop, parts in zip(stops, found, strict=True)]
    sizes = np.array([len(part) for parts in found for part in parts], dtype=np.float32)
    return Clauses(tuple(ids), np.minimum(sizes, WHOLE_CLAUSE) / WHOLE_CLAUSE, _own(vectors))


def _own(vectors: Floats) -> Floats:
    """The vectors less their mean, of norm 1: what a text is about tells no clauses apart."""
    mean = vectors.sum(axis=0, dtype=np.float32) / (len(vectors) + PRIOR_CLAUSES)
    own = np.empty_like(vectors)
    for start in range(0, len(vectors), ROWS_AT_ONCE):
        rows = vectors[start : start + ROWS_AT_ONCE] - mean
        norms = np.sqrt(np.einsum("ij,ij->i", rows, rows))
        own[start : start + ROWS_AT_ONCE] = rows / np.maximum(norms, np.float32(1e-6))[:, None]
    return own


def clause_scale(src: Clauses, tgt: Clauses) -> ClauseScale:
    """Measured on some hundred clauses of each side."""
    steps = [max(1, -(-len(side.vectors) // 256)) for side in (src, tgt)]
    some = [of.vectors[::by].astype(np.float32) for of, by in zip((src, tgt), steps, strict=True)]
    if not (len(some[0]) and len(some[1])):
        return ClauseScale(0.0, 1.0)
    cosines = some[0] @ some[1].T
    middle = float(np.median(cosines))
    deviation = float(np.median(np.abs(cosines - middle)))
    return ClauseScale(middle, max(NORMAL * deviation, 1e-3))


class Coverage:
    """Coverage of the runs of links into some nodes of a rectangle: arrays (kinds, nodes)."""

    def __init__(
        self,
        src: Clauses,
        tgt: Clauses,
        ends: tuple[range, range],
        kinds: Sequence[tuple[int, int]],
        scale: ClauseScale,
        at: tuple[Ints, Ints],
    ) -> None:
        """`ends` has the rectangle's rows and columns, `at` those of each node in it."""
        longest = max(map(max, kinds))
        here = _Sentences(src, ends[0], longest), _Sentences(tgt, ends[1], longest)
        alike = _alike(here[0], here[1], scale)
        of_src = _one_way(here[0], here[1], alike)
        of_tgt = _one_way(here[1], here[0], np.ascontiguousarray(alike.T))
        a, b = (np.array(sizes)[:, None] - 1 for sizes in zip(*kinds, strict=True))
        row, column = at
        self.src: Floats = of_src[0][a, row, b, column]  # of each source run by its target run
        self.tgt: Floats = of_tgt[0][b, column, a, row]  # of each target run by its source run
        self.least: Floats = np.minimum(of_src[1][a, row, b, column], of_tgt[1][b, column, a, row])
        # of the sentence of both runs that is covered least


class _Sentences:
    """The sentences that runs ending at some nodes can have, and their clauses."""

    def __init__(self, clauses: Clauses, ends: range, longest: int) -> None:
        self.clauses = clauses
        size = len(clauses.of_sentence)
        first, stop = max(0, ends.start - longest), min(size, ends.stop - 1)
        rows = clauses.of_sentence[first:stop] or (np.empty(0, dtype=np.int64),)
        self.count = len(rows)
        self.lengths = np.array([len(row) for row in rows], dtype=np.int64)
        self.ids = np.concatenate(rows)
        back = np.arange(1, longest + 1)[:, None]
        # (longest, ends): the sentence 1, 2, … places before each node, counted from the first here
        self.behind = np.clip(np.array(ends) - back - first, 0, self.count - 1)

    def starts(self) -> tuple[Ints, npt.NDArray[np.bool_]]:
        """Where the clauses of each sentence that has some begin; which sentences have some."""
        some = self.lengths > 0
        return (np.cumsum(self.lengths) - self.lengths)[some], some


def _alike(src: _Sentences, tgt: _Sentences, scale: ClauseScale) -> Floats:
    """(source clauses, target clauses), 0 to 1: that one is a counterpart of the other."""
    of_src, of_tgt = (of.clauses.vectors[of.ids].astype(np.float32) for of in (src, tgt))
    cosines: Floats = of_src @ of_tgt.T
    cosines -= scale.middle + UNLIKE * scale.spread
    cosines /= (ALIKE - UNLIKE) * scale.spread
    return np.clip(cosines, 0.0, 1.0, out=cosines)


def _one_way(of: _Sentences, by: _Sentences, alike: Floats) -> tuple[Floats, Floats]:
    """How much of the runs of one side the runs of the other cover.

    Two arrays (length of this side's run, its end, length of the other's, its end):
    the run's coverage, and that of its sentence that is covered least.
    """
    weights = of.clauses.weights[of.ids]
    by_sentence = _highest(alike, by)  # (clauses of this side, sentences of the other)
    best = by_sentence[:, by.behind]  # (clauses, length, ends)
    _accumulate(np.maximum, np.swapaxes(best, 0, 1))
    found = _summed(best * weights[:, None, None], of)
    weight = _summed(weights[:, None, None], of)
    least = _share(found, weight)[of.behind]  # (length of this, its ends, length of other, ends)
    _accumulate(np.minimum, least)
    found, weight = found[of.behind], weight[of.behind]
    _accumulate(np.add, found)
    _accumulate(np.add, weight)
    return _share(found, weight), least


def _accumulate(combine: np.ufunc, rows: Floats) -> None:
    """As `combine.accumulate` over the first axis, in place; that one goes element by element."""
    for before, row in pairwise(rows):
        combine(before, row, out=row)


def _share(found: Floats, weight: Floats) -> Floats:
    return (found + PRIOR * PRIOR_WEIGHT) / (weight + PRIOR_WEIGHT)


def _highest(alike: Floats, by: _Sentences) -> Floats:
    """(clauses, sentences): highest value among the columns of each sentence's clauses."""
    out = np.zeros((len(alike), by.count), dtype=np.float32)
    starts, some = by.starts()
    if len(alike) and len(starts):
        out[:, some] = np.maximum.reduceat(alike, starts, axis=1)
    return out


def _summed(rows: Floats, of: _Sentences) -> Floats:
    """(sentences, …): sums over the rows of each sentence's clauses."""
    out = np.zeros((of.count, *rows.shape[1:]), dtype=np.float32)
    starts, some = of.starts()
    if len(starts):
        out[some] = np.add.reduceat(rows, starts, axis=0)
    return out
