"""Inline tags from TMX to XLIFF and back: the text stays, the tags keep their place.

A tag of TMX (`bpt`, `ept`, `it`, `ph`, `ut`) has the document's own markup as its content.
XLIFF 1.2 has the same elements with other attributes. XLIFF 2 has no place for markup inside
a text: a tag becomes an empty `ph` that points to its markup. On the way back all of them, and
what other tools write (`g`, `x`, `pc`, `sc` …), become tags of TMX. Of marks that hold text but
no markup (`hi`, `mrk`, `sub`) only the text is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from xml.sax.saxutils import escape

from lxml import etree

from aligner.writers.tmx import Element, seg_text

_CODES = ("bpt", "ept", "it", "ph", "ut")  # of TMX
_HOLDERS = ("g", "pc")  # two tags and the text between them
_SINGLE = {  # of XLIFF, and what they are in TMX
    "x": "ph",
    "ph": "ph",
    "bx": "bpt",
    "bpt": "bpt",
    "sc": "bpt",
    "ex": "ept",
    "ept": "ept",
    "ec": "ept",
    "it": "it",
}
_TO_12 = {"begin": "open", "end": "close"}
_FROM_12 = {"open": "begin", "close": "end"}


class Tags:
    """The tags of a unit: numbers that both sides share, and the markup outside the text."""

    def __init__(self) -> None:
        self.ids: dict[str, str] = {}
        self.data: dict[str, str] = {}  # markup to the name it goes by, of XLIFF 2

    def id_of(self, tag: str, number: str) -> str:
        """The same for the same tag on both sides."""
        return self.ids.setdefault(f"{tag} {number}", str(len(self.ids) + 1))


def xliff_12(name: str, text: str, markup: str | None, tags: Tags) -> Element:
    """A `source` or `target` of XLIFF 1.2."""

    def code(child: Element, number: str) -> Element:
        tag = "ph" if child.tag == "ut" else str(child.tag)
        element = etree.Element(tag, id=tags.id_of(tag, number))
        if tag in ("bpt", "ept"):
            element.set("rid", number)
        elif tag == "it":
            element.set("pos", _TO_12.get(child.get("pos", ""), "open"))
        element.text = "".join(child.itertext())
        return element

    return _filled(etree.Element(name), text, markup, code)


def xliff_2(name: str, text: str, markup: str | None, tags: Tags) -> Element:
    """A `source` or `target` of XLIFF 2."""

    def code(child: Element, number: str) -> Element:
        data = "".join(child.itertext())
        reference = tags.data.setdefault(data, f"d{len(tags.data) + 1}")
        id_ = tags.id_of(str(child.tag), number)
        return etree.Element("ph", id=id_, dataRef=reference)

    return _filled(etree.Element(name), text, markup, code)


def text_and_markup(side: Element, data: Mapping[str, str]) -> tuple[str, str | None]:
    """The text of a `source` or `target`, and its content as TMX has it if that is more.

    `data` are the markups that XLIFF 2 keeps outside, by their names.
    """
    if not len(side):
        return seg_text(side.text or ""), None
    pieces = list(_pieces(side, data))
    text = seg_text("".join(piece for piece, is_code in pieces if not is_code))
    markup = "".join(piece if is_code else escape(piece) for piece, is_code in pieces)
    return text, None if markup == escape(text) else markup


def _filled(
    element: Element, text: str, markup: str | None, code: Callable[[Element, str], Element]
) -> Element:
    """The element with the text, and with what `code` makes of the tags in it."""
    if markup is None:
        element.text = text
        return element
    unnumbered = 0
    for piece in _flat(etree.fromstring(f"<seg>{markup}</seg>")):
        if isinstance(piece, str):
            _append(element, piece)
            continue
        number = piece.get("i") or piece.get("x")
        unnumbered += number is None
        element.append(code(piece, number or f"-{unnumbered}"))
    return element


def _append(element: Element, text: str) -> None:
    """Put a text behind all that is in the element."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _flat(seg: Element) -> Iterator[str | Element]:
    """The texts and the tags of a seg in their order."""
    yield seg.text or ""
    for child in seg:
        if child.tag in _CODES:
            yield child
        elif isinstance(child.tag, str):
            yield from _flat(child)
        yield child.tail or ""


def _pieces(side: Element, data: Mapping[str, str]) -> Iterator[tuple[str, bool]]:
    """Texts, and tags as XML of TMX; True for a tag."""
    yield side.text or "", False
    for child in side:
        if isinstance(child.tag, str):
            tag = etree.QName(child).localname
            if tag in _HOLDERS:
                start, end = (
                    data.get(child.get(f"dataRef{at}", ""), "") for at in ("Start", "End")
                )
                number = {"i": child.get("id", "1")}
                yield _code("bpt", number, start), True
                yield from _pieces(child, data)
                yield _code("ept", number, end), True
            elif tag in _SINGLE:
                yield _single(tag, child, data), True
            elif tag == "cp":
                yield chr(int(child.get("hex", "20"), 16)), False
            else:  # marks for people
                yield from _pieces(child, data)
        yield child.tail or "", False


def _single(tag: str, child: Element, data: Mapping[str, str]) -> str:
    """A tag that holds no text, as TMX has it."""
    content = data.get(child.get("dataRef", ""), "") or "".join(child.itertext())
    id_ = child.get("rid") or child.get("startRef") or child.get("id", "1")
    name = _SINGLE[tag]
    if name == "it":
        return _code("it", {"pos": _FROM_12.get(child.get("pos", ""), "begin"), "x": id_}, content)
    return _code(name, {"x" if name == "ph" else "i": id_}, content)


def _code(name: str, attributes: Mapping[str, str], content: str) -> str:
    element = etree.Element(name, dict(attributes))
    element.text = content or None
    return str(etree.tostring(element, encoding="unicode"))
