"""Numbers in digits and words have the same parts in both languages."""

import pytest

from aligner.alignment.numerals import number_parts, parts_of

SAME = [  # in English, in Russian, in digits
    ("two", "двух", 2),
    ("the third day", "день третий", 3),
    ("seven", "семь", 7),
    ("eleventh", "одиннадцатого", 11),
    ("a dozen", "дюжину", 12),
    ("twenty-five", "двадцатью пятью", 25),
    ("fourscore", "восемьдесят", 80),
    ("an hundred and five", "сто пять", 105),
    ("three hundred", "трёхсот", 300),
    ("nine hundred and twelve", "девятьсот двенадцать", 912),
    ("two thousand", "две тысячи", 2000),
    ("fifteen thousand", "пятнадцати тысяч", 15_000),
    ("six million", "шесть миллионов", 6_000_000),
    ("three billion", "три миллиарда", 3_000_000_000),
]


@pytest.mark.parametrize(("english", "russian", "value"), SAME)
def test_a_number_has_the_same_parts_everywhere(english, russian, value):
    parts = list(parts_of(value))
    assert number_parts(english) == parts
    assert number_parts(russian) == parts
    assert number_parts(f"{value:,}") == number_parts(f"{value:,}".replace(",", " ")) == parts


@pytest.mark.parametrize(
    ("value", "parts"),
    [
        (0, (0,)),
        (1, (1,)),
        (20, (20,)),
        (21, (20, 1)),
        (100, (100,)),
        (110, (100, 10)),
        (1000, (1000,)),
        (1871, (1871,)),
        (2024, (2024,)),
        (300_000, (3, 100, 1000)),
        (1_000_000, (1_000_000,)),
        (1_234_567, (1_234_567,)),
    ],
)
def test_parts(value, parts):
    assert parts_of(value) == parts


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("CHAPTER LIV", 54),
        ("Глава XII.", 12),
        ("Louis XVI", 16),
        ("в XIX веке", 19),
        ("MCMXIV", 1914),
        ("CD", 400),
    ],
)
def test_roman_numerals(text, value):
    assert number_parts(text) == list(parts_of(value))


@pytest.mark.parametrize(
    "text",
    [
        "I",
        "V",
        "IIII",
        "VX",
        "Mild",
        "",
        "no numbers",
        "one of them",
        "он был один",
        "своей семьёй",
        "со столом",
        "стать",
        "often",
    ],
)
def test_words_that_are_no_numbers(text):
    assert number_parts(text) == []
