"""Numbers in words as values, and all that may stand for a number.

    «двадцатью четырьмя тысячами»          24000
    "twenty-first", «XXI», «ХХI»           21 (the last typed with Cyrillic letters)
    «двухдневный», "half"                  2; 1/2 and more: hints, see `Strength`

Deliberately not read: "one" and «один» (pronouns more often than counts), ordinals as
anything but their number. Numbers in digits are in `number_literals`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from aligner.checks.lexicon import HALF, QUARTER, Lexicon, Values
from aligner.checks.mentions import Mention, Strength, number
from aligner.checks.number_literals import fraction, literal
from aligner.checks.number_words_ru import PREFIXED
from aligner.checks.place import Found, Place, Reader
from aligner.checks.units import unit_inside


def spelled(place: Place) -> Found | None:
    """A number in words: "two hundred and five thousand", «двадцать первого», "a million"."""
    lexicon = place.lexicon
    sum_, stop, ordinal = _Sum(), place.at, False
    while (step := _number_word(place, stop, sum_, lexicon)) is not None:
        sum_, stop, ordinal = step
        if ordinal:
            break
    if sum_.empty:
        return None
    vague = sum_.vague and sum_.value < 1_000_000  # «тысячи людей» is a way of speaking
    strength = Strength.HINT if ordinal or vague else Strength.WORD
    values = [sum_.value]
    if stop < len(place.tokens) and place.tokens[stop].low in _TENS:
        stop += 1
        values = [sum_.value * 10, sum_.value * 12]
    elif place.tokens[stop - 1].low.startswith(_DOZEN):
        values = [sum_.value, sum_.value * 10 / 12]
    return Mention(place.span(stop), number(*values), strength), stop


_DOZEN = ("dozen", "дюжин")  # "over a dozen" is also «более десяти», and «два десятка» "two dozen"
_TENS = {"десятка", "десятков", "десяткам", "десятками", "десятках"}


@dataclass(frozen=True, slots=True)
class _Sum:
    """A number in words as far as it has been read."""

    total: Decimal = Decimal(0)  # closed by a scale
    open: Decimal | None = None  # below a thousand, still growing
    least: Decimal = Decimal(10) ** 18  # the smallest scale so far
    vague: bool = False  # "millions of", «тысячи»: no count

    @property
    def empty(self) -> bool:
        return self.open is None and not self.total

    @property
    def value(self) -> Decimal:
        return self.total + (self.open or 0)

    def plus(self, value: Decimal) -> _Sum | None:
        """With a number word; None where it cannot belong to the same number."""
        if self.open is None:
            return _Sum(self.total, value, self.least, self.vague)
        room = Decimal(100) if self.open % 100 == 0 and self.open else Decimal(10)
        fits = self.open >= 20 and self.open % 10 == 0 and 0 < value < room
        return _Sum(self.total, self.open + value, self.least, self.vague) if fits else None

    def times(self, scale: Decimal, vague: bool) -> _Sum | None:
        """With a scale word behind it."""
        vague = self.vague or (vague and self.open is None)
        if scale == 100 and self.open is not None:
            return _Sum(self.total, self.open * 100, self.least, vague)
        if scale >= self.least:
            return None
        total = self.total + (Decimal(1) if self.open is None else self.open) * scale
        if scale in (100, 12):
            return _Sum(self.total, total - self.total, self.least, vague)
        return _Sum(total, None, scale, vague)


def _number_word(
    place: Place, at: int, sum_: _Sum, lexicon: Lexicon
) -> tuple[_Sum, int, bool] | None:
    """The sum with the word at `at`, the index after it, and whether it was an ordinal."""
    if not sum_.empty:
        word = place.tokens[at].low if at < len(place.tokens) else ""
        if word == "-" or (lexicon.joiner and word == lexicon.joiner and sum_.value >= 100):
            at += 1
    token = place.tokens[at] if at < len(place.tokens) else None
    if token is None or token.kind != "word":
        return None
    grown, ordinal = _grown(sum_, token.low, lexicon)
    return None if grown is None else (grown, at + 1, ordinal)


def _grown(sum_: _Sum, word: str, lexicon: Lexicon) -> tuple[_Sum | None, bool]:
    if word in lexicon.cardinals:
        return sum_.plus(lexicon.cardinals[word]), False
    if word in lexicon.scales:
        return sum_.times(lexicon.scales[word], word in lexicon.plural_scales), False
    if word in lexicon.plural_scales:
        return sum_.times(lexicon.plural_scales[word], vague=True), False
    if word in lexicon.last and not sum_.empty:
        return sum_.plus(lexicon.last[word]), False
    # "twenty first": an ordinal ends a number, and makes one by itself
    if word in lexicon.ordinals and not (
        sum_.empty and (word in lexicon.hints or word in lexicon.decades)
    ):
        return sum_.plus(lexicon.ordinals[word]), True
    return None, False


_PARTS = {("half", "a"): HALF, ("quarter", "of", "a"): QUARTER, ("half", "of", "a"): HALF}


def part_of_scale(place: Place) -> Found | None:
    """ "half a million", "a quarter of a billion"."""
    for words, part in _PARTS.items():
        scale = place.lexicon.scales.get(place.low(len(words)))
        if scale and all(place.low(ahead) == word for ahead, word in enumerate(words)):
            stop = place.at + len(words) + 1
            return Mention(place.span(stop), number(part * scale), Strength.WORD), stop
    return None


def hint(place: Place) -> Found | None:
    """ "decade", «вдвое», «двадцатилетний», "nineties": what the other side may say in digits."""
    token = place.token()
    if token is None or token.kind != "word":
        return None
    word, lexicon = token.low, place.lexicon
    values = [*lexicon.hints.get(word, ())]
    values += _looked_up(word, lexicon.ordinals, lexicon.decades)
    if word in lexicon.decades:
        values += [1900 + lexicon.decades[word]]
    unit = None
    if not values:
        values += _prefixed(word, lexicon)
        unit = unit_inside(word)
    if not values:
        return None
    name = unit.name if unit else ""
    mention = Mention(place.span(place.at + 1), number(*values), Strength.HINT, unit=name)
    return mention, place.at + 1


def _looked_up(word: str, *tables: Values) -> list[Decimal]:
    return [table[word] for table in tables if word in table]


def _prefixed(word: str, lexicon: Lexicon) -> list[Decimal]:
    """«двадцатипятилетний» -> [25]; prefixes add up while they get smaller."""
    total, rest = Decimal(0), word
    while True:
        for prefix, value in lexicon.prefixes:
            if rest.startswith(prefix) and (not total or value < 10 <= total):
                total, rest = total + value, rest[len(prefix) :]
                break
        else:
            break
    whole = total and (rest.startswith(PREFIXED) or word.startswith("дву"))
    return [total] if whole else []


_CYRILLIC_ROMAN = str.maketrans("ХІМСУ", "XIMCV")
_ROMAN = re.compile(r"M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def roman(place: Place) -> Found | None:
    """ "XX", "Louis XIV", «ХХ век» typed with Cyrillic letters; never "I" or "C" alone."""
    token = place.token()
    if token is None or token.kind != "word":
        return None
    text = token.text.translate(_CYRILLIC_ROMAN)
    if not _ROMAN.fullmatch(text) or text in ("I", "C", "D", "M", "L"):
        return None
    digits = [_ROMAN_VALUES[c] for c in text]
    after = [*digits[1:], 0]
    value = sum(-a if a < b else a for a, b in zip(digits, after, strict=True))
    return Mention(place.span(place.at + 1), number(value), Strength.HINT), place.at + 1


READERS: tuple[Reader, ...] = (fraction, literal, part_of_scale, spelled, hint, roman)
"""In this order; the first that finds something at a place has it."""
