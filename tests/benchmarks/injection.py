"""Puts one error into a clean pair, as a translator or a machine might make it.

    number      one digit of a number is another one; its format stays
    scale       million becomes billion, thousand million
    date        another month, or another day or year of a date
    negation    «не», "not" is gone
    name        a name is another one of its kind, in the same case
    sentence    one sentence of the target is gone
    clause      four words or more between two commas, or from one to the end, are gone
    untranslated  a sentence stands in the language of the source
    homoglyph   one letter is its double of the other alphabet
    bracket     one of a pair of brackets is gone

An error goes into the target, and only where the pair has such a thing. The same seed
gives the same errors. The generator shares no code with the checks: it would share
their blind spots.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

from tests.benchmarks.injection_names import INSIDE, Names, in_the_case_of


@dataclass(frozen=True, slots=True)
class Text:
    """A pair to spoil."""

    src: str
    tgt: str
    tgt_lang: str  # "en" or "ru"


Injector = Callable[[Text, Random, Names], str | None]

DIGITS = re.compile(r"\d+(?:[.,\u00a0 ]\d+)*")
MONTHS_RU = (
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()
)
MONTHS_EN = (
    "January February March April May June July August September October November December".split()
)
MONTHS = {"ru": MONTHS_RU, "en": MONTHS_EN}
ANY_MONTH = f"(?:{'|'.join(MONTHS_RU + MONTHS_EN)})"
DATE = re.compile(
    rf"(?P<day>\b\d{{1,2}})\s+(?P<month>{ANY_MONTH})(?:,?\s+(?P<year>\d{{4}}))?"
    rf"|(?P<month2>\b{ANY_MONTH})\s+(?P<day2>\d{{1,2}})\b(?:,\s+(?P<year2>\d{{4}}))?"
    rf"|(?P<month3>\b{ANY_MONTH})\s+(?P<year3>\d{{4}})"
)


def number(text: Text, random: Random, names: Names) -> str | None:
    """ "1,250" -> "1,850": a digit changes; dates are left to `date`."""
    dates = [range(*match.span()) for match in DATE.finditer(text.tgt)]
    found = [
        match
        for match in DIGITS.finditer(text.tgt)
        if not any(match.start() in one for one in dates) and _stands_alone(text.tgt, match)
    ]
    if not found:
        return None
    return _with_another_number(text, random.choice(found), random)


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    """Not a part of a word, an address or a code."""
    before, after = text[: match.start()][-1:], text[match.end() :][:1]
    return not (before.isalpha() or before in ("/", ".", "@", "_") or after in ("/", "@", "_"))


def _with_another_number(text: Text, match: re.Match[str], random: Random) -> str | None:
    """One digit of the match changed, to a number that stands nowhere in the pair."""
    known = set(re.findall(r"\d+", text.src + " " + text.tgt))
    for _ in range(20):
        digits = list(match[0])
        at = random.choice([i for i, c in enumerate(digits) if c.isdigit()])
        digits[at] = random.choice("123456789" if at == 0 else "0123456789")
        changed = "".join(digits)
        if changed != match[0] and not set(re.findall(r"\d+", changed)) <= known:
            return text.tgt[: match.start()] + changed + text.tgt[match.end() :]
    return None


SCALES: tuple[tuple[str, str], ...] = (
    (r"(?<=\d[ \u00a0])млн\b", "млрд"),
    (r"(?<=\d[ \u00a0])млрд\b", "млн"),
    (r"\bмиллион(?=(?:а|ов|у|ом|ами|ам)?\b)", "миллиард"),
    (r"\bмиллиард(?=(?:а|ов|у|ом|ами|ам)?\b)", "миллион"),
    (r"(?<=\d[ \u00a0])тыс\b", "млн"),
    (r"(?<=\d[ \u00a0])тысяч\b", "миллионов"),
    (r"(?<=\d[ \u00a0])тысячи\b", "миллиона"),
    (r"\bmillion\b", "billion"),
    (r"\bbillion\b", "million"),
    (r"\bthousand\b", "million"),
    (r"(?<=\d)bn\b", "m"),
)


def scale(text: Text, random: Random, names: Names) -> str | None:
    """«5 млн» -> «5 млрд»; only where the source names a scale or has that many digits."""
    found = [
        (match, new) for old, new in SCALES for match in re.finditer(old, text.tgt, re.IGNORECASE)
    ]
    if not found:
        return None
    match, new = random.choice(found)
    return text.tgt[: match.start()] + new + text.tgt[match.end() :]


def date(text: Text, random: Random, names: Names) -> str | None:
    """«12 марта 2025» -> «12 июля 2025», «17 марта 2025», «12 марта 2021»."""
    found = list(DATE.finditer(text.tgt))
    if not found:
        return None
    match = random.choice(found)
    part = random.choice(sorted(name for name, value in match.groupdict().items() if value))
    start, stop = match.span(part)
    if part.startswith("month"):
        other = [one for one in MONTHS[text.tgt_lang] if one != match[part]]
        return text.tgt[:start] + random.choice(other) + text.tgt[stop:]
    first, last = (1, 28) if part.startswith("day") else (1950, 2025)
    known = set(re.findall(r"\d+", text.src)) | {match[part].lstrip("0")}
    other = [str(number) for number in range(first, last + 1) if str(number) not in known]
    return text.tgt[:start] + random.choice(other) + text.tgt[stop:]


NEGATION_EN = re.compile(
    r"\b(?:not|never)\b |n't\b|n’t\b|\bno\b (?=\w)|\bcan(?=not\b)", re.IGNORECASE
)
NEGATION_RU = re.compile(r"\bне (?=\w)", re.IGNORECASE)


def negation(text: Text, random: Random, names: Names) -> str | None:
    """«не » is gone, where the source denies too."""
    there, here = (
        (NEGATION_EN, NEGATION_RU) if text.tgt_lang == "ru" else (NEGATION_RU, NEGATION_EN)
    )
    found = list(here.finditer(text.tgt))
    if not found or not there.search(text.src):
        return None
    match = random.choice(found)
    rest = text.tgt[: match.start()] + text.tgt[match.end() :]
    return rest[:1].upper() + rest[1:] if match.start() == 0 else rest


WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def name(text: Text, random: Random, names: Names) -> str | None:
    """«Меркель» -> «Макрона»: another name of its kind, in the case of the first."""
    found = [
        (match, kind)
        for match in INSIDE.finditer(text.tgt)
        if names.by_kind.get((text.tgt_lang, kind := names.kind(match[0], text.tgt_lang)))
    ]
    if not found:
        return None
    match, kind = random.choice(found)
    for _ in range(20):
        other = random.choice(names.by_kind[text.tgt_lang, kind])
        new = in_the_case_of(match[0], other, kind) if text.tgt_lang == "ru" else other
        if new and new[:3].lower() != match[0][:3].lower() and new[:4] not in text.tgt + text.src:
            return text.tgt[: match.start()] + new + text.tgt[match.end() :]
    return None


SENTENCE = re.compile(r"(?<=[.!?…»”\"])\s+(?=[«“\"A-ZА-ЯЁ—–-])")


def sentence(text: Text, random: Random, names: Names) -> str | None:
    """One of several sentences of the target is gone; none is shorter than 20 letters."""
    parts = SENTENCE.split(text.tgt)
    if len(parts) < 2 or min(map(len, parts)) < 20 or len(SENTENCE.split(text.src)) < 2:
        return None
    gone = random.randrange(len(parts))
    return " ".join(parts[:gone] + parts[gone + 1 :])


CLAUSE = re.compile(r"[,;—–] [^,;—–()«»\"“”.!?:]{15,}(?=[,;—–.!?])")


def clause(text: Text, random: Random, names: Names) -> str | None:
    """Words between two commas are gone: a fifth of the text or more, never more than half."""
    found = [
        match
        for match in CLAUSE.finditer(text.tgt)
        if len(WORD.findall(match[0])) >= 4 and 0.2 <= len(match[0]) / len(text.tgt) <= 0.5
    ]
    if not found:
        return None
    match = random.choice(found)
    return (text.tgt[: match.start()] + text.tgt[match.end() :]).rstrip()


def untranslated(text: Text, random: Random, names: Names) -> str | None:
    """A sentence of the target is the source's: all of it, or one of as many."""
    src, tgt = SENTENCE.split(text.src), SENTENCE.split(text.tgt)
    if len(WORD.findall(text.src)) < 3:
        return None
    if len(src) != len(tgt):
        return text.src
    at = random.randrange(len(src))
    return " ".join([*tgt[:at], src[at], *tgt[at + 1 :]])


