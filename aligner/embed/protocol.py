"""What the aligner asks of an encoder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.integer[Any]]
Vectors = npt.NDArray[np.floating[Any]]
"""Of whatever precision is kept."""


Cut = Callable[[str], Sequence[str]]
"""The parts of a text, one or more; joined by spaces they are the text."""


def whole(text: str) -> Sequence[str]:
    """A text as its only part."""
    return (text,)


class Encoder(Protocol):
    """Texts to vectors; sentences that mean the same are near each other in any language."""

    @property
    def id(self) -> str:
        """A name for reports and files: the same name, the same vectors."""

    def encode(self, texts: list[str]) -> Floats:
        """(n, dim) float32, rows of norm 1, in the order of the texts."""


class Progress(Protocol):
    """Called with the number of texts that have been encoded since the last call."""

    def __call__(self, texts: int, /) -> None: ...


class Pool(Protocol):
    """Encoded texts that also know the vectors of runs of neighbours, as if joined."""

    @property
    def single(self) -> Vectors:
        """(n, dim): vectors of the texts, rows of norm 1."""

    def runs(self, k: int, firsts: Ints) -> Vectors:
        """(runs, dim): vectors of the runs of k texts that begin with these; rows of norm 1."""

    def parts(self, places: Ints) -> Vectors:
        """(parts, dim): vectors of all parts of the texts at these places, in order."""


@runtime_checkable
class PoolingEncoder(Protocol):
    """An encoder that knows vectors of joined neighbours and of parts without encoding anew."""

    def pool(self, texts: Sequence[str], done: Progress | None = None, cut: Cut = whole) -> Pool:
        """The texts, encoded; what runs need in addition is worked out when they are asked for."""
