"""Word documents (.docx, .docm, .dotx): their text in reading order.

Headings, list items, quotations, captions by style (`readers.docx_styles`); cells of
tables; text boxes after the paragraph they hang on; footnotes and endnotes after the
text, in the order of their marks. Tracked changes are taken as accepted. A table with
English beside Russian becomes rows (`readers.side_by_side`). Left out and counted:
headers and footers, comments, deleted and hidden text, tables of contents, code,
images, formulas. Numbers that Word itself sets before headings and items are not text.

Not python-docx: that refuses .docm and .dotx, passes over inserted text, text boxes and notes,
and unpacks every part before its size is known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, groupby

from aligner.readers.decode import Raw
from aligner.readers.docx_package import Package, attribute, child
from aligner.readers.docx_styles import Role, Styles, kind_of, styles_of
from aligner.readers.docx_text import Box, Caption, Note, Piece, lines, pieces
from aligner.readers.line_breaks import paragraphs_of
from aligner.readers.side_by_side import beside, languages_of_columns
from aligner.readers.trees import Element, local_name, named, text_length, text_of
from aligner.records import Document, Paragraph

_WRAPPERS = frozenset(("ins", "moveto", "customxml", "smarttag", "sdtcontent", "choice"))
_DELETED = frozenset(("del", "movefrom"))
_CONTENTS = "line of the table of contents"
_MOST = 0.5  # of the text: such a table is the document


def read(raw: Raw) -> Document:
    """A Word file as a document; it may have no paragraphs."""
    package = Package(raw)
    counts: Counter[str] = Counter()
    reader = _Reader(
        styles_of(next(package.parts("styles"), None)), counts, text_length(package.main)
    )
    body = child(package.main, "body")
    paragraphs = [*reader.blocks(body)] if body is not None else []
    paragraphs += _notes(package, reader)
    counts["comment"] += sum(len(part) for part in package.parts("comments"))
    for part in chain(package.parts("header"), package.parts("footer")):
        counts["header or footer"] += bool(text_of(part).strip())
    return Document(raw.name, tuple(paragraphs), left_out={k: v for k, v in counts.items() if v})


def _notes(package: Package, reader: _Reader) -> Iterator[Paragraph]:
    """The notes whose marks stand in the text; a note may have notes of its own."""
    by_mark = {
        Note(kind, attribute(note, "id")): note
        for kind in ("footnotes", "endnotes")
        for part in package.parts(kind)
        for note in part
    }
    done: set[Note] = set()
    for mark in reader.notes:  # grows while notes are read
        if mark in by_mark and mark not in done:
            done.add(mark)
            yield from reader.blocks(by_mark[mark])


@dataclass(slots=True)
class _Reader:
    """One document being read: what is the same for all its blocks, and what gathers."""

    styles: Styles
    counts: Counter[str]
    size: int  # characters of the whole document
    notes: list[Note] = field(default_factory=list)

    def blocks(self, container: Iterable[Element]) -> Iterator[Paragraph]:
        """The paragraphs of a body, a cell, a note or a text box."""
        carried = ""  # of a paragraph whose end was deleted: it goes on in the next
        for is_code, group in groupby(_content(container, self.counts), key=self._is_code):
            if is_code:
                self.counts["code block"] += 1
                continue
            for block in group:
                if local_name(block) == "tbl":
                    yield from self._table(block)
                    continue
                found = [*pieces(block, self.styles, self.counts)]
                text = carried + "".join(piece for piece in found if isinstance(piece, str))
                carried = text if _end_is_deleted(block) else ""
                yield from self._text("" if carried else text, self.styles.role(block))
                yield from self._beside(found)
        yield from self._text(carried, None)

    def _is_code(self, block: Element) -> bool:
        return local_name(block) == "p" and self.styles.role(block) == "code"

    def _text(self, text: str, role: Role | None) -> Iterator[Paragraph]:
        found = lines(text, self.counts)
        if role not in ("contents", "hidden"):
            yield from paragraphs_of(found, kind_of(role))
        elif any(found):
            name = "hidden text" if role == "hidden" else _CONTENTS
            self.counts[name] += 1

    def _beside(self, found: Sequence[Piece]) -> Iterator[Paragraph]:
        """What hangs on a paragraph; marks of notes are kept for later."""
        for piece in found:
            if isinstance(piece, Note):
                self.notes.append(piece)
            elif isinstance(piece, Caption):
                yield Paragraph(piece.text, "caption")
            elif isinstance(piece, Box):
                yield from self.blocks(piece.element)

    def _table(self, table: Element) -> Iterator[Paragraph]:
        rows = [self._row(row) for row in _inside(table, "tr", self.counts)]
        filled = [row for row in rows if any(row)]
        wide = [row for row in filled if len(row) > 1]
        texts = [[" ".join(p.text for p in cell) for cell in row] for row in wide]
        size = sum(len(text) for row in texts for text in row)
        columns = languages_of_columns(texts, is_all=size >= _MOST * self.size)
        for row in filled:
            if columns is None or len(row) <= max(columns.english, columns.russian):
                yield from chain.from_iterable(map(_cell, row))
            elif columns.has_header and row is wide[0]:
                self.counts["header row"] += 1
            else:
                english, russian = row[columns.english], row[columns.russian]
                self.counts["cell of other columns"] += sum(map(bool, row)) - sum(
                    map(bool, (english, russian))
                )
                yield from beside(english, russian)

    def _row(self, row: Element) -> list[list[Paragraph]]:
        """The paragraphs of each cell; none of a row that is deleted."""
        if child(row, "trpr", "del") is not None:
            self.counts["deleted text"] += 1
            return []
        return [[*self.blocks(cell)] for cell in _inside(row, "tc", self.counts)]


def _cell(paragraphs: Sequence[Paragraph]) -> Sequence[Paragraph]:
    """One paragraph is the cell; several are text for which the table is layout."""
    if len(paragraphs) == 1 and paragraphs[0].kind == "text":
        return [replace(paragraphs[0], kind="cell")]
    return paragraphs


def _content(container: Iterable[Element], counts: Counter[str]) -> Iterator[Element]:
    return _inside(container, ("p", "tbl"), counts)


def _inside(
    container: Iterable[Element], names: str | tuple[str, ...], counts: Counter[str]
) -> Iterator[Element]:
    """The elements of these names, out of whatever wraps them."""
    for element in container:
        name = local_name(element)
        if name in names if isinstance(names, tuple) else name == names:
            yield element
        elif name in _WRAPPERS:
            yield from _inside(element, names, counts)
        elif name == "alternatecontent":
            yield from _inside(element[:1], names, counts)
        elif name == "sdt" and _is_contents(element):
            counts[_CONTENTS] += sum(map(_has_text, named(element, "p")))
        elif name == "sdt":
            yield from _inside(element, names, counts)
        elif name in _DELETED:
            counts["deleted text"] += 1
        elif name == "altchunk":
            counts["embedded document"] += 1


def _is_contents(control: Element) -> bool:
    gallery = child(control, "sdtpr", "docpartobj", "docpartgallery")
    return attribute(gallery, "val").lower() == "table of contents"


def _has_text(paragraph: Element) -> bool:
    return any((run.text or "").strip() for run in named(paragraph, "t"))


def _end_is_deleted(paragraph: Element) -> bool:
    return child(paragraph, "ppr", "rpr", "del") is not None
