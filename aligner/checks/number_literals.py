"""Numbers in digits as values: grouping and decimals by locale, scale words, decades, fractions.

    "1,250.50", «1250,50», «1 250,50»      1250.5
    "1,250"                                1250 or 1.25
    "$5.2bn", «5,2 млрд»                   5200000000
    "1990s", «90-е»                        1990 or 90
    "5–10 million"                         the five may be millions too

Deliberately not read: the sign (a minus cannot be told from a dash).
"""

from __future__ import annotations

import re
from decimal import Decimal

from aligner.checks.lexicon import HALF
from aligner.checks.mentions import Mention, Reading, Strength, number
from aligner.checks.place import Found, Place
from aligner.checks.tokens import Token


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
    weak = (
        in_word
        or token.text in ("0", "1")
        or (after is not None and after.glued and _begins_word(after))
    )
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
