"""Terms of a glossary: translated as it says, and nothing used that it forbids.

The user's glossary is the law here, so what is found is a warning whatever the
translator had in mind. Word forms of both languages are recognised (`morphology`).
"""

from __future__ import annotations

from collections.abc import Iterator

from aligner.checks.check import Case, Context, Finding, per_pair
from aligner.checks.morphology import occurrences, stands_in
from aligner.readers.glossary import Term

FAMILY = "consistency"


def glossary(case: Case, context: Context) -> Iterator[Finding]:
    """A term of the glossary is in the source, and none of its translations in the target.

    Fires: "translation memory" with «память переводчика» where the glossary has «память
    переводов».
    Not: any form of the right term («памяти переводов»), a longer term that contains this one
    and is translated right, terms without a translation in the glossary.
    """
    for term in context.glossary.terms:
        right = term.right(case.tgt_lang)
        if not right:
            continue
        for name in term.right(case.src_lang):
            places = tuple(occurrences(name, case.src, case.src_lang))
            if places and not stands_in(right, case.tgt, case.tgt_lang):
                if not _in_a_longer_term(name, case, context):
                    message = f"“{name}” should be “{'” or “'.join(right)}” ({term.where})"
                    yield Finding(message, src=places)


def _in_a_longer_term(name: str, case: Case, context: Context) -> bool:
    """Whether the term stands there as a part of another one whose translation is there."""
    return any(
        len(longer) > len(name)
        and name.lower() in longer.lower()
        and stands_in((longer,), case.src, case.src_lang)
        and stands_in(other.right(case.tgt_lang), case.tgt, case.tgt_lang)
        for other in context.glossary.terms
        for longer in other.right(case.src_lang)
    )


def forbidden_term(case: Case, context: Context) -> Iterator[Finding]:
    """An expression that the glossary forbids stands in the target.

    An entry with a source term forbids it as a translation of that term only.
    """
    for term in context.glossary.terms:
        sources = term.right(case.src_lang)
        for bad in term.bad(case.tgt_lang):
            places = tuple(occurrences(bad, case.tgt, case.tgt_lang))
            if places and (not sources or stands_in(sources, case.src, case.src_lang)):
                yield Finding(_message(bad, term, case), tgt=places)


def _message(bad: str, term: Term, case: Case) -> str:
    right = term.right(case.tgt_lang)
    instead = f", use “{'” or “'.join(right)}”" if right else ""
    return f"“{bad}” is forbidden{instead} ({term.where})"


CHECKS = (
    per_pair("glossary", FAMILY, "warning", glossary),
    per_pair("forbidden-term", FAMILY, "warning", forbidden_term),
)
