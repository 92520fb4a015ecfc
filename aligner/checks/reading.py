"""All numbers, dates and times of a text, in order, each with its unit.

Puts together what `number_reading` and `date_reading` see at each place. The last few
texts are remembered, since several checks ask about the same pair.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from itertools import product

from aligner.checks import date_reading, number_reading
from aligner.checks.mentions import Mention, Strength, Unsupported, number, unsupported
from aligner.checks.number_reading import Place
from aligner.checks.number_words_en import ENGLISH
from aligner.checks.number_words_ru import RUSSIAN
from aligner.checks.tokens import Token, tokens
from aligner.checks.units import UNITS
from aligner.records import Span

_READERS = (*date_reading.READERS, *number_reading.READERS)


@lru_cache(maxsize=256)
def mentions(text: str, lang: str) -> tuple[Mention, ...]:
    """What a text mentions, in order."""
    found: list[Mention] = []
    words = tokens(text)
    lexicon = RUSSIAN if lang == "ru" else ENGLISH
    at = 0
    while at < len(words):
        place = Place(words, at, lexicon)
        for read in _READERS:
            hit = read(place)
            if hit is not None:
                found.append(_with_unit(hit[0], words, hit[1]))
                at = hit[1]
                break
        else:
            at += 1
    return tuple(_composed(found, text))


@lru_cache(maxsize=256)
def one_sided(src: str, src_lang: str, tgt: str, tgt_lang: str) -> Unsupported:
    """What each text of a pair mentions and the other does not."""
    return unsupported(mentions(src, src_lang), mentions(tgt, tgt_lang))


_BETWEEN = 2  # words that may stand between a number and its unit: "5 more people", "5 square km"


def _with_unit(mention: Mention, words: tuple[Token, ...], stop: int) -> Mention:
    if mention.unit or mention.sort != "number":
        return mention
    for token in words[stop : stop + 1 + _BETWEEN]:
        word = "°" + token.low if words[stop].text == "°" and token.text != "°" else token.low
        if word in UNITS:
            return replace(mention, unit=UNITS[word].name)
        if token.kind == "literal" or token.text in ",.;:()":
            break
    return mention


def _composed(found: Iterable[Mention], text: str) -> list[Mention]:
    """Numbers that continue each other joined: «1 миллион 250 тысяч», "2 1/2"."""
    result: list[Mention] = []
    for mention in found:
        if result and (joined := _joined(result[-1], mention, text)) is not None:
            result[-1] = joined
        else:
            result.append(mention)
    return result


def _joined(first: Mention, second: Mention, text: str) -> Mention | None:
    between = text[first.span.stop : second.span.start]
    if between.strip(" \u00a0\u202f") or not between or {first.sort, second.sort} != {"number"}:
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
