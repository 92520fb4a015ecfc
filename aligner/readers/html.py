"""HTML: the text of a page or of a part of one, without the page around it.

Headings, paragraphs, list items, cells, captions and quotations come in reading order
(`readers.blocks`); what belongs to the site and not to the text is left out and counted
(`readers.web_page`). A table or a grid with English beside Russian becomes rows
(`readers.tree_rows`). The title in the page's head is text only where the page has no
heading of its own.

The encoding is the user's word; else UTF-8 if the bytes are that; else what the page says
of itself, unless that is Latin-1, which old Russian pages say wrongly; else found out.
Scripts are not run: a page that builds its text in the browser has none here.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import replace

from aligner.errors import InputError
from aligner.readers.blocks import Marks, blocks
from aligner.readers.decode import Decoded, Raw, decoded, is_utf8
from aligner.readers.tree_rows import bilingual_rows
from aligner.readers.trees import Element, check_size, named, parsed_html, text_of
from aligner.readers.web_page import furniture
from aligner.records import Document, Paragraph
from aligner.text import on_one_line

_CHARSET = re.compile(
    rb"<(?:meta|\?xml)\b[^>]*?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE
)
_HEAD = 4096  # bytes in which a page declares its encoding
_WESTERN = frozenset(("iso8859-1", "cp1252", "ascii"))
_NO_CHARSET = re.compile(r"^\s*<\?xml[^>]*\?>")


def read(raw: Raw) -> Document:
    """An .html file as a document; it may have no paragraphs."""
    check_size(raw.data, raw.name)  # before decoding makes it larger
    text = _text(raw)
    counts = Counter(text.left_out)
    root = parsed_html(_NO_CHARSET.sub("", text.text), raw.name)
    if root is None:
        return Document(raw.name, (), left_out=dict(counts))
    paragraphs = page(root, counts)
    return Document(raw.name, tuple(paragraphs), left_out=dict(counts))


def page(root: Element, counts: Counter[str]) -> list[Paragraph]:
    """The paragraphs of a page's tree; what is left out is added to `counts`."""
    rows, beside = bilingual_rows(root)
    marks = Marks(furniture(root) | beside, rows)
    paragraphs = list(blocks(root, marks, counts))
    title = next((on_one_line(text_of(found)) for found in named(root, "title")), "")
    if title and not any(paragraph.kind == "heading" for paragraph in paragraphs):
        return [Paragraph(title, "heading"), *paragraphs]
    if title:
        counts["page title"] += 1
    return paragraphs


def _text(raw: Raw) -> Decoded:
    if raw.encoding or is_utf8(raw.data) or raw.data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return decoded(raw)
    said = _CHARSET.search(raw.data[:_HEAD])
    if said and (name := _codec(said.group(1).decode("ascii"))):
        try:
            return decoded(replace(raw, encoding=name))
        except InputError:  # it is not in the encoding it names
            pass
    return decoded(raw)


def _codec(name: str) -> str | None:
    """The encoding a page names, if it is one and says something."""
    try:
        codec = codecs.lookup(name.lower().removeprefix("x-").replace("win-", "windows-"))
    except LookupError:
        return None
    return None if codec.name in _WESTERN or codec.name.startswith("utf") else codec.name
