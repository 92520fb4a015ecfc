"""Decisions from the review page carried back into the pairs.

Accepted links are locked, and so are links that were made by hand (merged, split,
sentences moved); texts that were edited stay edited. A rejected link is barred, so that
it is not found again. The rest of each stretch is aligned anew around them, in the
sentences that the page had, by the same search as ever.

Positions are counted through each stretch from where it starts, so they are those of the
documents unless a sentence was cut in two, joined or deleted by hand: then the sentences
behind it are counted on from there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from aligner.linkfiles import IndexLink
from aligner.pipeline import Options, align_sentences
from aligner.readers.marks import Mark
from aligner.records import Link, Pair, Provenance, Span
from aligner.review.decisions import Decisions, State, read_decisions
from aligner.review.rows import Piece, stretches
from aligner.reviewing import read_pairs, rows_of

DEFAULTS = Options()

Pieces = tuple[tuple[Piece, ...], tuple[Piece, ...]]


@dataclass(frozen=True, slots=True)
class Judged:
    """A row of the page with what a person said about it."""

    pieces: Pieces
    state: State = "open"
    pair: Pair | None = None  # the pair that it still is; None: changed by hand

    @property
    def is_fixed(self) -> bool:
        """Whether the link stays as it is: accepted, or made by hand and not rejected."""
        return self.state == "accepted" or (self.pair is None and self.state == "open")

    @property
    def texts(self) -> tuple[str, str]:
        if self.pair:
            return self.pair.src, self.pair.tgt
        src, tgt = (" ".join(piece.text for piece in side) for side in self.pieces)
        return src, tgt


@dataclass(frozen=True, slots=True)
class Applied:
    """What came of the decisions."""

    pairs: tuple[Pair, ...]
    ignored: tuple[Mark, ...]
    accepted: int  # rows
    by_hand: int  # rows changed by hand and neither accepted nor rejected
    rejected: int
    new_links: int  # found by the search, and not on the page
    unavoidable: int  # rejected rows that came out again: their sentences have no other place

    @property
    def confirmed(self) -> tuple[Pair, ...]:
        """The pairs that somebody vouches for, as a memory wants to know."""
        return tuple(pair for pair in self.pairs if pair.confirmed_by)


def apply_files(pairs: Path, decisions: Path, by: str, options: Options = DEFAULTS) -> Applied:
    """The pairs of a file with the decisions of another; `by` is who made them."""
    before = read_pairs(pairs)
    return apply(before, read_decisions(decisions, before), by, options)


def apply(
    pairs: Sequence[Pair], decisions: Decisions, by: str, options: Options = DEFAULTS
) -> Applied:
    """The pairs that the decisions make of these."""
    numbers = stretches(pairs)
    after: list[Pair] = []
    judged: list[Judged] = []
    new_links = unavoidable = 0
    for number, group in groupby(_judged(pairs, decisions, numbers), key=lambda item: item[0]):
        rows = [row for _, row in group]
        units = _units(rows)
        links, made_by = _links(units, options)
        found = [_found(link, units) for link in links]
        start = pairs[numbers.index(number)]
        after += _pairs(found, start, made_by, by)
        new_links += sum(each.row is None for each in found)
        unavoidable += sum(each.row is not None and each.row.state == "rejected" for each in found)
        judged += rows
    return Applied(
        tuple(after),
        decisions.ignored,
        accepted=sum(row.state == "accepted" for row in judged),
        by_hand=sum(row.pair is None and row.state == "open" for row in judged),
        rejected=sum(row.state == "rejected" for row in judged),
        new_links=new_links,
        unavoidable=unavoidable,
    )


def _judged(
    pairs: Sequence[Pair], decisions: Decisions, numbers: Sequence[int]
) -> Iterator[tuple[int, Judged]]:
    """The rows as the page had them when its decisions were saved, each with its stretch."""
    rows, next_pair = rows_of(pairs), 0

    def untouched(stop: int) -> Iterator[tuple[int, Judged]]:
        for at in range(next_pair, stop):
            state: State = "accepted" if pairs[at].confirmed_by else "open"
            yield numbers[at], Judged((rows[at].src, rows[at].tgt), state, pairs[at])

    for decision in decisions.decisions:
        start = decision.pairs.start
        yield from untouched(start)
        for verdict in decision.verdicts:
            if verdict.pieces is None:
                row = Judged((rows[start].src, rows[start].tgt), verdict.state, pairs[start])
            else:
                row = Judged(verdict.pieces, verdict.state)
            if any(row.pieces):
                yield numbers[start], row
        next_pair = decision.pairs.stop
    yield from untouched(len(pairs))


@dataclass(frozen=True, slots=True)
class Units:
    """What the search sees of a stretch: pieces, and in each fixed row a text in one."""

    sides: tuple[tuple[Piece, ...], tuple[Piece, ...]]
    rows: dict[IndexLink, Judged]  # by the indices of their units


@dataclass(frozen=True, slots=True)
class Found:
    """A link of the new alignment, and the row that it was on the page, if it was there."""

    link: Link
    pieces: Pieces
    row: Judged | None


def _units(rows: Iterable[Judged]) -> Units:
    sides: tuple[list[Piece], list[Piece]] = ([], [])
    by_indices: dict[IndexLink, Judged] = {}
    for row in rows:
        places = []
        for side, pieces, text in zip(sides, row.pieces, row.texts, strict=True):
            if row.is_fixed and pieces:
                pieces = (Piece(text, sum(piece.size for piece in pieces)),)
            places.append(tuple(range(len(side), len(side) + len(pieces))))
            side.extend(pieces)
        by_indices[places[0], places[1]] = row
    return Units((tuple(sides[0]), tuple(sides[1])), by_indices)


def _links(units: Units, options: Options) -> tuple[list[Link], Provenance]:
    """The links of a stretch, fixed ones in their places, and what found them."""
    src, tgt = ([piece.text for piece in side] for side in units.sides)
    if not (src and tgt):  # nothing to search: the other text is not there
        alone = [Link(Span(i, i + 1), Span(0, 0)) for i in range(len(src))]
        return alone + [Link(Span(0, 0), Span(j, j + 1)) for j in range(len(tgt))], Provenance()
    fixed = [indices for indices, row in units.rows.items() if row.is_fixed]
    barred = [indices for indices, row in units.rows.items() if row.state == "rejected"]
    options = replace(options, lock=fixed, barred=barred, any_language=True)
    alignment = align_sentences(src, tgt, options)
    return list(alignment.links), alignment.provenance


def _found(link: Link, units: Units) -> Found:
    src, tgt = (
        [side[i] for i in span]
        for side, span in zip(units.sides, (link.src, link.tgt), strict=True)
    )
    row = units.rows.get((tuple(link.src), tuple(link.tgt)))
    return Found(link, (tuple(src), tuple(tgt)), row)


def _pairs(found: Sequence[Found], start: Pair, made_by: Provenance, by: str) -> Iterator[Pair]:
    """The links as pairs, positions counted on from those of the stretch's first pair."""
    provenance = replace(
        start.provenance,
        encoder=made_by.encoder or start.provenance.encoder,
        settings=made_by.settings or start.provenance.settings,
    )
    src_at, tgt_at = start.src_span.start, start.tgt_span.start
    for each in found:
        sizes = [sum(piece.size for piece in side) for side in each.pieces]
        spans = Span(src_at, src_at + sizes[0]), Span(tgt_at, tgt_at + sizes[1])
        src_at, tgt_at = spans[0].stop, spans[1].stop
        texts = each.row.texts if each.row else Judged(each.pieces).texts
        link = each.link
        confirmed_by = _confirmed_by(each.row, by)
        scores = link.score, link.probability
        yield Pair(*texts, *spans, *scores, provenance, confirmed_by=confirmed_by)


def _confirmed_by(row: Judged | None, by: str) -> str:
    if row is None or row.state != "accepted":
        return ""
    return (row.pair and row.pair.confirmed_by) or by


def summary(applied: Applied, remembered: int | None) -> str:
    """What came of the decisions, in words; `remembered` findings are new in the ignore file."""
    lines = [
        f"{len(applied.pairs):,} pairs: {applied.accepted:,} accepted, "
        f"{applied.by_hand:,} changed by hand, {applied.rejected:,} rejected; "
        f"{applied.new_links:,} found anew"
    ]
    if applied.unavoidable:
        lines.append(
            f"{applied.unavoidable:,} rejected links are there again: between the links that are "
            "kept their sentences have no other partner"
        )
    if applied.ignored and remembered is None:
        lines.append(
            f"{len(applied.ignored):,} ignored findings not remembered: give a file with --ignore"
        )
    elif remembered is not None:
        lines.append(f"{remembered:,} of {len(applied.ignored):,} ignored findings new in the file")
    return "\n".join(lines)
