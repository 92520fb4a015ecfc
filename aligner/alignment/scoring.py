"""From two sides to a scored lattice: the model's features over the band, block by block."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from aligner.alignment.anchors import Anchor
from aligner.alignment.features import FEATURES, Rectangle, Scale, likeness
from aligner.alignment.lattice import Band, Kind, Lattice
from aligner.alignment.model import Model
from aligner.alignment.sides import Runs, Side

Floats = npt.NDArray[np.float64]

ROWS = 32  # of nodes, together: small enough to waste little outside the band
SKIP_LETTERS = 30.0  # from which on a sentence left out is as surprising as a longer one
PRIOR_TYPICAL = 0.65  # cosine of a translation; the default encoder's on news and prose
PRIOR_PAIRS = 10  # how many anchors that is worth
PRIOR_EVEN = 20  # how many anchors an even length of both sides is worth
PRIOR_SPREAD = 6.8  # variance of lengths per letter, for English and French (Gale & Church 1993)
NORMAL = 1.4826  # standard deviation over median absolute deviation, of a normal distribution


@dataclass(frozen=True, slots=True)
class Block:
    """Rows start to stop of the lattice, as a rectangle whose first column is `left`."""

    rectangle: Rectangle
    start: int
    stop: int
    left: int

    def cut(self, values: npt.NDArray[np.float32], band: Band, i: int) -> npt.NDArray[np.float32]:
        """Row i of the band out of an array over the rectangle."""
        return values[i - self.start, int(band.lo[i]) - self.left : int(band.hi[i]) - self.left]


def kinds_up_to(size: int) -> tuple[Kind, ...]:
    """Kinds of `size` sentences on both sides together at most, small ones first."""
    return tuple((a, total - a) for total in range(2, size + 1) for a in range(1, total))


def scale_of(src: Side, tgt: Side, anchors: Sequence[Anchor]) -> Scale:
    """What is usual in these texts, from sentences that surely match; prudent on few."""
    vectors = src.vectors[0], tgt.vectors[0]
    common = float(vectors[0].mean(axis=0, dtype="f4") @ vectors[1].mean(axis=0, dtype="f4"))
    typical, ratio, spread, count = PRIOR_TYPICAL, 0.0, PRIOR_SPREAD, len(anchors)
    if anchors:
        i = np.array([anchor.src for anchor in anchors])
        j = np.array([anchor.tgt for anchor in anchors])
        cosines = np.einsum("ij,ij->i", vectors[0][i].astype("f4"), vectors[1][j].astype("f4"))
        middle = float(np.median(cosines))
        typical = (middle * count + PRIOR_TYPICAL * PRIOR_PAIRS) / (count + PRIOR_PAIRS)
        letters = src.cues.letters[i], tgt.cues.letters[j]
        ratio = float(np.median(np.log(letters[1] / letters[0]))) * count / (count + PRIOR_EVEN)
        difference = letters[0] * np.exp(ratio / 2) - letters[1] / np.exp(ratio / 2)
        deviation = NORMAL * float(np.median(np.abs(difference) / np.sqrt(sum(letters) / 2)))
        spread = (deviation**2 * count + PRIOR_SPREAD * PRIOR_EVEN) / (count + PRIOR_EVEN)
    return Scale(common, max(typical, common + 0.05), ratio, spread)


def blocks(src: Side, tgt: Side, band: Band, scale: Scale, longest: int) -> Iterator[Block]:
    """The band as rectangles, from the first row to the last."""
    for start in range(0, band.rows, ROWS):
        stop = min(start + ROWS, band.rows)
        left, right = int(band.lo[start]), int(band.hi[stop - 1])
        runs = Runs(src, start, stop, longest), Runs(tgt, left, right, longest)
        yield Block(Rectangle(*runs, scale), start, stop, left)


def lattice(
    src: Side, tgt: Side, band: Band, scale: Scale, model: Model, kinds: tuple[Kind, ...]
) -> Lattice:
    """All links and skips of the band with their scores."""
    scores = np.full((len(kinds), band.nodes), -np.inf, dtype=np.float32)
    best = BestLikeness(len(src), len(tgt))
    weights = [(feature, model.features[feature.__name__]) for feature in FEATURES]
    for block in blocks(src, tgt, band, scale, max(map(max, kinds))):
        best.see(block, band)
        for k, (a, b) in enumerate(kinds):
            total = np.full(block.rectangle.shape, model.kind((a, b)), dtype=np.float32)
            for feature, weight in weights:
                total += weight * feature(block.rectangle, a, b)
            for i in range(max(block.start, a), block.stop):
                row = scores[k, band.row(i)]
                row[:] = block.cut(total, band, i)
                row[: max(0, b - int(band.lo[i]))] = -np.inf  # too few target sentences so far
    return Lattice(
        band,
        kinds,
        scores,
        skip_scores(model, best.src, src),
        skip_scores(model, best.tgt, tgt),
        model.skip_opening,
    )


class BestLikeness:
    """For each sentence its highest likeness with a sentence that the band lets it meet."""

    def __init__(self, n: int, m: int) -> None:
        self.src = np.zeros(n, dtype=np.float32)
        self.tgt = np.zeros(m, dtype=np.float32)

    def see(self, block: Block, band: Band) -> None:
        """Takes the block's sentences into account."""
        values = likeness(block.rectangle, 1, 1)
        for i in range(max(block.start, 1), block.stop):
            lo, hi = max(int(band.lo[i]), 1), int(band.hi[i])
            row = block.cut(values, band, i)[lo - int(band.lo[i]) :]
            if len(row):
                self.src[i - 1] = max(self.src[i - 1], row.max())
                np.maximum(self.tgt[lo - 1 : hi - 1], row, out=self.tgt[lo - 1 : hi - 1])


def skip_evidence(best: npt.NDArray[np.float32], side: Side) -> Floats:
    """(n, 3): what speaks about leaving out each sentence, for the weights of a skip."""
    letters = np.minimum(side.cues.letters, SKIP_LETTERS) / SKIP_LETTERS
    return np.stack([np.ones(len(side)), best, letters], axis=1)


def skip_scores(model: Model, best: npt.NDArray[np.float32], side: Side) -> Floats:
    """(n + 1,): the score of leaving out each sentence, at the index of the node behind it."""
    weights = np.array([model.skip, model.skip_likeness, model.skip_letters])
    return np.concatenate([[0.0], skip_evidence(best, side) @ weights])
