"""All forms of a word: what else a reader means who looks for one.

Russian forms come from pymorphy3's dictionary, for each word that the given form may belong to
(«стали» is of «стать» and of «сталь»). English ones come from the rules of regular words,
without a dictionary: "went" does not find "go", and "rated" finds "rat" besides "rate". Forms are
in lower case, both with ё and with е, since texts have either.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pymorphy3 import MorphAnalyzer

_CYRILLIC = re.compile(r"[а-яё]+")
_LATIN = re.compile(r"[a-z]+")
_LEAST = 0.05  # probability of a reading; «мая» is hardly ever a form of «мой»
_VOWELS = "aeiou"
_SIBILANTS = ("s", "x", "z", "ch", "sh")


def forms_of(word: str) -> frozenset[str]:
    """The forms of a word, itself among them. Example: "cat" -> cat, cats, catted, catting"""
    lower = word.lower()
    if _CYRILLIC.fullmatch(lower):
        found = _russian(lower)
    elif _LATIN.fullmatch(lower) and len(lower) > 2:  # "it" is not "its"
        found = _english(lower)
    else:
        found = frozenset()
    both = found | {lower} | {form.replace("ё", "е") for form in found | {lower}}
    return frozenset(both)


def _russian(word: str) -> frozenset[str]:
    readings = _analyzer().parse(word)
    likely = [one for one in readings if one.score >= _LEAST] or readings[:1]
    return frozenset(form.word for reading in likely for form in reading.lexeme)


@cache
def _analyzer() -> MorphAnalyzer:
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer()


def _english(word: str) -> frozenset[str]:
    """The forms of every regular base that the word may be a form of."""
    return frozenset(form for base in _bases(word) for form in _inflected(base))


def _bases(word: str) -> set[str]:
    """Words that this may be a form of; many are no words, and then no text has them."""
    bases = {word}
    for ending, least in (("ies", 5), ("ied", 5)):
        if word.endswith(ending) and len(word) >= least:
            bases.add(word[: -len(ending)] + "y")
    if word.endswith("es") and word[:-2].endswith(_SIBILANTS):
        bases |= {word[:-2], word[:-1]}
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        bases.add(word[:-1])
    for ending in ("ed", "ing"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= 3:
            bases |= {stem, stem + "e"}
            if stem[-1] == stem[-2] and stem[-1] not in _VOWELS + "ls":
                bases.add(stem[:-1])
    return bases


def _inflected(base: str) -> set[str]:
    """base, bases, based, basing."""
    if base.endswith("y") and base[-2:-1] not in _VOWELS:
        return {base, base[:-1] + "ies", base[:-1] + "ied", base + "ing"}
    if base.endswith("e"):
        return {base, base + "s", base + "d", base[:-1] + "ing"}
    plural = base + ("es" if base.endswith(_SIBILANTS) else "s")
    forms = {base, plural, base + "ed", base + "ing"}
    if re.search(r"[^aeiou][aeiou][^aeiouwxy]$", base):  # stop, stopped
        forms |= {base + base[-1] + "ed", base + base[-1] + "ing"}
    return forms
