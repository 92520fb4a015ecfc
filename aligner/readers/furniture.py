"""Page furniture: page numbers and running heads, which are no text of the document.

Found by repetition only. A number at the edge of a page is a page number where numbers
at the edges count the pages; a line at the edge is a running head where it stands at the
same place on three pages or more (on both of two). A lone "1984" or a chapter's title stays.
In a text without page breaks, numbers on lines of their own are page numbers where they
count up and cut sentences in two, which the numbers of chapters never do.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from aligner.readers.line_ends import runs_on

PAGE_NUMBER, RUNNING_HEAD = "page number", "running head"

_DEPTH = 3  # rows at the top and at the bottom of a page where furniture may stand
_ENOUGH_PAGES = 3  # with the same line at the edge, or in order
_IN_ORDER = 0.8  # of a running head's numbers must count the pages
_MID_SENTENCE = 0.3  # of the page breaks cut a sentence (0.7 in novels; chapters: never)
_FEWEST_LINES = 8  # of text between two page numbers
_LONGEST = 150  # characters of a running head

_NUMBER = re.compile(
    r"[-–—\[(\s]*(?:p(?:age|\.)?|стр(?:аница|\.)?|с\.)?\s*(?P<n>\d{1,4}|[ivxl]{1,8})"
    r"(?:\s*(?:/|of|из)\s*(?P<total>\d{1,4}))?[\])\s.–—-]*",
    re.IGNORECASE,
)
_EDGE_NUMBER = re.compile(r"^(?P<first>\d{1,4})\b|\b(?P<last>\d{1,4})(?P<total>\s*/\s*\d{1,4})?$")
_PART = re.compile(
    r"\W*(?:chapter|part|book|act|scene|lesson|section|глава|часть|книга|том|действие|явление"
    r"|урок|раздел|§)\b",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[^\W\d_]")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}


class Spot(NamedTuple):
    """A row at the edge of a page."""

    page: int
    row: int
    zone: str  # "top" or "bottom"
    depth: int  # rows between it and the edge


@dataclass(frozen=True, slots=True)
class Seen:
    """A line at the edge of a page, its number taken out."""

    spot: Spot
    number: int | None


def furniture(pages: Sequence[Sequence[str | None]]) -> dict[tuple[int, int], str]:
    """What the furniture among the rows of some pages is, by page and row.

    None stands for a row that is none for sure (in the large type of a heading).
    """
    found: dict[tuple[int, int], str] = {}
    numbers: list[Seen] = []
    heads: dict[tuple[str, int, str], list[Seen]] = defaultdict(list)
    for spot in _spots(pages):
        text = " ".join((pages[spot.page][spot.row] or "").split())
        number = _page_number(text)
        if _is_of_total(text, spot.page, len(pages)):
            found[spot.page, spot.row] = PAGE_NUMBER
        elif number is not None:
            numbers.append(Seen(spot, number))
        elif _LETTER.search(text) and len(text) <= _LONGEST:
            heads[spot.zone, spot.depth, text.casefold()].append(Seen(spot, None))
            for key, number in _without_number(text):
                heads[spot.zone, spot.depth, key].append(Seen(spot, number))
    enough = _ENOUGH_PAGES if len(pages) > 2 else 2
    found |= {(s.spot.page, s.spot.row): PAGE_NUMBER for s in _counting(numbers, enough)}
    for seen in heads.values():
        if len({s.spot.page for s in seen}) >= enough and _is_head(seen):
            found |= {(s.spot.page, s.spot.row): RUNNING_HEAD for s in seen}
    return found


def numbered_breaks(lines: Sequence[str]) -> list[int]:
    """The lines of a text without page breaks that are page numbers, else []."""
    lone = [(i, int(line)) for i, line in enumerate(lines) if _is_lone(line)]
    runs: list[list[tuple[int, int]]] = [[]]
    for place, number in lone:
        if runs[-1] and (number != runs[-1][-1][1] + 1 or not _is_apart(lines, runs[-1], place)):
            runs.append([])
        runs[-1].append((place, number))
    return [
        place
        for run in runs
        if len(run) >= _ENOUGH_PAGES and _cuts_sentences(lines, [place for place, _ in run])
        for place, _ in run
    ]


def _spots(pages: Sequence[Sequence[str | None]]) -> Iterator[Spot]:
    for page, rows in enumerate(pages):
        full = [i for i, row in enumerate(rows) if row is None or row.strip()]
        depth = min(_DEPTH, (len(full) + 1) // 2)
        edges = [(row, "top", far) for far, row in enumerate(full[:depth])]
        edges += [(row, "bottom", far) for far, row in enumerate(full[::-1][:depth])]
        yield from (Spot(page, *edge) for edge in edges if rows[edge[0]] is not None)


def _page_number(text: str) -> int | None:
    match = _NUMBER.fullmatch(text)
    if not match:
        return None
    number = match["n"]
    if number.isdecimal():
        return int(number)
    return _roman(number) if number.islower() else None  # in capitals they number chapters


def _is_of_total(text: str, page: int, pages: int) -> bool:
    """ "2/7" or "Page 2 of 7" on the second of seven pages."""
    match = _NUMBER.fullmatch(text)
    return match is not None and match.group("n", "total") == (str(page + 1), str(pages))


def _roman(text: str) -> int:
    values = [_ROMAN[letter] for letter in text]
    following = [*values[1:], 0]
    return sum(-v if v < after else v for v, after in zip(values, following, strict=True))


def _without_number(text: str) -> Iterator[tuple[str, int]]:
    """ "12 Чехов" and "Чехов 13" have one key; so have "page.html 1/6" and "page.html 2/6"."""
    for match in () if _PART.match(text) else _EDGE_NUMBER.finditer(text):
        rest = f"{text[: match.start()]} # {text[match.end() :]}".strip(" #").casefold()
        yield f"# {rest}", int(match["first"] or match["last"])


def _counting(numbers: Sequence[Seen], enough: int) -> Iterator[Seen]:
    """Those whose number goes up with the pages."""
    by_offset: dict[tuple[str, int], list[Seen]] = defaultdict(list)
    for seen in numbers:
        by_offset[seen.spot.zone, (seen.number or 0) - seen.spot.page].append(seen)
    for group in by_offset.values():
        if len(group) >= enough:
            yield from group


def _is_head(seen: Sequence[Seen]) -> bool:
    """The same line on all its pages, or with a number that counts them."""
    numbers = [(s.number, s.spot.page) for s in seen if s.number is not None]
    offsets = Counter(number - page for number, page in numbers)
    return not numbers or max(offsets.values()) >= _IN_ORDER * len(seen)


def _is_lone(line: str) -> bool:
    return line.strip().isdecimal() and line.strip().isascii() and len(line.strip()) <= 4


def _is_apart(lines: Sequence[str], run: Sequence[tuple[int, int]], place: int) -> bool:
    return sum(bool(line.strip()) for line in lines[run[-1][0] + 1 : place]) >= _FEWEST_LINES


def _cuts_sentences(lines: Sequence[str], places: Sequence[int]) -> bool:
    full = [i for i, line in enumerate(lines) if line.strip()]
    where = {i: k for k, i in enumerate(full)}
    cut = 0
    for place in places:
        k = where[place]
        if 0 < k < len(full) - 1:
            cut += runs_on(lines[full[k - 1]], lines[full[k + 1]])
    return cut >= _MID_SENTENCE * len(places)
