"""One side of an alignment as arrays, and what the runs of some parts of it have.

The features of a link of kind (a, b) into the node (i, j) compare the run of `a` source
sentences that ends at i with the run of `b` target sentences that ends at j. A `Runs` holds,
for the rows or the columns of some rectangles of the lattice, what such runs have: vectors,
letters, marks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from aligner.alignment.clauses import Clauses
from aligner.alignment.cues import Cues, Keys, cues, key_counts

Vectors = npt.NDArray[np.floating[Any]]
Floats = npt.NDArray[np.floating[Any]]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

HEADING_LABELS = 2  # labels that a heading counts for: read on the 13 pairs of ../shared/pages
NEAR = 20  # sentences around a stretch that make up its surroundings


class Count(IntEnum):
    """What is counted in each sentence: the columns of `Side.counts`."""

    LETTERS = 0
    SPEECH = 1  # 1 if it opens with a quotation mark or a dash
    BRACKET = 2  # 1 if it opens with a bracket
    LABEL = 3  # 1 if it is short and repeated; HEADING_LABELS if it stands alone
    PARAGRAPH = 4  # 1 if it opens a paragraph
    PARTS = 5  # between marks that may end a sentence


class Source(Protocol):
    """Where the vectors of one text come from; what costs is asked for where it is needed."""

    @property
    def single(self) -> Vectors:
        """(n, dim): of the sentences, rows of norm 1."""

    def runs(self, k: int, firsts: Ints) -> Vectors:
        """(runs, dim): of the runs of k sentences that begin with these, rows of norm 1."""

    def parts(self, places: Ints) -> Vectors:
        """(parts, dim): of all clauses (`clauses.cut`) of these sentences, rows of norm 1."""


@dataclass(frozen=True, slots=True)
class RunVectors:
    """Vectors of the sentences and of such runs of several as can be linked."""

    single: Vectors  # (n, dim)
    several: tuple[Vectors, ...]  # [k - 2]: (runs kept, dim)
    place: tuple[Ints, ...]  # [k - 2]: (n,), row of the run that begins here; -1 if not kept
    source: Source

    def kept(self, k: int, firsts: Ints) -> Bools:
        """Which of the runs of k that begin with these sentences there are."""
        inside = (firsts >= 0) & (firsts + k <= len(self.single))
        if k > 1:
            inside &= self.place[k - 2][np.clip(firsts, 0, len(self.single) - 1)] >= 0
        return inside

    def take(self, k: int, firsts: Ints) -> Vectors:
        """(firsts, dim): the vectors of runs that are kept."""
        return self.single[firsts] if k == 1 else self.several[k - 2][self.place[k - 2][firsts]]

    def longer(self, longest: int, stretches: Sequence[range]) -> RunVectors:
        """With runs of up to `longest` that `Runs` of these stretches of nodes can ask for."""
        several, places, count = list(self.several), list(self.place), len(self.single)
        for k in range(len(several) + 2, longest + 1):
            wanted = np.zeros(count, dtype=bool)
            for nodes in stretches:
                wanted[max(0, nodes.start - 1 - k) : max(0, nodes.stop - k)] = True
            wanted[max(0, count - k + 1) :] = False
            firsts = np.flatnonzero(wanted)
            several.append(self.source.runs(k, firsts).astype(np.float16, copy=False))
            places.append(_rows(firsts, count))
        return replace(self, several=tuple(several), place=tuple(places))


def run_vectors(source: Source, longest: int, fixed: Bools) -> RunVectors:
    """All runs of up to `longest` sentences that do not pass a fixed node, (n + 1,)."""
    several, places = [], []
    for k in range(2, longest + 1):
        firsts = np.flatnonzero(~passes_fixed(fixed, k)[k:])
        several.append(source.runs(k, firsts).astype(np.float16, copy=False))
        places.append(_rows(firsts, len(source.single)))
    return RunVectors(source.single, tuple(several), tuple(places), source)


def _rows(firsts: Ints, count: int) -> Ints:
    """(count,): the place of each of these numbers among them, -1 for all others."""
    place = np.full(count, -1)
    place[firsts] = np.arange(len(firsts))
    return place


def passes_fixed(fixed: Bools, k: int) -> Bools:
    """(n + 1,): whether a fixed node lies inside the run of k sentences that ends there."""
    before = np.concatenate([[0], np.cumsum(fixed)])  # fixed nodes before each node
    ends = np.arange(len(fixed))
    return before[ends] > before[np.maximum(ends - k + 1, 0)]


@dataclass(frozen=True, slots=True)
class Side:
    """What alignment needs to know of one text."""

    runs: RunVectors
    cues: Cues
    clauses: Clauses
    partners: Keys  # of repeated lines with a usual partner on the other side, the partner's too
    kept_names: Keys  # those of its names that links usually have on both sides
    counts: Floats  # (n, len(Count))
    counts_before: npt.NDArray[np.float64]  # (n + 1, len(Count)), sums of the sentences before
    has_paragraphs: bool

    def __len__(self) -> int:
        return len(self.cues)


def side(
    texts: Sequence[str],
    runs: RunVectors,
    clauses: Clauses,
    paragraphs: Sequence[int] | None = None,
    alone: Sequence[bool] | None = None,
) -> Side:
    """The side of these sentences, without partners and kept names.

    `paragraphs` has each sentence's paragraph number. A sentence that stands `alone`, such
    as a heading, is a label: it is not joined with others.
    """
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
    counts[:, Count.LABEL] = found.label
    if alone is not None:  # surer than a repeated line, on which the weight was learned
        counts[:, Count.LABEL] += HEADING_LABELS * np.array(alone)
    counts[:, Count.PARAGRAPH] = opens
    counts[:, Count.PARTS] = found.parts
    before = np.zeros((len(texts) + 1, len(Count)))
    np.cumsum(counts, axis=0, out=before[1:])
    none: Keys = ((),) * len(texts)
    return Side(runs, found, clauses, none, none, counts, before, has_paragraphs)


class Runs:
    """Runs of 1, 2, … `longest` sentences that end at the nodes of some stretches of a side.

    Arrays have the run's length less one as first index, its end as second: the nodes of all
    stretches, one after another. Those over *wide* stretches have the node before each of them
    too, for what remains of a run without its last sentence. Where a run would begin before the
    text, its counts are those of the nearest one; the lattice never asks for such a link.
    """

    def __init__(self, of: Side, stretches: Sequence[range], longest: int) -> None:
        self.of, self.stretches, self.longest = of, stretches, longest
        self.clauses, self.has_paragraphs = of.clauses, of.has_paragraphs
        lengths = np.array([len(one) for one in stretches])
        self.first_end = np.cumsum(lengths) - lengths  # (stretches,): index of its first node
        self.ends: Ints = np.concatenate([np.arange(one.start, one.stop) for one in stretches])
        before_it = 1 + np.repeat(np.arange(len(stretches)), lengths)
        self.wide: Ints = np.arange(len(self.ends)) + before_it  # index of each in wide stretches
        last = np.clip(self.ends - 1, 0, len(of) - 1)
        self.end, self.cut, self.open = of.cues.end[last], of.cues.cut[last], of.cues.open[last]
        sizes = np.arange(1, longest + 1)[:, None]
        self._stops = np.minimum(np.broadcast_to(self.ends, (longest, len(self.ends))), len(of))
        self._starts = np.clip(self.ends - sizes, 0, len(of) - 1)
        before = of.counts_before
        held = (before[self._stops] - before[self._starts]).astype(np.float32)
        # (counts, longest, ends): of the first sentence of each run, and of the whole run
        self.first: Floats = np.moveaxis(of.counts[self._starts], -1, 0)
        self.held: Floats = np.moveaxis(held, -1, 0)

    def vectors(self, p: int) -> tuple[Floats, Ints]:
        """(runs, dim): those of stretch p that there are; (longest, wide nodes): where each is.

        A run that there is not has the place behind the last one.
        """
        runs, stretch, longest = self.of.runs, self.stretches[p], self.longest
        wide = np.arange(stretch.start - 1, stretch.stop)
        kept = np.stack([runs.kept(k, wide - k) for k in range(1, longest + 1)])
        some = [runs.take(k, wide[there] - k) for k, there in enumerate(kept, 1)]
        places = np.where(kept, np.cumsum(kept).reshape(kept.shape) - 1, kept.sum())
        return np.concatenate(some).astype(np.float32, copy=False), places

    def surroundings(self, p: int) -> Floats:
        """(dim,): mean of the sentences in stretch p and near it."""
        stretch = self.stretches[p]
        near = self.of.runs.single[max(0, stretch.start - NEAR) : stretch.stop + NEAR]
        mean: Floats = near.mean(axis=0, dtype=np.float32)
        return mean

    def sentences(self, p: int) -> slice:
        """The sentences that the runs of stretch p have."""
        stretch = self.stretches[p]
        return slice(max(0, stretch.start - self.longest), max(0, stretch.stop - 1))

    def counts(self, p: int, keys: Keys, wanted: Sequence[str]) -> Floats:
        """(longest, ends, wanted): how often each run of stretch p has these keys.

        `keys` are those of the stretch's sentences, no others than are wanted.
        """
        sums = _running(key_counts(keys, wanted))
        first, count = self.sentences(p).start, len(keys)
        some = slice(self.first_end[p], self.first_end[p] + len(self.stretches[p]))
        stops = np.minimum(self._stops[:, some] - first, count)
        starts = np.clip(self._starts[:, some] - first, 0, stops)
        return sums[stops] - sums[starts]


def _running(table: Floats) -> Floats:
    """(n + 1, width): sums of the rows before each row."""
    out = np.zeros((len(table) + 1, table.shape[1]), dtype=np.float32)
    np.cumsum(table, axis=0, out=out[1:])
    return out
