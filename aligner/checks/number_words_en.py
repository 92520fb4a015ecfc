"""English words that are numbers: data for `aligner.checks.number_reading`.

"one" is no number here: it is a pronoun more often than a count. It still ends a composed
number ("twenty-one").
"""

from __future__ import annotations

from decimal import Decimal

from aligner.checks.lexicon import HALF, QUARTER, THIRD, Lexicon, values_of

CARDINALS = values_of(
    """zero 0, two 2, three 3, four 4, five 5, six 6, seven 7, eight 8, nine 9, ten 10, eleven 11,
    twelve 12, thirteen 13, fourteen 14, fifteen 15, sixteen 16, seventeen 17, eighteen 18,
    nineteen 19, twenty 20, thirty 30, forty 40, fifty 50, sixty 60, seventy 70, eighty 80,
    ninety 90"""
)
SCALES = values_of(
    """hundred 100, thousand 1000, million 1000000, mln 1000000, mn 1000000, billion 1000000000,
    bn 1000000000, bln 1000000000, trillion 1000000000000, trn 1000000000000, tn 1000000000000,
    lakh 100000, crore 10000000, dozen 12"""
)
# Behind digits only, and then perhaps metres or the "k" of a race over five kilometres.
LETTER_SCALES = values_of("k 1000, m 1000000, b 1000000000, t 1000000000000")
PLURAL_SCALES = values_of(
    """hundreds 100, thousands 1000, millions 1000000, billions 1000000000,
    trillions 1000000000000, dozens 12"""
)
ORDINALS = values_of(
    """first 1, second 2, third 3, fourth 4, fifth 5, sixth 6, seventh 7, eighth 8, ninth 9,
    tenth 10, eleventh 11, twelfth 12, thirteenth 13, fourteenth 14, fifteenth 15, sixteenth 16,
    seventeenth 17, eighteenth 18, nineteenth 19, twentieth 20, thirtieth 30, fortieth 40,
    fiftieth 50, sixtieth 60, seventieth 70, eightieth 80, ninetieth 90, hundredth 100,
    thousandth 1000, millionth 1000000"""
)
HINTS: dict[str, tuple[Decimal, ...]] = {
    word: tuple(values)
    for words, values in (
        ("half halves halved halving", (HALF, Decimal(50), Decimal(30), Decimal(2), Decimal(6))),
        ("quarter quarters quarterly", (QUARTER, Decimal(25), Decimal(15), Decimal(4), Decimal(3))),
        ("third thirds", (THIRD, Decimal(3))),
        ("fifth fifths", (Decimal("0.2"), Decimal(5), Decimal(20))),
        ("tenth tenths", (Decimal("0.1"), Decimal(10))),
        ("both twice double doubled doubles doubling doubly couple couples pair pairs twin twins"
         " twofold duo biennial bilateral dual halfway binary", (Decimal(2),)),
        ("thrice triple tripled tripling trio triplets trilateral threefold treble trilogy",
         (Decimal(3),)),
        ("quadruple quadrupled quartet fourfold quarterfinal quarterfinals", (Decimal(4),)),
        ("quintet fivefold pentagon", (Decimal(5),)),
        ("tenfold decade decades", (Decimal(10),)),
        ("century centuries centenary", (Decimal(100),)),
        ("millennium millennia", (Decimal(1000),)),
        ("fortnight fortnightly", (Decimal(2), Decimal(14))),
        ("score scores", (Decimal(20), Decimal(10))),
        ("noon midday", (Decimal(12),)),
        ("midnight", (Decimal(0), Decimal(12), Decimal(24))),
        ("nil nought", (Decimal(0),)),
        ("single once sole", (Decimal(1),)),
    )
    for word in words.split()
}  # fmt: skip
DECADES = values_of(
    """twenties 20, thirties 30, forties 40, fifties 50, sixties 60, seventies 70, eighties 80,
    nineties 90"""
)
PREFIXES: tuple[tuple[str, Decimal], ...] = ()  # English puts a hyphen or a space between

ENGLISH = Lexicon(
    cardinals=CARDINALS,
    last=values_of("one 1"),
    scales=SCALES,
    letter_scales=LETTER_SCALES,
    plural_scales=PLURAL_SCALES,
    ordinals=ORDINALS,
    hints=HINTS,
    decades=DECADES,
    prefixes=PREFIXES,
    joiner="and",
)
