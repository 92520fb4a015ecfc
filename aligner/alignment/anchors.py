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

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from aligner.alignment.lattice import Band

Vectors = npt.NDArray[np.floating[Any]]
"""Of whatever precision; products are made in single precision, of a part at a time."""
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Lengths = tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]
"""Characters of the source's and of the target's sentences, (n,) and (m,)."""

COARSEST = 2048  # blocks a side: 4 M cells, a fraction of a second
SURE = 2.0  # standard deviations above the mean from which a similarity counts
ROWS_AT_ONCE = 64  # of the similarity matrix
PAIRS_AT_ONCE = 4096
EVEN = 0.45  # natural logarithm of the ratio of lengths, at most, for a certain match
PEAK, PEAK_BESIDE = 1.6, 0.8  # standard deviations that it, and a match beside it, stand out
SHORTEST = 15  # letters added to both lengths, so that a word more counts little in a short line
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
    levels = [(src, tgt)]
    while max(map(len, levels[-1])) > COARSEST:
        levels.append((pooled(levels[-1][0]), pooled(levels[-1][1])))
    rows, columns = levels.pop()
    path = matches(_unit(rows, levels), _unit(columns, levels))
    while levels:
        coarse = band_around(path, (len(rows), len(columns)), COARSE)
        rows, columns = levels.pop()
        band = finer(coarse, len(rows), len(columns))
        path = matches(_unit(rows, levels), _unit(columns, levels), band)
    return path


def pooled(vectors: Vectors) -> Vectors:
    """Sums of two neighbouring vectors each, and the last one alone if it has none."""
    sums = vectors[::2].astype(np.float32)
    sums[: len(vectors) // 2] += vectors[1::2]
    return sums


def _unit(vectors: Vectors, finer_levels: Sequence[object]) -> Vectors:
    """Rows of norm 1; those of sentences, which no level is finer than, are that already."""
    if not finer_levels:
        return vectors
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)


def matches(src: Vectors, tgt: Vectors, band: Band | None = None) -> list[Anchor]:
    """The monotone path of 1-1 matches with the highest total excess similarity.

    The excess of a cell is its cosine above what is common in its row and column,
    in standard deviations, beyond `SURE`; cells below are no matches.
    """
    n, m = len(src), len(tgt)
    if band is None:
        src, tgt = src.astype(np.float32), tgt.astype(np.float32)  # all of it is needed
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
    lo, before = int(band.lo[i]), int(band.lo[i - 1])
    there = np.empty(int(band.hi[i]) - lo)
    there[: before + len(previous) - lo] = previous[lo - before :]
    there[before + len(previous) - lo :] = previous[-1]
    return there


def _gains(src: Vectors, tgt: Vectors, band: Band) -> Iterator[Floats]:
    """For each source sentence its excess over each target sentence of the band, (m,)."""
    common_src, common_tgt = _products(src, tgt), _products(tgt, src)
    offset = SURE * _spread(src, tgt) - float(common_src.mean())
    gain = np.zeros(len(tgt))
    for start in range(0, len(src), ROWS_AT_ONCE):
        stop = min(start + ROWS_AT_ONCE, len(src))
        lo, hi = int(band.lo[start + 1]), int(band.hi[stop]) - 1
        rows, columns = src[start:stop], tgt[lo:hi]
        excess = rows.astype(np.float32, copy=False) @ columns.astype(np.float32, copy=False).T
        excess -= common_src[start:stop, None] + common_tgt[lo:hi] + offset
        for row in np.maximum(excess, 0.0):
            gain[lo:hi] = row
            yield gain


def _products(vectors: Vectors, others: Vectors) -> npt.NDArray[np.float32]:
    """(n,): cosine of each vector with the mean of the others."""
    mean = others.mean(axis=0, dtype=np.float32)
    parts = [
        vectors[start : start + PAIRS_AT_ONCE].astype(np.float32, copy=False) @ mean
        for start in range(0, len(vectors), PAIRS_AT_ONCE)
    ]
    return np.concatenate(parts)


