"""What all paths to each node of a lattice are worth, and all paths on from it.

Each row of nodes depends on the few rows before it, so rows have to be computed one after
another, but a settled row, whose one node every path passes, cuts the text in two: what lies
between two of them, an *island*, depends on nothing outside. So the first rows of all islands
are computed at once, then the second ones, and so on (a wave), as arrays of (rows, nodes of
the widest row). Values are relative to each island's first node, and on the way back to its
last one; the few sums over the whole text are made at the end.

Within a row a run of skipped target sentences goes from node to node; since the price of a
run is a running sum, `accumulate` does a whole row (of all islands) at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from aligner.alignment.lattice import ONE_TO_ONE, SKIP_SRC, Kind, Lattice

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.integer[Any]]

NARROW = 16  # nodes; wider islands are computed by themselves, doubling, lest they widen others


class Values:
    """What paths are worth, in arrays of nodes and of one more place, "no node", which is -inf."""

    def __init__(self, nodes: int) -> None:
        self.linked = np.full(nodes + 1, -np.inf)  # the step into the node is a link, or none yet
        self.skipped = self.linked.copy()  # it is a skip
        self.both = self.linked.copy()

    def put(self, nodes: Ints, linked: Floats, skipped: Floats, both: Floats) -> None:
        """Sets the values of some nodes; what stands beside a row goes to "no node"."""
        for of, values in ((self.linked, linked), (self.skipped, skipped), (self.both, both)):
            of[nodes] = values
            of[-1] = -np.inf


@dataclass(frozen=True, slots=True)
class Wave:
    """Rows of different islands, computed together: arrays of (rows, nodes of the widest)."""

    rows: Ints
    nodes: Ints  # the number of nodes, "no node", beside a shorter row
    price: Floats  # of skipping the target sentence before each node, from the second one on
    totals: Floats  # sums of these from the row's first node


class Plan:
    """A lattice with the order in which its nodes are computed, and whence and whither steps go."""

    def __init__(self, lattice: Lattice) -> None:
        self.lattice, band = lattice, lattice.band
        self.settled = band.settled()
        open_rows = np.flatnonzero(~self.settled)
        begins = np.flatnonzero(np.diff(open_rows, prepend=-2) > 1)
        self.firsts = open_rows[begins]  # of each island its first row, and how many rows it has
        self.lengths = np.diff(np.append(begins, len(open_rows)))
        self.lasts = self.firsts + self.lengths - 1
        self.ends = band.starts[self.lasts + 1] - 1  # the last node of each
        self.row_of, self.column_of = band.places()
        self.sources = np.stack([self._at((-a, -b)) for a, b in lattice.kinds])
        self.above = self._at((-SKIP_SRC[0], -SKIP_SRC[1]))

    @cached_property
    def targets(self) -> Ints:
        """(kinds, nodes + 1): the node that a link of the kind leads to."""
        return np.stack([self._at(kind) for kind in self.lattice.kinds])

    @cached_property
    def is_end(self) -> npt.NDArray[np.bool_]:
        """(nodes + 1,): the last node of an island."""
        ends = np.zeros(self.lattice.band.nodes + 1, dtype=bool)
        ends[self.ends] = True
        return ends

    @cached_property
    def below(self) -> Ints:
        """(nodes + 1,): the node to which skipping a source sentence leads."""
        return self._at(SKIP_SRC)

    @cached_property
    def only(self) -> Floats:
        """The score of the one link into each settled row, in their order."""
        nodes = self.lattice.band.starts[:-1][self.settled]
        return self.lattice.scores[self.lattice.kinds.index(ONE_TO_ONE), nodes].astype(np.float64)

    def waves(self, back: bool = False) -> Iterator[Wave]:
        """All open rows, each after those of its island that come before (`back`: behind) it."""
        widths = np.diff(self.lattice.band.starts)
        widest = np.maximum.reduceat(widths, self.firsts) if len(self.firsts) else widths[:0]
        classes = np.maximum(np.ceil(np.log2(widest / NARROW)), 0).astype(np.int64)
        for one in np.unique(classes):
            islands = np.flatnonzero(classes == one)
            islands = islands[np.argsort(-self.lengths[islands], kind="stable")]
            lengths = self.lengths[islands]
            for step in range(int(lengths[0])):
                active = islands[: int(np.searchsorted(-lengths, -step))]
                yield self._wave(self.lasts[active] - step if back else self.firsts[active] + step)

    def _wave(self, rows: Ints) -> Wave:
        band = self.lattice.band
        places = np.arange(int((band.hi[rows] - band.lo[rows]).max()))
        columns = band.lo[rows, None] + places
        nodes = np.where(
            columns < band.hi[rows, None], band.starts[rows, None] + places, band.nodes
        )
        price = self.lattice.skip_tgt[np.minimum(columns, len(self.lattice.skip_tgt) - 1)]
        price[:, 0] = 0.0
        return Wave(rows, nodes, price, np.cumsum(price, axis=1))

    def _at(self, by: Kind) -> Ints:
        """(nodes + 1,): the node so far below and to the right of each; "no node" outside."""
        band = self.lattice.band
        row, column = self.row_of + by[0], self.column_of + by[1]
        inside = (row >= 0) & (row < band.rows)
        row = np.where(inside, row, 0)
        inside &= (column >= band.lo[row]) & (column < band.hi[row])
        there = np.where(inside, band.starts[row] + column - band.lo[row], band.nodes)
        return np.append(there, band.nodes).astype(np.int32)


def forward(plan: Plan, plus: np.ufunc) -> Values:
    """Of all paths from an island's start; `plus` is np.maximum or, for their sum, np.logaddexp."""
    lattice = plan.lattice
    values = Values(lattice.band.nodes)
    starts = lattice.band.starts[:-1][plan.settled]  # every island but the first begins behind one
    values.linked[starts] = values.both[starts] = 0.0
    for wave in plan.waves():
        linked = plus.reduce(arrivals(plan, values, wave.nodes), axis=0)
        linked[wave.rows == 0, 0] = 0.0
        above = skips_from_above(plan, values, wave.nodes, wave.rows[:, None])
        left = np.full(linked.shape, -np.inf)  # runs opened in this row
        left[:, 1:] = linked[:, :-1] + (wave.price[:, 1:] + lattice.opening)
        into = plus(plus(*above), left)
        skipped = plus.accumulate(into - wave.totals, axis=1) + wave.totals
        values.put(wave.nodes, linked, skipped, plus(linked, skipped))
    return values


