"""Lines of a PDF become paragraphs: what a reader of the page sees, in numbers.

A paragraph ends where the type changes, where the lines stand further apart, before an
indented line, before an item or a reply, and after a line that had room for the next
word, unless a sentence goes on in small letters. Over the end of a page or column it goes
on likewise. Notes at the foot of a page (smaller type) come after the paragraph that
runs past them. Large or bold lines are headings; monospaced ones in a text that is not
are code where they look like it, left out and counted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from aligner.readers.hyphens import Vocabulary, joined, vocabulary
from aligner.readers.line_ends import (
    ends_sentence,
    is_item,
    is_reply,
    runs_on,
    without_bullet,
)
from aligner.readers.pdf_lines import Line
from aligner.records import Paragraph, ParagraphKind

_WORD = re.compile(r"[^\W\d_]")
_CODE_SIGN = re.compile(r"[{};=<>$|\\_]|\(\)|//|--")

_SAME_SIZE = 0.08  # of the size
_APART = 1.3  # of the usual distance of lines; 1.5 to 2 between paragraphs of web pages
_APART_IN_SENTENCE = 1.8
_LINE_DISTANCE = 1.25  # of the size, until lines of it are seen
_INDENT = 0.7  # of the size
_WINDOW = 12  # lines before and after that show where the column's edges are
_COLUMN = 4.0  # of the size; lines that begin nearer to each other stand in one column
_LARGE, _NOTE = 1.12, 0.92  # of the size of most letters: headings, notes
_LONGEST_HEADING = 150
_WIDE_LETTERS = 1.15  # a word may have wider ones than its line
_CUT_SHORT = 0.3  # of the width of a column
_REAL_COLUMN = 4  # lines; what is shorter may be a cell of a table
_SIGNS_OF_CODE = 0.05  # of the letters


@dataclass(frozen=True, slots=True)
class Page:
    """What all lines together say about the type."""

    size: float  # of most letters
    fixed: bool  # whether those are monospaced
    distance: dict[float, float]  # of the baselines, by size of the type
    known: Vocabulary

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Page:
        sizes: Counter[float] = Counter()
        fixed = 0
        for line in lines:
            sizes[line.size] += len(line.text)
            fixed += len(line.text) * line.fixed
        gaps: dict[float, list[float]] = {}
        for line, after in pairwise(lines):
            if line.size == after.size and 0.9 < (line.base - after.base) / line.size < 3:
                gaps.setdefault(line.size, []).append(line.base - after.base)
        size = max(sizes, key=lambda s: (sizes[s], s), default=0.0)
        distance = {size: _usual(found) for size, found in gaps.items()}
        return cls(
            size,
            2 * fixed > sum(sizes.values()),
            distance,
            vocabulary([line.text for line in lines]),
        )


def _usual(distances: Sequence[float]) -> float:
    """A low one: in a text of short paragraphs most lines stand further apart."""
    return sorted(distances)[len(distances) // 5]


@dataclass(frozen=True, slots=True)
class Edges:
    """Where the column of a line begins and ends."""

    left: float
    right: float


def paragraphs(lines: Sequence[Line], counts: Counter[str]) -> Iterator[Paragraph]:
    """The paragraphs of all pages in reading order; what is left out is added to `counts`."""
    page = Page.of(lines)
    flow, notes = _without_notes(lines, page)
    edges = _edges(flow)
    start = 0
    for stop in range(1, len(flow) + 1):
        if stop < len(flow) and not _breaks(flow, stop, edges, page):
            continue
        yield from _paragraph(flow[start:stop], page, counts)
        for at in range(start, stop):
            if at in notes:
                note_page = Page(notes[at][0].size, page.fixed, page.distance, page.known)
                yield from _notes(notes[at], note_page, counts)
        start = stop


def _notes(lines: list[Line], page: Page, counts: Counter[str]) -> Iterator[Paragraph]:
    edges, start = _edges(lines), 0
    for stop in range(1, len(lines) + 1):
        if stop == len(lines) or _breaks(lines, stop, edges, page):
            yield from _paragraph(lines[start:stop], page, counts)
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


def _edges(lines: Sequence[Line]) -> list[Edges]:
    """For each line the outermost edges of the lines of its column around it."""
    result = []
    for i, line in enumerate(lines):
        near = [
            other
            for other in lines[max(0, i - _WINDOW) : i + _WINDOW + 1]
            if other.page == line.page
            and abs(other.left - line.left) < _COLUMN * line.size
            and abs(other.size - line.size) <= _SAME_SIZE * line.size
        ]
        result.append(Edges(min(o.left for o in near), max(o.right for o in near)))
    return result


def _breaks(lines: Sequence[Line], at: int, edges: Sequence[Edges], page: Page) -> bool:
    """Whether a paragraph ends before the line `at`."""
    line, after = lines[at - 1], lines[at]
    if abs(line.size - after.size) > _SAME_SIZE * line.size and not (
        line.fixed != after.fixed and runs_on(line.text, after.text)
    ):
        return True
    goes_on = runs_on(line.text, after.text)
    if is_item(after.text) and not (goes_on and after.text[0].isalnum()):
        return True
    if line.bold != after.bold and not goes_on:
        return True
    if is_reply(line.text, after.text):
        return True
    if line.page != after.page or after.base >= line.base:
        return _breaks_over(lines, at, edges, goes_on)
    filled = _is_filled(line, after, edges[at - 1])
    if _is_apart(line, after, page, goes_on and filled):
        return True
    if not goes_on and _is_indented(after, edges[at]) and not is_item(line.text):
        if ends_sentence(line.text) or not filled:
            return True
    if goes_on:
        return _is_cut_short(lines, at, edges[at - 1])
    return not filled


def _breaks_over(lines: Sequence[Line], at: int, edges: Sequence[Edges], goes_on: bool) -> bool:
    """The same at the end of a page or a column; short columns are cells of a table."""
    line, after = lines[at - 1], lines[at]
    if line.page == after.page and not (_is_column(lines[:at][::-1]) and _is_column(lines[at:])):
        return True
    if goes_on:
        return False
    if not _is_filled(line, after, edges[at - 1]) or _is_indented(after, edges[at]):
        return True
    if not ends_sentence(line.text):
        return False
    return not any(_is_indented(other, edge) for other, edge in zip(lines, edges, strict=True))


def _is_column(lines: Sequence[Line]) -> bool:
    """Whether the first lines stand one under (or over) the other."""
    first = lines[:_REAL_COLUMN]
    steps = [after.base - line.base for line, after in pairwise(first)]
    return len(first) == _REAL_COLUMN and (min(steps) > 0 or max(steps) < 0)


def _is_apart(line: Line, after: Line, page: Page, goes_on: bool) -> bool:
    usual = page.distance.get(line.size, _LINE_DISTANCE * line.size)
    return line.base - after.base > (_APART_IN_SENTENCE if goes_on else _APART) * usual


def _is_indented(line: Line, edges: Edges) -> bool:
    return line.left > edges.left + _INDENT * line.size


def _is_filled(line: Line, after: Line, edges: Edges) -> bool:
    """The next line's first word would not have fitted."""
    letter = (after.right - after.left) / max(1, len(after.text))
    word = (len(after.text.split(maxsplit=1)[0]) + 1) * letter * _WIDE_LETTERS
    return line.right + word > edges.right - 0.3 * line.size


def _is_cut_short(lines: Sequence[Line], at: int, edges: Edges) -> bool:
    """In mid-sentence, far from the edge: an item "name," and no line beside a picture."""
    line = lines[at - 1]
    near = [*lines[max(0, at - 4) : at - 1], *lines[at : at + 3]]
    return (
        not _is_filled(line, lines[at], edges)
        and edges.right - line.right > _CUT_SHORT * (edges.right - edges.left)
        and all(abs(other.right - line.right) > 1.5 * line.size for other in near)
    )


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
