"""Content: what is missing, what was added, and pairs that are none.

Whole sentences without a partner come from the alignment; parts of a pair from `parts`; both
know nothing of wording. Numbers and names are the business of other families; a lost
denial that of `negation`, a text in the wrong language that of `languages`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from aligner.checks.check import Case, Check, Context, Finding, over_document
from aligner.checks.evidence import Gap, PairEvidence, Word
from aligner.checks.parts import log_ratio
from aligner.issues import Severity
from aligner.records import Span

FAMILY = "content"
# Probabilities of a gap from which on it is a warning, and an advisory. More is added than left
# out in good translations («заявил он», a name for a pronoun), so an addition must be surer.
# Of 624 clean pairs of news and FLORES 0.2 % reach each of the warnings and 2 % the advisories;
# of 307 dropped clauses 43 % and 74 % do.
OMITTED = (0.96, 0.58)
ADDED = (0.98, 0.87)
IMPROBABLE = 0.5  # of a link: more likely wrong than right
# Likeness (see `likeness`) below which a pair of texts of so many characters is no pair. Of 2,299
# clean pairs 0.2 % lie below the first, 1 % below the second; of shifted ones 85 and 92 %.
UNLIKE = ((80, 0.62, 0.72), (30, 0.43, 0.55), (0, 0.03, 0.10))
EXCERPT = 60  # letters of a text that a message shows


def omitted_sentence(context: Context) -> Iterator[tuple[int, Finding]]:
    """A source sentence has no translation: the target is empty.

    An advisory where only marks, numbers or a single word are missing ("***", "1.").
    """
    for case in context.cases:
        if case.src.strip() and not case.tgt.strip():
            message = f"not translated: “{_excerpt(case.src)}”"
            yield case.index, Finding(message, (_all(case.src),), (), _of_little(case.src))


def added_sentence(context: Context) -> Iterator[tuple[int, Finding]]:
    """A target sentence has no source: the source is empty.

    An advisory where only marks, numbers or a single word were added.
    """
    for case in context.cases:
        if case.tgt.strip() and not case.src.strip():
            message = f"not in the source: “{_excerpt(case.tgt)}”"
            yield case.index, Finding(message, (), (_all(case.tgt),), _of_little(case.tgt))


def _all(text: str) -> Span:
    return Span(0, len(text))


def _of_little(text: str) -> Severity | None:
    return "advisory" if len(re.findall(r"[^\W\d_]+", text)) < 2 else None


def omitted_part(case: Case, context: Context) -> Iterator[Finding]:
    """A clause or a sentence of the source is missing in the target.

    Judged by the length of both sides, by words without a counterpart, and by how much nearer the
    source is to the target without that part. A warning where a gap is nearly sure, an advisory
    where it is likely. Not: texts of a few words, and words left out within a clause.
    """
    gap = _evidence(case, context).omitted
    if gap is not None and gap.probability >= OMITTED[1]:
        message = f"may be missing in the target: “{_part(case.src, gap)}”"
        severity: Severity | None = None if gap.probability >= OMITTED[0] else "advisory"
        yield Finding(message, (gap.span,), (), severity)


def added_part(case: Case, context: Context) -> Iterator[Finding]:
    """A clause or a sentence of the target is not in the source; judged as `omitted-part` is."""
    gap = _evidence(case, context).added
    if gap is not None and gap.probability >= ADDED[1]:
        message = f"may not be in the source: “{_part(case.tgt, gap)}”"
        severity: Severity | None = None if gap.probability >= ADDED[0] else "advisory"
        yield Finding(message, (), (gap.span,), severity)


def _evidence(case: Case, context: Context) -> PairEvidence:
    return context.evidence[case.index] if context.evidence else PairEvidence()


def _part(text: str, gap: Gap) -> str:
    return _excerpt(text[gap.span.start : gap.span.stop])


def doubtful_pair(case: Case, context: Context) -> Iterator[Finding]:
    """The two texts may not belong together: an improbable link, or nothing alike in them.

    Fires where the aligner gives the link less than even odds, and where neither the meaning nor
    the words nor the lengths agree; as an advisory where little agrees.
    Not: short texts that a translator may render by anything.
    """
    if case.probability < IMPROBABLE:
        yield Finding(f"an improbable link: {case.probability:.0%}")
        return
    evidence = _evidence(case, context)
    if not (evidence.src and evidence.tgt) or case.src_lang == case.tgt_lang:
        return
    value = likeness(case, evidence)
    shorter = min(len(case.src), len(case.tgt))
    _, far, near = next(row for row in UNLIKE if shorter >= row[0])
    if value < near:
        severity: Severity | None = None if value < far else "advisory"
        message = f"hardly alike in meaning (similarity {evidence.similarity:.2f})"
        yield Finding(message, severity=severity)


def likeness(case: Case, evidence: PairEvidence) -> float:
    """How much two texts agree: in meaning, in words, in length."""
    words = _share(evidence.src) + _share(evidence.tgt)
    return evidence.similarity + 0.25 * words - 0.1 * abs(log_ratio(case.en, case.ru))


def _share(words: Sequence[Word]) -> float:
    total = sum(word.weight for word in words)
    return sum(word.covered * word.weight for word in words) / (total + 0.5)


def _excerpt(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= EXCERPT else line[: EXCERPT - 1].rstrip() + "…"


def _by_vectors(
    name: str, severity: Severity, function: Callable[[Case, Context], Iterator[Finding]]
) -> Check:
    return Check(name, FAMILY, severity, pair=function, vectors=True)


CHECKS = (
    over_document("omitted-sentence", FAMILY, "error", omitted_sentence),
    over_document("added-sentence", FAMILY, "warning", added_sentence),
    _by_vectors("omitted-part", "warning", omitted_part),
    _by_vectors("added-part", "warning", added_part),
    _by_vectors("doubtful-pair", "warning", doubtful_pair),
)
