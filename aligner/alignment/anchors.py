"""Where the alignment roughly runs: a path of similar sentences, and the band around it.

Both texts are pooled (neighbours' vectors added) until they are short enough for the
whole matrix of similarities, `COARSEST` blocks a side at most. In the matrix the best
monotone path is the one that collects the most excess similarity; leaving out a block
on either side costs nothing, so a long omission anywhere is found as well as none
(the longest common subsequence, with similarities for matches). Each finer level is
searched only in a band around the path of the coarser one, down to single sentences.
Vecalign (Thompson & Koehn 2019) goes from coarse to fine in the same way, but pays for
what it leaves out, and so may miss a long omission at the coarse level.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from aligner.alignment.lattice import Band

Vectors = npt.NDArray[np.float32]
Floats = npt.NDArray[np.float64]

COARSEST = 2048  # blocks a side: 4 M cells, a fraction of a second
SURE = 2.0  # standard deviations above the mean from which a similarity counts
ROWS_AT_ONCE = 64  # of the similarity matrix
FIRM = 2  # matching sentences in a row on both sides of a match that make it certain
WHOLE_GAP = 40_000  # a gap between anchors is searched whole up to so many nodes


@dataclass(frozen=True, slots=True)
class Reach:
    """How far from the path a band goes, in rows (source) and columns (target)."""

    rows: int
    columns: int


FINE = Reach(6, 8)
COARSE = Reach(16, 24)


@dataclass(frozen=True, slots=True)
class Anchor:
    """A source and a target sentence that match each other."""

    src: int
    tgt: int


def anchors(src: Vectors, tgt: Vectors) -> list[Anchor]:
    """Sentences that match along one monotone path, both indices rising."""
    if not len(src) or not len(tgt):
        return []
    factor = 1
    while max(len(src), len(tgt)) > COARSEST * factor:
        factor *= 2
    path = matches(pooled(src, factor), pooled(tgt, factor))
    while factor > 1:
        coarse = band_around(path, (-(-len(src) // factor), -(-len(tgt) // factor)), COARSE)
        factor //= 2
        rows, columns = pooled(src, factor), pooled(tgt, factor)
        path = matches(rows, columns, finer(coarse, len(rows), len(columns)))
    return path


def pooled(vectors: Vectors, factor: int) -> Vectors:
    """Sums of `factor` neighbouring vectors each, rows of norm 1."""
    if factor == 1:
        return vectors.astype(np.float32, copy=False)
    blocks = [
        np.add.reduceat(part, np.arange(0, len(part), factor), axis=0)
        for start in range(0, len(vectors), 4096 * factor)
        for part in [vectors[start : start + 4096 * factor].astype(np.float32)]
    ]
    sums = np.concatenate(blocks)
    norms = np.linalg.norm(sums, axis=1, keepdims=True)
    result: Vectors = sums / np.maximum(norms, 1e-9)
    return result


def matches(src: Vectors, tgt: Vectors, band: Band | None = None) -> list[Anchor]:
    """The monotone path of 1-1 matches with the highest total excess similarity.

    The excess of a cell is its cosine above what is common in its row and column,
    in standard deviations, beyond `SURE`; cells below are no matches.
    """
    n, m = len(src), len(tgt)
    if band is None:
        band = Band.of(np.zeros(n + 1, dtype=np.int64), np.full(n + 1, m + 1))
    values = [np.zeros(int(band.hi[0]))]  # of the nodes of each row
    for i, gain in enumerate(_gains(src, tgt, band), start=1):
        lo, hi = int(band.lo[i]), int(band.hi[i])
        above = _above(values[-1], band, i)
        row = above.copy()
        row[1:] = np.maximum(row[1:], above[:-1] + gain[lo : hi - 1])
        values.append(np.maximum.accumulate(row))
    return _trace(values, band)


def _above(previous: Floats, band: Band, i: int) -> Floats:
    """Values of row i - 1 under the nodes of row i; its last value goes on to the right."""
    columns = np.arange(band.lo[i], band.hi[i])
    there: Floats = previous[np.clip(columns, band.lo[i - 1], band.hi[i - 1] - 1) - band.lo[i - 1]]
    return there


def _gains(src: Vectors, tgt: Vectors, band: Band) -> Iterator[Floats]:
    """For each source sentence its excess over each target sentence of the band, (m,)."""
    common_src, common_tgt = src @ tgt.mean(axis=0), tgt @ src.mean(axis=0)
    offset = SURE * _spread(src, tgt) - float(common_src.mean())
    gain = np.zeros(len(tgt))
    for start in range(0, len(src), ROWS_AT_ONCE):
        stop = min(start + ROWS_AT_ONCE, len(src))
        lo, hi = int(band.lo[start + 1]), int(band.hi[stop]) - 1
        excess = src[start:stop] @ tgt[lo:hi].T
        excess -= common_src[start:stop, None] + common_tgt[lo:hi] + offset
        for row in np.maximum(excess, 0.0):
            gain[lo:hi] = row
            yield gain


def _spread(src: Vectors, tgt: Vectors) -> float:
    """Standard deviation of a pair's cosine around what is common in its row and column."""
    some_src, some_tgt = (side[:: max(1, len(side) // 512)] for side in (src, tgt))
    cosines = some_src @ some_tgt.T
    cosines -= cosines.mean(axis=1, keepdims=True)
    cosines -= cosines.mean(axis=0, keepdims=True)
    return max(float(cosines.std()), 1e-3)


def _trace(values: list[Floats], band: Band) -> list[Anchor]:
    path = []
    i, j = band.rows - 1, int(band.hi[-1]) - 1
    while i > 0:
        row, above = values[i], _above(values[i - 1], band, i)
        column = int(np.searchsorted(row[: j - band.lo[i] + 1], row[j - band.lo[i]]))
        # row never falls, so its value first stands at `column`, where it came from above
        j = int(band.lo[i]) + column
        if row[column] > above[column]:
            path.append(Anchor(i - 1, j - 1))
            j -= 1
        i -= 1
        j = min(max(j, int(band.lo[i])), int(band.hi[i]) - 1)
    return path[::-1]


def search_band(path: list[Anchor], size: tuple[int, int]) -> Band:
    """The nodes worth visiting: those near the path, and the path alone where it is certain.

    A match is certain amid `FIRM` neighbours on each side that match one to one in a row.
    `FIRM` was chosen on five sets of ../shared/eval (all but news): with 2, one of their
    9,681 gold links lies outside this band; with 1, four do.
    """
    return band_around(path, size).through([(at.src, at.tgt) for at in certain(path)])


def certain(path: list[Anchor]) -> list[Anchor]:
    """The matches of the path that need no second look."""
    steps = {(at.src, at.tgt) for at in path}
    around = [by for by in range(-FIRM, FIRM + 1) if by]
    return [at for at in path if all((at.src + by, at.tgt + by) in steps for by in around)]


def band_around(path: list[Anchor], size: tuple[int, int], reach: Reach = FINE) -> Band:
    """All nodes within `reach` of the path; between its anchors the whole rectangle.

    A rectangle of more than `WHOLE_GAP` nodes is crossed along its diagonal only.
    """
    n, m = size
    low, high = np.full(n + 1, m), np.zeros(n + 1, dtype=np.int64)
    here = (0, 0)
    stops = [(anchor.src, anchor.tgt) for anchor in path]
    for there in [*stops, (n, m)]:
        _cross(low, high, here, there)
        here = (there[0] + 1, there[1] + 1)
    rows = np.arange(n + 1)
    lo = np.maximum(low[np.maximum(rows - reach.rows, 0)] - reach.columns, 0)
    hi = np.minimum(high[np.minimum(rows + reach.rows, n)] + reach.columns, m) + 1
    return Band.of(lo, hi)


def _cross(
    low: npt.NDArray[np.int64],
    high: npt.NDArray[np.int64],
    here: tuple[int, int],
    there: tuple[int, int],
) -> None:
    """Marks the nodes of the rectangle between two nodes of the path."""
    (i, j), (i_to, j_to) = here, there
    rows = np.arange(i, i_to + 1)
    left, right = np.full(len(rows), j), np.full(len(rows), j_to)
    if i_to > i and len(rows) * (j_to - j + 1) > WHOLE_GAP:
        left = right = j + (rows - i) * (j_to - j) // (i_to - i)
    low[i : i_to + 1] = np.minimum(low[i : i_to + 1], left)
    high[i : i_to + 1] = np.maximum(high[i : i_to + 1], right)


def finer(band: Band, n: int, m: int) -> Band:
    """The same band for texts of twice as many blocks, n and m."""
    rows = np.arange(n + 1)
    lo = np.minimum(2 * band.lo[rows // 2], m)
    hi = np.minimum(2 * (band.hi[np.minimum((rows + 1) // 2, band.rows - 1)] - 1), m) + 1
    return Band.of(lo, hi)
