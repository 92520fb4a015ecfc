"""Numbers that the two sides do not share.

What a number is, and when two are the same, is in `number_reading`; what supports what in
`mentions`. Here is what follows: a number in digits without a counterpart is reported, a
number in words only where the other side has a different number in its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aligner.checks.check import Case, Check, Context, Finding, per_pair
from aligner.checks.conversion import converted
from aligner.checks.mentions import Mention, Sort, Strength, Unsupported
from aligner.checks.reading import one_sided

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
    left = _left(case)
    src, tgt = _of(left.src, sort, Strength.WORD), _of(left.tgt, sort, Strength.WORD)
    if not src:  # against digits even a hint is a different number: «XIX век», "20th century"
        src = _of(left.src, sort, Strength.HINT) if _in_digits(tgt) else ()
    elif not tgt:
        tgt = _of(left.tgt, sort, Strength.HINT) if _in_digits(src) else ()
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


def omissions(case: Case, sort: Sort) -> Iterator[Finding]:
    """Mentions in digits that the other side has nothing against."""
    left = _left(case)
    src, tgt = _of(left.src, sort, Strength.DIGITS), _of(left.tgt, sort, Strength.DIGITS)
    if src and not _of(left.tgt, sort, Strength.HINT):
        spans = tuple(mention.span for mention in src)
        yield Finding(f"{shown(case.src, src)} is not in the translation", spans)
    if tgt and not _of(left.src, sort, Strength.HINT):
        spans = tuple(mention.span for mention in tgt)
        yield Finding(f"{shown(case.tgt, tgt)} is not in the source", (), spans)


def _left(case: Case) -> Unsupported:
    """Without support, and no converted quantities either."""
    return converted(one_sided(case.src, case.src_lang, case.tgt, case.tgt_lang))


def _of(mentions: Sequence[Mention], sort: Sort, least: Strength) -> tuple[Mention, ...]:
    return tuple(one for one in mentions if one.sort == sort and one.strength >= least)


def _in_digits(mentions: Sequence[Mention]) -> bool:
    return any(mention.strength is Strength.DIGITS for mention in mentions)


def shown(text: str, mentions: Sequence[Mention]) -> str:
    """The mentions as they stand in the text."""
    return ", ".join(text[one.span.start : one.span.stop] for one in mentions)


CHECKS: tuple[Check, ...] = (
    per_pair("number-differs", FAMILY, "error", number_differs),
    per_pair("number-missing", FAMILY, "warning", number_missing),
)
