"""Units of a memory as TMX 1.4: what was aligned here, and what came from other tools.

A unit that was aligned here is written as `writers.tmx` writes a pair, with its dates, its
document, its metadata and who confirmed it as props besides. A unit of a foreign TMX
is written as it came: attributes, notes and props, inline tags, all languages. Only what has
happened since is added (who confirmed it, and when). Header notes and props of foreign files
are kept; its attributes too, if all units are from one file, else in the units that differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import BinaryIO

from lxml import etree

from aligner.exchange.foreign import Described, Foreign, from_json, header_from
from aligner.memory.units import Unit
from aligner.records import Provenance
from aligner.writers.fields import UNKNOWN
from aligner.writers.tmx import (
    NOT_XML,
    XML_LANG,
    Element,
    add_props,
    header_attributes,
    header_props,
    not_xml_in,
    seg_text,
    unit_props,
)

_BY_UNIT = ("segtype", "srclang", "datatype", "o-tmf", "o-encoding")
"""Header attributes that a unit may give another value."""
_CODE = re.compile(r"[A-Za-z]{2}(?:-\w+)*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Documents:
    """What all units of a document have in common, by the document's name."""

    headers: Mapping[str, str] = field(default_factory=dict)  # as `foreign.header_json` gives it
    metadata: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _File:
    """What the units of the file are written by."""

    documents: Documents
    common: Provenance
    attributes: Mapping[str, str]  # of the header
    by_document: Mapping[str, Mapping[str, str]]  # of the header of the units' own file


def write_tmx(
    units: Iterable[Unit], stream: BinaryIO, documents: Documents, version: str, created: str | None
) -> int:
    """Write the units as they come; returns how many characters XML could not carry."""
    units = iter(units)
    first = next(units, None)
    common = first.pair.provenance if first else UNKNOWN
    headers = {name: header_from(text) for name, text in documents.headers.items()}
    attributes = _header_attributes(headers, documents, common, version, created)
    by_document = {name: header.attributes for name, (header, _) in headers.items()}
    file = _File(documents, common, attributes, by_document)
    dropped = 0
    stream.write(b'<?xml version="1.0" encoding="UTF-8"?>\n')
    with etree.xmlfile(stream, encoding="UTF-8") as xml, xml.element("tmx", version="1.4"):
        own = first is not None and from_json(first.entry.extra).own
        xml.write("\n", _header(file, own, headers.values()), "\n")
        with xml.element("body"):
            xml.write("\n")
            for unit in chain([first] if first else [], units):
                dropped += not_xml_in(unit.src) + not_xml_in(unit.tgt)
                element = _unit(unit, file)
                if element.find("tuv") is not None:
                    xml.write(element, "\n")
    stream.write(b"\n")
    return dropped


def _header_attributes(
    headers: Mapping[str, tuple[Described, tuple[str, ...]]],
    documents: Documents,
    common: Provenance,
    version: str,
    created: str | None,
) -> dict[str, str]:
    """Ours, or those of the one foreign file that all units are from."""
    own = header_attributes(common.src_lang, version, created)
    kept = [header.attributes for header, _ in headers.values() if header.attributes]
    if len(kept) != 1 or len(documents.metadata) > 1:
        return own
    return (
        own | dict(kept[0]) | {name: own[name] for name in ("creationtool", "creationtoolversion")}
    )


def _header(
    file: _File, own: bool, headers: Iterable[tuple[Described, tuple[str, ...]]]
) -> Element:
    element = etree.Element("header", dict(file.attributes))
    add_props(element, header_props(file.common) if own else {})
    seen = set()
    for described, encodings in headers:
        for xml in encodings:
            if xml not in seen:
                element.append(etree.fromstring(xml))
            seen.add(xml)
        notes = [note for note in described.notes if repr(note) not in seen]
        seen |= {repr(note) for note in notes}
        _add_notes(element, Described(notes=tuple(notes)))
    return element


