"""A path to a Document: the reader is chosen by content, by suffix where that says nothing.

A new format is one module with a function `read(raw: Raw) -> Document`, its name in
`_MODULES` and its suffixes in `_READERS`; it is imported when a file of that kind comes.
What `readers.content` knows by strong signs is read as that, whatever it is called: a
web page saved as .docx is a web page, and `Document.read_as` says so. Next the suffix
decides; .txt, a suffix nobody knows and standard input are looked at: tab-separated
columns, Markdown (not in a .txt), else plain text. Files of pairs are texts in both
languages: `aligner.pairfiles` reads them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from aligner.errors import InputError
from aligner.readers.content import format_of
from aligner.readers.damage import check_is_text, kind_of_binary
from aligner.readers.decode import Raw, beginning
from aligner.readers.disk import raw_file
from aligner.records import Document
from aligner.text import cleaned

_PLAIN = "aligner.readers.plain"
_MARKDOWN = "aligner.readers.markdown"
_COLUMNS = "aligner.readers.columns"
_DOCX = "aligner.readers.docx"
_EPUB = "aligner.readers.epub"
_FB2 = "aligner.readers.fb2"
_HTML = "aligner.readers.html"
_PDF = "aligner.readers.pdf"
_SUBTITLES = "aligner.readers.subtitles"

_MODULES = {  # format -> the module whose `read` reads it
    "docx": _DOCX,
    "epub": _EPUB,
    "fb2": _FB2,
    "html": _HTML,
    "pdf": _PDF,
    "subtitles": _SUBTITLES,
}
_READERS = {  # suffix -> the same; .txt is looked at like unknown ones
    ".md": _MARKDOWN,
    ".markdown": _MARKDOWN,
    ".mdown": _MARKDOWN,
    ".tsv": _COLUMNS,
    ".tab": _COLUMNS,
    ".doc": _DOCX,
    ".docx": _DOCX,
    ".docm": _DOCX,
    ".dotm": _DOCX,
    ".dotx": _DOCX,
    ".epub": _EPUB,
    ".fb2": _FB2,
    ".fbz": _FB2,
    ".htm": _HTML,
    ".html": _HTML,
    ".xhtml": _HTML,
    ".pdf": _PDF,
    ".ass": _SUBTITLES,
    ".srt": _SUBTITLES,
    ".ssa": _SUBTITLES,
    ".vtt": _SUBTITLES,
}
_NAMES = {
    _DOCX: "a Word document",
    _EPUB: "an EPUB book",
    _FB2: "a FictionBook",
    _HTML: "a web page (HTML)",
    _PDF: "a PDF",
    _SUBTITLES: "subtitles",
    _COLUMNS: "a table with tabs",
    _MARKDOWN: "Markdown",
    _PLAIN: "plain text",
}
_LOOKED_AT = frozenset({_PLAIN, _MARKDOWN, _COLUMNS})  # a .txt may be any of them
_BINARY = frozenset({_DOCX, _EPUB, _FB2, _PDF})  # under such a suffix text is looked at, too
_NOT_YET = (
    ".odt .rtf .djvu .mobi .azw3 .xml .tex .rst .xls .xlsx .ods .pptx "
    ".xlf .xliff .po .json .zip .gz"
).split()
_PAIRS = frozenset({"tmx", "jsonl"})
_MARKDOWN_SIGNS = re.compile(r"^(?:#{1,6} \S|```)|\]\((?:https?:|[/.#])", re.MULTILINE)


def read(path: Path, encoding: str | None = None) -> Document:
    """The document in a file ("-": from standard input); InputError where there is none."""
    raw = raw_file(path, encoding)
    module = _module(raw, path)
    document = _reader(module)(raw)
    if not document.paragraphs:
        dropped = ", ".join(f"{name}: {count}" for name, count in document.left_out.items())
        raise InputError(
            f"{path}: has no text in it{f' (left out: {dropped})' if dropped else ''}; "
            "give a file with text"
        )
    return replace(document, read_as=_NAMES[module] if _is_misnamed(path, module) else "")


def read_text(text: str, name: str = "") -> Document:
    """The document in a string, by the rules of plain text or of tab-separated columns."""
    from aligner.readers import columns, plain

    check_is_text(text, name or "the text")
    clean = cleaned(text)
    make = columns.document if columns.has_columns(clean.text) else plain.document
    document = make(clean.text, name, clean.left_out)
    if not document.paragraphs:
        raise InputError(f"{name or 'the text'}: is empty; give a text with words in it")
    return document


def _reader(module: str) -> Callable[[Raw], Document]:
    reader: Callable[[Raw], Document] = import_module(module).read
    return reader


def _module(raw: Raw, path: Path) -> str:
    suffix, known = path.suffix.lower(), format_of(raw)
    if known in _PAIRS or (not known and suffix in (".tmx", ".jsonl", ".csv")):
        raise InputError(
            f"{path}: holds pairs of texts, not one text; give it alone to `aligner align`, "
            "as a file that ends in .tmx, .tsv, .csv or .jsonl"
        )
    if known in _MODULES:
        return _MODULES[known]
    module = _READERS.get(suffix)
    if module and not (module in _BINARY and _may_be_text(raw.data)):
        return module
    if suffix in _NOT_YET or known:
        raise InputError(
            f"{path}: files of the kind {f'.{known}' if known else suffix} cannot be read; "
            "save the text as .txt (UTF-8) or .md"
        )
    return _module_by_look(raw)


def _is_misnamed(path: Path, module: str) -> bool:
    """Whether the suffix says something, and something else than what is read."""
    suffix = path.suffix.lower()
    said = _PLAIN if suffix == ".txt" else _READERS.get(suffix, module)
    return module != said and not {module, said} <= _LOOKED_AT


def _may_be_text(data: bytes) -> bool:
    """Not markup, which would be read with its tags: the reader says what is wrong with it."""
    head = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    return b"\0" not in head and not head.startswith(b"<") and kind_of_binary(data) is None


def _module_by_look(raw: Raw) -> str:
    from aligner.readers import columns

    text = beginning(raw)
    if columns.has_columns(text):
        return _COLUMNS
    is_markdown = not raw.name.lower().endswith(".txt") and len(_MARKDOWN_SIGNS.findall(text)) >= 2
    return _MARKDOWN if is_markdown else _PLAIN
