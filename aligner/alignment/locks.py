"""Links that the user has fixed: checked, kept out of the search, and put back.

A locked link with both sides cuts the two texts into stretches: what stands before it on
one side can only be linked with what stands before it on the other. A locked omission or
addition cuts nothing, but no link may hold the sentences on both of its sides. The search
sees the sentences that are free; `Fences` tells it where its links may not go. A barred link
is the opposite of a locked one: the search may link its sentences in any other way. Nothing
here reads a file or knows a vector.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from aligner.errors import InputError
from aligner.linkfiles import IndexLink
from aligner.records import Link, Span
from aligner.settings import LARGEST

Sizes = tuple[int, int]
"""How many sentences each side has."""

SIDES = ("source", "target")


@dataclass(frozen=True, slots=True)
class Given:
    """A link as the user gave it, with the place that an error message names."""

    indices: IndexLink
    place: str  # "links.txt, line 3"

    def __str__(self) -> str:
        return ":".join(str(list(side)) for side in self.indices)


@dataclass(frozen=True, slots=True)
class Fence:
    """Of each free sentence of a side: where it stands among the locked links."""

    stretches: tuple[int, ...] = ()  # a link's sentences, of both sides, have the same number
    runs: tuple[int, ...] = ()  # a link's sentences of this side have the same number


@dataclass(frozen=True, slots=True)
class Fences:
    """What the locked links forbid to those between them, and single links that are barred."""

    src: Fence
    tgt: Fence
    barred: tuple[tuple[Span, Span], ...] = ()  # of free sentences; an empty side: no omission

    def turned(self) -> Fences:
        """The same with source and target in each other's place."""
        return Fences(self.tgt, self.src, tuple((tgt, src) for src, tgt in self.barred))


@dataclass(frozen=True, slots=True)
class Free:
    """The sentences left to the search, as indices among all, and its fences."""

    src: list[int]
    tgt: list[int]
    fences: Fences | None = None  # None: nothing is locked


def locked(given: Sequence[Given], size: Sizes) -> list[Link]:
    """The locked links, as given; InputError where they cannot all be kept.

    An omission of several sentences is as many omissions, as in every alignment.
    """
    owners: tuple[dict[int, Given], dict[int, Given]] = ({}, {})
    for link in given:
        _check_form(link, size)
        for name, side, owner in zip(SIDES, link.indices, owners, strict=True):
            for index in side:
                if index in owner:
                    raise InputError(
                        f"{link.place}: {name} sentence {index} of {link} is in {owner[index]} "
                        f"({owner[index].place}) already; a sentence can be in one link only"
                    )
                owner[index] = link
    ordered = sorted((link for link in given if all(link.indices)), key=lambda k: k.indices[0])
    for before, link in pairwise(ordered):
        if link.indices[1] < before.indices[1]:
            raise InputError(
                f"{link.place}: {link} crosses {before} ({before.place}); locked links must "
                "keep the order of both texts: take one of them out"
            )
    return [link for each in given for link in _links(each)]


def _check_form(link: Given, size: Sizes) -> None:
    if not any(link.indices):
        raise InputError(f"{link.place}: {link} names no sentence; take it out")
    for name, side, count in zip(SIDES, link.indices, size, strict=True):
        for index in side:
            if not 0 <= index < count:
                raise InputError(
                    f"{link.place}: {link} names {name} sentence {index}, but the {name} has "
                    f"{count}, counted from 0; lock links of these two texts, source side first"
                )
        if list(side) != list(range(side[0], side[0] + len(side)) if side else []):
            raise InputError(
                f"{link.place}: the {name} sentences of {link} do not follow one another; "
                "a link has neighbouring sentences, in order"
            )
    total = sum(map(len, link.indices))
    if all(link.indices) and total > LARGEST:
        raise InputError(
            f"{link.place}: {link} has {total} sentences; a link has {LARGEST} at most"
        )


def _links(given: Given) -> Iterator[Link]:
    src, tgt = given.indices
    if src and tgt:
        yield Link(Span(src[0], src[-1] + 1), Span(tgt[0], tgt[-1] + 1))
    else:  # where an empty side stands is found out when the links are put back
        yield from (Link(Span(i, i + 1), Span(0, 0)) for i in src)
        yield from (Link(Span(0, 0), Span(j, j + 1)) for j in tgt)


