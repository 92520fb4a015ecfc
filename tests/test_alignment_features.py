"""Features of links: the same from both sides, and each says what its name says."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.alignment.anchors import Anchor
from aligner.alignment.features import FEATURES, Rectangle
from aligner.alignment.scoring import kinds_up_to, scale_of
from aligner.alignment.sides import Runs, side

LONGEST = 4
KINDS = [(a, b) for a in range(1, LONGEST + 1) for b in range(1, LONGEST + 1)]
BY_NAME = {feature.__name__: feature for feature in FEATURES}

SENTENCES = [
    "Да.",
    "Well…",
    "— Уже поздно, — сказал он.",
    "“Is it late?”",
    "(Уходит.)",
    "In 1871 Chekhov was eleven!",
    "В 1871 году Чехову было одиннадцать.",
    "and then he went on, past the house, along the river, to the lighthouse, and slept there",
    "ХЛЕСТАКОВ.",
    "",
    "?!",
]


def runs_of(vectors, longest=LONGEST):
    """Sums of neighbours, as an encoder without `encode_runs` gives them."""
    arrays = []
    for k in range(1, longest + 1):
        sums = [vectors[i : i + k].sum(axis=0) for i in range(len(vectors) - k + 1)]
        array = np.array(sums, dtype=np.float32).reshape(len(sums), vectors.shape[1])
        arrays.append(array / np.maximum(np.linalg.norm(array, axis=1, keepdims=True), 1e-9))
    return tuple(arrays)


@st.composite
def sides(draw):
    """A random side, its paragraphs known or not."""
    texts = draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=12))
    vectors = np.random.default_rng(draw(st.integers(0, 999))).normal(size=(len(texts), 8)) + 0.3
    breaks = draw(st.lists(st.booleans(), min_size=len(texts), max_size=len(texts)))
    paragraphs = np.cumsum(breaks).tolist() if draw(st.booleans()) else None
    return side(texts, runs_of(vectors), paragraphs)


def rectangle(src, tgt, scale):
    """All nodes of both sides."""
    runs = (Runs(one, 0, len(one) + 1, LONGEST) for one in (src, tgt))
    return Rectangle(*runs, scale)


def scales(src, tgt):
    """The scale of two sides whose first sentences match, and that of the other direction."""
    path = [Anchor(i, i) for i in range(min(len(src), len(tgt), 3))]
    return scale_of(src, tgt, path), scale_of(tgt, src, path)


@settings(deadline=None, max_examples=25)
@given(sides(), sides())
def test_each_feature_is_the_same_from_both_sides(src, tgt):
    scale, turned = scales(src, tgt)
    here, there = rectangle(src, tgt, scale), rectangle(tgt, src, turned)
    for feature in FEATURES:
        for a, b in KINDS:
            one, other = feature(here, a, b), feature(there, b, a).T
            mine = one[a:, b:]  # what a lattice asks for: runs that begin in the text
            assert mine == pytest.approx(other[a:, b:], abs=1e-3), (feature.__name__, a, b)


@settings(deadline=None, max_examples=25)
@given(sides(), sides())
def test_each_feature_has_a_finite_value_of_the_order_of_1_everywhere(src, tgt):
    at = rectangle(src, tgt, scales(src, tgt)[0])
    for feature in FEATURES:
        for a, b in KINDS:
            value = feature(at, a, b)
            assert value.shape == (len(src) + 1, len(tgt) + 1), (feature.__name__, a, b)
            assert np.isfinite(value).all(), (feature.__name__, a, b)
            assert np.abs(value).max() < 60, (feature.__name__, a, b)


@settings(deadline=None, max_examples=25)
@given(sides(), sides(), st.integers(0, 6), st.integers(0, 6))
def test_a_part_of_the_rectangle_has_the_same_values(src, tgt, top, left):
    """All but the surroundings, which are taken from the neighbourhood of the rectangle."""
    top, left = min(top, len(src)), min(left, len(tgt))
    scale, _ = scales(src, tgt)
    whole = rectangle(src, tgt, scale)
    runs = Runs(src, top, len(src) + 1, LONGEST), Runs(tgt, left, len(tgt) + 1, LONGEST)
    part = Rectangle(*runs, scale)
    for feature in FEATURES:
        for a, b in KINDS:
            if feature.__name__ == "above_surroundings":
                continue
            one, other = feature(whole, a, b)[top:, left:], feature(part, a, b)
            rows, columns = max(0, a - top), max(0, b - left)
            assert other[rows:, columns:] == pytest.approx(one[rows:, columns:], abs=1e-3), (
                feature.__name__
            )


@settings(deadline=None, max_examples=25)
@given(sides(), sides())
def test_the_scale_is_that_of_the_other_direction_turned(src, tgt):
    scale, turned = scales(src, tgt)
    back = replace(turned, ratio=-turned.ratio)
    fields = type(scale).__slots__
    assert [getattr(scale, name) for name in fields] == pytest.approx(
        [getattr(back, name) for name in fields], abs=1e-5
    )


VALUES = [  # feature, source, target, value for the link of all of both sides
    ("numbers_agree", ["In 1871."], ["В 1871 году."], 1),
    ("numbers_agree", ["In 1871."], ["В 1872 году."], 0),
    ("numbers_agree", ["In 1871."], ["Тогда."], 0),
    ("numbers_agree", ["7 and 8."], ["7 и 9."], 0.5),
    ("numbers_there", ["In 1871."], ["Тогда."], 1),
    ("numbers_there", ["Then."], ["Тогда."], 0),
    ("names_agree", ["Chekhov left Yalta."], ["Чехов уехал из Ялты."], 1),
    ("names_agree", ["Chekhov left Yalta."], ["Путин улетел."], 0),
    ("names_there", ["Chekhov left."], ["он уехал."], 0),
    ("names_there", ["Chekhov left."], ["Чехов уехал."], 1),
    ("same_end", ["Late?"], ["Поздно?"], 1),
    ("same_end", ["Late?"], ["Поздно."], 0),
    ("same_speech", ["“Yes.”"], ["— Да."], 1),
    ("same_speech", ["“Yes.”"], ["Да."], 0),
    ("same_speech", ["Yes."], ["Да."], 1),
    ("both_speech", ["“Yes.”"], ["— Да."], 1),
    ("both_speech", ["Yes."], ["Да."], 0),
    ("one_bracket", ["(Exit.)"], ["(Уходит.)"], 0),
    ("one_bracket", ["(Exit.)"], ["Уходит."], 1),
    ("borders_crossed", ["Yes.", "No."], ["Да."], 1),
    ("borders_crossed", ["Yes."], ["Да."], 0),
]


@pytest.mark.parametrize(("name", "src", "tgt", "value"), VALUES)
def test_what_a_feature_says(name, src, tgt, value):
    rows = []
    for texts in (src, tgt):
        whole = [*texts, "And so on.", "И т. д."]  # so that both sides have paragraphs
        rows.append(side(whole, runs_of(np.eye(8)[: len(whole)]), list(range(len(whole)))))
    at = rectangle(*rows, scales(*rows)[0])
    a, b = len(src), len(tgt)
    assert BY_NAME[name](at, a, b)[a, b] == pytest.approx(value)


@pytest.mark.parametrize("known", [(True, False), (False, True), (False, False)])
def test_paragraphs_count_only_where_both_sides_have_them(known):
    rows = [
        side(["Да.", "Нет."], runs_of(np.eye(4)[:2]), [0, 1] if knows else None) for knows in known
    ]
    at = rectangle(*rows, scales(*rows)[0])
    for name in ("borders_crossed", "borders_meet"):
        assert not BY_NAME[name](at, 2, 1).any()


def test_a_side_of_one_paragraph_has_no_borders():
    assert side(["Да.", "Нет."], runs_of(np.eye(4)[:2]), [0, 0]).borders is None


def test_kinds_come_small_ones_first_and_both_ways_round():
    assert kinds_up_to(2) == ((1, 1),)
    assert kinds_up_to(4) == ((1, 1), (1, 2), (2, 1), (1, 3), (2, 2), (3, 1))
