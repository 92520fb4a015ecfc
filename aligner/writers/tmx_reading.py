"""Reading TMX: our own files back as equal pairs, and those of other tools.

Unit by unit, so that memory does not grow with the file. No DTD is loaded, no entity
resolved, no network called. Of the inline codes of other tools only the text between
them is kept. Of a unit in many languages the English and the Russian text are
taken, else the first two.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from lxml import etree

from aligner.errors import InputError
from aligner.records import Pair, Provenance
from aligner.writers.fields import pair_of
from aligner.writers.moves import FROM, TO, with_move
from aligner.writers.tmx import XML_LANG, Element, seg_text

_CODES = ("bpt", "ept", "it", "ph", "ut")  # inline elements that hold markup, not text
_WANTED = ("header", "tu")
_LANGS = {"en", "ru"}
_MOVES = {name: f"x-{name.replace('_', '-')}" for name in (TO, FROM)}
_SAME = {"eng": "en", "rus": "ru", "und": "", "*all*": ""}


@dataclass(frozen=True, slots=True)
class Header:
    """What the header says about all units."""

    srclang: str = ""
    props: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Variant:
    """One language's text in a unit; without an element where the unit lacks that side."""

    lang: str
    text: str
    element: Element | None = None  # its <tuv>
    seg: Element | None = None


@dataclass(frozen=True, slots=True)
class Contents:
    """What stands in a <tu>, taken up in one pass: each look at an element of lxml makes a
    Python object of it anew, and that was most of the time of reading."""

    unit: Element
    props: Mapping[str, str]  # by type, the last one of each
    notes: tuple[tuple[str, Element], ...]  # <note> ("") and <prop> (its type), in their order
    variants: tuple[Element, ...]  # <tuv>

    @classmethod
    def of(cls, unit: Element) -> Contents:
        props: dict[str, str] = {}
        notes, variants = [], []
        for child in unit:
            tag = child.tag
            if tag == "prop":
                name = child.get("type", "")
                props[name] = child.text or ""
                notes.append((name, child))
            elif tag == "note":
                notes.append(("", child))
            elif tag == "tuv":
                variants.append(child)
        return cls(unit, props, tuple(notes), tuple(variants))


def read_tmx(path: Path) -> Iterator[Pair]:
    """The pairs of a TMX file in its order. A unit in one language has one empty side."""
    header, previous = Header(), None
    for element in elements(path):
        if element.tag == "header":
            header = header_of(element)
        else:
            where = f"{path}, line {element.sourceline}"
            unit = Contents.of(element)
            previous = pair_from(unit, sides(unit, header, where), header, where, previous)
            yield previous


def elements(path: Path) -> Iterator[Element]:
    """The header and the units of the file, each emptied once it has been used."""
    try:
        with open(path, "rb") as stream:
            parsed = etree.iterparse(
                stream,
                tag=_WANTED,  # calling Python for every element takes as long as all the rest
                resolve_entities=False,
                load_dtd=False,
                no_network=True,
                huge_tree=False,
            )
            for _, element in parsed:
                if element.tag == "header":  # comes before all units
                    _check_root(element.getroottree().getroot(), path)
                yield element
                element.clear()
                while element.getprevious() is not None:  # else the emptied units would pile up
                    del element.getparent()[0]
            _check_root(parsed.root, path)
    except etree.XMLSyntaxError as error:
        raise InputError(f"{path}: not well-formed XML ({error.msg}); repair the file") from None
    except OSError as error:
        raise InputError(
            f"{path}: cannot be read ({error.strerror}); check the name and its rights"
        ) from None


def _check_root(root: Element, path: Path) -> None:
    if root.tag != "tmx":
        raise InputError(f"{path}: not a TMX file: its root is <{root.tag}>, not <tmx>")


def header_of(element: Element) -> Header:
    """What is needed of a <header>."""
    return Header(primary(element.get("srclang", "")), _props(element))


def pair_from(
    unit: Contents,
    texts: tuple[Variant, Variant],
    header: Header,
    where: str,
    previous: Pair | None,
) -> Pair:
    """The pair in a <tu>, whose sides have been found."""
    props = unit.props
    src, tgt = texts
    src_start, _, src_stop = props.get("x-source-sentences", "").partition(":")
    tgt_start, _, tgt_stop = props.get("x-target-sentences", "").partition(":")
    fields: dict[str, object] = {
        "source": src.text,
        "target": tgt.text,
        "kind": props.get("x-kind"),
        "score": props.get("x-score"),
        "probability": props.get("x-probability"),
        "source_start": src_start,
        "source_stop": src_stop,
        "target_start": tgt_start,
        "target_stop": tgt_stop,
        "confirmed_by": props.get("x-confirmed-by"),
    }

    def made_by(name: str) -> str:
        return props.get(name, header.props.get(name, ""))

    provenance = Provenance(
        made_by("x-source-document"),
        made_by("x-target-document"),
        src.lang,
        tgt.lang,
        made_by("x-encoder"),
        made_by("x-settings"),
    )
    moves = {name: props[prop] for name, prop in _MOVES.items() if prop in props}
    pair = pair_of(fields, where, previous, provenance)
    return with_move(pair, moves, where) if moves else pair


def sides(unit: Contents, header: Header, where: str) -> tuple[Variant, Variant]:
    """The unit's source and target; a missing one is empty, in the file's language for it."""
    srclang = primary(unit.unit.get("srclang", "")) or header.srclang
    variants = _variants(unit, where)
    if not variants:
        raise InputError(f"{where}: a unit without a text; each <tu> needs a <tuv> with a <seg>")
    if len(variants) == 1:
        [only] = variants
        is_target = unit.props.get("x-kind", "").startswith("0-") or (
            "x-kind" not in unit.props and srclang not in ("", only.lang)
        )
        if is_target:
            return Variant(srclang, ""), only
        return only, Variant(header.props.get("x-target-lang", ""), "")
    if len(variants) > 2 and {variant.lang for variant in variants} >= _LANGS:
        variants = [variant for variant in variants if variant.lang in _LANGS]
    src = variants[0]
    tgt = next((one for one in variants if one.lang != src.lang), variants[1])
    return (tgt, src) if tgt.lang == srclang != src.lang else (src, tgt)


def _variants(unit: Contents, where: str) -> list[Variant]:
    found = []
    for variant in unit.variants:
        lang = variant.get(XML_LANG) or variant.get("lang", "")  # TMX 1.1 and careless tools
        seg = next(variant.iterchildren("seg"), None)
        if seg is not None:
            found.append(Variant(primary(lang), seg_text(_text(seg, where)), variant, seg))
    return found


def _text(element: Element, where: str) -> str:
    """The text in an element without that in its inline codes."""
    if not len(element):
        return element.text or ""
    parts = [element.text or ""]
    for child in element:
        if child.tag is etree.Entity:
            raise InputError(
                f"{where}: the entity {child.text} is not resolved, for safety; "
                "write its characters in its place"
            )
        if isinstance(child.tag, str) and child.tag not in _CODES:
            parts.append(_text(child, where))
        parts.append(child.tail or "")
    return "".join(parts)


def _props(element: Element) -> dict[str, str]:
    return {prop.get("type", ""): prop.text or "" for prop in element.iterfind("prop")}


@lru_cache
def primary(code: str) -> str:
    """The language without its country: "en-US" -> "en"; "" for a code that names none."""
    primary = code.replace("_", "-").partition("-")[0].strip().lower()
    return _SAME.get(primary, primary)
