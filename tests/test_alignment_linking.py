"""Two sides in, links out: they tile both sides, and do not depend on which side is first.

Weights are made up here, so that nothing depends on what the shipped model has learned.
"""

import json
import os
from itertools import chain

import numpy as np
import pytest
from conftest import Given
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.alignment.features import FEATURES
from aligner.alignment.linking import Segments, linked, longest_run
from aligner.alignment.model import Model, load_model
from aligner.alignment.scoring import kinds_up_to
from aligner.errors import ModelError
from aligner.records import Link, Span

DIM = 32
WEIGHTS = {
    "likeness": 5.0,
    "gain_over_parts": 4.0,
    "numbers_agree": 1.0,
}
MODEL = Model(
    features={f.__name__: WEIGHTS.get(f.__name__, 0.0) for f in FEATURES},
    kinds={f"{a}-{b}": -0.8 * (a + b - 2) for a, b in kinds_up_to(8)},
    skip=-0.5,
    skip_likeness=0.0,
    skip_letters=0.0,
    skip_opening=-1.0,
)


def segments(vectors, texts=None, paragraphs=None):
    texts = [f"Sentence number {i}." for i in range(len(vectors))] if texts is None else texts
    return Segments(texts, Given(np.reshape(vectors, (-1, DIM)), texts), paragraphs)


def meanings(n, seed=0):
    return np.random.default_rng(seed).normal(size=(n, DIM)).astype(np.float32)


def links_of(src, tgt, max_size=6):
    return linked(src, tgt, max_size, MODEL)


def kinds(links):
    return " ".join(link.kind for link in links)


def assert_tiled(links, n, m):
    assert list(chain.from_iterable(link.src for link in links)) == list(range(n))
    assert list(chain.from_iterable(link.tgt for link in links)) == list(range(m))
    ends = [(0, 0), *((link.src.stop, link.tgt.stop) for link in links)]
    starts = [*((link.src.start, link.tgt.start) for link in links), (n, m)]
    assert starts == ends
    assert all(0 <= link.probability <= 1 and -1.001 <= link.score <= 1.001 for link in links)


def merged(vectors, *runs):
    """The vectors with runs (start, stop) of them added up, as a translator joins sentences."""
    vectors = list(vectors)
    for start, stop in reversed(runs):
        vectors[start:stop] = [np.sum(vectors[start:stop], axis=0)]
    return np.array(vectors)


M = meanings(8)
LINKS = [  # what the translator did, source, target, kinds at a glance
    ("nothing", M, M, "1-1 1-1 1-1 1-1 1-1 1-1 1-1 1-1"),
    ("joined two", M, merged(M, (3, 5)), "1-1 1-1 1-1 2-1 1-1 1-1 1-1"),
    ("joined three", M, merged(M, (0, 3)), "3-1 1-1 1-1 1-1 1-1 1-1"),
    ("split one", merged(M, (6, 8)), M, "1-1 1-1 1-1 1-1 1-1 1-1 1-2"),
    ("left out the first", M, M[1:], "1-0 1-1 1-1 1-1 1-1 1-1 1-1 1-1"),
    ("left out one", M, np.delete(M, 4, axis=0), "1-1 1-1 1-1 1-1 1-0 1-1 1-1 1-1"),
    ("left out three", M, np.delete(M, [3, 4, 5], axis=0), "1-1 1-1 1-1 1-0 1-0 1-0 1-1 1-1"),
    ("left out the last", M, M[:-1], "1-1 1-1 1-1 1-1 1-1 1-1 1-1 1-0"),
    ("added one", M, np.insert(M, 2, meanings(1, 9), axis=0), "1-1 1-1 0-1" + 6 * " 1-1"),
    (
        "joined and left out",
        M,
        merged(np.delete(M, 7, axis=0), (0, 2), (3, 5)),
        "2-1 1-1 2-1 1-1 1-1 1-0",
    ),
]


@pytest.mark.parametrize(("what", "src", "tgt", "expected"), LINKS, ids=[row[0] for row in LINKS])
def test_what_the_translator_did_is_found(what, src, tgt, expected):
    links = links_of(segments(src), segments(tgt))
    assert_tiled(links, len(src), len(tgt))
    assert kinds(links) == expected
    assert min(link.probability for link in links) > 0.5


@pytest.mark.parametrize(("what", "src", "tgt", "expected"), LINKS, ids=[row[0] for row in LINKS])
def test_the_other_direction_is_the_mirror_image(what, src, tgt, expected):
    turned = " ".join("-".join(reversed(kind.split("-"))) for kind in expected.split())
    assert kinds(links_of(segments(tgt), segments(src))) == turned


