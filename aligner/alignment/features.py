"""Evidence for and against a link, each piece in a function of its own.

A feature takes a `Rectangle` of nodes and returns an array (kinds, rows, columns): its
value for the link of each kind into each node. All are the same when source and
target change places. Values are of the order of 1, so that one penalty serves all
weights. `models/README.md` tells what each group brought.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from aligner.alignment.clauses import ClauseScale, Coverage
from aligner.alignment.cues import Keys
from aligner.alignment.lattice import Kind
from aligner.alignment.sides import Count, Floats, Runs

SHORT = 40.0  # letters up to which a cosine says less than its worth
LONG = 160.0  # letters from which more of them add no trust


@dataclass(frozen=True, slots=True)
class Scale:
    """What is usual in these two texts."""

    common: float  # cosine of sentences that have nothing to do with each other
    typical: float  # cosine of a sentence and its translation
    ratio: float  # log of target letters for a source letter
    spread: float  # variance of the lengths of a sentence and its translation, per letter
    clauses: ClauseScale


class Rectangle:
    """A block of the lattice's nodes, with the runs that links into them take."""

    def __init__(self, src: Runs, tgt: Runs, scale: Scale, kinds: tuple[Kind, ...]) -> None:
        self.src, self.tgt, self.scale, self.kinds = src, tgt, scale, kinds
        self.shape = (len(kinds), len(src), len(tgt))
        self._a = np.array([a for a, _ in kinds]) - 1  # index of each kind's run in Runs
        self._b = np.array([b for _, b in kinds]) - 1
        self.several = (self._a + self._b > 0)[:, None, None]  # sentences are joined
        self._wide = self._likeness()

    def _likeness(self) -> Floats:
        """(longest, rows, longest, columns): of all runs, those beside the rectangle too."""
        src, tgt = (
            side.vectors.reshape(-1, side.vectors.shape[2]) for side in (self.src, self.tgt)
        )
        cosines = (src @ tgt.T).reshape(*self.src.missing.shape, *self.tgt.missing.shape)
        cosines -= self.scale.common
        cosines /= self.scale.typical - self.scale.common
        cosines[self.src.missing] = 0.0
        cosines[:, :, self.tgt.missing] = 0.0
        return cosines

    def like(self, a: int, b: int, below: int = 0, right: int = 0) -> Floats:
        """(rows, columns): likeness of one kind, its end node shifted by a run's length at most."""
        _, rows, columns = self.shape
        top, left = self.src.longest + below, self.tgt.longest + right
        return self._wide[a - 1, top : top + rows, b - 1, left : left + columns]

    @cached_property
    def likeness(self) -> Floats:
        """Cosines of the runs, 0 being `Scale.common` and 1 `Scale.typical`."""
        return np.stack([self.like(a, b) for a, b in self.kinds])

    @cached_property
    def letters(self) -> tuple[Floats, Floats]:
        """Letters of the runs, brought to a common measure by the texts' ratio."""
        stretch = float(np.exp(self.scale.ratio / 2))
        src, tgt = (np.maximum(side, 1.0) for side in self.holds(Count.LETTERS))
        return src * stretch, tgt / stretch

    @cached_property
    def coverage(self) -> Coverage:
        ends, clauses = (self.src.ends, self.tgt.ends), (self.src.clauses, self.tgt.clauses)
        return Coverage(*clauses, ends, self.kinds, self.scale.clauses)

    @cached_property
    def above_neighbours(self) -> Floats:
        """Likeness beyond that with the runs just before and after."""
        out = np.empty(self.shape, dtype=np.float32)
        for row, (a, b) in zip(out, self.kinds, strict=True):
            beside = self.like(a, b, -a) + self.like(a, b, a)
            beside += self.like(a, b, 0, -b)
            beside += self.like(a, b, 0, b)
            row[:] = self.like(a, b) - beside / 4
        return out

    @cached_property
    def gain(self) -> Floats:
        """Likeness beyond the best that remains when a sentence at an edge is dropped."""
        out = np.zeros(self.shape, dtype=np.float32)
        for row, (a, b) in zip(out, self.kinds, strict=True):
            parts: list[Floats] = []
            if a > 1:
                parts += [self.like(a - 1, b), self.like(a - 1, b, -1)]
            if b > 1:
                parts += [self.like(a, b - 1), self.like(a, b - 1, 0, -1)]
            if parts:
                row[:] = self.like(a, b) - np.maximum.reduce(parts)
        return out

    def opens(self, what: Count) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
        """Whether the first sentence of each run has one: (kinds, rows, 1), (kinds, 1, columns)."""
        return self._both(self.src.first[..., what] > 0, self.tgt.first[..., what] > 0)

    def holds(self, what: Count) -> tuple[Floats, Floats]:
        """How many of these each run has, shaped likewise."""
        return self._both(self.src.held[..., what], self.tgt.held[..., what])

    def swallows(self, what: Count) -> tuple[Floats, Floats]:
        """How many of these each run has after its first sentence."""
        src, tgt = self.src, self.tgt
        return self._both(
            src.held[..., what] - src.first[..., what], tgt.held[..., what] - tgt.first[..., what]
        )

    def _both(
        self, src: npt.NDArray[Any], tgt: npt.NDArray[Any]
    ) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
        """(longest, ends) of both sides to (kinds, rows, 1) and (kinds, 1, columns)."""
        return src[self._a][:, :, None], tgt[self._b][:, None, :]

    @cached_property
    def numbers(self) -> tuple[Floats, Floats, Floats]:
        return self._keyed(self.src.numbers, self.tgt.numbers)

    @cached_property
    def names(self) -> tuple[Floats, Floats, Floats]:
        return self._keyed(self.src.names, self.tgt.names)

    @cached_property
    def partners(self) -> tuple[Floats, Floats, Floats]:
        return self._keyed(self.src.partners, self.tgt.partners)

    def _keyed(self, of_src: Keys, of_tgt: Keys) -> tuple[Floats, Floats, Floats]:
        """Overlap of keys, 0 to 1 (Dice, on squared counts), and how many each run has."""
        buckets = sorted({bucket for keys in (*of_src, *of_tgt) for bucket in keys})
        src, tgt = self.src.counts(of_src, buckets), self.tgt.counts(of_tgt, buckets)
        counts = self._both(src.sum(axis=2), tgt.sum(axis=2))
        if not (src.any() and tgt.any()):
            return np.zeros(self.shape, dtype=np.float32), *counts
        sizes = self._both((src * src).sum(axis=2), (tgt * tgt).sum(axis=2))
        shared = np.stack([src[a] @ tgt[b].T for a, b in zip(self._a, self._b, strict=True)])
        return 2 * shared / np.maximum(sizes[0] + sizes[1], 1), *counts


