"""The units that a match is counted in: words, numbers, and marks, one token each.

As OmegaT does for its strictest score, marks count like words and spaces do not count.
Case and ё are folded, since they change no meaning: two texts that differ only in them
have equal tokens (`fuzzy.percent` still keeps them below 100). Not here: stems and lemmas
(`concordance` finds word forms).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_TOKEN = re.compile(r"\w+(?:['’\-‐‑]\w+)*|[^\w\s]")
_FOLDED = (("ё", "е"), ("’", "'"), ("\u2010", "-"), ("\u2011", "-"))


def tokens_of(text: str) -> list[str]:
    """The tokens of a text, folded. Example: "Ёлка, it's 5 %" -> ["елка", ",", "it's", "5", "%"]"""
    return _TOKEN.findall(folded(text))


def numbered(tokens: Iterable[str]) -> list[str]:
    """The tokens, each repetition with its number, so that all differ.

    Two texts share as many numbered tokens as they have tokens in common, repetitions
    included. Example: ["да", ",", "да"] -> ["да", ",", "да 2"]
    """
    seen: dict[str, int] = {}
    result = []
    for token in tokens:
        times = seen[token] = seen.get(token, 0) + 1
        result.append(token if times == 1 else f"{token} {times}")
    return result


def places_of(text: str) -> list[tuple[int, int]]:
    """Where each token stands in the text as it is; one place for each of `tokens_of`.

    Only for a text in NFC: composing would move the places.
    """
    return [found.span() for found in _TOKEN.finditer(text)]


def folded(text: str) -> str:
    """The text in NFC, in lower case, with е for ё and plain apostrophes and hyphens.

    `lower`, not `casefold`: it keeps nearly every character in its place (ß stays ß).
    """
    text = unicodedata.normalize("NFC", text).lower()
    for character, plain in _FOLDED:
        text = text.replace(character, plain)  # five times as fast as str.translate
    return text
