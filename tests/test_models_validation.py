"""Cross-validation: no document is judged by weights that were fitted on it or its copies."""

import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from aligner.errors import InputError

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))  # `models` stands beside the package, not in it

from models.training import __main__ as training  # noqa: E402
from models.training.field import Found  # noqa: E402
from models.training.gold import GoldDocument, omit  # noqa: E402


def document(set_name, number, links=1):
    sides = tuple(f"{set_name} {number}" for _ in range(links))
    one_to_one = tuple(((at,), (at,)) for at in range(links))
    return GoldDocument(set_name, f"{set_name} {number}", number, sides, sides, one_to_one)


PLAY = [document("drama", number, links=30) for number in range(4)]
SHELF = [
    *PLAY,
    *(omit(piece) for piece in PLAY),
    *(document("news", number) for number in range(3)),
    *(document("news_perturbed", number) for number in range(3)),
    *(document("docs", number) for number in range(5)),
]
MADE = [document("tico19", number) for number in range(2)]


@dataclass
class Remembering:
    """Workers that only say which documents each answer's weights were fitted on."""

    documents: list[GoldDocument]

    def ask(self, function, documents, weights):
        return [Found((), tuple(weights)) for _ in documents]


def fitted_on(monkeypatch, part_of):
    """Each document of the shelf with those that its weights were fitted on."""
    monkeypatch.setattr(training, "_learned", lambda workers, known, without: np.array(known))
    shelf = [*SHELF, *MADE]
    tested = training.cross_validated(Remembering(shelf), part_of)
    assert sorted(one.gold.name for one in tested) == sorted(one.name for one in SHELF)
    known = [(one.gold, [shelf[at] for at in one.found.probabilities]) for one in tested]
    assert all(one in seen for _, seen in known for one in MADE)  # learned from, and never judged
    return [(held, [one for one in seen if one not in MADE]) for held, seen in known]


def test_folds_never_learn_from_the_same_text_in_another_shape(monkeypatch):
    for held, known in fitted_on(monkeypatch, training.fold_of(2)):
        assert {one.number % 2 for one in known} == {1 - held.number % 2}
        assert {one.set for one in known} == {"drama", "drama~", "news_perturbed", "docs"}


@pytest.mark.parametrize(
    ("held", "known"),
    [
        ("drama", {"news_perturbed", "docs"}),
        ("drama~", {"news_perturbed", "docs"}),
        ("news_perturbed", {"drama", "drama~", "docs"}),
        ("news", {"drama", "drama~", "docs"}),  # the articles of news_perturbed
        ("docs", {"drama", "drama~", "news_perturbed"}),
    ],
)
def test_a_set_is_judged_by_weights_of_the_other_sets(monkeypatch, held, known):
    found = [sets for one, sets in fitted_on(monkeypatch, training.set_of) if one.set == held]
    assert found
    assert all({one.set for one in sets} == known for sets in found)


@pytest.mark.parametrize("asked", ["1", "0", "-2", "two", "set", "2.5", ""])
def test_what_no_cross_validation_is_called(tmp_path, asked):
    with pytest.raises(InputError, match=r"give a number of folds from 2, or sets"):
        training.main(["--eval-folder", str(tmp_path), f"--cross-validate={asked}"])
