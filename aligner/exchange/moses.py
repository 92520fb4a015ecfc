"""Two plain text files, line by line translations of each other, as Moses and others train on.

`corpus.en` and `corpus.ru`: whichever is named, both are written, both or neither. Line ends of
any kind inside a text become a space, or the lines would no longer correspond; an omission
has no line to stand on and is left out. Nothing is tokenized or escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

from aligner.exchange.reports import Tally
from aligner.memory.units import Unit
from aligner.writers.atomic import replacing

_BREAK = re.compile("[ \t]*[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+[ \t]*")
LANGS = ("en", "ru")
SUFFIXES = (".en", ".ru")


def both_paths(path: Path) -> tuple[Path, Path]:
    """The English and the Russian file, of which one is named."""
    return path.with_suffix(".en"), path.with_suffix(".ru")


def write_moses(units: Iterable[Unit], path: Path, tally: Tally) -> int:
    """Write both files; returns the number of lines in each."""
    lines = 0
    with ExitStack() as stack:
        streams = [stack.enter_context(replacing(one)) for one in both_paths(path)]
        for unit in units:
            made_by = unit.pair.provenance
            texts = {made_by.src_lang: unit.src, made_by.tgt_lang: unit.tgt}
            if set(texts) != set(LANGS):
                tally.add("units in other languages")
                continue
            clean = [_BREAK.sub(" ", texts[lang]).strip() for lang in LANGS]
            if not all(clean):
                tally.add("omissions and additions")
                continue
            for stream, text in zip(streams, clean, strict=True):
                stream.write(text.encode("utf-8", "replace") + b"\n")
            lines += 1
    return lines
