"""The same thing said in the same way throughout: sentences, and the spelling of names.

Compared without case, spaces, end marks and ё. What differs is shown at the pairs in the minority,
with what the others have and where.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from functools import lru_cache

from aligner.checks.check import Case, Context, Finding, over_document

FAMILY = "consistency"
LEAST_WORDS = 3  # of a sentence; "Yes." may be translated by anything
EXCERPT = 50


def source_varies(context: Context) -> Iterator[tuple[int, Finding]]:
    """One source has several translations.

    Fires as a warning for sentences of three words or more, as an advisory for shorter ones
    (headings, labels). Not: where only case, spaces, end marks or ё differ.
    """
    yield from _varies(context, lambda case: (case.src, case.tgt), "elsewhere translated as")


def target_varies(context: Context) -> Iterator[tuple[int, Finding]]:
    """Different sources have the same translation: copied by mistake, or a distinction lost.

    Only sentences of three words or more whose sources differ in more than case, spaces, end
    marks; an advisory, since synonyms are often translated alike.
    """
    for index, finding in _varies(context, lambda case: (case.tgt, case.src), "also for"):
        if len(_words(context.cases[index].tgt)) >= LEAST_WORDS:
            yield index, finding


def _varies(
    context: Context, sides: Callable[[Case], tuple[str, str]], said: str
) -> Iterator[tuple[int, Finding]]:
    groups: dict[str, list[Case]] = defaultdict(list)
    for case in context.cases:
        same, _ = sides(case)
        if case.src.strip() and case.tgt.strip() and _words(same):
            groups[_plain(same)].append(case)
    for group in groups.values():
        kinds = Counter(_plain(sides(case)[1]) for case in group)
        if len(kinds) < 2:
            continue
        usual = max(kinds, key=lambda kind: (kinds[kind], -_first(group, kind, sides)))
        other = next(case for case in group if _plain(sides(case)[1]) == usual)
        for case in group:
            if _plain(sides(case)[1]) != usual:
                text = _excerpt(sides(other)[1])
                short = len(_words(sides(case)[0])) < LEAST_WORDS
                message = f"{said} “{text}” (pair {other.index + 1})"
                yield case.index, Finding(message, severity="advisory" if short else None)


def _first(group: list[Case], kind: str, sides: Callable[[Case], tuple[str, str]]) -> int:
    return next(case.index for case in group if _plain(sides(case)[1]) == kind)


@lru_cache(maxsize=1 << 16)
def _plain(text: str) -> str:
    words = re.sub(r"[\s\u00a0]+", " ", text.lower().replace("ё", "е")).strip()
    return re.sub(r"[\s.!?…:;,\"'«»“”„’‘()\[\]—–-]+", " ", words).strip()


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text)


def _excerpt(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= EXCERPT else line[: EXCERPT - 1].rstrip() + "…"


CHECKS = (
    over_document("source-varies", FAMILY, "warning", source_varies),
    over_document("target-varies", FAMILY, "advisory", target_varies),
)
