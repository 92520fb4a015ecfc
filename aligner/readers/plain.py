"""Plain text: paragraphs from blank lines and line ends.

A blank line always ends a paragraph. What a single line end means depends on the whole
text. A text is *soft-wrapped* when its lines are filled: nearly always the next line's
first word would not have fitted (`_is_wrapped`). There, lines are joined by a space;
a line that leaves room for that word and ends a sentence, or stands before a capital,
ends a paragraph all the same (indented books without blank lines, headings, verse).
In any other text every line is a paragraph of its own, as in news copied from a page,
unless a long line stops in mid-sentence and the next goes on in lower case.

A line that begins with a dash and a capital, after a sentence's end, is speech and a
paragraph of its own; a numbered or bulleted line is an "item"; both keep their marks. A short
paragraph without an end mark that stands alone or first in its block is a "heading".
Words hyphenated at a line end are put together (`readers.hyphens`), page numbers and
running heads left out (`readers.page_breaks`). Runs of spaces become one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from aligner.readers.decode import Raw, decoded
from aligner.readers.hyphens import Vocabulary, joined, vocabulary
from aligner.readers.line_ends import ends_sentence, is_item, is_reply
from aligner.readers.page_breaks import without_pages
from aligner.records import Document, Paragraph, ParagraphKind
from aligner.text import on_one_line

_DASH = re.compile(r"[-–—―]\s")
_WORD = re.compile(r"[^\W\d_]+")

_FILLED_SHARE = 0.75  # of the line ends in a wrapped text; in news and lists it is below 0.3
_FILL_SLACK = 0.85  # ragged lines: copied from a PDF, or filled by width in a proportional font
_NARROWEST, _WIDEST = 25, 140  # characters a wrapped line has; a longer one is a paragraph
_LONG_LINE = 40  # a shorter one that stops without a mark may be a heading or an item
_LONGEST_HEADING = 150  # characters; Russian headlines of news pass 100


@dataclass(frozen=True, slots=True)
class Layout:
    """What the whole text says about its line ends."""

    wrapped: bool
    width: int  # characters in a full line
    known: Vocabulary  # for words broken over a line end


def read(raw: Raw) -> Document:
    """A .txt file as a document."""
    text = decoded(raw)
    return document(text.text, raw.name, text.left_out)


def document(text: str, name: str, left_out: dict[str, int]) -> Document:
    """A clean string as a document; it may have no paragraphs."""
    text, furniture = without_pages(text)
    blocks = list(_blocks(text))
    layout = _layout(blocks)
    paragraphs = tuple(paragraph for block in blocks for paragraph in _paragraphs(block, layout))
    return Document(name, paragraphs, left_out={**left_out, **furniture})


def _blocks(text: str) -> Iterator[list[str]]:
    """Runs of lines without a blank one; indentation is kept for now."""
    block: list[str] = []
    for line in text.replace("\u2029", "\n\n").replace("\u2028", "\n").split("\n"):
        if line.strip():
            block.append(line.rstrip())
        elif block:
            yield block
            block = []
    if block:
        yield block


def _layout(blocks: list[list[str]]) -> Layout:
    """Filled greedily, a line has no room for the next line's first word."""
    lengths = sorted(len(line.strip()) for block in blocks for line in block[:-1])
    if not lengths:
        return Layout(False, 0, vocabulary([]))
    width = lengths[int(0.95 * (len(lengths) - 1))]  # not the longest: that may be an address
    joints = [pair for block in blocks for pair in pairwise(block)]
    filled = sum(_is_filled(line, following, width) for line, following in joints)
    wrapped = _NARROWEST <= width <= _WIDEST and filled >= _FILLED_SHARE * len(joints)
    wrapped = wrapped and any(_goes_on(line, following) for line, following in joints)
    lines = [line for block in blocks for line in block] if wrapped else []
    return Layout(wrapped, width, vocabulary(lines))


def _is_filled(line: str, following: str, width: int) -> bool:
    first_word = following.split(maxsplit=1)[0]
    return len(line.strip()) + 1 + len(first_word) > _FILL_SLACK * width


def _goes_on(line: str, following: str) -> bool:
    """A sentence runs over the line end."""
    return following.lstrip()[0].islower() and not ends_sentence(line)


def _paragraphs(block: list[str], layout: Layout) -> Iterator[Paragraph]:
    runs = [[block[0]]]
    for line, following in pairwise(block):
        if _joins(line, following, layout):
            runs[-1].append(following)
        else:
            runs.append([following])
    for position, run in enumerate(runs):
        text = _joined(run, layout)
        yield Paragraph(text, _kind(text, position == 0))


def _joins(line: str, following: str, layout: Layout) -> bool:
    start = following.lstrip()
    if is_item(start) or is_reply(line, start):
        return False
    if not layout.wrapped:
        return len(line.strip()) >= _LONG_LINE and _goes_on(line, following)
    indented = len(following) - len(start) >= len(line) - len(line.lstrip()) + 2
    if indented and ends_sentence(line):
        return False
    return _is_filled(line, following, layout.width) or _goes_on(line, following)


def _joined(run: list[str], layout: Layout) -> str:
    text = run[0].strip()
    for line in run[1:]:
        text = joined(text, line.strip(), layout.known)
    return on_one_line(text)


def _kind(text: str, first: bool) -> ParagraphKind:
    if is_item(text):
        return "item"
    if not first or len(text) > _LONGEST_HEADING or ends_sentence(text) or _DASH.match(text):
        return "text"
    return "heading" if _WORD.search(text) and not text[0].islower() else "text"
