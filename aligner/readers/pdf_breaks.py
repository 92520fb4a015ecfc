"""Where a paragraph of a PDF ends: what a reader of the page sees, in numbers.

Where the type changes, where the lines stand further apart, before an indented line,
before an item or a reply, and after a line that had room for the next word, unless a
sentence goes on in small letters. Over the end of a page or column it goes on likewise.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from aligner.readers.hyphens import Vocabulary, vocabulary
from aligner.readers.line_ends import ends_sentence, is_item, is_reply, runs_on
from aligner.readers.pdf_lines import Line

_SAME_SIZE = 0.08  # of the size
_APART = 1.3  # of the usual distance of lines; 1.5 to 2 between paragraphs of web pages
_APART_IN_SENTENCE = 1.8
_LINE_DISTANCE = 1.25  # of the size, until lines of it are seen
_INDENT = 0.7  # of the size
_WINDOW = 12  # lines before and after that show where the column's edges are
_COLUMN = 3.0  # of the size; lines that begin nearer to each other stand in one column
_WIDE_LETTERS = 1.15  # a word may have wider ones than its line
_CUT_SHORT = 0.2  # of the width of a column
_REAL_COLUMN = 4  # lines; what is shorter may be a cell of a table


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


def breaks(lines: Sequence[Line], at: int, edges: Sequence[Edges], page: Page) -> bool:
    """Whether a paragraph ends before the line `at`."""
    line, after = lines[at - 1], lines[at]
    goes_on = runs_on(line.text, after.text)
    if _is_another(line, after, goes_on):
        return True
    if line.page != after.page or after.base >= line.base:
        return _breaks_over(lines, at, edges, goes_on)
    filled = _is_filled(line, after, edges[at - 1])
    if _is_apart(line, after, page, goes_on and filled):
        return True
    if goes_on:
        return _is_cut_short(lines, at, edges[at - 1])
    indented = _is_indented(after, edges[at]) and not is_item(line.text)
    return not filled or (indented and ends_sentence(line.text))


def _is_another(line: Line, after: Line, goes_on: bool) -> bool:
    """Whether the next line is of another kind, wherever it stands."""
    if abs(line.size - after.size) > _SAME_SIZE * line.size:
        return not (goes_on and line.fixed != after.fixed)
    if line.bold != after.bold and not goes_on:
        return True
    if is_item(after.text) and not (goes_on and after.text[0].isalnum()):
        return True
    return is_reply(line.text, after.text)


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
    if after.left > line.right or line.left > after.right:  # the cell beside
        return True
    usual = page.distance.get(line.size, _LINE_DISTANCE * line.size)
    return line.base - after.base > (_APART_IN_SENTENCE if goes_on else _APART) * usual


def _is_indented(line: Line, edges: Edges) -> bool:
    return line.left > edges.left + _INDENT * line.size


def _is_filled(line: Line, after: Line, edges: Edges) -> bool:
    """The next line's first word would not have fitted.

    Its first two words where no sentence ends: "16 hours" may have been kept together.
    """
    letter = (after.right - after.left) / max(1, len(after.text))
    words = after.text.split(" ")[: 1 if ends_sentence(line.text) else 2]
    width = (len(" ".join(words)) + 1) * letter * _WIDE_LETTERS
    return line.right + width > edges.right - 0.3 * line.size


def _is_cut_short(lines: Sequence[Line], at: int, edges: Edges) -> bool:
    """In mid-sentence, far from the edge: an item "name," and no line beside a picture."""
    line = lines[at - 1]
    near = [*lines[max(0, at - 4) : at - 1], *lines[at : at + 3]]
    return (
        not _is_filled(line, lines[at], edges)
        and not line.text.endswith("-")
        and edges.right - line.right > _CUT_SHORT * (edges.right - edges.left)
        and all(abs(other.right - line.right) > 1.5 * line.size for other in near)
    )


def edges_of(lines: Sequence[Line]) -> list[Edges]:
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
