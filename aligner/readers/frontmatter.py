"""The block of fields at the head of a page for a site generator (Jekyll, Hugo).

Its title and description are text of the page and are kept; the other fields are
settings, left out and counted. YAML (`---`) and TOML (`+++`) are read as far as a field
is one line or an indented block; nothing here understands either language in full.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from aligner.records import Paragraph, ParagraphKind
from aligner.text import on_one_line

_FRONT_MATTER = re.compile(
    r"\s*(---|\+\+\+)[ \t]*\n(.*?)(?:^\1|^\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
_FIELD = re.compile(r"(\w[\w.-]*)[ \t]*[:=](?:[ \t]+(.*))?")
_BLOCK_MARK = re.compile(r"[|>][+-]?")
_KEPT: dict[str, ParagraphKind] = {"title": "heading", "description": "text"}


def without_front_matter(text: str, counts: Counter[str]) -> tuple[list[Paragraph], str]:
    """The paragraphs of the front matter and the text after it; `counts` gets the rest."""
    match = _FRONT_MATTER.match(text)
    if not match or not _FIELD.match(match.group(2).lstrip()):
        return [], text  # a page may begin with a ruler
    paragraphs = []
    for name, value in _fields(match.group(2)):
        content = on_one_line(_unquoted(value))
        if name in _KEPT and content:
            paragraphs.append(Paragraph(content, _KEPT[name]))
        else:
            counts["front matter field"] += 1
    return paragraphs, text[match.end() :]


def _fields(block: str) -> Iterator[tuple[str, str]]:
    """Names and values; a field goes on over the indented lines and list items below it."""
    name, value = "", ""
    for line in block.split("\n"):
        field = _FIELD.fullmatch(line.rstrip())
        if field:
            if name:
                yield name, value
            name, value = field.group(1).lower(), field.group(2) or ""
        else:
            value = f"{'' if _BLOCK_MARK.fullmatch(value) else value} {line.strip()}"
    if name:
        yield name, value


def _unquoted(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        mark = value[0]
        inner = value[1:-1]
        return inner.replace('\\"', '"') if mark == '"' else inner.replace("''", "'")
    return value
