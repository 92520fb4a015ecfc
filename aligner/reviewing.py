"""Pairs onto a review page: those of an alignment, and those read back from a file.

An alignment knows its sentences. Pairs from a file have texts only; the segmenter finds
the sentences of those with several again, and where it finds another number than the file
says, the text stays in one piece. What the page is made of is in `review/`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

from aligner.errors import InputError
from aligner.language import language_of
from aligner.records import Alignment, Lang, Pair, SegmentedDocument, Span
from aligner.review.data import Finding, Remark
from aligner.review.page import page
from aligner.review.rows import Piece, Row, pieces_of
from aligner.segment.engine import LANGUAGES, split
from aligner.writers.atomic import replacing
from aligner.writers.csv_reading import read_csv
from aligner.writers.files import WriteOptions
from aligner.writers.jsonl import read_jsonl
from aligner.writers.tsv import read_tsv

ENOUGH = 20_000  # letters of a side that tell its language


def write_page(
    result: Alignment | Iterable[Pair],
    path: Path,
    options: WriteOptions,
    findings: Iterable[Finding] = (),
) -> None:
    """Write the review page of an alignment or of pairs, whole or not at all.

    A finding names its pair by its place; with `min_probability` the pairs left out have
    none. What is saved from the page is called after it.
    """
    rows = rows_of(result)
    kept = [at for at, row in enumerate(rows) if options.keeps(row.pair)]
    place = {before: now for now, before in enumerate(kept)}
    found = [_at(finding, place) for finding in findings if finding.pair in place]
    text = page([rows[at] for at in kept], found, path.stem)
    with replacing(path) as stream:
        # A file name may hold bytes that are no UTF-8, as lone surrogates: "\udcff" in JSON.
        stream.write(text.encode("utf-8", "backslashreplace"))


def rows_of(result: Alignment | Iterable[Pair]) -> list[Row]:
    """The pairs with their texts in sentences."""
    if not isinstance(result, Alignment):
        return [_row(pair) for pair in result]
    src, tgt = result.src, result.tgt
    return [
        Row(pair, _known(src, pair.src_span), _known(tgt, pair.tgt_span)) for pair in result.pairs()
    ]


def read_pairs(path: Path) -> list[Pair]:
    """The pairs of a TSV, TMX or JSONL file, their languages found out where it names none."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise InputError(
            f"{path}: pairs are read from {', '.join(READERS)}; "
            "give a file that `aligner align` or a CAT tool has written"
        )
    pairs = list(reader(path))
    if not pairs:
        raise InputError(f"{path}: no pairs in it; give a file with at least one")
    langs = [_lang(pair.src for pair in pairs), _lang(pair.tgt for pair in pairs)]
    return [_with_langs(pair, langs[0], langs[1]) for pair in pairs]


def _read_tmx(path: Path) -> Iterator[Pair]:
    from aligner.writers.tmx_reading import read_tmx  # lxml: only for those who give a TMX

    return read_tmx(path)


READERS: dict[str, Callable[[Path], Iterator[Pair]]] = {
    ".tsv": read_tsv,
    ".tmx": _read_tmx,
    ".jsonl": read_jsonl,
    ".csv": read_csv,
}


def _at(finding: Finding, place: dict[int, int]) -> Remark:
    at, spans = place[finding.pair], (tuple(finding.src), tuple(finding.tgt))
    return Remark(at, finding.check, finding.severity, finding.message, *spans)


def _known(side: SegmentedDocument, span: Span) -> tuple[Piece, ...]:
    return tuple(Piece(side.sentences[i].text) for i in span)


def _row(pair: Pair) -> Row:
    made_by = pair.provenance
    return Row(
        pair,
        _found(pair.src, len(pair.src_span), made_by.src_lang),
        _found(pair.tgt, len(pair.tgt_span), made_by.tgt_lang),
    )


def _found(text: str, count: int, lang: str) -> tuple[Piece, ...]:
    if count < 2 or lang not in LANGUAGES:
        return pieces_of(text, (), count)
    spans = split(text, cast(Lang, lang))
    return pieces_of(text, [text[span.start : span.stop] for span in spans], count)


def _lang(texts: Iterable[str]) -> str:
    """The language of most letters at the beginning of a side; "" where it has none."""
    sample, size = [], 0
    for text in texts:
        sample.append(text)
        size += len(text)
        if size > ENOUGH:
            break
    return language_of("\n".join(sample)) or ""


def _with_langs(pair: Pair, src: str, tgt: str) -> Pair:
    made_by = pair.provenance
    if made_by.src_lang and made_by.tgt_lang:
        return pair
    named = replace(made_by, src_lang=made_by.src_lang or src, tgt_lang=made_by.tgt_lang or tgt)
    return replace(pair, provenance=named)
