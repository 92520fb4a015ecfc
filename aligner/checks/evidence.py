"""What vectors say about pairs: similarity, and which words have a counterpart.

The composer makes it from an encoder's vectors; checks only read it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aligner.records import Span


@dataclass(frozen=True, slots=True)
class Word:
    """A word of one side, and how far the other side has a counterpart of it, 0 to 1."""

    span: Span
    covered: float
    weight: float  # rare and long words say more


@dataclass(frozen=True, slots=True)
class PairEvidence:
    """What is known of one pair."""

    similarity: float  # cosine of the two texts
    src: tuple[Word, ...] = ()
    tgt: tuple[Word, ...] = ()


Evidence = Sequence[PairEvidence]
"""That of all pairs, by index."""
