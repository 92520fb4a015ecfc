"""From the texts of all pairs and an encoder's vectors to `PairEvidence`.

In three steps, so that the dear one is rare: sentences and single words are encoded for all
pairs; then a first look by length and words tells which pairs may lack something; only of
those are the texts without each of their parts encoded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from aligner.checks import estimate, parts
from aligner.checks.check import Case
from aligner.checks.coverage import Floats, Words, covered, words_of
from aligner.checks.evidence import Gap, PairEvidence, Word
from aligner.checks.model import Model
from aligner.checks.parts import Side
from aligner.records import Span

Encode = Callable[[list[str]], Floats]
"""Texts to vectors, (n, dim), rows of norm 1."""


@dataclass(frozen=True, slots=True)
class Look:
    """A pair after the first step."""

    case: Case
    words: tuple[tuple[Word, ...], tuple[Word, ...]]
    vectors: tuple[Floats, Floats]  # (dim,) of source and target

    @property
    def similarity(self) -> float:
        return float(self.vectors[0] @ self.vectors[1])

    @property
    def ratio(self) -> float:
        """Log of the target's length over what the source lets expect."""
        ratio = parts.log_ratio(self.case.en, self.case.ru)
        return ratio if self.case.tgt_lang == "ru" else -ratio


def gathered(cases: Sequence[Case], encode: Encode, model: Model) -> list[PairEvidence]:
    """What is known of each pair, in order; nothing of pairs with an empty side."""
    looks = {look.case.index: look for look in first_looks(cases, encode)}
    wanted = {
        (index, side): parts.parts(text)
        for index, look in looks.items()
        for side, text in enumerate((look.case.src, look.case.tgt))
        if may_lack(look, side, model)
    }
    gains = gains_of(looks, wanted, encode)
    return [
        _evidence(looks[case.index], gains, model) if case.index in looks else PairEvidence()
        for case in cases
    ]


def first_looks(cases: Sequence[Case], encode: Encode) -> Iterator[Look]:
    """The pairs with text on both sides, with their vectors and the cover of their words."""
    full = [case for case in cases if case.src.strip() and case.tgt.strip()]
    texts = {text: None for case in full for text in (case.src, case.tgt)}
    vectors = dict(zip(texts, encode(list(texts)), strict=True)) if texts else {}
    sides = {
        (text, lang): words_of(text, lang)
        for case in full
        for text, lang in ((case.src, case.src_lang), (case.tgt, case.tgt_lang))
    }
    single = list(dict.fromkeys(word for side in sides.values() for word in side.words))
    place = {word: at for at, word in enumerate(single)}
    table = encode(single) if single else np.zeros((0, 1), dtype=np.float32)
    for case in full:
        src, tgt = sides[case.src, case.src_lang], sides[case.tgt, case.tgt_lang]
        words = covered(src, tgt, (_rows(table, place, src), _rows(table, place, tgt)))
        yield Look(case, words, (vectors[case.src], vectors[case.tgt]))


def _rows(table: Floats, place: dict[str, int], side: Words) -> Floats:
    return table[[place[word] for word in side.words]]


def may_lack(look: Look, side: int, model: Model) -> bool:
    """Whether it is worth looking closer for a part of this side that the other one lacks."""
    found = gap_features(look, side, {})
    return model.first_look(found) > model.look_closer


def gap_features(look: Look, side: int, gains: dict[Span, float]) -> dict[str, float]:
    """What speaks for a part of `side` (0 source, 1 target) missing on the other."""
    return parts.features(
        _side(look, side, gains), _side(look, 1 - side, {}), look.similarity, _ratio(look, side)
    )


def _ratio(look: Look, side: int) -> float:
    return look.ratio if side == 0 else -look.ratio


def _side(look: Look, side: int, gains: dict[Span, float]) -> Side:
    return Side((look.case.src, look.case.tgt)[side], look.words[side], gains)


Gains = dict[tuple[int, int], dict[Span, float]]
"""By pair and side: what leaving out each part adds to the similarity."""


def gains_of(
    looks: dict[int, Look], wanted: dict[tuple[int, int], list[Span]], encode: Encode
) -> Gains:
    """Encodes the texts without each of their parts and compares with the other side."""
    shorter = {
        (index, side, part): parts.without(_side(looks[index], side, {}).text, part)
        for (index, side), found in wanted.items()
        for part in found
    }
    texts = list(dict.fromkeys(shorter.values()))
    vectors = dict(zip(texts, encode(texts), strict=True)) if texts else {}
    gains: Gains = {key: {} for key in wanted}
    for (index, side, part), text in shorter.items():
        look = looks[index]
        gain = float(vectors[text] @ look.vectors[1 - side]) - look.similarity
        gains[index, side][part] = gain
    return gains


def _evidence(look: Look, gains: Gains, model: Model) -> PairEvidence:
    counted = estimate.features(
        (look.case.src, look.case.tgt), look.words, look.similarity, look.ratio
    )
    return PairEvidence(
        look.similarity,
        look.words[0],
        look.words[1],
        _gap(look, 0, gains, model),
        _gap(look, 1, gains, model),
        model.quality_of(counted),
    )


def _gap(look: Look, side: int, gains: Gains, model: Model) -> Gap | None:
    if not gains.get((look.case.index, side)):
        return None
    here = _side(look, side, gains[look.case.index, side])
    part = parts.likeliest(here)
    probability = model.gap_probability(gap_features(look, side, dict(here.parts)))
    return None if part is None else Gap(part, probability)
