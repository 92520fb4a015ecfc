"""From two sides to a scored lattice: the model's features over the band, block by block."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from aligner.alignment.anchors import Anchor, cosines
from aligner.alignment.clauses import NORMAL, clause_scale
from aligner.alignment.features import FEATURES
from aligner.alignment.lattice import ONE_TO_ONE, Band, Kind, Lattice
from aligner.alignment.model import Model
from aligner.alignment.nodes import Nodes, Patch, Scale
from aligner.alignment.sides import Side, passes_fixed

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Item = TypeVar("Item")

ROWS = 24  # of a patch of nodes: small enough to compare little outside the band
AT_ONCE = 4096  # nodes that are scored together, about
SKIP_LETTERS = 30.0  # from which on a sentence left out is as surprising as a longer one
PRIOR_TYPICAL = 0.65  # cosine of a translation; the default encoder's on news and prose
PRIOR_PAIRS = 10  # how many anchors that is worth
PRIOR_EVEN = 20  # how many anchors an even length of both sides is worth
PRIOR_SPREAD = 6.8  # variance of lengths per letter, for English and French (Gale & Church 1993)


@dataclass(frozen=True, slots=True)
class Block:
    """Some nodes of the lattice that are scored together."""

    nodes: Nodes
    places: Ints  # (nodes,): of each in arrays over the band's nodes


@dataclass(frozen=True, slots=True)
class Prepared:
    """Two sides with the band to search and all that its scores are made from."""

    src: Side
    tgt: Side
    band: Band
    scale: Scale


def kinds_up_to(size: int) -> tuple[Kind, ...]:
    """Kinds of `size` sentences on both sides together at most, small ones first."""
    return tuple((a, total - a) for total in range(2, size + 1) for a in range(1, total))


def scale_of(src: Side, tgt: Side, anchors: Sequence[Anchor]) -> Scale:
    """What is usual in these texts, from sentences that surely match; prudent on few."""
    vectors = src.runs.single, tgt.runs.single
    means = [of.mean(axis=0, dtype=np.float32) for of in vectors]
    common = float(means[0] @ means[1])
    typical, ratio, spread, count = PRIOR_TYPICAL, 0.0, PRIOR_SPREAD, len(anchors)
    if anchors:
        i = np.array([anchor.src for anchor in anchors])
        j = np.array([anchor.tgt for anchor in anchors])
        middle = float(np.median(cosines(i, j, *vectors)))
        typical = (middle * count + PRIOR_TYPICAL * PRIOR_PAIRS) / (count + PRIOR_PAIRS)
        letters = src.cues.letters[i], tgt.cues.letters[j]
        ratio = float(np.median(np.log(letters[1] / letters[0]))) * count / (count + PRIOR_EVEN)
        difference = letters[0] * np.exp(ratio / 2) - letters[1] / np.exp(ratio / 2)
        deviation = NORMAL * float(np.median(np.abs(difference) / np.sqrt(sum(letters) / 2)))
        spread = (deviation**2 * count + PRIOR_SPREAD * PRIOR_EVEN) / (count + PRIOR_EVEN)
    usual = clause_scale(src.clauses, tgt.clauses)
    return Scale(common, max(typical, common + 0.05), ratio, spread, usual)


def blocks(
    src: Side, tgt: Side, band: Band, scale: Scale, kinds: tuple[Kind, ...]
) -> Iterator[Block]:
    """The nodes of the band, but for its settled rows, from the first to the last."""
    wanted = ~band.settled()

    def nodes(stretch: tuple[int, int]) -> int:
        return int(band.starts[stretch[1]] - band.starts[stretch[0]])

    for stretches in together(_stretches(wanted), nodes):
        patches, places = [], []
        for start, stop in stretches:
            left, right = int(band.lo[start]), int(band.hi[stop - 1])
            rows = start + np.flatnonzero(wanted[start:stop])
            widths = band.hi[rows] - band.lo[rows]
            of_row = np.arange(widths.sum()) - np.repeat(np.cumsum(widths) - widths, widths)
            at = np.repeat(rows - start, widths), np.repeat(band.lo[rows] - left, widths) + of_row
            patches.append(Patch(range(start, stop), range(left, right), at))
            places.append(np.repeat(band.starts[rows], widths) + of_row)
        yield Block(Nodes((src, tgt), patches, scale, kinds), np.concatenate(places))


def together(items: Iterable[Item], nodes: Callable[[Item], int]) -> Iterator[list[Item]]:
    """Neighbouring items in lists, each of about AT_ONCE nodes."""
    some: list[Item] = []
    count = 0
    for item in items:
        some.append(item)
        count += nodes(item)
        if count >= AT_ONCE:
            yield some
            some, count = [], 0
    if some:
        yield some


def _stretches(wanted: npt.NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Rows in runs of ROWS at most that begin and end with a wanted one.

    Those in between cost little, a block for each wanted row would cost more.
    Example: 0110001 with ROWS 3 -> (1, 3), (6, 7)
    """
    rows = np.flatnonzero(wanted).tolist()
    at = 0
    while at < len(rows):
        start = rows[at]
        at = bisect_left(rows, start + ROWS, at)
        yield start, rows[at - 1] + 1


