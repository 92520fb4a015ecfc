"""Blocks that moved: their translation stands elsewhere, where no path in order leads past.

An alignment keeps the order of the text, so a paragraph that moved comes out as an omission
and an addition. Here the sentences without a partner are matched once more, among
themselves. It starts from *seeds*: two of them that are each other's best partner in both
whole texts, not only among the leftovers. The stretches without a partner that hold the
heaviest seeds are aligned with each other like two small texts; what that links surely,
around enough seeds, is a block. It is taken away, and the next one is looked for.

The links are not changed: a block is reported, not forced. Not found on purpose: what moved
past nothing (an omission beside an addition), lines that stand there several times, a
single sentence that is short or only somewhat alike, and what stands between locked links
where the other side has nothing.

`python -m tests.benchmarks.moved` prints how many blocks are found and made up. The
thresholds here and in `seeds` made up none on 342 gold documents in their own order, where
the seeds of a stretch weighed 0.03 together at most, and reported 309 of 319 blocks of 3 to
20 links moved in them, or in their stead what those had passed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from aligner.alignment.blanks import spread
from aligner.alignment.linking import Segments, linked
from aligner.alignment.locks import Fences
from aligner.alignment.seeds import Seed, seeds, sure
from aligner.alignment.sides import Source
from aligner.records import Link, Moved, Span

Vectors = npt.NDArray[np.floating[Any]]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Left = tuple[Bools, Bools]
"""Of each sentence of both sides, whether it has no partner, (n,) and (m,)."""

ENOUGH = 1.0  # weight of the seeds of a block; the heaviest seed has just that
BRIDGE = 2  # so many linked sentences do not end a stretch: wrong links stand in moved blocks
APART = 3  # so many sentences that match nothing end a block


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of sentences without a partner on each side."""

    src: Span
    tgt: Span


@dataclass(frozen=True, slots=True)
class Part:
    """The vectors of a run of sentences of a text."""

    whole: Source
    span: Span

    @property
    def single(self) -> Vectors:
        return self.whole.single[self.span.start : self.span.stop]

    def runs(self, k: int, firsts: Ints) -> Vectors:
        return self.whole.runs(k, firsts + self.span.start)

    def parts(self, places: Ints) -> Vectors:
        return self.whole.parts(places + self.span.start)


def moved(
    src: Segments,
    tgt: Segments,
    links: Sequence[Link],
    max_size: int,
    fences: Fences | None = None,
) -> list[Moved]:
    """The blocks that moved, in the order of the source.

    `links` tile both sides; `fences` are those that they were found between.
    """
    left = _unlinked(links, 0, len(src.texts)), _unlinked(links, 1, len(tgt.texts))
    order = _Order(links, (len(src.texts), len(tgt.texts)), fences)
    todo = [seed for seed in seeds(src, tgt, links, left) if order.crosses(seed.src, seed.tgt)]
    found: list[Moved] = []
    while todo:
        stretch, group = _heaviest(todo, left)
        if _total(group) < ENOUGH:
            break
        inside = (_shifted(link, stretch) for link in _linked(src, tgt, stretch, max_size))
        across = [link for link in inside if order.crosses(link.src.start, link.tgt.start)]
        block = _block(across, group, (src, tgt))
        if block is None:
            tried = set(group)
            todo = [seed for seed in todo if seed not in tried]
            continue
        found.append(block)
        left = _without(left[0], block.src), _without(left[1], block.tgt)
        todo = [seed for seed in todo if left[0][seed.src] and left[1][seed.tgt]]
    return sorted(found, key=lambda block: block.src.start)


def among_all(
    blocks: Iterable[Moved], places: tuple[Sequence[int], Sequence[int]]
) -> Iterator[Moved]:
    """Blocks of a text's filled or free sentences, whose `places` are given, as blocks of it."""
    for block in blocks:
        links = [
            replace(link, src=spread(link.src, places[0]), tgt=spread(link.tgt, places[1]))
            for link in block.links
        ]
        yield Moved(
            spread(block.src, places[0]), spread(block.tgt, places[1]), block.score, tuple(links)
        )


def _unlinked(links: Iterable[Link], side: int, size: int) -> Bools:
    """(n,): the sentences of a side that are in no link, or in one that is hardly probable."""
    out = np.ones(size, dtype=bool)
    for link in sure(links):
        span = (link.src, link.tgt)[side]
        out[span.start : span.stop] = False
    return out


def _without(left: Bools, span: Span) -> Bools:
    out = left.copy()
    out[span.start : span.stop] = False
    return out


