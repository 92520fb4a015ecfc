"""Two sides in, links out: band, lattice, best path, probabilities.

The longer side always lies along the columns, so that both directions of a pair of
texts are the same computation and give the same links.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from aligner.alignment.anchors import anchors, search_band
from aligner.alignment.lattice import Lattice, Posterior, Step, best_path, posterior
from aligner.alignment.model import Model, load_model
from aligner.alignment.scoring import kinds_up_to, lattice, scale_of
from aligner.alignment.sides import Side, Vectors, side
from aligner.alignment.words import Words
from aligner.records import Link, Span

Embed = Callable[[Sequence[str]], tuple[Vectors, ...]]


@dataclass(frozen=True, slots=True)
class Segments:
    """What is known of one side before it is aligned."""

    texts: Sequence[str]
    vectors: tuple[Vectors, ...]  # [k - 1]: (n - k + 1, dim), runs of k sentences, norm 1
    words: Words  # the different words of `words.vocabulary(texts)` with their vectors
    paragraphs: Sequence[int] | None = None  # paragraph number of each sentence, if known

    def side(self) -> Side:
        return side(self.texts, self.vectors, self.words, self.paragraphs)


def longest_run(max_size: int) -> int:
    """Sentences in the longest run that a link of `max_size` sentences can have on a side."""
    return max(1, max_size - 1)


def linked(src: Segments, tgt: Segments, max_size: int, model: Model | None = None) -> list[Link]:
    """The links between two sides, tiling both, with scores and probabilities.

    `max_size` is the number of sentences that a link may have on both sides together.
    """
    if _turned(src, tgt):
        links = linked(tgt, src, max_size, model)
        return _ordered([Link(k.tgt, k.src, k.score, k.probability) for k in links])
    if not len(src.texts):
        return [Link(Span(0, 0), Span(j, j + 1)) for j in range(len(tgt.texts))]
    sides = src.side(), tgt.side()
    path = anchors(sides[0].vectors[0], sides[1].vectors[0])
    band = search_band(path, (len(sides[0]), len(sides[1])))
    scale = scale_of(*sides, path)
    scored = lattice(*sides, band, scale, model or load_model(), kinds_up_to(max_size))
    chances = posterior(scored)
    return _ordered([_link(step, scored, chances, sides) for step in best_path(scored)])


def _turned(src: Segments, tgt: Segments) -> bool:
    """Whether the sides have to change places: fewer sentences first, then by text."""
    if len(src.texts) != len(tgt.texts):
        return len(src.texts) > len(tgt.texts)
    return list(src.texts) > list(tgt.texts)


def _link(step: Step, scored: Lattice, chances: Posterior, sides: tuple[Side, Side]) -> Link:
    a, b = step.kind
    src, tgt = Span(step.i - a, step.i), Span(step.j - b, step.j)
    if a and b:
        node = scored.band.node(step.i, step.j)
        probability = float(chances.links[scored.kinds.index(step.kind), node])
        vectors = sides[0].vectors[a - 1][src.start], sides[1].vectors[b - 1][tgt.start]
        score = float(vectors[0].astype(np.float32) @ vectors[1].astype(np.float32))
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
