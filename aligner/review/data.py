"""What the page is filled with: rows and findings as JSON that no document can break out of.

The JSON stands in a `<script type="application/json">` element, which no browser runs. So
that no text can end that element (`</script>`) or open a comment in it, `<`, `>`, `&`,
U+2028 and U+2029 are written as JSON escapes. Offsets are turned from code points
into UTF-16 units, in which JavaScript counts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from aligner.records import Pair, Provenance, Span
from aligner.review.rows import Piece, Row, fingerprint, stretches

DIGITS = 4  # as in every written format
_ESCAPES = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}

Json = dict[str, object]


class Finding(Protocol):
    """What a check says about a pair; `aligner.checks` makes records of this shape."""

    @property
    def pair(self) -> int:
        """0-based place of the pair."""

    @property
    def check(self) -> str: ...

    @property
    def severity(self) -> str:
        """ "error", "warning" or "advisory"."""

    @property
    def message(self) -> str: ...

    @property
    def src(self) -> Sequence[Span]:
        """Characters of the source text that are the evidence."""

    @property
    def tgt(self) -> Sequence[Span]: ...


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding made by hand or read from JSON."""

    pair: int
    check: str
    severity: str
    message: str
    src: tuple[Span, ...] = ()
    tgt: tuple[Span, ...] = ()


def page_data(rows: Sequence[Row], findings: Iterable[Finding], version: str) -> Json:
    """All that the page shows and needs to write decisions, TSV and TMX."""
    pairs = [row.pair for row in rows]
    documents = list(dict.fromkeys(pair.provenance for pair in pairs))
    number = {provenance: at for at, provenance in enumerate(documents)}
    return {
        "version": version,
        "content": fingerprint(pairs),
        "documents": [_document(provenance) for provenance in documents],
        "rows": [
            _row(row, number[row.pair.provenance], stretch)
            for row, stretch in zip(rows, stretches(pairs), strict=True)
        ],
        "findings": [_finding(finding, rows[finding.pair]) for finding in findings],
    }


def embedded(data: object) -> str:
    """The data as JSON that can stand in an HTML script element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.translate(_ESCAPES)


def _document(made_by: Provenance) -> list[str]:
    return [
        made_by.src_name,
        made_by.tgt_name,
        made_by.src_lang,
        made_by.tgt_lang,
        made_by.encoder,
        made_by.settings,
    ]


def _row(row: Row, document: int, stretch: int) -> list[object]:
    """A row as an array, since 2,000 objects would repeat every key 2,000 times."""
    pair = row.pair
    return [
        document,
        stretch,
        [_piece(piece) for piece in row.src],
        [_piece(piece) for piece in row.tgt],
        [pair.src_span.start, pair.src_span.stop, pair.tgt_span.start, pair.tgt_span.stop],
        [_rounded(pair.score), _rounded(pair.probability)],
        pair.confirmed_by,
        _whole_texts(row),
    ]


def _piece(piece: Piece) -> object:
    return piece.text if piece.size == 1 else [piece.text, piece.size]


def _whole_texts(row: Row) -> list[str | None]:
    """The pair's texts where they are more than the pieces joined by spaces."""
    return [
        None if text == " ".join(piece.text for piece in pieces) else text
        for text, pieces in ((row.pair.src, row.src), (row.pair.tgt, row.tgt))
    ]


def _finding(finding: Finding, row: Row) -> list[object]:
    return [
        finding.pair,
        finding.check,
        finding.severity,
        finding.message,
        list(_marks(finding.src, row.pair.src, row.src)),
        list(_marks(finding.tgt, row.pair.tgt, row.tgt)),
    ]


def _marks(spans: Iterable[Span], text: str, pieces: Sequence[Piece]) -> Iterator[list[int]]:
    """Spans of a text as [piece, start, stop] in its pieces; one over several is cut."""
    places = list(_places(text, pieces))
    for span in spans:
        for at, (start, stop) in enumerate(places):
            first, last = max(span.start, start), min(span.stop, stop)
            if first < last:
                yield [at, _utf16(text[start:first]), _utf16(text[start:last])]


def _places(text: str, pieces: Sequence[Piece]) -> Iterator[tuple[int, int]]:
    """Where each piece stands in the text."""
    position = 0
    for piece in pieces:
        start = text.find(piece.text, position)
        start = position if start < 0 else start
        position = min(start + len(piece.text), len(text))
        yield start, position


def _utf16(text: str) -> int:
    """How many units JavaScript counts: two for an emoji."""
    return len(text) + sum(ord(character) > 0xFFFF for character in text)


def _rounded(value: float) -> float:
    return round(float(value), DIGITS) + 0.0


def title_of(pairs: Sequence[Pair]) -> str:
    """What the page is called: the two documents, where all pairs are from the same two."""
    names = {(pair.provenance.src_name, pair.provenance.tgt_name) for pair in pairs}
    if len(names) != 1:
        return ""
    return " ↔ ".join(name for name in names.pop() if name)
