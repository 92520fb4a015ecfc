"""Typography: spaces, repeated words, end marks, the shape of quotation marks and dashes.

What is a matter of house style (straight quotation marks, a hyphen for a dash, English title
case in a Russian heading) or harmless (two spaces) is an advisory, and a style that is used
throughout a text is said once, with a count, instead of at every pair. Spaces before "%" and
no-break spaces are style and never looked at; ё for е neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from aligner.checks.check import Case, Context, Finding, over_document, per_pair
from aligner.records import Span

_DOUBLE_SPACE = re.compile(r"(?<=\S)[ \u00a0\u202f\u2009]{2,}(?=\S)")
_SPACE_BEFORE = re.compile(r"(?<=[^\W_]) +(?=[,;!?](?:\s|$)|[.:](?:\s|$)|\.{3})")
_NO_SPACE_AFTER = re.compile(r"(?<=[а-яёa-z])[,;](?=[а-яёА-ЯЁA-Za-z])")
_REPEATED = re.compile(r"(?<![\w'’-])([^\W\d_]+)\s+\1(?![\w'’-])", re.IGNORECASE)
_MAY_REPEAT = frozenset(
    "had that is very no yes ha so da long far many bye knock now well again "  # "had had"
    "да нет очень ну ой ах ха чуть едва еле давно много далеко долго так вот еще всё все что "
    "мало тихо нельзя никогда друг том туда сюда кто как она он".split()  # «едва едва», «что что»
)


def double_space(case: Case, context: Context) -> Iterator[Finding]:
    """Two spaces in a row inside the target.

    Fires: "Он  пришёл." Not: where the source has them too (columns, verse, code).
    """
    if _DOUBLE_SPACE.search(case.src):
        return
    places = tuple(Span(*found.span()) for found in _DOUBLE_SPACE.finditer(case.tgt))
    if places:
        yield Finding("two spaces in a row", tgt=places)


def space_at_mark(case: Case, context: Context) -> Iterator[Finding]:
    """A space before a comma or another mark in the target, or none after a comma.

    Fires: "Он пришёл , сел", "Он пришёл,сел". Not: numbers, spaces before "%" or a dash, where
    the source is written so too.
    """
    for pattern, message in (
        (_SPACE_BEFORE, "a space before a punctuation mark"),
        (_NO_SPACE_AFTER, "no space after a punctuation mark"),
    ):
        if not pattern.search(case.src):
            places = tuple(Span(*found.span()) for found in pattern.finditer(case.tgt))
            if places:
                yield Finding(message, tgt=places)


def repeated_word(case: Case, context: Context) -> Iterator[Finding]:
    """The same word twice in a row in the target.

    Fires: "в в доме", "the the house". Not: words that are doubled on purpose («очень очень»,
    "had had"), names, where the source repeats a word too.
    """
    if _REPEATED.search(case.src):
        return
    for found in _REPEATED.finditer(case.tgt):
        if found[1].lower() not in _MAY_REPEAT and not (found[1].istitle() and len(found[1]) > 2):
            yield Finding(f"“{found[1]}” stands twice in a row", tgt=(Span(*found.span()),))


_TAIL = re.compile(r"[\"'»”“’)\]\s*_]*$")
_KINDS = {"?": "a question mark", "!": "an exclamation mark", "…": "an ellipsis", ":": "a colon"}


def end_mark(case: Case, context: Context) -> Iterator[Finding]:
    """The target does not end as the source does.

    Fires as a warning: a question whose translation has no "?" anywhere. As an advisory: a full
    stop on one side and no mark on the other. Not: other marks among each other
    ("!" and "."), quotation marks and brackets after the mark, abbreviations.
    """
    src, tgt = _TAIL.sub("", case.src), _TAIL.sub("", case.tgt)
    last = src[-1:], tgt[-1:]
    place = (Span(max(0, len(src) - 1), len(src)),), (Span(max(0, len(tgt) - 1), len(tgt)),)
    if last[0] == "?" and "?" not in case.tgt:
        yield Finding("a question became a statement: no question mark", *place, "warning")
    elif last[1] == "?" and "?" not in case.src:
        yield Finding("a statement became a question", *place)
    elif last[0] == "." != last[1] and last[1].isalnum() and len(src) > 20:
        yield Finding("the source ends in a full stop, the target without a mark", *place)
    elif last[1] == "." != last[0] and last[0].isalnum() and not _ABBREVIATED.search(tgt):
        yield Finding("the target ends in a full stop, the source without a mark", *place)


_ABBREVIATED = re.compile(r"(?:\b\w{1,4}|\.\w+)\.$")


def title_case(case: Case, context: Context) -> Iterator[Finding]:
    """English title case copied into a Russian heading.

    Fires: "Как Стать Хорошим Переводчиком". Not: names of a few words, sentences, English.
    """
    if case.tgt_lang != "ru" or case.tgt.rstrip().endswith((".", "!", "?", ";", ",")):
        return
    words = re.findall(r"(?<=\w\W)[^\W\d_]{4,}", case.tgt)
    titled = [word for word in words if word[0].isupper() and word[1:].islower()]
    source = [word[0].isupper() for word in re.findall(r"[^\W\d_]{4,}", case.src)]
    if len(words) >= 3 and len(titled) >= 0.8 * len(words) and sum(source) >= 0.8 * len(source):
        message = "title case: a Russian heading has one capital at its beginning and in names"
        yield Finding(message, tgt=(Span(0, len(case.tgt)),))


@dataclass(frozen=True, slots=True)
class Style:
    """One thing that can be written in several ways, the right one first."""

    right: re.Pattern[str]
    wrong: re.Pattern[str]
    lang: str
    message: str


RUSSIAN_QUOTES = Style(
    re.compile("[«»]"),
    re.compile(r"(?<![\d\w])\"(?=\w)|“(?=\w)"),
    "ru",
    "quotation marks that are not «…»",
)
RUSSIAN_DASH = Style(
    re.compile(r"(?<=\s)—(?=\s)|^— "),
    re.compile(r"(?<=[^\W\d_][\s,»)]) ?[-–](?= [^\W\d_])|^[-–](?= [^\W\d_])"),
    "ru",
    "a hyphen or a short dash where Russian has a dash (—)",
)


def quote_style(context: Context) -> Iterator[tuple[int, Finding]]:
    """Straight or English quotation marks in Russian, which has «…» and inside them „…“.

    Said at each pair where the text has «…» elsewhere, and once with a count where it never has.
    Not: inches, code, quotation marks inside «…».
    """
    return _style(context, RUSSIAN_QUOTES)


def dash(context: Context) -> Iterator[tuple[int, Finding]]:
    """A hyphen or a short dash between Russian words, with spaces around, for a dash (—).

    Said at each pair where the text has «—» mostly, and once with a count where it has not.
    Not: ranges of numbers, hyphens inside words.
    """
    return _style(context, RUSSIAN_DASH)


def _style(context: Context, style: Style) -> Iterator[tuple[int, Finding]]:
    cases = [case for case in context.cases if case.tgt_lang == style.lang and case.src.strip()]
    places = {
        case.index: tuple(Span(*found.span()) for found in style.wrong.finditer(case.tgt))
        for case in cases
    }
    wrong = [index for index, found in places.items() if found]
    right = sum(bool(style.right.search(case.tgt)) for case in cases)
    if len(wrong) > right and len(wrong) > 1:
        message = f"{style.message}: here and in {len(wrong) - 1} other pairs"
        yield wrong[0], Finding(message, tgt=places[wrong[0]])
        return
    for index in wrong:
        yield index, Finding(style.message, tgt=places[index])


CHECKS = (
    per_pair("double-space", "form", "advisory", double_space),
    per_pair("space-at-mark", "form", "warning", space_at_mark),
    per_pair("repeated-word", "form", "warning", repeated_word),
    per_pair("end-mark", "form", "advisory", end_mark),
    over_document("quote-style", "form", "advisory", quote_style),
    over_document("dash", "form", "advisory", dash),
    per_pair("title-case", "form", "advisory", title_case),
)
