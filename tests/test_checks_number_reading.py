"""Numbers, dates and times as the checks read them, in both languages."""

from decimal import Decimal

import pytest

from aligner.checks.mentions import Strength
from aligner.checks.reading import mentions

VALUES = [  # text, language, the readings of its only number
    ("1,250.50", "en", {"1250.5"}),
    ("1250,50", "ru", {"1250.5"}),
    ("1 250,50", "ru", {"1250.5"}),
    ("1\u00a0250,50", "ru", {"1250.5"}),
    ("1\u202f250,50", "ru", {"1250.5"}),
    ("1\u2009250,50", "ru", {"1250.5"}),
    ("1.250,50", "ru", {"1250.5"}),
    ("1,250", "en", {"1250", "1.25"}),
    ("1,250,000", "en", {"1250000"}),
    ("1.250.000", "ru", {"1250000"}),
    ("0,123", "ru", {"0.123"}),
    (".08", "en", {"0.08"}),
    ("$5 million", "en", {"5000000"}),
    ("$5.2bn", "en", {"5200000000"}),
    ("a $300+ billion hit", "en", {"300000000000"}),
    ("a 5-million fine", "en", {"5000000"}),
    ("5 млн", "ru", {"5000000"}),
    ("5,2 млрд", "ru", {"5200000000"}),
    ("350 тыс. долларов", "ru", {"350000"}),
    ("3 миллиона", "ru", {"3000000"}),
    ("2½", "en", {"2.5"}),
    ("2 and a half", "en", {"2.5"}),
    ("2 с половиной", "ru", {"2.5"}),
    ("two hundred and five thousand", "en", {"205000"}),
    ("twenty-four", "en", {"24"}),
    ("one hundred and one", "en", {"101"}),
    ("a million", "en", {"1000000"}),
    ("двадцатью четырьмя тысячами", "ru", {"24000"}),
    ("двести пять", "ru", {"205"}),
    ("тридцать один", "ru", {"31"}),
    ("двое", "ru", {"2"}),
    ("полтора миллиона", "ru", {"1500000"}),
    ("полторы тысячи", "ru", {"1500"}),
    ("полмиллиона", "ru", {"500000"}),
    ("два десятка", "ru", {"20", "24"}),
    ("1 миллион 250 тысяч", "ru", {"1250000"}),
    ("два миллиона триста тысяч", "ru", {"2300000"}),
    ("1990s", "en", {"1990", "90"}),
    ("90-е", "ru", {"90", "1990", "2090"}),
    ("девяностых", "ru", {"90", "1990"}),
    ("the 1800s", "en", {"1800", "19"}),
    ("1st", "en", {"1"}),
    ("21-й", "ru", {"21"}),
    ("двадцать первого", "ru", {"21"}),
    ("twenty-first", "en", {"21"}),
    ("XX", "en", {"20"}),
    ("ХХ", "ru", {"20"}),  # Cyrillic letters
    ("ХVIII", "ru", {"18"}),  # mixed
    ("XIV", "ru", {"14"}),
    ("двухдневный", "ru", {"2"}),
    ("двадцатипятилетний", "ru", {"25"}),
    ("21-летний", "ru", {"21"}),
    ("21-year-old", "en", {"21"}),
    ("SARS-CoV-2", "en", {"2"}),
]


@pytest.mark.parametrize(("text", "lang", "values"), VALUES)
def test_a_number_is_its_value(text, lang, values) -> None:
    (mention,) = mentions(text, lang)
    assert {format(value.normalize(), "f") for value in mention.values()} == values


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("", "en"),
        (" \u00a0", "ru"),
        ("One of them, and no one else", "en"),
        ("Один из них, и никто другой", "ru"),
        ("I march on; you may not", "en"),
        ("Стоимость, шестерня, семья, сторона", "ru"),  # begin like сто, шесть, семь
        ("See https://example.org/2024/05/12 or mail to team42@example.org", "en"),
        ("I and C are letters", "en"),
    ],
)
def test_no_number(text, lang) -> None:
    assert mentions(text, lang) == ()


@pytest.mark.parametrize(
    ("text", "lang", "strength"),
    [
        ("5 people", "en", Strength.DIGITS),
        ("5 человек", "ru", Strength.DIGITS),
        ("five people", "en", Strength.WORD),
        ("пятью", "ru", Strength.WORD),
        ("the fifth", "en", Strength.HINT),
        ("вдвое", "ru", Strength.HINT),
        ("half of them", "en", Strength.HINT),
        ("millions of people", "en", Strength.WORD),
        ("тысячи людей", "ru", Strength.HINT),
        ("won 1", "en", Strength.WORD),  # a lone 1 may be said as "one" or «единственный»
    ],
)
def test_how_much_a_number_asks_for(text, lang, strength) -> None:
    (mention,) = mentions(text, lang)
    assert mention.strength is strength


