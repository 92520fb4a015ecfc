"""How many clean pairs the checks cry wolf on, and how many injected errors they find.

Run from the repository root, with ../shared beside it:

    python -m tests.benchmarks.checks [--corpus NAME …] [--kind name …] [--only form …] [--list]

A false alarm is a clean pair with an error or a warning; advisories do not count. An
injected error is found when a check that fits its kind says something about the spoiled
pair that it did not say about the clean one. At most a quarter of a document's pairs is
spoiled at once, so that what checks learn from the document stays true.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from aligner.checks import engine
from aligner.checks.check import Case, Context
from aligner.checks.gathering import gathered
from aligner.checks.model import load_model
from aligner.checks.settings import CheckSettings
from aligner.embed.protocol import Floats
from aligner.issues import Issue, Severity, at_least
from tests.benchmarks.check_data import CleanPair, Corpus, corpora, merged
from tests.benchmarks.gold import default_encoder
from tests.benchmarks.injection import INJECTORS, Text, injected
from tests.benchmarks.injection_names import Names, names_of

SPOILED = 4  # one pair in so many, at most
ENOUGH = 150  # errors of a kind in a corpus
SEED = "2026"

_LOST = frozenset({"omitted-part", "doubtful-pair"})
FITTING = {  # families or checks that count as having found an error of a kind
    "number": frozenset({"numbers"}),
    "scale": frozenset({"numbers"}),
    "date": frozenset({"numbers"}),
    "negation": frozenset({"negation-lost"}),
    "name": frozenset({"name-differs"}),
    "sentence": _LOST,
    "clause": _LOST,
    "untranslated": frozenset({"untranslated", "same-as-source", "wrong-language"}),
    "homoglyph": frozenset({"mixed-script"}),
    "bracket": frozenset({"brackets"}),
}
GOALS = {"negation": 0.7, "name": 0.7, "clause": 0.7}  # 0.95 for the others
FALSE_ALARMS = 0.02  # goal


class Remembering:
    """The built-in encoder; a text that comes again is not encoded again."""

    id = "remembering"

    def __init__(self) -> None:
        self._known: dict[str, Floats] = {}

    def encode(self, texts: list[str]) -> Floats:
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            self._known.update(zip(new, default_encoder().encode(new), strict=True))
        return np.array([self._known[text] for text in texts], dtype=np.float32)


@cache
def encoder() -> Remembering:
    """The one of this run."""
    return Remembering()


def issues(
    document: Sequence[CleanPair], only: frozenset[str] = frozenset(), vectors: bool = True
) -> list[Issue]:
    """What the checks (`only` those) say about a document with default settings."""
    cases = [
        Case(at, pair.src, pair.tgt, pair.src_lang, pair.tgt_lang)
        for at, pair in enumerate(document)
    ]
    checks = CheckSettings(only=only).chosen()
    evidence = None
    if vectors and any(check.vectors for check in checks):
        evidence = gathered(cases, encoder().encode, load_model())
    return engine.issues(checks, Context(cases, evidence))


@dataclass(frozen=True, slots=True)
class Alarms:
    """What the checks say about clean pairs."""

    pairs: int
    by_family: Counter[str]  # pairs with an error or a warning
    by_check: Counter[str]
    any: int
    listed: tuple[str, ...]


def false_alarms(corpus: Corpus, only: frozenset[str] = frozenset()) -> Alarms:
    """Checks a corpus, document by document."""
    families: Counter[str] = Counter()
    checks: Counter[str] = Counter()
    total, listed = 0, []
    for document in corpus.documents:
        found = [issue for issue in issues(document, only) if at_least(issue.severity, "warning")]
        families.update(family for _, family in {(one.pair, one.family) for one in found})
        checks.update(check for _, check in {(one.pair, one.check) for one in found})
        total += len({one.pair for one in found})
        listed += [_shown(issue, document[issue.pair]) for issue in found]
    return Alarms(len(corpus), families, checks, total, tuple(listed))


def _shown(issue: Issue, pair: CleanPair) -> str:
    return f"  [{issue.severity} {issue.check}] {issue.message}\n     {pair.src}\n     {pair.tgt}"


@dataclass(frozen=True, slots=True)
class Said:
    """What a check said, without the place in the text, which an injection shifts."""

    pair: int
    check: str
    message: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class Recall:
    """How many errors of a kind were found."""

    found: int
    firmly: int  # by an error or a warning
    total: int
    listed: tuple[str, ...]  # the misses

    def shown(self) -> str:
        """ "98/100 0.980 (0.970)"."""
        if not self.total:
            return "   0/0"
        share, firm = self.found / self.total, self.firmly / self.total
        return f"{self.found:4}/{self.total:<4} {share:.3f} ({firm:.3f})"


def recall(corpus: Corpus, kind: str, names: Names) -> Recall:
    """Injects errors of a kind all over a corpus, and checks the spoiled documents."""
    found = firmly = total = 0
    listed: list[str] = []
    for document in corpus.documents:
        clean = merged(document) if kind == "sentence" else document
        spoiled = _spoiled(clean, kind, names)
        before = _said(issues(clean, FITTING[kind])) if spoiled and total < ENOUGH else set()
        for part in _parts(spoiled, max(1, len(clean) // SPOILED)):
            if total >= ENOUGH:
                break
            bad = [replace(pair, tgt=part.get(i, pair.tgt)) for i, pair in enumerate(clean)]
            news = _said(issues(bad, FITTING[kind])) - before
            hit = {one.pair for one in news} & part.keys()
            firm = {one.pair for one in news if at_least(one.severity, "warning")} & hit
            found, firmly, total = found + len(hit), firmly + len(firm), total + len(part)
            listed += [_miss(clean[i], part[i]) for i in sorted(part.keys() - hit)]
    return Recall(found, firmly, total, tuple(listed))


def _spoiled(document: Sequence[CleanPair], kind: str, names: Names) -> dict[int, str]:
    """The pairs that have a place for an error, with the spoiled target."""
    texts = (Text(pair.src, pair.tgt, pair.tgt_lang) for pair in document)
    targets = enumerate(injected(kind, text, SEED, names) for text in texts)
    return {index: target for index, target in targets if target is not None}


def _parts(spoiled: dict[int, str], size: int) -> Iterable[dict[int, str]]:
    """Shares of it, each spread over the document."""
    count = -(-len(spoiled) // size)
    rows = list(spoiled.items())
    return [dict(rows[start::count]) for start in range(count)]


def _said(found: Iterable[Issue]) -> set[Said]:
    return {Said(issue.pair, issue.check, issue.message, issue.severity) for issue in found}


def _miss(pair: CleanPair, target: str) -> str:
    return f"     {pair.src}\n     {pair.tgt}\n  -> {target}"


def speed(corpus: Corpus, only: frozenset[str]) -> float:
    """Pairs per second of checking, without encoding: every text is known already."""
    start = time.process_time()  # of one core, however busy the machine is
    for document in corpus.documents:
        issues(document, only)
    return len(corpus) / (time.process_time() - start)


def main() -> None:
    """Print false alarms, then recall, then speed."""
    parser = argparse.ArgumentParser(description="False alarms and recall of the checks.")
    parser.add_argument("--corpus", action="append", help="only this one; repeatable")
    parser.add_argument("--kind", action="append", choices=INJECTORS, help="only this; repeatable")
    parser.add_argument("--only", action="append", help="this family or check; repeatable")
    parser.add_argument("--list", action="store_true", help="print each false alarm and each miss")
    options = parser.parse_args()
    chosen = [one for one in corpora() if not options.corpus or one.name in options.corpus]
    if not options.kind:
        only = frozenset(options.only or ())
        _print_alarms(chosen, only, options.list)
        rate = speed(chosen[0], only)
        print(f"\n{rate:.0f} pairs per second of CPU beyond encoding ({chosen[0].name})")
    if options.kind or not options.only:
        _print_recall(chosen, options.kind or list(INJECTORS), options.list)


def _print_alarms(chosen: Sequence[Corpus], only: frozenset[str], listed: bool) -> None:
    print(f"Pairs with a false alarm (error or warning); goal: at most {FALSE_ALARMS:.1%}")
    for corpus in chosen:
        alarms = false_alarms(corpus, only)
        families = ", ".join(
            f"{family} {count / alarms.pairs:.2%}"
            for family, count in sorted(alarms.by_family.items())
        )
        share = f"{alarms.any:4}/{alarms.pairs:<5} {alarms.any / alarms.pairs:6.2%}"
        print(f"{_title(corpus)} {share}  {families}")
        print(f"{'':28} {dict(sorted(alarms.by_check.items()))}", flush=True)
        if listed:
            print("\n".join(alarms.listed), flush=True)


def _print_recall(chosen: Sequence[Corpus], kinds: Sequence[str], listed: bool) -> None:
    print("\nInjected errors found; in brackets: by an error or a warning, not only an advisory")
    names = names_of(pair.english_first() for pair in _all_pairs())
    for kind in kinds:
        for corpus in chosen:
            result = recall(corpus, kind, names)
            goal = GOALS.get(kind, 0.95)
            print(f"{kind:13} {_title(corpus)} {result.shown()}  goal {goal}", flush=True)
            if listed:
                print("\n".join(result.listed), flush=True)


def _all_pairs() -> Iterator[CleanPair]:
    for corpus in corpora():
        for document in corpus.documents:
            yield from document


def _title(corpus: Corpus) -> str:
    return f"{corpus.name:18} {'held back' if corpus.held else 'seen':9}"


if __name__ == "__main__":
    main()