def free(locks: Sequence[Link], places: tuple[list[int], list[int]]) -> Free:
    """What is left of the sentences at these places; all of them where nothing is locked.

    Sentences between two locked links that have no others opposite are not left either:
    they cannot be in any link.
    """
    if not locks:
        return Free(*places)
    walls = sorted(joined(locks), key=lambda link: link.src.start)
    alone = [link for link in locks if not (link.src and link.tgt)]
    alone_src = sorted(i for link in alone for i in link.src)
    alone_tgt = sorted(j for link in alone for j in link.tgt)
    src = _stretches(places[0], [wall.src for wall in walls], set(alone_src))
    tgt = _stretches(places[1], [wall.tgt for wall in walls], set(alone_tgt))
    kept = [at for at, sides in enumerate(zip(src, tgt, strict=True)) if all(sides)]
    fences = Fences(_fence(src, kept, alone_src), _fence(tgt, kept, alone_tgt))
    return Free([i for at in kept for i in src[at]], [j for at in kept for j in tgt[at]], fences)


def barring(left: Free, barred: Sequence[IndexLink]) -> Free:
    """The same sentences, with links that the search may not find.

    A link that it cannot find anyhow, because a sentence of it is locked, is passed over.
    """
    src_places, tgt_places = ({at: i for i, at in enumerate(side)} for side in (left.src, left.tgt))
    spans = [(_run(src, src_places), _run(tgt, tgt_places)) for src, tgt in barred]
    kept = tuple((src, tgt) for src, tgt in spans if src is not None and tgt is not None)
    if not kept:
        return left
    fences = left.fences or Fences(_no_fence(left.src), _no_fence(left.tgt))
    return replace(left, fences=replace(fences, barred=kept))


def _no_fence(side: list[int]) -> Fence:
    return Fence((0,) * len(side), (0,) * len(side))


def _run(indices: Sequence[int], places: dict[int, int]) -> Span | None:
    """Where neighbouring sentences stand among the free ones; None if not all do, in order."""
    if not indices:
        return Span(0, 0)
    at = [places.get(index, -1) for index in indices]
    if at[0] < 0 or at != list(range(at[0], at[0] + len(at))):
        return None
    return Span(at[0], at[-1] + 1)


def _stretches(places: list[int], walls: list[Span], alone: set[int]) -> list[list[int]]:
    """The places before, between and behind the walls, without those that stand alone."""
    starts = [0, *(wall.stop for wall in walls)]
    stops = [*(wall.start for wall in walls), places[-1] + 1 if places else 0]
    return [
        [
            i
            for i in places[bisect_left(places, start) : bisect_left(places, stop)]
            if i not in alone
        ]
        for start, stop in zip(starts, stops, strict=True)
    ]


def _fence(stretches: list[list[int]], kept: list[int], alone: list[int]) -> Fence:
    numbered = [(at, i) for at in kept for i in stretches[at]]
    # The stretch's number and that of the locked sentences before: each rises only where a run ends
    runs = tuple(at + bisect_left(alone, i) for at, i in numbered)
    return Fence(tuple(at for at, _ in numbered), runs)


def with_locks(links: Sequence[Link], locks: Sequence[Link]) -> list[Link]:
    """The links of the free sentences with the locked ones in their places.

    `links` tile both texts, every locked sentence without a partner in them.
    """
    if not locks:
        return list(links)
    alone = (
        {link.src.start: link.probability for link in links if not link.tgt},
        {link.tgt.start: link.probability for link in links if not link.src},
    )
    end = (links[-1].src.stop, links[-1].tgt.stop)
    result: list[Link] = []
    i = j = 0
    for link in [*sorted([*joined(links), *joined(locks)], key=lambda k: k.src.start), None]:
        to = (link.src.start, link.tgt.start) if link else end
        result += [Link(Span(at, at + 1), Span(j, j), 0.0, alone[0][at]) for at in range(i, to[0])]
        i = to[0]
        result += [Link(Span(i, i), Span(at, at + 1), 0.0, alone[1][at]) for at in range(j, to[1])]
        if link:
            result.append(link)
            i, j = link.src.stop, link.tgt.stop
    return result


def joined(links: Sequence[Link]) -> list[Link]:
    """The links with sentences on both sides."""
    return [link for link in links if link.src and link.tgt]


def scored(locks: Sequence[Link], scores: Sequence[float]) -> list[Link]:
    """The locks, those of two sides with these scores in order."""
    left = iter(scores)
    return [replace(k, score=next(left)) if k.src and k.tgt else k for k in locks]