@pytest.mark.parametrize(
    ("text", "lang", "pieces"),
    [
        ("12 March 2025", "en", ["12", "March", "2025"]),
        ("March 12, 2025", "en", ["March", "12", "2025"]),
        ("12 марта 2025 г.", "ru", ["12", "марта", "2025"]),
        ("12.03.2025", "ru", ["12.03.2025"]),
        ("2025-03-12", "en", ["2025-03-12"]),
        ("In May, on Tuesday", "en", ["May", "Tuesday"]),
        ("May I come in? March!", "en", []),
        ("5:10 000", "ru", ["5", "10 000"]),  # a ratio, no time of day
        ("at 3:30 p.m. sharp", "en", ["3:30 p.m."]),
        ("в 15:30", "ru", ["15:30"]),
        ("in 2018–19", "en", ["2018", "19"]),
        ("six-foot-six", "en", ["six-foot-six"]),
        ("6-foot-6", "en", ["6-foot-6"]),
        ("в 5 утра", "ru", ["5 утра"]),
        ("4 дня", "ru", ["4"]),  # four days more often than four in the afternoon
    ],
)
def test_where_mentions_stand(text, lang, pieces) -> None:
    found = [text[one.span.start : one.span.stop] for one in mentions(text, lang)]
    assert found == pieces


@pytest.mark.parametrize(
    ("text", "lang", "minutes"),
    [
        ("3:30 pm", "en", {930}),
        ("3:30 a.m.", "en", {210}),
        ("15:30", "ru", {930}),
        ("3:30", "en", {210, 930}),
        ("3:30 дня", "ru", {930}),
        ("12 am", "en", {0}),
        ("12 pm", "en", {720}),
        ("3.30pm", "en", {930}),
        ("в 15 часов", "ru", {900}),
        ("noon", "en", {720}),
        ("полночь", "ru", {0}),
    ],
)
def test_times_are_minutes_since_midnight(text, lang, minutes) -> None:
    (mention,) = mentions(text, lang)
    assert {int(value) for kind, value in mention.atoms() if kind == "minute"} == minutes


def test_a_date_in_digits_may_have_its_day_first_or_its_month() -> None:
    (mention,) = mentions("3/12/25", "en")
    dates = {
        tuple(int(value) for _, value in one) for one in mention.readings if one[1][0] == "month"
    }
    assert dates == {(3, 12, 2025), (12, 3, 2025)}
    (mention,) = mentions("25.12.2024", "ru")
    assert [reading for reading in mention.readings if reading[1][0] == "month"] == [
        (("number", Decimal(25)), ("month", Decimal(12)), ("number", Decimal(2024)))
    ]


@pytest.mark.parametrize(
    ("text", "lang", "unit"),
    [
        ("5 km", "en", "km"),
        ("5 километров", "ru", "km"),
        ("300-килограммовый", "ru", "kg"),
        ("двухметровый", "ru", "m"),
        ("10 square miles", "en", "mile"),
        ("80 degrees", "en", "°F"),
        ("27 градусов", "ru", "°C"),
        ("2025 г.", "ru", ""),  # a year, no weight
        ("5, km", "en", ""),
    ],
)
def test_what_a_number_counts(text, lang, unit) -> None:
    (mention,) = mentions(text, lang)
    assert mention.unit == unit


def test_both_numbers_of_a_range_have_its_unit() -> None:
    assert [one.unit for one in mentions("2 to 4 inches", "en")] == ["inch", "inch"]
    assert [one.unit for one in mentions("от 5 до 10 см", "ru")] == ["cm", "cm"]


def test_spans_are_in_order_and_inside_the_text() -> None:
    text = "On 12 March, 1,250 people (5 %) paid $2.5m — twice as much as in the 1990s."
    found = mentions(text, "en")
    assert len(found) == 7
    stops = [0, *(one.span.stop for one in found)]
    assert all(stop <= one.span.start for stop, one in zip(stops, found, strict=False))
    assert stops[-1] <= len(text)


def test_very_long_digits_and_odd_literals_are_read() -> None:
    (mention,) = mentions("9" * 400, "en")
    assert mention.values() == {Decimal("9" * 400)}
    assert [one.values() for one in mentions("1/0 and 24/7", "en")] == [
        set(),
        {Decimal(24) / Decimal(7)},
    ]
