"""The nodes of a lattice whose links are scored together, with what the links' runs have.

The nodes lie in a few *patches*, rectangles of the lattice. What compares every run of one
side with every run of the other (vectors, clauses, shared keys) is computed patch by patch,
as products of matrices. All else is computed for the nodes alone, those of all patches at
once: a rectangle has several times as many nodes as the band has in it, and a call of numpy
costs as much as a thousand of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from aligner.alignment.clauses import ClauseScale, Coverage
from aligner.alignment.cues import Keys
from aligner.alignment.lattice import Kind
from aligner.alignment.sides import Count, Floats, Ints, Runs, Side

Sizes = int | Ints


@dataclass(frozen=True, slots=True)
class Scale:
    """What is usual in these two texts."""

    common: float  # cosine of sentences that have nothing to do with each other
    typical: float  # cosine of a sentence and its translation
    ratio: float  # log of target letters for a source letter
    spread: float  # variance of the lengths of a sentence and its translation, per letter
    clauses: ClauseScale


@dataclass(frozen=True, slots=True)
class Patch:
    """Some nodes of a rectangle of the lattice."""

    rows: range  # of the rectangle
    columns: range
    at: tuple[Ints, Ints]  # (nodes,), (nodes,): row and column of each in the rectangle

    @classmethod
    def whole(cls, rows: range, columns: range) -> Patch:
        """All nodes of the rectangle, row by row."""
        row, column = np.arange(len(rows)), np.arange(len(columns))
        return cls(rows, columns, (np.repeat(row, len(columns)), np.tile(column, len(rows))))


class Nodes:
    """Arrays over the links of each kind into each node: (kinds, nodes)."""

    def __init__(
        self,
        sides: tuple[Side, Side],
        patches: Sequence[Patch],
        scale: Scale,
        kinds: tuple[Kind, ...],
    ) -> None:
        self.patches, self.scale, self.kinds = patches, scale, kinds
        longest = max(map(max, kinds))
        self.src = Runs(sides[0], [patch.rows for patch in patches], longest)
        self.tgt = Runs(sides[1], [patch.columns for patch in patches], longest)
        self.row, self.column = (
            np.concatenate([patch.at[k] + of.first_end[p] for p, patch in enumerate(patches)])
            for k, of in enumerate((self.src, self.tgt))
        )  # index of each node's row and column among the ends of the runs
        self.a, self.b = (np.array(sizes)[:, None] for sizes in zip(*kinds, strict=True))
        self.several = self.a + self.b > 2  # (kinds, 1): sentences are joined
        self.shape = (len(kinds), len(self.row))
        self._compare()

    def _compare(self) -> None:
        """Likeness of all runs, patch by patch; that of a run that there is not is 0.

        The two places of a pair of runs add up to its index in the cosines.
        """
        cosines: list[Floats] = []
        places: tuple[list[Ints], list[Ints]] = ([], [])
        usual: tuple[list[Floats], list[Floats]] = ([], [])
        begin = 0
        for p in range(len(self.patches)):
            (src, of_src), (tgt, of_tgt) = self.src.vectors(p), self.tgt.vectors(p)
            table = np.zeros((len(src) + 1, len(tgt) + 1), dtype=np.float32)
            np.matmul(src, tgt.T, out=table[:-1, :-1])
            table[:-1, :-1] -= self.scale.common
            table /= self.scale.typical - self.scale.common
            cosines.append(table.reshape(-1))
            places[0].append(begin + of_src * table.shape[1])
            places[1].append(of_tgt)
            begin += table.size
            usual[0].append(_with_zero(src @ self.tgt.surroundings(p))[of_src])
            usual[1].append(_with_zero(tgt @ self.src.surroundings(p))[of_tgt])
        self._cosines = np.concatenate(cosines)
        self._places = tuple(np.hstack(of) for of in places)
        self._usual = tuple(np.hstack(of) for of in usual)

    def like(self, a: Sizes, b: Sizes, earlier: tuple[int, int] = (0, 0)) -> Floats:
        """Cosines of runs of these lengths that end so many sentences `earlier`, 1 at most.

        0 is `Scale.common` and 1 `Scale.typical`. Arrays of (kinds, 1) give (kinds, nodes).
        """
        src = self._places[0][a - 1, self.src.wide[self.row] - earlier[0]]
        tgt = self._places[1][b - 1, self.tgt.wide[self.column] - earlier[1]]
        return self._cosines.take(src + tgt)

    @cached_property
    def likeness(self) -> Floats:
        """Cosines of the runs, 0 being `Scale.common` and 1 `Scale.typical`."""
        return self.like(self.a, self.b)

    @cached_property
    def above_surroundings(self) -> Floats:
        """Likeness beyond that of each run with the other side hereabouts."""
        usual = self._usual[0][self.a - 1, self.src.wide[self.row]]
        usual += self._usual[1][self.b - 1, self.tgt.wide[self.column]]
        above = usual / 2 - self.scale.common
        return self.likeness - above / (self.scale.typical - self.scale.common)

    @cached_property
    def gain(self) -> Floats:
        """Likeness beyond the best that remains when a sentence at an edge is dropped."""
        best = np.full(self.shape, -np.inf, dtype=np.float32)
        for less in ((1, 0), (0, 1)):
            some = np.flatnonzero((self.a > less[0]) & (self.b > less[1]))
            a, b = self.a[some] - less[0], self.b[some] - less[1]
            for part in (self.like(a, b), self.like(a, b, less)):
                best[some] = np.maximum(best[some], part)
        return np.where(self.several, self.likeness - best, np.float32(0.0))

    @cached_property
    def letters(self) -> tuple[Floats, Floats]:
        """Letters of the runs, brought to a common measure by the texts' ratio."""
        stretch = float(np.exp(self.scale.ratio / 2))
        src, tgt = (np.maximum(side, 1.0) for side in self.holds(Count.LETTERS))
        return src * stretch, tgt / stretch

    @cached_property
    def coverage(self) -> tuple[Floats, Floats, Floats]:
        """Of each source run, of each target run, and of the sentence that is covered least."""
        clauses, kinds = (self.src.clauses, self.tgt.clauses), self.kinds
        found = [
            Coverage(*clauses, (patch.rows, patch.columns), kinds, self.scale.clauses, patch.at)
            for patch in self.patches
        ]
        return (
            np.hstack([one.src for one in found]),
            np.hstack([one.tgt for one in found]),
            np.hstack([one.least for one in found]),
        )

    def opens(self, what: Count) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
        """Whether the first sentence of each run has one."""
        return self._both(self.src.first[what] > 0, self.tgt.first[what] > 0)

    def holds(self, what: Count) -> tuple[Floats, Floats]:
        """How many of these each run has."""
        return self._both(self.src.held[what], self.tgt.held[what])

    def swallows(self, what: Count) -> tuple[Floats, Floats]:
        """How many of these each run has after its first sentence."""
        src, tgt = (side.held[what] - side.first[what] for side in (self.src, self.tgt))
        return self._both(src, tgt)

    def _both(
        self, src: npt.NDArray[Any], tgt: npt.NDArray[Any]
    ) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
        """(longest, ends) of both sides to (kinds, nodes)."""
        return src[self.a - 1, self.row], tgt[self.b - 1, self.column]

    @cached_property
    def numbers(self) -> Floats:
        return self._keyed(self.src.of.cues.numbers, self.tgt.of.cues.numbers)

    @cached_property
    def names(self) -> Floats:
        return self._keyed(self.src.of.cues.names, self.tgt.of.cues.names)

    @cached_property
    def partners(self) -> Floats:
        return self._keyed(self.src.of.partners, self.tgt.of.partners)

    @cached_property
    def missing_names(self) -> Floats:
        """How many of the kept names one of the two runs has and the other has not."""
        kept = self.src.of.kept_names, self.tgt.of.kept_names
        both, src, tgt, _ = self._counted(*kept, at_most=1)
        return src + tgt - 2 * both

    def _keyed(self, of_src: Keys, of_tgt: Keys) -> Floats:
        """Overlap of the runs' keys, 0 to 1 (Dice, on squared counts)."""
        both, _, _, squares = self._counted(of_src, of_tgt)
        return 2 * both / np.maximum(squares, 1)

    def _counted(
        self, of_src: Keys, of_tgt: Keys, at_most: float = np.inf
    ) -> tuple[Floats, Floats, Floats, Floats]:
        """Sums over the keys: of both runs' counts multiplied, of either's, of all squared.

        A key counts `at_most` so often in a run.
        """
        found = [self._counted_in(p, of_src, of_tgt, at_most) for p in range(len(self.patches))]
        both, src, tgt, squares = (np.hstack(of) for of in zip(*found, strict=True))
        return both, src, tgt, squares

    def _counted_in(self, p: int, of_src: Keys, of_tgt: Keys, at_most: float) -> tuple[Floats, ...]:
        """The same for the nodes of one patch."""
        row, column = self.patches[p].at
        of_src, of_tgt = of_src[self.src.sentences(p)], of_tgt[self.tgt.sentences(p)]
        wanted = sorted({key for of in (*of_src, *of_tgt) for key in of})
        if not wanted:
            return (np.zeros((len(self.kinds), len(row)), dtype=np.float32),) * 4
        src = np.minimum(self.src.counts(p, of_src, wanted), np.float32(at_most))
        tgt = np.minimum(self.tgt.counts(p, of_tgt, wanted), np.float32(at_most))
        at_src, at_tgt = (self.a - 1, row), (self.b - 1, column)
        both = np.tensordot(src, tgt, axes=(2, 2))[*at_src, *at_tgt]
        squares = (src * src).sum(axis=2)[at_src] + (tgt * tgt).sum(axis=2)[at_tgt]
        return both, src.sum(axis=2)[at_src], tgt.sum(axis=2)[at_tgt], squares


def _with_zero(values: Floats) -> Floats:
    """One more value behind the last."""
    return np.concatenate([values, np.zeros(1, dtype=values.dtype)])