TWINS = dict(zip("асеорхуАСЕОРХВНКМТ", "aceopxyACEOPXBHKMT", strict=True))
TWINS_BACK = {latin: cyrillic for cyrillic, latin in TWINS.items()}


def homoglyph(text: Text, random: Random, names: Names) -> str | None:
    """One letter of a word of four letters or more is of the other alphabet."""
    twins = TWINS if text.tgt_lang == "ru" else TWINS_BACK
    alphabet = re.compile("[а-яё]{4,}" if text.tgt_lang == "ru" else "[a-z]{4,}", re.IGNORECASE)
    places = [
        match.start() + offset
        for match in alphabet.finditer(text.tgt)
        for offset, letter in enumerate(match[0])
        if letter in twins
    ]
    if not places:
        return None
    at = random.choice(places)
    return text.tgt[:at] + twins[text.tgt[at]] + text.tgt[at + 1 :]


def bracket(text: Text, random: Random, names: Names) -> str | None:
    """One of a pair of brackets is gone."""
    places = [match.start() for match in re.finditer(r"[()\[\]]", text.tgt)]
    if not places or text.tgt.count("(") != text.tgt.count(")"):
        return None
    at = random.choice(places)
    return text.tgt[:at] + text.tgt[at + 1 :]


INJECTORS: Mapping[str, Injector] = {
    "number": number,
    "scale": scale,
    "date": date,
    "negation": negation,
    "name": name,
    "sentence": sentence,
    "clause": clause,
    "untranslated": untranslated,
    "homoglyph": homoglyph,
    "bracket": bracket,
}


def injected(kind: str, text: Text, seed: str, names: Names) -> str | None:
    """The target with one error of a kind; None where the pair has no place for it."""
    spoiled = INJECTORS[kind](text, Random(f"{kind} {seed} {text.tgt}"), names)
    return None if spoiled == text.tgt else spoiled
