"""Numbers that the two sides do not share.

What a number is, and when two are the same, is in `number_literals` and `number_reading`;
what supports what in `mentions`. Here is what follows: a number in digits without a
counterpart is reported, a number in words only where the other side has a different number in
its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aligner.checks.check import Case, Check, Context, Finding, per_pair
from aligner.checks.conversion import converted
from aligner.checks.mentions import Mention, Sort, Strength, Unsupported, surplus
from aligner.checks.reading import mentions, one_sided

FAMILY = "numbers"


def number_differs(case: Case, context: Context) -> Iterator[Finding]:
    """A number of one side is another number on the other.

    Compares values, not strings: "1,250.50" is «1250,50», "$5bn" is «5 млрд долларов»,
    "1.5 million" «полтора миллиона», "the 20th century" «XX век», "two" «двое».
    Converted units (10 miles, 16 км) and rephrased ones (18 months, полтора года) agree.
    Fires: "5,000 people" with «6000 человек»; "$3 million" with «3 млрд долларов».
    """
    yield from contradictions(case, "number")


def number_missing(case: Case, context: Context) -> Iterator[Finding]:
    """A number in digits has no counterpart, and the other side no number in its place.

    Number words, ordinals and Roman numerals ask for no counterpart.
    Fires: "In 2015 he moved" with «Он переехал».
    """
    yield from omissions(case, "number")


def contradictions(case: Case, sort: Sort) -> Iterator[Finding]:
    """Mentions of a sort that stand against different ones of that sort."""
    src, tgt = _opposed(case, sort)
    if not (src and tgt):
        return
    here, there = shown(case.src, src), shown(case.tgt, tgt)
    sure = _in_digits(src) and _in_digits(tgt)
    yield Finding(
        f"{here} against {there}",
        tuple(mention.span for mention in src),
        tuple(mention.span for mention in tgt),
        None if sure else "warning",
    )


def _opposed(case: Case, sort: Sort) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    """The mentions of both sides that stand against each other; one side may have none."""
    left = _left(case)
    src, tgt = _of(left.src, sort, Strength.WORD), _of(left.tgt, sort, Strength.WORD)
    if not src and _in_digits(tgt):
        src = _weaker(case, left.src, sort, from_src=True)
    elif not tgt and _in_digits(src):
        tgt = _weaker(case, left.tgt, sort, from_src=False)
    return src, tgt


def _weaker(case: Case, left: Sequence[Mention], sort: Sort, from_src: bool) -> tuple[Mention, ...]:
    """What digits of the other side may stand against besides digits and number words.

    A hint («XIX век» against "20th century"), or a number that this side has once more.
    """
    src, tgt = mentions(case.src, case.src_lang), mentions(case.tgt, case.tgt_lang)
    more = surplus(src, tgt) if from_src else surplus(tgt, src)
    return _of(left, sort, Strength.HINT) or _of(more, sort, Strength.DIGITS)


def omissions(case: Case, sort: Sort) -> Iterator[Finding]:
    """Mentions in digits that the other side has nothing against."""
    if all(_opposed(case, sort)):
        return
    left = _left(case)
    src, tgt = _of(left.src, sort, Strength.DIGITS), _of(left.tgt, sort, Strength.DIGITS)
    if src:
        spans = tuple(mention.span for mention in src)
        yield Finding(f"{shown(case.src, src)} is not in the translation", spans)
    if tgt:
        spans = tuple(mention.span for mention in tgt)
        yield Finding(f"{shown(case.tgt, tgt)} is not in the source", (), spans)


def _left(case: Case) -> Unsupported:
    """Without support, and no converted quantities either."""
    return converted(one_sided(case.src, case.src_lang, case.tgt, case.tgt_lang))


def _of(some: Sequence[Mention], sort: Sort, least: Strength) -> tuple[Mention, ...]:
    return tuple(one for one in some if one.sort == sort and one.strength >= least)


def _in_digits(some: Sequence[Mention]) -> bool:
    """Digits, those of a lone 0 or 1 and of a formula too; or a month beside digits."""
    return any(one.in_digits or one.strength is Strength.DIGITS for one in some)


def shown(text: str, some: Sequence[Mention]) -> str:
    """The mentions as they stand in the text."""
    return ", ".join(text[one.span.start : one.span.stop] for one in some)


CHECKS: tuple[Check, ...] = (
    per_pair("number-differs", FAMILY, "error", number_differs),
    per_pair("number-missing", FAMILY, "warning", number_missing),
)
