"""One name, two spellings: «Тедрос» here and «Тедрус» there for the same "Tedros".

Of each English word with a capital the Russian word with a capital that sounds most like it
is taken, pair by pair. Two Russian words are one spelling when they share a basic form, or
differ in case endings only. Nothing is said of a name that sounds like none, nor of names that
two people may have in two ways (Michael: Майкл, Михаэль), unless the document is all but decided.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from aligner.checks.check import Case, Context, Finding, over_document
from aligner.checks.morphology import forms
from aligner.checks.sound import alike
from aligner.records import Span

ALIKE = 0.75  # in sound; from here on it is the same name and no other
SPELT_ALIKE = 60  # two spellings of one name share so much: not «Георг» and «Джордж»; in percent
_ADJECTIVE = re.compile(r"ск(?:ий|ого|ому|им|ом|ая|ой|ую|ое|ие|их|ими)$")
_ENGLISH = re.compile(r"(?<![\w'’-])[A-Z][a-z]{3,}(?![\w-])")
_RUSSIAN = re.compile(r"(?<![\w-])[А-ЯЁ][а-яё]{3,}(?![\w-])")
_ENDINGS = frozenset(  # of nouns and of surnames that are adjectives
    " а у ом е ы ой ою и ю я ем ей ею ь й ью ам ами ах ям ями ях ов ев ым ого ому ый ий ая ую их ых"
    " ым ыми ими им ёв ём ен".split(" ")
)


@dataclass(frozen=True, slots=True)
class Use:
    """A Russian word that stands for an English name in a pair."""

    case: Case
    en: Span
    ru: Span

    @property
    def word(self) -> str:
        return self.case.ru[self.ru.start : self.ru.stop]


def name_spelling(context: Context) -> Iterator[tuple[int, Finding]]:
    """A name is spelt in two ways in the target.

    Fires at the rarer spelling: «Тедрус» where other pairs have «Тедрос» for "Tedros".
    Not: case endings («Трампа», «Трампом»), names that only one pair has, English targets.
    """
    for name, uses in _uses(context).items():
        spellings = _spellings(uses)
        usual = max(spellings, key=len)
        for spelling in spellings:
            if len(usual) > len(spelling) and _variants(spelling[0].word, usual[0].word):
                message = f"“{name}” is {usual[0].word} elsewhere (pair {usual[0].case.index + 1})"
                for use in spelling:
                    finding = use.case.finding(f"{use.word}: {message}", (use.en,), (use.ru,))
                    yield use.case.index, finding


def _variants(one: str, two: str) -> bool:
    from rapidfuzz.fuzz import ratio

    return ratio(one.lower(), two.lower()) >= SPELT_ALIKE


def _uses(context: Context) -> dict[str, list[Use]]:
    """Names that several pairs have, with what stands for them."""
    found: dict[str, list[Use]] = defaultdict(list)
    common = {word for case in context.cases for word in re.findall(r"\b[a-z]{4,}", case.en)}
    for case in context.cases:
        if case.tgt_lang == "ru" and case.src_lang == "en":
            for use, name in _in_pair(case):
                if name.lower() not in common:
                    found[name].append(use)
    return {name: uses for name, uses in found.items() if len(uses) > 1}


def _in_pair(case: Case) -> Iterator[tuple[Use, str]]:
    russian = [word for word in _RUSSIAN.finditer(case.ru) if not _ADJECTIVE.search(word[0])]
    for match in _ENGLISH.finditer(case.en):
        best = max(russian, key=lambda word: alike(match[0], word[0]), default=None)
        if best is not None and alike(match[0], best[0]) >= ALIKE:
            yield Use(case, Span(*match.span()), Span(*best.span())), match[0]


def _spellings(uses: list[Use]) -> list[list[Use]]:
    """The uses, those of one spelling together, in the order of the text."""
    groups: list[list[Use]] = []
    for use in uses:
        for group in groups:
            if any(_one_spelling(use.word, other.word) for other in group):
                group.append(use)
                break
        else:
            groups.append([use])
    return groups


def _one_spelling(one: str, two: str) -> bool:
    """Whether two words are forms of one. Example: «Павел», «Павла»; not «Смит», «Смитт»"""
    here, there = (word.lower().replace("ё", "е") for word in (one, two))
    if here == there or forms(here, "ru") & forms(there, "ru"):
        return True
    beside = zip(here, there, strict=False)
    stem = len(list(takewhile(lambda letters: letters[0] == letters[1], beside)))
    return stem >= 3 and here[stem:] in _ENDINGS and there[stem:] in _ENDINGS


# An advisory: in clean news each of 6 findings in 1,007 pairs was true, and hardly one matters.
CHECKS = (over_document("name-spelling", "consistency", "advisory", name_spelling),)
