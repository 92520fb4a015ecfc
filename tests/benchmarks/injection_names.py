"""Names to put in the place of others: those of the corpora, in the case that is needed."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import iuliia
from rapidfuzz.distance import JaroWinkler

NO_NAMES = frozenset({"May", "April", "June", "August"})  # months, and women's names too
INSIDE = re.compile(r"(?<=[\w,;] )[A-ZА-ЯЁ][a-zа-яё]{2,}\b")  # a capital, not after a full stop


@dataclass(frozen=True, slots=True)
class Names:
    """Names to put in the place of others: by language and kind, in the basic form."""

    by_kind: Mapping[tuple[str, str], Sequence[str]]

    def kind(self, word: str, lang: str) -> str:
        """What kind of name a word is; "" for none."""
        if lang == "ru":
            return _russian_kind(word)
        return "name" if word in self.by_kind.get((lang, "name"), ()) else ""


def names_of(texts: Iterable[tuple[str, str]]) -> Names:
    """The names in English and Russian texts, for `name` to choose from.

    Russian: what the dictionary knows as a surname, a first name or a place, and stands there
    twice. English: words with a capital that a Russian name of the same pair transliterates.
    """
    english: set[str] = set()
    russian: dict[str, Counter[str]] = defaultdict(Counter)
    for en, ru in texts:
        capitals = INSIDE.findall(en)
        for word in INSIDE.findall(ru):
            if kind := _russian_kind(word):
                normal = _parsed(word).normal_form
                russian[kind][normal.capitalize()] += 1
                english.update(one for one in capitals if _transliterated(one, normal))
    english -= NO_NAMES
    table: dict[tuple[str, str], Sequence[str]] = {("en", "name"): sorted(english)}
    for kind, words in russian.items():
        table["ru", kind] = sorted(word for word, times in words.items() if times > 1)
    return Names(table)


def _transliterated(en: str, ru: str) -> bool:
    return JaroWinkler.similarity(en.lower(), iuliia.WIKIPEDIA.translate(ru)) >= 0.85


@cache
def _morphology() -> Any:
    import pymorphy3

    return pymorphy3.MorphAnalyzer()


@cache
def _parsed(word: str) -> Any:
    return _morphology().parse(word)[0]


def _russian_kind(word: str) -> str:
    tag = _parsed(word).tag
    if not _morphology().word_is_known(word):
        return ""
    return next((kind for kind in ("Surn", "Name", "Geox") if kind in tag), "")


def in_the_case_of(word: str, other: str, kind: str) -> str | None:
    """`other` in the case and number of `word`; None where it has no such form."""
    tag = _parsed(word).tag
    wanted = {tag.case, tag.number} | ({tag.gender} if kind == "Surn" else set())
    for parse in _morphology().parse(other):
        if kind in parse.tag:
            form = parse.inflect({one for one in wanted if one})
            return form.word.capitalize() if form else None
    return None
