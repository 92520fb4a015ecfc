"""Someone has looked at pairs and says that they are right.

A pair is meant by its texts, wherever in the memory they stand: what is a right translation in
one document is one in another. The unit's date moves, so that "since" finds it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from aligner.errors import InputError
from aligner.memory.normal import key_of
from aligner.memory.store import Store

_CONFIRM = """
UPDATE units SET confirmed_by = :who, changed = :date
WHERE src_key = :key AND src = :src AND tgt = :tgt AND confirmed_by <> :who
"""
_THERE = "SELECT count(*) FROM units WHERE src_key = :key AND src = :src AND tgt = :tgt"


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What a confirmation did."""

    units: int  # newly confirmed
    already: int  # that this person had confirmed before
    unknown: tuple[tuple[str, str], ...]  # pairs that no unit has


def confirm(store: Store, pairs: Iterable[tuple[str, str]], who: str, date: str) -> Confirmation:
    """Mark all units with these source and target texts as confirmed by `who`."""
    if not who.strip():
        raise InputError("no name of who confirms; give one, such as anna@example.org")
    units = already = 0
    unknown = []
    with store.transaction() as connection:
        for src, tgt in pairs:
            values = {"who": who, "date": date, "key": key_of(src), "src": src, "tgt": tgt}
            (there,) = connection.execute(_THERE, values).fetchone()
            done = connection.execute(_CONFIRM, values).rowcount
            units, already = units + done, already + there - done
            if not there:
                unknown.append((src, tgt))
    return Confirmation(units, already, tuple(unknown))
