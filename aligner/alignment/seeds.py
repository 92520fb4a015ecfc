"""Seeds of blocks that moved: two sentences without a partner that surely belong together.

They are each other's most similar sentence in both whole texts, not only among those that
are left without a partner, and by a margin: a line that stands there several times is no
seed, wherever its copies are linked. A seed's weight, 0 to 1, says how much alike they are,
how far ahead of the next best, and how long: short sentences are alike by chance.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from aligner.alignment.linking import Segments
from aligner.records import Link

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

# How these were chosen: see `aligner.alignment.moved`.
SURE = 0.5  # probability from which a link counts
LIKE = (0.5, 1.0)  # likeness (1: as a typical link) from which a seed has weight; has it whole
MARGIN = (0.0, 0.2)  # the same for how much likelier it is than the next best partner
LETTERS = 50  # a seed is heavier up to so many characters on its shorter side
TYPICAL, TYPICAL_LINKS = 0.65, 10  # cosine of a translation, and how many links that is worth
ROWS = 128  # of a matrix of cosines at once: 50 MB against 100,000 sentences


@dataclass(frozen=True, slots=True)
class Seed:
    """Two sentences that are each other's best partner."""

    src: int
    tgt: int
    weight: float  # 0 to 1


def seeds(
    src: Segments, tgt: Segments, links: Sequence[Link], left: tuple[Bools, Bools]
) -> list[Seed]:
    """The seeds among the sentences that are `left` on both sides."""
    vectors = [side.source.single.astype(np.float32, copy=False) for side in (src, tgt)]
    places = [np.flatnonzero(side) for side in left]
    if not (len(places[0]) and len(places[1])):
        return []
    rows, columns = _mutual(vectors[0][places[0]], vectors[1][places[1]])
    i, j = places[0][rows], places[1][columns]
    cosine = np.einsum("ij,ij->i", vectors[0][i], vectors[1][j])
    rival = np.maximum(_next_best(vectors, i, j), _next_best(vectors[::-1], j, i))
    common = float(vectors[0].mean(axis=0) @ vectors[1].mean(axis=0))
    unit = max(_typical(links) - common, 0.05)
    letters = [min(len(src.texts[a]), len(tgt.texts[b])) for a, b in zip(i, j, strict=True)]
    weight = (
        _share((cosine - common) / unit, *LIKE)
        * _share((cosine - rival) / unit, *MARGIN)
        * _share(np.array(letters), 0, LETTERS)
    )
    found = zip(i.tolist(), j.tolist(), weight.tolist(), strict=True)
    return [Seed(a, b, w) for a, b, w in found if w > 0]


def _mutual(src: Floats, tgt: Floats) -> tuple[Ints, Ints]:
    """The rows that are each other's most similar ones."""
    best_tgt = np.empty(len(src), dtype=np.int64)
    best_src, highest = np.zeros(len(tgt), dtype=np.int64), np.full(len(tgt), -np.inf)
    for start in range(0, len(src), ROWS):
        cosines = src[start : start + ROWS] @ tgt.T
        best_tgt[start : start + ROWS] = cosines.argmax(axis=1)
        top = cosines.max(axis=0)
        best_src = np.where(top > highest, start + cosines.argmax(axis=0), best_src)
        highest = np.maximum(top, highest)
    rows = np.flatnonzero(best_src[best_tgt] == np.arange(len(src)))
    return rows, best_tgt[rows]


def _next_best(vectors: Sequence[Floats], i: Ints, j: Ints) -> Floats:
    """(pairs,): the highest cosine of each sentence i with any of the other side but j."""
    out = np.empty(len(i), dtype=np.float32)
    for start in range(0, len(i), ROWS):
        some = slice(start, start + ROWS)
        cosines = vectors[0][i[some]] @ vectors[1].T
        cosines[np.arange(len(cosines)), j[some]] = -1.0
        out[some] = cosines.max(axis=1)
    return out


def _typical(links: Iterable[Link]) -> float:
    """The cosine of a usual translation: the median of the alignment's own links."""
    own = [link.score for link in sure(links) if link.kind == "1-1"]
    middle = float(np.median(own)) if own else 0.0
    return (middle * len(own) + TYPICAL * TYPICAL_LINKS) / (len(own) + TYPICAL_LINKS)


def _share(values: npt.NDArray[Any], low: float, high: float) -> Floats:
    """How far the values are on the way from low to high, 0 to 1."""
    share: Floats = np.clip((values - low) / (high - low), 0.0, 1.0).astype(np.float32)
    return share


def sure(links: Iterable[Link]) -> Iterator[Link]:
    """The links with two sides that are more probable than not."""
    return (k for k in links if len(k.src) and len(k.tgt) and k.probability >= SURE)
