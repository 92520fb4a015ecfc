"""The lattice of all alignments inside a band: best path, and probabilities of links.

A node (i, j) says that i source and j target sentences are done; a link of kind
(a, b) leads from (i - a, j - b) to (i, j). Only nodes inside a `Band` exist: for
each i a run of j. So time and memory grow with the number of nodes, linearly with
the length of the texts for a band of bounded width.

Sentences without a partner come in runs (a paragraph left out), so a run of skips
pays once for its opening and then a little for each sentence (affine gaps, Gotoh
1982). A node therefore has two values: of the paths whose last step was a link
(`linked`), and of those whose last step was a skip (`skipped`).

`waves.py` computes these values, `search.py` makes the best path and the probabilities of
them, and `reference.py` has the same algorithms plainly.

Scores are logarithms of unnormalised probabilities (a semi-Markov conditional
random field, Sarawagi & Cohen 2004). A link's may be -inf, which forbids it; a
skip is forbidden by `FORBIDDEN`, because skips are added up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

Kind = tuple[int, int]
"""How many source and how many target sentences a link takes."""

SKIP_SRC: Kind = (1, 0)
SKIP_TGT: Kind = (0, 1)
ONE_TO_ONE: Kind = (1, 1)
FORBIDDEN = -1e6  # a thousand skips of it still leave 1e-7 of precision


@dataclass(frozen=True, slots=True)
class Band:
    """The nodes (i, j) with lo[i] <= j < hi[i]."""

    lo: Ints  # (n + 1,), never decreasing; lo[0] == 0
    hi: Ints  # (n + 1,), never decreasing; hi[n] == m + 1
    starts: Ints  # (n + 2,), index of each row's first node in a flat array of nodes
    fixed: npt.NDArray[np.bool_]  # (n + 1,): the row has one node, and no link passes it by

    @classmethod
    def of(cls, lo: Ints, hi: Ints) -> Band:
        """The band of these borders, widened where rows would not touch each other."""
        lo = np.maximum.accumulate(lo)
        hi = np.maximum.accumulate(hi)
        lo[1:] = np.minimum(lo[1:], hi[:-1] - 1)  # a (1, 0) step must lead into each row
        lo[0] = 0
        return cls._between(lo, hi, np.zeros(len(lo), dtype=bool))

    def through(self, nodes: Sequence[tuple[int, int]]) -> Band:
        """The part of the band that paths through all of these nodes, one of a row, can use."""
        lo, hi, fixed = self.lo.copy(), self.hi.copy(), self.fixed.copy()
        for i, j in nodes:
            lo[i], hi[i], fixed[i] = j, j + 1, True
        lo = np.maximum.accumulate(lo)
        hi = np.minimum.accumulate(hi[::-1])[::-1]
        return Band._between(lo, hi, fixed)

    @classmethod
    def _between(cls, lo: Ints, hi: Ints, fixed: npt.NDArray[np.bool_]) -> Band:
        return cls(lo, hi, np.concatenate([[0], np.cumsum(hi - lo)]), fixed)

    def fixed_columns(self) -> npt.NDArray[np.bool_]:
        """(m + 1,): as `fixed`, for the columns of the fixed nodes."""
        columns = np.zeros(int(self.hi[-1]), dtype=bool)
        columns[self.lo[self.fixed]] = True
        return columns

    def settled(self) -> npt.NDArray[np.bool_]:
        """(n + 1,): rows whose one node can be reached by one 1-1 link only.

        It and the node before are fixed, one sentence apart on both sides.
        """
        both = self.fixed.copy()
        both[0] = False
        both[1:] &= self.fixed[:-1] & (np.diff(self.lo) == 1)
        return both

    def settled_pairs(self) -> list[tuple[int, int]]:
        """Source and target sentence of the link into each settled row."""
        rows = np.flatnonzero(self.settled())
        return list(zip((rows - 1).tolist(), (self.lo[rows] - 1).tolist(), strict=True))

    @property
    def rows(self) -> int:
        """n + 1: rows of nodes."""
        return len(self.lo)

    @property
    def nodes(self) -> int:
        return int(self.starts[-1])

    def places(self) -> tuple[Ints, Ints]:
        """(nodes,), (nodes,): the row and the column of each node."""
        rows = np.repeat(np.arange(self.rows), self.hi - self.lo)
        return rows, np.arange(self.nodes) - self.starts[rows] + self.lo[rows]

    def row(self, i: int) -> slice:
        """Where row i stands in arrays over nodes."""
        return slice(int(self.starts[i]), int(self.starts[i + 1]))

    def node(self, i: int, j: int) -> int | None:
        """Index of the node (i, j) in arrays over nodes; None outside the band."""
        if 0 <= i < self.rows and self.lo[i] <= j < self.hi[i]:
            return int(self.starts[i] + j - self.lo[i])
        return None


@dataclass(frozen=True, slots=True)
class Lattice:
    """A band with the scores of all steps that lead into its nodes."""

    band: Band
    kinds: tuple[Kind, ...]  # at least one sentence on both sides
    scores: npt.NDArray[np.float32]  # (kinds, nodes): of the link of that kind that ends there
    skip_src: Floats  # (n + 1,): of leaving out source sentence i - 1; [0] is not used
    skip_tgt: Floats  # (m + 1,): of leaving out target sentence j - 1; [0] is not used
    opening: float  # added to the first skip of a run
