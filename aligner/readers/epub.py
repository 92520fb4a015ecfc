"""EPUB books, versions 2 and 3: the text of all chapters in the order of the spine.

Found as readers do: META-INF/container.xml names the package, the package's spine lists
the files. Each file is read like a page (`readers.blocks`), but little is left out of
a book, and counted: the table of contents, the cover, page numbers, hidden text, the
boilerplate of Project Gutenberg. Files outside the linear order (`linear="no"`: notes,
answers) come last. Notes stay where they stand, without their marks. Metadata and the
titles in the heads of the files are not text.

A book under DRM cannot be read; fonts that are only scrambled do not matter.
"""

from __future__ import annotations

import html.entities
import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from aligner.errors import InputError
from aligner.readers.blocks import Marks, blocks
from aligner.readers.decode import Raw, decoded
from aligner.readers.tree_rows import bilingual_rows
from aligner.readers.trees import Element, named, parsed_html, parsed_xml, text_of
from aligner.readers.web_page import book_furniture
from aligner.readers.zipped import Archive
from aligner.records import Document, Paragraph

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_SCRAMBLED_FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_PAGES = ("application/xhtml+xml", "text/html", "application/xml", "text/x-oeb1-document")
_LONGEST_COVER = 500  # characters: title, author, publisher
_ENTITY = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)(\w+);")
_AS_EXPORTED = "save or export it anew from the program that made it"


@dataclass(frozen=True, slots=True)
class _Item:
    """A file of the book as the package lists it."""

    member: str  # its path in the archive
    media_type: str
    properties: tuple[str, ...]
    role: str  # what the package's guide calls it (EPUB 2): "toc", "cover" …


def read(raw: Raw) -> Document:
    """An .epub file as a document; it may have no paragraphs."""
    archive = Archive(raw)
    _check_readable(archive)
    counts: Counter[str] = Counter()
    paragraphs = [
        paragraph
        for item in _reading_order(archive)
        for paragraph in _chapter(archive, item, raw.encoding, counts)
    ]
    return Document(raw.name, tuple(paragraphs), left_out=dict(counts))


def _check_readable(archive: Archive) -> None:
    if _CONTAINER not in archive:
        raise InputError(
            f"{archive.name}: is a ZIP archive but no EPUB book: it lacks {_CONTAINER}; give the "
            "book itself, or the text as .txt or .md"
        )
    if _ENCRYPTION not in archive:
        return
    methods = named(archive.xml(_ENCRYPTION), "encryptionmethod")
    if any(method.get("Algorithm") not in _SCRAMBLED_FONTS for method in methods):
        raise InputError(
            f"{archive.name}: is protected against copying (DRM); give a copy without protection"
        )


def _reading_order(archive: Archive) -> list[_Item]:
    """The files of the spine, those outside the linear order last."""
    package_path = _package_path(archive)
    package = archive.xml(package_path)
    roles = {
        _member(archive, package_path, guide.get("href", "")): guide.get("type", "")
        for guide in named(package, "reference")
    }
    items = {}
    for entry in named(package, "item"):
        member = _member(archive, package_path, entry.get("href", ""))
        properties = tuple(entry.get("properties", "").split())
        media_type = entry.get("media-type", "")
        items[entry.get("id")] = _Item(member, media_type, properties, roles.get(member, ""))
    spine = [ref for ref in named(package, "itemref") if ref.get("idref") in items]
    if not spine:
        raise InputError(f"{archive.name}: {package_path} lists no text; {_AS_EXPORTED}")
    spine.sort(key=lambda ref: ref.get("linear", "yes") == "no")  # a stable sort
    return [items[ref.get("idref")] for ref in spine]


def _package_path(archive: Archive) -> str:
    roots = [root.get("full-path", "") for root in named(archive.xml(_CONTAINER), "rootfile")]
    if not roots:
        raise InputError(f"{archive.name}: {_CONTAINER} names no package; {_AS_EXPORTED}")
    return str(roots[0])


def _member(archive: Archive, package_path: str, href: str) -> str:
    """The path in the archive that a link in the package means."""
    folder = posixpath.dirname(package_path)
    bare = href.partition("#")[0]
    for path in (unquote(bare), bare):
        member = posixpath.normpath(posixpath.join(folder, path))
        if member in archive:
            return member
    return posixpath.normpath(posixpath.join(folder, unquote(bare)))


def _chapter(
    archive: Archive, item: _Item, encoding: str | None, counts: Counter[str]
) -> Iterator[Paragraph]:
    if item.media_type not in _PAGES:
        counts["page that is a picture"] += 1
        return
    root = _tree(archive, item.member, encoding)
    if root is None:
        return
    if name := _left_out(item, root):
        counts[name] += 1
        return
    rows, beside = bilingual_rows(root)
    yield from blocks(root, Marks(book_furniture(root) | beside, rows), counts)


def _left_out(item: _Item, root: Element) -> str | None:
    """What a file is called that is no text of the book; by what it holds, too.

    A guide may call a whole book "toc" that only begins with its contents.
    """
    body = next(named(root, "body"), root)
    size = len(text_of(body).strip())
    links = sum(len(text_of(link)) for link in named(body, "a"))
    types = " ".join(_types(top) for top in (body, *body[:1])).split()
    if "nav" in item.properties or ("toc" in (*types, item.role) and 2 * links >= size):
        return "table of contents"
    return "cover page" if "cover" in (*types, item.role) and 0 < size <= _LONGEST_COVER else None


def _types(element: Element) -> str:
    return str(element.get("{http://www.idpf.org/2007/ops}type", ""))


def _tree(archive: Archive, member: str, encoding: str | None) -> Element | None:
    """XHTML as XML, or, where it is not well-formed, as browsers read HTML."""
    data = archive.data(member)
    place = f"{archive.name}: {member}"
    if not data.strip():
        return None
    if encoding is None:
        try:
            return parsed_xml(_ENTITY.sub(_reference, data), place)
        except InputError:
            pass
    text = decoded(Raw(place, data, encoding)).text
    return parsed_html(re.sub(r"^\s*<\?xml[^>]*\?>", "", text), place)


def _reference(entity: re.Match[bytes]) -> bytes:
    """&nbsp; and its like as a number, which needs no DTD; unknown ones stay."""
    name = entity.group(1).decode("utf-8", errors="replace")
    character = html.entities.html5.get(f"{name};")
    if character is None:
        return entity.group()
    return "".join(f"&#{ord(part)};" for part in character).encode("ascii")
