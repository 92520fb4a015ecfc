"""A second look where a link of more sentences than were looked for may be the right one.

A translator may have made one sentence of eight. The lattice has links of SEARCHED_SIZE
sentences at most, so there the best path has its largest link, with sentences left out beside
it, and it is not sure. Around such a place a small lattice of all nodes is made, with larger
links too, and its best path takes the place of the first one. What is sure is not touched.

Larger kinds have the weight of the largest that was learned; no gold data has enough of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from aligner.alignment.lattice import Band, Lattice
from aligner.alignment.links import best_links
from aligner.alignment.model import Model
from aligner.alignment.nodes import Nodes, Patch
from aligner.alignment.scoring import Prepared, kinds_up_to, link_scores, possible
from aligner.records import Link, Span
from aligner.settings import SEARCHED_SIZE

SURE = 0.9  # probability from which a link of many sentences is left alone
BESIDE = 2  # links on each side that are looked at again
NODES = 900  # of the small lattice, at most: a long omission is none of a translator's sentences


def reopened(
    links: Sequence[Link], ready: Prepared, scored: Lattice, model: Model, max_size: int
) -> list[Link]:
    """The links, with those places looked at again where larger ones may be right."""
    if max_size <= SEARCHED_SIZE:
        return list(links)
    result: list[Link] = []
    done = 0
    for start, stop in _places(links):
        some = links[start:stop]
        result += links[done:start]
        result += _again(some, ready, scored, model, max_size)
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


def _again(
    links: Sequence[Link], ready: Prepared, scored: Lattice, model: Model, max_size: int
) -> Sequence[Link]:
    src = Span(links[0].src.start, links[-1].src.stop)
    tgt = Span(links[0].tgt.start, links[-1].tgt.stop)
    n, m = len(src), len(tgt)
    if (n + 1) * (m + 1) > NODES:
        return links
    kinds = tuple((a, b) for a, b in kinds_up_to(max_size) if a <= n and b <= m)
    patch = Patch.whole(range(src.start, src.stop + 1), range(tgt.start, tgt.stop + 1))
    nodes = Nodes((ready.src, ready.tgt), [patch], ready.scale, kinds)
    band = Band.of(np.zeros(n + 1, dtype=np.int64), np.full(n + 1, m + 1))
    scores = link_scores(nodes, model)
    scores[~possible(band, kinds)] = -np.inf
    skips = scored.skip_src[src.start : src.stop + 1], scored.skip_tgt[tgt.start : tgt.stop + 1]
    small = Lattice(band, kinds, scores, *skips, scored.opening)
    found = best_links(small, (ready.src, ready.tgt), (src.start, tgt.start))
    same = [(k.src, k.tgt) for k in found] == [(k.src, k.tgt) for k in links]
    return links if same else found
