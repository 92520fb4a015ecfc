"""What the line breaks that an author made inside a paragraph mean.

A blank line parts paragraphs. Lines that all end sentences are paragraphs themselves
(speech, old web pages); short lines that all begin with a capital are "verse", whose
line ends may end sentences (poems, addresses); any others are one paragraph, broken for
its looks. Line ends of a text file mean something else: see `readers.plain`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from aligner.records import Paragraph, ParagraphKind

SENTENCE_END = re.compile(r"[.!?…][\"'»”’)\]]*$")
_CAPITAL = re.compile(r"[\W\d_]*[A-ZА-ЯЁ]|\W*\d")
_LONGEST_VERSE = 70  # characters of a line


def paragraphs_of(lines: Sequence[str], kind: ParagraphKind) -> Iterator[Paragraph]:
    """The paragraphs of lines that stand in one paragraph of the document.

    Example: ["— Да.", "— Нет."] are two; ["Tower Road 5", "London"] are one of verse
    """
    for filled, group in groupby(lines, key=bool):
        if filled:
            yield from _together(list(group), kind)


def _together(lines: list[str], kind: ParagraphKind) -> Iterator[Paragraph]:
    if kind != "heading" and all(map(SENTENCE_END.search, lines[:-1])):
        yield from (Paragraph(line, kind) for line in lines)
    elif kind in ("text", "quote") and all(map(_is_verse, lines)):
        yield Paragraph("\n".join(lines), "verse")
    else:
        yield Paragraph(" ".join(lines), kind)


def _is_verse(line: str) -> bool:
    return len(line) <= _LONGEST_VERSE and bool(_CAPITAL.match(line))
