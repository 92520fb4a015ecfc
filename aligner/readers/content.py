"""What kind of file this is by what stands in it, whatever its name says.

Only strong signs count here: first bytes, the parts of a ZIP archive, the root of a
markup file, timecodes. Markdown, columns and plain text have none: between them the
suffix decides, and `readers.files` looks where that says nothing.
"""

from __future__ import annotations

import re
from typing import Literal

from aligner.readers.decode import Raw, beginning

Format = Literal["docx", "epub", "fb2", "html", "jsonl", "pdf", "subtitles", "tmx"]

_HEADER_WITHIN = 1024  # bytes before "%PDF-" that readers of PDF put up with
_EPUB_TYPE = b"application/epub+zip"  # the first part says so
_FB2_NAME = re.compile(rb"PK\x03\x04.{26}[^\0]{1,250}\.fb2", re.DOTALL | re.IGNORECASE)
_PROLOGUE = r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*|<\?[^>]*>\s*)*"
_SIGNS: tuple[tuple[Format, re.Pattern[str]], ...] = (
    ("tmx", re.compile(_PROLOGUE + r"(?:<!DOCTYPE\s+tmx\b[^>]*>\s*)?<tmx\b", re.DOTALL)),
    ("fb2", re.compile(_PROLOGUE + r"<FictionBook\b", re.DOTALL)),
    ("html", re.compile(_PROLOGUE + r"<(?:!doctype\s+html|html|head|body)\b", re.S | re.I)),
    ("subtitles", re.compile(r"\s*WEBVTT(?:\s|$)|\s*\[Script Info\]", re.IGNORECASE)),
    ("subtitles", re.compile(r"\s*(?:\d+\s+)?\d+:\d\d:\d\d[,.]\d{1,3} +--> +\d+:\d\d:\d\d[,.]\d")),
    ("jsonl", re.compile(r'\s*\{(?=[^\n]*"source"\s*:)(?=[^\n]*"target"\s*:)[^\n]*\}\s*(?:\n|$)')),
)


def format_of(raw: Raw) -> Format | None:
    """The format that the content gives away; None where it is text, or nothing known."""
    if b"%PDF-" in raw.data[:_HEADER_WITHIN]:
        return "pdf"
    if raw.data.startswith(b"PK\x03\x04"):
        return _in_archive(raw.data)
    text = beginning(raw)
    return next((name for name, sign in _SIGNS if sign.match(text)), None)


def _in_archive(data: bytes) -> Format | None:
    """By the names of its parts, which stand in an archive as they are, even in a broken one.

    It is not opened here: the list of a crafted one takes gigabytes (`readers.zipped`).
    """
    if b"word/document" in data and b"[Content_Types].xml" in data:
        return "docx"
    if b"META-INF/container.xml" in data or _EPUB_TYPE in data[:200]:
        return "epub"
    return "fb2" if _FB2_NAME.match(data) else None
