"""FictionBook 2 (.fb2, .fb2.zip): the text of a book, in the order of its sections.

Titles and subtitles are headings, the lines of a stanza are verse, epigraphs and cites are
quotations, tables come cell by cell. Left out and counted: what stands outside the bodies
(the description with its annotation, style sheets), pictures, the marks of notes, and the
bodies that hold those notes: they stand at the end of the file, in other editions at the
foot of a page, and an aligner that meets them on one side only makes additions of them.
The title of the book in its first body is text.

A file that is not well-formed is refused, as are entities of its own (`readers.trees`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

from aligner.errors import InputError
from aligner.readers.decode import Raw, decoded, is_utf8
from aligner.readers.line_breaks import SENTENCE_END
from aligner.readers.line_ends import is_item, without_bullet
from aligner.readers.trees import Element, local_name, parsed_xml, text_of
from aligner.readers.zipped import Archive
from aligner.records import Document, Paragraph, ParagraphKind
from aligner.text import cleaned, on_one_line

_PICTURE = re.compile(rb"<binary\b[^>]*?(?:/>|>[^<]*</binary\s*>)")  # base64: half of many files
_DECLARED = re.compile(rb"\s*<\?xml[^>]*\bencoding\s*=")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_NOTES = frozenset(("notes", "comments", "footnotes"))  # names of bodies
_KINDS: dict[str, ParagraphKind] = {  # of what stands in these, whatever it is itself
    "title": "heading",
    "subtitle": "heading",
    "cite": "quote",
    "epigraph": "quote",
    "td": "cell",
    "th": "cell",
}
_BLOCKS = frozenset("p subtitle text-author date td th".split())  # one paragraph each
_FOLDER_OF_MACS = "__MACOSX/"


def read(raw: Raw) -> Document:
    """An .fb2 file, packed or not, as a document; it may have no paragraphs."""
    data = _unpacked(raw) if raw.data.startswith(b"PK\x03\x04") else raw.data
    counts: Counter[str] = Counter()
    root = _tree(Raw(raw.name, _PICTURE.sub(b"", data), raw.encoding), counts)
    if local_name(root) != "fictionbook":
        raise InputError(
            f"{raw.name}: is XML but no FictionBook: it begins with <{local_name(root)}>; "
            "give the book itself, or its text as .txt (UTF-8)"
        )
    reader = _Reader(counts)
    paragraphs = [paragraph for part in root for paragraph in reader.part(part)]
    left_out = {name: count for name, count in reader.counts.items() if count}
    return Document(raw.name, tuple(paragraphs), left_out=left_out)


def _unpacked(raw: Raw) -> bytes:
    """The one book in an archive."""
    archive = Archive(raw)
    books = [
        name
        for name in archive.names()
        if name.lower().endswith(".fb2") and not name.startswith(_FOLDER_OF_MACS)
    ]
    if len(books) != 1:
        what = f"{len(books)} books" if books else "no .fb2 book"
        raise InputError(f"{raw.name}: has {what} in it; unpack it and give one book")
    return archive.data(books[0])


def _tree(raw: Raw, counts: Counter[str]) -> Element:
    """By the user's word; as UTF-8 if it is that; by what the file declares; by its look."""
    if raw.encoding is None and _DECLARED.match(raw.data) and not is_utf8(raw.data):
        return parsed_xml(raw.data, raw.name)
    text = decoded(raw)
    counts.update(text.left_out)
    return parsed_xml(_DECLARATION.sub("", text.text).encode("utf-8"), raw.name)


class _Reader:
    """Walks the tree and counts what it leaves out."""

    def __init__(self, counts: Counter[str]) -> None:
        self.counts = counts

    def part(self, part: Element) -> Iterator[Paragraph]:
        """The paragraphs of a child of the root."""
        name = local_name(part)
        if name != "body":
            self.counts[name or "comment"] += name != "binary"  # images are counted in the text
        elif (part.get("name") or "").lower() in _NOTES:
            self.counts["note"] += sum(local_name(inner) == "section" for inner in part)
        else:
            yield from self._inside(part, "text")

    def _inside(self, element: Element, kind: ParagraphKind) -> Iterator[Paragraph]:
        for inner in element:
            name = local_name(inner)
            kept = kind if kind in ("heading", "quote") else _KINDS.get(name, kind)
            if name == "stanza":
                yield from self._stanza(inner)
            elif name in _BLOCKS:
                yield from self._block(inner, kept)
            elif name == "image":
                yield from self._image(inner)
            elif name:
                yield from self._inside(inner, kept)
            else:
                self.counts["comment"] += 1

    def _stanza(self, stanza: Element) -> Iterator[Paragraph]:
        """Its lines as one paragraph; a title of its own is a heading."""
        lines: list[str] = []
        for inner in stanza:
            if local_name(inner) == "v":
                lines += filter(None, [self._text(inner)])
            elif local_name(inner) == "subtitle":
                yield from self._block(inner, "heading")
            else:
                yield from self._inside(inner, "heading")
        if lines:
            yield Paragraph("\n".join(lines), "verse")

    def _block(self, element: Element, kind: ParagraphKind) -> Iterator[Paragraph]:
        if _is_code(element):
            self.counts["code block"] += 1
        elif text := self._text(element):
            is_list = kind == "text" and is_item(text)
            yield Paragraph(without_bullet(text), "item" if is_list else kind)

    def _image(self, image: Element) -> Iterator[Paragraph]:
        """A sentence that stands for a picture is its caption."""
        text = on_one_line(image.get("alt") or "")
        if SENTENCE_END.search(text):
            yield Paragraph(text, "caption")
        else:
            self.counts["image"] += 1

    def _text(self, element: Element) -> str:
        clean = cleaned("".join(_pieces(element, self._is_text)))
        self.counts.update(clean.left_out)
        return on_one_line(clean.text)

    def _is_text(self, element: Element) -> bool:
        """Whether an element within a line is text; counted if it is not."""
        name = local_name(element)
        if name == "a" and element.get("type") == "note":
            self.counts["footnote mark"] += 1
        elif name == "image":
            self.counts["image"] += 1
        elif name:
            return True
        else:
            self.counts["comment"] += 1
        return False


def _pieces(element: Element, is_text: Callable[[Element], bool]) -> Iterator[str]:
    yield element.text or ""
    for inner in element:
        if is_text(inner):
            yield from _pieces(inner, is_text)
        yield inner.tail or ""


def _is_code(element: Element) -> bool:
    """A line that is code and nothing else."""
    code = [inner for inner in element if local_name(inner) == "code"]
    size = sum(len(text_of(inner).strip()) for inner in code)
    return 0 < size == len(text_of(element).strip())
