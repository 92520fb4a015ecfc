"""Finds the places where a sentence could end; the rules decide them.

A candidate is an end mark with the quotes, brackets, footnote numbers and
smileys that belong to it, or what stands for an end mark in letters and posts:
a smiley, a link, a run of hashtags, a ruled line, a closing formula, a capital
on a word that is no name. One pass of one regular expression, none of whose
alternatives begins with a run that another can try again, keeps the time linear
even in a million dots or spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import get_args

from aligner.segment.gaps import Gap, GapKind

_CLOSER = r"[\"'”’»›“)\]}*_`]|&(?:#39|quot|raquo|rdquo);"  # scraped pages keep entities
_FOOTNOTE = r"\s?\[\d{1,3}\](?:[,–-]?\s?\[\d{1,3}\])*"
_PICTURE = (
    "[\u2600-\u2610\u2612\u2613\u2615-\u2704\u2706-\u2712\u2715-\u2793\u2795-\u27a0\u27a2-\u27bf"
    "\u2b05-\u2b55\U0001f000-\U0001f448\U0001f44a-\U0001f4cb\U0001f4cd-\U0001f537"
    "\U0001f53c-\U0001faff\u2800]"  # U+2800, the blank braille cell, is Instagram's empty line
)
_SMILE = (
    rf"(?:{_PICTURE}[\u200d\ufe0f\u20e3]*)+"
    r"|[:;=]-?(?:[)(]+|[DР])(?!\w)"  # :) =))) :D, and :Р in Cyrillic
    r"|(?<=[\w\s)!?.])\)+"  # a bare Russian smile; brackets are told from it by _lone_brackets
)
_SMILES = rf"(?:{_SMILE})(?:\s*(?:{_SMILE}))*"
_RULER = r"(?:[=*_~-]{5,}|\*\s?\*\s?\*)"
_STAMP = r"\d\d?/\d\d?/\d{2,4} \d\d?:\d\d(?::\d\d)? [AP]M"  # the head of a message
_LINK = r"(?<![^\s(\[<\"'«“])(?>https?://\S+)(?<![.,;:!?…)\]»”\"'>])"
_KINDS: tuple[GapKind, ...] = get_args(GapKind)
_BRACKET = re.compile(r"(?<![:;=])(?<![:;=]-)\(|\)")  # not the mouth of :( or ;-(


@dataclass(frozen=True, slots=True)
class Marks:
    """What stands for an end mark in one language."""

    formulas: str  # a regular expression: "Kind regards", «С уважением»
    openers: frozenset[str]  # a capital on one of them shows that a sentence begins
    after_dash: frozenset[str]  # a capital on one of them shows that the speaker was cut off


@cache
def _pattern(marks: Marks) -> re.Pattern[str]:
    """All candidates of a language; `space` is what lies between the two sides."""
    formulas = marks.formulas
    cut_off = "|".join(sorted(word.capitalize() for word in marks.after_dash)) or "(?!)"
    capitals = "|".join(sorted(word.capitalize() for word in marks.openers))
    return re.compile(
        r"(?![a-gi-zа-яё,])(?:"  # no candidate begins so: most characters are done with here
        rf"(?P<link>{_LINK})(?=\s)"
        rf"|(?P<mark>[.!?…‽。！？]+(?:\s[!?]+)*)(?P<closers>(?:{_CLOSER})*)(?:{_FOOTNOTE})?"
        rf"(?P<smiles>(?:\s*(?:{_SMILE}))*)"
        rf"|(?P<smile>{_SMILES})"
        r"|(?P<tags>#[\w-]+(?:\s*#[\w-]+)+)"
        rf"|(?P<ruler>(?<!\S){_RULER}(?=\s)|(?<=\S)(?=\s+{_RULER}\s)"
        rf"|(?<!\w){_STAMP}(?=\s+[A-Z])|(?<=\S)(?<!\bon)(?<!\bat)(?=\s+{_STAMP}\b))"
        rf"|(?P<formula>(?<!\w)(?=[A-ZА-ЯЁ])(?:{formulas}),)(?=\s+[A-ZА-ЯЁ])"
        r"|(?P<mention>(?<=[\w*])(?=\s@\w))"
        rf"|(?P<opener>(?<=[a-zа-яё])(?=[ \u00a0](?=[A-ZА-ЯЁ])(?:{capitals})[ \u00a0][a-zа-яё]))"
        rf"|(?P<dash>(?<=\w)-?\s?(?:—|–|--))(?=\s(?:{cut_off})\b)"
        r"|(?P<line>(?=\n)))(?P<space>\s*)"
    )


def find_candidates(text: str, marks: Marks) -> Iterator[re.Match[str]]:
    """Every place of a paragraph where a sentence could end, from left to right.

    Example: "3.14 is pi. So (see 2) what? :)" -> after "pi.", after "what? :)"
    """
    smiling = _lone_brackets(text)
    for match in _pattern(marks).finditer(text):
        if match.end() == len(text):
            return
        if match["mark"]:
            if match["space"] or match["smiles"] or text[match.end()].isupper():
                yield match
        elif match["smile"] is None or _is_smile(match, smiling):
            yield match


def _is_smile(match: re.Match[str], lone: set[int]) -> bool:
    """Whether it is a picture, :( or :D, or ends in a bracket that closes nothing."""
    return bool(match["smile"].strip(":;=-) ")) or match.end("smile") - 1 in lone


def gap_at(match: re.Match[str], sentence: int) -> Gap:
    """The gap that was found at `match`, in the sentence that begins at `sentence`."""
    return Gap(
        text=match.string,
        sentence=sentence,
        start=match.start(),
        stop=match.start("space"),
        right=match.end(),
        kind=next(kind for kind in _KINDS if match[kind] is not None),
        mark=match["mark"] or "",
        closers=match["closers"] or "",
        smiles=bool(match["smiles"] or match["smile"]),
    )


def _lone_brackets(text: str) -> set[int]:
    """Where a ")" stands that closes no bracket: «Спасибо)» is a smile."""
    lone, depth = set(), 0
    for match in _BRACKET.finditer(text):
        if match.group() == "(":
            depth += 1
        elif depth:
            depth -= 1
        else:
            lone.add(match.start())
    return lone