class _Order:
    """Where the sure links run, to tell which sentences stand on different sides of one."""

    def __init__(self, links: Iterable[Link], size: tuple[int, int], fences: Fences | None) -> None:
        self._before = [np.zeros(n + 1, dtype=np.int64) for n in size]  # links ended by then
        for link in sure(links):
            for before, span in zip(self._before, (link.src, link.tgt), strict=True):
                before[span.stop] += 1
        self._before = [np.cumsum(before) for before in self._before]
        if fences is not None:  # a stretch more behind each locked link
            for before, fence in zip(self._before, (fences.src, fences.tgt), strict=True):
                before[:-1] += len(self._before[0]) * np.array(fence.stretches, dtype=np.int64)

    def crosses(self, i: int, j: int) -> bool:
        """Whether a link of these two would cross another."""
        return bool(self._before[0][i] != self._before[1][j])


def _heaviest(todo: Sequence[Seed], left: Left) -> tuple[Stretch, list[Seed]]:
    """The stretch with the greatest weight of seeds, and those."""
    spans = _spans(left[0]), _spans(left[1])
    groups: dict[tuple[int, int], list[Seed]] = {}
    for seed in todo:
        key = int(spans[0][0][seed.src]), int(spans[1][0][seed.tgt])
        groups.setdefault(key, []).append(seed)
    (i, j), group = max(groups.items(), key=lambda item: (_total(item[1]), -sum(item[0])))
    return Stretch(Span(i, int(spans[0][1][i])), Span(j, int(spans[1][1][j]))), group


def _total(group: Iterable[Seed]) -> float:
    return sum(seed.weight for seed in group)


def _spans(left: Bools) -> tuple[Ints, Ints]:
    """(n,) each: where the stretch that holds a sentence begins, and where it ends.

    Example: left 110010, a bridge of 2 -> stretch 0:5
    """
    places = np.flatnonzero(left)
    breaks = np.flatnonzero(np.diff(places) > BRIDGE + 1)
    firsts = places[np.concatenate([[0], breaks + 1])]
    stops = places[np.concatenate([breaks, [len(places) - 1]])] + 1
    which = np.clip(np.searchsorted(firsts, np.arange(len(left)), side="right") - 1, 0, None)
    return firsts[which], stops[which]


def _linked(src: Segments, tgt: Segments, stretch: Stretch, max_size: int) -> list[Link]:
    """The sure links between the two runs of a stretch, as if these were whole texts."""
    return list(sure(linked(_part(src, stretch.src), _part(tgt, stretch.tgt), max_size)))


def _part(of: Segments, span: Span) -> Segments:
    here = slice(span.start, span.stop)
    return Segments(
        of.texts[here],
        Part(of.source, span),
        None if of.paragraphs is None else of.paragraphs[here],
        None if of.alone is None else of.alone[here],
    )


def _shifted(link: Link, by: Stretch) -> Link:
    """A link between the runs of a stretch as one between the texts."""
    src, tgt = (
        Span(span.start + run.start, span.stop + run.start)
        for span, run in ((link.src, by.src), (link.tgt, by.tgt))
    )
    return Link(src, tgt, link.score, link.probability)


def _block(
    links: Sequence[Link], group: Sequence[Seed], sides: tuple[Segments, Segments]
) -> Moved | None:
    """The heaviest of the blocks that the links make, if it is heavy enough."""
    best = max(_blocks(links), key=lambda block: _weight(block, group), default=[])
    if _weight(best, group) < ENOUGH:
        return None
    src = Span(best[0].src.start, best[-1].src.stop)
    tgt = Span(best[0].tgt.start, best[-1].tgt.stop)
    return Moved(src, tgt, _score(best, sides), tuple(best))


def _blocks(links: Sequence[Link]) -> Iterator[Sequence[Link]]:
    """The links, parted where more than `APART` sentences between them match nothing."""
    first = 0
    for at, (here, there) in enumerate(pairwise(links), start=1):
        if max(there.src.start - here.src.stop, there.tgt.start - here.tgt.stop) > APART:
            yield links[first:at]
            first = at
    if links:
        yield links[first:]


def _weight(block: Sequence[Link], group: Iterable[Seed]) -> float:
    """That of the seeds whose two sentences the block links."""
    of_src = {i: number for number, link in enumerate(block) for i in link.src}
    of_tgt = {j: number for number, link in enumerate(block) for j in link.tgt}
    return _total(seed for seed in group if of_src.get(seed.src, -1) == of_tgt.get(seed.tgt))


def _score(block: Sequence[Link], sides: tuple[Segments, Segments]) -> float:
    """The mean similarity of the links, by their length."""
    total = letters = 0.0
    for link in block:
        here = sum(len(sides[0].texts[i]) for i in link.src)
        here += sum(len(sides[1].texts[j]) for j in link.tgt)
        total, letters = total + link.score * here, letters + here
    return total / letters
