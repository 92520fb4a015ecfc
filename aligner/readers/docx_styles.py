"""What the styles of a Word document say of a paragraph: heading, list item, quotation …

By outline level, which is the same in every language, then by the style's name or that
of the style it is based on: Word's own names are English in the file whatever the user
sees, but other programs write «Заголовок 1». What a style only makes look like a heading
(large, bold) is not seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from aligner.readers.docx_package import attribute, child, is_on
from aligner.readers.trees import Element, local_name
from aligner.records import ParagraphKind

Role = Literal["heading", "item", "quote", "caption", "contents", "code", "hidden"]

_NAMES: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("contents", re.compile(r"toc (?:\d|heading)|contents (?:\d|heading)|table of figures")),
    ("contents", re.compile(r"оглавление \d|заголовок оглавления|перечень рисунков")),
    ("heading", re.compile(r"heading(?: ?\d)?|title|subtitle|chapter.*")),
    ("heading", re.compile(r"(?:под)?заголовок(?: ?\d)?|название")),
    ("caption", re.compile(r"(?:(?:image|table|figure) )?caption|название объекта|illustration")),
    ("quote", re.compile(r"(?:intense )?quote|block ?text|block ?quotation|quotations?")),
    ("quote", re.compile(r"(?:выделенная )?цитата(?: ?\d)?")),
    ("item", re.compile(r"list (?:bullet|number)(?: ?\d)?|(?:маркиров|нумеров)анный список.*")),
    ("code", re.compile(r"source code|code(?: block)?|программный код|листинг|код")),
)
_TEXT_LEVEL = 9  # outline levels 0 to 8 are headings


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a document by their identifiers."""

    by_id: dict[str, Element]

    def role(self, paragraph: Element) -> Role | None:
        """What a paragraph is on its page; None for plain text."""
        properties = child(paragraph, "ppr")
        chain = list(self._chain(attribute(child(properties, "pstyle"), "val")))
        if any(is_on(style, "rpr", "vanish") for style in chain):
            return "hidden"
        role = next((role for style in chain if (role := _role(style))), None)
        if role in ("contents", "code"):
            return role
        levels = (_level(holder) for holder in (properties, *(child(s, "ppr") for s in chain)))
        level = next((level for level in levels if level is not None), None)
        if level is not None and level < _TEXT_LEVEL:
            return "heading"
        if role in ("heading", "caption"):
            return role
        numbered = (_number(holder) for holder in (properties, *(child(s, "ppr") for s in chain)))
        number = next((number for number in numbered if number), "")
        if number == "0":  # a paragraph taken out of the list that its style makes
            return None if role == "item" else role
        return "item" if number else role

    def hides(self, run: Element) -> bool:
        """Whether the text of a run is not shown."""
        properties = child(run, "rpr")
        own = child(properties, "vanish")
        if own is not None:
            return is_on(properties, "vanish")
        chain = self._chain(attribute(child(properties, "rstyle"), "val"))
        return any(is_on(style, "rpr", "vanish") for style in chain)

    def _chain(self, identifier: str) -> Iterator[Element]:
        """A style and those it is based on; a circle, which damaged files have, ends."""
        seen: set[str] = set()
        while identifier in self.by_id and identifier not in seen:
            seen.add(identifier)
            yield self.by_id[identifier]
            identifier = attribute(child(self.by_id[identifier], "basedon"), "val")


def styles_of(root: Element | None) -> Styles:
    """The styles in a part with that name; none where it is missing."""
    styles = () if root is None else (style for style in root if local_name(style) == "style")
    return Styles({attribute(style, "styleId"): style for style in styles})


def kind_of(role: Role | None) -> ParagraphKind:
    """The record's name of what a paragraph is."""
    return role if role in ("heading", "item", "quote", "caption") else "text"


def _role(style: Element) -> Role | None:
    name = attribute(child(style, "name"), "val").strip().lower()
    return next((role for role, pattern in _NAMES if pattern.fullmatch(name)), None)


def _level(properties: Element | None) -> int | None:
    value = attribute(child(properties, "outlinelvl"), "val")
    return int(value) if value.isdecimal() else None


def _number(properties: Element | None) -> str:
    return attribute(child(properties, "numpr", "numid"), "val")
