"""How much of what one run says the other run says too, word by word.

The encoder also knows single words across languages: "knee" and «коленях» have a
cosine of 0.85, two unrelated words 0.28 on average. A sentence is *covered* by a run of
the other side as far as its words have a counterpart there. A sentence that was left
out in the translation shows in its coverage even where it is about the same thing as
its neighbours, and so does one that was joined to a link it does not belong to.

Nothing is looked up: the dictionary is the encoder's own, made anew for each pair of
texts from the words in them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.floating[Any]]
Ints = npt.NDArray[np.int64]

WORD = re.compile(r"[^\W\d_]{3,}")
STEM = 7  # letters; forms that agree in so many are one word («министром», «министерство»)
WHOLE_WORD = 8.0  # letters from which a word has its full weight
CLAUSE_END = re.compile(r"(?<=[,;:.!?…)])\s+|\s+(?=[—–(-])")
CLAUSE = 12  # characters, at least
WHOLE_CLAUSE = 60.0  # characters from which a clause has its full weight
UNLIKE, ALIKE = 1.5, 5.5  # standard deviations above unrelated words: no counterpart, a sure one
NORMAL = 1.4826  # standard deviation over median deviation, of a normal distribution
PRIOR = 0.3  # coverage that a run without words is taken to have,
PRIOR_WEIGHT = 0.5  # and how many words that counts for


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The different words of one side, and which of them stand in each sentence."""

    words: list[str]  # the first form of each
    ids: tuple[Ints, ...]  # of each sentence, in order, repeated where the word is
    weights: Floats  # (words,): rare and long words say more, 0 to 1


@dataclass(frozen=True, slots=True)
class Words:
    """A vocabulary with its vectors."""

    ids: tuple[Ints, ...]
    weights: Floats  # (words,)
    vectors: Floats  # (words, dim), norm 1


@dataclass(frozen=True, slots=True)
class WordScale:
    """Cosines of words that have nothing to do with each other."""

    middle: float  # their median
    spread: float  # their standard deviation, from the median deviation: the few words that do
    # have to do with each other must not count


def vocabulary(texts: Sequence[str], wanted: npt.NDArray[np.bool_]) -> Vocabulary:
    """The words of three letters or more in the sentences that are `wanted`, (n,).

    The others have none. Weights are inverse document frequencies over all sentences.
    """
    stems = [[word[:STEM] for word in map(str.lower, WORD.findall(text))] for text in texts]
    sentences = Counter(stem for row in stems for stem in set(row))
    index: dict[str, int] = {}
    words: list[str] = []
    ids = []
    for text, row, want in zip(texts, stems, wanted.tolist(), strict=True):
        for stem, word in zip(row, WORD.findall(text), strict=True) if want else ():
            if index.setdefault(stem, len(words)) == len(words):
                words.append(word.lower())
        ids.append(np.array([index[stem] for stem in row] if want else [], dtype=np.int64))
    count = len(texts)
    rarity = [np.log((count + 1) / (sentences[stem] + 0.5)) / np.log(count + 2) for stem in index]
    size = [min(len(word), WHOLE_WORD) / WHOLE_WORD for word in words]
    weights = np.array(rarity, dtype=np.float32) * np.array(size, dtype=np.float32)
    return Vocabulary(words, tuple(ids), weights)


def clauses(texts: Sequence[str], wanted: npt.NDArray[np.bool_]) -> Vocabulary:
    """The clauses of the sentences that are `wanted`, (n,), in the place of words.

    A clause is what stands between two marks; a short one goes with the one before.
    """
    parts: list[str] = []
    ids = []
    for text, want in zip(texts, wanted.tolist(), strict=True):
        first = len(parts)
        for part in CLAUSE_END.split(text) if want else ():
            if len(parts) > first and min(len(part), len(parts[-1])) < CLAUSE:
                parts[-1] += " " + part
            else:
                parts.append(part)
        ids.append(np.arange(first, len(parts), dtype=np.int64))
    weights = [min(len(part), WHOLE_CLAUSE) / WHOLE_CLAUSE for part in parts]
    return Vocabulary(parts, tuple(ids), np.array(weights, dtype=np.float32))


