"""Documents made of sentences that translate each other, with known joins and omissions.

Gold links are few, and most of them were drawn from the structure of texts: a sentence that the
translator left out there belongs to its neighbour's verse or block by rule. In documents made so,
what is joined and what is missing is known. Neighbours on one side are put into one segment, and
links lose one side, at rates that differ from document to document.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from lxml import etree

from aligner.linkfiles import IndexLink
from models.training.gold import GoldDocument, without_sides

MADE = ("tico19", "flores")  # sets of such documents
COPIES = 3  # of each text, joined and left out in different places, and the weight of each
WEIGHT = 0.4 / COPIES  # beside a gold document: they are easier than what a translator does
LINES = 60  # of FLORES in a document
SHORTEST = 8  # pairs that a document needs
NO_TEXT = "CMU_"  # phrases of TICO-19 that are in no order
JOINED = (0.08, 0.16, 0.24)  # shares of links that take two pairs,
LOST = (0.0, 0.02, 0.04, 0.08)  # and of links that lose a side

Texts = tuple[str, str]
"""English and Russian."""


def parallel_documents(folder: Path) -> list[GoldDocument]:
    """All documents of MADE, from `folder`, the same in every process."""
    pairs = {"tico19": _tico(folder), "flores": _pieces(flores_pairs(folder))}
    return [
        made(name, f"{name}-{number}" + (f"+{copy}" if copy else ""), number, texts)
        for copy in range(COPIES)
        for name in MADE
        for number, texts in enumerate(pairs[name])
        if len(texts) >= SHORTEST
    ]


def _tico(folder: Path) -> list[list[Texts]]:
    """TICO-19's units, one list for each of its texts: "CMU_1:7" is unit 7 of CMU_1."""
    texts: dict[str, list[Texts]] = {}
    for unit in etree.parse(folder / "tico19.en-ru.tmx").iter("tu"):
        en, ru = ("".join(seg.itertext()).strip() for seg in unit.iter("seg"))
        name = unit.get("tuid").split(":")[0]
        if not name.startswith(NO_TEXT):
            texts.setdefault(name, []).append((en, ru))
    return list(texts.values())


def flores_pairs(folder: Path) -> list[Texts]:
    """FLORES-101's sentences, three to five of an article each time, from shared/parallel."""
    lines = (folder / "flores101_devtest.en-ru.tsv").read_text(encoding="utf-8").split("\n")
    return [(en, ru) for en, ru in (line.split("\t") for line in lines if line)]


def _pieces(pairs: list[Texts]) -> list[list[Texts]]:
    return [pairs[at : at + LINES] for at in range(0, len(pairs), LINES)]


def made(set_name: str, name: str, number: int, texts: Sequence[Texts]) -> GoldDocument:
    """A document of these pairs with joins and omissions; its name decides which."""
    rng = np.random.default_rng(zlib.crc32(name.encode("utf-8")))
    joined, lost = rng.choice(JOINED), rng.choice(LOST)
    src: list[str] = []
    tgt: list[str] = []
    links: list[IndexLink] = []
    for some in _runs(texts, joined, rng):
        here = [[pair[side] for pair in some] for side in (0, 1)]
        if len(some) > 1:
            side = int(rng.integers(0, 2))
            here[side] = [" ".join(here[side])]
        a, b = len(src), len(tgt)
        src += here[0]
        tgt += here[1]
        links.append((tuple(range(a, len(src))), tuple(range(b, len(tgt)))))
    texts_of = tuple(src), tuple(tgt)
    whole = GoldDocument(set_name, name, number, *texts_of, tuple(links), weight=WEIGHT)
    gone = {at: int(rng.integers(0, 2)) for at in range(len(links)) if rng.random() < lost}
    return replace(without_sides(whole, gone), name=name)


def _runs(
    texts: Sequence[Texts], joined: float, rng: np.random.Generator
) -> Iterator[Sequence[Texts]]:
    """The pairs one by one, and as often as `joined` says two at once."""
    at = 0
    while at < len(texts):
        size = 2 if rng.random() < joined else 1
        yield texts[at : at + size]
        at += size