def likeness(at: Rectangle) -> Floats:
    """How similar the two runs are."""
    return at.likeness


def likeness_of_short(at: Rectangle) -> Floats:
    """Similarity counts for less between short texts («Да.» is like "Well.")."""
    return at.likeness * (np.minimum(np.minimum(*at.letters), SHORT) / SHORT)


def likeness_of_long(at: Rectangle) -> Floats:
    """Similarity counts for more between long texts."""
    return at.likeness * (np.minimum(np.minimum(*at.letters), LONG) / LONG)


def likeness_of_several(at: Rectangle) -> Floats:
    """Similarity where sentences are joined."""
    return at.likeness * at.several


def above_surroundings(at: Rectangle) -> Floats:
    """Similarity beyond that of each run with the other side hereabouts."""
    inner = slice(at.src.longest, -at.src.longest)
    src = at.src.vectors[:, inner] @ at.tgt.surroundings
    tgt = at.tgt.vectors[:, inner] @ at.src.surroundings
    usual = sum(at._both(src, tgt)) / 2 - at.scale.common
    return at.likeness - usual / (at.scale.typical - at.scale.common)


def above_neighbours(at: Rectangle) -> Floats:
    """Similarity beyond that with the runs just before and after (Bertalign's margin)."""
    return at.above_neighbours


def even_length(at: Rectangle) -> Floats:
    """1 for equal lengths, towards 0 for uneven ones (Bertalign's length factor)."""
    return np.log2(1 + np.minimum(*at.letters) / np.maximum(*at.letters))


def above_neighbours_even(at: Rectangle) -> Floats:
    """Bertalign's score: margin times length factor (Liu & Zhu 2023)."""
    return at.above_neighbours * even_length(at)


def length_difference(at: Rectangle) -> Floats:
    """Difference of the lengths in its standard deviations, 5 at most (Gale & Church 1993)."""
    src, tgt = at.letters
    return np.minimum(np.abs(src - tgt) / np.sqrt(at.scale.spread * (src + tgt) / 2), 5.0)


def length_surprise(at: Rectangle) -> Floats:
    """Its square, tenths."""
    return length_difference(at) ** 2 / 10


def length_of_several(at: Rectangle) -> Floats:
    """Its square where sentences are joined: one too many shows in the length."""
    return length_surprise(at) * at.several


def length_ratio(at: Rectangle) -> Floats:
    """Squared logarithm of the ratio of the lengths."""
    src, tgt = at.letters
    return np.log((src + 8) / (tgt + 8)) ** 2


def gain_over_parts(at: Rectangle) -> Floats:
    """Similarity beyond the best that remains when a sentence at an edge is dropped."""
    return at.gain


def loss_over_parts(at: Rectangle) -> Floats:
    """Similarity that is lost because of a sentence at an edge: 0, or negative."""
    return np.minimum(at.gain, 0.0)


def same_end(at: Rectangle) -> Floats:
    """Both end in the same mark."""
    same = at.src.end[:, None] == at.tgt.end[None, :]
    return np.broadcast_to(same.astype(np.float32), at.shape)


def cut_short(at: Rectangle) -> Floats:
    """Runs that end where no sentence can end ("the red St."), of both sides."""
    cut = at.src.cut[:, None].astype(np.float32) + at.tgt.cut[None, :]
    return np.broadcast_to(cut, at.shape)


