"""Anchors and the band around them, on vectors made up so that the true path is known."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.alignment import anchors as module
from aligner.alignment.anchors import (
    COARSE,
    FINE,
    Anchor,
    Reach,
    anchors,
    band_around,
    certain,
    finer,
    matches,
    pooled,
)

DIM = 48


def unit(vectors):
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def texts_of(n, seed=0):
    """n sentences that have little to do with each other, but share a subject."""
    rng = np.random.default_rng(seed)
    return unit(rng.normal(size=(n, DIM)) + 0.5)


def translated(vectors, seed=1, noise=0.4):
    """The same sentences in other words."""
    rng = np.random.default_rng(seed)
    return unit(vectors + noise / np.sqrt(DIM) * rng.normal(size=vectors.shape))


def without(vectors, start, stop):
    return np.delete(vectors, slice(start, stop), axis=0)


def sure(src, tgt, lengths=None, path=None):
    """Source sentences of the certain matches."""
    even = [np.full(len(side), 80.0, dtype=np.float32) for side in (src, tgt)]
    found = certain(path or anchors(src, tgt), src, tgt, lengths or tuple(even))
    return [at.src for at in found]


def test_in_a_plain_translation_all_but_the_ends_are_certain():
    src = texts_of(30)
    assert sure(src, translated(src)) == list(range(1, 29))


def test_beside_what_was_merged_or_left_out_nothing_is_certain():
    src = texts_of(30)
    tgt = translated(src)
    merged = np.concatenate([tgt[:14], unit(tgt[14:15] + tgt[15:16]), tgt[16:]])
    assert not {14, 15, 16} & set(sure(src, merged))
    assert not {13, 14, 15} & set(sure(src, without(tgt, 14, 15)))


def test_uneven_matches_are_not_certain():
    src = texts_of(30)
    lengths = [np.full(30, 80.0, dtype=np.float32) for _ in range(2)]
    lengths[1][14] = 160.0
    assert 14 not in sure(src, translated(src), tuple(lengths))


def test_a_match_that_is_no_more_like_than_its_neighbours_is_not_certain():
    src = texts_of(30)
    src[15] = src[14]  # the same sentence twice
    assert not {14, 15} & set(sure(src, src, path=[Anchor(i, i) for i in range(30)]))


def test_without_anchors_nothing_is_certain():
    assert certain([], texts_of(3), texts_of(3), (np.ones(3), np.ones(3))) == []


def rises(path):
    pairs = [(anchor.src, anchor.tgt) for anchor in path]
    return all(a < c and b < d for (a, b), (c, d) in pairwise(pairs))


def test_texts_in_step_are_anchored_all_along():
    src = texts_of(60)
    path = anchors(src, translated(src))
    assert rises(path)
    assert sum(anchor.src == anchor.tgt for anchor in path) >= 57
    assert all(abs(anchor.src - anchor.tgt) <= 1 for anchor in path)


@pytest.mark.parametrize("side", ["source", "target"])
@pytest.mark.parametrize(
    ("start", "stop"), [(0, 120), (150, 270), (280, 400)], ids=["start", "middle", "end"]
)
def test_a_long_omission_is_found_wherever_it_is(start, stop, side):
    src = texts_of(400)
    tgt = translated(without(src, start, stop))
    true = {(i, i - (stop - start) * (i >= stop)) for i in range(400) if not start <= i < stop}
    path = anchors(src, tgt) if side == "source" else anchors(tgt, src)
    found = [(a.src, a.tgt) if side == "source" else (a.tgt, a.src) for a in path]
    assert len(true & set(found)) >= 0.95 * len(true)
    assert len(set(found) - true) <= 0.05 * len(true)


def test_the_band_holds_the_true_path_of_a_text_with_an_omission_and_merges():
    src = texts_of(300)
    kept = without(translated(src), 100, 180)
    merged = np.concatenate([kept[:50], unit(kept[50:100:2] + kept[51:100:2]), kept[100:]])
    band = band_around(anchors(src, merged), (len(src), len(merged)))
    true = [(i, i) for i in range(51)]
    true += [(50 + 2 * k, 50 + k) for k in range(26)]
    true += [(i, 75) for i in range(100, 181)]
    true += [(180 + k, 75 + k) for k in range(121)]
    assert [node for node in true if band.node(*node) is None] == []
    assert band.nodes < 0.5 * 301 * 197


@pytest.mark.parametrize("size", [30, 31, 33, 57, 100])
@pytest.mark.parametrize("omitted", [0, 20])
def test_from_coarse_to_fine_finds_the_same_path(size, omitted, monkeypatch):
    monkeypatch.setattr(module, "COARSEST", 16)
    src = texts_of(size)
    tgt = translated(without(src, 5, 5 + omitted))
    true = {(i, i - omitted * (i >= 5 + omitted)) for i in range(size)}
    path = anchors(src, tgt)
    assert rises(path)
    assert len({(a.src, a.tgt) for a in path} & true) >= 0.85 * (size - omitted)


def test_unrelated_texts_have_a_path_that_rises_and_nothing_else_is_claimed():
    path = anchors(texts_of(50, seed=1), texts_of(40, seed=2))
    assert rises(path)
    assert len(path) < 40


@pytest.mark.parametrize(("n", "m"), [(0, 0), (0, 5), (5, 0)])
def test_a_side_without_sentences_has_no_anchors(n, m):
    assert anchors(texts_of(n), texts_of(m)) == []


def test_a_single_sentence_has_nothing_to_stand_out_from():
    src = texts_of(1)
    tgt = np.concatenate([texts_of(10, seed=7), translated(src), texts_of(9, seed=8)])
    assert anchors(src, tgt) == anchors(tgt, src) == []


def test_identical_lines_give_a_path_without_complaint():
    same = np.repeat(texts_of(1), 200, axis=0)
    assert rises(anchors(same, same))


def brute_force(gain):
    """The highest sum of gains along a path that rises in both indices."""
    best = np.zeros((len(gain) + 1, len(gain[0]) + 1))
    for i in range(len(gain)):
        for j in range(len(gain[0])):
            best[i + 1, j + 1] = max(best[i, j + 1], best[i + 1, j], best[i, j] + gain[i][j])
    return best[-1, -1]


@settings(deadline=None, max_examples=50)
@given(st.integers(1, 9), st.integers(1, 9), st.integers(0, 10**6))
def test_the_path_collects_the_most_excess(n, m, seed):
    src, tgt = texts_of(n, seed), texts_of(m, seed + 1)
    whole = band_around([], (n, m), Reach(n, m))
    gain = np.array([row.copy() for row in module._gains(src, tgt, whole)])
    path = matches(src, tgt)
    assert rises(path)
    collected = sum(gain[anchor.src, anchor.tgt] for anchor in path)
    assert collected == pytest.approx(brute_force(gain), abs=1e-5)


@pytest.mark.parametrize(("n", "count"), [(1, 1), (2, 1), (5, 3), (8, 4)])
def test_pooling_adds_neighbours(n, count):
    vectors = texts_of(n).astype(np.float16)
    sums = pooled(vectors)
    assert sums.shape == (count, DIM)
    for at in range(count):
        assert sums[at] == pytest.approx(vectors[2 * at : 2 * at + 2].astype("f4").sum(axis=0))


@st.composite
def rising_paths(draw):
    n, m = draw(st.integers(0, 40)), draw(st.integers(0, 40))
    count = draw(st.integers(0, min(n, m)))
    rows = sorted(draw(st.permutations(range(n)))[:count])
    columns = sorted(draw(st.permutations(range(m)))[:count])
    return [Anchor(i, j) for i, j in zip(rows, columns, strict=True)], (n, m)


@settings(deadline=None, max_examples=80)
@given(rising_paths(), st.sampled_from([FINE, COARSE, Reach(0, 0), Reach(1, 2)]))
def test_a_band_holds_every_anchor_and_both_ends(path_and_size, reach):
    path, (n, m) = path_and_size
    band = band_around(path, (n, m), reach)
    assert band.rows == n + 1
    assert band.node(0, 0) == 0
    assert band.node(n, m) == band.nodes - 1
    assert (np.diff(band.lo) >= 0).all()
    assert (np.diff(band.hi) >= 0).all()
    assert (band.lo[1:] < band.hi[:-1]).all()
    for anchor in path:  # the nodes before and behind it: so the 1-1 link is in the band
        assert band.node(anchor.src, anchor.tgt) is not None
        assert band.node(anchor.src + 1, anchor.tgt + 1) is not None


@settings(deadline=None, max_examples=50)
@given(rising_paths())
def test_between_two_anchors_the_whole_rectangle_is_searched(path_and_size):
    path, (n, m) = path_and_size
    band = band_around(path, (n, m), Reach(0, 0))
    corners = [(0, 0), *((a.src + 1, a.tgt + 1) for a in path)]
    for (i, j), there in zip(corners, [*((a.src, a.tgt) for a in path), (n, m)], strict=True):
        for row in range(i, there[0] + 1):
            assert band.node(row, j) is not None
            assert band.node(row, there[1]) is not None


def test_a_huge_gap_is_crossed_along_its_diagonal():
    band = band_around([], (1000, 1000))
    assert band.nodes < 40 * 1001
    assert all(band.node(i, i) is not None for i in range(1001))


@settings(deadline=None, max_examples=50)
@given(rising_paths(), st.integers(0, 1), st.integers(0, 1))
def test_a_finer_band_holds_the_places_of_the_coarser(path_and_size, odd_row, odd_column):
    path, (n, m) = path_and_size
    coarse = band_around(path, (n, m), Reach(1, 1))
    rows, columns = max(0, 2 * n - odd_row), max(0, 2 * m - odd_column)
    band = finer(coarse, rows, columns)
    assert band.rows == rows + 1
    assert band.node(0, 0) == 0
    assert band.node(rows, columns) == band.nodes - 1
    for i in range(n):
        for j in range(coarse.lo[i], coarse.hi[i]):
            if 2 * i <= rows and 2 * j <= columns:
                assert band.node(2 * i, 2 * j) is not None
