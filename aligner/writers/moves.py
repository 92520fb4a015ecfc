"""Where the translation of a sentence that moved stands, as a field of JSONL and TMX.

An omission whose translation stands elsewhere has `moved_to`, an addition `moved_from`: the
sentences of the other side, first and behind the last, counted from 0 like the other
positions. Other pairs have neither field. TSV, whose columns are the same for all, has no
place for it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from aligner.errors import InputError
from aligner.records import Pair, Span

TO, FROM = "moved_to", "moved_from"


def move_of(pair: Pair) -> dict[str, Span]:
    """The field with its value; none for a pair that did not move."""
    if pair.moved is None:
        return {}
    return {TO if len(pair.src_span) else FROM: pair.moved}


def with_move(pair: Pair, fields: Mapping[str, object], where: str) -> Pair:
    """The pair with what the fields say of its move: [40, 42] in JSONL, "40:42" in TMX."""
    for name in (TO, FROM):
        value = fields.get(name)
        if value in (None, ""):
            continue
        found = re.fullmatch(r"\[?(\d{1,15})(?:, |:)(\d{1,15})\]?", str(value), re.ASCII)
        if found is None or int(found[1]) > int(found[2]):
            raise InputError(
                f"{where}: {name} is {str(value)[:40]!r}, not where sentences begin and end; "
                "write [40, 42] for the sentences 40 and 41"
            )
        return replace(pair, moved=Span(int(found[1]), int(found[2])))
    return pair
