"""Units of a memory as XLIFF, for review in a CAT tool.

XLIFF 1.2 (OASIS, 2008), which every tool opens, or 2.1 (OASIS, 2018). A confirmed unit is final and
approved; one below DOUBTFUL needs a review; an omission needs a translation. A document of
the memory is a file, with its name as the original's; the notes say how a unit was aligned. An
addition has no source text to stand under and is left out; so are, in XLIFF 2.1, units whose
languages are not those of the first one, since one file has one pair of languages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, groupby
from typing import Any, BinaryIO

from lxml import etree

from aligner.errors import InputError
from aligner.exchange.inline import Tags, xliff_2, xliff_12
from aligner.exchange.reports import Tally, XliffVersion
from aligner.memory.units import Unit
from aligner.writers.fields import DIGITS
from aligner.writers.tmx import NOT_XML, Element, seg_text

XLIFF_12 = "urn:oasis:names:tc:xliff:document:1.2"
XLIFF_2 = "urn:oasis:names:tc:xliff:document:2.0"  # of 2.1 too
DOUBTFUL = 0.9  # as in the summary of `aligner align`

Stream = Any  # lxml has no type hints

_STATES = {  # of a unit, in 1.2 and in 2.1
    "confirmed": ("final", "final"),
    "translated": ("translated", "translated"),
    "doubtful": ("needs-review-translation", "translated"),
    "untranslated": ("needs-translation", "initial"),
}


def write_xliff(
    units: Iterable[Unit], stream: BinaryIO, version: XliffVersion, tally: Tally
) -> None:
    """Write the units as they come."""
    stream.write(b'<?xml version="1.0" encoding="UTF-8"?>\n')
    kept = _with_source(units, tally)
    with etree.xmlfile(stream, encoding="UTF-8") as xml:
        if version == "1.2":
            _write_12(kept, xml)
        else:
            _write_2(kept, xml, tally)
    stream.write(b"\n")


def _with_source(units: Iterable[Unit], tally: Tally) -> Iterator[Unit]:
    for unit in units:
        if not seg_text(unit.src):
            tally.add("additions, which have no source text")
            continue
        tally.add("characters that XML cannot carry", len(NOT_XML.findall(unit.src + unit.tgt)))
        yield unit


def _write_12(units: Iterable[Unit], xml: Stream) -> None:
    with xml.element("xliff", {"xmlns": XLIFF_12, "version": "1.2"}):
        xml.write("\n")
        files = 0
        for names, members in groupby(units, _file_of):
            files += 1
            _file_12(names, members, xml)
        if not files:  # a file of XLIFF 1.2 may be empty, but there must be one
            _file_12(("", "", ""), (), xml)


def _file_12(names: tuple[str, str, str], units: Iterable[Unit], xml: Stream) -> None:
    document, src, tgt = names
    attributes = {
        "original": NOT_XML.sub("", document) or "memory",
        "source-language": src or "und",
        "target-language": tgt or "und",
        "datatype": "plaintext",
    }
    with xml.element("file", attributes), xml.element("body"):
        xml.write("\n")
        for unit in units:
            xml.write(_unit_12(unit), "\n")
    xml.write("\n")


def _unit_12(unit: Unit) -> Element:
    state, tags = _state(unit), Tags()
    element = etree.Element("trans-unit", id=str(unit.id))
    if state == "confirmed":
        element.set("approved", "yes")
    element.append(xliff_12("source", seg_text(unit.src), unit.entry.src_markup, tags))
    target = xliff_12("target", seg_text(unit.tgt), unit.entry.tgt_markup, tags)
    target.set("state", _STATES[state][0])
    element.append(target)
    note = etree.SubElement(element, "note", {"from": "aligner"})
    note.text = _note(unit)
    return element


def _write_2(units: Iterable[Unit], xml: Stream, tally: Tally) -> None:
    units = iter(units)
    first = next(units, None)
    if first is None:
        raise InputError("no unit to write, and XLIFF 2.1 has no empty file; select other units")
    _, src, tgt = _file_of(first)
    langs = {"srcLang": src or "und", "trgLang": tgt or "und"}
    with xml.element("xliff", {"xmlns": XLIFF_2, "version": "2.1", **langs}):
        xml.write("\n")
        same = _of_languages(chain([first], units), (src, tgt), tally)
        for number, (document, members) in enumerate(groupby(same, lambda u: u.document), 1):
            original = NOT_XML.sub("", document) or "memory"
            with xml.element("file", id=f"f{number}", original=original):
                xml.write("\n")
                for unit in members:
                    xml.write(_unit_2(unit), "\n")
            xml.write("\n")


def _of_languages(units: Iterable[Unit], langs: tuple[str, str], tally: Tally) -> Iterator[Unit]:
    for unit in units:
        if _file_of(unit)[1:] == langs:
            yield unit
        else:
            tally.add("units in other languages than the first one")


def _unit_2(unit: Unit) -> Element:
    state, tags = _state(unit), Tags()
    texts = [xliff_2("source", seg_text(unit.src), unit.entry.src_markup, tags)]
    if state != "untranslated":
        texts.append(xliff_2("target", seg_text(unit.tgt), unit.entry.tgt_markup, tags))
    element = etree.Element("unit", id=f"u{unit.id}")
    notes = etree.SubElement(element, "notes")
    etree.SubElement(notes, "note").text = _note(unit)
    if tags.data:
        originals = etree.SubElement(element, "originalData")
        for markup, name in tags.data.items():
            etree.SubElement(originals, "data", id=name).text = markup
    segment = etree.SubElement(element, "segment", state=_STATES[state][1])
    if state == "doubtful":
        segment.set("subState", "aligner:doubtful")
    segment.extend(texts)
    return element


def _state(unit: Unit) -> str:
    if not seg_text(unit.tgt):
        return "untranslated"
    if unit.entry.confirmed_by:
        return "confirmed"
    return "doubtful" if round(unit.pair.probability, DIGITS) < DOUBTFUL else "translated"


def _file_of(unit: Unit) -> tuple[str, str, str]:
    made_by = unit.pair.provenance
    return unit.document, made_by.src_lang, made_by.tgt_lang


def _note(unit: Unit) -> str:
    pair, who = unit.pair, unit.entry.confirmed_by
    probability = f"{pair.probability:.{DIGITS}f}"
    note = f"kind {pair.kind}, probability {probability}, position {unit.position}"
    return NOT_XML.sub("", f"{note}, confirmed by {who}" if who else note)