def arrivals(plan: Plan, values: Values, nodes: Ints) -> Floats:
    """(kinds, …): value of the start of the link of each kind into these nodes, plus its score."""
    scores = plan.lattice.scores[:, np.minimum(nodes, plan.lattice.band.nodes - 1)]
    into: Floats = values.both[plan.sources[:, nodes]] + scores
    return into


def skips_from_above(plan: Plan, values: Values, nodes: Ints, rows: Ints) -> tuple[Floats, Floats]:
    """Skips of the source sentence before each row into its nodes: a run opened, or continued."""
    price, above = plan.lattice.skip_src[rows], plan.above[nodes]
    return (
        values.linked[above] + (price + plan.lattice.opening),
        values.skipped[above] + price,
    )


def backward(plan: Plan) -> Values:
    """Log-sum of all paths on to an island's end, by the kind of step that led to the node."""
    lattice = plan.lattice
    values = Values(lattice.band.nodes)
    kinds = np.arange(len(lattice.kinds)).reshape(-1, 1, 1)
    for wave in plan.waves(back=True):
        there = plan.targets[:, wave.nodes]
        scores = lattice.scores[kinds, np.minimum(there, lattice.band.nodes - 1)]
        by_link = np.logaddexp.reduce(scores + values.linked[there], axis=0)
        by_link[plan.is_end[wave.nodes]] = 0.0
        price = lattice.skip_src[np.minimum(wave.rows + 1, lattice.band.rows - 1), None]
        down = values.skipped[plan.below[wave.nodes]] + price
        onward = np.logaddexp(by_link, down) + wave.totals
        skipped = np.logaddexp.accumulate(onward[:, ::-1], axis=1)[:, ::-1] - wave.totals
        right = np.full(skipped.shape, -np.inf)  # by skipping a target sentence
        right[:, :-1] = skipped[:, 1:] + wave.price[:, 1:]
        linked = np.logaddexp(by_link, np.logaddexp(down, right) + lattice.opening)
        values.put(wave.nodes, linked, skipped, linked)
    return values