def lattice(
    src: Side, tgt: Side, band: Band, scale: Scale, model: Model, kinds: tuple[Kind, ...]
) -> Lattice:
    """All links and skips of the band with their scores."""
    scores = np.zeros((len(kinds), band.nodes), dtype=np.float32)
    best = BestLikeness(len(src), len(tgt))
    for block in blocks(src, tgt, band, scale, kinds):
        best.see(block.nodes)
        scores[:, block.places] = link_scores(block.nodes, model)
    scores[~possible(band, kinds)] = -np.inf
    return Lattice(
        band,
        kinds,
        scores,
        skip_scores(model, best.src, src),
        skip_scores(model, best.tgt, tgt),
        model.skip_opening,
    )


def link_scores(at: Nodes, model: Model) -> npt.NDArray[np.float32]:
    """(kinds, nodes): of the links into these nodes."""
    total = np.empty(at.shape, dtype=np.float32)
    total[:] = np.array([model.kind(kind) for kind in at.kinds])[:, None]
    for feature in FEATURES:
        total += model.features[feature.__name__] * feature(at)
    return total


def possible(band: Band, kinds: tuple[Kind, ...]) -> npt.NDArray[np.bool_]:
    """(kinds, nodes): whether the link exists.

    There must be as many sentences before the node as it takes, and it must not pass by a
    node that is fixed.
    """
    rows, columns = band.places()
    free = [~passes_fixed(band.fixed, a) for a in range(1, max(map(max, kinds)) + 1)]
    return np.stack([(rows >= a) & (columns >= b) & free[a - 1][rows] for a, b in kinds])


class BestLikeness:
    """For each sentence its highest likeness with a sentence that the band lets it meet."""

    def __init__(self, n: int, m: int) -> None:
        self.src = np.zeros(n, dtype=np.float32)
        self.tgt = np.zeros(m, dtype=np.float32)

    def see(self, at: Nodes) -> None:
        """Takes the 1-1 links into these nodes into account."""
        i, j = at.src.ends[at.row], at.tgt.ends[at.column]
        link = (i > 0) & (j > 0)
        likeness = at.like(*ONE_TO_ONE)[link]
        np.maximum.at(self.src, i[link] - 1, likeness)
        np.maximum.at(self.tgt, j[link] - 1, likeness)


def skip_evidence(best: npt.NDArray[np.float32], side: Side) -> Floats:
    """(n, 3): what speaks about leaving out each sentence, for the weights of a skip."""
    letters = np.minimum(side.cues.letters, SKIP_LETTERS) / SKIP_LETTERS
    return np.stack([np.ones(len(side)), best, letters], axis=1)


def skip_scores(model: Model, best: npt.NDArray[np.float32], side: Side) -> Floats:
    """(n + 1,): the score of leaving out each sentence, at the index of the node behind it."""
    weights = np.array([model.skip, model.skip_likeness, model.skip_letters])
    return np.concatenate([[0.0], skip_evidence(best, side) @ weights])
