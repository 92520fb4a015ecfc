"""What the aligner asks of an encoder."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.integer[Any]]


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
    def single(self) -> Floats:
        """(n, dim): vectors of the texts, rows of norm 1."""

    def runs(self, k: int, firsts: Ints) -> Floats:
        """(runs, dim): vectors of the runs of k texts that begin with these; rows of norm 1."""


@runtime_checkable
class PoolingEncoder(Protocol):
    """An encoder that finds vectors of joined neighbours without encoding them anew."""

    def pool(self, texts: Sequence[str], done: Progress | None = None) -> Pool:
        """The texts, encoded; what runs need in addition is worked out when they are asked for."""
