"""Strict and lax F1 of links on the gold sets, beside the field and the goals.

Run from the repository root, with ../shared beside it:

    python -m tests.benchmarks.accuracy [--set news --set prose …]

Default settings, sentences as they are; where the gold has paragraphs, a second line
shows what knowing them brings. Numbers on documents that the shipped model was fitted on
are marked: they say how well it fits, not how well it will do. For that see
`python -m models.training --cross-validate 2`.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import aligner
from aligner.alignment.linking import linked
from aligner.evaluate import collapse, score
from aligner.linkfiles import IndexLink
from aligner.records import Link, Scores
from aligner.settings import DEFAULT_SIZE, AlignSettings
from models.training.gold import SETS, GoldDocument
from tests.benchmarks.gold import default_encoder, parts, segments


@dataclass(frozen=True, slots=True)
class Field:
    """Strict F1 of others on a set with the same vectors, and the goal."""

    gale_church: float
    bertalign: float
    vecalign: float
    trial: float | None  # a CRF fitted on one half, scored on the other
    goal: float


FIELD = {  # ../shared/design/field.md, "Measured here" and "A trial"; goals from issue 3
    "news": Field(0.979, 0.984, 0.998, 0.998, 0.999),
    "news_perturbed": Field(0.888, 0.978, 0.958, 0.988, 0.992),
    "prose": Field(0.920, 0.982, 0.986, None, 0.995),
    "drama": Field(0.699, 0.931, 0.937, 0.963, 0.975),
    "bible": Field(0.766, 0.961, 0.956, 0.976, 0.985),
    "docs": Field(0.982, 0.985, 0.956, 0.995, 0.996),
}
HEAD = (
    f"{'set':24} {'strict':>7} {'lax':>7} {'right/found':>12} {'right/gold':>12} |"
    f" {'Gale-Ch':>7} {'Bertal.':>7} {'Vecal.':>7} {'trial':>7} {'goal':>7}"
)


def aligned(document: GoldDocument) -> Iterable[Link]:
    """The links of the sentences alone, as `aligner align --sentences` makes them."""
    return aligner.align_sentences(document.src, document.tgt, model=default_encoder()).links


def aligned_with_paragraphs(document: GoldDocument) -> Iterable[Link]:
    """The links when it is known which sentences make a paragraph."""
    src_paragraphs, tgt_paragraphs = document.paragraphs or (None, None)
    src, tgt = segments(document.src, src_paragraphs), segments(document.tgt, tgt_paragraphs)
    return linked(src, tgt, DEFAULT_SIZE)


def scores(
    found: Sequence[GoldDocument], align: Callable[[GoldDocument], Iterable[Link]]
) -> Scores:
    """Scores over the documents, their counts added up."""
    tests = [collapse(one.links, [_indices(link) for link in align(one)]) for one in found]
    return score([one.links for one in found], tests)


def _indices(link: Link) -> IndexLink:
    return tuple(link.src), tuple(link.tgt)


def line(name: str, result: Scores, field: Field) -> str:
    """One line of the table; the counts are those of the strict scores."""
    p, r = result.strict.precision_counts, result.strict.recall_counts
    others = (field.gale_church, field.bertalign, field.vecalign, field.trial, field.goal)
    columns = " ".join(f"{'-' if value is None else f'{value:.3f}':>7}" for value in others)
    return (
        f"{name:24} {result.strict.f1:7.4f} {result.lax.f1:7.4f} {f'{p.right}/{p.total}':>12}"
        f" {f'{r.right}/{r.total}':>12} | {columns}"
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Accuracy of links on the gold sets.")
    parser.add_argument("--set", choices=SETS, action="append", help="only this one; repeatable")
    wanted = parser.parse_args().set or SETS
    print(AlignSettings().signature(default_encoder().id, aligner.__version__))
    print(HEAD)
    for name, found, fitted in parts():
        if name not in wanted:
            continue
        mark = " *" if fitted else " (*)" if name == "news" else ""
        print(line(name + mark, scores(found, aligned), FIELD[name]), flush=True)
        if found[0].paragraphs:
            result = scores(found, aligned_with_paragraphs)
            print(line(f"{name}, paragraphs{mark}", result, FIELD[name]), flush=True)
    print("* the model was fitted on these documents; (*) on the same texts, otherwise merged")
    print("columns on the right: strict F1 of others on the whole set; trial: on an unseen half")


if __name__ == "__main__":
    main()
