"""Dates and times in a text: months, weekdays, dates in digits, times of day.

    "12 March 2025", «12 марта 2025 г.»   number 12, month 3, number 2025: three mentions
    "12.03.2025", "3/12/25"               one mention, day first or month first
    "3:30 pm", «15:30», «3:30 дня»        930 minutes since midnight (or 210, without "pm")
    "noon", «полночь»                     a hint at 12:00, 0:00

"may" and "march" in lower case are verbs and no months. Era ("BC") and time zone are not
read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from aligner.checks.mentions import Atom, Mention, Reading, Sort, Strength
from aligner.checks.place import Found, Place, Reader
from aligner.checks.tokens import Token
from aligner.checks.units import unit_of

MONTHS_EN = {
    name: month
    for month, names in enumerate(
        """January Jan|February Feb|March Mar|April Apr|May|June Jun|July Jul|August Aug|
        September Sept Sep|October Oct|November Nov|December Dec""".split("|"),
        start=1,
    )
    for name in names.split()
}
_SOFT = ("ь", "я", "ю", "е", "ем", "и", "ей", "ям", "ями", "ях", "")
_HARD = ("", "а", "у", "е", "ом", "ы")
_MONTH_STEMS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("январ янв", _SOFT), ("феврал фев февр", _SOFT), ("март мар", _HARD), ("апрел апр", _SOFT),
    ("ма", ("й", "я", "ю", "ем", "е")), ("июн", _SOFT), ("июл", _SOFT), ("август авг", _HARD),
    ("сентябр сент сен", _SOFT), ("октябр окт", _SOFT), ("ноябр", _SOFT), ("декабр дек", _SOFT),
)  # fmt: skip
_NO_MONTH = {"мара", "мару", "маре", "маром", "мары", "деке", "сени", "сене", "сеню"}  # words
MONTHS_RU = {
    stem + ending: month
    for month, (stems, endings) in enumerate(_MONTH_STEMS, start=1)
    for stem in stems.split()
    for ending in endings
    if stem + ending not in _NO_MONTH
}
WEEKDAYS_EN = {
    name: day
    for day, name in enumerate(
        ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"), start=1
    )
}
_WEEKDAY_STEMS = (
    "понедельник понедельника понедельнику понедельником понедельники понедельникам",
    "вторник вторника вторнику вторником вторники вторникам",
    "среду среды среде средам",
    "четверг четверга четвергу четвергом четверги четвергам",
    "пятница пятницу пятницы пятнице пятницей пятницам",
    "суббота субботу субботы субботе субботой субботам",
    "воскресенье воскресенья воскресенью воскресеньем воскресеньям воскресный",
)
WEEKDAYS_RU = {word: day for day, words in enumerate(_WEEKDAY_STEMS, 1) for word in words.split()}


_DATE = re.compile(r"(\d{4}(?=-)|\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d\d)")


def date_in_digits(place: Place) -> Found | None:
    """ "12.03.2025", "2025-03-12", "3/12/25": day first or month first, whatever is possible."""
    token = place.token()
    if token is None or token.kind != "literal":
        return None
    match = _DATE.fullmatch(token.text)
    if match is None:
        return None
    first, second, third = int(match[1]), int(match[3]), int(match[4])
    orders = (
        [(third, second, first)]
        if len(match[1]) == 4
        else [(first, second, third), (second, first, third)]
    )
    readings = tuple(_date(*order) for order in orders if order[0] <= 31 and 1 <= order[1] <= 12)
    parts: Reading = tuple(("number", Decimal(part)) for part in (first, second, third))
    at = place.at + 1
    return Mention(place.span(at), (*readings, parts), Strength.DIGITS, "date"), at


def _date(day: int, month: int, year: int) -> Reading:
    if year < 100:
        year += 2000 if year < 50 else 1900
    return ("number", Decimal(day)), ("month", Decimal(month)), ("number", Decimal(year))


def month(place: Place) -> Found | None:
    """ "March", «марта»: sure beside a day or a year, or else only a word."""
    token = place.token()
    if token is None or token.kind != "word":
        return None
    value = MONTHS_EN.get(
        token.text.capitalize() if token.text.isupper() else token.text
    ) or MONTHS_RU.get(token.low)
    if not value:
        return None
    beside = any(
        near is not None and near.kind == "literal"
        for near in (place.token(-1), place.token(1), _behind_mark(place))
    )
    if token.low in ("may", "march") and not beside and not _is_name(place, token):
        return None
    strength = Strength.DIGITS if beside else Strength.WORD
    readings: tuple[Reading, ...] = ((("month", Decimal(value)),),)
    return Mention(place.span(place.at + 1), readings, strength, "date"), place.at + 1


def _behind_mark(place: Place) -> Token | None:
    """The token after a point, a comma or an ordinal's ending: "Sept. 5", "2nd of March"."""
    if place.low(1) in (".", ","):
        return place.token(2)
    return place.token(-2) if place.low(-1) in ("st", "nd", "rd", "th", "of") else None


def _is_name(place: Place, token: Token) -> bool:
    """ "in May", "March data": not the verbs, which have a small letter or open a sentence."""
    inside = place.token(-1) is not None and place.low(-1) not in (".", "!", "?", '"', "“", "‘")
    return token.text[0].isupper() and inside


