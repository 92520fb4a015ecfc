"""A name that is another name on the other side.

That a name is missing says nothing: half of the capitalised English words of good news have
no counterpart that sounds like them ("he" for a name, a translated title). But a Russian
name that sounds like no English word of the pair, *and* an English name that sounds like no
Russian one, and both at about the same place: that is one name for another. Names that are
another word in the other language (China, Китай) are in `name_table`; what a document pairs
often it knows itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from aligner.checks.check import Case, Check, Context, Finding, over_document
from aligner.checks.name_table import NAMES, NOT_NAMES
from aligner.checks.numbers import FAMILY
from aligner.checks.sound import alike
from aligner.records import Span

ALIKE = 0.6  # below: another name; of names in clean news 2 % are, of random other names 95 %
FAR = 0.35  # how far apart, in shares of the sentence, two names may stand for one another
OFTEN = 2  # pairs of a document in which a Russian and an English word meet without likeness

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_OPENS = re.compile(r"(?:^|[.!?…:]\s*|[\"“”„«»‘—–•(]\s*)$")


@dataclass(frozen=True, slots=True)
class Name:
    """A word that may be a name."""

    text: str
    span: Span
    place: float  # in its text, 0 at the beginning, 1 at the end


def name_differs(context: Context) -> Iterator[tuple[int, Finding]]:
    """A name of one side is another name on the other.

    Compares by sound ("Hughes", «Хьюза»), by a table (China, Китай) and by what the document
    pairs elsewhere. A name that is only missing, or a pronoun in its place, is fine.
    Fires: "Angela Merkel said" with «заявила Ангела Макрон».
    """
    known = _Known.of(context.cases)
    for case in context.cases:
        for en, ru in _opposed(case, known):
            message = f"{en.text} against {ru.text}"
            if case.src_lang == "ru":
                message = f"{ru.text} against {en.text}"
            yield case.index, case.finding(message, en=(en.span,), ru=(ru.span,))


@dataclass(frozen=True, slots=True)
class _Known:
    """What all pairs together say about words."""

    small: frozenset[str]  # English words that stand somewhere without a capital
    together: Counter[tuple[str, str]]  # (English word, Russian stem) in how many pairs

    @classmethod
    def of(cls, cases: Sequence[Case]) -> _Known:
        small: set[str] = set()
        together: Counter[tuple[str, str]] = Counter()
        for case in cases:
            words = _WORD.findall(case.en)
            small.update(word for word in words if word.islower())
            capital = {word.lower() for word in words if word[0].isupper()}
            stems = {_stem(name.text) for name in russian_names(case.ru)}
            together.update((word, stem) for word in capital for stem in stems)
        return cls(frozenset(small), together)

    def counterparts(self, word: str, stem: str) -> bool:
        """Whether the two meet more often than by chance."""
        return self.together[word.lower(), stem] >= OFTEN


def _opposed(case: Case, known: _Known) -> Iterator[tuple[Name, Name]]:
    """English and Russian names that stand in each other's place, each once."""
    strangers = [ru for ru in russian_names(case.ru) if not _heard(ru.text, case.en)]
    if not strangers:
        return
    others = [en for en in english_names(case.en, known.small) if not _echoed(en.text, case.ru)]
    for ru in strangers:
        stem = _stem(ru.text)
        if any(known.counterparts(word, stem) for word in _WORD.findall(case.en) if word[0].isupper()):
            continue
        near = [en for en in others if abs(en.place - ru.place) <= FAR]
        if near:
            en = min(near, key=lambda name: (abs(name.place - ru.place), name.place))
            others.remove(en)
            yield en, ru


def russian_names(text: str) -> list[Name]:
    """Words with a capital inside a sentence that are names of people or places, or unknown."""
    return [
        name
        for name in _capitals(text)
        if re.fullmatch("[А-ЯЁ][а-яё]{2,}", name.text) and _is_russian_name(name.text)
    ]


def english_names(text: str, small: frozenset[str]) -> list[Name]:
    """Words with a capital inside a sentence that stand nowhere without one."""
    return [
        name
        for name in _capitals(text)
        if re.fullmatch("[A-Z][a-z]{2,}", name.text)
        and name.text.lower() not in NOT_NAMES
        and name.text.lower() not in small
    ]


def _capitals(text: str) -> Iterator[Name]:
    for match in _WORD.finditer(text):
        word = re.sub(r"['’]s?$", "", match[0])
        if word[0].isupper() and not _OPENS.search(text[: match.start()]):
            span = Span(match.start(), match.start() + len(word))
            yield Name(word, span, match.start() / len(text))


@cache
def _morphology() -> Any:  # noqa: ANN401 (pymorphy3 has no types)
    import pymorphy3  # 0.1 s and its dictionary: only where a name has to be judged

    return pymorphy3.MorphAnalyzer()


@lru_cache(maxsize=1 << 14)
def _is_russian_name(word: str) -> bool:
    """A surname, a first name or a place; or a word that the dictionary does not know."""
    parse = _morphology().parse(word)[0]
    known = _morphology().word_is_known(word)
    return not known or any(kind in parse.tag for kind in ("Surn", "Name", "Geox"))


@lru_cache(maxsize=1 << 14)
def _forms(word: str) -> tuple[str, ...]:
    """The word as it stands and in its basic form."""
    return word, _morphology().parse(word)[0].normal_form


def _stem(word: str) -> str:
    return _forms(word)[1][:6]


def _heard(ru: str, en: str) -> bool:
    """Whether some English word sounds like a Russian name, or is its translation."""
    words = _WORD.findall(en)
    low = {part for word in words for part in re.split("['’]", word.lower())}
    if any(words & low for stem, words in NAMES.items() if ru.lower().startswith(stem)):
        return True
    joined = [a + b.lower() for a, b in zip(words, words[1:], strict=False) if a[0].isupper()]
    return any(
        alike(_bare(word), form) >= ALIKE for word in (*words, *joined) for form in _forms(ru)
    )


def _echoed(en: str, ru: str) -> bool:
    """Whether some Russian word sounds like an English name, or is its translation."""
    low = en.lower()
    for word in _WORD.findall(ru):
        if word.lower() == low or alike(en, word) >= ALIKE or alike(en, _forms(word)[1]) >= ALIKE:
            return True
        if any(low in words and word.lower().startswith(stem) for stem, words in NAMES.items()):
            return True
    return False


def _bare(word: str) -> str:
    return re.split("['’]", word)[0]


CHECKS: tuple[Check, ...] = (over_document("name-differs", FAMILY, "warning", name_differs),)
