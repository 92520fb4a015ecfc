"""Evidence for and against a link, each piece in a function of its own.

A feature takes a `Rectangle` of nodes and a kind (a, b) and returns an array
(rows, columns): its value for the link of that kind into each node. All are the
same when source and target change places, so both directions give the same links.
Values are of the order of 1, so that one penalty serves all weights.
`models/README.md` tells what each brought.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from aligner.alignment.sides import MARGIN, Bools, Floats, Runs

SHORT = 40.0  # letters up to which a cosine says less than its worth
LONG = 160.0  # letters from which more of them add no trust


@dataclass(frozen=True, slots=True)
class Scale:
    """What is usual in these two texts."""

    common: float  # cosine of sentences that have nothing to do with each other
    typical: float  # cosine of a sentence and its translation
    ratio: float  # log of target letters for a source letter
    spread: float  # variance of the lengths of a sentence and its translation, per letter


class Rectangle:
    """The nodes i, j of a block of the lattice, with the runs that end there."""

    def __init__(self, src: Runs, tgt: Runs, scale: Scale) -> None:
        self.src, self.tgt, self.scale = src, tgt, scale
        self.shape = (len(src), len(tgt))
        self._stretch = float(np.exp(scale.ratio / 2))
        self._likeness: dict[tuple[int, int], Floats] = {}

    def likeness(self, a: int, b: int, below: int = 0, right: int = 0) -> Floats:
        """Cosines of the runs, 0 being `Scale.common` and 1 `Scale.typical`.

        `below` and `right` shift the end node, by MARGIN at most.
        """
        if (a, b) not in self._likeness:
            cosines = self.src.vectors[a] @ self.tgt.vectors[b].T
            cosines -= self.scale.common
            cosines /= self.scale.typical - self.scale.common
            cosines[self.src.outside[a], :] = 0.0
            cosines[:, self.tgt.outside[b]] = 0.0
            self._likeness[a, b] = cosines
        rows, columns = self.shape
        top, left = MARGIN + below, MARGIN + right
        return self._likeness[a, b][top : top + rows, left : left + columns]

    def letters(self, a: int, b: int) -> tuple[Floats, Floats]:
        """Letters of the runs, (rows, 1) and (1, columns), brought to a common measure."""
        src, tgt = self.src.letters(a), self.tgt.letters(b)
        return src[:, None] * self._stretch, tgt[None, :] / self._stretch


def likeness(at: Rectangle, a: int, b: int) -> Floats:
    """How similar the two runs are."""
    return at.likeness(a, b)


def likeness_of_short(at: Rectangle, a: int, b: int) -> Floats:
    """Similarity counts for less between short texts («Да.» is like "Well.")."""
    src, tgt = at.letters(a, b)
    return at.likeness(a, b) * (np.minimum(np.minimum(src, tgt), SHORT) / SHORT)


def likeness_of_long(at: Rectangle, a: int, b: int) -> Floats:
    """Similarity counts for more between long texts."""
    src, tgt = at.letters(a, b)
    return at.likeness(a, b) * (np.minimum(np.minimum(src, tgt), LONG) / LONG)


def above_surroundings(at: Rectangle, a: int, b: int) -> Floats:
    """Similarity beyond that of each run with the other side hereabouts."""
    inner = slice(MARGIN, -MARGIN)
    src = at.src.vectors[a][inner] @ at.tgt.surroundings
    tgt = at.tgt.vectors[b][inner] @ at.src.surroundings
    usual = (src[:, None] + tgt[None, :]) / 2 - at.scale.common
    return at.likeness(a, b) - usual / (at.scale.typical - at.scale.common)


def above_neighbours(at: Rectangle, a: int, b: int) -> Floats:
    """Similarity beyond that with the runs just before and after (Bertalign's margin)."""
    beside = at.likeness(a, b, -a) + at.likeness(a, b, a)
    beside = beside + at.likeness(a, b, 0, -b) + at.likeness(a, b, 0, b)
    return at.likeness(a, b) - beside / 4


def even_length(at: Rectangle, a: int, b: int) -> Floats:
    """1 for equal lengths, towards 0 for uneven ones (Bertalign's length factor)."""
    src, tgt = at.letters(a, b)
    return np.log2(1 + np.minimum(src, tgt) / np.maximum(src, tgt))


def above_neighbours_even(at: Rectangle, a: int, b: int) -> Floats:
    """Bertalign's score: margin times length factor (Liu & Zhu 2023)."""
    return above_neighbours(at, a, b) * even_length(at, a, b)


def length_difference(at: Rectangle, a: int, b: int) -> Floats:
    """Difference of the lengths in its standard deviations, 5 at most (Gale & Church 1993)."""
    src, tgt = at.letters(a, b)
    return np.minimum(np.abs(src - tgt) / np.sqrt(at.scale.spread * (src + tgt) / 2), 5.0)


def length_surprise(at: Rectangle, a: int, b: int) -> Floats:
    """Its square, tenths."""
    return length_difference(at, a, b) ** 2 / 10


def length_of_several(at: Rectangle, a: int, b: int) -> Floats:
    """Its square where sentences are joined: one too many shows in the length."""
    if a == b == 1:
        return np.zeros(at.shape, dtype=np.float32)
    return length_surprise(at, a, b)


def length_ratio(at: Rectangle, a: int, b: int) -> Floats:
    """Squared logarithm of the ratio of the lengths."""
    src, tgt = at.letters(a, b)
    return np.log((src + 8) / (tgt + 8)) ** 2


def gain_over_parts(at: Rectangle, a: int, b: int) -> Floats:
    """Similarity beyond the best that remains when a sentence at an edge is dropped."""
    parts: list[Floats] = []
    if a > 1:
        parts += [at.likeness(a - 1, b), at.likeness(a - 1, b, -1)]
    if b > 1:
        parts += [at.likeness(a, b - 1), at.likeness(a, b - 1, 0, -1)]
    if not parts:
        return np.zeros(at.shape, dtype=np.float32)
    return at.likeness(a, b) - np.maximum.reduce(parts)


def loss_over_parts(at: Rectangle, a: int, b: int) -> Floats:
    """Similarity that is lost because of a sentence at an edge: 0, or negative."""
    return np.minimum(gain_over_parts(at, a, b), 0.0)


def likeness_of_several(at: Rectangle, a: int, b: int) -> Floats:
    """Similarity where sentences are joined."""
    if a == b == 1:
        return np.zeros(at.shape, dtype=np.float32)
    return at.likeness(a, b)


def same_end(at: Rectangle, a: int, b: int) -> Floats:
    """Both end in the same mark."""
    return (at.src.end[:, None] == at.tgt.end[None, :]).astype(np.float32)


def same_speech(at: Rectangle, a: int, b: int) -> Floats:
    """Both open with a quotation mark or dash, or neither."""
    return 1 - _differ(at.src.opens(at.src.cues.speech, a), at.tgt.opens(at.tgt.cues.speech, b))


def both_speech(at: Rectangle, a: int, b: int) -> Floats:
    """Both open with a quotation mark or dash."""
    src, tgt = at.src.opens(at.src.cues.speech, a), at.tgt.opens(at.tgt.cues.speech, b)
    return (src[:, None] & tgt[None, :]).astype(np.float32)


def speech_swallowed(at: Rectangle, a: int, b: int) -> Floats:
    """Sentences that open with a quotation mark or dash inside the runs."""
    src, tgt = at.src.swallows(at.src.cues.speech, a), at.tgt.swallows(at.tgt.cues.speech, b)
    return src[:, None] + tgt[None, :]


def one_bracket(at: Rectangle, a: int, b: int) -> Floats:
    """Only one side opens with a bracket: a stage direction is not a line of speech."""
    return _differ(at.src.opens(at.src.cues.bracket, a), at.tgt.opens(at.tgt.cues.bracket, b))


def one_lower(at: Rectangle, a: int, b: int) -> Floats:
    """Only one side begins with a small letter, as the rest of a sentence does."""
    return _differ(at.src.opens(at.src.cues.lower, a), at.tgt.opens(at.tgt.cues.lower, b))


def labels_swallowed(at: Rectangle, a: int, b: int) -> Floats:
    """Speakers' names and other repeated short lines inside runs of several sentences."""
    src = at.src.holds(at.src.cues.label, a) if a > 1 else np.zeros(len(at.src), dtype=np.float32)
    tgt = at.tgt.holds(at.tgt.cues.label, b) if b > 1 else np.zeros(len(at.tgt), dtype=np.float32)
    return src[:, None] + tgt[None, :]


def questions_differ(at: Rectangle, a: int, b: int) -> Floats:
    """More question marks on one side, 2 at most."""
    src, tgt = at.src.holds(at.src.cues.questions, a), at.tgt.holds(at.tgt.cues.questions, b)
    return np.minimum(np.abs(src[:, None] - tgt[None, :]), 2.0)


def exclamations_differ(at: Rectangle, a: int, b: int) -> Floats:
    """More exclamation marks on one side, 2 at most."""
    src = at.src.holds(at.src.cues.exclamations, a)
    tgt = at.tgt.holds(at.tgt.cues.exclamations, b)
    return np.minimum(np.abs(src[:, None] - tgt[None, :]), 2.0)


def _differ(src: Bools, tgt: Bools) -> Floats:
    return (src[:, None] != tgt[None, :]).astype(np.float32)


def numbers_agree(at: Rectangle, a: int, b: int) -> Floats:
    """Share of the numbers that stand on both sides."""
    return _shared(at.src.numbers(a), at.tgt.numbers(b))


def numbers_there(at: Rectangle, a: int, b: int) -> Floats:
    """There is a number at all."""
    src, tgt = at.src.numbers(a).sum(axis=1), at.tgt.numbers(b).sum(axis=1)
    return ((src[:, None] + tgt[None, :]) > 0).astype(np.float32)


def names_agree(at: Rectangle, a: int, b: int) -> Floats:
    """Share of the names that stand on both sides, by sound."""
    return _shared(at.src.names(a), at.tgt.names(b))


def names_there(at: Rectangle, a: int, b: int) -> Floats:
    """There are names on both sides."""
    src, tgt = at.src.names(a).sum(axis=1), at.tgt.names(b).sum(axis=1)
    return ((src[:, None] > 0) & (tgt[None, :] > 0)).astype(np.float32)


def _shared(src: Floats, tgt: Floats) -> Floats:
    """Overlap of two sets of keys, 0 to 1 (Dice, on squared counts); 0 where there is none."""
    sizes = (src * src).sum(axis=1)[:, None] + (tgt * tgt).sum(axis=1)[None, :]
    shared: Floats = 2 * (src @ tgt.T) / np.maximum(sizes, 1)
    return shared


def borders_crossed(at: Rectangle, a: int, b: int) -> Floats:
    """Paragraph borders inside the runs; 0 where paragraphs are not known on both sides."""
    src, tgt = at.src.borders_inside(a), at.tgt.borders_inside(b)
    if src is None or tgt is None:
        return np.zeros(at.shape, dtype=np.float32)
    return src[:, None] + tgt[None, :]


def borders_meet(at: Rectangle, a: int, b: int) -> Floats:
    """1: both runs open a paragraph; -1: only one does; 0: neither, or not known."""
    src, tgt = at.src.opens_paragraph(a), at.tgt.opens_paragraph(b)
    if src is None or tgt is None:
        return np.zeros(at.shape, dtype=np.float32)
    both = src[:, None] & tgt[None, :]
    one = src[:, None] != tgt[None, :]
    return both.astype(np.float32) - one.astype(np.float32)


Feature = Callable[[Rectangle, int, int], Floats]

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
    borders_crossed,
    borders_meet,
)
