"""Adds marks to a file of things to ignore; those that are there stay, in their order."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from aligner.readers.marks import COLUMNS, Mark, escaped, read_marks
from aligner.writers.atomic import replacing


def add_marks(path: Path, marks: Iterable[Mark]) -> int:
    """Writes the file anew with these marks behind the others; how many are new.

    By suffix: .jsonl, anything else is TSV. The file appears whole or not at all.
    """
    old = read_marks(path) if path.exists() else {}
    plain = (Mark.of(mark.check, mark.source, mark.target) for mark in marks)
    new = [mark for mark in dict.fromkeys(plain) if mark not in old]
    if not new:
        return 0
    every = [*old, *new]
    jsonl = path.suffix.lower() in (".jsonl", ".json")
    lines = [_json(mark) for mark in every] if jsonl else ["\t".join(COLUMNS), *map(_tsv, every)]
    with replacing(path) as stream:
        stream.write(("\n".join(lines) + "\n").encode("utf-8"))
    return len(new)


def _json(mark: Mark) -> str:
    return json.dumps(asdict(mark), ensure_ascii=False)


def _tsv(mark: Mark) -> str:
    return "\t".join(escaped(cell) for cell in (mark.check, mark.source, mark.target))
