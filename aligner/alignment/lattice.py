"""The lattice of all alignments inside a band: best path, and probabilities of links.

A node (i, j) says that i source and j target sentences are done; a link of kind
(a, b) leads from (i - a, j - b) to (i, j). Only nodes inside a `Band` exist: for
each i a run of j. So time and memory grow with the number of nodes, linearly with
the length of the texts for a band of bounded width.

Sentences without a partner come in runs (a paragraph left out), so a run of skips
pays once for its opening and then a little for each sentence (affine gaps, Gotoh
1982). A node therefore has two values: of the paths whose last step was a link
(`linked`), and of those whose last step was a skip (`skipped`).

Each row of nodes depends on earlier rows only, but for the skips of target sentences
inside the row itself; those are a running sum, so numpy computes a whole row at
once (`accumulate`). `reference.py` has the same algorithms plainly.

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
        """The part of the band that paths through all of these nodes can use."""
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


@dataclass(frozen=True, slots=True)
class Posterior:
    """Probability of each step, given that some path is taken."""

    links: npt.NDArray[np.float32]  # (kinds, nodes), as Lattice.scores
    skip_src: Floats  # (n + 1,), as Lattice.skip_src: wherever the target happens to stand
    skip_tgt: Floats  # (m + 1,), as Lattice.skip_tgt
    openings: float  # expected number of runs of skips
    log_total: float  # logarithm of the sum over all paths


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path: it takes `kind` and ends in the node (i, j)."""

    i: int
    j: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class _Values:
    """What all paths to each node are worth: their best, or the log of their sum."""

    linked: Floats  # (nodes,): their last step was a link, or they are empty
    skipped: Floats  # (nodes,): their last step was a skip


def best_path(lattice: Lattice) -> list[Step]:
    """The path with the highest total.

    On a tie a link wins over a skip, the kind that stands first in `lattice.kinds`
    over later ones, and a skipped source sentence over a skipped target sentence.
    """
    values = _forward(_Plan.of(lattice), np.maximum)
    band = lattice.band
    i, j = band.rows - 1, int(band.hi[-1]) - 1
    if not np.isfinite(max(values.linked[-1], values.skipped[-1])):
        raise ValueError("no path leads through the lattice")
    path: list[Step] = []
    skipped = bool(values.skipped[-1] > values.linked[-1])
    while i or j:
        step, skipped = _step_into(lattice, values, (i, j), skipped)
        path.append(step)
        i, j = i - step.kind[0], j - step.kind[1]
    return path[::-1]


def _step_into(
    lattice: Lattice, values: _Values, at: tuple[int, int], skipped: bool
) -> tuple[Step, bool]:
    """The last step of the best path to a node, and whether the step before it is a skip."""
    (i, j), band = at, lattice.band

    def worth(of: Floats, i: int, j: int) -> float:
        node = band.node(i, j)
        return -np.inf if node is None else float(of[node])

    choices: list[tuple[float, Kind, bool]] = []
    if skipped:
        for kind in (SKIP_SRC, SKIP_TGT):
            before = (i - kind[0], j - kind[1])
            price = lattice.skip_src[i] if kind == SKIP_SRC else lattice.skip_tgt[j]
            linked = worth(values.linked, *before) + lattice.opening
            choices.append((linked + price, kind, False))
            choices.append((worth(values.skipped, *before) + price, kind, True))
    else:
        node = band.node(i, j)
        for k, kind in enumerate(lattice.kinds):
            before = (i - kind[0], j - kind[1])
            price = float(lattice.scores[k, node])
            choices.append((worth(values.linked, *before) + price, kind, False))
            choices.append((worth(values.skipped, *before) + price, kind, True))
    _, kind, before_skipped = max(choices, key=lambda choice: choice[0])  # the first on a tie
    return Step(i, j, kind), before_skipped


