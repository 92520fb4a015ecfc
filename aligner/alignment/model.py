"""The learned weights: what each piece of evidence is worth.

A model is a JSON file in `models/`, made from hand-linked texts by the script beside
it; its card (models/README.md) says from which, and how well it does.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from aligner.alignment.features import FEATURES
from aligner.alignment.lattice import Kind
from aligner.errors import ModelError

FILE = "links.json"


@dataclass(frozen=True, slots=True)
class Model:
    """Weights by name; the larger, the more it speaks for a link or a skip."""

    features: Mapping[str, float]  # of `features.FEATURES`, by function name
    kinds: Mapping[str, float]  # "1-2" stands for 2-1 as well
    skip: float  # for each sentence left out,
    skip_likeness: float  # times its highest likeness with a sentence in the band,
    skip_letters: float  # times its share of SKIP_LETTERS
    skip_opening: float  # once for each run of sentences left out
    left_out: float = 0.0  # share of such runs among all links and runs that is usual; 0: unknown
    version: str = ""

    def kind(self, kind: Kind) -> float:
        """The weight of a kind, either way round.

        One larger than all that were learned goes on from the largest with as many sentences
        on the smaller side, by what a sentence more is worth from 1-3 to 1-5: features say
        more against a large link than each of its sentences deserves, and these weights make
        up for it.
        """
        low, high = sorted(kind)
        for learned in range(high, low - 1, -1):
            if f"{low}-{learned}" in self.kinds:
                rise = (self.kinds["1-5"] - self.kinds["1-3"]) / 2
                return self.kinds[f"{low}-{learned}"] + (high - learned) * rise
        return min(self.kinds.values())


def load_model() -> Model:
    """The model that comes with the product."""
    path = _folder() / FILE
    try:
        data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        model = Model(**data)
    except (OSError, ValueError, TypeError) as error:
        raise ModelError(f"{path}: no usable link model ({error}); reinstall aligner") from error
    unknown = set(model.features) ^ {feature.__name__ for feature in FEATURES}
    if unknown:
        raise ModelError(
            f"{path}: the link model and this version differ in {', '.join(sorted(unknown))}; "
            "reinstall aligner, or rebuild the model with `make model`"
        )
    return model


def _folder() -> Any:  # noqa: ANN401 (a Path, or a Traversable of importlib)
    """`models/`: package data when installed, the folder beside the package in a checkout."""
    installed = resources.files("aligner") / "models"
    return installed if installed.is_dir() else Path(__file__).parents[2] / "models"
