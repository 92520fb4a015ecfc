"""A file of decisions as the review page saves it: read, checked, and as plain records.

JSON: {"format": "aligner-decisions", "version": 1, "content": the fingerprint of the
pairs, "pairs": how many, "decisions": [{"pairs": [first, stop], "rows": [{"state",
"src"?, "tgt"?}]}], "ignored": [{"pair", "check", "source", "target"}]}. A decision says
what stands in the place of a run of pairs. Texts are given only where a person changed
them or the links between them: a string for a sentence, or {"text", "sentences"} for
several in one piece.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from aligner.errors import InputError
from aligner.readers.marks import Mark
from aligner.records import Pair, Span
from aligner.review.rows import Piece, fingerprint, stretches

FORMAT = "aligner-decisions"
VERSION = 1
State = Literal["open", "accepted", "rejected"]
REMEDY = "save the decisions from the page again"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person made of one row."""

    state: State
    pieces: tuple[tuple[Piece, ...], tuple[Piece, ...]] | None = None  # None: as in its pair


@dataclass(frozen=True, slots=True)
class Decision:
    """The rows that stand in the place of some neighbouring pairs."""

    pairs: Span
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True)
class Decisions:
    """All that was decided on a page, in the order of its pairs."""

    decisions: tuple[Decision, ...]
    ignored: tuple[Mark, ...] = ()  # findings that nobody wants to see again


def read_decisions(path: Path, pairs: Sequence[Pair]) -> Decisions:
    """The decisions in a file; InputError where they were not made on these pairs."""
    content = _content(path)
    if content.get("format") != FORMAT:
        raise InputError(f"{path}: not a file of decisions; save one from a review page")
    if content.get("version") != VERSION:
        raise InputError(
            f"{path}: decisions of version {str(content.get('version'))[:20]}, this aligner reads "
            f"version {VERSION}; make the page again with this aligner"
        )
    if content.get("content") != fingerprint(pairs):
        count = content.get("pairs")
        raise InputError(
            f"{path}: made on other pairs ({str(count)[:20]} then, {len(pairs)} now, or other "
            "texts); give the pairs that the page was made from"
        )
    try:
        found = Decisions(
            tuple(map(_decision, content["decisions"])),
            tuple(map(_ignored, content.get("ignored", []))),
        )
        _check_places(found, stretches(pairs))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(f"{path}: damaged ({_short(error)}); {REMEDY}") from None
    return found


def _content(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise InputError(
            f"{path}: cannot be read ({error.strerror}); check the name and its rights"
        ) from None
    except ValueError as error:
        raise InputError(f"{path}: not JSON ({error}); {REMEDY}") from None
    return content if isinstance(content, dict) else {}


def _short(error: Exception) -> str:
    what = f"{error} is missing" if isinstance(error, KeyError) else str(error)
    return what[:80]


def _decision(value: dict[str, Any]) -> Decision:
    start, stop = value["pairs"]
    verdicts = tuple(map(_verdict, value["rows"]))
    if stop - start != 1 or len(verdicts) != 1:
        for verdict in verdicts:
            if verdict.pieces is None:
                raise ValueError(f"no texts for a row of pairs {start} to {stop}")
    return Decision(Span(int(start), int(stop)), verdicts)


def _verdict(value: dict[str, Any]) -> Verdict:
    state = value["state"]
    if state not in get_args(State):
        raise ValueError(f"no state is called {str(state)[:20]!r}")
    if "src" not in value:
        return Verdict(state)
    return Verdict(state, (_pieces(value["src"]), _pieces(value["tgt"])))


def _pieces(values: list[Any]) -> tuple[Piece, ...]:
    if not isinstance(values, list):
        raise TypeError(f"{str(values)[:20]!r} is no list of sentences")
    return tuple(
        Piece(_text(value)) if isinstance(value, str) else _sized(value) for value in values
    )


def _sized(value: dict[str, Any]) -> Piece:
    size = value["sentences"]
    if not isinstance(size, int) or not 0 <= size < 1_000_000:
        raise ValueError(f"{str(size)[:20]!r} is no count of sentences")
    return Piece(_text(value["text"]), size)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{str(value)[:20]!r} is no text")
    return value


def _ignored(value: dict[str, Any]) -> Mark:
    return Mark.of(*(_text(value[name]) for name in ("check", "source", "target")))


def _check_places(found: Decisions, numbers: Sequence[int]) -> None:
    """ValueError where decisions overlap, lie outside the pairs, or join two texts."""
    end = 0
    for decision in found.decisions:
        start, stop = decision.pairs.start, decision.pairs.stop
        if not end <= start < stop <= len(numbers):
            raise ValueError(f"pairs {start} to {stop} are out of place")
        if len(set(numbers[start:stop])) > 1:
            raise ValueError(f"pairs {start} to {stop} do not follow one another in one text")
        end = stop
