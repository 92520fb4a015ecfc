"""A unit as named fields and back: what TSV, JSONL and XLSX have in common.

The columns of a pair (`records.PAIR_COLUMNS`) come first, so that every reader of pairs reads
these files too; then what only a memory knows. Inline tags and what other tools put into their
TMX have no column: they live in TMX and XLIFF.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from aligner.errors import InputError
from aligner.language.script import language_of
from aligner.memory.units import Entry, Unit
from aligner.records import PAIR_COLUMNS, Pair, Provenance
from aligner.writers.fields import Field, fields_of, pair_of

MEMORY_COLUMNS = (
    "source_lang",
    "target_lang",
    "document",
    "source_document",
    "target_document",
    "encoder",
    "settings",
    "confirmed_by",
    "created",
    "changed",
)
_OTHER = {"en": "ru", "ru": "en"}
DATE = re.compile(r"\d{8}T\d{6}Z", re.ASCII)  # as TMX has it
COLUMNS = (*PAIR_COLUMNS, *MEMORY_COLUMNS)


def fields_of_unit(unit: Unit) -> dict[str, Field]:
    """The values of a unit's columns, in the order of COLUMNS."""
    made_by, entry = unit.pair.provenance, unit.entry
    values = (
        made_by.src_lang,
        made_by.tgt_lang,
        unit.document,
        made_by.src_name,
        made_by.tgt_name,
        made_by.encoder,
        made_by.settings,
        entry.confirmed_by,
        entry.created,
        entry.changed,
    )
    return fields_of(unit.pair) | dict(zip(MEMORY_COLUMNS, values, strict=True))


def entry_of(fields: Mapping[str, object], where: str, previous: Pair | None) -> Entry:
    """The entry that the fields describe; only `source` and `target` must be there."""
    text = {name: str(fields.get(name) or "") for name in MEMORY_COLUMNS}
    provenance = Provenance(
        text["source_document"],
        text["target_document"],
        *languages_of(fields),
        text["encoder"],
        text["settings"],
    )
    pair = pair_of(fields, where, previous, provenance)
    if not pair.src.strip() and not pair.tgt.strip():
        raise InputError(f"{where}: no text on either side; nothing of it can be used")
    return Entry(
        pair, text["confirmed_by"], *(_date(text[name]) for name in ("created", "changed"))
    )


def languages_of(fields: Mapping[str, object]) -> tuple[str, str]:
    """The languages of both texts: as the fields say, else by their letters.

    A text without letters ("2024") is in the language that the other one leaves.
    """
    said = [_primary(str(fields.get(f"{side}_lang") or "")) for side in ("source", "target")]
    seen = [language_of(str(fields.get(side) or "")) for side in ("source", "target")]
    src = said[0] or seen[0] or _OTHER.get(said[1] or seen[1] or "", "en")
    tgt = said[1] or seen[1] or _OTHER.get(src, "ru")
    return src, tgt


def _primary(code: str) -> str:
    """The language without its country: "en-US" -> "en"."""
    return code.replace("_", "-").partition("-")[0].strip().lower()


def _date(written: str) -> str:
    """A date as the memory keeps it; "" for any other."""
    return written if DATE.fullmatch(written) else ""