def weekday(place: Place) -> Found | None:
    """ "Tuesday", «во вторник»."""
    token = place.token()
    if token is None or token.kind != "word":
        return None
    value = WEEKDAYS_EN.get(token.low) or WEEKDAYS_RU.get(token.low)
    if not value:
        return None
    readings: tuple[Reading, ...] = ((("weekday", Decimal(value)),),)
    return Mention(place.span(place.at + 1), readings, Strength.WORD, "weekday"), place.at + 1


_CLOCK = re.compile(r"(\d{1,2}):(\d\d)(?::(\d\d))?")


def clock(place: Place) -> Found | None:
    """ "15:30", "3:30 pm", «3:30 дня»; or a score or a ratio of the two numbers."""
    token = place.token()
    match = _CLOCK.fullmatch(token.text) if token is not None and token.kind == "literal" else None
    if match is None:
        return None
    hours, minutes = int(match[1]), int(match[2])
    stop, half = _half_of_day(place, place.at + 1)
    parts: Reading = tuple(("number", Decimal(part)) for part in match.groups() if part)
    readings = tuple((atom,) for atom in _minutes(hours, minutes, half))
    if not minutes:
        readings = (*readings, (("number", Decimal(hours)),))
    return Mention(place.span(stop), (*readings, parts), Strength.DIGITS, "time"), stop


def hour(place: Place) -> Found | None:
    """ "3 pm", "3.30pm", «15 часов», «в 3 часа дня», «15.30»."""
    token = place.token()
    match = re.fullmatch(r"(\d{1,2})(?:\.([0-5]\d))?", token.text) if token is not None else None
    if match is None or token is None or token.kind != "literal" or int(match[1]) > 24:
        return None
    hours, minutes = int(match[1]), int(match[2] or 0)
    stop, half = _half_of_day(place, place.at + 1)
    if stop == place.at + 1 and not place.low(1).startswith("час") and not _after_at(place):
        return None
    number = Decimal(token.text)
    readings: list[Reading] = [(("number", number),)]
    readings += [(atom,) for atom in _minutes(hours, minutes, half)]
    if not minutes:  # "3 pm" is also «в 15» and «в 3»
        readings += [(("number", value // 60),) for _, value in _minutes(hours, 0, half)]
    if place.low(1) == "дня":  # «4 дня» is four days more often than four in the afternoon
        stop = place.at + 1
        return Mention(place.span(stop), tuple(readings), Strength.DIGITS, unit="day"), stop
    sort: Sort = "time" if half is not None else "number"
    return Mention(place.span(stop), tuple(readings), Strength.DIGITS, sort, "hour"), stop


def _after_at(place: Place) -> bool:
    """ "at 5", not "at 12 miles per hour"."""
    return place.low(-1) == "at" and unit_of(place.low(1)) is None


def clock_without_colon(place: Place) -> Found | None:
    """ "1200 GMT", "0930 hours": may be «12:00»."""
    token = place.token()
    match = re.fullmatch(r"([01]\d|2[0-4])([0-5]\d)", token.text) if token is not None else None
    if match is None or place.low(1) not in ("gmt", "utc", "bst", "est", "hours", "hrs"):
        return None
    minutes = tuple((atom,) for atom in _minutes(int(match[1]), int(match[2]), None))
    readings: tuple[Reading, ...] = ((("number", Decimal(match[0])),), *minutes)
    return Mention(place.span(place.at + 1), readings, Strength.DIGITS, "time"), place.at + 1


def _half_of_day(place: Place, stop: int) -> tuple[int, str | None]:
    """Where "p.m." or «дня» ends, if it follows, and which half of the day it is."""
    ahead = stop - place.at
    words = [place.low(ahead + i) for i in range(4)]
    if words[0] in ("am", "pm"):
        return stop + 1, words[0]
    if words[0] in ("a", "p") and words[1:3] == [".", "m"]:
        return stop + 3 + (words[3] == "."), words[0] + "m"
    skip = 1 if words[0].startswith("час") else 0
    if words[skip] in ("утра", "ночи"):
        return stop + skip + 1, "am"
    if words[skip] in ("дня", "вечера", "пополудни"):
        return stop + skip + 1, "pm"
    return stop, None


def _minutes(hours: int, minutes: int, half: str | None) -> Iterator[Atom]:
    """The minutes of the day that a time can mean."""
    early = hours % 12 * 60 + minutes
    if half != "pm" and (hours <= 12 or half == "am"):
        yield "minute", Decimal(early)
    if half != "am" and (half == "pm" or hours != 0):
        yield "minute", Decimal(early + 720)


def part_of_day(place: Place) -> Found | None:
    """ "noon", «в полночь»: may be 12:00 and 0:00 on the other side, or a number of hours."""
    values = {
        "noon": (720, 12), "midday": (720, 12), "полдень": (720, 12), "полудня": (720, 12),
        "полудню": (720, 12), "midnight": (0, 0), "полночь": (0, 0), "полуночи": (0, 0),
    }.get(place.low())  # fmt: skip
    if values is None:
        return None
    minute, number = map(Decimal, values)
    readings: list[Reading] = [(("minute", minute),), (("number", number),)]
    if not minute:
        readings += [(("number", Decimal(hours)),) for hours in (12, 24)]
    span = place.span(place.at + 1)
    return Mention(span, tuple(readings), Strength.HINT, "time"), place.at + 1


READERS: tuple[Reader, ...] = (
    date_in_digits,
    clock,
    hour,
    clock_without_colon,
    month,
    weekday,
    part_of_day,
)
"""Asked before numbers are; the first that finds something at a place has it."""
