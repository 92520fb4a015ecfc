"""What a check is: a small named function from a pair, or from all pairs, to findings.

A check looks at a `Case` (a pair with its languages) and yields a `Finding` for each thing
it sees; who runs it (`engine`) makes `Issue`s of them. Its docstring is what
`--explain` prints: what fires, what does not, an example.

    def double_spaces(case: Case, context: Context) -> Iterator[Finding]:
        \"\"\"Two spaces in a row in the target. … \"\"\"
        for found in _DOUBLE.finditer(case.tgt):
            yield Finding("two spaces in a row", tgt=(Span(*found.span()),))

    CHECKS = (per_pair("double-space", "form", "warning", double_spaces),)

Checks read no files and load no encoder: what they need beyond the texts is in the
`Context`.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from aligner.checks.evidence import Evidence
from aligner.issues import Severity
from aligner.readers.glossary import Glossary
from aligner.records import Span


@dataclass(frozen=True, slots=True)
class Case:
    """A pair under check: both texts, their languages, and how sure the aligner was."""

    index: int  # 0-based place among all pairs
    src: str
    tgt: str
    src_lang: str = "en"
    tgt_lang: str = "ru"
    probability: float = 1.0

    @property
    def en(self) -> str:
        """The text of the English side."""
        return self.src if self.src_lang == "en" else self.tgt

    @property
    def ru(self) -> str:
        """The text of the Russian side."""
        return self.src if self.src_lang == "ru" else self.tgt

    def finding(
        self,
        message: str,
        en: Sequence[Span] = (),
        ru: Sequence[Span] = (),
        severity: Severity | None = None,
    ) -> Finding:
        """A finding whose evidence is given by language."""
        src, tgt = (en, ru) if self.src_lang == "en" else (ru, en)
        return Finding(message, tuple(src), tuple(tgt), severity)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check saw, in words, and where: spans of characters in source and target."""

    message: str
    src: tuple[Span, ...] = ()
    tgt: tuple[Span, ...] = ()
    severity: Severity | None = None  # None: the check's own; a weaker one for a weaker case


@dataclass(frozen=True, slots=True)
class Context:
    """All that checks may look at besides their pair."""

    cases: Sequence[Case] = ()  # all pairs, in order, those with an empty side too
    evidence: Evidence | None = None  # what vectors say about each pair; None: not asked for
    glossary: Glossary = field(default_factory=Glossary)


PairCheck = Callable[[Case, Context], Iterator[Finding]]
DocumentCheck = Callable[[Context], Iterator[tuple[int, Finding]]]


@dataclass(frozen=True, slots=True)
class Check:
    """A named check, its family and how serious what it finds is."""

    name: str  # "double-space"
    family: str  # "form"
    severity: Severity
    pair: PairCheck | None = None  # looks at one pair with text on both sides,
    document: DocumentCheck | None = None  # or at all pairs and says at which one (its index)
    on: bool = True  # without a setting
    vectors: bool = False  # whether it looks at the context's evidence
    fixed: bool = False  # a setting chose the severity: findings cannot weaken it

    @property
    def explanation(self) -> str:
        """What `--explain` prints about it."""
        return inspect.getdoc(self.pair or self.document) or ""


def per_pair(
    name: str, family: str, severity: Severity, function: PairCheck, on: bool = True
) -> Check:
    """A check that needs no more than one pair at a time."""
    return Check(name, family, severity, pair=function, on=on)


def over_document(
    name: str, family: str, severity: Severity, function: DocumentCheck, on: bool = True
) -> Check:
    """A check that compares the pairs with each other."""
    return Check(name, family, severity, document=function, on=on)
