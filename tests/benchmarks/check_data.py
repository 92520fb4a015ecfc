"""Clean pairs for the benchmark of checks, in documents: what was developed on, and the rest.

Developed on: every other article of the news set, bio-MQM documents of even number. The
other halves, FLORES and TICO-19 are held back. bio-MQM gives the segments of machine
translations that annotators looked at and marked nothing in; some errors they overlooked.
"""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from aligner.records import Lang
from models.training.parallel import flores_pairs
from tests.benchmarks.gold import documents as gold_documents

SHARED = Path(__file__).parents[3] / "shared"
CHUNK = 50  # pairs of a collection without documents that are checked together


@dataclass(frozen=True, slots=True)
class CleanPair:
    """A pair without an error that anybody has marked."""

    src: str
    tgt: str
    src_lang: Lang = "en"
    tgt_lang: Lang = "ru"

    def reversed(self) -> CleanPair:
        """As if translated the other way."""
        return CleanPair(self.tgt, self.src, self.tgt_lang, self.src_lang)

    def english_first(self) -> tuple[str, str]:
        """Both texts, English before Russian."""
        return (self.src, self.tgt) if self.src_lang == "en" else (self.tgt, self.src)


Documents = list[list[CleanPair]]


@dataclass(frozen=True, slots=True)
class Corpus:
    """Documents of pairs; `held` if nobody looked at them while writing the checks."""

    name: str
    documents: Documents
    held: bool

    def __len__(self) -> int:
        return sum(map(len, self.documents))


def corpora() -> Iterator[Corpus]:
    """All of them, those developed on first."""
    for held in (False, True):
        half = "odd" if held else "even"
        yield Corpus(f"news {half}", _news(held), held)
        yield Corpus(f"bio en-ru {half}", _bio("en-ru", held), held)
        yield Corpus(f"bio ru-en {half}", _bio("ru-en", held), held)
    yield Corpus("news odd, ru-en", [[one.reversed() for one in d] for d in _news(True)], True)
    yield Corpus("flores", _chunks(_flores()), True)
    yield Corpus("tico19", _chunks(_tico()), True)


def _news(odd: bool) -> Documents:
    found = []
    for document in gold_documents("news")[odd::2]:
        pairs = [
            CleanPair(_joined(document.src, link[0]), _joined(document.tgt, link[1]))
            for link in document.links
        ]
        found.append([pair for pair in pairs if pair.src and pair.tgt])
    return found


def _joined(texts: Sequence[str], indices: Sequence[int]) -> str:
    return " ".join(texts[i] for i in indices)


def _bio(direction: str, odd: bool) -> Documents:
    """By document and system, each text once."""
    table: dict[tuple[str, str], dict[str, CleanPair]] = defaultdict(dict)
    src_lang, tgt_lang = direction.split("-")
    path = SHARED / "quality" / f"biomqm_{direction}_v2.jsonl"
    for line in _lines(path):
        row = json.loads(line)
        number = int(re.sub(r"\D", "", row["doc_id"]) or 0)
        if not row["errors"] and row["score"] == 0 and number % 2 == odd:
            pair = CleanPair(row["src"], row["mt"], src_lang, tgt_lang)  # type: ignore[arg-type]
            table[row["doc_id"], row["system"]][row["mt"]] = pair
    return [list(pairs.values()) for _, pairs in sorted(table.items())]


def _flores() -> list[CleanPair]:
    return [CleanPair(en, ru) for en, ru in flores_pairs(SHARED / "parallel")]


def _tico() -> list[CleanPair]:
    root = ET.parse(SHARED / "parallel" / "tico19.en-ru.tmx").getroot()
    units = (
        [" ".join("".join(seg.itertext()).split()) for seg in unit.iter("seg")]
        for unit in root.iter("tu")
    )
    return [CleanPair(src, tgt) for src, tgt in units]


def _chunks(pairs: list[CleanPair]) -> Documents:
    return [pairs[start : start + CHUNK] for start in range(0, len(pairs), CHUNK)]


def _lines(path: Path) -> list[str]:
    if not path.is_file():
        raise SystemExit(f"{path}: not there; the data lie beside the checkout, in ../shared")
    return path.read_text(encoding="utf-8").rstrip("\n").split("\n")


def merged(document: list[CleanPair]) -> list[CleanPair]:
    """Every two neighbours as one pair of two sentences or more."""
    return [
        CleanPair(f"{one.src} {two.src}", f"{one.tgt} {two.tgt}", one.src_lang, one.tgt_lang)
        for one, two in zip(document[::2], document[1::2], strict=False)
    ]
