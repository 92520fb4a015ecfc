"""Pairs as JSON, one object a line: every line says all about its pair.

The keys are the TSV's columns, then for a sentence that moved where (see `moves`), the
documents, their languages, and what made the pair, so that lines can be sorted, mixed
and sampled without a header. Characters that some programs take for a line end (U+0085,
U+2028, U+2029) are written as JSON escapes; all others, Cyrillic too, stand as they are.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TextIO

from aligner.errors import InputError
from aligner.linkfiles import read_lines
from aligner.records import Pair, Provenance
from aligner.writers.fields import fields_of, pair_of
from aligner.writers.moves import move_of, with_move

_LINE_ENDS = {ord(c): f"\\u{ord(c):04x}" for c in "\x85\u2028\u2029"}


def write_jsonl(pairs: Iterable[Pair], stream: TextIO) -> None:
    """Write a line for each pair, as they come."""
    for pair in pairs:
        moved = {name: [span.start, span.stop] for name, span in move_of(pair).items()}
        confirmed = {"confirmed_by": pair.confirmed_by} if pair.confirmed_by else {}
        made_by = _made_by(pair.provenance)
        stream.write(line_of({**fields_of(pair), **moved, **made_by, **confirmed}))


def line_of(fields: Mapping[str, object]) -> str:
    """An object as a line of its own."""
    return json.dumps(fields, ensure_ascii=False).translate(_LINE_ENDS) + "\n"


def read_jsonl(path: Path) -> Iterator[Pair]:
    """The pairs of a JSONL file; only `source` and `target` must be in each object."""
    previous = None
    for number, line in enumerate(read_lines(path), start=1):
        if not line.strip():
            continue
        where = f"{path}, line {number}"
        fields = object_of(line, where)
        pair = pair_of(fields, where, previous, _provenance(fields))
        previous = with_move(pair, fields, where)
        yield previous


def _made_by(provenance: Provenance) -> dict[str, str]:
    return {
        "source_document": provenance.src_name,
        "target_document": provenance.tgt_name,
        "source_lang": provenance.src_lang,
        "target_lang": provenance.tgt_lang,
        "encoder": provenance.encoder,
        "settings": provenance.settings,
    }


def _provenance(fields: dict[str, object]) -> Provenance:
    return Provenance(*(str(fields.get(key) or "") for key in _made_by(Provenance())))


def object_of(line: str, where: str) -> dict[str, object]:
    """The object on a line."""
    try:
        value = json.loads(line)
    except ValueError as error:
        raise InputError(f"{where}: not JSON ({error}); each line is one object") from None
    if not isinstance(value, dict):
        raise InputError(f"{where}: not a JSON object; each line is one object with its keys")
    return value
