"""Tags, placeholders and Markdown marks that the target lost, gained or changed.

Compared as multisets with the source, and then over the neighbours: in running text a tag
may open in one pair and close in the next, or stand on the other side of a boundary that the
translator moved. What a neighbour has too much of is not missing here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from aligner.checks.check import Context, Finding, over_document
from aligner.records import Span

NEIGHBOURS = 2  # pairs on each side that may have what is missing
_TAG = re.compile(
    r"</?[A-Za-z][\w:-]*(?:\s+[\w:-]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]+))?)*\s*/?>"
)
_TAG_NAME = re.compile(r"</?[A-Za-z][\w:-]*")
_PLACEHOLDER = re.compile(
    r"\$?\{\{?\s*[A-Za-z_][\w.]*\s*\}?\}"  # {name}, ${name}, {{ name }}
    r"|\{\d+\}"  # {0}
    r"|%\(\w+\)[sdif]"  # %(name)s
    r"|(?<![\d\w%])%(?:\d+\$)?[sdif@]\b"  # %s, %1$s
    r"|(?<!\w)%[A-Z][A-Z_]{2,}%"  # %NAME%
)

Found = list[tuple[str, Span]]


def tags(context: Context) -> Iterator[tuple[int, Finding]]:
    """A tag such as <b> or </a> is in the source and not in the target, or the reverse.

    Fires: "Press <b>Save</b>" and «Нажмите <b>Сохранить».
    Not: another order, other attributes (a translated title), a tag that moved to a
    neighbouring pair, "a < b".
    """
    return _differences(context, tags_in, "tag")


def placeholders(context: Context) -> Iterator[tuple[int, Finding]]:
    """A placeholder such as {name}, {0}, %s, %1$s or ${x} was lost, added or translated.

    Fires: "Hello, {name}!" and «Здравствуйте, {имя}!».
    Not: another order, percentages ("5 %"), a placeholder that moved to a neighbouring pair.
    """
    return _differences(context, placeholders_in, "placeholder")


def tags_in(text: str) -> Found:
    """The tags of a text by name: "<a href='x'>" counts as "<a>"."""
    found = []
    for match in _TAG.finditer(text):
        name = _TAG_NAME.match(match[0])
        if name is not None:
            found.append((f"{name[0].lower()}>", Span(*match.span())))
    return found


def placeholders_in(text: str) -> Found:
    """The placeholders of a text, without spaces inside."""
    return [
        (re.sub(r"\s", "", match[0]), Span(*match.span())) for match in _PLACEHOLDER.finditer(text)
    ]


def _differences(
    context: Context, found_in: Callable[[str], Found], what: str
) -> Iterator[tuple[int, Finding]]:
    src = [found_in(case.src) for case in context.cases]
    tgt = [found_in(case.tgt) for case in context.cases]
    balance = [_count(s) - _count(t) for s, t in zip(src, tgt, strict=True)]
    excess = [_count(t) - _count(s) for s, t in zip(src, tgt, strict=True)]
    for case in context.cases:
        if not (case.src.strip() and case.tgt.strip()):
            continue
        at = case.index
        lost = _without_neighbours(balance[at], excess, at)
        gained = _without_neighbours(excess[at], balance, at)
        if lost or gained:
            yield at, _finding(lost, gained, (src[at], tgt[at]), what)


def _count(found: Found) -> Counter[str]:
    return Counter(name for name, _ in found)


def _without_neighbours(
    here: Counter[str], others: Sequence[Counter[str]], at: int
) -> Counter[str]:
    """What is left of `here` when the neighbours' opposite differences are taken off."""
    left = here
    for near in range(max(0, at - NEIGHBOURS), min(len(others), at + NEIGHBOURS + 1)):
        if near != at:
            left = left - others[near]
    return left


def _finding(
    lost: Counter[str], gained: Counter[str], found: tuple[Found, Found], what: str
) -> Finding:
    parts = []
    if lost:
        parts.append(f"{what} not in the target: {', '.join(lost.elements())}")
    if gained:
        parts.append(f"{what} not in the source: {', '.join(gained.elements())}")
    src, tgt = (
        tuple(span for name, span in side if name in names)
        for side, names in zip(found, (lost, gained), strict=True)
    )
    return Finding("; ".join(parts), src, tgt)


CHECKS = (
    over_document("tags", "form", "error", tags),
    over_document("placeholders", "form", "error", placeholders),
)
