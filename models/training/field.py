"""The conditional random field as a function of its weights, with its gradient.

The model is a semi-Markov CRF (Sarawagi & Cohen 2004): the log-probability of the gold
alignment is its score minus the logarithm of the sum over all alignments in the band,
and its gradient the difference of expected feature counts under the gold and under
the model, both by forward-backward. Scores, band and search are the product's own.

A gold row of several sentences on both sides says only that these belong together, so
it is marginalised: every way to tile the row counts as right (a CRF with partly
observed labels, Tsuboi et al. 2008). Rows of a kind that the lattice does not have are
treated likewise.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import cast

import numpy as np
import numpy.typing as npt

from aligner.alignment import linking
from aligner.alignment.anchors import anchors, band_around
from aligner.alignment.features import FEATURES
from aligner.alignment.habits import counted, to_habits
from aligner.alignment.lattice import FORBIDDEN, Band, Kind, Lattice
from aligner.alignment.linking import Segments
from aligner.alignment.links import best_links
from aligner.alignment.model import Model
from aligner.alignment.reopening import reopened
from aligner.alignment.scoring import (
    BestLikeness,
    Prepared,
    blocks,
    kinds_up_to,
    possible,
    skip_evidence,
)
from aligner.alignment.search import Posterior, posterior
from aligner.alignment.sides import Side
from aligner.embed.use import UseEncoder
from aligner.linkfiles import IndexLink
from aligner.pipeline import vectors
from aligner.settings import DEFAULT_SIZE, SEARCHED_SIZE
from models.training.gold import GoldDocument

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

KINDS = kinds_up_to(SEARCHED_SIZE)


def kind_name(kind: Kind) -> str:
    """The name of a kind's weight, either way round."""
    low, high = sorted(kind)
    return f"{low}-{high}"


FEATURE_NAMES = tuple(feature.__name__ for feature in FEATURES)
KIND_NAMES = tuple(sorted({kind_name(kind) for kind in KINDS}))
OPENING = "skip_opening"
SKIP_NAMES = tuple(
    field.name
    for field in fields(Model)
    if field.name.startswith("skip") and field.name != OPENING  # as columns of skip_evidence
)
NAMES = (*FEATURE_NAMES, *KIND_NAMES, *SKIP_NAMES, OPENING)
"""What each weight is called, in the order of every weight vector here."""

_FEATURES = slice(0, len(FEATURE_NAMES))
_KINDS = slice(_FEATURES.stop, _FEATURES.stop + len(KIND_NAMES))
_SKIPS = slice(_KINDS.stop, _KINDS.stop + len(SKIP_NAMES))
_KIND_INDEX = np.array([KIND_NAMES.index(kind_name(kind)) for kind in KINDS])


@dataclass(frozen=True, slots=True)
class Allowed:
    """The steps that an alignment in agreement with the gold may take."""

    links: Bools  # (kinds, nodes)
    skip_src: Bools  # (n + 1,)
    skip_tgt: Bools  # (m + 1,)


@dataclass(frozen=True, slots=True)
class Example:
    """A gold document with all that does not depend on the weights."""

    gold: GoldDocument
    ready: Prepared
    features: npt.NDArray[np.float32]  # (kinds, nodes, features)
    possible: Bools  # (kinds, nodes): the link does not begin before the texts do
    skips_src: Floats  # (n, skip weights)
    skips_tgt: Floats  # (m, skip weights)
    allowed: Allowed


@dataclass(frozen=True, slots=True)
class Loss:
    """Minus the log-probability of one document's gold, and its gradient."""

    value: float
    gradient: Floats  # (weights,)


def prepared(gold: GoldDocument, encoder: UseEncoder) -> Example:
    """The document with band and features, as the product would compute them."""
    src, tgt = (
        Segments(texts, vectors(encoder, texts), numbers)
        for texts, numbers in zip(
            (gold.src, gold.tgt), gold.paragraphs or (None, None), strict=True
        )
    )
    size = (len(gold.src), len(gold.tgt))
    ready = linking.prepared(src, tgt, DEFAULT_SIZE)
    steps = allowed(gold.links, ready.band, size)
    if not _passable(steps, ready.band, gold.links):  # the gold is right, not the certain path
        wide = band_around(anchors(src.source.single, tgt.source.single), size)
        ready = linking.prepared(src, tgt, DEFAULT_SIZE, wide)
        steps = allowed(gold.links, ready.band, size)
    features = np.zeros((len(KINDS), ready.band.nodes, len(FEATURES)), dtype=np.float32)
    best = BestLikeness(*size)
    for block in blocks(ready.src, ready.tgt, ready.band, ready.scale, KINDS):
        best.see(block.nodes)
        for k, feature in enumerate(FEATURES):
            features[:, block.places, k] = feature(block.nodes)
    return Example(
        gold,
        ready,
        features,
        possible(ready.band, KINDS),
        _skips(best.src, ready.src),
        _skips(best.tgt, ready.tgt),
        steps,
    )


def _passable(steps: Allowed, band: Band, links: tuple[IndexLink, ...]) -> bool:
    """Whether the band has a path that agrees with the gold."""
    i = j = 0
    exact = possible(band, KINDS) & steps.links
    for src, tgt in links:
        i, j = i + len(src), j + len(tgt)
        node = band.node(i, j)
        if node is None:
            return False
        one = min(len(src), len(tgt)) == 1 and (len(src), len(tgt)) in KINDS
        if one and not exact[KINDS.index((len(src), len(tgt))), node]:
            return False
    return True


