"""The script that makes `models/checks.json`: cutting parts out, fitting weights."""

import sys
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))  # `models` stands beside the package, not in it

from models.checks_training.cutting import cut  # noqa: E402
from models.checks_training.data import clean_pairs, scored_pairs  # noqa: E402

TEXT = "When the night came down, the old man went home, and nobody ever saw him again there."


def test_a_cut_text_is_whole_and_shorter_and_always_the_same() -> None:
    shorter = cut(TEXT)
    assert shorter is not None
    assert shorter == cut(TEXT)
    assert shorter[0].isupper()
    assert shorter[-1] == "."
    assert 0.3 * len(TEXT) <= len(shorter) < 0.9 * len(TEXT)
    assert set(shorter.lower().split()) - {"there."} <= set(
        TEXT.lower().replace(",", "").split()
    ) | {word.lower() for word in TEXT.split()} | {"down.", "home."}


@pytest.mark.parametrize("text", ["", "Да.", "Он пришёл домой поздно вечером.", "A, b, c, d."])
def test_nothing_is_cut_from_what_has_no_parts(text) -> None:
    assert cut(text) is None


def test_logistic_weights_tell_the_classes_apart() -> None:
    pytest.importorskip("scipy")
    from models.checks_training.fitting import logistic

    values = np.random.default_rng(1).normal(size=200)
    rows = [{"a": float(value), "b": 3.0} for value in values]
    weights = logistic(rows, [value > 0.2 for value in values])
    assert set(weights) == {"a", "b", "bias"}
    scores = weights["bias"] + weights["b"] * 3 + weights["a"] * values
    assert np.mean((scores > 0) == (values > 0.2)) > 0.95


def test_ranks_are_fitted_within_each_set() -> None:
    pytest.importorskip("scipy")
    from models.checks_training.fitting import ranked

    rows = [{"a": float(at)} for at in range(50)]
    sets = {"one": (rows, list(range(50))), "two": (rows, [1000 + at for at in range(50)])}
    weights = ranked(sets, {"one": 1.0, "two": 1.0})
    values = [weights["bias"] + weights["a"] * row["a"] for row in rows]
    assert values == sorted(values)
    assert 0.4 < np.mean(values) < 0.6


def test_the_data_are_split_by_document() -> None:
    shared = ROOT.parent / "shared"
    if not shared.is_dir():
        pytest.skip(f"no gold data: {shared} is not there")
    pairs = clean_pairs(shared)
    assert {one.set for one in pairs} == {"news", "tico19", "flores", "mqm en-ru", "mqm ru-en"}
    assert all(one.held_out for one in pairs if one.set == "flores")
    assert len({(one.src, one.tgt) for one in pairs}) == len(pairs)
    scored = scored_pairs(shared)
    assert sum(one.set == "da ru-en" for one in scored) == 1000
