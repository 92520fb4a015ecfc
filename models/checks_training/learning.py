"""From pairs to the features of the checks, to weights, and to what these are worth.

The features are those that the product counts, by its own code.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from scipy.stats import spearmanr

from aligner.checks import estimate, parts
from aligner.checks.check import Case
from aligner.checks.gathering import Look, first_looks, gains_of, gap_features
from aligner.checks.model import Model, weighed
from aligner.embed.loading import load_encoder
from aligner.embed.runs import encode_all
from models.checks_training.cutting import cut
from models.checks_training.data import Example, clean_pairs, scored_pairs
from models.checks_training.fitting import Features, logistic, ranked

KEPT = 0.96  # of the gaps in the data that the first look must let through; more would cost minutes
IMPORTANCE = {"da ru-en": 3.0, "mqm en-ru": 1.0, "mqm ru-en": 1.0}  # DA is of whole texts' kinds
PER_SET = 300  # pairs of a set that are cut
FALSE_ALARMS = (0.002, 0.005, 0.01, 0.02)


@dataclass(frozen=True, slots=True)
class Sample:
    """One side of a pair: whether the other side lacks something, and what speaks for it."""

    example: Example
    lacks: bool
    closer: Features  # without what leaving parts out brings
    whole: Features


def built(shared: Path) -> Model:
    """The model of what is not held out."""
    samples = list(samples_of(_some(clean_pairs(shared), held_out=False)))
    lacks = [one.lacks for one in samples]
    closer = logistic([one.closer for one in samples], lacks)
    firsts = sorted(weighed(closer, one.closer) for one in samples if one.lacks)
    return Model(
        closer=closer,
        gap=logistic([one.whole for one in samples], lacks),
        quality=_quality(shared),
        look_closer=round(firsts[int((1 - KEPT) * len(firsts))], 2),
    )


def _some(examples: Sequence[Example], held_out: bool) -> list[Example]:
    """Up to `PER_SET` of each set, spread evenly over it."""
    found: list[Example] = []
    for name in dict.fromkeys(one.set for one in examples):
        of_set = [one for one in examples if one.set == name and one.held_out == held_out]
        found += of_set[:: max(1, -(-len(of_set) // PER_SET))]
    return found


def samples_of(examples: Sequence[Example]) -> Iterator[Sample]:
    """Each pair and, of each of its sides, a copy with a part cut out of the other one."""
    rows: list[tuple[Example, int | None]] = [(one, None) for one in examples]
    for one in examples:
        for side, text in enumerate((one.tgt, one.src)):
            shorter = cut(text)
            if shorter is not None:
                changed = replace(one, tgt=shorter) if side == 0 else replace(one, src=shorter)
                rows.append((changed, side))
    looks = {look.case.index: look for look in _looks([example for example, _ in rows])}
    sides = {
        (at, side): parts.parts(text)
        for at, (example, lacking) in enumerate(rows)
        for side, text in enumerate((example.src, example.tgt))
        if lacking in (None, side)
    }
    gains = gains_of(looks, sides, _encode)
    for (at, side), found in gains.items():
        example, lacking = rows[at]
        first = gap_features(looks[at], side, {})
        whole = gap_features(looks[at], side, found)
        closer = {name: first[name] for name in first if name not in ("gain", "part_lacking")}
        yield Sample(example, lacking == side, closer, whole)


def _quality(shared: Path) -> dict[str, float]:
    examples = [one for one in scored_pairs(shared) if not one.held_out]
    rows = quality_features(examples)
    sets = {}
    for name in IMPORTANCE:
        of_set = [at for at, one in enumerate(examples) if one.set == name]
        sets[name] = [rows[at] for at in of_set], [examples[at].score for at in of_set]
    return ranked(sets, IMPORTANCE)


def quality_features(examples: Sequence[Example]) -> list[Features]:
    """What the estimate of quality is made of, for each pair."""
    return [
        estimate.features((look.case.src, look.case.tgt), look.words, look.similarity, look.ratio)
        for look in _looks(examples)
    ]


def _looks(examples: Sequence[Example]) -> Iterator[Look]:
    cases = [
        Case(at, one.src, one.tgt, one.src_lang, one.tgt_lang) for at, one in enumerate(examples)
    ]
    return first_looks(cases, _encode)


def _encode(texts: list[str]) -> np.ndarray:
    return encode_all(_ENCODER, texts)


_ENCODER = load_encoder(None)


def report(shared: Path, model: Model) -> Iterator[str]:
    """What the model is worth on what was held out, in words."""
    yield "gaps: share of cut parts found at a given share of false alarms"
    samples = list(samples_of(_some(clean_pairs(shared), held_out=True)))
    for name in dict.fromkeys(one.example.set for one in samples):
        yield _gap_line(name, [one for one in samples if one.example.set == name], model)
    yield "quality: Spearman correlation with human scores"
    examples = [one for one in scored_pairs(shared) if one.held_out]
    rows = quality_features(examples)
    for name in IMPORTANCE:
        of_set = [at for at, one in enumerate(examples) if one.set == name]
        yield _quality_line(
            name, [examples[at] for at in of_set], [rows[at] for at in of_set], model
        )


def _gap_line(name: str, samples: Sequence[Sample], model: Model) -> str:
    values = {
        lacks: np.array(
            [
                weighed(model.gap, one.whole)
                if model.first_look(one.closer) > model.look_closer
                else -99.0
                for one in samples
                if one.lacks == lacks
            ]
        )
        for lacks in (True, False)
    }
    clean = np.sort(values[False])[::-1]
    cells = []
    for share in FALSE_ALARMS:
        limit = clean[int(share * len(clean))]
        found, probability = np.mean(values[True] > limit), 1 / (1 + np.exp(-limit))
        cells.append(f"{share:.1%}: {found:.3f} (above {probability:.2f})")
    head = f"{len(clean)} clean, {len(values[True])} cut, closer look at {np.mean(clean > -99):.0%}"
    return f"  {name:10} {head}  {'  '.join(cells)}"


def _quality_line(
    name: str, examples: Sequence[Example], rows: Sequence[Features], model: Model
) -> str:
    scores = [one.score for one in examples]
    ours = spearmanr([weighed(model.quality, row) for row in rows], scores)[0]
    cosine = spearmanr([row["similarity"] for row in rows], scores)[0]
    lengths = [-abs(np.log((len(one.tgt) + 1) / (len(one.src) + 1))) for one in examples]
    length = spearmanr(lengths, scores)[0]
    others = f"cosine {cosine:.3f}, length ratio {length:.3f}"
    return f"  {name:10} {len(rows)} pairs: ours {ours:.3f}, {others}"
