"""A pair as named fields and back: what TSV, TMX and JSONL have in common.

Scores are rounded to four digits, because the last digits of a product of vectors
differ between machines and the same input must give the same bytes. Reading is
tolerant: only `source` and `target` must be there. Without positions the pairs
are counted through, as their kind says, or one sentence for each text.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from aligner.errors import InputError
from aligner.records import Pair, Provenance, Span

DIGITS = 4

POSITIONS = ("source_start", "source_stop", "target_start", "target_stop")

Field = str | int | float

UNKNOWN = Provenance()


def fields_of(pair: Pair) -> dict[str, Field]:
    """The values of the pair's columns, in the order of records.PAIR_COLUMNS."""
    return {
        "source": pair.src,
        "target": pair.tgt,
        "kind": pair.kind,
        "score": _rounded(pair.score),
        "probability": _rounded(pair.probability),
        "source_start": pair.src_span.start,
        "source_stop": pair.src_span.stop,
        "target_start": pair.tgt_span.start,
        "target_stop": pair.tgt_span.stop,
    }


def pair_of(
    fields: Mapping[str, object],
    where: str,
    previous: Pair | None = None,
    provenance: Provenance = UNKNOWN,
) -> Pair:
    """The pair that the fields describe; `where` is the place an error message names."""
    src, tgt = (_text(fields, name, where) for name in ("source", "target"))
    src_span, tgt_span = _spans(fields, where, previous)
    return Pair(
        src,
        tgt,
        src_span,
        tgt_span,
        _number(fields, "score", 0.0, where),
        _number(fields, "probability", 1.0, where),
        provenance,
        confirmed_by=str(fields.get("confirmed_by") or ""),
    )


def _spans(fields: Mapping[str, object], where: str, previous: Pair | None) -> tuple[Span, Span]:
    given = [name for name in POSITIONS if fields.get(name) not in (None, "")]
    if not given:
        return _next_spans(fields, where, previous)
    if len(given) < len(POSITIONS):
        missing = ", ".join(name for name in POSITIONS if name not in given)
        raise InputError(f"{where}: no value for {missing}; give all four positions or none")
    a, b, c, d = (_index(fields, name, where) for name in POSITIONS)
    if a > b or c > d:
        raise InputError(f"{where}: a position ends before it starts ({a}:{b}, {c}:{d})")
    return Span(a, b), Span(c, d)


def _next_spans(
    fields: Mapping[str, object], where: str, previous: Pair | None
) -> tuple[Span, Span]:
    i, j = (previous.src_span.stop, previous.tgt_span.stop) if previous else (0, 0)
    kind = fields.get("kind") or f"{bool(fields['source']):d}-{bool(fields['target']):d}"
    found = re.fullmatch(r"(\d{1,6})-(\d{1,6})", str(kind), re.ASCII)
    if found is None:
        raise InputError(f"{where}: {kind!r} is no kind of link; it looks like 1-1 or 2-1")
    return Span(i, i + int(found[1])), Span(j, j + int(found[2]))


def _text(fields: Mapping[str, object], name: str, where: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str):
        raise InputError(f"{where}: no text in {name!r}; a pair needs 'source' and 'target'")
    return value


def _index(fields: Mapping[str, object], name: str, where: str) -> int:
    text = str(fields[name])
    if not (text.isascii() and text.isdigit() and len(text) <= 15):
        raise InputError(f"{where}: {name} is {text[:40]!r}, not a count from 0")
    return int(text)


def _number(fields: Mapping[str, object], name: str, default: float, where: str) -> float:
    value = fields.get(name)
    if value is None or value == "":
        return default
    try:
        number = float(str(value).replace(",", "."))  # a Russian spreadsheet saves 0,9134
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise InputError(f"{where}: {name} is {str(value)[:40]!r}, not a number")
    return number


def _rounded(value: float) -> float:
    return round(float(value), DIGITS) + 0.0  # + 0.0 turns -0.0 into 0.0
