"""The lines of a PDF page, with their places and their type, in the order of the file.

PDFium (Chrome's engine, by pypdfium2) gives characters with boxes; here they become
lines. A new one begins where the baseline moves, and at a gap too wide for a space (the
cells of a table, the gutter between columns). Small raised figures
are marks of footnotes and left out; so is text that is turned (watermarks).

pypdf gives no widths, without which a short last line is not to be told from a full
one; pdfminer (pdfplumber's engine) does, in four times the time of PDFium.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from aligner.errors import InputError
from aligner.text import cleaned, on_one_line

if TYPE_CHECKING:
    from pypdfium2 import PdfPage
    from pypdfium2.raw import FPDF_TEXTPAGE

_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
    | dict.fromkeys("\uf0b7\uf0a7\uf076\uf0d8", "•")  # Word's bullets, in Symbol and Wingdings
)
_HYPHENS = frozenset({0x2, 0xFFFE})  # PDFium for a hyphen at a line end
_SOFT_HYPHEN = re.compile("\u00ad$")
_MARK = re.compile(r"[\d*†‡]")  # of a footnote
_FIXED_PITCH = 1  # bit of the flags of a font
_BOLD_WEIGHT = 600
_BOLD_NAME = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_FIXED_NAME = re.compile(r"mono|courier|consol|typewriter|cmtt", re.IGNORECASE)
_MOST_CHARACTERS = 500_000  # on a page; a newspaper's has 50,000
_SAME_LINE = 0.5  # of the type's size; a baseline that moves more is another line
_SPACE = 0.12  # of the size between two words, at least
_WIDE_GAP = 1.8  # of the size, where the file has no space; LaTeX writes none, its stay below 1
_WIDEST_SPACE = 6.0  # of the size, where it has one: justified lines in narrow columns
_BACKWARDS = -2.0  # of the size; the letters of a ligature all have its place
_RAISED, _SMALL = 0.15, 0.85  # of the size of the line: a mark of a footnote
_TURNED = 0.02  # sine of the angle


@dataclass(frozen=True, slots=True)
class Style:
    """The type of some characters."""

    size: float
    bold: bool
    fixed: bool  # monospaced
    turned: bool


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character on the page."""

    text: str
    left: float
    right: float
    base: float  # height of the baseline above the foot of the page
    style: Style
    guessed: bool = False  # a space or a line end that stands nowhere in the file


@dataclass(frozen=True, slots=True)
class Line:
    """A line, or the part of one that stands in a column."""

    text: str
    page: int
    left: float
    right: float
    base: float
    size: float
    bold: bool  # wholly
    fixed: bool  # wholly


def page_lines(page: PdfPage, number: int, name: str, counts: Counter[str]) -> list[Line]:
    """The lines of a page of the file `name`; what is left out of them is added to `counts`."""
    text_page = page.get_textpage()
    try:
        if text_page.count_chars() > _MOST_CHARACTERS:
            raise InputError(
                f"{name}, page {number + 1}: has more than {_MOST_CHARACTERS:,} characters; "
                "save its text as .txt (UTF-8)"
            )
        glyphs = list(_glyphs(text_page.raw))
    finally:
        text_page.close()
    if any(glyph.style.turned for glyph in glyphs):
        counts["turned text"] += 1
    upright = [glyph for glyph in glyphs if not glyph.style.turned]
    return [line for run in _runs(upright) if (line := _line(run, number, counts)).text]


def _glyphs(text_page: FPDF_TEXTPAGE) -> Iterator[Glyph]:
    import pypdfium2.raw as pdfium

    box = pdfium.FS_RECTF()
    origin = [ctypes.c_double() for _ in range(2)]
    styles: dict[int, Style] = {}
    style = Style(0.0, False, False, False)
    high = ""  # the first half of a character such as 😇, which comes in two
    for i in range(pdfium.FPDFText_CountChars(text_page)):
        code = pdfium.FPDFText_GetUnicode(text_page, i)
        if code in (10, 13) or pdfium.FPDFText_IsGenerated(text_page, i) == 1:
            yield Glyph(" ", 0, 0, 0, style, guessed=True)
            continue
        if 0xD800 <= code < 0xDC00:
            high = chr(code)
            continue
        text_object = pdfium.FPDFText_GetTextObject(text_page, i)
        if text_object:
            key = ctypes.addressof(text_object.contents)
            if key not in styles:
                styles[key] = _style(text_page, i)
            style = styles[key]
        pdfium.FPDFText_GetLooseCharBox(text_page, i, box)
        pdfium.FPDFText_GetCharOrigin(text_page, i, *origin)
        text, high = _character(high, code), ""
        yield Glyph(text, box.left, box.right, origin[1].value, style)


