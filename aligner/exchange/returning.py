"""An XLIFF file that was exported from this memory comes back from a CAT tool.

Units of the memory travel under their ids. Since texts never change under an id (`schema`), the
memory knows what a unit said when it went out, even if it has been replaced since. A unit of
the file is one of ours if id, document and source text agree. Then the target says what the
reviewer did: the same text, approved, confirms the unit; another text takes its place, and the
old one goes into the history. An empty target takes nothing away. What the reviewer left as it was
undoes nothing that the memory has learned meanwhile. All other units are not this module's
business: they are new ones (`files`).
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from aligner.exchange.inline import Tags, text_and_markup, xliff_2, xliff_12
from aligner.exchange.reports import Report, Review
from aligner.exchange.xliff_in import WHO, Returned, read_returned
from aligner.memory.adding import insert
from aligner.memory.history import bring_back, retire
from aligner.memory.store import Store
from aligner.memory.units import UNIT_QUERY, Entry, Unit, unit_of
from aligner.records import Span
from aligner.writers.tmx import NOT_XML, seg_text

REASON = "review"
_ID = re.compile(r"u?(\d{1,18})", re.ASCII)  # 17 in XLIFF 1.2, u17 in 2.1: see `xliff_out`
_ATTRIBUTES = re.compile(r"(<\w+)[^>]*?(/?>)")
_SENT = """
SELECT units.id, document_id, name, position, NULL, TRUE, src, tgt, src_markup, tgt_markup
FROM units JOIN documents ON documents.id = document_id WHERE units.id = ?1
UNION ALL
SELECT unit_id, document_id, name, unit ->> 'position', merged_into, FALSE, unit ->> 'src',
       unit ->> 'tgt', unit ->> 'src_markup', unit ->> 'tgt_markup'
FROM history JOIN documents ON documents.id = document_id WHERE unit_id = ?1
"""

Texts = tuple[str, str | None]
"""A text, and the same with inline tags if it has any."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What came back, and what else stands in the file."""

    review: Review
    ours: frozenset[int]  # numbers of the units of the file that are units of the memory
    others: int  # that are not


@dataclass(frozen=True, slots=True)
class _Sent:
    """A unit as it was when it went out."""

    id: int
    document_id: int
    document: str
    position: int
    merged_into: int | None
    there: bool  # and not in the history
    src: str
    tgt: str
    src_markup: str | None
    tgt_markup: str | None


@dataclass(frozen=True, slots=True)
class _Decision:
    """What a reviewer did to a unit that is there now."""

    unit: Unit
    what: str  # a field of Review
    entry: Entry | None = None  # that takes its place


def take_back(store: Store, path: Path, report: Report, date: str) -> Taken:
    """Confirm and change the units of the memory that the file has, in one transaction."""
    counts = dict.fromkeys(Review.__dataclass_fields__, 0)
    ours: list[int] = []
    others = 0
    decisions: dict[int, _Decision] = {}
    with store.transaction() as connection:
        for returned in read_returned(path, report):
            decision = _decided(connection, returned, date)
            if decision is None:
                others += 1
                continue
            ours.append(returned.number)
            if isinstance(decision, str) or decision.unit.id in decisions:
                counts["same" if isinstance(decision, _Decision) else decision] += 1
                continue
            counts[decision.what] += 1
            decisions[decision.unit.id] = decision
        counts["back"] = _carried_out(connection, decisions.values(), date)
    return Taken(Review(**counts), frozenset(ours), others)


def _decided(
    connection: sqlite3.Connection, returned: Returned, date: str
) -> _Decision | str | None:
    """What to do; the name of a count where nothing is to be done; None for no unit of ours."""
    sent = _sent(connection, returned)
    if sent is None:
        return None
    if not returned.tgt:
        return "emptied" if sent.tgt else "same"
    wanted = (returned.tgt, returned.tgt_markup)
    changed = not _alike(wanted, _written(sent, returned.version))
    now = _now(connection, sent)
    if now is None:  # gone with its document, or merged into another
        return None if changed else "same"
    there = replace(sent, tgt=now.tgt, tgt_markup=now.entry.tgt_markup)
    if _alike(wanted, _written(there, returned.version)):
        confirms = returned.confirmed and not now.entry.confirmed_by
        return _Decision(now, "confirmed") if confirms else "same"
    if not changed:
        return "same"
    what = "changed" if sent.there else "overwritten"
    return _Decision(now, what, _entry(now, returned, date))


