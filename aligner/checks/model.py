"""The learned weights of the checks: gaps inside pairs, and the estimate of quality.

A JSON file in `models/`, made by the script beside it; its card (models/README.md) says
from which data and how good it is.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from aligner.errors import ModelError

FILE = "checks.json"

Weights = Mapping[str, float]
"""By the name of a feature; "bias" stands for 1."""


@dataclass(frozen=True, slots=True)
class Model:
    """Weights by feature; see `parts.features` and `estimate.features`."""

    closer: Weights  # of a gap, before parts have been left out: whether to look closer
    gap: Weights  # of a gap, with what leaving parts out brings
    quality: Weights
    look_closer: float  # from this sum of `closer` on

    def first_look(self, features: Mapping[str, float]) -> float:
        """The higher, the more it is worth a closer look."""
        return weighed(self.closer, features)

    def gap_probability(self, features: Mapping[str, float]) -> float:
        """That something is missing."""
        return 1 / (1 + math.exp(-max(-60.0, weighed(self.gap, features))))

    def quality_of(self, features: Mapping[str, float]) -> float:
        """The estimate of quality, 0 to 1."""
        return min(1.0, max(0.0, weighed(self.quality, features)))


def weighed(weights: Weights, features: Mapping[str, float]) -> float:
    """The sum of the weighted features that have a weight."""
    return weights["bias"] + sum(
        weight * features[name] for name, weight in weights.items() if name != "bias"
    )


def load_model() -> Model:
    """The model that comes with the product."""
    path = _folder() / FILE
    try:
        data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return Model(**data)
    except (OSError, ValueError, TypeError) as error:
        raise ModelError(f"{path}: no usable model ({error}); reinstall aligner") from error


def _folder() -> Any:  # noqa: ANN401 (a Path, or a Traversable of importlib)
    """`models/`: package data when installed, the folder beside the package in a checkout."""
    beside = Path(__file__).parents[2] / "models"
    return beside if (beside / FILE).is_file() else resources.files("aligner.models")
