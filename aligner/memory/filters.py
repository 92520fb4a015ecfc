"""What makes a unit a bad one to keep: one function a reason, each says what it saw.

After OpusFilter (Aulamo, Virpioja, Tiedemann 2020) and Bifixer (Ramírez-Sánchez et al. 2020),
but set so that a translator's work stays. On 13,786 pairs of human translations (news, prose,
a play, bibles, documentation, FLORES, TICO-19) `length` fires once, on a true fault, `numbers` 20
times, nearly all of them inches made centimetres or 3 p.m. made 15:00, `identical` once, on a
quotation in Latin, `language`, `damaged` and `wordless` never.

A filter sees units with two sides; what was left untranslated is kept as it is. What a person
has confirmed no filter is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from aligner.errors import InputError
from aligner.language.script import is_sentence, language_of
from aligner.memory.normal import folded

_NUMBER = re.compile(r"\d+(?:[\u0020\u00a0\u202f\u2009]\d{3}(?!\d))*(?:[.,]\d+)*")
_NOT_DIGIT = re.compile(r"\D")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_STRANGE = {"en": _CYRILLIC, "ru": re.compile("[A-Za-z]")}  # without these the language is right
_SLACK = 10  # characters: "Да." and "Yes, of course." are no fault


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a filter looks at."""

    src: str
    tgt: str
    src_lang: str
    tgt_lang: str
    probability: float


@dataclass(frozen=True, slots=True)
class Limits:
    """Where filters draw the line; InputError for a line that cannot be."""

    min_probability: float = 0.5  # below, the pair is more likely wrong than right
    max_ratio: float = 3.0  # OpusFilter's default

    def __post_init__(self) -> None:
        if not 0 <= self.min_probability <= 1:
            raise InputError(
                f"a least probability of {self.min_probability:g} is not possible: "
                "give a number from 0 to 1"
            )
        if not self.max_ratio >= 1:
            raise InputError(
                f"a largest ratio of lengths of {self.max_ratio:g} is not possible: give 1 or more"
            )


Filter = Callable[[Candidate, Limits], str]
"""What is wrong with a candidate, in a few words; "" if nothing is."""


def probability(unit: Candidate, limits: Limits) -> str:
    """The link is improbable."""
    low = unit.probability < limits.min_probability
    return f"{unit.probability:.2f} is below {limits.min_probability:g}" if low else ""


def wordless(unit: Candidate, limits: Limits) -> str:
    """Neither side has a letter or a digit: "***" and "* * *"."""
    return "" if any(map(str.isalnum, unit.src + unit.tgt)) else "no letter and no digit"


def damaged(unit: Candidate, limits: Limits) -> str:
    """A character was lost when the text was decoded: "�"."""
    count = (unit.src + unit.tgt).count("\ufffd")
    return f"U+FFFD {count} times" if count else ""


def identical(unit: Candidate, limits: Limits) -> str:
    """Both sides are the same, and words: "Click here" and "Click here"; 2024 or XIV may be."""
    if bool(_CYRILLIC.search(unit.src)) != bool(_CYRILLIC.search(unit.tgt)):
        return ""  # nearly always, and quickly seen
    words = any(map(str.islower, unit.src))
    return "both sides are the same" if words and folded(unit.src) == folded(unit.tgt) else ""


def language(unit: Candidate, limits: Limits) -> str:
    """A side is a sentence of the other language."""
    sides = (("source", unit.src, unit.src_lang), ("target", unit.tgt, unit.tgt_lang))
    for side, text, lang in sides:
        strange = _STRANGE.get(lang)
        if strange is None or not strange.search(text):
            continue
        found = language_of(text)
        if found not in (None, lang) and is_sentence(text):
            return f"the {side} is not {lang} but {found}"
    return ""


def length(unit: Candidate, limits: Limits) -> str:
    """One side is several times as long as the other."""
    short, long = sorted((len(unit.src), len(unit.tgt)))
    beyond = long > limits.max_ratio * (short + _SLACK)
    return f"{len(unit.src)} and {len(unit.tgt)} characters" if beyond else ""


def numbers(unit: Candidate, limits: Limits) -> str:
    """Both sides have numbers and not one in common."""
    src, tgt = _numbers(unit.src), _numbers(unit.tgt)
    if not src or not tgt or src & tgt:
        return ""
    return f"{', '.join(sorted(src))} and {', '.join(sorted(tgt))}"


FILTERS: Mapping[str, Filter] = {
    one.__name__: one
    for one in (probability, wordless, damaged, identical, language, length, numbers)
}
"""By name, in the order in which they are asked: the first that objects names the reason."""


def objection(unit: Candidate, limits: Limits, names: frozenset[str]) -> tuple[str, str] | None:
    """The first of these filters that objects to a unit, and what it saw."""
    for name, one in FILTERS.items():
        if name in names and (saw := one(unit, limits)):
            return name, saw
    return None


def _numbers(text: str) -> set[str]:
    """The digits of each number, without marks and leading zeros: 1,250.5 is 1 250,5."""
    return {_NOT_DIGIT.sub("", found).lstrip("0") or "0" for found in _NUMBER.findall(text)}
