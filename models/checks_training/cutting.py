"""Copies of a text with a part cut out, as a translator may leave it out.

A part stands between two marks of punctuation, has four words or more and between an eighth and
seven tenths of the text. What is left is made whole: a capital at the beginning, the
full stop at the end.
"""

from __future__ import annotations

import re
from random import Random

from aligner.checks.coverage import WORD

_MARKS = re.compile(r"\s*[,;:()—–]\s+|\s+[-—–(]\s*|[.!?…][\"»”)]*\s+")
LEAST_WORDS = 4
LEAST, MOST = 0.12, 0.7  # shares of the text


def cut(text: str) -> str | None:
    """The text without one of its parts, always the same one; None where it has none to lose."""
    ends = list(_MARKS.finditer(text))
    starts = [0, *(mark.end() for mark in ends)]
    stops = [*(mark.start() for mark in ends), len(text)]
    parts = [
        (start, stop)
        for first, start in enumerate(starts)
        for stop in stops[first : first + 2]
        if len(WORD.findall(text, start, stop)) >= LEAST_WORDS
        and LEAST * len(text) < stop - start < MOST * len(text)
    ]
    return _whole(text, *Random(text).choice(parts)) if parts else None


def _whole(text: str, start: int, stop: int) -> str:
    before, after = text[:start].rstrip(" ,;:—–-("), text[stop:].lstrip(" ,;:—–)")
    space = " " if before and after[:1].isalnum() else ""
    left = f"{before}{space}{after}".strip()
    if text[-1] in ".?!" and left[-1].isalnum():
        left += text[-1]
    return left[:1].upper() + left[1:] if text[:1].isupper() else left
