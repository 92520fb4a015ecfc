"""Where an HTML tree has English and Russian side by side: its bilingual rows.

Rows of a table, divisions with two children each ("row": "left", "right"), or a whole
page in two columns. Which rows are bilingual is decided for all rows of one parent
together (`side_by_side`); the languages that `lang` attributes name come first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from aligner.readers.side_by_side import Columns, languages_of_columns
from aligner.readers.trees import Element, local_name, named, text_length, text_of
from aligner.text import on_one_line

Rows = dict[Element, tuple[Element, Element]]

_COLUMN = frozenset("div section article main aside td p blockquote ul ol".split())
_GRID = frozenset("html body main article section div table".split())
_MOST = 0.5  # of the page's text


def bilingual_rows(root: Element) -> tuple[Rows, dict[Element, str]]:
    """The rows as (English cell, Russian cell), and what in them is left out, by name."""
    rows: Rows = {}
    left_out: dict[Element, str] = {}
    size = text_length(root)
    taken: set[Element] = set()
    for grid in _grids(root):
        if taken.intersection(grid[0][0].iterancestors()):
            continue
        found = _columns(grid, size)
        if found is None:
            continue
        taken.update(_parent(cells) for cells in grid)
        if found.has_header:
            left_out[_parent(grid[0])] = "header row"
        for cells in grid[found.has_header :]:
            if max(found.english, found.russian) < len(cells):
                rows[_parent(cells)] = cells[found.english], cells[found.russian]
                left_out |= dict.fromkeys(_others(cells, found), "cell of other columns")
    return rows, left_out


def _grids(root: Element) -> Iterator[list[list[Element]]]:
    """The cells of everything that may be a grid, by rows; the outer one first."""
    for element in root.iter("*"):
        if local_name(element) == "table":
            trs = [tr for tr in named(element, "tr") if _table(tr) is element]
            cells = ([td for td in tr if local_name(td) in ("td", "th")] for tr in trs)
            grid = [row for row in cells if len(row) > 1]
        elif local_name(element) in _GRID:
            grid = [list(row) for row in element if _is_row(row)]
        else:
            continue
        if grid:
            yield grid


def _columns(grid: list[list[Element]], size: int) -> Columns | None:
    texts = [[on_one_line(text_of(cell)) for cell in row] for row in grid]
    share = sum(len(text) for row in texts for text in row) / max(1, size)
    if local_name(_parent(grid[0])) != "tr" and len(grid) == 1 and share < _MOST:
        return None  # an English quotation with its translation below it
    return languages_of_columns(texts, _langs(grid), share >= _MOST)


def _langs(grid: Sequence[Sequence[Element]]) -> list[str]:
    """What `lang` says of the columns, where it says the same in every row."""
    columns = zip(*([_lang(cell) for cell in row] for row in grid), strict=False)
    return [column[0] if len(set(column)) == 1 else "" for column in columns]


def _lang(cell: Element) -> str:
    attributes: Mapping[str, str] = cell.attrib
    own = attributes.get("lang") or attributes.get("{http://www.w3.org/XML/1998/namespace}lang")
    inner = [child.get("lang") for child in cell if child.get("lang")]
    return own or (inner[0] if len(set(inner)) == 1 and len(inner) == len(cell) else "")


def _is_row(element: Element) -> bool:
    """Two columns and nothing else."""
    if local_name(element) not in _GRID | {"li"} or len(element) != 2:
        return False
    loose = [element.text, *(child.tail for child in element)]
    return not any(map(str.strip, filter(None, loose))) and all(
        local_name(child) in _COLUMN and text_of(child).strip() for child in element
    )


def _table(row: Element) -> Element:
    return next(outer for outer in row.iterancestors() if local_name(outer) == "table")


def _parent(cells: Sequence[Element]) -> Element:
    return cells[0].getparent()


def _others(cells: Sequence[Element], columns: Columns) -> list[Element]:
    kept = (columns.english, columns.russian)
    return [c for i, c in enumerate(cells) if i not in kept and text_of(c).strip()]