@st.composite
def random_sides(draw, most=14):
    n, m = draw(st.integers(0, most)), draw(st.integers(0, most))
    seed = draw(st.integers(0, 10**6))
    common = draw(st.floats(0, 1))
    rng = np.random.default_rng(seed)
    src = rng.normal(size=(n, DIM)).astype(np.float32)
    tgt = rng.normal(size=(m, DIM)).astype(np.float32)
    for i in range(min(n, m)):
        tgt[i] += common * 4 * src[i]
    texts = [[f"{side} {k}." for k in range(count)] for side, count in (("Да", n), ("Yes", m))]
    return segments(src, texts[0]), segments(tgt, texts[1])


@settings(deadline=None, max_examples=40)
@given(random_sides(), st.integers(2, 8))
def test_links_tile_both_sides_and_keep_to_the_largest_size(sides, max_size):
    src, tgt = sides
    links = links_of(src, tgt, min(max_size, 6))
    assert_tiled(links, len(src.texts), len(tgt.texts))
    assert all(len(link.src) + len(link.tgt) <= max_size for link in links)
    if max_size == 2:
        assert {link.kind for link in links} <= {"1-1", "1-0", "0-1"}


def two_sided(links):
    return [(k.src, k.tgt, k.score, k.probability) for k in links if k.src and k.tgt]


def left_out(links, side):
    spans = [(getattr(k, side), k.probability) for k in links if not (k.src and k.tgt)]
    return [(span, probability) for span, probability in spans if span]


@settings(deadline=None, max_examples=40)
@given(random_sides())
def test_swapping_the_sides_gives_the_same_links_mirrored(sides):
    src, tgt = sides
    one, other = links_of(src, tgt), links_of(tgt, src)
    assert two_sided(one) == [(b, a, score, p) for a, b, score, p in two_sided(other)]
    assert left_out(one, "src") == left_out(other, "tgt")
    assert left_out(one, "tgt") == left_out(other, "src")


@settings(deadline=None, max_examples=15)
@given(random_sides())
def test_the_same_twice(sides):
    assert links_of(*sides) == links_of(*sides)


def test_between_two_links_omissions_stand_before_additions():
    new = meanings(2, seed=5)
    src = np.concatenate([M[:3], M[3:5], M[5:]])
    tgt = np.concatenate([M[:3], new, M[5:]])
    links = linked(segments(src), segments(tgt), 2, MODEL)
    middle = kinds(links).split()[3:-3]
    assert middle == sorted(middle, reverse=True)  # "1-1" or "1-0" before "0-1"
    assert_tiled(links, 8, 8)


@pytest.mark.parametrize(("n", "m"), [(0, 0), (0, 1), (1, 0), (0, 5), (5, 0)])
def test_a_side_without_sentences(n, m):
    links = links_of(segments(meanings(n)), segments(meanings(m)))
    assert kinds(links) == " ".join(["1-0"] * n + ["0-1"] * m)


@pytest.mark.parametrize("place", [0, 13, 29])
def test_one_sentence_against_thirty_finds_its_own(place):
    many = meanings(30)
    for src, tgt in ((many[place : place + 1], many), (many, many[place : place + 1])):
        links = links_of(segments(src), segments(tgt))
        assert_tiled(links, len(src), len(tgt))
        [pair] = [link for link in links if link.src and link.tgt]
        assert pair.kind == "1-1"
        assert place in (pair.src.start, pair.tgt.start)


def test_two_hundred_identical_lines_on_both_sides():
    same = np.repeat(meanings(1), 200, axis=0)
    links = links_of(segments(same, ["Да."] * 200), segments(same, ["Yes."] * 200))
    assert_tiled(links, 200, 200)
    assert len(two_sided(links)) > 50


def test_more_identical_lines_on_one_side():
    same = np.repeat(meanings(1), 60, axis=0)
    links = links_of(segments(same, ["Да."] * 60), segments(same[:41], ["Yes."] * 41))
    assert_tiled(links, 60, 41)


def test_links_of_unrelated_texts_are_less_probable_than_those_of_a_translation():
    src = segments(meanings(20, 1))
    right = two_sided(links_of(src, segments(meanings(20, 1), [f"{i}" for i in range(20)])))
    wrong = two_sided(links_of(src, segments(meanings(20, 2))))
    assert min(probability for *_, probability in right) > 0.9
    assert np.mean([probability for *_, probability in wrong]) < 0.75


