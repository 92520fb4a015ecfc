"""Blocks that moved: how many are found, and what is reported where nothing moved.

Run from the repository root, with ../shared beside it:

    python -m tests.benchmarks.moved [--set docs …]

Each gold document (long ones in pieces) is aligned three times: as it is; with a random block
of 3 to 20 links moved to another place of the Russian side; and with such a block left out
there and one as long, of another document, put in elsewhere. Every report in the first and
the third is false. Which block goes where depends on the document's name only.
"""

from __future__ import annotations

import argparse
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

import aligner
from aligner.linkfiles import IndexLink
from aligner.records import Moved
from aligner.settings import AlignSettings
from models.training.gold import PIECE, SETS, GoldDocument, cut
from tests.benchmarks.gold import default_encoder, documents

SIZES = (3, 20)  # links of a block, at most a third of the document's
FARTHER = 1.5  # a block passes so many times its own size, or what it passes would have moved
TRIES = 200


@dataclass(frozen=True, slots=True)
class Move:
    """Which links of a document go where."""

    start: int
    stop: int
    to: int  # a place among the links that remain


@dataclass(frozen=True, slots=True)
class Changed:
    """A document whose Russian side is no longer in order."""

    tgt: tuple[str, ...]
    places: tuple[frozenset[int], frozenset[int]]  # of the block's sentences on both sides


def main() -> None:
    """Print a line a set."""
    parser = argparse.ArgumentParser(description="Blocks that moved, found and made up.")
    parser.add_argument("--set", choices=SETS, action="append", help="only this one; repeatable")
    wanted = parser.parse_args().set or SETS
    print(AlignSettings().signature(default_encoder().id, aligner.__version__))
    print("false reports: of documents as they are; of those with a block of another one")
    for name in wanted:
        pieces = [piece for document in documents(name) for piece in pieces_of(document)]
        print(line(name, measured(pieces)), flush=True)


def pieces_of(document: GoldDocument) -> list[GoldDocument]:
    """A long document in pieces, any other as it is."""
    return cut(document, PIECE[document.set]) if document.set in PIECE else [document]


def measured(pieces: Sequence[GoldDocument]) -> Counter[str]:
    """The counts over the documents."""
    counts: Counter[str] = Counter(documents=len(pieces))
    for at, document in enumerate(pieces):
        counts["false, as it is"] += len(reported(document.src, document.tgt))
        move = drawn(document)
        if move is None:
            continue
        moved = changed(document, move, document)
        counts += found(reported(document.src, moved.tgt), moved)
        other = changed(document, move, pieces[at - 1])
        counts["false, foreign"] += len(reported(document.src, other.tgt))
    return counts


def line(name: str, counts: Counter[str]) -> str:
    """One line of the table."""
    return (
        f"{name:15} false {counts['false, as it is']} of {counts['documents']}"
        f" and {counts['false, foreign']} of {counts['blocks']};"
        f" found {counts['found']} of {counts['blocks']} blocks,"
        f" {counts['covered']} of {counts['sentences']} sentences,"
        f" {counts['beyond']} beyond, {counts['others']} other blocks"
    )


def reported(src: Sequence[str], tgt: Sequence[str]) -> Sequence[Moved]:
    """The blocks that the aligner says have moved."""
    return aligner.align_sentences(src, tgt, model=default_encoder()).moved


def found(blocks: Sequence[Moved], truth: Changed) -> Counter[str]:
    """A block counts as found where at least half of its sentences are reported as moved."""
    pairs = [(set(block.src), set(block.tgt)) for block in blocks]
    right = [pair for pair in pairs if all(a & b for a, b in zip(pair, truth.places, strict=True))]
    counts: Counter[str] = Counter(blocks=1, others=len(pairs) - len(right))
    for side, places in enumerate(truth.places):
        reported_places = set(chain.from_iterable(pair[side] for pair in right))
        counts["sentences"] += len(places)
        counts["covered"] += len(reported_places & places)
        counts["beyond"] += len(reported_places - places)
    counts["found"] = int(2 * counts["covered"] >= counts["sentences"])
    return counts


def drawn(document: GoldDocument) -> Move | None:
    """A random move; None where the document is too short for one."""
    rng = np.random.default_rng(zlib.crc32(f"{document.set} {document.name}".encode()))
    letters = [sum(len(document.src[i]) for i in src) for src, _ in document.links]
    count = len(letters)
    if count < 3 * SIZES[0]:
        return None
    for _ in range(TRIES):
        size = int(rng.integers(SIZES[0], min(SIZES[1], count // 3) + 1))
        start, to = (int(rng.integers(0, count - size + 1)) for _ in range(2))
        passed = letters[to:start] if to < start else letters[start + size : to + size]
        block = document.links[start : start + size]
        both = all(any(link[side] for link in block) for side in (0, 1))
        far = sum(passed) >= FARTHER * sum(letters[start : start + size])
        if both and far and len(passed) >= FARTHER * size:
            return Move(start, start + size, to)
    return None


def changed(document: GoldDocument, move: Move, giver: GoldDocument) -> Changed:
    """The document with the block gone and the giver's block of as many links at its new place."""
    links = document.links
    rest = [*links[: move.start], *links[move.stop :]]
    before, behind = _targets(rest[: move.to]), _targets(rest[move.to :])
    if giver is document:
        given = _targets(links[move.start : move.stop])
    else:
        given = _targets(giver.links[: move.stop - move.start])
    tgt = (
        *(document.tgt[j] for j in before),
        *(giver.tgt[j] for j in given),
        *(document.tgt[j] for j in behind),
    )
    src = frozenset(i for link in links[move.start : move.stop] for i in link[0])
    return Changed(tgt, (src, frozenset(range(len(before), len(before) + len(given)))))


def _targets(links: Sequence[IndexLink]) -> list[int]:
    return [j for _, tgt in links for j in tgt]


if __name__ == "__main__":
    main()
