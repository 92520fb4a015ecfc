"""Pairs to learn the checks from, and which of them are held out.

Clean pairs: NTREX-128 news (every second article), TICO-19 (the first half), translations
of bio-MQM in which no error was marked (every second document). Human scores: DA of MLQE-PE
(every second segment) and bio-MQM (the same documents). What is not fitted on is for the
report; FLORES-101 is only reported.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aligner.writers.tmx_reading import read_tmx
from models.training.parallel import flores_pairs


@dataclass(frozen=True, slots=True)
class Example:
    """A pair, and a human score of it where there is one."""

    set: str
    src: str
    tgt: str
    src_lang: str
    held_out: bool
    score: float = 0.0
    clean: bool = True

    @property
    def tgt_lang(self) -> str:
        return "ru" if self.src_lang == "en" else "en"


def clean_pairs(shared: Path) -> list[Example]:
    """Pairs that are taken to have no omission, each text pair once."""
    found = [*_news(shared), *_tico(shared), *_flores(shared)]
    found += [one for one in scored_pairs(shared) if one.clean and one.set != "da ru-en"]
    once = {(one.src, one.tgt): one for one in reversed(found) if one.src and one.tgt}
    return sorted(once.values(), key=lambda one: (one.set, one.src, one.tgt))


def scored_pairs(shared: Path) -> list[Example]:
    """Pairs with a human score; "clean" where an MQM annotator marked nothing."""
    da = [
        Example("da ru-en", row["src"], row["mt"], "ru", number % 2 == 1, row["score"])
        for number, row in enumerate(_rows(shared / "quality" / "da_ru-en.jsonl"))
    ]
    return [*da, *_mqm(shared, "en-ru"), *_mqm(shared, "ru-en")]


def _mqm(shared: Path, langs: str) -> Iterator[Example]:
    numbers: dict[str, int] = {}
    for row in _rows(shared / "quality" / f"biomqm_{langs}_v2.jsonl"):
        odd = numbers.setdefault(row["doc_id"], len(numbers)) % 2 == 1
        name, clean = f"mqm {langs}", not row["errors"]
        yield Example(name, row["src"], row["mt"], langs[:2], odd, row["score"], clean)


def _news(shared: Path) -> Iterator[Example]:
    for number, row in enumerate(_rows(shared / "eval" / "news.jsonl")):
        for en, ru in row["links"]:
            texts = " ".join(row["en"][i] for i in en), " ".join(row["ru"][i] for i in ru)
            yield Example("news", *texts, "en", number % 2 == 1)


def _tico(shared: Path) -> Iterator[Example]:
    pairs = list(read_tmx(shared / "parallel" / "tico19.en-ru.tmx"))
    for number, pair in enumerate(pairs):
        yield Example("tico19", pair.src, pair.tgt, "en", number >= len(pairs) // 2)


def _flores(shared: Path) -> Iterator[Example]:
    for en, ru in flores_pairs(shared / "parallel"):
        yield Example("flores", en, ru, "en", True)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line:
            yield json.loads(line)
