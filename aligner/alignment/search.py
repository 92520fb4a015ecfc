"""The most probable path through a lattice, and the probability of each of its steps."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from aligner.alignment.lattice import ONE_TO_ONE, SKIP_SRC, SKIP_TGT, Floats, Kind, Lattice
from aligner.alignment.waves import (
    Plan,
    Values,
    arrivals,
    backward,
    forward,
    skips_from_above,
)

AT_ONCE = 65_536  # nodes whose probabilities are computed together


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


def best_path(lattice: Lattice, plan: Plan | None = None) -> list[Step]:
    """The path with the highest total; `plan` is that of the lattice, if there is one already.

    On a tie a link wins over a skip, the kind that stands first in `lattice.kinds`
    over later ones, and a skipped source sentence over a skipped target sentence.
    """
    plan = plan or Plan(lattice)
    values = forward(plan, np.maximum)
    node = lattice.band.nodes - 1
    if not np.isfinite(values.both[node]):
        raise ValueError("no path leads through the lattice")
    skipped = bool(values.skipped[node] > values.linked[node])
    path: list[Step] = []
    while node:  # the first one is (0, 0)
        i, j = int(plan.row_of[node]), int(plan.column_of[node])
        if plan.settled[i]:
            kind, node = ONE_TO_ONE, node - 1
            skipped = bool(values.skipped[node] > values.linked[node])
        else:
            kind, node, skipped = _step_into(plan, values, node, skipped)
        path.append(Step(i, j, kind))
    return path[::-1]


def _step_into(plan: Plan, values: Values, node: int, skipped: bool) -> tuple[Kind, int, bool]:
    """The last step of the best path to a node, whence it comes, and whether by a skip."""
    lattice = plan.lattice
    kinds: tuple[Kind, ...] = (SKIP_SRC, SKIP_TGT)
    if skipped:
        i, j = plan.row_of[node], plan.column_of[node]
        left = node - 1 if j > lattice.band.lo[i] else -1
        sources = np.array([plan.above[node], left])
        price = np.array([lattice.skip_src[i], lattice.skip_tgt[j]])
        linked = values.linked[sources] + (price + lattice.opening)
    else:
        kinds, sources, price = lattice.kinds, plan.sources[:, node], lattice.scores[:, node]
        linked = values.linked[sources] + price
    worth = np.stack([linked, values.skipped[sources] + price], axis=1)
    choice, before_skipped = divmod(int(worth.argmax()), 2)  # the first on a tie
    return kinds[choice], int(sources[choice]), bool(before_skipped)


def posterior(lattice: Lattice, plan: Plan | None = None) -> Posterior:
    """Forward–backward (Rabiner 1989): the probability of each step."""
    band, plan = lattice.band, plan or Plan(lattice)
    found, onward = forward(plan, np.logaddexp), backward(plan)
    totals = found.both[plan.ends]  # of each island
    total_of_row = np.zeros(band.rows)
    total_of_row[~plan.settled] = np.repeat(totals, plan.lengths)
    links = np.zeros(lattice.scores.shape, dtype=np.float32)
    links[lattice.kinds.index(ONE_TO_ONE), band.starts[:-1][plan.settled]] = 1.0
    skip_src, skip_tgt = np.zeros(len(lattice.skip_src)), np.zeros(len(lattice.skip_tgt))
    openings = 0.0
    nodes = np.flatnonzero(~plan.settled[plan.row_of])
    for start in range(0, len(nodes), AT_ONCE):
        some = nodes[start : start + AT_ONCE]
        rows, columns = plan.row_of[some], plan.column_of[some]
        total = total_of_row[rows]
        links[:, some] = np.exp(arrivals(plan, found, some) + (onward.linked[some] - total))
        after = onward.skipped[some] - total
        above = np.exp(np.stack(skips_from_above(plan, found, some, rows)) + after)
        left = np.exp(np.stack(_skips_from_left(plan, found, some)) + after)
        skip_src += np.bincount(rows, above.sum(axis=0), len(skip_src))
        skip_tgt += np.bincount(columns, left.sum(axis=0), len(skip_tgt))
        openings += float(above[0].sum() + left[0].sum())
    return Posterior(links, skip_src, skip_tgt, openings, float(totals.sum() + plan.only.sum()))


def _skips_from_left(
    plan: Plan, values: Values, nodes: npt.NDArray[np.int64]
) -> tuple[Floats, Floats]:
    """Skips of the target sentence before each node inside its row: a run opened, or continued."""
    first = plan.column_of[nodes] == plan.lattice.band.lo[plan.row_of[nodes]]
    before, price = np.where(first, -1, nodes - 1), plan.lattice.skip_tgt[plan.column_of[nodes]]
    return (
        values.linked[before] + (price + plan.lattice.opening),
        values.skipped[before] + price,
    )
