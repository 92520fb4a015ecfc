"""One side of an alignment as arrays, and a rectangle of the lattice cut out of two.

The features of links are computed for whole rectangles of nodes: for a link of kind
(a, b) into the nodes (i, j) they compare the run of `a` source sentences that ends
at i with the run of `b` target sentences that ends at j. A `Runs` holds, for the
nodes of one side of the rectangle, what such runs have: vectors, letters, marks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from aligner.alignment.cues import Cues, cues, key_counts

Vectors = npt.NDArray[np.floating[Any]]
Floats = npt.NDArray[np.floating[Any]]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

MARGIN = 8  # nodes around the rectangle whose runs are needed as neighbours
NEAR = 20  # sentences around the rectangle that make up its surroundings


@dataclass(frozen=True, slots=True)
class Side:
    """What alignment needs to know of one text."""

    vectors: tuple[Vectors, ...]  # [k - 1]: (n - k + 1, dim), runs of k sentences, norm 1
    cues: Cues
    letters_before: npt.NDArray[np.float64]  # (n + 1,), sums of the letters
    borders: Bools | None  # (n + 1,): a paragraph ends before sentence i; None: unknown

    def __len__(self) -> int:
        return len(self.cues)


def side(
    texts: Sequence[str], vectors: tuple[Vectors, ...], paragraphs: Sequence[int] | None
) -> Side:
    """The side of these sentences; `paragraphs` has each sentence's paragraph number."""
    found = cues(texts)
    borders = None
    if paragraphs is not None and len(set(paragraphs)) > 1:
        numbers = np.array(paragraphs)
        borders = np.concatenate([[True], numbers[1:] != numbers[:-1], [True]])
    before = np.concatenate([[0.0], np.cumsum(found.letters, dtype=np.float64)])
    return Side(vectors, found, before, borders)


class Runs:
    """Runs of one side that end at the nodes lo, lo + 1, … hi - 1.

    Where a run would begin before the text, or end after it, its values are those
    of the nearest run; the lattice never asks for such a link.
    """

    def __init__(self, of: Side, lo: int, hi: int, longest: int) -> None:
        self.ends = np.arange(lo, hi)
        self._of, self._size = of, len(of)
        wide = np.arange(lo - MARGIN, hi + MARGIN)
        self.vectors = {k: self._vectors(wide, k) for k in range(1, longest + 1)}
        self.outside = {k: (wide < k) | (wide > self._size) for k in range(1, longest + 1)}
        near = of.vectors[0][max(0, lo - NEAR) : hi + NEAR]
        self.surroundings: Floats = near.mean(axis=0, dtype=np.float32)
        self._first = max(0, lo - longest)

    def __len__(self) -> int:
        return len(self.ends)

    @property
    def cues(self) -> Cues:
        return self._of.cues

    def _vectors(self, ends: Ints, k: int) -> Floats:
        vectors = self._of.vectors[k - 1]
        if not len(vectors):
            return np.zeros((len(ends), self._of.vectors[0].shape[1]), dtype=np.float32)
        return vectors[np.clip(ends - k, 0, len(vectors) - 1)].astype(np.float32)

    def _starts(self, k: int) -> Ints:
        return np.clip(self.ends - k, 0, self._size - 1)

    @cached_property
    def _lasts(self) -> Ints:
        return np.clip(self.ends - 1, 0, self._size - 1)

    def letters(self, k: int) -> Floats:
        """Letters of each run of k."""
        before = self._of.letters_before
        stops = np.clip(self.ends, 0, self._size)
        count = before[stops] - before[np.clip(self.ends - k, 0, self._size)]
        return np.maximum(count, 1.0).astype(np.float32)

    @cached_property
    def end(self) -> npt.NDArray[np.int8]:
        """The run's last mark."""
        return self._of.cues.end[self._lasts]

    def opens(self, flags: Bools, k: int) -> Bools:
        """Whether the flag of the run's first sentence is set."""
        return flags[self._starts(k)]

    def holds(self, counts: Bools | Ints, k: int) -> Floats:
        """Sum of the counts of the run's sentences."""
        rows = [counts[np.clip(self.ends - i, 0, self._size - 1)] for i in range(1, k + 1)]
        return np.sum(rows, axis=0, dtype=np.float32)

    def swallows(self, flags: Bools, k: int) -> Floats:
        """How many of the run's sentences but the first have the flag set."""
        return self.holds(flags, k) - self.opens(flags, k)

    def opens_paragraph(self, k: int) -> Bools | None:
        borders = self._of.borders
        return None if borders is None else borders[self._starts(k)]

    def borders_inside(self, k: int) -> Floats | None:
        """How many paragraph borders the run crosses."""
        borders = self._of.borders
        if borders is None:
            return None
        crossed = [borders[np.clip(self.ends - i, 0, self._size)] for i in range(1, k)]
        return np.sum(crossed, axis=0, dtype=np.float32) if crossed else np.zeros(len(self), "f4")

    def numbers(self, k: int) -> Floats:
        """(runs, KEY_BUCKETS) counts of number keys."""
        return self._keys(self._number_sums, k)

    def names(self, k: int) -> Floats:
        """(runs, KEY_BUCKETS) counts of name keys."""
        return self._keys(self._name_sums, k)

    @cached_property
    def _number_sums(self) -> Floats:
        return _running(key_counts(self._of.cues.numbers[self._first : int(self.ends[-1])]))

    @cached_property
    def _name_sums(self) -> Floats:
        return _running(key_counts(self._of.cues.names[self._first : int(self.ends[-1])]))

    def _keys(self, sums: Floats, k: int) -> Floats:
        stops = np.clip(self.ends - self._first, 0, len(sums) - 1)
        starts = np.clip(self.ends - k - self._first, 0, len(sums) - 1)
        return sums[stops] - sums[starts]


def _running(table: Floats) -> Floats:
    """(n + 1, width): sums of the rows before each row."""
    out = np.zeros((len(table) + 1, table.shape[1]), dtype=np.float32)
    np.cumsum(table, axis=0, out=out[1:])
    return out
