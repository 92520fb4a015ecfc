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
from functools import lru_cache
from itertools import pairwise

from aligner.checks.check import Case, Check, Context, Finding, over_document
from aligner.checks.morphology import analyzer
from aligner.checks.name_table import NAMES, NOT_NAMES, NOT_RUSSIAN_NAMES
from aligner.checks.numbers import FAMILY
from aligner.checks.sound import alike
from aligner.issues import Severity
from aligner.records import Span

ALIKE = 0.7  # below: perhaps another name; of names in clean news 3 % are, of random others 95 %
UNLIKE, NEAR = (
    0.4,
    0.25,
)  # a warning: opposed names less alike than this and this near, in shares of
FAR = 0.5  # the sentence; an advisory: others up to this far apart
SURE = 0.8  # for words without a capital, of which there are many
OFTEN, MOSTLY = 2, 0.6  # pairs, and their share, that make a Russian and an English word partners

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_TABLE_WORDS = frozenset(word for words in NAMES.values() for word in words)
_ADJECTIVE = re.compile("(?:ий|ан|ян|ен)?ский$")  # «Говардский», «уханьский», «австралийский»
_PEOPLE = re.compile("(?:ians?|ans?|ese|ish|ers?)$")  # "Austrian", "Westerners"
_CAPITAL = re.compile(r"\b([A-ZА-ЯЁ][^\W\d_]*)(?:['’]s?\b)?")
_OPENING = frozenset('.!?…:"“”„«»‘—–•(')


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
    Fires: "Angela Merkel said" with «заявила Ангела Джонсон».
    """
    known = _Known.of(context.cases)
    for case in context.cases:
        for en, ru in _opposed(case, known):
            sure = alike(en.text, ru.text) < UNLIKE and abs(en.place - ru.place) <= NEAR
            message = f"{en.text} against {ru.text}"
            if case.src_lang == "ru":
                message = f"{ru.text} against {en.text}"
            level: Severity | None = None if sure else "advisory"
            yield case.index, case.finding(message, (en.span,), (ru.span,), level)


@dataclass(frozen=True, slots=True)
class _Known:
    """What all pairs together say about words."""

    small: frozenset[str]  # English words that stand somewhere without a capital,
    inside: frozenset[str]  # and those with a capital inside a sentence, in lower case
    pairs: Counter[str]  # how many pairs have an English word or a Russian stem,
    together: Counter[tuple[str, str]]  # and how many have both
    sounding: frozenset[str]  # Russian stems that sound like an English word of some pair

    @classmethod
    def of(cls, cases: Sequence[Case]) -> _Known:
        small: set[str] = set()
        inside: set[str] = set()
        pairs: Counter[str] = Counter()
        together: Counter[tuple[str, str]] = Counter()
        sounding: set[str] = set()
        for case in cases:
            small.update(word for word in _WORD.findall(case.en) if word.islower())
            capital = {name.text.lower() for name in _capitals(case.en, opening=True)}
            inside.update(name.text.lower() for name in _capitals(case.en))
            stems = {_stem(name.text): name.text for name in _capitals(case.ru, opening=True)}
            pairs.update(capital | stems.keys())
            sounding.update(
                stem
                for stem, name in stems.items()
                if stem not in sounding and any(_alike(word, name) >= SURE for word in capital)
            )
            together.update((word, stem) for word in capital for stem in stems)
        return cls(frozenset(small), frozenset(inside), pairs, together, frozenset(sounding))

    def counterparts(self, word: str, stem: str) -> bool:
        """Whether most pairs that have one of them have the other, unlike though they sound."""
        if stem in self.sounding:
            return False
        both = self.together[word, stem]
        return both >= OFTEN and both >= MOSTLY * max(self.pairs[word], self.pairs[stem])

    def is_name(self, word: str, opens: bool) -> bool:
        """Whether an English word with a capital is one for a reason of its own."""
        low = word.lower()
        if low in NOT_NAMES or low in self.small:
            return False
        return not opens or low in self.inside or low in _TABLE_WORDS


def _opposed(case: Case, known: _Known) -> Iterator[tuple[Name, Name]]:
    """English and Russian names that stand in each other's place, each once."""
    russian, english = russian_names(case.ru), english_names(case.en, known)
    if not (russian and english):
        return
    strangers = [ru for ru in russian if not _heard(ru, case.en, known)]
    if not strangers:
        return
    paired = _paired(russian, english)
    others = [en for en in english if en.text not in paired and not _echoed(en.text, case.ru)]
    for ru in strangers:
        near = [en for en in others if abs(en.place - ru.place) <= FAR]
        if near:
            en = min(near, key=lambda name: (abs(name.place - ru.place), name.place))
            others = [other for other in others if other.text != en.text]
            yield en, ru


