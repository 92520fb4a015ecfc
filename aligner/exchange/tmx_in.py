"""A TMX file of any tool into entries for a memory; what only the tool knows is kept.

TMX 1.1 to 1.4b, streamed: memory does not grow with the file. A unit that cannot be used is
reported with its line and passed over, the others come in; XML that is not well formed stops
the reading, since nobody knows what would come after it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from aligner.errors import InputError
from aligner.exchange.columns import DATE
from aligner.exchange.foreign import foreign_of, header_json, markup_of, to_json
from aligner.exchange.reports import Report
from aligner.memory.units import Entry
from aligner.records import Pair
from aligner.writers.tmx import Element
from aligner.writers.tmx_reading import (
    Contents,
    Header,
    elements,
    header_of,
    pair_from,
    sides,
)


def read_tmx(path: Path, report: Report) -> Iterator[Entry]:
    """An entry for each unit of the file that has a text."""
    header, previous = Header(), None
    for element in elements(path):
        if element.tag == "header":
            header = header_of(element)
            continue
        try:
            entry = _entry(element, header, f"{path}, line {element.sourceline}", previous)
        except InputError as error:
            report(str(error))
            continue
        previous = entry.pair
        yield entry


def read_header(path: Path) -> str:
    """What is kept of the file's header, as JSON; "" where there is nothing of another tool."""
    for element in elements(path):
        return header_json(element) if element.tag == "header" else ""
    return ""


def _entry(element: Element, header: Header, where: str, previous: Pair | None) -> Entry:
    unit = Contents.of(element)
    src, tgt = sides(unit, header, where)
    if not src.text and not tgt.text:
        raise InputError(f"{where}: a unit without a text; nothing of it can be used")
    return Entry(
        pair_from(unit, (src, tgt), header, where, previous),
        unit.props.get("x-confirmed-by", ""),
        _date(element.get("creationdate", "")),
        _date(element.get("changedate", "")),
        markup_of(src),
        markup_of(tgt),
        to_json(foreign_of(unit, src, tgt, where)),
    )


@lru_cache
def _date(written: str) -> str:
    """A date as TMX wants it; "" for any other."""
    return written if DATE.fullmatch(written) else ""
