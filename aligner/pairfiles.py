"""A file of pairs as the two texts it was made from, so that they can be aligned again.

TMX, JSONL and CSV of any hand, TSV as the aligner writes it (other tables with tabs are
`readers.columns`'). Each side becomes a document with a paragraph a pair; a missing side
makes none. What links a pair and how probable it was is not kept: `--lock` is for that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from aligner.errors import InputError
from aligner.readers.content import format_of
from aligner.readers.decode import Raw
from aligner.readers.disk import STDIN, beginning_of
from aligner.records import PAIR_COLUMNS, Document, Pair, Paragraph
from aligner.text import cleaned, on_one_line

_SUFFIXES = {".tmx": "tmx", ".jsonl": "jsonl"}


def sides(path: Path) -> tuple[Document, Document] | None:
    """The source and the target text of a file of pairs; None for a file of another kind."""
    reader = _reader(path)
    if reader is None:
        return None
    src: list[Paragraph] = []
    tgt: list[Paragraph] = []
    for pair in reader(path):
        src += _paragraphs(pair.src)
        tgt += _paragraphs(pair.tgt)
    if not src or not tgt:
        raise InputError(
            f"{path}: has no pairs with a text on both sides; give pairs in two languages"
        )
    return Document(path.name, tuple(src)), Document(path.name, tuple(tgt))


def _reader(path: Path) -> Callable[[Path], Iterator[Pair]] | None:
    if path == STDIN or not path.is_file():
        return None
    raw = Raw(path.name, beginning_of(path))
    kind = format_of(raw) or _SUFFIXES.get(path.suffix.lower())
    if kind == "tmx":
        from aligner.writers.tmx_reading import read_tmx  # lxml: only for those who have TMX

        return read_tmx
    if kind == "jsonl":
        from aligner.writers.jsonl import read_jsonl

        return read_jsonl
    if kind is None and path.suffix.lower() == ".csv":
        from aligner.writers.csv_reading import read_csv

        return read_csv
    if raw.data.removeprefix(b"\xef\xbb\xbf").startswith("\t".join(PAIR_COLUMNS).encode()):
        from aligner.writers.tsv import read_tsv

        return read_tsv
    return None


def _paragraphs(text: str) -> list[Paragraph]:
    """None for an empty side."""
    line = on_one_line(cleaned(text).text)
    return [Paragraph(line)] if line else []
