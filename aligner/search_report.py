"""What a search in a memory found, in lines for people and as JSON for programs.

Colour is added only on request: green is what only the new text has, red and struck through what
only the memory has, yellow the words that were looked for. Without colour the same is marked as
wdiff does, [-gone-]{+new+}, and found words stand in >guillemets<.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from aligner.exchange.columns import fields_of_unit
from aligner.exchange.files import Imported
from aligner.exchange.reports import Exported, Review
from aligner.memory.concordance import Concordance, Hit
from aligner.memory.differences import Piece, differences
from aligner.memory.searching import Match
from aligner.memory.semantic import Near
from aligner.memory.units import Unit
from aligner.records import Span
from aligner.text import on_one_line

MOST_PROBLEMS = 20  # lines for each file that is imported
_INDENT = " " * 7
_RESET = "\x1b[0m"
_STYLES = {"gone": "\x1b[31;9m", "new": "\x1b[32m", "found": "\x1b[1;33m", "dim": "\x1b[2m"}
_MARKS = {"gone": ("[-", "-]"), "new": ("{+", "+}"), "found": (">", "<"), "dim": ("", "")}


@dataclass(frozen=True, slots=True)
class Look:
    """How results are shown."""

    coloured: bool = False
    json: bool = False  # for programs: one JSON value

    def of(self, kind: str, text: str) -> str:
        """The text, set off as what it is."""
        if self.coloured:
            return f"{_STYLES[kind]}{text}{_RESET}"
        before, after = _MARKS[kind]
        return f"{before}{text}{after}"


def match_lines(matches: Sequence[Match], text: str, look: Look) -> Iterator[str]:
    """Each match: percent and the difference to the text, the translation, where it is from."""
    if look.json:
        yield _matches_json(matches, text)
        return
    for match in matches:
        shown = match.text
        if match.percent < 100:
            shown = _difference(differences(match.text, text), look)
        yield f"{match.percent:3} %  {on_one_line(shown)}"
        yield _INDENT + on_one_line(match.translation)
        yield _INDENT + look.of("dim", provenance(match.unit))


def concordance_lines(found: Concordance, look: Look) -> Iterator[str]:
    """Each unit with the words in it, both sides, and how many there are."""
    if look.json:
        yield _concordance_json(found)
        return
    for hit in found.hits:
        for number, (text, places) in enumerate(_sides(hit)):
            yield ("  •  " if not number else "     ") + on_one_line(_found(text, places, look))
        yield "     " + look.of("dim", provenance(hit.unit))
    total = f"more than {found.total:,}" if found.more else f"{found.total:,}"
    yield f"{len(found.hits)} shown of {total} with these words"


def near_lines(found: Sequence[Near], look: Look) -> Iterator[str]:
    """Each unit with its similarity in meaning."""
    if look.json:
        yield _json(
            [{"similarity": round(n.similarity, 4), **fields_of_unit(n.unit)} for n in found]
        )
        return
    for near in found:
        yield f"{near.similarity:5.3f}  {on_one_line(near.unit.src)}"
        yield _INDENT + on_one_line(near.unit.tgt)
        yield _INDENT + look.of("dim", provenance(near.unit))


def no_match(threshold: int) -> str:
    """What to try where nothing was found."""
    if threshold == 100:
        return "no unit has exactly this text; a lower --threshold finds similar ones"
    return (
        f"no match of {threshold} % or more; try a lower --threshold, --concordance with a few "
        "words, or --semantic"
    )


def exported_line(path: Path, done: Exported) -> str:
    """What an export wrote and what it had to leave out."""
    left_out = [f"left out {count:,} {what}" for what, count in sorted(done.left_out.items())]
    return f"{path}: " + ", ".join([f"{done.units:,} units", *left_out])


def imported_lines(done: Imported, quiet: bool = False) -> Iterator[str]:
    """What came in, after what could not be read."""
    yield from done.problems[:MOST_PROBLEMS]
    more = done.unreadable - MOST_PROBLEMS
    if more > 0:
        yield f"{done.path}: and {more:,} more that cannot be read"
    if quiet:
        return
    change = done.change
    says = {
        "added": f"{change.new:,} units",
        "replaced": f"a new version: {change.new:,} new units, {change.gone:,} gone",
        "unchanged": "nothing new: the memory has this file",
        "elsewhere": f"nothing new: the memory has it as {change.document}",
    }[change.outcome]
    if done.review is not None:
        says = _review(done.review, change.new)
    unread = f", {done.unreadable:,} could not be read" if done.unreadable else ""
    yield f"{done.path}: {says}{unread}"


def _review(review: Review, new: int) -> str:
    """Example: "12 confirmed, 3 changed, 0 new, 85 as they were"."""
    changed = review.changed + review.overwritten
    parts = [f"{review.confirmed:,} confirmed, {changed:,} changed, {new:,} new"]
    more = {
        "as they were": review.same,
        "without a translation now (the memory keeps it)": review.emptied,
        "of the changed had changed in the memory meanwhile (that is in its history)": (
            review.overwritten
        ),
        "of other documents back that equalled changed ones": review.back,
    }
    return ", ".join([*parts, *(f"{count:,} {what}" for what, count in more.items() if count)])


def provenance(unit: Unit) -> str:
    """Where a unit comes from, and how sure it is. Example: "a.tmx · 1-1 · 0.98 · 2026-11-24"."""
    pair, entry = unit.pair, unit.entry
    day = entry.changed[:8]
    parts = [
        unit.document,
        pair.kind,
        f"probability {pair.probability:.2f}" if pair.probability < 1 else "",
        f"{day[:4]}-{day[4:6]}-{day[6:]}" if len(day) == 8 else "",
        f"confirmed by {entry.confirmed_by}" if entry.confirmed_by else "",
        f"{unit.count} times" if unit.count > 1 else "",
    ]
    return " · ".join(part for part in parts if part)


def _matches_json(matches: Sequence[Match], text: str) -> str:
    """The matches with all that is known of their units."""
    return _json(
        [
            {
                "percent": match.percent,
                "side": _SIDES[match.side],
                "difference": [
                    [piece.change, piece.text] for piece in differences(match.text, text)
                ],
                **fields_of_unit(match.unit),
            }
            for match in matches
        ]
    )


def _concordance_json(found: Concordance) -> str:
    """The hits, with the places of the words in characters."""
    hits = [
        {
            "source_places": [[place.start, place.stop] for place in hit.src],
            "target_places": [[place.start, place.stop] for place in hit.tgt],
            **fields_of_unit(hit.unit),
        }
        for hit in found.hits
    ]
    return _json({"total": found.total, "more": found.more, "hits": hits})


_SIDES: Mapping[str, str] = {"src": "source", "tgt": "target"}


def _difference(pieces: Sequence[Piece], look: Look) -> str:
    parts: list[str] = []
    for piece in pieces:
        shown = piece.text if piece.change == "same" else look.of(piece.change, piece.text)
        parts.append((" " if piece.spaced and parts else "") + shown)
    return "".join(parts)


def _sides(hit: Hit) -> tuple[tuple[str, tuple[Span, ...]], tuple[str, tuple[Span, ...]]]:
    return (hit.unit.src, hit.src), (hit.unit.tgt, hit.tgt)


def _found(text: str, places: Sequence[Span], look: Look) -> str:
    parts: list[str] = []
    last = 0
    for place in places:
        if place.start >= last:  # a word of a phrase may be looked for by itself as well
            parts += [text[last : place.start], look.of("found", text[place.start : place.stop])]
            last = place.stop
    return "".join([*parts, text[last:]])


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)
