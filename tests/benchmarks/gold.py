"""Texts for the benchmarks: the gold sets beside the checkout, and long ones made of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import cycle, islice
from pathlib import Path

import aligner
from aligner.alignment.linking import Segments
from aligner.embed.protocol import Encoder
from aligner.pipeline import vectors
from models.training.gold import FITTED, SETS, GoldDocument, read_set

EVAL = Path(__file__).parents[3] / "shared" / "eval"
LONG = ("drama", "bible", "docs", "prose", "news")  # news_perturbed repeats news


@cache
def default_encoder() -> Encoder:
    """The built-in encoder, loaded once."""
    return aligner.load_encoder()


def documents(name: str) -> list[GoldDocument]:
    """A gold set; a message that says where it is looked for ends the run without it."""
    if not EVAL.is_dir():
        raise SystemExit(f"{EVAL}: no gold sets there; they lie beside the checkout, in ../shared")
    return read_set(EVAL, name)


def parts() -> Iterator[tuple[str, list[GoldDocument], bool]]:
    """Each set, with whether the shipped model was fitted on it."""
    for name in SETS:
        yield name, documents(name), name in FITTED


def long_texts(size: int) -> tuple[list[str], list[str]]:
    """Two texts of `size` English and about as many Russian sentences, all sets in a row.

    Sentences of a repeated round get its number, so that no line stands there twice.
    """
    src: list[str] = []
    tgt: list[str] = []
    for round_, document in _rounds():
        mark = f" {round_}" if round_ else ""
        src += [text + mark for text in document.src]
        tgt += [text + mark for text in document.tgt]
        if len(src) >= size:
            cut = min(len(tgt), round(len(tgt) * size / len(src)))
            return src[:size], tgt[:cut]
    raise AssertionError("rounds never end")


def _rounds() -> Iterator[tuple[int, GoldDocument]]:
    once = [document for name in LONG for document in documents(name)]
    for at, document in enumerate(cycle(once)):
        yield at // len(once), document


def sample(texts: Sequence[str], size: int) -> list[str]:
    """`size` of the texts, spread evenly over them."""
    step = max(1, len(texts) // size)
    return list(islice(texts, 0, step * size, step))


def segments(texts: Sequence[str], paragraphs: Sequence[int] | None = None) -> Segments:
    """A side as the pipeline makes it, with paragraphs where they are known."""
    encoder = default_encoder()
    return Segments(texts, vectors(encoder, texts), paragraphs)