def _paired(russian: Sequence[Name], english: Sequence[Name]) -> set[str]:
    """The English names that a Russian one sounds like, each Russian one taken once."""
    scores = sorted(
        (
            (-_alike(en.text, ru.text), _forms(ru.text)[1], en.text)
            for ru in russian
            for en in english
        ),
    )
    taken: set[str] = set()
    paired: set[str] = set()
    for score, form, word in scores:
        if -score >= ALIKE and form not in taken and word not in paired:
            taken.add(form)
            paired.add(word)
    return paired


def russian_names(text: str) -> list[Name]:
    """Words with a capital inside a sentence that are names of people or places, or unknown."""
    return [
        name
        for name in _capitals(text)
        if re.fullmatch("[А-ЯЁ][а-яё]{2,}", name.text)
        and _is_russian_name(name.text)
        and text[name.span.stop : name.span.stop + 1] != "-"  # «Юго-Восточной», «Советско-»
    ]


def english_names(text: str, known: _Known) -> list[Name]:
    """Words with a capital that are names as far as the document or the table tells."""
    inside = {name.span for name in _capitals(text)}
    return [
        name
        for name in _capitals(text, opening=True)
        if (re.fullmatch("[A-Z][a-z]{2,}", name.text) or name.text.lower() in _TABLE_WORDS)
        and known.is_name(name.text, opens=name.span not in inside)
    ]


def _capitals(text: str, opening: bool = False) -> Iterator[Name]:
    """Words with a capital, those that open a sentence only if asked for."""
    for match in _CAPITAL.finditer(text):
        start, word = match.start(), match[1]
        if opening or not _opens(text, start):
            yield Name(word, Span(start, start + len(word)), start / len(text))


def _opens(text: str, at: int) -> bool:
    """Whether a word at this place has its capital because a sentence or a quotation opens."""
    before = text[max(0, at - 3) : at].rstrip()
    return not before or before[-1] in _OPENING


@lru_cache(maxsize=1 << 14)
def _is_russian_name(word: str) -> bool:
    """A surname, a first name or a place; or a word that the dictionary does not know."""
    if not analyzer().word_is_known(word):
        return True
    if word in NOT_RUSSIAN_NAMES:
        return False
    parses = analyzer().parse(word)
    return "ADJF" not in parses[0].tag and any(
        kind in parse.tag for parse in parses for kind in ("Surn", "Name", "Geox")
    )


@lru_cache(maxsize=1 << 14)
def _forms(word: str) -> tuple[str, ...]:
    """The word as it stands, in its basic form, and, of an adjective, the name it is made of."""
    normal = analyzer().parse(word)[0].normal_form
    return tuple(dict.fromkeys((word, normal, _ADJECTIVE.sub("", normal))))


def _stem(word: str) -> str:
    return _forms(word)[1][:6]


def _alike(en: str, ru: str) -> float:
    """How alike they sound in whatever form; the endings of peoples and adjectives aside."""
    words = {en, _PEOPLE.sub("", en)} if len(en) > 5 else {en}
    return max(alike(word, form) for word in words for form in _forms(ru))


def _heard(ru: Name, en: str, known: _Known) -> bool:
    """Whether some English word sounds like a Russian name, is its translation, or its partner."""
    words = [_bare(word) for word in _WORD.findall(en)]
    low = {word.lower() for word in words} | set(re.findall(r"\w+", en.lower()))
    if any(table & low for stem, table in NAMES.items() if ru.text.lower().startswith(stem)):
        return True
    if any(known.counterparts(word, _stem(ru.text)) for word in low):
        return True
    joined = [a + b.lower() for a, b in pairwise(words) if a[0].isupper()]
    capital = [word for word in words if word[0].isupper()]
    if any(_alike(word, ru.text) >= ALIKE for word in (*capital, *joined)):
        return True
    return any(_alike(word, ru.text) >= SURE for word in words)


def _echoed(en: str, ru: str) -> bool:
    """Whether some Russian word is an English name's translation, or the name itself.

    Words without a capital must sound very much like it, and those with one that are names
    were asked before.
    """
    low = en.lower()
    for word in _WORD.findall(ru):
        if word.lower() == low or any(
            low in words and word.lower().startswith(stem) for stem, words in NAMES.items()
        ):
            return True
        if _alike(en, word) >= (SURE if word.islower() or _is_russian_name(word) else ALIKE):
            return True
    return False


def _bare(word: str) -> str:
    """Without what an apostrophe adds: "China's", "O'Flynn"."""
    return max(re.split("['’]", word), key=len)


CHECKS: tuple[Check, ...] = (over_document("name-differs", FAMILY, "warning", name_differs),)
