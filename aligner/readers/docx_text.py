"""The text inside one paragraph of a Word document.

Kept: text as it would be with all changes accepted, links without their address, the
results of fields. Text boxes and the marks of notes are handed back in order, for they
come after the paragraph or the text. Left out and counted: deleted text, hidden text,
formulas, symbols of picture fonts, images (an alternative text that is a sentence stays,
as a caption).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from aligner.readers.docx_package import attribute, child
from aligner.readers.docx_styles import Styles
from aligner.readers.line_breaks import SENTENCE_END
from aligner.readers.trees import Element, local_name
from aligner.text import cleaned, on_one_line

_BREAK = "\x00"  # no control character is in XML
_INSTEAD = {"tab": " ", "ptab": " ", "cr": _BREAK, "nobreakhyphen": "-"}
_LEFT_OUT = {
    **dict.fromkeys(("del", "movefrom"), "deleted text"),
    **dict.fromkeys(("omath", "omathpara"), "drawing or formula"),
    "sym": "symbol",
    "rt": "reading aid",
}
_PICTURES = frozenset(("drawing", "pict", "object"))
_NOTES = {"footnotereference": "footnotes", "endnotereference": "endnotes"}
_PROPERTIES = frozenset(("ppr", "rpr"))


@dataclass(frozen=True, slots=True)
class Note:
    """A mark that points to a note."""

    part: str  # "footnotes" or "endnotes"
    identifier: str


@dataclass(frozen=True, slots=True)
class Box:
    """A text box that hangs on the paragraph."""

    element: Element


@dataclass(frozen=True, slots=True)
class Caption:
    """The alternative text of a picture, if that is a sentence."""

    text: str


Piece = str | Note | Box | Caption


def pieces(paragraph: Element, styles: Styles, counts: Counter[str]) -> Iterator[Piece]:
    """What stands in a paragraph, in order; what is left out is added to `counts`.

    Depth first; the XML parser allows 256 levels, so this ends.
    """
    for inner in paragraph:
        name = local_name(inner)
        if name in _LEFT_OUT:
            counts[_LEFT_OUT[name]] += 1
        elif name == "r" and styles.hides(inner):
            counts["hidden text"] += 1
        elif name in _PICTURES:
            yield from _picture(inner, counts)
        elif name == "alternatecontent":  # the same twice: for new programs and for old ones
            yield from pieces(inner[:1], styles, counts)
        elif name in _NOTES:
            yield Note(_NOTES[name], attribute(inner, "id"))
        elif (text := _text(inner, name)) is not None:
            yield text
        elif name not in _PROPERTIES:
            yield from pieces(inner, styles, counts)


def lines(text: str, counts: Counter[str]) -> list[str]:
    """Text by the lines its author made, cleaned; what that takes out is counted."""
    clean = [cleaned(line) for line in text.split(_BREAK)]
    for line in clean:
        counts.update(line.left_out)
    return [on_one_line(line.text) for line in clean]


def _text(element: Element, name: str) -> str | None:
    """The characters that an element stands for; None if it is a wrapper of others."""
    if name == "t":
        return element.text or ""
    if name == "br":
        is_page = attribute(element, "type") in ("page", "column")
        return 2 * _BREAK if is_page else _BREAK
    return _INSTEAD.get(name)


def _picture(picture: Element, counts: Counter[str]) -> Iterator[Piece]:
    boxes = [box for box in picture.iter("{*}txbxContent") if not _is_repeated(box, picture)]
    if boxes:
        yield from map(Box, boxes)
        return
    described = (attribute(inner, "descr") for inner in picture.iter("{*}docPr"))
    text = on_one_line(cleaned(next(described, "")).text)
    if SENTENCE_END.search(text):
        yield Caption(text)
    else:
        counts["image"] += 1


def _is_repeated(box: Element, picture: Element) -> bool:
    """Inside another box, or the old variant of what stands there in a new one."""
    for outer in box.iterancestors():
        if outer is picture:
            return False
        if local_name(outer) == "txbxcontent":
            return True
        if local_name(outer) == "fallback" and child(outer.getparent(), "choice") is not None:
            return True
    return False
