"""What evidence is worth: weights fitted without a group of features."""

import sys
from collections import Counter
from itertools import chain
from pathlib import Path

import numpy as np
import pytest

from aligner.errors import InputError

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))  # `models` stands beside the package, not in it

from models.training import __main__ as training  # noqa: E402
from models.training.field import FEATURE_NAMES, NAMES, Found, prepared  # noqa: E402
from models.training.fitting import fitted  # noqa: E402
from models.training.gold import GoldDocument  # noqa: E402
from models.training.groups import GROUPS, names_of  # noqa: E402

EN = ("It was winter.", "The train came at 9:30.", "Peace!", "We read 12 books.", "He left.")
RU = ("Была зима.", "Поезд пришёл в 9:30.", "Мир!", "Мы прочли 12 книг. ", "И ушли.", "Он тоже.")
LINKS = (((0,), (0,)), ((1,), (1,)), ((2,), (2,)), ((3,), (3, 4)), ((4,), (5,)))


def document(name="winter", set_name="toy"):
    return GoldDocument(set_name, name, 0, EN, RU, LINKS, None)


class Here:
    """Workers in this process."""

    def __init__(self, encoder, documents):
        self.documents = documents
        self._ready = [prepared(one, encoder) for one in documents]

    def ask(self, function, documents, weights):
        return [function(self._ready[at], weights) for at in documents]


def test_every_feature_stands_in_one_group():
    assert Counter(chain.from_iterable(GROUPS.values())) == Counter(FEATURE_NAMES)


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ("nothing", set()),
        ("", set()),
        ("numbers", {"numbers_agree"}),
        ("numbers, same_end", {"numbers_agree", "same_end"}),
        ("same_end,same_end,marks", set(GROUPS["marks"])),
        ("skip_likeness,1-2", {"skip_likeness", "1-2"}),
    ],
)
def test_a_list_of_groups_and_names_of_weights(given, names):
    assert names_of(given) == names


def test_a_name_that_no_weight_has():
    with pytest.raises(InputError, match=r"--without nubmers: no weight .* \(nothing, similarity"):
        names_of("clauses,nubmers")


def test_without_cross_validation_there_is_no_row(tmp_path):
    with pytest.raises(InputError, match=r"--without .* add --cross-validate 2"):
        training.main(["--eval-folder", str(tmp_path), "--without", "clauses"])


def test_what_is_left_out_has_no_weight_and_the_rest_makes_up_for_it(use):
    workers = Here(use, [document()])
    vectors = names_of("similarity,context")
    whole, without = (fitted(workers, [0], without=names) for names in (frozenset(), vectors))
    gone = np.array([name in vectors for name in NAMES])
    assert whole[gone].any()
    assert not without[gone].any()
    assert np.abs(without - whole)[~gone].max() > 0.01  # there is little to learn here


def test_a_row_has_f1_of_all_sets_but_copies():
    gold = [document(set_name=name) for name in ("toy", "play", "play~")]
    wrong = (*LINKS[:3], ((3,), (3,)), ((4,), (4, 5)))
    tested = [
        training.Tested(one, Found(links, (0.9, 0.9, 0.9, 0.5, 0.9)))
        for one, links in zip(gold, (LINKS, wrong, wrong), strict=True)
    ]
    head, line = (text.split() for text in training.row("numbers", tested).split("\n"))
    assert head == ["without", "all", "toy", "play", "wrong", "AUROC"]
    assert line == ["numbers", "0.8000", "1.0000", "0.6000", "2", "0.688"]
