"""The algorithms of `lattice.py`, plainly: by dicts and loops, node by node.

Nothing but the tests uses it: it is what the fast version is tested against, and
the place to read first. It gives totals only, no path and no probabilities, and it
takes a lattice of any band, the whole grid included.

One recurrence serves for the best path and for the sum over all paths; only `plus`
differs, the larger of two values or the logarithm of their sum (Goodman 1999 calls it
semiring parsing). Every node (i, j), "i source and j target sentences are done", has
two values, since a run of skips pays once for its opening (Gotoh 1982):

    linked[i, j]   plus over the kinds (a, b) of   any[i - a, j - b] + score of that link
    skipped[i, j]  plus over the two skips of      linked[before] + opening + price,
                                                   skipped[before] + price
    any[i, j]      plus of the two

Example: two source sentences, one target sentence, an opening of -2 and each skip -1;
the target is worth 1.0 with the first, 0.5 with the second, 2.0 with both. Six paths:

    2-1                            2.0                        the best total
    1-1, then the second skipped   1.0 - 2 - 1        = -2.0
    the first skipped, then 1-1    -2 - 1 + 0.5       = -2.5
    all skipped, in three orders   -2 - 1 - 1 - 1     = -5.0  one run, one opening
"""

from __future__ import annotations

import math
from collections.abc import Callable

from aligner.alignment.lattice import SKIP_SRC, SKIP_TGT, Lattice

Node = tuple[int, int]
Plus = Callable[[float, float], float]

NOTHING = -math.inf  # what a node that no path reaches is worth


def best_total(lattice: Lattice) -> float:
    """The highest total of any path; -inf where none leads through."""
    return _total(lattice, max)


def log_total(lattice: Lattice) -> float:
    """The logarithm of the sum over all paths of exp(total)."""
    return _total(lattice, _log_of_sum)


def _log_of_sum(x: float, y: float) -> float:
    """log(exp(x) + exp(y)), the larger taken out so that nothing overflows."""
    high, low = max(x, y), min(x, y)
    return high if low == NOTHING else high + math.log1p(math.exp(low - high))


def _total(lattice: Lattice, plus: Plus) -> float:
    """What all paths to the last node are worth together."""
    end = (lattice.band.rows - 1, len(lattice.skip_tgt) - 1)
    linked: dict[Node, float] = {(0, 0): 0.0}  # the empty path is free to open a run
    skipped: dict[Node, float] = {}
    for i in range(end[0] + 1):
        for j in range(end[1] + 1):
            at = (i, j)
            if lattice.band.node(i, j) is None:
                continue
            if at != (0, 0):
                linked[at] = _by_link(lattice, at, (linked, skipped), plus)
            skipped[at] = _by_skip(lattice, at, (linked, skipped), plus)
    return plus(linked.get(end, NOTHING), skipped.get(end, NOTHING))


Values = tuple[dict[Node, float], dict[Node, float]]
"""`linked` and `skipped` of the nodes seen so far."""


def _by_link(lattice: Lattice, at: Node, values: Values, plus: Plus) -> float:
    """What the paths to a node are worth whose last step is a link."""
    worth = NOTHING
    for k, (a, b) in enumerate(lattice.kinds):
        before = (at[0] - a, at[1] - b)
        score = float(lattice.scores[k, lattice.band.node(*at)])
        for value in values:
            worth = plus(worth, value.get(before, NOTHING) + score)
    return worth


def _by_skip(lattice: Lattice, at: Node, values: Values, plus: Plus) -> float:
    """What the paths to a node are worth whose last step leaves a sentence out."""
    linked, skipped = values
    worth = NOTHING
    for a, b in (SKIP_SRC, SKIP_TGT):
        before = (at[0] - a, at[1] - b)
        price = float(lattice.skip_src[at[0]] if a else lattice.skip_tgt[at[1]])
        worth = plus(worth, linked.get(before, NOTHING) + lattice.opening + price)
        worth = plus(worth, skipped.get(before, NOTHING) + price)
    return worth
