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
from typing import Any

import numpy as np
import numpy.typing as npt

from aligner.alignment.anchors import Anchor, anchors, certain, search_band
from aligner.alignment.features import Scale
from aligner.alignment.lattice import (
    FORBIDDEN,
    Band,
    Lattice,
    Posterior,
    Step,
    best_path,
    posterior,
)
from aligner.alignment.locks import Fence, Fences
from aligner.alignment.model import Model, load_model
from aligner.alignment.partners import partners
from aligner.alignment.scoring import kinds_up_to, lattice, scale_of
from aligner.alignment.sides import Side, Source, run_vectors, side
from aligner.alignment.words import Words, clauses, vocabulary
from aligner.records import Link, Span


@dataclass(frozen=True, slots=True)
class Segments:
    """What is known of one side before it is aligned."""

    texts: Sequence[str]
    source: Source  # of their vectors
    paragraphs: Sequence[int] | None = None  # paragraph number of each sentence, if known
    alone: Sequence[bool] | None = None  # which stand alone on their page (headings), if known


@dataclass(frozen=True, slots=True)
class Prepared:
    """Two sides with the band to search and all that its scores are made from."""

    src: Side
    tgt: Side
    band: Band
    scale: Scale


def longest_run(max_size: int) -> int:
    """Sentences in the longest run that a link of `max_size` sentences can have on a side."""
    return max(1, max_size - 1)


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
        return _ordered([Link(k.tgt, k.src, k.score, k.probability) for k in links])
    if not len(src.texts):
        return [Link(Span(0, 0), Span(j, j + 1)) for j in range(len(tgt.texts))]
    ready = prepared(src, tgt, max_size, fences=fences)
    kinds = kinds_up_to(max_size)
    scored = lattice(ready.src, ready.tgt, ready.band, ready.scale, model or load_model(), kinds)
    if fences:
        scored = _barred(_fenced(scored, fences), fences.barred)
    chances = posterior(scored)
    return _ordered([_link(step, scored, chances, ready) for step in best_path(scored)])


def prepared(
    src: Segments,
    tgt: Segments,
    max_size: int,
    band: Band | None = None,
    fences: Fences | None = None,
) -> Prepared:
    """Both sides and the band, with vectors of runs and words where the path is not certain.

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
    scale = scale_of(sides[0], sides[1], path)
    keys = partners((src.texts, tgt.texts), band.settled_pairs())
    known = [replace(one, partners=of) for one, of in zip(sides, keys, strict=True)]
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


def _fenced(scored: Lattice, fences: Fences) -> Lattice:
    """The lattice without the links that reach over a fence."""
    band = scored.band
    widths = band.hi - band.lo
    rows = np.repeat(np.arange(band.rows), widths)
    columns = np.arange(band.nodes) - np.repeat(band.starts[:-1] - band.lo, widths)
    src, tgt = (np.array([of.stretches, of.runs]) for of in (fences.src, fences.tgt))
    scores = scored.scores.copy()
    for k, (a, b) in enumerate(scored.kinds):
        first, last = src[:, np.maximum(rows - a, 0)], src[:, np.maximum(rows - 1, 0)]
        first_tgt, last_tgt = (tgt[:, np.maximum(columns - c, 0)] for c in (b, 1))
        over = (first[1] != last[1]) | (first_tgt[1] != last_tgt[1]) | (last[0] != last_tgt[0])
        scores[k, over] = -np.inf
    return replace(scored, scores=scores)


def _barred(scored: Lattice, barred: Sequence[tuple[Span, Span]]) -> Lattice:
    """The lattice without these links; a barred omission or addition must find a partner."""
    scores = scored.scores.copy()
    skip_src, skip_tgt = scored.skip_src.copy(), scored.skip_tgt.copy()
    for src, tgt in barred:
        node = scored.band.node(src.stop, tgt.stop)
        if not tgt:
            skip_src[src.start + 1 : src.stop + 1] = FORBIDDEN
        elif not src:
            skip_tgt[tgt.start + 1 : tgt.stop + 1] = FORBIDDEN
        elif node is not None and (len(src), len(tgt)) in scored.kinds:
            scores[scored.kinds.index((len(src), len(tgt))), node] = -np.inf
    return replace(scored, scores=scores, skip_src=skip_src, skip_tgt=skip_tgt)


def _side(
    segments: Segments, longest: int, fixed: npt.NDArray[np.bool_], fence: Fence | None
) -> Side:
    uncertain = ~(fixed[:-1] & fixed[1:])  # sentences that may be in another link than 1-1
    found = vocabulary(segments.texts, uncertain)
    words = Words(found.ids, found.weights, segments.source.words(found.words))
    parts = clauses(segments.texts, uncertain)
    units = Words(parts.ids, parts.weights, _clause_vectors(parts.words, segments))
    if fence:
        fixed = fixed.copy()
        fixed[1:-1] |= np.diff(fence.runs) > 0
    runs = run_vectors(segments.source, longest, fixed)
    return side(segments.texts, runs, (words, units), segments.paragraphs, segments.alone)


def _clause_vectors(parts: Sequence[str], segments: Segments) -> npt.NDArray[np.floating[Any]]:
    """(parts, dim): a sentence of one clause has its vector already."""
    known = {text: i for i, text in enumerate(segments.texts)}
    rows = np.array([known.get(part, -1) for part in parts], dtype=np.int64)
    new = segments.source.words([parts[i] for i in np.flatnonzero(rows < 0).tolist()])
    vectors = segments.source.single[rows].astype(np.float32)
    vectors[rows < 0] = new
    return vectors


def _turned(src: Segments, tgt: Segments) -> bool:
    """Whether the sides have to change places: fewer sentences first, then by text."""
    if len(src.texts) != len(tgt.texts):
        return len(src.texts) > len(tgt.texts)
    return list(src.texts) > list(tgt.texts)


def _link(step: Step, scored: Lattice, chances: Posterior, ready: Prepared) -> Link:
    a, b = step.kind
    src, tgt = Span(step.i - a, step.i), Span(step.j - b, step.j)
    if a and b:
        node = scored.band.node(step.i, step.j)
        probability = float(chances.links[scored.kinds.index(step.kind), node])
        src_vector = ready.src.runs.take(a, np.array([src.start]))[0]
        tgt_vector = ready.tgt.runs.take(b, np.array([tgt.start]))[0]
        score = float(src_vector @ tgt_vector)
    else:
        probability = float(chances.skip_src[step.i] if a else chances.skip_tgt[step.j])
        score = 0.0
    return Link(src, tgt, score, min(1.0, max(0.0, probability)))


def _ordered(links: list[Link]) -> list[Link]:
    """Between two links, source sentences left out stand before target sentences left out."""
    result: list[Link] = []
    run: list[Link] = []
    i = j = 0
    for link in [*links, None]:
        if link is not None and not (len(link.src) and len(link.tgt)):
            run.append(link)
            continue
        for skip in sorted(run, key=lambda skip: (not len(skip.src), skip.src.start)):
            src_count, tgt_count = len(skip.src), len(skip.tgt)
            result.append(
                Link(Span(i, i + src_count), Span(j, j + tgt_count), 0.0, skip.probability)
            )
            i, j = i + src_count, j + tgt_count
        run = []
        if link is not None:
            result.append(link)
            i, j = link.src.stop, link.tgt.stop
    return result
