"""Words broken over a line end: does the hyphen belong to the word or to the line?

"infor-" + "mation" is one word, "well-" + "known" keeps its hyphen, and nothing on the
line says which. The text itself is asked first: whether the word stands somewhere
whole, or somewhere with its hyphen. Then Russian particles (кто-то, из-за) and the
Russian dictionary of pymorphy3; two halves that are both words keep the hyphen. Where
all that is silent, the hyphen goes if most of those that could be decided went: then
the text was hyphenated by a typesetter. Soft hyphens (U+00AD) are `aligner.text`'s.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pymorphy3 import MorphAnalyzer

_HYPHENS = ("-", "\u2010", "\u2011")
_HEAD = re.compile(r"[^\W\d_]+$")
_GLUES = ("/", "—", "--")  # "чтения/" + "записи", "the street—" + "oh"
_LETTER_OR_DIGIT = re.compile(r"\w")
_TAIL = re.compile(r"[^\W\d_]+(?:[-\u2010\u2011][^\W\d_]+)*")
_WORD = re.compile(r"[^\W\d_]+")
_COMPOUND = re.compile(r"[^\W\d_]+(?:[-\u2010\u2011][^\W\d_]+)+")
_CYRILLIC = re.compile(r"[а-яё]+")
_BEFORE = frozenset("кое кой из по во экс вице пол".split())  # из-за, по-русски, кое-что
_AFTER = frozenset("то либо нибудь ка таки де с за под".split())  # кто-то, всё-таки, из-под
_SHORTEST_HALF = 3  # letters; "in" and "а" are words, too, but begin every third word


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a text says about its own words, in lower case."""

    words: frozenset[str]  # whole ones; no halves of those broken over a line end
    compounds: frozenset[str]  # those with a hyphen inside a line
    drops: bool = False  # whether a hyphen goes that nothing else decides


def vocabulary(lines: Sequence[str]) -> Vocabulary:
    """The words of some lines, and how their line ends are to be taken.

    Nothing where no line is broken in a word: nothing will be asked then, and in a large
    text the words take longer than all the rest of the reading.
    """
    if not any(_head(line.strip()) for line in lines):
        return Vocabulary(frozenset(), frozenset())
    words: set[str] = set()
    compounds: set[str] = set()
    after_break = False
    for line in lines:
        lower = line.lower().strip()
        broken = bool(_head(lower))
        if any(hyphen in lower for hyphen in _HYPHENS):
            compounds.update(_COMPOUND.findall(lower))
        words.update(_WORD.findall(lower)[after_break : -1 if broken else None])
        after_break = broken
    known = Vocabulary(frozenset(words), frozenset(compounds))
    decided = [_dropped(*halves, known) for halves in _breaks(lines)]
    return Vocabulary(known.words, known.compounds, decided.count(True) > decided.count(False))


def joined(line: str, following: str, known: Vocabulary) -> str:
    """Two lines as one: a word broken between them put together, else with a space.

    Example: "он был господи-", "ном в шляпе" -> "он был господином в шляпе"
    """
    halves = _halves(line, following)
    if halves is None:
        return line + following if _is_glued(line) else f"{line} {following}"
    dropped = _dropped(*halves, known)
    return (line[:-1] if (known.drops if dropped is None else dropped) else line) + following


def _breaks(lines: Iterable[str]) -> Iterable[tuple[str, str]]:
    both = (_halves(line.strip(), following.strip()) for line, following in pairwise(lines))
    return (halves for halves in both if halves)


def _halves(line: str, following: str) -> tuple[str, str] | None:
    """The two parts of a word; None where none is broken: "Нью-" + "Йорк", "pre-" + "and"."""
    head = _head(line)
    tail = _TAIL.match(following) if head else None
    return (head, tail[0]) if tail else None


def _head(line: str) -> str:
    """The letters before a hyphen that ends a line; "" where none does."""
    found = _HEAD.search(line[:-1]) if line.endswith(_HYPHENS) else None
    return found[0] if found else ""


def _is_glued(line: str) -> bool:
    mark = next((mark for mark in _GLUES if line.endswith(mark)), None)
    return mark is not None and bool(_LETTER_OR_DIGIT.match(line.removesuffix(mark)[-1:]))


def _dropped(head: str, tail: str, known: Vocabulary) -> bool | None:
    """Whether the hyphen goes; None where nothing says so."""
    if not tail[0].islower() and not head.isupper():
        return False  # Нью-Йорк
    head, tail = head.lower(), tail.lower()
    first = _WORD.match(tail)
    if head + (first[0] if first else tail) in known.words or head + tail in known.compounds:
        return True
    if f"{head}-{tail}" in known.compounds or head in _BEFORE or tail in _AFTER:
        return False
    if _CYRILLIC.fullmatch(head + tail) and _is_russian(head + tail):
        return True
    halves = (head, tail)
    if all(len(half) >= _SHORTEST_HALF and _is_word(half, known) for half in halves):
        return False
    return None


def _is_word(half: str, known: Vocabulary) -> bool:
    return half in known.words or (bool(_CYRILLIC.fullmatch(half)) and _is_russian(half))


def _is_russian(word: str) -> bool:
    return bool(_dictionary().word_is_known(word))


@cache
def _dictionary() -> MorphAnalyzer:
    from pymorphy3 import MorphAnalyzer  # 0.1 s: only where a Russian word is broken

    return MorphAnalyzer()
