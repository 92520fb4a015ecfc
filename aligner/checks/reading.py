"""All numbers, dates and times of a text, in order, each with its unit.

Puts together what `number_reading` and `date_reading` see at each place. What was
read is remembered, since several checks ask about the same pair.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from itertools import product

from aligner.checks import date_reading, number_reading
from aligner.checks.lexicon import Lexicon
from aligner.checks.mentions import Mention, Strength, Unsupported, number, unsupported
from aligner.checks.number_literals import FRACTIONS
from aligner.checks.number_words_en import ENGLISH
from aligner.checks.number_words_ru import RUSSIAN
from aligner.checks.place import Place
from aligner.checks.tokens import Token, tokens
from aligner.checks.units import unit_of
from aligner.records import Span

_REMEMBERED = 1 << 15  # checks go over all pairs one after another; results are small
_READERS = (*date_reading.READERS, *number_reading.READERS)


@lru_cache(maxsize=_REMEMBERED)
def mentions(text: str, lang: str) -> tuple[Mention, ...]:
    """What a text mentions, in order."""
    found: list[Mention] = []
    words = tokens(text)
    lexicon = RUSSIAN if lang == "ru" else ENGLISH
    at = 0
    while at < len(words):
        place = Place(words, at, lexicon)
        for read in _READERS if _may_begin(words[at], lexicon) else ():
            hit = read(place)
            if hit is not None:
                mention = replace(hit[0], in_digits=words[at].kind == "literal")
                found.append(_with_unit(mention, words, hit[1]))
                at = hit[1]
                break
        else:
            at += 1
    return tuple(_ranges_with_units(_composed(found, text), text))


def _may_begin(token: Token, lexicon: Lexicon) -> bool:
    if token.kind == "word":
        return _is_number_word(token.text, lexicon is RUSSIAN)
    return token.kind == "literal" or token.text in FRACTIONS


@lru_cache(maxsize=1 << 16)
def _is_number_word(word: str, russian: bool) -> bool:
    """Whether any reader sees something in this word alone; the most words are seen often."""
    low = word.lower().replace("ё", "е")
    place = Place(
        (Token("word", word, low, 0, len(word), False),), 0, RUSSIAN if russian else ENGLISH
    )
    return low in ("may", "march") or any(read(place) for read in _READERS)


@lru_cache(maxsize=_REMEMBERED)
def one_sided(src: str, src_lang: str, tgt: str, tgt_lang: str) -> Unsupported:
    """What each text of a pair mentions and the other does not."""
    return unsupported(mentions(src, src_lang), mentions(tgt, tgt_lang))


_BETWEEN = 1  # words that may stand between a number and its unit: "5 square miles"


def _with_unit(mention: Mention, words: tuple[Token, ...], stop: int) -> Mention:
    if mention.unit or mention.sort != "number":
        return mention
    for token in words[stop : stop + 1 + _BETWEEN]:
        word = "°" + token.low if words[stop].text == "°" and token.text != "°" else token.low
        unit = unit_of(word)
        if unit is not None and not _is_year(mention):  # «2025 г.» is no weight
            return replace(mention, unit=unit.name)
        if token.kind == "literal" or token.text in ",.;:()":
            break
    return mention


def _is_year(mention: Mention) -> bool:
    first = mention.readings[0][0][1]
    return 1000 <= first <= 2100 and first % 100 != 0


def _composed(found: Iterable[Mention], text: str) -> list[Mention]:
    """Numbers that continue each other joined: «1 миллион 250 тысяч», "2 1/2"."""
    result: list[Mention] = []
    for mention in found:
        if result and (joined := _joined(result[-1], mention, text)) is not None:
            result[-1] = joined
        else:
            result.append(mention)
    return result


_TO = {"-", "–", "—", "to", "or", "and", "до", "или", "и"}


def _ranges_with_units(found: list[Mention], text: str) -> list[Mention]:
    """ "2 to 4 inches": the two are inches too."""
    result = found[:]
    for at in range(len(found) - 2, -1, -1):
        one, next_ = result[at], result[at + 1]
        between = text[one.span.stop : next_.span.start].strip()
        if between in _TO and not one.unit and next_.unit and {one.sort, next_.sort} == {"number"}:
            result[at] = replace(one, unit=next_.unit)
    return result


def _joined(first: Mention, second: Mention, text: str) -> Mention | None:
    between = text[first.span.stop : second.span.start]
    if {first.sort, second.sort} != {"number"}:
        return None
    if first.unit == "foot" and re.fullmatch(r"[- ]?(?:foot|feet|ft)[- ]", between):
        return _feet_and_inches(first, second)
    if between.strip(" \u00a0\u202f") or not between:
        return None
    sums = [
        a + b
        for a, b in product(sorted(first.values()), sorted(second.values()))
        if (0 < b < 1 and a == int(a)) or (a >= 1000 > 0 < b < a and a % 1000 == 0)
    ]
    if not sums or first.strength is Strength.HINT:
        return None
    apart = tuple((*a, *b) for a, b in product(first.readings, second.readings))
    return Mention(
        Span(first.span.start, second.span.stop),
        (*number(*sums), *apart),
        first.strength,
        unit=second.unit,
    )


def _feet_and_inches(feet: Mention, inches: Mention) -> Mention:
    """ "6-foot-6": a length in inches, and two numbers."""
    lengths = [12 * a + b for a, b in product(sorted(feet.values()), sorted(inches.values()))]
    apart = tuple((*a, *b) for a, b in product(feet.readings, inches.readings))
    span = Span(feet.span.start, inches.span.stop)
    return Mention(span, (*number(*lengths), *apart), feet.strength, unit="inch")
