"""What vectors say about pairs: similarity, words without a counterpart, parts left out.

The composer makes it (`gathering`) with the built-in encoder; checks only read it. It is
always that encoder's, whatever aligned the texts, since thresholds and weights are learned
on its vectors.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aligner.records import Span


@dataclass(frozen=True, slots=True)
class Word:
    """A word of one side, and how far the other side has a counterpart of it."""

    span: Span  # characters
    covered: float  # 0 to 1
    partner: int  # index of the other side's nearest word; -1 where it has none
    weight: float  # long words say more, common ones little


@dataclass(frozen=True, slots=True)
class Gap:
    """A part of one side that the other side seems to lack."""

    span: Span  # characters
    probability: float  # that something is missing at all


@dataclass(frozen=True, slots=True)
class PairEvidence:
    """What is known of one pair; a pair with an empty side has nothing."""

    similarity: float = 0.0  # cosine of the two texts
    src: tuple[Word, ...] = ()
    tgt: tuple[Word, ...] = ()
    omitted: Gap | None = None  # of the source, not in the target
    added: Gap | None = None  # of the target, not in the source
    quality: float = 0.0  # an estimate of a human score, 0 to 1


Evidence = Sequence[PairEvidence]
"""That of all pairs, by index."""
