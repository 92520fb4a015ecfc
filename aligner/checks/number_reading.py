"""Numbers in a text as values: digits by locale, scale words, number words, Roman numerals.

    "1,250.50", «1250,50», «1 250,50»      1250.5
    "1,250"                                1250 or 1.25
    "$5.2bn", «5,2 млрд»                   5200000000
    «двадцатью четырьмя тысячами»          24000
    "twenty-first", «21-й», "XXI", «ХХI»   21 (the last typed with Cyrillic letters)
    "1990s", «90-е»                        1990 or 90
    «двухдневный», "half"                  2; 1/2 and more: hints, see `Strength`

Deliberately not read: the sign (a minus cannot be told from a dash), "one" and «один»,
ordinals as anything but their number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from aligner.checks.lexicon import HALF, Lexicon, Values
from aligner.checks.mentions import Mention, Reading, Strength, number
from aligner.checks.number_words_ru import PREFIXED
from aligner.checks.tokens import Token
from aligner.checks.units import unit_inside
from aligner.records import Span

Found = tuple[Mention, int]  # a mention and the index of the token after it


@dataclass(frozen=True, slots=True)
class Place:
    """A token in its text, with the language's words."""

    tokens: Sequence[Token]
    at: int
    lexicon: Lexicon

    def token(self, ahead: int = 0) -> Token | None:
        """The token so many places ahead (behind where negative); None outside the text."""
        at = self.at + ahead
        return self.tokens[at] if 0 <= at < len(self.tokens) else None

    def low(self, ahead: int = 0) -> str:
        """Its text in lower case; "" outside the text."""
        token = self.token(ahead)
        return token.low if token else ""

    def span(self, stop: int) -> Span:
        """From here to before the token at index `stop`."""
        return Span(self.tokens[self.at].start, self.tokens[stop - 1].stop)


def literal(place: Place) -> Found | None:
    """A number in digits, with its scale word: "1,250", "$5bn", «5 тыс.», "90s", "3½"."""
    token = place.token()
    if token is None or token.kind != "literal":
        return None
    values = literal_values(token.text)
    if not values:
        return None
    values, stop = _and_a_half(place, values)
    scaled, stop = _scaled(place, values, stop)
    readings = number(*scaled) if scaled != values else (*number(*values), *_parts(token))
    if scaled == values:
        extra, stop = _decade_or_year(place, values, stop)
        readings = (*readings, *extra)
    return Mention(place.span(stop), readings, _strength(place, token)), stop


def _strength(place: Place, token: Token) -> Strength:
    """Digits in a word ("SaO2", "H1N1") and a lone 0 or 1 may be said otherwise, or not at all."""
    before, after = place.token(-1), place.token(1)
    in_word = token.glued and before is not None and before.kind == "word"
    weak = in_word or token.text in ("0", "1") or (after is not None and after.glued and _begins_word(after))
    return Strength.WORD if weak else Strength.DIGITS


def _begins_word(token: Token) -> bool:
    """ "0ведены": a word that was damaged, not "5m" or "21st"."""
    return token.kind == "word" and len(token.text) > 4


def literal_values(text: str) -> list[Decimal]:
    """What digits with points, commas and spaces can mean; none for a date or a version.

    Example: "1,250" -> [1250, 1.25]; "1.250,50" -> [1250.5]
    """
    bare = re.sub(r"\s", "", text)
    marks = [c for c in bare if not c.isdigit()]
    if not set(marks) <= {".", ","}:
        return []
    if bare.startswith("."):
        return [Decimal("0" + bare)] if len(marks) == 1 else []
    groups = re.split("[.,]", bare)
    whole, tail = "".join(groups[:-1]), groups[-1]
    if not marks:
        return [Decimal(bare)]
    decimal = Decimal(f"{whole}.{tail}")
    together = Decimal("".join(groups))
    grouped = all(len(group) == 3 for group in groups[1:]) and 0 < len(groups[0]) <= 3
    if len(marks) == 1:
        return [together, decimal] if grouped and groups[0] != "0" else [decimal]
    if len(set(marks)) == 2 and marks[-1] not in marks[:-1]:
        return [decimal]
    return [together] if grouped else []


def _parts(token: Token) -> tuple[Reading, ...]:
    """ "12 300" may be 12 and 300."""
    parts = [Decimal(part) for part in token.text.split() if part.isdigit()]
    if len(parts) < 2:
        return ()
    return (tuple(("number", part) for part in parts),)


def _and_a_half(place: Place, values: list[Decimal]) -> tuple[list[Decimal], int]:
    """ "2 and a half", «2 с половиной», "2½": half more, and the index behind it."""
    stop = place.at + 1
    for words in (("and", "a", "half"), ("с", "половиной"), ("½",)):
        if all(place.low(ahead) == word for ahead, word in enumerate(words, start=1)):
            return [value + HALF for value in values], stop + len(words)
    return values, stop