def _sent(connection: sqlite3.Connection, returned: Returned) -> _Sent | None:
    """The unit as it went out, if id, document and source are those of one."""
    found = _ID.fullmatch(returned.id)
    row = found and connection.execute(_SENT, [int(found[1])]).fetchone()
    if not row:
        return None
    sent = _Sent(*row)
    document = NOT_XML.sub("", sent.document) or "memory"
    same = (document, seg_text(sent.src)) == (returned.original, returned.src)
    return sent if same else None


def _now(connection: sqlite3.Connection, sent: _Sent) -> Unit | None:
    """What stands in the memory for a unit that went out: itself, or its successor."""
    values: list[object]
    if sent.there:
        where, values = "units.id = ?", [sent.id]
    elif sent.merged_into is not None:  # only if it says quite the same
        where, values = "units.id = ? AND tgt = ?", [sent.merged_into, sent.tgt]
    else:
        where, values = "document_id = ? AND position = ?", [sent.document_id, sent.position]
    query = f"{UNIT_QUERY} WHERE {where} AND src = ?"
    row = connection.execute(query, [*values, sent.src]).fetchone()
    return None if row is None else unit_of(row)


def _written(sent: _Sent, version: str) -> Texts:
    """A target as it comes back if nobody touches it."""
    text = seg_text(sent.tgt)
    if sent.tgt_markup is None:
        return text, None
    tags, make = Tags(), xliff_12 if version == "1.2" else xliff_2
    make("source", seg_text(sent.src), sent.src_markup, tags)
    element = make("target", text, sent.tgt_markup, tags)
    return text_and_markup(element, {name: markup for markup, name in tags.data.items()})


def _alike(one: Texts, other: Texts) -> bool:
    """Whether texts and tags are the same, but for the numbers that tools give to tags."""
    if one[0] != other[0]:
        return False
    return _bare(one[1]) == _bare(other[1])


def _bare(markup: str | None) -> str:
    return _ATTRIBUTES.sub(r"\1\2", markup or "")


def _entry(unit: Unit, returned: Returned, date: str) -> Entry:
    """The unit with the reviewer's text. What was an omission is one no longer."""
    pair = unit.pair
    start = pair.tgt_span.start
    span = pair.tgt_span if unit.tgt else Span(start, max(start + 1, pair.tgt_span.stop))
    return replace(
        unit.entry,
        pair=replace(pair, tgt=returned.tgt, tgt_span=span),
        confirmed_by=WHO if returned.confirmed else "",
        changed=date,
        tgt_markup=returned.tgt_markup,
    )


def _carried_out(connection: sqlite3.Connection, decisions: Iterable[_Decision], date: str) -> int:
    """Confirm, and put new units in the places of old ones; how many came back for these."""
    decided = list(decisions)
    confirmed = [one for one in decided if one.entry is None]
    changed = [one for one in decided if one.entry is not None]
    connection.executemany(
        "UPDATE units SET confirmed_by = ?, changed = ? WHERE id = ?",
        [(WHO, date, one.unit.id) for one in confirmed],
    )
    ids = [one.unit.id for one in changed]
    documents = dict(_documents_of(connection, ids))
    retire(connection, ids, REASON, date)
    back = bring_back(connection, ids)
    changed.sort(key=lambda one: (documents[one.unit.id], one.unit.position))
    for document, members in groupby(changed, key=lambda one: documents[one.unit.id]):
        places = [(one.unit.position, one.entry) for one in members if one.entry is not None]
        insert(connection, document, places, date)
    return back


def _documents_of(connection: sqlite3.Connection, ids: Sequence[int]) -> Iterator[tuple[int, int]]:
    query = "SELECT id, document_id FROM units WHERE id IN (SELECT value FROM json_each(?))"
    for row in connection.execute(query, [json.dumps(ids)]):
        yield row["id"], row["document_id"]
