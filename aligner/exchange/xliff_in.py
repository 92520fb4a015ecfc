"""XLIFF 1.2 and 2.x of any tool into entries for a memory, streamed.

A unit counts as confirmed if its tool says so: approved, or final, or signed off. Several
segments of a unit are entries of their own, in their order. Names, notes, and what
is not text of a unit (alternatives, glossaries, skeletons) are not read. What cannot be used is
reported with its line and passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from aligner.errors import InputError
from aligner.exchange.inline import text_and_markup
from aligner.exchange.reports import Report
from aligner.memory.units import Entry
from aligner.records import Pair, Provenance
from aligner.writers.fields import pair_of
from aligner.writers.tmx import Element
from aligner.writers.tmx_reading import primary

_CONFIRMED = ("final", "signed-off")  # states of 1.2 and 2.x
WHO = "XLIFF review"


@dataclass(frozen=True, slots=True)
class _File:
    """Where a unit stands."""

    path: Path
    original: str = ""
    src_lang: str = ""
    tgt_lang: str = ""


@dataclass(frozen=True, slots=True)
class _Segment:
    """A source and its target, with the markup that both point to."""

    source: Element
    target: Element | None
    data: dict[str, str]
    confirmed: bool
    line: int


def read_xliff(path: Path, report: Report) -> Iterator[Entry]:
    """An entry for each segment that has a text."""
    file, previous = _File(path), None
    for event, element in _elements(path):
        tag = _tag(element)
        if event == "start":
            if tag in ("xliff", "file"):
                file = _file(element, file)
            continue
        for segment in _segments(tag, element):
            try:
                entry = _entry(segment, file, previous)
            except InputError as error:
                report(str(error))
                continue
            previous = entry.pair
            yield entry
        _clear(element)


def _elements(path: Path) -> Iterator[tuple[str, Element]]:
    """The files as they begin and the units as they end."""
    try:
        with open(path, "rb") as stream:
            parsed = etree.iterparse(
                stream,
                events=("start", "end"),
                resolve_entities=False,
                load_dtd=False,
                no_network=True,
                huge_tree=False,
            )
            for event, element in parsed:
                if event == "start" and element.getparent() is None and _tag(element) != "xliff":
                    raise InputError(
                        f"{path}: not an XLIFF file: its root is <{_tag(element)}>, not <xliff>"
                    )
                wanted = ("xliff", "file") if event == "start" else ("trans-unit", "unit")
                if _tag(element) in wanted:
                    yield event, element
    except etree.XMLSyntaxError as error:
        raise InputError(f"{path}: not well-formed XML ({error.msg}); repair the file") from None
    except OSError as error:
        raise InputError(
            f"{path}: cannot be read ({error.strerror}); check the name and its rights"
        ) from None


def _file(element: Element, before: _File) -> _File:
    """What an <xliff> or a <file> says: 2.x has the languages in the first, 1.2 in the second."""
    src = element.get("source-language") or element.get("srcLang") or before.src_lang
    tgt = element.get("target-language") or element.get("trgLang") or before.tgt_lang
    return _File(before.path, element.get("original", before.original), primary(src), primary(tgt))


def _segments(tag: str, unit: Element) -> Iterator[_Segment]:
    data: dict[str, str] = {}
    if tag == "trans-unit":
        target = _child(unit, "target")
        state = target.get("state", "") if target is not None else ""
        confirmed = unit.get("approved") == "yes" or state in _CONFIRMED
        yield _Segment(_child(unit, "source"), target, data, confirmed, unit.sourceline)
        return
    originals = _child(unit, "originalData")
    if originals is not None:
        data = {one.get("id", ""): "".join(one.itertext()) for one in originals}
    for segment in unit.iterchildren("{*}segment"):
        confirmed = segment.get("state", "") in _CONFIRMED
        texts = (_child(segment, "source"), _child(segment, "target"))
        yield _Segment(*texts, data, confirmed, segment.sourceline)


def _entry(segment: _Segment, file: _File, previous: Pair | None) -> Entry:
    where = f"{file.path}, line {segment.line}"
    if segment.source is None:
        raise InputError(f"{where}: a unit without a <source>; nothing of it can be used")
    for side in (segment.source, segment.target):
        if side is not None and any(child.tag is etree.Entity for child in side.iter()):
            raise InputError(
                f"{where}: an entity is not resolved, for safety; write its characters instead"
            )
    src, src_markup = text_and_markup(segment.source, segment.data)
    tgt, tgt_markup = "", None
    if segment.target is not None:
        tgt, tgt_markup = text_and_markup(segment.target, segment.data)
    if not src and not tgt:
        raise InputError(f"{where}: a unit without a text; nothing of it can be used")
    made_by = Provenance(file.original, "", file.src_lang, file.tgt_lang)
    pair = pair_of({"source": src, "target": tgt}, where, previous, made_by)
    who = WHO if segment.confirmed and tgt else ""
    return Entry(pair, who, src_markup=src_markup, tgt_markup=tgt_markup)


def _child(element: Element, name: str) -> Element | None:
    return next(element.iterchildren(f"{{*}}{name}"), None)


def _tag(element: Element) -> str:
    return str(etree.QName(element).localname) if isinstance(element.tag, str) else ""


def _clear(element: Element) -> None:
    """Free the unit and what stands before it."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]