def _scaled(place: Place, values: list[Decimal], stop: int) -> tuple[list[Decimal], int]:
    """The values times the scale that follows them, and where it ends."""
    lexicon = place.lexicon
    after = stop - place.at
    skip = 1 if place.low(after) in ("-", "+") else 0  # "a 5-million fine", "$300+ billion"
    word, token = place.low(after + skip), place.token(after + skip)
    if word in lexicon.scales:
        times = lexicon.scales[word]
        stop += 1 + skip
        following = place.low(stop - place.at)
        if (
            following in lexicon.scales and lexicon.scales[following] > times
        ):  # "50 hundred million"
            times, stop = times * lexicon.scales[following], stop + 1
        elif following == "." and word in ("тыс", "млн", "млрд", "трлн"):
            stop += 1
        return [value * times for value in values], stop
    if word in lexicon.letter_scales and token is not None and token.glued and not skip:
        times = lexicon.letter_scales[word]
        return [*(value * times for value in values), *values], stop + 1
    return _range_scaled(place, values, stop)


_RANGE = {"-", "–", "—", "to", "or", "and", "до", "или", "и"}


def _range_scaled(place: Place, values: list[Decimal], stop: int) -> tuple[list[Decimal], int]:
    """ "5–10 million": the five may be millions too."""
    after = stop - place.at
    other, scale = place.token(after + 1), place.low(after + 2)
    if place.low(after) in _RANGE and other is not None and other.kind == "literal":
        times = place.lexicon.scales.get(scale)
        if times:
            return [*values, *(value * times for value in values)], stop
    return values, stop


_DECADE_ENDING = {"s", "е", "х", "ых", "ые", "м", "ми", "го"}


def _decade_or_year(
    place: Place, values: list[Decimal], stop: int
) -> tuple[tuple[Reading, ...], int]:
    """ "1990s" is «90-е»; the end of "2018–19" is 2019; "'08" is 2008."""
    text = place.tokens[place.at].text
    if not text.isdigit():
        return (), stop
    value = values[0]
    after = stop - place.at
    skip = 1 if place.low(after) in ("-", "'", "’", "–") else 0
    ending = place.token(after + skip)
    if ending is not None and ending.glued and ending.low in _DECADE_ENDING:
        stop += 1 + skip
        if len(text) == 4 and value % 10 == 0:
            century = [value // 100 + 1] if value % 100 == 0 else []  # "the 1800s", «19 век»
            return number(*century or [value % 100]), stop
    if len(text) == 2:
        before, sign = place.token(-2), place.low(-1)
        if sign in ("-", "–", "—", "/") and before is not None and len(before.text) == 4:
            return number(Decimal(before.text[:2] + text)) if before.text.isdigit() else (), stop
        if sign in ("'", "’", "‘") or value % 10 == 0:
            return number(1900 + value, 2000 + value), stop
    return (), stop


FRACTIONS = {"½": "0.5", "¼": "0.25", "¾": "0.75", "⅓": "", "⅔": ""}


def fraction(place: Place) -> Found | None:
    """ "1/2", "½", "2 ½": a fraction, or two numbers with a slash ("24/7", "2018/19")."""
    token = place.token()
    if token is None:
        return None
    if token.text in FRACTIONS:
        value = _vulgar(token.text)
        return Mention(place.span(place.at + 1), number(value), Strength.HINT), place.at + 1
    if token.kind != "literal" or "/" not in token.text or token.text.count("/") != 1:
        return None
    over, under = (Decimal(part) for part in token.text.split("/"))
    readings: tuple[Reading, ...] = ((("number", over), ("number", under)),)
    if under:
        readings = (*readings, *number(over / under))
    if len(token.text) == 7 and token.text[4] == "/":
        century = Decimal(token.text[:2] + token.text[5:])
        readings = (*readings, (("number", over), ("number", century)))
    return Mention(place.span(place.at + 1), readings, Strength.DIGITS), place.at + 1


def _vulgar(sign: str) -> Decimal:
    return {"⅓": Decimal(1) / 3, "⅔": Decimal(2) / 3}.get(sign) or Decimal(FRACTIONS[sign])


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
    strength = Strength.HINT if ordinal or sum_.vague else Strength.WORD
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
    if word in lexicon.ordinals and not (sum_.empty and word in lexicon.hints):
        return sum_.plus(lexicon.ordinals[word]), True
    return None, False


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


READERS: tuple[Callable[[Place], Found | None], ...] = (fraction, literal, spelled, hint, roman)
"""In this order; the first that finds something at a place has it."""