def _spread(src: Vectors, tgt: Vectors) -> float:
    """Standard deviation of a pair's cosine around what is common in its row and column."""
    some = [side[:: max(1, len(side) // 512)].astype(np.float32) for side in (src, tgt)]
    cosines = some[0] @ some[1].T
    cosines -= cosines.mean(axis=1, keepdims=True)
    cosines -= cosines.mean(axis=0, keepdims=True)
    return max(float(cosines.std()), 1e-3)


def _trace(values: list[Floats], band: Band) -> list[Anchor]:
    path = []
    i, j = band.rows - 1, int(band.hi[-1]) - 1
    while i > 0:
        row, above = values[i], values[i - 1]
        column = int(np.searchsorted(row[: j - band.lo[i] + 1], row[j - band.lo[i]]))
        # row never falls, so its value first stands at `column`, where it came from above
        j = int(band.lo[i]) + column
        if row[column] > above[min(j - int(band.lo[i - 1]), len(above) - 1)]:
            path.append(Anchor(i - 1, j - 1))
            j -= 1
        i -= 1
        j = min(max(j, int(band.lo[i])), int(band.hi[i]) - 1)
    return path[::-1]


def search_band(path: list[Anchor], sure: list[Anchor], size: tuple[int, int]) -> Band:
    """The nodes worth visiting: those near the path, and where it is `sure` the path alone."""
    nodes = {node for at in sure for node in ((at.src, at.tgt), (at.src + 1, at.tgt + 1))}
    return band_around(path, size).through(sorted(nodes))


def certain(path: list[Anchor], src: Vectors, tgt: Vectors, lengths: Lengths) -> list[Anchor]:
    """The matches of the path that need no second look.

    Such a match is about as long on both sides and clearly more similar than what either
    sentence would make with a neighbour of the other; so is, a little less clearly, the match
    right before or after it, and both of these follow one to one. On six sets of
    ../shared/eval, on which this was chosen, 3 of 4,637 such matches are not in the gold (1 of
    3,115 and 2 of 1,522 in two halves), all three right to a reader; rows of several sentences
    on both sides left aside (counted once, which no command repeats). From 1.2 deviations on there
    are up to a tenth more of them, but also neighbours that share their content out otherwise,
    which should be told by their probability.
    """
    if not path:
        return []
    i, j = np.array([(at.src, at.tgt) for at in path], dtype=np.int64).T
    letters = (side[at] + SHORTEST for side, at in zip(lengths, (i, j), strict=True))
    even = np.abs(np.subtract(*map(np.log, letters))) < EVEN
    height = _heights(i, j, src, tgt) / _spread(src, tgt)
    clear, fair = even & (height > PEAK), even & (height > PEAK_BESIDE)
    good = np.zeros(len(path), dtype=bool)
    follows = (np.diff(i) == 1) & (np.diff(j) == 1)
    good[1:-1] = follows[:-1] & follows[1:] & clear[1:-1] & (fair[:-2] | fair[2:])
    return [at for at, sure in zip(path, good.tolist(), strict=True) if sure]


def _heights(i: Ints, j: Ints, src: Vectors, tgt: Vectors) -> npt.NDArray[np.float32]:
    """How much more similar the pairs (i, j) are than the best of (i ± 1, j) and (i, j ± 1)."""
    own = cosines(i, j, src, tgt)
    beside = np.full(len(own), -1.0, dtype=np.float32)
    for by in (-1, 1):
        for di, dj in ((by, 0), (0, by)):
            there = (i + di >= 0) & (i + di < len(src)) & (j + dj >= 0) & (j + dj < len(tgt))
            found = cosines(i[there] + di, j[there] + dj, src, tgt)
            beside[there] = np.maximum(beside[there], found)
    return own - beside


def cosines(i: Ints, j: Ints, src: Vectors, tgt: Vectors) -> npt.NDArray[np.float32]:
    """Of the pairs (i, j), a few at a time: the rows are copied."""
    out = np.empty(len(i), dtype=np.float32)
    for start in range(0, len(i), PAIRS_AT_ONCE):
        some = slice(start, start + PAIRS_AT_ONCE)
        rows = src[i[some]].astype(np.float32), tgt[j[some]].astype(np.float32)
        np.einsum("ij,ij->i", *rows, out=out[some])
    return out


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