def _unit(unit: Unit, file: _File) -> Element:
    foreign = from_json(unit.entry.extra)
    element = etree.Element("tu", _unit_attributes(unit, foreign, file))
    element.text = "\n"
    add_props(element, _field_props(unit, foreign, file))
    _add_notes(element, foreign.unit)
    add_props(element, _document_props(unit, foreign, file))
    for variant in _variants(unit, foreign):
        variant.tail = "\n"
        element.append(variant)
    return element


def _unit_attributes(unit: Unit, foreign: Foreign, file: _File) -> dict[str, str]:
    entry, pair = unit.entry, unit.pair
    attributes = dict(foreign.unit.attributes)
    if foreign.own:
        if max(len(pair.src_span), len(pair.tgt_span)) > 1:
            attributes["segtype"] = "block"
        return attributes | {"creationdate": entry.created, "changedate": entry.changed}
    header = file.by_document.get(unit.document, {})
    for name in _BY_UNIT:
        value = header.get(name)
        if value and value != file.attributes.get(name):
            attributes.setdefault(name, value)
    if entry.confirmed_by and entry.changed > entry.created:  # it was confirmed here
        attributes["changedate"] = entry.changed
    return attributes


def _field_props(unit: Unit, foreign: Foreign, file: _File) -> dict[str, str]:
    """What the fields of the unit say; of a foreign one only what has happened to it here."""
    props = unit_props(unit.pair, file.common) if foreign.own else {}
    if unit.entry.confirmed_by:
        props["x-confirmed-by"] = unit.entry.confirmed_by
    return props


def _document_props(unit: Unit, foreign: Foreign, file: _File) -> dict[str, str]:
    """What is true of the unit's document, and is not in its own props already."""
    metadata = file.documents.metadata.get(unit.document, {})
    props = {"x-document": unit.document} if foreign.own else {}
    props |= {f"x-{name}": value for name, value in metadata.items()}
    if unit.count > 1:
        props["x-count"] = str(unit.count)
    there = [attributes.get("type") for _, attributes, _ in foreign.unit.notes]
    return {name: value for name, value in props.items() if name not in there}


def _variants(unit: Unit, foreign: Foreign) -> list[Element]:
    """The <tuv> of all languages, in the order in which they came."""
    langs, entry = unit.pair.provenance, unit.entry
    src = _variant(unit.src, entry.src_markup, langs.src_lang, foreign.src)
    tgt = _variant(unit.tgt, entry.tgt_markup, langs.tgt_lang, foreign.tgt)
    if not foreign.others and foreign.places == (0, 1):  # nearly all of them
        return [variant for variant in (src, tgt) if variant is not None]
    variants = [etree.fromstring(xml) for xml in foreign.others]
    for variant in variants:
        if "lang" in variant.attrib:  # TMX 1.1
            variant.set(XML_LANG, variant.attrib.pop("lang"))
    placed = zip(foreign.places, (src, tgt), strict=True)
    for place, variant in sorted(placed, key=lambda at: at[0]):
        if variant is not None:
            variants.insert(place, variant)
    return variants


def _variant(text: str, markup: str | None, lang: str, foreign: Described) -> Element | None:
    if not (text := seg_text(text)):
        return None
    code = foreign.attributes.get("lang", "").replace("_", "-")  # en_US is no match in a CAT tool
    element = etree.Element("tuv", {XML_LANG: code if _CODE.fullmatch(code) else lang or "und"})
    for name, value in foreign.attributes.items():
        if name != "lang":
            element.set(name, value)
    _add_notes(element, foreign)
    if markup is None:
        etree.SubElement(element, "seg").text = text
    else:
        element.append(etree.fromstring(f"<seg>{markup}</seg>"))
    return element


def _add_notes(element: Element, described: Described) -> None:
    for tag, attributes, text in described.notes:
        names = {XML_LANG if name == "lang" else name: value for name, value in attributes.items()}
        note = etree.SubElement(element, tag, names)
        note.text, note.tail = NOT_XML.sub("", text), "\n"
