"""When two texts count as the same but for their looks: case, spaces, punctuation, ё.

`key_of` is what the memory keeps of a text to find its like in one look; equal keys are
compared by `folded` where it matters. A question mark stays: «Готово?» is another sentence
than «Готово.». So do %, &, #, @, * and slashes, and a minus before a number, which change
what is said.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable
from functools import cache

_MEANINGFUL = "%‰§&#@*/\\?"
_MINUS = re.compile(r"(?<!\S)[-−–](?=\d)")
_KEPT_MINUS = "\u2212"  # a symbol, no punctuation


def folded(text: str) -> str:
    """The text in lower case, without punctuation, ё as е, one space between words.

    Where nothing else stands, punctuation is the text: "…" stays "…".

    Example: "«Ёлка», —  сказал он." -> "елка сказал он"
    """
    lower = text.casefold().replace("ё", "е")
    if "-" in lower or "–" in lower:
        lower = _MINUS.sub(_KEPT_MINUS, lower)
    return " ".join(_words()(lower)) or " ".join(lower.split())


def key_of(text: str) -> int:
    """A number of 64 bits that is equal for texts equal when folded, as SQLite keeps it."""
    digest = hashlib.blake2b(folded(text).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


@cache
def _words() -> Callable[[str], list[str]]:
    """What finds the runs of characters that are neither punctuation nor white space."""
    marks = (chr(code) for code in range(0x3040))  # European and CJK punctuation
    found = (mark for mark in marks if unicodedata.category(mark).startswith("P"))
    between = re.escape("".join(mark for mark in found if mark not in _MEANINGFUL))
    return re.compile(rf"[^\s{between}]+").findall
