"""Splits a paragraph into sentences: rules in order, the first verdict wins.

A rule is a small named function of a gap; its docstring is the sentence that
asked for it. The engine walks the gaps from left to right, so that a rule may
see where the sentence before the gap began. It does not look across
paragraphs, changes no character, and needs neither spaCy nor a model. What is
built on it: `splitter` (documents) and `component` (spaCy).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aligner.errors import InputError
from aligner.records import Lang, Span
from aligner.segment.candidates import Marks, find_candidates, gap_at
from aligner.segment.gaps import Gap, Verdict
from aligner.segment.rules_common import Rule
from aligner.segment.rules_en import MARKS_EN, RULES_EN
from aligner.segment.rules_ru import MARKS_RU, RULES_RU


@dataclass(frozen=True, slots=True)
class Language:
    """What the engine knows about a language."""

    rules: tuple[Rule, ...]  # asked in this order; the last one always answers
    marks: Marks


LANGUAGES = {"en": Language(RULES_EN, MARKS_EN), "ru": Language(RULES_RU, MARKS_RU)}


@dataclass(frozen=True, slots=True)
class Decision:
    """What the rules decided about one gap, for people who ask why."""

    position: int  # in the paragraph, where the left side ends
    left: str
    right: str
    verdict: Verdict
    rule: str
    reason: str


def split(text: str, lang: Lang, lines: bool = False) -> list[Span]:
    """The sentences of one paragraph, without the white space around them.

    With `lines`, as in verse, a line break may end a sentence too.

    Example: split("Он жил в г. Твери. Потом уехал.", "ru") -> [Span(0, 18), Span(19, 31)]
    """
    spans, start = [], 0
    for gap, verdict, _ in _decided(text, _language(lang), lines):
        if verdict is Verdict.SPLIT:
            spans.append(_stripped(text, start, gap.stop))
            start = gap.right
    spans.append(_stripped(text, start, len(text)))
    return [span for span in spans if len(span)]


def explain(text: str, lang: Lang, lines: bool = False) -> list[Decision]:
    """Each gap of a paragraph with the rule that decided it and its reason."""
    decisions = []
    for gap, verdict, rule in _decided(text, _language(lang), lines):
        left = text[max(gap.sentence, gap.stop - 40) : gap.stop]
        right = text[gap.right : gap.right + 40]
        reason = (rule.__doc__ or "").split("\n", 1)[0]
        decisions.append(Decision(gap.stop, left, right, verdict, rule.__name__, reason))
    return decisions


def unknown_language(lang: str) -> str:
    """What to tell someone who asks for a language that has no rules."""
    known = " or ".join(f'"{name}"' for name in LANGUAGES)
    return f'no sentence rules for the language "{lang}"; name the language of the text: {known}'


def _language(lang: str) -> Language:
    if lang not in LANGUAGES:
        raise InputError(unknown_language(lang))
    return LANGUAGES[lang]


def _decided(text: str, language: Language, lines: bool) -> Iterator[tuple[Gap, Verdict, Rule]]:
    """The gaps of a paragraph, each with its verdict and the rule that gave it."""
    sentence = len(text) - len(text.lstrip())
    for match in find_candidates(text, language.marks):
        if match["line"] is not None and not lines:
            continue
        gap = gap_at(match, sentence)
        verdict, rule = _verdict(gap, language.rules)
        yield gap, verdict, rule
        if verdict is Verdict.SPLIT:
            sentence = gap.right


def _verdict(gap: Gap, rules: Sequence[Rule]) -> tuple[Verdict, Rule]:
    for rule in rules:
        verdict = rule(gap)
        if verdict is not None:
            return verdict, rule
    raise AssertionError("the last rule of a language decides every gap")


def _stripped(text: str, start: int, stop: int) -> Span:
    piece = text[start:stop]
    left = len(piece) - len(piece.lstrip())
    return Span(start + left, max(start + left, start + len(piece.rstrip())))
