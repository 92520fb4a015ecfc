"""Pairs as the review page shows them: each text in sentences, pairs in stretches.

A stretch is a run of pairs that follow one another in the same two documents. Sentences
may move, and links may be found anew, inside a stretch only: across its ends sentences
are missing (a file written with --min-probability) or belong to another text.

`fingerprint` ties decisions to the pairs they were made on. It is over texts and positions,
white space aside, so that the same pairs in TSV, JSONL and TMX have the same one; scores
are left out because a format rounds them. Nothing here reads a file or splits a text.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aligner.records import Pair, Provenance

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A text that stays whole: a sentence, or several that cannot be told apart."""

    text: str
    size: int = 1  # how many sentences of the document it stands for


@dataclass(frozen=True, slots=True)
class Row:
    """A pair with its texts in pieces, in order; joined by spaces they are its texts."""

    pair: Pair
    src: tuple[Piece, ...]
    tgt: tuple[Piece, ...]


def pieces_of(text: str, sentences: Sequence[str], count: int) -> tuple[Piece, ...]:
    """The sentences of a text, or all of it where they are not `count`."""
    if not text and not count:
        return ()
    if len(sentences) == count > 1:
        return tuple(Piece(sentence) for sentence in sentences)
    return (Piece(text, count),)


def stretches(pairs: Iterable[Pair]) -> list[int]:
    """For each pair the number of its stretch, from 0."""
    numbers: list[int] = []
    number, before = -1, None
    for pair in pairs:
        if before is None or not follows(pair, before):
            number += 1
        numbers.append(number)
        before = pair
    return numbers


def follows(pair: Pair, before: Pair) -> bool:
    """Whether no sentence is missing between two pairs of the same documents."""
    return (
        texts_of(pair.provenance) == texts_of(before.provenance)
        and pair.src_span.start == before.src_span.stop
        and pair.tgt_span.start == before.tgt_span.stop
    )


def texts_of(provenance: Provenance) -> tuple[str, str]:
    """Which two documents a pair is from."""
    return provenance.src_name, provenance.tgt_name


def fingerprint(pairs: Iterable[Pair]) -> str:
    """What decisions on these pairs are kept under: "sha256:…"."""
    digest = hashlib.sha256()
    for pair in pairs:
        positions = (
            *(pair.src_span.start, pair.src_span.stop),
            *(pair.tgt_span.start, pair.tgt_span.stop),
        )
        line = json.dumps([_comparable(pair.src), _comparable(pair.tgt), *positions])
        digest.update(line.encode("ascii") + b"\n")
    return f"sha256:{digest.hexdigest()}"


def _comparable(text: str) -> str:
    """The text as every format gives it back."""
    return " ".join(_NOT_XML.sub(lambda it: " " if it[0].isspace() else "", text).split())
