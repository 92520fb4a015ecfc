"""A second look where a link of more sentences than were looked for may be the right one.

A translator may have made one sentence of eight. The lattice has links of SEARCHED_SIZE
sentences at most, so there the best path has its largest link, with sentences left out beside
it, and it is not sure. Around such a place a small lattice of all nodes is made, with larger
links too, and its best path takes the place of the first one. What is sure is not touched.

The weights of larger kinds go on from those that were learned (`Model.kind`); no gold data has
enough of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from aligner.alignment.fencing import fenced
from aligner.alignment.lattice import Band, Kind, Lattice
from aligner.alignment.links import best_links
from aligner.alignment.locks import Fences
from aligner.alignment.model import Model
from aligner.alignment.nodes import Nodes, Patch
from aligner.alignment.scoring import Prepared, kinds_up_to, link_scores, possible, together
from aligner.alignment.search import posterior
from aligner.alignment.sides import Side
from aligner.alignment.waves import Plan
from aligner.records import Link, Span
from aligner.settings import SEARCHED_SIZE

SURE = 0.9  # probability from which a link of many sentences is left alone
BESIDE = 2  # links on each side that are looked at again
NODES = 900  # of the small lattice, at most: a long omission is none of a translator's sentences


def reopened(
    links: Sequence[Link],
    ready: Prepared,
    scored: Lattice,
    model: Model,
    max_size: int,
    fences: Fences | None = None,
) -> list[Link]:
    """The links, with those places looked at again where larger ones may be right.

    As in `scored`, no link reaches over one of the `fences` or is barred by them.
    """
    if max_size <= SEARCHED_SIZE:
        return list(links)
    places = {place: _nodes(links[slice(*place)]) for place in _places(links)}
    result: list[Link] = []
    done = 0
    for some in together(
        (at for at, nodes in places.items() if nodes <= NODES), places.__getitem__
    ):
        doubtful = [links[slice(*place)] for place in some]
        found = _again(doubtful, ready, scored, model, max_size, fences)
        for (start, stop), better in zip(some, found, strict=True):
            result += links[done:start]
            result += better
            done = stop
    return [*result, *links[done:]]


def _places(links: Sequence[Link]) -> Iterator[tuple[int, int]]:
    """First and last link (and one) of each place worth another look; no two overlap."""
    last = 0
    for at, link in enumerate(links):
        if at < last or not _largest(link):
            continue
        start, stop = at, at + 1
        while start > last and _one_sided(links[start - 1]):
            start -= 1
        while stop < len(links) and _one_sided(links[stop]):
            stop += 1
        if min(k.probability for k in links[start:stop]) < SURE:
            start, last = max(last, start - BESIDE), min(len(links), stop + BESIDE)
            yield start, last


def _largest(link: Link) -> bool:
    return bool(link.src and link.tgt) and len(link.src) + len(link.tgt) >= SEARCHED_SIZE


def _one_sided(link: Link) -> bool:
    return not (link.src and link.tgt)


def _spans(links: Sequence[Link]) -> tuple[Span, Span]:
    """The sentences that the links have, on both sides."""
    first, last = links[0], links[-1]
    return Span(first.src.start, last.src.stop), Span(first.tgt.start, last.tgt.stop)


def _nodes(links: Sequence[Link]) -> int:
    """Nodes of the small lattice over them."""
    src, tgt = _spans(links)
    return (len(src) + 1) * (len(tgt) + 1)


def _again(
    places: Sequence[Sequence[Link]],
    ready: Prepared,
    scored: Lattice,
    model: Model,
    max_size: int,
    fences: Fences | None,
) -> Iterator[Sequence[Link]]:
    """For each place its links as they were, or the better ones."""
    spans = [_spans(links) for links in places]
    patches = [Patch.whole(*(range(of.start, of.stop + 1) for of in both)) for both in spans]
    longest = max_size - 1
    sides = (
        _longer(ready.src, longest, [patch.rows for patch in patches]),
        _longer(ready.tgt, longest, [patch.columns for patch in patches]),
    )
    kinds = kinds_up_to(max_size)
    scores = link_scores(Nodes(sides, patches, ready.scale, kinds), model)
    stop = 0
    for links, (src, tgt) in zip(places, spans, strict=True):
        start, stop = stop, stop + _nodes(links)
        origin = src.start, tgt.start
        small = _small(scores[:, start:stop], kinds, (src, tgt), scored)
        if fences:
            small = fenced(small, fences, origin)
        plan = Plan(small)
        found = best_links(plan, posterior(small, plan), sides, origin)
        same = [(k.src, k.tgt) for k in found] == [(k.src, k.tgt) for k in links]
        yield links if same else found


def _longer(side: Side, longest: int, stretches: Sequence[range]) -> Side:
    return replace(side, runs=side.runs.longer(longest, stretches))


def _small(
    scores: npt.NDArray[np.float32],
    kinds: tuple[Kind, ...],
    spans: tuple[Span, Span],
    scored: Lattice,
) -> Lattice:
    """All nodes over these sentences, with the links that have room in them."""
    src, tgt = spans
    n, m = len(src), len(tgt)
    some = [k for k, (a, b) in enumerate(kinds) if a <= n and b <= m]
    kinds = tuple(kinds[k] for k in some)
    band = Band.of(np.zeros(n + 1, dtype=np.int64), np.full(n + 1, m + 1))
    links = np.where(possible(band, kinds), scores[some], np.float32(-np.inf))
    skips = scored.skip_src[src.start : src.stop + 1], scored.skip_tgt[tgt.start : tgt.stop + 1]
    return Lattice(band, kinds, links, *skips, scored.opening)
