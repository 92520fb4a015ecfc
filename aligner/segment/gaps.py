"""A gap: a place where a sentence could end, and what stands around it.

`candidates` finds gaps, the rules decide them. A gap answers questions about
its neighbourhood and looks at no more than a few words of it, so that a rule
costs the same in a tweet and in a megabyte without a full stop.

The idea of looking at both sides of every candidate is razdel's
(https://github.com/natasha/razdel).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import Literal

CONTEXT = 48  # how many characters of a neighbouring word a rule may see
OPENERS = "\"'«„“‘‹([{*_`<#\u200b"
DASHES = "—–-―−"
BULLETS = "✅✔☑✓•▪●■►▶➤➡👉🔸🔹🔻📌"

_INITIALS = re.compile(r"(?:[A-ZА-ЯЁ]\.-?|[A-ZА-ЯЁ]-)*[A-ZА-ЯЁ]")
_WORD = re.compile(r"\w+(?:[-’'‑]\w+)*")

GapKind = Literal[
    "mark", "smile", "line", "link", "tags", "ruler", "mention", "formula", "opener", "dash"
]
"""What makes a place a candidate: an end mark, or one of the things that stand for it."""


class Verdict(Enum):
    """What a rule may say about a gap."""

    SPLIT = "split"
    JOIN = "join"


@dataclass(frozen=True)
class Gap:
    """One candidate: `text[:stop]` is left of it, `text[right:]` is right of it."""

    text: str
    sentence: int  # where the sentence before the gap begins
    start: int  # where the mark (or what stands for it) begins
    stop: int  # behind the mark and all that belongs to it
    right: int  # the next character that is not white space
    kind: GapKind
    mark: str = ""  # ".", "?!", "…" of a gap of kind "mark"
    closers: str = ""  # quotes and brackets closed after the mark
    smiles: bool = False  # pictures or :) belong to the left side

    @property
    def spaced(self) -> bool:
        """Whether white space stands between the two sides."""
        return self.right > self.stop

    @cached_property
    def left_tokens(self) -> list[str]:
        """The last tokens of the sentence before the mark."""
        return self.text[max(self.sentence, self.start - 2 * CONTEXT) : self.start].split()

    @cached_property
    def word(self) -> str:
        """The last token without opening quotes, brackets and dashes: "т.е", "U.S"."""
        return self.left_tokens[-1].lstrip(OPENERS + DASHES + "/…") if self.left_tokens else ""

    @cached_property
    def last_part(self) -> str:
        """The word's part after its last inner dot or hyphen: "кв.м" gives "м"."""
        return re.split(r"[.-]", self.word)[-1]

    @cached_property
    def initial(self) -> str:
        """The last of one or more capitals: "С" in "А.С" and "Ж.-П.С", "" in "Super-G"."""
        return self.word[-1] if _INITIALS.fullmatch(self.word) else ""

    @cached_property
    def before(self) -> str:
        """The token before the word, without what opens it: "2024" in «2024 г.»"""
        return self.left_tokens[-2].lstrip(OPENERS) if len(self.left_tokens) > 1 else ""

    @cached_property
    def ahead(self) -> str:
        """The first characters of the right side."""
        return self.text[self.right : self.right + CONTEXT]

    @cached_property
    def inside(self) -> str:
        """The right side from its first letter, digit or other sign that opens nothing."""
        return self.ahead.lstrip(OPENERS + DASHES + BULLETS + "…. \ufe0f")

    @cached_property
    def next_words(self) -> list[str]:
        """The first words of the right side."""
        return _WORD.findall(self.inside)

    @cached_property
    def next_word(self) -> str:
        """The word the right side begins with; "" where it begins with no word."""
        found = _WORD.match(self.inside)
        return found.group() if found else ""

    @property
    def after_next(self) -> str:
        """The sign behind that word: "." in «А. Павлов», " " in «А потом»."""
        return self.inside[len(self.next_word) :][:1]

    @property
    def first_words(self) -> str:
        """The sentence before the gap, at most its first characters."""
        return self.text[self.sentence : min(self.start, self.sentence + CONTEXT)]

    @property
    def sentence_words(self) -> int:
        """How many words the sentence before the gap has; CONTEXT of a long one."""
        if self.start - self.sentence > 2 * CONTEXT:
            return CONTEXT
        return len(self.text[self.sentence : self.start].split())
