"""A text as number literals, words and marks, with their places.

Web addresses and e-mail addresses are left out as a whole: digits in them are no numbers
(`aligner.checks.facts` compares them).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

TokenKind = Literal["literal", "word", "mark"]

SPACE = "[ \u00a0\u202f\u2009]"
ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"«»]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_TOKEN = re.compile(
    rf"(?P<address>{ADDRESS.pattern})"
    r"|(?P<literal>"
    r"\d{4}-\d\d-\d\d(?!\d)"  # 2025-03-12
    r"|\d{1,2}([./-])\d{1,2}\3(?:\d{4}|\d\d)(?![\d.])"  # 12.03.2025, 3/12/25
    rf"|\d{{1,2}}:\d\d(?::\d\d)?(?![\d:]|{SPACE}\d{{3}})"  # 15:30, not 5:10 000
    r"|\d+/\d+(?![\d/])"  # 1/2
    rf"|\d{{1,3}}(?:{SPACE}\d{{3}})+(?!\d)(?:[.,]\d+(?![\d.,]\d))?"  # 1 250,50
    r"|\d+(?:[.,]\d+)*"
    r"|(?<![\w.])\.\d+"  # .08
    r")"
    r"|(?P<word>[^\W\d_]+(?:['’][^\W\d_]+)?)"
    r"|(?P<mark>\S)"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a text; `low` is lower case with «е» for «ё»."""

    kind: TokenKind
    text: str
    low: str
    start: int
    stop: int
    glued: bool  # nothing stands between it and the token before


def tokens(text: str) -> tuple[Token, ...]:
    """The tokens of a text, in order."""
    found = []
    end = 0  # of the token before; 0 also at the beginning, where nothing can be glued
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup if match["literal"] is None else "literal"
        if kind == "address":
            continue
        start, stop = match.span()
        low = match[0].lower().replace("ё", "е")
        found.append(Token(kind, match[0], low, start, stop, start == end > 0))  # type: ignore[arg-type]
        end = stop
    return tuple(found)
