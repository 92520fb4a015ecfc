"""Pairs as TMX 1.4, the format in which CAT tools exchange translation memories.

https://www.gala-global.org/tmx-14b. Written unit by unit, so that memory does not grow
with the file; `tmx_reading` reads it back. What TMX has no place for stands in props of
our own: kind, score, probability, documents, sentence positions and moves in each unit, encoder
and settings in the header, and in a unit only where they differ from it.

A unit of several sentences is a "block". A sentence without a partner is a unit with
one language only: OmegaT passes over it (with a warning in its log where the source is
missing), while it takes an empty target for a translation and deletes the sentence.
Text in a seg stands on one line without edge spaces: nothing else is ever matched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import chain
from typing import Any, BinaryIO

from lxml import etree

from aligner.records import Pair, Provenance
from aligner.writers.fields import DIGITS, UNKNOWN, fields_of
from aligner.writers.moves import move_of

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINE_BREAK = re.compile(r"[ \t]*[\r\n]+[ \t]*")

Element = Any  # lxml has no type hints


def write_tmx(
    pairs: Iterable[Pair], stream: BinaryIO, version: str, created: str | None = None
) -> int:
    """Write the pairs as they come; returns how many characters XML could not carry.

    `version` is the aligner's; `created` a date as `dates.creation_date` gives it.
    """
    pairs = iter(pairs)
    first = next(pairs, None)
    common = first.provenance if first else UNKNOWN
    dropped = 0
    stream.write(b'<?xml version="1.0" encoding="UTF-8"?>\n')
    with etree.xmlfile(stream, encoding="UTF-8") as xml, xml.element("tmx", version="1.4"):
        xml.write("\n", _header(common, version, created), "\n")
        with xml.element("body"):
            xml.write("\n")
            for pair in chain([first] if first else [], pairs):
                dropped += not_xml_in(pair.src) + not_xml_in(pair.tgt)
                unit = _unit(pair, common)
                if unit.find("tuv") is not None:  # nothing but characters that XML cannot carry
                    xml.write(unit, "\n")
    stream.write(b"\n")
    return dropped


def header_attributes(srclang: str, version: str, created: str | None) -> dict[str, str]:
    """What a header of ours says of the file."""
    return {
        "creationtool": "aligner",
        "creationtoolversion": version,
        "segtype": "sentence",
        "o-tmf": "aligner",
        "adminlang": "en",
        "srclang": srclang or "und",
        "datatype": "plaintext",
        **({"creationdate": created} if created else {}),
    }


def header_props(common: Provenance) -> dict[str, str]:
    """What a header of ours says of all units, by the props' types."""
    props = {
        "x-encoder": common.encoder,
        "x-settings": common.settings,
        "x-target-lang": common.tgt_lang,
    }
    return _known(props)


def _header(common: Provenance, version: str, created: str | None) -> Element:
    header = etree.Element("header", header_attributes(common.src_lang, version, created))
    add_props(header, header_props(common))
    return header


def _unit(pair: Pair, common: Provenance) -> Element:
    several = max(len(pair.src_span), len(pair.tgt_span)) > 1
    unit = etree.Element("tu", {"segtype": "block"} if several else {})
    unit.text = "\n"
    add_props(unit, unit_props(pair, common))
    made_by = pair.provenance
    for text, lang in ((pair.src, made_by.src_lang), (pair.tgt, made_by.tgt_lang)):
        if text := seg_text(text):
            variant = etree.SubElement(unit, "tuv", {XML_LANG: lang or "und"})
            variant.tail = "\n"
            etree.SubElement(variant, "seg").text = text
    return unit


def unit_props(pair: Pair, common: Provenance) -> dict[str, str]:
    """What our own props say of a unit, by their types."""
    fields, made_by = fields_of(pair), pair.provenance
    props = {
        "x-kind": str(fields["kind"]),
        "x-score": f"{fields['score']:.{DIGITS}f}",
        "x-probability": f"{fields['probability']:.{DIGITS}f}",
        "x-source-document": made_by.src_name,
        "x-target-document": made_by.tgt_name,
        "x-source-sentences": f"{pair.src_span.start}:{pair.src_span.stop}",
        "x-target-sentences": f"{pair.tgt_span.start}:{pair.tgt_span.stop}",
        "x-confirmed-by": pair.confirmed_by,
    }
    for name, span in move_of(pair).items():
        props[f"x-{name.replace('_', '-')}"] = f"{span.start}:{span.stop}"
    if (made_by.encoder, made_by.settings) == (common.encoder, common.settings):
        return _known(props)
    # An empty prop says: unknown here, although the header knows.
    return _known(props) | {"x-encoder": made_by.encoder, "x-settings": made_by.settings}


def add_props(element: Element, props: dict[str, str]) -> None:
    """Append a prop for each value, a line each."""
    element.text = "\n"
    for name, value in props.items():
        prop = etree.SubElement(element, "prop", type=name)
        prop.text, prop.tail = value if value.isprintable() else NOT_XML.sub("", value), "\n"


def _known(props: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in props.items() if value}


def not_xml_in(text: str) -> int:
    """How many characters of a text XML cannot carry."""
    return 0 if text.isprintable() else len(NOT_XML.findall(text))


def seg_text(text: str) -> str:
    """The text as a seg can hold it; a form feed and its like keep words apart."""
    if text.isprintable():  # quickly seen; nearly all texts are
        return text.strip()
    clean = NOT_XML.sub(lambda found: " " if found[0].isspace() else "", text)
    return _LINE_BREAK.sub(" ", clean).strip()
