"""PDF: the text layer of its pages as paragraphs.

Left out and counted: page numbers and running heads (`readers.furniture`), marks of
footnotes, turned text, code. Order is that of the file, which is that of reading in what
word processors and browsers make. Not read: pictures of text (a scan needs OCR first),
forms, comments, attachments; tables come cell by cell. The engine is PDFium (pypdfium2,
BSD/Apache), as in Chrome; see `readers.pdf_lines` for why.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from aligner.errors import InputError
from aligner.readers.decode import Raw
from aligner.readers.furniture import furniture
from aligner.readers.pdf_lines import Line, page_lines
from aligner.readers.pdf_paragraphs import paragraphs
from aligner.readers.pdf_streams import check_streams
from aligner.records import Document

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_MOST_PAGES = 10_000
_MOST_LINES = 1_000_000  # a library of 60 novels; a line takes some 400 bytes
_LARGE = 1.1  # of the size of most letters: a heading, never furniture
_STRANGE = re.compile("[\ufffd\ue000-\uf8ff]")
_UNREADABLE = 0.3  # of the characters have no meaning: fonts without a table of letters


def read(raw: Raw) -> Document:
    """A .pdf file as a document."""
    counts: Counter[str] = Counter()
    with _opened(raw) as pdf:
        pages = list(_pages(pdf, raw.name, counts))
    lines = _without_furniture(pages, counts)
    if not any(pages):
        raise InputError(
            f"{raw.name}: has no text layer: its pages are pictures, as of a scan; "
            "run OCR on it first (ocrmypdf, for example)"
        )
    _check_readable(lines, raw.name)
    return Document(raw.name, tuple(paragraphs(lines, counts)), left_out=dict(counts))


@contextmanager
def _opened(raw: Raw) -> Iterator[PdfDocument]:
    from pypdfium2 import PdfDocument, PdfiumError

    check_streams(raw.data, raw.name)
    try:
        pdf = PdfDocument(raw.data)
    except PdfiumError as error:
        if "password" in str(error).lower():
            raise InputError(
                f"{raw.name}: is locked with a password; save a copy without one and give that"
            ) from None
        raise InputError(
            f"{raw.name}: cannot be read as a PDF: it is damaged or cut off; "
            "fetch it again, or save it anew from the program that made it"
        ) from None
    try:
        if not 0 < len(pdf) <= _MOST_PAGES:
            raise InputError(
                f"{raw.name}: has {len(pdf):,} pages, and up to {_MOST_PAGES:,} can be read; "
                "split it into parts"
            )
        yield pdf
    finally:
        pdf.close()


def _pages(pdf: PdfDocument, name: str, counts: Counter[str]) -> Iterator[list[Line]]:
    from pypdfium2 import PdfiumError

    left = _MOST_LINES
    for number in range(len(pdf)):
        try:
            page = pdf[number]
        except PdfiumError:
            counts["damaged page"] += 1
            yield []
            continue
        try:
            lines = page_lines(page, number, name, counts)
        finally:
            page.close()
        left -= len(lines)
        if left < 0:
            raise InputError(
                f"{name}: has more than {_MOST_LINES:,} lines of text; split it into parts"
            )
        yield lines


def _without_furniture(pages: list[list[Line]], counts: Counter[str]) -> list[Line]:
    """The lines of all pages that are text of the document."""
    sizes: Counter[float] = Counter()
    for line in (line for page in pages for line in page):
        sizes[line.size] += len(line.text)
    largest = _LARGE * max(sizes, key=lambda s: (sizes[s], s), default=0.0)
    down = [sorted(page, key=lambda line: (-line.base, line.left)) for page in pages]
    rows = [[None if line.size > largest else line.text for line in page] for page in down]
    found = furniture(rows)
    counts.update(found.values())
    dropped = {id(down[page][row]) for page, row in found}
    return [line for page in pages for line in page if id(line) not in dropped]


def _check_readable(lines: list[Line], name: str) -> None:
    text = "".join(line.text for line in lines)
    strange = len(_STRANGE.findall(text))
    if strange > _UNREADABLE * len(text):
        raise InputError(
            f"{name}: its text cannot be read: {strange} of {len(text)} characters have no "
            "letter assigned to them; run OCR on it (ocrmypdf --force-ocr, for example)"
        )
