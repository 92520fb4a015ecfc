"""Lines of a PDF become paragraphs and get their kind.

Where one ends is `readers.pdf_breaks`'. Notes at the foot of a page (smaller type) come
after the paragraph that runs past them. Large or bold lines are headings; monospaced
ones in a text that is not are code where they look like it, left out and counted; the
bullets of items go, their numbers stay.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from aligner.readers.hyphens import joined
from aligner.readers.line_ends import ends_sentence, is_item, without_bullet
from aligner.readers.pdf_breaks import Page, breaks, edges_of
from aligner.readers.pdf_lines import Line
from aligner.records import Paragraph, ParagraphKind

_WORD = re.compile(r"[^\W_]")
_CODE_SIGN = re.compile(r"[{};=<>$|\\_]|\(\)|//|--")

_LARGE, _NOTE = 1.12, 0.92  # of the size of most letters: headings, notes
_LONGEST_HEADING = 150
_SIGNS_OF_CODE = 0.05  # of the letters


def paragraphs(lines: Sequence[Line], counts: Counter[str]) -> Iterator[Paragraph]:
    """The paragraphs of all pages in reading order; what is left out is added to `counts`."""
    page = Page.of(lines)
    flow, notes = _without_notes(lines, page)
    for run in _runs(flow, page):
        yield from _paragraph(flow[run.start : run.stop], page, counts)
        for note in (notes[at] for at in run if at in notes):
            note_page = replace(page, size=note[0].size)
            for part in _runs(note, note_page):
                yield from _paragraph(note[part.start : part.stop], note_page, counts)


def _runs(lines: Sequence[Line], page: Page) -> Iterator[range]:
    """The lines by paragraphs."""
    edges, start = edges_of(lines), 0
    for stop in range(1, len(lines) + 1):
        if stop == len(lines) or breaks(lines, stop, edges, page):
            yield range(start, stop)
            start = stop


def _without_notes(lines: Sequence[Line], page: Page) -> tuple[list[Line], dict[int, list[Line]]]:
    """The lines without small ones at the foot of a column, and those by the line before."""
    flow: list[Line] = []
    notes: dict[int, list[Line]] = {}
    for column in _columns(lines):
        body = len(column)
        while body and column[body - 1].size <= _NOTE * page.size:
            body -= 1
        has_more = column[-1] is not lines[-1]
        if 0 < body < len(column) and has_more and column[body - 1].size <= _LARGE * page.size:
            flow += column[:body]
            notes[len(flow) - 1] = column[body:]
        else:
            flow += column
    return flow, notes


def _columns(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Runs of lines down the page."""
    column: list[Line] = []
    for line in lines:
        if column and (line.page != column[-1].page or line.base > column[-1].base + line.size):
            yield column
            column = []
        column.append(line)
    if column:
        yield column


def _paragraph(lines: Sequence[Line], page: Page, counts: Counter[str]) -> Iterator[Paragraph]:
    text = lines[0].text
    for line in lines[1:]:
        text = joined(text, line.text, page.known)
    if all(line.fixed for line in lines) and not page.fixed and _is_code(text):
        counts["code block"] += 1
        return
    yield Paragraph(without_bullet(text), _kind(text, lines, page))


def _is_code(text: str) -> bool:
    signs = len(_CODE_SIGN.findall(text))
    return signs > _SIGNS_OF_CODE * len(text) or not ends_sentence(text)


def _kind(text: str, lines: Sequence[Line], page: Page) -> ParagraphKind:
    short = len(text) <= _LONGEST_HEADING and bool(_WORD.search(text))
    if short and lines[0].size >= _LARGE * page.size:
        return "heading"
    if is_item(text):
        return "item"
    if not short or ends_sentence(text) or not text[0].isupper():
        return "text"
    return "heading" if all(line.bold for line in lines) else "text"
