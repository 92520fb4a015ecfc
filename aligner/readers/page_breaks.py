"""Plain text that was once printed in pages: the pages gone, the text in one piece.

Pages end at form feeds or, without those, at page numbers on lines of their own (see
`readers.furniture`, which also knows the running heads). After the end of a sentence,
the end of a page is a blank line; in the middle of one it is nothing. Of lines that are
repeated the first stays: it may be the title.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from aligner.readers.furniture import PAGE_NUMBER, RUNNING_HEAD, furniture, numbered_breaks
from aligner.readers.line_ends import ends_sentence

_FORM_FEED = "\n\u2028"  # what `aligner.text.cleaned` makes of "\n\f"


def without_pages(text: str) -> tuple[str, dict[str, int]]:
    """The text without page breaks and furniture, and how much of that there was."""
    lines = text.replace(_FORM_FEED, "\n\f").split("\n")
    counts: Counter[str] = Counter()
    if not any(line.startswith("\f") for line in lines):
        breaks = frozenset(numbered_breaks(lines))
        if not breaks:
            return text, {}
        counts[PAGE_NUMBER] = len(breaks)
        lines = ["\f" if i in breaks else line for i, line in enumerate(lines)]
    pages = _pages(lines)
    found = _without_first_heads(pages, furniture(pages))
    counts.update(found.values())
    kept = [
        [row for at, row in enumerate(page) if (number, at) not in found]
        for number, page in enumerate(pages)
    ]
    return "\n".join(_in_one_piece(kept)), dict(counts)


def _pages(lines: Sequence[str]) -> list[list[str]]:
    pages: list[list[str]] = [[]]
    for line in lines:
        if line.startswith("\f"):
            pages.append([])
        pages[-1].append(line.lstrip("\f"))
    return pages


def _without_first_heads(
    pages: Sequence[Sequence[str]], found: dict[tuple[int, int], str]
) -> dict[tuple[int, int], str]:
    first: dict[str, tuple[int, int]] = {}
    for page, row in sorted(found):
        if found[page, row] == RUNNING_HEAD and not any(map(str.isdecimal, pages[page][row])):
            first.setdefault(pages[page][row].strip().casefold(), (page, row))
    return {place: name for place, name in found.items() if place not in first.values()}


def _in_one_piece(pages: Sequence[list[str]]) -> list[str]:
    lines: list[str] = []
    for page in pages:
        rows = _stripped(page)
        if not rows:
            continue
        if lines and ends_sentence(lines[-1]):
            lines.append("")
        lines += rows
    return lines


def _stripped(page: list[str]) -> list[str]:
    """A page without the blank rows at its top and its bottom."""
    full = [i for i, row in enumerate(page) if row.strip()]
    return page[full[0] : full[-1] + 1] if full else []
