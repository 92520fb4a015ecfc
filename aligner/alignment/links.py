"""The best path through a lattice as links, in the order in which they are told."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from aligner.alignment.search import Posterior, Step, best_path
from aligner.alignment.sides import Side
from aligner.alignment.waves import Plan
from aligner.records import Link, Span

AT_ONCE = 4096  # links whose similarities are computed together

Node = tuple[int, int]
"""Source and target sentences that are done."""


def best_links(
    plan: Plan, chances: Posterior, sides: tuple[Side, Side], origin: Node = (0, 0)
) -> list[Link]:
    """The most probable alignment, with similarities and probabilities.

    `chances` are those of the plan's lattice, `origin` is the place in the two texts where it
    begins.
    """
    scored = plan.lattice
    path = best_path(scored, plan)
    scores = _similarities(path, sides, origin)
    links = []
    for step, score in zip(path, scores, strict=True):
        (a, b), i, j = step.kind, step.i + origin[0], step.j + origin[1]
        if a and b:
            node = scored.band.node(step.i, step.j)
            probability = float(chances.links[scored.kinds.index(step.kind), node])
        else:
            probability = float(chances.skip_src[step.i] if a else chances.skip_tgt[step.j])
        links.append(Link(Span(i - a, i), Span(j - b, j), score, min(1.0, max(0.0, probability))))
    return links


def _similarities(path: Sequence[Step], sides: tuple[Side, Side], origin: Node) -> list[float]:
    """The cosine of what each step links; 0 where nothing is."""
    scores = np.zeros(len(path))
    kinds = np.array([step.kind for step in path])
    ends = np.array([(step.i, step.j) for step in path]) + origin
    for a, b in np.unique(kinds[kinds.all(axis=1)], axis=0).tolist():
        there = np.flatnonzero((kinds == (a, b)).all(axis=1))
        for start in range(0, len(there), AT_ONCE):
            some = there[start : start + AT_ONCE]
            src = sides[0].runs.take(a, ends[some, 0] - a).astype(np.float32)
            tgt = sides[1].runs.take(b, ends[some, 1] - b).astype(np.float32)
            scores[some] = np.einsum("ij,ij->i", src, tgt)
    found: list[float] = scores.tolist()
    return found


def ordered(links: list[Link]) -> list[Link]:
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
