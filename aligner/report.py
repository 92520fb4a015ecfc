"""Results in words for people: the summary after an alignment, scores as a table."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from aligner.records import Alignment, Document, Pair, Score, Scores, SegmentedDocument, Span

if TYPE_CHECKING:
    from aligner.segment.engine import Decision
    from aligner.writers.files import WriteOptions

DOUBTFUL = 0.9  # from this probability on a pair need not be looked at
LOOK_AT = 5  # pairs that the short summary shows
EXCERPT = 64  # letters of each side shown
NAMES = {"en": "English", "ru": "Russian"}


def summary(
    alignment: Alignment,
    seconds: float,
    verbose: bool = False,
    written: WriteOptions | None = None,
) -> str:
    """What came out: sentences, links by kind, what has no partner, what to look at first.

    With `written`, also how much was not probable enough to be written.
    """
    src, tgt = alignment.src, alignment.tgt
    kinds = Counter(link.kind for link in alignment.links)
    omissions, additions = kinds.pop("1-0", 0), kinds.pop("0-1", 0)
    shown = ", ".join(f"{count} × {kind}" for kind, count in _in_order(kinds)) or "none"
    lines = [
        f"{_side(src)} · {_side(tgt)}",
        f"links: {shown} · {_count(omissions, 'omission')}, {_count(additions, 'addition')}",
        *misnamed(src.document, tgt.document),
        *_left_out(src.document, tgt.document),
        *_improbable(alignment, written),
        *_look_at(alignment, verbose),
        *_moved(alignment, verbose),
    ]
    if verbose:
        lines += _without_partner(alignment)
    lines.append(f"{alignment.provenance.settings} · {seconds:.1f} s")
    return "\n".join(lines)


def misnamed(*documents: Document) -> Iterator[str]:
    """A line for each file that holds something else than its name says."""
    for document in documents:
        if document.read_as:
            what = f"read as {document.read_as}, which it is"
            yield f"{document.name}: {what}, whatever its name says"


def scores_table(scores: Scores) -> str:
    """Strict and lax precision, recall and F1 with their counts."""
    head = f"{'':8}{'precision':24}{'recall':24}F1"
    return "\n".join([head, _score_row("strict", scores.strict), _score_row("lax", scores.lax)])


def explanations(decisions: Iterable[Decision]) -> Iterator[str]:
    """A line for each possible boundary: what was decided, where, by which rule, why."""
    for decision in decisions:
        place = f"{_end(decision.left)} ¦ {_beginning(decision.right)}"
        yield f"{decision.verdict.name.lower():5}  {place:44}  {decision.rule}: {decision.reason}"


def _end(text: str) -> str:
    return " ".join(text.split())[-20:]


def _beginning(text: str) -> str:
    return " ".join(text.split())[:20]


def _score_row(name: str, score: Score) -> str:
    precision, recall = score.precision_counts, score.recall_counts
    cells = [
        f"{counts.share:.4f} ({counts.right}/{counts.total})" for counts in (precision, recall)
    ]
    return f"{name:8}{cells[0]:24}{cells[1]:24}{score.f1:.4f}"


def _side(side: SegmentedDocument) -> str:
    language = NAMES.get(side.lang, "")
    named = f"{side.name} ({language})" if language else side.name
    return f"{named}: {_count(len(side), 'sentence')}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _in_order(kinds: Counter[str]) -> list[tuple[str, int]]:
    """The commonest first; equally common ones by name."""
    return sorted(kinds.items(), key=lambda item: (-item[1], item[0]))


def _left_out(*documents: Document) -> Iterator[str]:
    for document in documents:
        if document.left_out:
            items = ", ".join(f"{name}: {count}" for name, count in document.left_out.items())
            yield f"left out of {document.name}: {items}"


def _improbable(alignment: Alignment, written: WriteOptions | None) -> Iterator[str]:
    """What was left out because of its probability, omissions and additions too."""
    if written is None or not written.min_probability:
        return
    gone = [pair for pair in alignment.pairs() if not written.keeps(pair)]
    src, tgt = (sum(len(getattr(pair, side)) for pair in gone) for side in ("src_span", "tgt_span"))
    pairs = f"{_count(len(gone), 'pair')} of {src:,} + {tgt:,} sentences"
    yield f"left out below {written.min_probability:g}: {pairs}"


def _look_at(alignment: Alignment, verbose: bool) -> Iterator[str]:
    """The most doubtful pairs with both texts, least probable first."""
    doubtful = [
        pair for pair in alignment.pairs() if pair.src and pair.tgt and pair.probability < DOUBTFUL
    ]
    if not doubtful:
        return
    shown = len(doubtful) if verbose else LOOK_AT
    yield f"look at first ({_count(len(doubtful), 'pair')} below {DOUBTFUL:g}):"
    for pair in heapq.nsmallest(shown, doubtful, key=lambda pair: pair.probability):
        both = f"{excerpt(pair.src)} | {excerpt(pair.tgt)}"
        yield f"  {pair.probability:.2f}  {_numbers(pair)}  {both}"


def _moved(alignment: Alignment, verbose: bool) -> Iterator[str]:
    """The blocks whose translation stands elsewhere, the longest first; all if `verbose`."""
    blocks = alignment.moved
    if not blocks:
        return
    shown = len(blocks) if verbose else LOOK_AT
    yield f"moved ({_count(len(blocks), 'block')}, counted as omissions and additions):"
    for block in heapq.nlargest(shown, blocks, key=lambda block: len(block.src) + len(block.tgt)):
        src, tgt = alignment.src.joined(block.src), alignment.tgt.joined(block.tgt)
        places = f"{_place(block.src)} → {_place(block.tgt)}"
        yield f"  {places}  {excerpt(src)} | {excerpt(tgt)}"


def _without_partner(alignment: Alignment) -> Iterator[str]:
    for pair in alignment.pairs():
        if not (pair.src_span and pair.tgt_span):
            what = "omission" if pair.src_span else "addition"
            way = "moved to" if pair.src_span else "moved from"
            where = f" ({way} {_place(pair.moved)})" if pair.moved else ""
            yield f"  {what}  {_numbers(pair)}{where}  {excerpt(pair.src or pair.tgt)}"


def _numbers(pair: Pair) -> str:
    """Sentence numbers on both sides: "12–13/11"."""
    return f"{_place(pair.src_span)}/{_place(pair.tgt_span)}"


def _place(span: Span) -> str:
    """Sentence numbers from 1, as people count: "12–13", "11", "–" for none."""
    first, last = span.start + 1, span.stop
    return "–" if not len(span) else str(first) if first == last else f"{first}–{last}"


def excerpt(text: str) -> str:
    """The beginning of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= EXCERPT else line[: EXCERPT - 1].rstrip() + "…"
