"""One side of an alignment as arrays, and what the runs of a part of it have.

The features of links are computed for whole rectangles of nodes: for a link of kind
(a, b) into the nodes (i, j) they compare the run of `a` source sentences that ends
at i with the run of `b` target sentences that ends at j. A `Runs` holds, for the
nodes of one side of the rectangle, what such runs have: vectors, letters, marks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from aligner.alignment.cues import Cues, cues, key_counts
from aligner.alignment.words import Words

Vectors = npt.NDArray[np.floating[Any]]
Floats = npt.NDArray[np.floating[Any]]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

MARGIN = 8  # nodes around the rectangle whose runs are needed as neighbours
NEAR = 20  # sentences around the rectangle that make up its surroundings


class Count(IntEnum):
    """What is counted in each sentence: the columns of `Side.counts`."""

    LETTERS = 0
    SPEECH = 1  # 1 if it opens with a quotation mark or a dash
    BRACKET = 2  # 1 if it opens with a bracket
    LOWER = 3  # 1 if it begins with a small letter
    LABEL = 4  # 1 if it is short and repeated
    QUESTIONS = 5  # question marks
    EXCLAMATIONS = 6  # exclamation marks
    PARAGRAPH = 7  # 1 if it opens a paragraph


@dataclass(frozen=True, slots=True)
class Side:
    """What alignment needs to know of one text."""

    vectors: tuple[Vectors, ...]  # [k - 1]: (n - k + 1, dim), runs of k sentences, norm 1
    cues: Cues
    words: Words
    counts: Floats  # (n, len(Count))
    counts_before: npt.NDArray[np.float64]  # (n + 1, len(Count)), sums of the sentences before
    has_paragraphs: bool

    def __len__(self) -> int:
        return len(self.cues)


def side(
    texts: Sequence[str],
    vectors: tuple[Vectors, ...],
    words: Words,
    paragraphs: Sequence[int] | None = None,
) -> Side:
    """The side of these sentences; `paragraphs` has each sentence's paragraph number."""
    found = cues(texts)
    opens = np.zeros(len(texts), dtype=bool)
    has_paragraphs = paragraphs is not None and len(set(paragraphs)) > 1
    if has_paragraphs:
        numbers = np.array(paragraphs)
        opens[0], opens[1:] = True, numbers[1:] != numbers[:-1]
    counts = np.empty((len(texts), len(Count)), dtype=np.float32)
    counts[:, Count.LETTERS] = found.letters
    counts[:, Count.SPEECH] = found.speech
    counts[:, Count.BRACKET] = found.bracket
    counts[:, Count.LOWER] = found.lower
    counts[:, Count.LABEL] = found.label
    counts[:, Count.QUESTIONS] = found.questions
    counts[:, Count.EXCLAMATIONS] = found.exclamations
    counts[:, Count.PARAGRAPH] = opens
    before = np.zeros((len(texts) + 1, len(Count)))
    np.cumsum(counts, axis=0, out=before[1:])
    return Side(vectors, found, words, counts, before, has_paragraphs)


class Runs:
    """Runs of 1, 2, … `longest` sentences that end at the nodes lo, lo + 1, … hi - 1.

    Arrays have the run's length less one as first index, its end as second. Where a run
    would begin before the text, or end after it, its values are those of the nearest
    one; the lattice never asks for such a link.
    """

    def __init__(self, of: Side, lo: int, hi: int, longest: int) -> None:
        self.ends, self.longest = np.arange(lo, hi), longest
        self.words, self.has_paragraphs = of.words, of.has_paragraphs
        size, lengths = len(of), np.arange(1, longest + 1)[:, None]
        wide = np.arange(lo - MARGIN, hi + MARGIN)
        self.vectors = [_vectors(of, wide, k) for k in range(1, longest + 1)]  # with the margin
        self.outside = (wide < lengths) | (wide > size)  # (longest, ends with the margin)
        near = of.vectors[0][max(0, lo - NEAR) : hi + NEAR]
        self.surroundings: Floats = near.mean(axis=0, dtype=np.float32)
        self.end = of.cues.end[np.clip(self.ends - 1, 0, size - 1)]

        stops = np.clip(self.ends, 0, size)
        starts = np.clip(self.ends - lengths, 0, size - 1)
        self.first: Floats = of.counts[starts]  # (longest, ends, counts): of the first sentence
        before = of.counts_before
        self.held: Floats = (before[stops] - before[starts]).astype(np.float32)  # of the whole run
        keyed = slice(max(0, lo - longest), hi - 1)
        self._keys_of, self._keyed = of.cues, keyed
        self._stops = np.minimum(stops - keyed.start, max(0, min(size, keyed.stop) - keyed.start))
        self._starts = np.clip(starts - keyed.start, 0, self._stops)

    def __len__(self) -> int:
        return len(self.ends)

    def numbers(self) -> Floats:
        """(longest, ends, KEY_BUCKETS) counts of number keys."""
        return self._in_runs(_running(key_counts(self._keys_of.numbers[self._keyed])))

    def names(self) -> Floats:
        """(longest, ends, KEY_BUCKETS) counts of name keys."""
        return self._in_runs(_running(key_counts(self._keys_of.names[self._keyed])))

    def _in_runs(self, sums: Floats) -> Floats:
        return sums[self._stops] - sums[self._starts]


def _vectors(of: Side, ends: Ints, k: int) -> Floats:
    vectors = of.vectors[k - 1]
    if not len(vectors):
        return np.zeros((len(ends), of.vectors[0].shape[1]), dtype=np.float32)
    return vectors[np.clip(ends - k, 0, len(vectors) - 1)].astype(np.float32)


def _running(table: Floats) -> Floats:
    """(n + 1, width): sums of the rows before each row."""
    out = np.zeros((len(table) + 1, table.shape[1]), dtype=np.float32)
    np.cumsum(table, axis=0, out=out[1:])
    return out