def same_speech(at: Rectangle) -> Floats:
    """Both open with a quotation mark or dash, or neither."""
    src, tgt = at.opens(Count.SPEECH)
    return (src == tgt).astype(np.float32)


def both_speech(at: Rectangle) -> Floats:
    """Both open with a quotation mark or dash."""
    src, tgt = at.opens(Count.SPEECH)
    return (src & tgt).astype(np.float32)


def speech_swallowed(at: Rectangle) -> Floats:
    """Sentences that open with a quotation mark or dash inside the runs."""
    src, tgt = at.swallows(Count.SPEECH)
    return src + tgt


def one_bracket(at: Rectangle) -> Floats:
    """Only one side opens with a bracket: a stage direction is not a line of speech."""
    src, tgt = at.opens(Count.BRACKET)
    return (src != tgt).astype(np.float32)


def one_lower(at: Rectangle) -> Floats:
    """Only one side begins with a small letter, as the rest of a sentence does."""
    src, tgt = at.opens(Count.LOWER)
    return (src != tgt).astype(np.float32)


def labels_swallowed(at: Rectangle) -> Floats:
    """Headings, speakers' names and other repeated short lines joined with something else."""
    src, tgt = at.holds(Count.LABEL)
    joined = at._a[:, None, None] > 0, at._b[:, None, None] > 0
    return src * joined[0] + tgt * joined[1]


def questions_differ(at: Rectangle) -> Floats:
    """More question marks on one side, 2 at most."""
    src, tgt = at.holds(Count.QUESTIONS)
    return np.minimum(np.abs(src - tgt), 2.0)


def exclamations_differ(at: Rectangle) -> Floats:
    """More exclamation marks on one side, 2 at most."""
    src, tgt = at.holds(Count.EXCLAMATIONS)
    return np.minimum(np.abs(src - tgt), 2.0)


def numbers_agree(at: Rectangle) -> Floats:
    """Share of the numbers that stand on both sides."""
    return at.numbers[0]


def numbers_there(at: Rectangle) -> Floats:
    """There is a number at all."""
    _, src, tgt = at.numbers
    return (src + tgt > 0).astype(np.float32)


def names_agree(at: Rectangle) -> Floats:
    """Share of the names that stand on both sides, by sound."""
    return at.names[0]


def names_there(at: Rectangle) -> Floats:
    """There are names on both sides."""
    _, src, tgt = at.names
    return ((src > 0) & (tgt > 0)).astype(np.float32)


def clauses_covered(at: Rectangle) -> Floats:
    """Share of the clauses of both runs that have a counterpart in the other, times 3."""
    return 1.5 * (at.coverage.src + at.coverage.tgt)


def clauses_covered_least(at: Rectangle) -> Floats:
    """Share of the clauses of the sentence that is covered least, times 3."""
    return 3 * at.coverage.least


def clauses_covered_least_of_several(at: Rectangle) -> Floats:
    """The same where sentences are joined: «И стало так.» stands in "…: and it was so."."""
    return clauses_covered_least(at) * at.several


def partners_meet(at: Rectangle) -> Floats:
    """Share of the lines with a usual partner ("GOVERNOR." «Городничий.») that are with it."""
    return at.partners[0]


def partners_part(at: Rectangle) -> Floats:
    """How many of them are not with it."""
    share, src, tgt = at.partners
    return (1 - share) * (src + tgt)


def borders_crossed(at: Rectangle) -> Floats:
    """Paragraph borders inside the runs; 0 where paragraphs are not known on both sides."""
    if not (at.src.has_paragraphs and at.tgt.has_paragraphs):
        return np.zeros(at.shape, dtype=np.float32)
    src, tgt = at.swallows(Count.PARAGRAPH)
    return src + tgt


def borders_meet(at: Rectangle) -> Floats:
    """1: both runs open a paragraph; -1: only one does; 0: neither, or not known."""
    if not (at.src.has_paragraphs and at.tgt.has_paragraphs):
        return np.zeros(at.shape, dtype=np.float32)
    src, tgt = at.opens(Count.PARAGRAPH)
    return (src & tgt).astype(np.float32) - (src != tgt)


Feature = Callable[[Rectangle], Floats]

FEATURES: tuple[Feature, ...] = (
    likeness,
    likeness_of_short,
    likeness_of_long,
    likeness_of_several,
    above_surroundings,
    above_neighbours,
    above_neighbours_even,
    even_length,
    length_difference,
    length_surprise,
    length_of_several,
    length_ratio,
    gain_over_parts,
    loss_over_parts,
    same_end,
    cut_short,
    same_speech,
    both_speech,
    speech_swallowed,
    one_bracket,
    one_lower,
    labels_swallowed,
    questions_differ,
    exclamations_differ,
    numbers_agree,
    numbers_there,
    names_agree,
    names_there,
    clauses_covered,
    clauses_covered_least,
    clauses_covered_least_of_several,
    partners_meet,
    partners_part,
    borders_crossed,
    borders_meet,
)
