"""Hand-linked texts as examples to learn from: reading, cutting, leaving out.

A gold file has a document a line, `{"doc", "en": [sentences], "ru": […], "links":
[[[en], [ru]], …]}`, and where paragraphs are known `"paragraphs": {"en": [index of each
paragraph's first sentence], "ru": […]}`. Links have to tile both sides in order.

Gold texts leave little out, and what they leave out is short. So that a model sees long
omissions too, `omit` makes a copy of a document in which runs of sentences are missing
on one side; such copies carry "~" behind the name of their set.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np

from aligner.errors import InputError
from aligner.linkfiles import IndexLink, read_lines

SETS = ("drama", "news_perturbed", "docs", "prose", "news", "bible")
FITTED = ("drama", "news_perturbed", "docs", "prose", "bible")
"""Sets that the shipped model learns from; news has the texts of news_perturbed."""
OMITTED = ("drama", "news_perturbed", "docs", "prose")  # sets with copies that leave runs out
PIECE = {"drama": 260, "prose": 110}  # long works are cut into pieces of so many sentences

RUN = 6  # sentences in a run left out, on average
LINKS_PER_RUN = 60  # one such run for so many links
SHORTEST = 20  # links that a document needs for a copy with runs left out


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """Sentences of both sides, English first, and the links that tile them."""

    set: str  # the file it comes from, "~" behind it for a copy with sentences left out
    name: str
    number: int  # its place in the set; a copy has that of the original
    src: tuple[str, ...]
    tgt: tuple[str, ...]
    links: tuple[IndexLink, ...]
    paragraphs: tuple[tuple[int, ...], tuple[int, ...]] | None = None  # of each sentence
    weight: float = 1.0  # how much it counts when weights are fitted

    def __post_init__(self) -> None:
        for side, size in enumerate((len(self.src), len(self.tgt))):
            if [i for link in self.links for i in link[side]] != list(range(size)):
                raise InputError(
                    f"{self.set}, {self.name}: the links do not tile the "
                    f"{('English', 'Russian')[side]} side in order; mend the gold file"
                )


def read_set(folder: Path, name: str) -> list[GoldDocument]:
    """The documents of one gold file, in its order."""
    path = folder / f"{name}.jsonl"
    lines = [line for line in read_lines(path) if line.strip()]
    return [_document(name, number, json.loads(line)) for number, line in enumerate(lines)]


def examples(folder: Path) -> list[GoldDocument]:
    """All documents to learn from and to test on, copies with runs left out behind each."""
    result: list[GoldDocument] = []
    for name in SETS:
        for document in _pieces(folder, name):
            result.append(document)
            if name in OMITTED and len(document.links) >= SHORTEST:
                result.append(omit(document))
    return result


def _pieces(folder: Path, name: str) -> Iterator[GoldDocument]:
    documents = read_set(folder, name)
    if name in PIECE:
        pieces = (piece for document in documents for piece in cut(document, PIECE[name]))
        yield from (replace(piece, number=number) for number, piece in enumerate(pieces))
    else:
        yield from documents


def _document(set_name: str, number: int, fields: dict[str, Any]) -> GoldDocument:
    paragraphs = None
    if "paragraphs" in fields:
        starts = fields["paragraphs"]
        paragraphs = (
            paragraph_numbers(starts["en"], len(fields["en"])),
            paragraph_numbers(starts["ru"], len(fields["ru"])),
        )
    return GoldDocument(
        set_name,
        fields["doc"],
        number,
        tuple(fields["en"]),
        tuple(fields["ru"]),
        tuple((tuple(src), tuple(tgt)) for src, tgt in fields["links"]),
        paragraphs,
    )


def paragraph_numbers(starts: Sequence[int], size: int) -> tuple[int, ...]:
    """Each sentence's paragraph. Example: starts 0, 2 of 4 sentences -> (1, 1, 2, 2)"""
    opens = set(starts)
    return tuple(accumulate(int(i in opens) for i in range(size)))


def cut(document: GoldDocument, size: int) -> list[GoldDocument]:
    """Pieces of `size` English sentences or a little more, cut between links."""
    pieces: list[GoldDocument] = []
    first = 0
    for last in range(1, len(document.links) + 1):
        sentences = sum(len(src) for src, _ in document.links[first:last])
        if sentences >= size or last == len(document.links):
            links = document.links[first:last]
            pieces.append(_kept(document, links, f"{document.name}#{len(pieces)}"))
            first = last
    return pieces


def omit(document: GoldDocument) -> GoldDocument:
    """A copy in which runs of links have lost one side, the same in every process."""
    rng = np.random.default_rng(zlib.crc32(document.name.encode("utf-8")))
    count = len(document.links)
    lost: dict[int, int] = {}  # link -> the side it loses
    for _ in range(max(1, count // LINKS_PER_RUN)):
        length = min(int(rng.geometric(1 / RUN)), count // 3)
        starts = (0, int(rng.integers(0, count - length + 1)), count - length)
        start = starts[int(rng.choice(3, p=[0.25, 0.5, 0.25]))]  # long omissions are often at ends
        side = int(rng.integers(0, 2))
        for at in range(start, start + length):
            lost.setdefault(at, side)
    return replace(without_sides(document, lost), set=f"{document.set}~")


def without_sides(document: GoldDocument, lost: Mapping[int, int]) -> GoldDocument:
    """A copy in which these links, by number, have lost the source (0) or the target (1)."""
    links: list[IndexLink] = []
    for at, (src, tgt) in enumerate(document.links):
        if at in lost:  # what remains of it stands alone, a sentence a link
            links += [((i,), ()) for i in src if lost[at] == 1]
            links += [((), (j,)) for j in tgt if lost[at] == 0]
        else:
            links.append((src, tgt))
    return _kept(document, links, f"{document.name}~")


def _kept(document: GoldDocument, links: Sequence[IndexLink], name: str) -> GoldDocument:
    """The document with only these of its links, and the sentences that stand in them."""
    kept = [[i for link in links for i in link[side]] for side in (0, 1)]
    new = [{old: i for i, old in enumerate(side)} for side in kept]
    paragraphs = document.paragraphs
    if paragraphs is not None:
        paragraphs = (
            tuple(paragraphs[0][i] for i in kept[0]),
            tuple(paragraphs[1][j] for j in kept[1]),
        )
    return replace(
        document,
        name=name,
        src=tuple(document.src[i] for i in kept[0]),
        tgt=tuple(document.tgt[j] for j in kept[1]),
        links=tuple((tuple(new[0][i] for i in a), tuple(new[1][j] for j in b)) for a, b in links),
        paragraphs=paragraphs,
    )
