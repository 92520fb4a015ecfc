"""Brackets and quotation marks that are opened and not closed, or the reverse.

Counted over the document, not in each pair: a quotation of several sentences opens in one
pair and closes in another, and an English one opens again with each paragraph. On
machine translation, counting in each pair is right in 42 of 100 cases only. What the source
leaves open as well is the author's, not the translator's.

Not here: which shape of quotation mark is right (`typography`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from aligner.checks.check import Context, Finding, over_document
from aligner.records import Span

NEAR = 12  # pairs that a quotation or a bracket may go on for

CLOSED_BY = {"(": ")", "[": "]", "{": "}", "«": "»", "„": "“”", "“": "”", '"': '"'}
_BRACKET = re.compile(r"[()\[\]{}]")
_QUOTE = re.compile('[«»„“”"]')
_NO_BRACKETS = re.compile(
    r"^\W*(?:\d{1,3}(?:\.\d{1,3})?|[ivxIVX]{1,4}|[A-Za-zА-Яа-яё])\)"  # an item of a list: "a)"
    r"|[:;=]['-]?[()]+|(?<=[\w.!?…])\){2,}$"  # smileys
    r"|[\[(]\s*[-\d][^()\[\]]{0,20},[^()\[\]]{0,20}[)\]]"  # half-open intervals: [0, 1)
)
_NO_QUOTES = re.compile(r"\d\s?(?:\"|'')(?!\w)(?=[^\"]*(?:\"[^\"]*\"[^\"]*)*$)")  # inches: 5'10"
_OPENING_PLACE = re.compile(r"(?:^|[\s(\[{«„“—–-])$")


@dataclass(frozen=True, slots=True)
class Mark:
    """An opening or closing mark that has no partner in its own text."""

    char: str
    at: int
    opens: bool
    case: int = 0


def brackets(context: Context) -> Iterator[tuple[int, Finding]]:
    """A bracket in the target is opened and never closed, or closed and never opened.

    Fires: "(см. рис. 2" where nothing closes it in the next pairs.
    Not: lists such as "a)" and "1)", smileys, intervals "[0, 1)", a bracket that the next pair
    closes, or a later one where the source goes on so too, one that the source leaves open.
    """
    yield from _findings(context, open_brackets, "bracket")


def quotes(context: Context) -> Iterator[tuple[int, Finding]]:
    """A quotation mark in the target is opened and never closed, or closed and never opened.

    Fires: "«Он пришёл, — сказала она" where no pair soon after has the closing mark.
    Not: a quotation that goes on over several sentences, one that opens again with each
    paragraph as in English, inches (5'10"), one that the source leaves open too.
    """
    yield from _findings(context, open_quotes, "quotation mark")


def open_brackets(text: str) -> list[Mark]:
    """Brackets without a partner in `text`; that of a list's item, "a)", needs none."""
    marks = [
        Mark(found[0], found.start(), found[0] in CLOSED_BY) for found in _BRACKET.finditer(text)
    ]
    lonely = _without_partner(marks)
    alone = {at for found in _NO_BRACKETS.finditer(text) for at in range(*found.span())}
    return [mark for mark in lonely if mark.at not in alone]


def open_quotes(text: str) -> list[Mark]:
    """Quotation marks without a partner in `text`; a straight one opens before a word."""
    skip = {found.end() - 1 for found in _NO_QUOTES.finditer(text)}
    marks: list[Mark] = []
    for found in _QUOTE.finditer(text):
        at, char = found.start(), found[0]
        if at not in skip:
            marks.append(Mark(char, at, _opens(char, text, at, marks)))
    return _without_partner(marks)


def _opens(char: str, text: str, at: int, before: Sequence[Mark]) -> bool:
    """Whether a quotation mark opens; “ closes „ in Russian and opens in English."""
    if char == "“":
        return not any(mark.char == "„" for mark in _without_partner(before))
    if char == '"':
        return bool(_OPENING_PLACE.search(text[:at])) and text[at + 1 : at + 2].strip() != ""
    return char in "«„"


LeftOpen = Callable[[str], list[Mark]]
Partners = Callable[[Mark, Mark], bool]
"""Whether an opening and a closing mark may belong together, as far as their places go."""


def _in_one_text(opening: Mark, closing: Mark) -> bool:
    return True


def _without_partner(marks: Sequence[Mark], partners: Partners = _in_one_text) -> list[Mark]:
    """Marks that stay when each closing one has taken the last opening one of its kind."""
    waiting: list[Mark] = []
    lonely: list[Mark] = []
    for mark in marks:
        partner = None if mark.opens else _partner(waiting, mark, partners)
        if partner is not None:
            waiting.remove(partner)
        else:
            (waiting if mark.opens else lonely).append(mark)
    return sorted(waiting + lonely, key=lambda mark: (mark.case, mark.at))


def _partner(waiting: Sequence[Mark], closing: Mark, partners: Partners) -> Mark | None:
    fitting = (mark for mark in reversed(waiting) if closing.char in CLOSED_BY[mark.char])
    return next((mark for mark in fitting if partners(mark, closing)), None)


def _findings(context: Context, left_open: LeftOpen, what: str) -> Iterator[tuple[int, Finding]]:
    source = _marks(context, "src", left_open)
    going_on = {mark.case for mark in source}  # pairs whose source is not whole in itself either

    def near(opening: Mark, closing: Mark) -> bool:
        distance = closing.case - opening.case
        also = left_open is open_quotes or {opening.case, closing.case} & going_on
        return distance <= 1 or (distance <= NEAR and bool(also))

    excused = Counter((mark.case, mark.opens) for mark in _lonely(context, "src", source, near))
    for mark in _lonely(context, "tgt", _marks(context, "tgt", left_open), near):
        key = mark.case, mark.opens
        if excused[key]:
            excused[key] -= 1
            continue
        fault = "is not closed" if mark.opens else "was not opened"
        place = (Span(mark.at, mark.at + 1),)
        yield mark.case, Finding(f"the {what} {mark.char} {fault}", tgt=place)


def _marks(context: Context, side: str, left_open: LeftOpen) -> list[Mark]:
    """Marks of a whole side without a partner in their own text."""
    return [
        replace(mark, case=case.index)
        for case in context.cases
        for mark in left_open(getattr(case, side))
    ]


def _lonely(context: Context, side: str, marks: list[Mark], near: Partners) -> list[Mark]:
    """Those without a partner near by either."""
    texts = [getattr(case, side) for case in context.cases]
    return [mark for mark in _without_partner(marks, near) if not _goes_on(mark, texts)]


def _goes_on(mark: Mark, texts: Sequence[str]) -> bool:
    """An open quotation whose next paragraph opens with the mark again, as English does."""
    if not mark.opens or mark.char not in '"“«':
        return False
    following = texts[mark.case + 1 : mark.case + 1 + NEAR]
    return any(text.startswith(mark.char) for text in following)


CHECKS = (
    over_document("brackets", "form", "error", brackets),
    over_document("quotes", "form", "advisory", quotes),  # where one ends is a matter of view
)
"""Balance of marks in pairs."""