def _skips(best: npt.NDArray[np.float32], of: Side) -> Floats:
    return skip_evidence(best, of).astype(np.float64)


def allowed(links: tuple[IndexLink, ...], band: Band, size: tuple[int, int]) -> Allowed:
    """The steps inside the gold's rows; a gold link outside the band cannot be taken."""
    steps = Allowed(
        np.zeros((len(KINDS), band.nodes), dtype=bool),
        np.zeros(size[0] + 1, dtype=bool),
        np.zeros(size[1] + 1, dtype=bool),
    )
    i = j = 0
    for src, tgt in links:
        here, there = (i, j), (i + len(src), j + len(tgt))
        if kind_name((len(src), len(tgt))) in KIND_NAMES and not (len(src) > 1 and len(tgt) > 1):
            inside = [(KINDS.index((len(src), len(tgt))), band.node(*there))]
        else:
            inside = list(_inside(band, here, there))
            steps.skip_src[i + 1 : there[0] + 1] = True
            steps.skip_tgt[j + 1 : there[1] + 1] = True
        for k, node in inside:
            if node is not None:
                steps.links[k, node] = True
        i, j = there
    return steps


def _inside(
    band: Band, here: tuple[int, int], there: tuple[int, int]
) -> Iterator[tuple[int, int | None]]:
    """Kind and end node of every link inside a row; none where a side is empty."""
    for k, (a, b) in enumerate(KINDS):
        for i in range(here[0] + a, there[0] + 1):
            for j in range(here[1] + b, there[1] + 1):
                yield k, band.node(i, j)


def lattice_of(example: Example, weights: Floats) -> Lattice:
    """The lattice that the weights give; in double precision, so that the search for the
    best weights sees a smooth function."""
    scores = example.features.astype(np.float64) @ weights[_FEATURES]
    scores += weights[_KINDS][_KIND_INDEX][:, None]
    scores[~example.possible] = -np.inf
    return Lattice(
        example.ready.band,
        KINDS,
        cast(npt.NDArray[np.float32], scores),
        np.concatenate([[0.0], example.skips_src @ weights[_SKIPS]]),
        np.concatenate([[0.0], example.skips_tgt @ weights[_SKIPS]]),
        float(weights[-1]),
    )


def only_gold(lattice: Lattice, steps: Allowed) -> Lattice:
    """The lattice with all steps forbidden that the gold does not allow."""
    return Lattice(
        lattice.band,
        lattice.kinds,
        np.where(steps.links, lattice.scores, -np.inf),
        np.where(steps.skip_src, lattice.skip_src, FORBIDDEN),
        np.where(steps.skip_tgt, lattice.skip_tgt, FORBIDDEN),
        lattice.opening,
    )


def loss(example: Example, weights: Floats) -> Loss:
    """How improbable the weights find the gold, and in which direction they get worse."""
    lattice = lattice_of(example, weights)
    model, gold = posterior(lattice), posterior(only_gold(lattice, example.allowed))
    return Loss(model.log_total - gold.log_total, surplus(example, model, gold))


def surplus(example: Example, model: Posterior, gold: Posterior) -> Floats:
    """(weights,): of each weight's evidence, how much more the model expects than the gold."""
    links = model.links.astype(np.float64) - gold.links
    src, tgt = model.skip_src - gold.skip_src, model.skip_tgt - gold.skip_tgt
    counts = np.zeros(len(NAMES))
    counts[_FEATURES] = np.tensordot(links, example.features.astype(np.float64), 2)
    np.add.at(counts[_KINDS], _KIND_INDEX, links.sum(axis=1))
    counts[_SKIPS] = src[1:] @ example.skips_src + tgt[1:] @ example.skips_tgt
    counts[-1] = model.openings - gold.openings
    return counts


@dataclass(frozen=True, slots=True)
class Found:
    """What the weights make of one document."""

    links: tuple[IndexLink, ...]
    probabilities: tuple[float, ...]  # of each link


def left_out(example: Example, weights: Floats) -> tuple[float, float]:
    """Runs of sentences left out and links that the weights find, as `habits` counts them."""
    return counted(posterior(lattice_of(example, weights)))


def found(example: Example, learned: Floats) -> Found:
    """The links with their probabilities, as the product would find them.

    `learned` has the usual share of runs left out behind the weights.
    """
    weights, usual = learned[:-1], float(learned[-1])
    ready = example.ready
    plan, chances = to_habits(lattice_of(example, weights), usual)
    first = best_links(plan, chances, (ready.src, ready.tgt))
    links = reopened(first, ready, plan.lattice, model_of(learned, ""), DEFAULT_SIZE)
    return Found(
        tuple((tuple(link.src), tuple(link.tgt)) for link in links),
        tuple(link.probability for link in links),
    )


def model_of(learned: Floats, version: str) -> Model:
    """Weights and usual share as the product's record, rounded to what is worth keeping."""
    values = dict(zip(NAMES, (round(float(weight), 3) for weight in learned[:-1]), strict=True))
    return Model(
        features={name: values[name] for name in FEATURE_NAMES},
        kinds={name: values[name] for name in KIND_NAMES},
        left_out=round(float(learned[-1]), 5),
        version=version,
        **{name: values[name] for name in (*SKIP_NAMES, OPENING)},
    )
