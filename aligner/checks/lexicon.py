"""What a language's table of number words holds.

The tables themselves are `number_words_en` and `number_words_ru`; `number_reading` reads
texts with them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

HALF, QUARTER, THIRD = Decimal("0.5"), Decimal("0.25"), Decimal(1) / 3

Values = Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Number words of one language, lower case, «е» for «ё»."""

    cardinals: Values  # "five", «пятью»: below 1000
    last: Values  # "one", «одного»: a number only at the end of a longer one
    scales: Values  # "million", «тысячами»: multiply what stands before them
    letter_scales: Values  # "k", "m": scales only behind digits, and perhaps no scales
    plural_scales: Values  # "millions": not a count of its own
    ordinals: Values  # "fifth", «пятого»
    hints: Mapping[str, tuple[Decimal, ...]]  # "decade", «вдвое»: may be said as a number
    decades: Values  # "nineties"
    prefixes: tuple[tuple[str, Decimal], ...]  # «двадцати», longest first: «двадцатилетний»
    joiner: str = ""  # "two hundred and five"


def values_of(table: str) -> dict[str, Decimal]:
    """A table as text: "two 2, three 3" -> {"two": Decimal(2), "three": Decimal(3)}."""
    rows = (row.split() for row in table.split(","))
    return {word: Decimal(value) for word, value in rows}
