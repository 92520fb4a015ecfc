"""A path to a Document: the reader is chosen by suffix, and by content where that fails.

A new format is one module with a function `read(raw: Raw) -> Document` and its suffixes
in `_READERS`; it is imported when a file of that kind comes. A suffix nobody knows,
.txt and standard input are looked at: tab-separated columns, Markdown (not in a .txt),
else plain text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from aligner.errors import InputError
from aligner.readers.damage import check_is_text
from aligner.readers.decode import Raw, decoded
from aligner.readers.disk import raw_file
from aligner.records import Document
from aligner.text import cleaned

_PLAIN = "aligner.readers.plain"
_MARKDOWN = "aligner.readers.markdown"
_COLUMNS = "aligner.readers.columns"

_READERS = {  # suffix -> the module whose `read` reads it; .txt is looked at like unknown ones
    ".md": _MARKDOWN,
    ".markdown": _MARKDOWN,
    ".mdown": _MARKDOWN,
    ".tsv": _COLUMNS,
    ".tab": _COLUMNS,
}
_NOT_YET = (
    ".doc .docx .odt .rtf .pdf .djvu .epub .fb2 .mobi .azw3 .htm .html .xhtml .xml .tex .rst "
    ".srt .vtt .ass .xls .xlsx .ods .csv .pptx .tmx .xlf .xliff .po .json .jsonl .zip .gz"
).split()
_HTML = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_MARKDOWN_SIGNS = re.compile(r"^(?:#{1,6} \S|```)|\]\((?:https?:|[/.#])", re.MULTILINE)


def read(path: Path, encoding: str | None = None) -> Document:
    """The document in a file ("-": from standard input); InputError where there is none."""
    raw = raw_file(path, encoding)
    suffix = path.suffix.lower()
    if suffix in _NOT_YET:
        raise InputError(
            f"{path}: files of the kind {suffix} cannot be read; "
            "save the text as .txt (UTF-8) or .md"
        )
    document = _reader(_READERS.get(suffix) or _module_by_content(raw))(raw)
    if not document.paragraphs:
        dropped = ", ".join(f"{name}: {count}" for name, count in document.left_out.items())
        raise InputError(
            f"{path}: has no text in it{f' (left out: {dropped})' if dropped else ''}; "
            "give a file with text"
        )
    return document


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


def _module_by_content(raw: Raw) -> str:
    from aligner.readers import columns

    text = decoded(raw).text
    if _HTML.match(text):
        raise InputError(f"{raw.name}: looks like HTML; save the text as .txt (UTF-8) or .md")
    if columns.has_columns(text):
        return _COLUMNS
    is_markdown = not raw.name.lower().endswith(".txt") and len(_MARKDOWN_SIGNS.findall(text)) >= 2
    return _MARKDOWN if is_markdown else _PLAIN
