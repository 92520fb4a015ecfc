"""Sentences without a translation: how many are found, by how much is left out.

Run from the repository root, with ../shared beside it:

    python -m tests.benchmarks.omissions [--set news …]

In copies of the gold documents (long ones in pieces) every link loses one side, the English
or the Russian one, with the given probability. What the text itself tells of how much it
leaves out (`alignment/habits.py`) is used, and left aside, on the same copies. Which links
lose what depends on the document's name only.
"""

from __future__ import annotations

import argparse
import zlib
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

import aligner
from aligner.alignment.linking import Segments, linked
from aligner.alignment.model import Model, load_model
from aligner.evaluate import collapse, score
from aligner.linkfiles import IndexLink
from aligner.settings import DEFAULT_SIZE, AlignSettings
from models.training.gold import GoldDocument, without_sides
from tests.benchmarks.gold import default_encoder, documents, segments
from tests.benchmarks.moved import pieces_of

SETS = ("news", "prose", "docs", "drama")
SHARES = (0.0, 0.02, 0.05, 0.1, 0.2)  # of the links that lose a side


def main() -> None:
    """Print a line for each set and share."""
    parser = argparse.ArgumentParser(description="Sentences without a translation, found or not.")
    parser.add_argument("--set", choices=SETS, action="append", help="only this one; repeatable")
    wanted = parser.parse_args().set or SETS
    usual, text = replace(load_model(), left_out=0.0), load_model()
    print(AlignSettings().signature(default_encoder().id, aligner.__version__))
    print(f"{'set':8} {'lost':>5} | {'as usual':>8} {'found':>9} | {'by text':>8} {'found':>9}")
    for name in wanted:
        pieces = [piece for document in documents(name) for piece in pieces_of(document)]
        for share in SHARES:
            copies = [lossy(document, share) for document in pieces]
            sides = [(segments(one.src), segments(one.tgt)) for one in copies]
            results = [measured(copies, sides, model) for model in (usual, text)]
            shown = " | ".join(f"{f1:8.4f} {found:>9}" for f1, found in results)
            print(f"{name:8} {share:5.0%} | {shown}", flush=True)


def lossy(document: GoldDocument, share: float) -> GoldDocument:
    """The document whose links have lost the source (0) or the target (1) with this probability."""
    rng = np.random.default_rng(zlib.crc32(document.name.encode("utf-8")))
    chances, sides = rng.random(len(document.links)), rng.integers(0, 2, len(document.links))
    lost = {at: int(sides[at]) for at in np.flatnonzero(chances < share).tolist()}
    return without_sides(document, lost)


def measured(
    copies: Sequence[GoldDocument], sides: Sequence[tuple[Segments, Segments]], model: Model
) -> tuple[float, str]:
    """Strict F1, and how many of the sentences without a translation are left alone."""
    tests: list[list[IndexLink]] = []
    found = total = 0
    for document, (src, tgt) in zip(copies, sides, strict=True):
        links = [(tuple(k.src), tuple(k.tgt)) for k in linked(src, tgt, DEFAULT_SIZE, model)]
        alone = {link for link in document.links if not all(link)}
        found, total = found + len(alone & set(links)), total + len(alone)
        tests.append(collapse(document.links, links))
    return score([one.links for one in copies], tests).strict.f1, f"{found}/{total}"


if __name__ == "__main__":
    main()