def test_paragraphs_decide_where_meaning_does_not():
    """Three equal lines against two: the one left out is the one outside their paragraph."""
    weights = dict(MODEL.features) | {"borders_meet": 2.0, "borders_crossed": -2.0}
    model = Model(weights, MODEL.kinds, MODEL.skip, 0.0, 0.0, MODEL.skip_opening)
    src = np.concatenate([M[:1], M[1:2], M[1:2], M[2:3]])
    tgt = np.concatenate([M[:1], M[1:2], M[2:3]])
    first = linked(segments(src, None, [0, 0, 1, 2]), segments(tgt, None, [0, 1, 2]), 2, model)
    other = linked(segments(src, None, [0, 1, 2, 2]), segments(tgt, None, [0, 1, 1]), 2, model)
    assert kinds(first) == "1-1 1-0 1-1 1-1"
    assert kinds(other) == "1-1 1-1 1-0 1-1"


@pytest.mark.parametrize(("max_size", "longest"), [(2, 1), (3, 2), (6, 5), (10, 5)])
def test_runs_are_as_long_as_the_largest_link_looked_for_everywhere(max_size, longest):
    assert longest_run(max_size) == longest


def test_arguments_are_not_modified():
    src, tgt = segments(M), segments(merged(M, (2, 4)))
    before = [side.source.single.copy() for side in (src, tgt)]
    links_of(src, tgt)
    after = [side.source.single for side in (src, tgt)]
    assert all((one == other).all() for one, other in zip(before, after, strict=True))


def test_a_text_of_several_blocks_of_rows():
    """A hundred sentences cross the borders between blocks of the lattice."""
    src = meanings(100)
    tgt = merged(np.delete(src, slice(30, 36), axis=0), (60, 62), (64, 66))
    links = links_of(segments(src), segments(tgt))
    assert_tiled(links, 100, 92)
    assert kinds(links) == " ".join(
        ["1-1"] * 30 + ["1-0"] * 6 + ["1-1"] * 30 + ["2-1"] + ["1-1"] * 2 + ["2-1"] + ["1-1"] * 28
    )


class TestModel:
    def test_the_shipped_model_has_a_finite_weight_for_every_feature(self):
        model = load_model()
        assert set(model.features) == {feature.__name__ for feature in FEATURES}
        numbers = [*model.features.values(), *model.kinds.values(), model.skip, model.skip_opening]
        assert np.isfinite(numbers).all()
        assert all(np.isfinite(model.kind(kind)) for kind in kinds_up_to(8))

    def test_a_kind_weighs_the_same_either_way_round(self):
        assert MODEL.kind((1, 3)) == MODEL.kind((3, 1)) == pytest.approx(-1.6)

    def test_a_sentence_more_than_learned_is_worth_what_the_last_ones_were(self):
        kinds = {"1-3": 1.0, "1-4": 1.0, "1-5": 2.0, "2-4": -1.0}
        model = Model({}, kinds, 0.0, 0.0, 0.0, 0.0)
        assert [model.kind((1, n)) for n in (5, 6, 9)] == [2.0, 2.5, 4.0]
        assert [model.kind((n, 2)) for n in (4, 5, 8)] == [-1.0, -0.5, 1.0]

    def test_a_larger_kind_than_learned_weighs_as_the_least(self):
        model = Model({}, {"1-1": 0.0, "1-2": -1.0}, 0.0, 0.0, 0.0, 0.0)
        assert model.kind((4, 4)) == -1.0

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            (None, "no usable link model .*reinstall aligner"),
            ("{", "no usable link model .*reinstall aligner"),
            ("[]", "no usable link model"),
            ('{"features": {}}', "no usable link model"),
            ("old", "the link model and this version differ in brand_new, likeness; reinstall"),
        ],
    )
    def test_a_damaged_model_says_what_to_do(self, content, message, tmp_path, monkeypatch):
        if content == "old":
            features = {name: 1.0 for name in MODEL.features if name != "likeness"}
            fields = {name: getattr(MODEL, name) for name in Model.__slots__}
            content = json.dumps(fields | {"features": features | {"brand_new": 1.0}})
        if content is not None:
            (tmp_path / "links.json").write_text(content, encoding="utf-8")
        monkeypatch.setattr("aligner.alignment.model._folder", lambda: tmp_path)
        with pytest.raises(ModelError, match=message) as caught:
            load_model()
        assert "\n" not in str(caught.value)
        assert os.fspath(tmp_path) in str(caught.value)


def test_the_records_come_back_as_spans():
    links = links_of(segments(M), segments(M))
    assert links[0] == Link(Span(0, 1), Span(0, 1), links[0].score, links[0].probability)
    assert links[0].score == pytest.approx(1.0, abs=1e-3)
