"""What a unit of another tool's TMX has beyond a pair, kept beside it and written again.

Attributes, notes and props of the unit and of both its languages, and the other languages
whole, as JSON in the unit's `extra`. Texts with inline tags, or with spaces that a match must
not see, are in its markup columns. Our own props (`x-kind` and the like) are not here: they
are fields of the pair. What XML does not count as content is not kept: comments, processing
instructions, spaces between elements.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree

from aligner.errors import InputError
from aligner.writers.tmx import XML_LANG, Element
from aligner.writers.tmx_reading import Contents, Variant

KEY = "tmx"
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
OWN_ATTRIBUTES = frozenset(("creationdate", "changedate", "segtype"))
OWN_PROPS = frozenset(
    "x-kind x-score x-probability x-source-document x-target-document x-source-sentences "
    "x-target-sentences x-encoder x-settings x-confirmed-by".split()
)
"""Props that are written from the fields of a unit."""
_OWN_HEADER = frozenset(("x-encoder", "x-settings", "x-target-lang"))


Note = tuple[str, Mapping[str, str], str]
"""A note or a prop: its tag, its attributes, its text."""


@dataclass(frozen=True, slots=True)
class Described:
    """Attributes of an element, and the notes and props in it."""

    attributes: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()


_NOTHING = Described()


@dataclass(frozen=True, slots=True)
class Foreign:
    """All that a <tu> has beyond two plain texts and their languages."""

    unit: Described = Described()
    src: Described = Described()
    tgt: Described = Described()
    others: tuple[str, ...] = ()  # the <tuv> of other languages, as XML
    places: tuple[int, int] = (0, 1)  # of source and target among all <tuv>
    own: bool = False  # written by us: dates and own props stand in the fields of the unit


_OURS = Foreign(own=True)


def foreign_of(unit: Contents, src: Variant, tgt: Variant, where: str) -> Foreign:
    """What has to be kept of a <tu> whose sides have been found."""
    own = "x-kind" in unit.props
    chosen = [side.element for side in (src, tgt) if side.element is not None]
    places = [
        unit.variants.index(side.element) if side.element is not None else -1 for side in (src, tgt)
    ]
    attributes = _attributes(unit.unit)
    if own:
        attributes = {name: text for name, text in attributes.items() if name not in OWN_ATTRIBUTES}
    return Foreign(
        Described(attributes, _notes(unit.notes, where)),
        _side(src, where),
        _side(tgt, where),
        tuple(_xml(one) for one in unit.variants if one not in chosen),
        (places[0], places[1]),
        own,
    )


def markup_of(side: Variant) -> str | None:
    """The seg's content as XML where it is more than the text; else None."""
    seg = side.seg
    if seg is None or (not len(seg) and seg.text == side.text):
        return None
    content = _content(seg)
    return None if content == escape(side.text) else content


def to_json(foreign: Foreign) -> str | None:
    """The JSON that `extra` keeps; short, or nothing, for a unit that has little."""
    known: dict[str, Any] = {
        name: _values(one)
        for name, one in (("unit", foreign.unit), ("src", foreign.src), ("tgt", foreign.tgt))
        if one.attributes or one.notes
    }
    if foreign.others:
        known["others"] = foreign.others
    if foreign.places != (0, 1) and min(foreign.places) >= 0:
        known["places"] = foreign.places
    if foreign.own:
        if not known:
            return None
        known["own"] = True
    return _compact({KEY: known})


@lru_cache
def from_json(extra: str | None) -> Foreign:
    """What `to_json` was given; for a unit that comes from no TMX, one of our own."""
    values: dict[str, Any] | None = json.loads(extra).get(KEY) if extra else None
    if values is None:
        return _OURS
    src, tgt = values.get("places") or (0, 1)
    unit, *sides = (_from_values(values.get(name, {})) for name in ("unit", "src", "tgt"))
    others = tuple(values.get("others", ()))
    return Foreign(unit, sides[0], sides[1], others, (src, tgt), bool(values.get("own")))


def header_json(header: Element) -> str:
    """What a memory keeps of a header; "" where it says nothing that we do not say ourselves."""
    attributes = _attributes(header)
    if attributes.get("creationtool") == "aligner":
        attributes = {}
    found = _notes(_named(header), "the header")
    notes = [note for note in found if note[1].get("type") not in _OWN_HEADER]
    known = _values(Described(attributes, tuple(notes)))
    encodings = [_xml(element) for element in header.iterchildren("ude")]
    return _compact(known | ({"ude": encodings} if encodings else {})) if known else ""


def header_from(text: str) -> tuple[Described, tuple[str, ...]]:
    """What `header_json` gave: the header, and its <ude> elements as XML."""
    values = json.loads(text)
    return _from_values(values), tuple(values.get("ude", ()))


def _side(side: Variant, where: str) -> Described:
    """A <tuv> without its language where that says no more than the pair does."""
    if side.element is None:
        return _NOTHING
    attributes = _attributes(side.element)
    lang = attributes.pop("lang", "")
    if lang != side.lang:
        attributes["lang"] = lang
    if len(side.element) == 1:  # its <seg> alone
        return Described(attributes) if attributes else _NOTHING
    return Described(attributes, _notes(_named(side.element), where))


def _named(element: Element) -> Iterator[tuple[str, Element]]:
    """The notes and props in an element, each with its type."""
    for child in element.iterchildren("note", "prop"):
        yield child.get("type", "") if child.tag == "prop" else "", child


def _notes(named: Iterable[tuple[str, Element]], where: str) -> tuple[Note, ...]:
    """What notes and props say, without our own props."""
    notes = []
    for name, child in named:
        if len(child) and any(grandchild.tag is etree.Entity for grandchild in child):
            raise InputError(
                f"{where}: an entity in a {child.tag} is not resolved, for safety; "
                "write its characters in its place"
            )
        if name not in OWN_PROPS:
            notes.append((str(child.tag), _attributes(child), child.text or ""))
    return tuple(notes)


def _attributes(element: Element) -> dict[str, str]:
    """The attributes, "lang" for xml:lang, as TMX 1.1 has it."""
    return {"lang" if key == XML_LANG else key: value for key, value in element.items()}


def _compact(values: Mapping[str, Any]) -> str:
    return _ENCODER.encode(values)


def _values(described: Described) -> dict[str, Any]:
    values = {"attributes": dict(described.attributes), "notes": [list(n) for n in described.notes]}
    return {name: value for name, value in values.items() if value}


def _from_values(values: Mapping[str, Any]) -> Described:
    notes = tuple((tag, attributes, text) for tag, attributes, text in values.get("notes", ()))
    return Described(values.get("attributes", {}), notes)


def _xml(element: Element) -> str:
    return str(etree.tostring(element, encoding="unicode", with_tail=False))


def _content(seg: Element) -> str:
    """What stands in a seg, as XML."""
    whole = _xml(seg)
    return whole[whole.index(">") + 1 :].removesuffix("</seg>")
