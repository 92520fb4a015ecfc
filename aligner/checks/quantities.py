"""Percent signs, currencies and units that change on the way.

The numbers themselves are the business of `aligner.checks.numbers`; here the same
number counts something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import product

from aligner.checks.check import Case, Check, Context, Finding, per_pair
from aligner.checks.conversion import measure_of, same_quantity
from aligner.checks.mentions import Mention, Strength
from aligner.checks.numbers import FAMILY, shown
from aligner.checks.reading import mentions, one_sided
from aligner.checks.units import ANY_CURRENCY, CURRENCIES, PERCENT
from aligner.records import Span


def currency_differs(case: Case, context: Context) -> Iterator[Finding]:
    """One side speaks of a currency that the other has not, and the other way round.

    A currency named on one side only is fine: "$5 million" may be repeated without the word.
    "pounds" may be a weight. Fires: "$5 million" with «5 млн евро».
    """
    src, tgt = currencies(case.src), currencies(case.tgt)
    here, there = sorted(src.keys() - tgt.keys()), sorted(tgt.keys() - src.keys())
    if here and there:
        shown = [case.src[src[here[0]].start : src[here[0]].stop]]
        shown.append(case.tgt[tgt[there[0]].start : tgt[there[0]].stop])
        yield Finding(" against ".join(shown), (src[here[0]],), (tgt[there[0]],))


def currencies(text: str) -> dict[str, Span]:
    """The currencies in a text, each with the first place where it is named."""
    found: dict[str, Span] = {}
    if not ANY_CURRENCY.search(text):
        return found
    for name, pattern in CURRENCIES.items():
        for match in pattern.finditer(text):
            if name != "GBP" or match[0] == "£" or _beside_number(text, match):
                found[name] = Span(*match.span())
                break
    return found


def _beside_number(text: str, match: re.Match[str]) -> bool:
    """ "5 million pounds": not «фунт» as such, nor the verb "pounds"."""
    before = text[max(0, match.start() - 14) : match.start()]
    return re.search(r"\d|illion|thousand|млн|млрд|тыс|милл", before) is not None


def percent_lost(case: Case, context: Context) -> Iterator[Finding]:
    """A percentage is a plain number on the other side, where nothing speaks of percent.

    «%», «процентов» and "per cent" are the same, with or without a space.
    Fires: "rose by 5%" with «выросли на 5».
    """
    found = {side: PERCENT.search(side) for side in (case.src, case.tgt)}
    sign, bare = found[case.src] or found[case.tgt], not (found[case.src] and found[case.tgt])
    if sign is None or not bare:
        return
    in_src = found[case.src] is not None
    text, lang = (case.src, case.src_lang) if in_src else (case.tgt, case.tgt_lang)
    left = one_sided(case.src, case.src_lang, case.tgt, case.tgt_lang)
    missing = left.src if in_src else left.tgt
    for mention in mentions(text, lang):
        behind = text[mention.span.stop : mention.span.stop + 3].strip()
        if behind[:1] == "%" and mention not in missing and _same_in_digits(case, in_src, mention):
            span = Span(mention.span.start, text.index("%", mention.span.stop) + 1)
            src, tgt = ((span,), ()) if in_src else ((), (span,))
            side = "translation" if in_src else "source"
            yield Finding(
                f"{text[span.start : span.stop]} is no percentage in the {side}", src, tgt
            )
            return


def _same_in_digits(case: Case, in_src: bool, mention: Mention) -> bool:
    other = mentions(case.tgt, case.tgt_lang) if in_src else mentions(case.src, case.src_lang)
    return any(two.strength is Strength.DIGITS and two.atoms() & mention.atoms() for two in other)


def unit_differs(case: Case, context: Context) -> Iterator[Finding]:
    """The same number counts another unit of the same measure.

    Converted quantities (10 miles, 16 км) agree. Fires: "10 miles" with «10 км», "5 days" with
    «5 недель». Does not fire where either unit is on both sides.
    """
    src = [one for one in mentions(case.src, case.src_lang) if one.unit]
    tgt = [one for one in mentions(case.tgt, case.tgt_lang) if one.unit]
    here = _converted_nowhere(src, tgt)
    there = _converted_nowhere(tgt, src)
    for one, two in product(here, there):
        if measure_of(one) == measure_of(two) and one.values() & two.values():
            text = f"{shown(case.src, (one,))} {one.unit} against {two.unit}"
            yield Finding(text, (one.span,), (two.span,))
            return


def _converted_nowhere(these: Sequence[Mention], others: Sequence[Mention]) -> list[Mention]:
    """Those whose unit the other side has not, nor the same quantity in another unit."""
    units = {other.unit for other in others}
    return [
        one
        for one in these
        if one.unit not in units and not any(same_quantity(one, other) for other in others)
    ]


CHECKS: tuple[Check, ...] = (
    per_pair("currency-differs", FAMILY, "error", currency_differs),
    per_pair("percent-lost", FAMILY, "warning", percent_lost),
    per_pair("unit-differs", FAMILY, "warning", unit_differs),
)
