"""Two sides in, links out: band, lattice, best path, probabilities.

The longer side always lies along the columns, so that both directions of a pair of
texts are the same computation and give the same links. Where links are locked, the band
is made of one for each stretch between them, and links that would reach over a fence get
no score; scale and weights are those of the whole texts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from aligner.alignment.anchors import Anchor, anchors, certain, search_band
from aligner.alignment.clauses import clauses
from aligner.alignment.fencing import fenced
from aligner.alignment.habits import to_habits
from aligner.alignment.lattice import Band
from aligner.alignment.links import best_links, ordered
from aligner.alignment.locks import Fence, Fences
from aligner.alignment.model import Model, load_model
from aligner.alignment.partners import kept_names, partners
from aligner.alignment.reopening import reopened
from aligner.alignment.scoring import Prepared, kinds_up_to, lattice, scale_of
from aligner.alignment.sides import Side, Source, run_vectors, side
from aligner.records import Link, Span
from aligner.settings import SEARCHED_SIZE


@dataclass(frozen=True, slots=True)
class Segments:
    """What is known of one side before it is aligned."""

    texts: Sequence[str]
    source: Source  # of their vectors
    paragraphs: Sequence[int] | None = None  # paragraph number of each sentence, if known
    alone: Sequence[bool] | None = None  # which stand alone on their page (headings), if known


def longest_run(max_size: int) -> int:
    """Sentences in the longest run that a link of `max_size` sentences has on a side everywhere."""
    return max(1, min(max_size, SEARCHED_SIZE) - 1)


def linked(
    src: Segments,
    tgt: Segments,
    max_size: int,
    model: Model | None = None,
    fences: Fences | None = None,
) -> list[Link]:
    """The links between two sides, tiling both, with scores and probabilities.

    `max_size` is the number of sentences that a link may have on both sides together; no
    link reaches over one of the `fences`, and none of those barred by them is found.
    """
    if _turned(src, tgt):
        links = linked(tgt, src, max_size, model, fences and fences.turned())
        return ordered([Link(k.tgt, k.src, k.score, k.probability) for k in links])
    if not len(src.texts):
        return [Link(Span(0, 0), Span(j, j + 1)) for j in range(len(tgt.texts))]
    ready = prepared(src, tgt, max_size, fences=fences)
    kinds, model = kinds_up_to(min(max_size, SEARCHED_SIZE)), model or load_model()
    scored = lattice(ready.src, ready.tgt, ready.band, ready.scale, model, kinds)
    if fences:
        scored = fenced(scored, fences)
    plan, chances = to_habits(scored, model.left_out)
    links = best_links(plan, chances, (ready.src, ready.tgt))
    return ordered(reopened(links, ready, plan.lattice, model, max_size, fences))


def prepared(
    src: Segments,
    tgt: Segments,
    max_size: int,
    band: Band | None = None,
    fences: Fences | None = None,
) -> Prepared:
    """Both sides and the band, with vectors of runs and clauses where the path is not certain.

    `band` replaces the one that the sentences' vectors suggest.
    """
    path, suggested = _suggested(src, tgt, fences)
    band = band or suggested
    sides = [
        _side(segments, longest_run(max_size), fixed, fence)
        for segments, fixed, fence in (
            (src, band.fixed, fences.src if fences else None),
            (tgt, band.fixed_columns(), fences.tgt if fences else None),
        )
    ]
    scale, settled = scale_of(sides[0], sides[1], path), band.settled_pairs()
    lines = partners((src.texts, tgt.texts), settled)
    names = kept_names((sides[0].cues.names, sides[1].cues.names), settled)
    known = [
        replace(one, partners=of, kept_names=kept)
        for one, of, kept in zip(sides, lines, names, strict=True)
    ]
    return Prepared(known[0], known[1], band, scale)


def _suggested(
    of_src: Segments, of_tgt: Segments, fences: Fences | None
) -> tuple[list[Anchor], Band]:
    """Anchors and the band around them, found in each stretch between locked links by itself.

    In the row of a locked link the band has the nodes of both stretches, because sentences
    may be left out right before and behind it.
    """
    src, tgt = of_src.source.single, of_tgt.source.single
    lengths = tuple(np.array([len(text) for text in of.texts], "f4") for of in (of_src, of_tgt))
    path: list[Anchor] = []
    lo, hi = np.zeros(len(src) + 1, dtype=np.int64), np.zeros(len(src) + 1, dtype=np.int64)
    fixed = np.zeros(len(src) + 1, dtype=bool)
    barred = {(i, j) for a, b in (fences.barred if fences else ()) for i in a for j in b}
    for (i, j), (i_to, j_to) in pairwise([(0, 0), *_walls(fences), (len(src), len(tgt))]):
        here = src[i:i_to], tgt[j:j_to]
        found = [
            at
            for at in anchors(*here)
            if (at.src + i, at.tgt + j) not in barred  # else the band might leave no other way
        ]
        sure = certain(found, *here, (lengths[0][i:i_to], lengths[1][j:j_to]))
        band = search_band(found, sure, (i_to - i, j_to - j))
        path += [Anchor(at.src + i, at.tgt + j) for at in found]
        hi[i : i_to + 1] = band.hi + j
        lo[i + 1 : i_to + 1] = band.lo[1:] + j
        fixed[i : i_to + 1] |= band.fixed
    return path, Band(lo, hi, np.concatenate([[0], np.cumsum(hi - lo)]), fixed)


def _walls(fences: Fences | None) -> list[tuple[int, int]]:
    """The nodes between two stretches."""
    if fences is None:
        return []
    src, tgt = (np.flatnonzero(np.diff(of.stretches)) + 1 for of in (fences.src, fences.tgt))
    return list(zip(src.tolist(), tgt.tolist(), strict=True))


def _side(
    segments: Segments, longest: int, fixed: npt.NDArray[np.bool_], fence: Fence | None
) -> Side:
    uncertain = ~(fixed[:-1] & fixed[1:])  # sentences that may be in another link than 1-1
    found = segments.source.parts(np.flatnonzero(uncertain))
    parts = clauses(segments.texts, uncertain, found.astype(np.float16, copy=False))
    del found  # as large as all sentences of an undecided text
    if fence:
        fixed = fixed.copy()
        fixed[1:-1] |= np.diff(fence.runs) > 0
    runs = run_vectors(segments.source, longest, fixed)
    return side(segments.texts, runs, parts, segments.paragraphs, segments.alone)


def _turned(src: Segments, tgt: Segments) -> bool:
    """Whether the sides have to change places: fewer sentences first, then by text."""
    if len(src.texts) != len(tgt.texts):
        return len(src.texts) > len(tgt.texts)
    return list(src.texts) > list(tgt.texts)