def word_scale(src: Words, tgt: Words) -> WordScale:
    """Measured on some hundred words of each side."""
    some = [side.vectors[:: max(1, len(side.vectors) // 256)] for side in (src, tgt)]
    if not (len(some[0]) and len(some[1])):
        return WordScale(0.0, 1.0)
    cosines = some[0] @ some[1].T
    middle = float(np.median(cosines))
    deviation = float(np.median(np.abs(cosines - middle)))
    return WordScale(middle, max(NORMAL * deviation, 1e-3))


class Coverage:
    """Coverage of the runs of a rectangle of the lattice: arrays (kinds, rows, columns)."""

    def __init__(
        self,
        src: Words,
        tgt: Words,
        ends: tuple[Ints, Ints],
        kinds: Sequence[tuple[int, int]],
        scale: WordScale,
    ) -> None:
        longest = max(map(max, kinds))
        here = _Sentences(src, ends[0], longest), _Sentences(tgt, ends[1], longest)
        alike = _alike(here[0], here[1], scale)
        of_src = _OneWay(here[0], here[1], alike, longest)
        of_tgt = _OneWay(here[1], here[0], np.ascontiguousarray(alike.T), longest)
        both = [(*of_src.runs(a, b), *of_tgt.runs(b, a)) for a, b in kinds]
        self.src = np.stack([src for src, _, _, _ in both])  # of each source run by its target run
        self.tgt = np.stack([tgt.T for _, _, tgt, _ in both])  # of each target run by its source
        self.least = np.stack(  # of the sentence of both runs that is covered least
            [np.minimum(src_least, tgt_least.T) for _, src_least, _, tgt_least in both]
        )


class _Sentences:
    """The sentences that runs ending at some nodes can have, and their words."""

    def __init__(self, words: Words, ends: Ints, longest: int) -> None:
        self.words, self.ends = words, ends
        size = len(words.ids)
        first, stop = max(0, int(ends[0]) - longest), min(size, int(ends[-1]))
        rows = words.ids[first:stop] or (np.empty(0, dtype=np.int64),)
        self._first, self.count = first, len(rows)
        self.lengths = np.array([len(row) for row in rows], dtype=np.int64)
        self.ids = np.concatenate(rows)

    def behind(self, k: int) -> Ints:
        """The sentence k places before each node, counted from the first one here."""
        return np.clip(self.ends - k - self._first, 0, self.count - 1)

    def starts(self) -> tuple[Ints, npt.NDArray[np.bool_]]:
        """Where the words of each sentence that has some begin; which sentences have some."""
        some = self.lengths > 0
        return (np.cumsum(self.lengths) - self.lengths)[some], some


def _alike(src: _Sentences, tgt: _Sentences, scale: WordScale) -> Floats:
    """(source words, target words), 0 to 1: that one is a counterpart of the other."""
    rows, row_of = np.unique(src.ids, return_inverse=True)
    columns, column_of = np.unique(tgt.ids, return_inverse=True)
    vectors = src.words.vectors[rows].astype("f4"), tgt.words.vectors[columns].astype("f4")
    cosines = vectors[0] @ vectors[1].T
    cosines -= scale.middle + UNLIKE * scale.spread
    cosines /= (ALIKE - UNLIKE) * scale.spread
    np.clip(cosines, 0.0, 1.0, out=cosines)
    return cosines[row_of][:, column_of]


class _OneWay:
    """How much of one side's sentences the runs of the other side cover."""

    def __init__(self, of: _Sentences, by: _Sentences, alike: Floats, longest: int) -> None:
        self._of = of
        weights = of.words.weights[of.ids][:, None]
        self._weights = _summed(weights, of)[:, 0]
        by_sentence = _highest(alike, by)  # (words of this side, sentences of the other)
        best = by_sentence[:, by.behind(1)]
        self._found = []  # for each length of the other side's run: (sentences, its ends)
        for k in range(1, longest + 1):
            best = best if k == 1 else np.maximum(best, by_sentence[:, by.behind(k)])
            self._found.append(_summed(best * weights, of))

    def runs(self, size: int, by: int) -> tuple[Floats, Floats]:
        """(ends of this side, ends of the other): coverage of runs of `size` by runs of `by`.

        The second array has that of the run's sentence that is covered least.
        """
        found, weight = self._found[by - 1], self._weights
        shares = _share(found, weight)
        places = [self._of.behind(k) for k in range(1, size + 1)]
        if size == 1:
            return shares[places[0]], shares[places[0]]
        whole = sum(found[place] for place in places)
        total = sum(weight[place] for place in places)
        return _share(whole, total), np.minimum.reduce([shares[place] for place in places])


def _share(found: Any, weight: Any) -> Floats:  # noqa: ANN401 (sums of arrays)
    return (found + PRIOR * PRIOR_WEIGHT) / (weight[:, None] + PRIOR_WEIGHT)


def _highest(alike: Floats, by: _Sentences) -> Floats:
    """(words, sentences): highest value among the columns of each sentence's words."""
    out = np.zeros((len(alike), by.count), dtype=np.float32)
    starts, some = by.starts()
    if len(alike) and len(starts):
        out[:, some] = np.maximum.reduceat(alike, starts, axis=1)
    return out


def _summed(rows: Floats, of: _Sentences) -> Floats:
    """(sentences, columns): sums over the rows of each sentence's words."""
    out = np.zeros((of.count, rows.shape[1]), dtype=np.float32)
    starts, some = of.starts()
    if len(starts):
        out[some] = np.add.reduceat(rows, starts, axis=0)
    return out
