"""A denial that got lost: "did not agree" and «согласился».

Advisory, since languages deny in their own ways (`negation_words`). What tells is the place: the
denied word of the source has a counterpart in the target, and around that nothing denies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from aligner.checks.check import Case, Check, Context, Finding
from aligner.checks.evidence import PairEvidence, Word
from aligner.checks.negation_words import MAY, NOT_ONLY, PRONOUNS_RU, SET_PHRASES, SURE
from aligner.language.script import language_of
from aligner.records import Span

BEFORE, AFTER = 35, 22  # characters around the counterpart in which a denial may stand
REACH = 45  # characters after a denial in which the denied word stands
DENIED = 2  # words after it that may be the denied one
COVERED = 0.35  # of a word from which on its counterpart is believed
CONTENT = 0.3  # weight from which on a word is no mere function word
_CLAUSE = re.compile(r"[.!?;…]")
_UN = re.compile(r"\bне(?:мысли|льзя|возможн|известн|видим|слышн|заметн|понятн)\w*", re.IGNORECASE)


def negation_lost(case: Case, context: Context) -> Iterator[Finding]:
    """The source denies something that the target does not deny.

    Fires: "did not agree" with «согласился»; a Russian «никто», «никогда» without its «не».
    Not: a denial inside another word («невозможно», "unlikely"), by "few", "fail", «отказался»,
    set phrases ("not only", «тем не менее»).
    """
    if {case.src_lang, case.tgt_lang} != {"en", "ru"} or language_of(case.tgt) == case.src_lang:
        return
    if case.tgt_lang == "ru":
        yield from _pronouns_alone(case)
    yield from _only_left(case)
    evidence = context.evidence[case.index] if context.evidence else PairEvidence()
    denials = _denials(case.src, case.src_lang)
    if len(SURE[case.tgt_lang].findall(case.tgt)) >= len(denials):
        return
    lost = [span for span in denials if _is_lost(span, case, evidence)]
    if lost:
        words = ", ".join(f"“{case.src[span.start : span.stop]}”" for span in lost)
        yield Finding(f"denied in the source and not in the target: {words}", src=tuple(lost))


def _denials(text: str, lang: str) -> list[Span]:
    idle = [range(*found.span()) for found in SET_PHRASES[lang].finditer(text)]
    return [
        Span(*found.span())
        for found in SURE[lang].finditer(text)
        if not any(found.start() in place for place in idle)
    ]


def _is_lost(denial: Span, case: Case, evidence: PairEvidence) -> bool:
    """Whether nothing denies around the counterparts of the denied word.

    Where it has none, whether nothing denies in all of the target.
    """
    near = [
        evidence.tgt[word.partner]
        for word in _denied(denial, evidence.src)
        if word.partner >= 0 and word.covered >= COVERED
    ]
    windows = [case.tgt[max(0, w.span.start - BEFORE) : w.span.stop + AFTER] for w in near]
    return not any(_denies(window, case.tgt_lang) for window in windows or [case.tgt])


def _denied(denial: Span, words: Sequence[Word]) -> list[Word]:
    after = [
        word
        for word in words
        if denial.stop <= word.span.start <= denial.stop + REACH and word.weight >= CONTENT
    ]
    return after[:DENIED]


def _denies(text: str, lang: str) -> bool:
    return bool(SURE[lang].search(text) or MAY[lang].search(text))


def _pronouns_alone(case: Case) -> Iterator[Finding]:
    """«никто», «ни один» … in a sentence in which nothing denies."""
    start = 0
    for stop in [*(found.end() for found in _CLAUSE.finditer(case.tgt)), len(case.tgt)]:
        sentence = case.tgt[start:stop]
        found = PRONOUNS_RU.search(sentence)
        if found and not SURE["ru"].search(sentence) and not _UN.search(sentence):
            place = Span(start + found.start(), start + found.end())
            yield Finding(f"“{found[0]}” without “не”", tgt=(place,))
        start = stop


def _only_left(case: Case) -> Iterator[Finding]:
    """ "not only …, but also" became «только …, но и»."""
    whole_src, _ = NOT_ONLY[case.src_lang]
    whole_tgt, left = NOT_ONLY[case.tgt_lang]
    found = left.search(case.tgt)
    if found and whole_src.search(case.src) and not whole_tgt.search(case.tgt):
        yield Finding("“not only” became “only”", tgt=(Span(*found.span()),))


CHECKS = (Check("negation-lost", "content", "advisory", pair=negation_lost, vectors=True),)