def posterior(lattice: Lattice) -> Posterior:
    """Forward–backward (Rabiner 1989): the probability of each step."""
    band, plan = lattice.band, _Plan.of(lattice)
    forward, backward = _forward(plan, np.logaddexp), _backward(plan)
    both = np.logaddexp(forward.linked, forward.skipped)
    total = both[-1]
    links = np.zeros(lattice.scores.shape, dtype=np.float32)
    skip_src, skip_tgt = np.zeros(len(lattice.skip_src)), np.zeros(len(lattice.skip_tgt))
    openings = 0.0
    links[lattice.kinds.index(ONE_TO_ONE), band.starts[:-1][band.settled()]] = 1.0
    for i in np.flatnonzero(~band.settled()).tolist():
        row = band.row(i)
        into = _arrivals(plan, both, i)
        links[:, row] = np.exp(into + (backward.linked[row] - total))
        onward = backward.skipped[row] - total
        above = np.exp(np.stack(_skips_from_above(plan, forward, i)) + onward)
        left = np.exp(np.stack(_skips_from_left(lattice, forward, i)) + onward)
        skip_src[i] = above.sum()
        skip_tgt[band.lo[i] : band.hi[i]] += left.sum(axis=0)
        openings += float(above[0].sum() + left[0].sum())
    return Posterior(links, skip_src, skip_tgt, openings, float(total))


@dataclass(frozen=True, slots=True)
class _Arrows:
    """For one kind of step: which nodes of each row it can end in, and whence it comes."""

    left: list[int]  # first node it ends in, counted in the row
    right: list[int]  # the node after the last one; left where there is none
    there: list[int]  # the node, counted in the band, where the first one begins

    @classmethod
    def of(cls, band: Band, kind: Kind) -> _Arrows:
        a, b = kind
        before = np.maximum(np.arange(band.rows) - a, 0)
        left = np.maximum(band.lo, band.lo[before] + b)
        right = np.minimum(band.hi, band.hi[before] + b)
        right = np.where((np.arange(band.rows) < a) | (right < left), left, right)
        there = band.starts[before] + left - b - band.lo[before]
        return cls((left - band.lo).tolist(), (right - band.lo).tolist(), there.tolist())

    def into(self, i: int) -> tuple[slice, slice]:
        """Nodes of row i that the step ends in, counted in the row, and where it begins."""
        left, right, there = self.left[i], self.right[i], self.there[i]
        return slice(left, right), slice(there, there + right - left)


@dataclass(frozen=True, slots=True)
class _Plan:
    """A lattice with the arrows of all its steps."""

    lattice: Lattice
    links: tuple[_Arrows, ...]  # as Lattice.kinds
    skip_src: _Arrows
    settled: list[bool]  # rows that need no sums: one node, one link into it
    only: list[float]  # the score of that link; in other rows without meaning

    @classmethod
    def of(cls, lattice: Lattice) -> _Plan:
        band = lattice.band
        links = tuple(_Arrows.of(band, kind) for kind in lattice.kinds)
        only = lattice.scores[lattice.kinds.index(ONE_TO_ONE), band.starts[:-1]]
        skips = _Arrows.of(band, SKIP_SRC)
        return cls(lattice, links, skips, band.settled().tolist(), only.tolist())


def _arrivals(plan: _Plan, both: Floats, i: int) -> Floats:
    """(kinds, nodes of row i): value of each link's start plus its score."""
    row = plan.lattice.band.row(i)
    into = np.full((len(plan.links), row.stop - row.start), -np.inf)
    for k, arrows in enumerate(plan.links):
        here, there = arrows.into(i)
        into[k, here] = both[there]
    into += plan.lattice.scores[:, row]
    return into


def _skips_from_above(plan: _Plan, values: _Values, i: int) -> tuple[Floats, Floats]:
    """Skips of source sentence i - 1 into the nodes of row i: a run opened, or continued."""
    lattice = plan.lattice
    row = lattice.band.row(i)
    opened = np.full(row.stop - row.start, -np.inf)
    continued = opened.copy()
    here, there = plan.skip_src.into(i)
    opened[here] = values.linked[there] + (lattice.skip_src[i] + lattice.opening)
    continued[here] = values.skipped[there] + lattice.skip_src[i]
    return opened, continued