def _character(high: str, code: int) -> str:
    """What a code means, "\ufffd" where it means nothing."""
    if code in _HYPHENS:
        return "-"
    both = (high + chr(code)).encode("utf-16", "surrogatepass") if code else b""
    return both.decode("utf-16", "replace") or "\ufffd"


def _style(text_page: FPDF_TEXTPAGE, i: int) -> Style:
    import pypdfium2.raw as pdfium

    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text_page, i, matrix)
    scale = math.hypot(matrix.c, matrix.d) or 1.0
    size = pdfium.FPDFText_GetFontSize(text_page, i) * scale
    name, flags = ctypes.create_string_buffer(256), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(text_page, i, name, len(name), flags)
    font = name.value.decode("latin-1")
    bold = pdfium.FPDFText_GetFontWeight(text_page, i) >= _BOLD_WEIGHT
    return Style(
        round(size, 1),
        bold or bool(_BOLD_NAME.search(font)),
        bool(flags.value & _FIXED_PITCH) or bool(_FIXED_NAME.search(font)),
        abs(matrix.b) > _TURNED * math.hypot(matrix.a, matrix.b),
    )


def _runs(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """The glyphs by lines; a break that PDFium guessed at is a space where there is a gap."""
    run: list[Glyph] = []
    last: Glyph | None = None  # the last one that is no space
    guessed = spaced = False
    for glyph in glyphs:
        if glyph.guessed:
            guessed = True
            continue
        if glyph.text.isspace():
            spaced = True
            run.append(glyph)
            continue
        if last and _is_elsewhere(last, glyph, spaced):
            yield run
            run, last = [], None
        if last and guessed and glyph.left - last.right > _SPACE * glyph.style.size:
            run.append(replace(glyph, text=" "))
        run.append(glyph)
        last, guessed, spaced = glyph, False, False
    yield run


def _is_elsewhere(last: Glyph, glyph: Glyph, spaced: bool) -> bool:
    size = max(last.style.size, glyph.style.size)
    if abs(glyph.base - last.base) > _SAME_LINE * size:
        return True
    gap = glyph.left - last.right
    widest = _WIDEST_SPACE if spaced else _WIDE_GAP
    return gap > widest * size or gap < _BACKWARDS * size


def _line(run: Sequence[Glyph], page: int, counts: Counter[str]) -> Line:
    glyphs = [glyph for glyph in run if not glyph.text.isspace()]
    if not glyphs:
        return Line("", page, 0, 0, 0, 0, False, False)
    sizes = Counter(glyph.style.size for glyph in glyphs)
    size = max(sizes, key=lambda s: (sizes[s], s))
    base = next(glyph.base for glyph in glyphs if glyph.style.size == size)
    marks = {
        id(glyph)
        for glyph in glyphs
        if glyph.style.size <= _SMALL * size
        and glyph.base > base + _RAISED * size
        and _MARK.fullmatch(glyph.text)
    }
    if marks:
        counts["footnote mark"] += 1
    kept = [glyph for glyph in glyphs if id(glyph) not in marks] or glyphs
    text = "".join(glyph.text for glyph in run if id(glyph) not in marks).strip()
    clean = cleaned(_SOFT_HYPHEN.sub("-", text.translate(_LIGATURES)))
    counts.update(clean.left_out)
    return Line(
        on_one_line(clean.text),
        page,
        min(glyph.left for glyph in kept),
        max(glyph.right for glyph in kept),
        base,
        size,
        all(glyph.style.bold for glyph in kept),
        all(glyph.style.fixed for glyph in kept),
    )
