"""What the aligner asks of an encoder."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


class Encoder(Protocol):
    """Texts to vectors; sentences that mean the same are near each other in any language."""

    @property
    def id(self) -> str:
        """A name for reports and files: the same name, the same vectors."""

    def encode(self, texts: list[str]) -> Floats:
        """(n, dim) float32, rows of norm 1, in the order of the texts."""


@runtime_checkable
class RunEncoder(Protocol):
    """An encoder that knows the vectors of joined neighbours without encoding them."""

    def encode_runs(
        self, texts: Sequence[str], longest: int, done: Progress | None = None
    ) -> tuple[Floats, ...]:
        """Vectors of all runs of 1, 2, … `longest` texts; see `runs.encode_runs`."""


class Progress(Protocol):
    """Called with the number of texts that have been encoded since the last call."""

    def __call__(self, texts: int, /) -> None: ...