def _skips_from_left(lattice: Lattice, values: _Values, i: int) -> tuple[Floats, Floats]:
    """Skips of target sentences inside row i: a run opened, or continued."""
    row = lattice.band.row(i)
    price = lattice.skip_tgt[lattice.band.lo[i] + 1 : lattice.band.hi[i]]
    opened = np.full(row.stop - row.start, -np.inf)
    continued = opened.copy()
    opened[1:] = values.linked[row][:-1] + (price + lattice.opening)
    continued[1:] = values.skipped[row][:-1] + price
    return opened, continued


def _skip_totals(lattice: Lattice, i: int) -> Floats:
    """Sums of the target skips from the first node of row i to each of its nodes."""
    totals = np.cumsum(lattice.skip_tgt[lattice.band.lo[i] : lattice.band.hi[i]])
    return totals - totals[0]


def _forward(plan: _Plan, plus: np.ufunc) -> _Values:
    """Values of the nodes; `plus` is np.maximum (best path) or np.logaddexp (sum)."""
    lattice, band = plan.lattice, plan.lattice.band
    values = _Values(np.full(band.nodes, -np.inf), np.full(band.nodes, -np.inf))
    both = np.full(band.nodes, -np.inf)
    for i in range(band.rows):
        row = band.row(i)
        if plan.settled[i]:
            values.linked[row.start] = both[row.start] = both[row.start - 1] + plan.only[i]
            continue
        if i:
            values.linked[row] = plus.reduce(_arrivals(plan, both, i), axis=0)
        else:
            values.linked[0] = 0.0
        from_left, _ = _skips_from_left(lattice, values, i)  # runs opened here
        into = plus(plus(*_skips_from_above(plan, values, i)), from_left)
        totals = _skip_totals(lattice, i)
        values.skipped[row] = plus.accumulate(into - totals) + totals
        both[row] = plus(values.linked[row], values.skipped[row])
    return values


def _backward(plan: _Plan) -> _Values:
    """Log-sum of all paths from each node to the end, by the kind of step that led to it."""
    lattice, band = plan.lattice, plan.lattice.band
    values = _Values(np.full(band.nodes, -np.inf), np.full(band.nodes, -np.inf))
    by_link = np.full(band.nodes, -np.inf)  # filled from the rows that the links lead to
    by_link[-1] = 0.0  # the end
    down = np.full(band.nodes, -np.inf)  # by skipping a source sentence, filled likewise
    for i in range(band.rows - 1, -1, -1):
        row = band.row(i)
        if plan.settled[i]:
            _backward_settled(plan, values, (by_link, down), i)
            continue
        price = lattice.skip_tgt[band.lo[i] + 1 : band.hi[i]]
        totals = _skip_totals(lattice, i)
        onward = np.logaddexp(by_link[row], down[row])
        skipped = np.logaddexp.accumulate((onward + totals)[::-1])[::-1] - totals
        right = np.full(row.stop - row.start, -np.inf)  # by skipping a target sentence
        right[:-1] = skipped[1:] + price
        by_skip = np.logaddexp(down[row], right) + lattice.opening
        linked = np.logaddexp(by_link[row], by_skip)
        values.skipped[row], values.linked[row] = skipped, linked
        for k, arrows in enumerate(plan.links):
            here, there = arrows.into(i)
            link = lattice.scores[k, row][here] + linked[here]
            by_link[there] = np.logaddexp(by_link[there], link)
        here, there = plan.skip_src.into(i)
        down[there] = skipped[here] + lattice.skip_src[i]
    return values


def _backward_settled(plan: _Plan, values: _Values, ways: tuple[Floats, Floats], i: int) -> None:
    """A row of `_backward` with one node and one link into it; `ways` by link and by skip."""
    by_link, down = ways
    node = int(plan.lattice.band.starts[i])
    values.skipped[node] = np.logaddexp(by_link[node], down[node])
    values.linked[node] = np.logaddexp(by_link[node], down[node] + plan.lattice.opening)
    by_link[node - 1] = values.linked[node] + plan.only[i]
