"""XLIFF 1.2 and 2.x of any tool into entries for a memory, streamed.

A unit counts as confirmed if its tool says so: approved, final, signed off, or reviewed. Several
segments of a unit are entries of their own, in their order. Names, notes, and what
is not text of a unit (alternatives, glossaries, skeletons) are not read. What cannot be used is
reported with its line and passed over.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from copy import deepcopy
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

_CONFIRMED = ("final", "signed-off", "reviewed")  # states of 1.2 and 2.x
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

    source: Element | None
    target: Element | None
    data: dict[str, str]
    confirmed: bool
    line: int


@dataclass(frozen=True, slots=True)
class Returned:
    """A unit of the file under the id and the document that it has there."""

    number: int  # among the units of the file, from 0
    id: str
    original: str
    version: str  # "1.2" or "2"
    src: str
    tgt: str
    tgt_markup: str | None
    confirmed: bool


def read_xliff(
    path: Path, report: Report, without: Container[int] = frozenset()
) -> Iterator[Entry]:
    """An entry for each segment that has a text, but for those in units of some numbers."""
    previous = None
    for number, (file, unit) in enumerate(_units(path)):
        if number in without:
            continue
        for segment in _segments(unit):
            try:
                entry = _entry(segment, file, previous)
            except InputError as error:
                report(str(error))
                continue
            previous = entry.pair
            yield entry


def read_returned(path: Path, report: Report) -> Iterator[Returned]:
    """Each unit as a whole, also where a tool has cut it into several segments."""
    for number, (file, unit) in enumerate(_units(path)):
        try:
            segments = list(_segments(unit))
            entry = _entry(_whole(unit, segments), file, None)
        except InputError as error:
            report(str(error))
            continue
        yield Returned(
            number,
            unit.get("id", ""),
            file.original,
            "1.2" if _tag(unit) == "trans-unit" else "2",
            entry.pair.src,
            entry.pair.tgt,
            entry.tgt_markup,
            bool(entry.confirmed_by),
        )


def _units(path: Path) -> Iterator[tuple[_File, Element]]:
    """The units of the file and where they stand; each is emptied once it has been used."""
    file = _File(path)
    for event, element in _elements(path):
        if event == "start":
            if _tag(element) in ("xliff", "file"):
                file = _file(element, file)
            continue
        yield file, element
        _clear(element)


def _elements(path: Path) -> Iterator[tuple[str, Element]]:
    """The files as they begin and the units as they end."""
    try:
        with open(path, "rb") as stream:
            parsed = etree.iterparse(
                stream,
                events=("start", "end"),
                tag=[f"{{*}}{name}" for name in ("xliff", "file", "trans-unit", "unit")],
                resolve_entities=False,
                load_dtd=False,
                no_network=True,
                huge_tree=False,
            )
            root = None
            for event, element in parsed:
                if root is None:
                    root = element.getroottree().getroot()
                    _check_root(root, path)
                wanted = ("xliff", "file") if event == "start" else ("trans-unit", "unit")
                if _tag(element) in wanted:
                    yield event, element
            _check_root(parsed.root, path)
    except etree.XMLSyntaxError as error:
        raise InputError(f"{path}: not well-formed XML ({error.msg}); repair the file") from None
    except OSError as error:
        raise InputError(
            f"{path}: cannot be read ({error.strerror}); check the name and its rights"
        ) from None


def _check_root(root: Element, path: Path) -> None:
    if _tag(root) != "xliff":
        raise InputError(f"{path}: not an XLIFF file: its root is <{_tag(root)}>, not <xliff>")


def _file(element: Element, before: _File) -> _File:
    """What an <xliff> or a <file> says: 2.x has the languages in the first, 1.2 in the second."""
    src = element.get("source-language") or element.get("srcLang") or before.src_lang
    tgt = element.get("target-language") or element.get("trgLang") or before.tgt_lang
    return _File(before.path, element.get("original", before.original), primary(src), primary(tgt))


def _segments(unit: Element) -> Iterator[_Segment]:
    data: dict[str, str] = {}
    if _tag(unit) == "trans-unit":
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


def _whole(unit: Element, segments: Sequence[_Segment]) -> _Segment:
    """The segments of a unit as one, with what stands between them."""
    if len(segments) == 1:
        return segments[0]
    if not segments:
        return _Segment(None, None, {}, False, unit.sourceline)
    parts = list(unit.iterchildren("{*}segment", "{*}ignorable"))
    target = None
    if all(segment.target is not None for segment in segments):
        target = _joined("target", parts)
    confirmed = all(segment.confirmed for segment in segments)
    source = _joined("source", parts)
    return _Segment(source, target, segments[0].data, confirmed, unit.sourceline)


def _joined(name: str, parts: Sequence[Element]) -> Element:
    """The texts and tags of one side, one behind the other."""
    whole = etree.Element(name)
    for part in parts:
        side = _child(part, name)
        if side is None:  # of what is no text: as in the source
            side = _child(part, "source")
        if side is None:
            continue
        if len(whole):
            whole[-1].tail = (whole[-1].tail or "") + (side.text or "")
        else:
            whole.text = (whole.text or "") + (side.text or "")
        whole.extend(deepcopy(child) for child in side)
    return whole


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
    """The name without its namespace; "" for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _clear(element: Element) -> None:
    """Free the unit and what stands before it."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]
