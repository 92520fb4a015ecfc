"""The lattice against its plain reference, and both against every path there is."""

import math
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.alignment.lattice import FORBIDDEN, SKIP_SRC, SKIP_TGT, Band, Lattice
from aligner.alignment.reference import best_total, log_total
from aligner.alignment.scoring import possible
from aligner.alignment.search import best_path, posterior

KINDS = ((1, 1), (1, 2), (2, 1), (2, 2), (3, 1))
CLOSE = 1e-4  # scores are float32, totals float64


def whole(n, m):
    """The band that is the whole grid."""
    return Band.of(np.zeros(n + 1, dtype=np.int64), np.full(n + 1, m + 1))


def lattice_of(band, m, seed, opening=-1.5):
    """Random scores, a tenth of the links forbidden; a node's scores do not depend on the band."""
    n = band.rows - 1
    rng = np.random.default_rng(seed)
    grid = rng.normal(size=(len(KINDS), n + 1, m + 1)).astype(np.float32)
    grid[rng.random(grid.shape) < 0.1] = -np.inf
    for k, (a, b) in enumerate(KINDS):
        grid[k, :a, :] = grid[k, :, :b] = -np.inf
    nodes = [(i, j) for i in range(n + 1) for j in range(band.lo[i], band.hi[i])]
    scores = np.array([[grid[k, i, j] for i, j in nodes] for k in range(len(KINDS))])
    skips = rng.normal(size=n + 1), rng.normal(size=m + 1)
    return Lattice(band, KINDS, scores, *skips, opening)


@cache
def paths(n, m, i=0, j=0):
    """All paths from (i, j) to (n, m), as tuples of (i, j, kind) like Step."""
    if (i, j) == (n, m):
        return [()]
    found = []
    for a, b in (*KINDS, SKIP_SRC, SKIP_TGT):
        if i + a <= n and j + b <= m:
            step = (i + a, j + b, (a, b))
            found += [(step, *rest) for rest in paths(n, m, i + a, j + b)]
    return found


def total_of(path, lattice):
    """The total of a path, and how many runs of skips it opens."""
    total, runs, in_run = 0.0, 0, False
    for i, j, kind in path:
        if 0 in kind:
            total += lattice.skip_src[i] if kind == SKIP_SRC else lattice.skip_tgt[j]
            total += 0 if in_run else lattice.opening
            runs += not in_run
        else:
            total += float(lattice.scores[lattice.kinds.index(kind), lattice.band.node(i, j)])
        in_run = 0 in kind
    return total, runs


def steps_of(lattice):
    return tuple((step.i, step.j, step.kind) for step in best_path(lattice))


SEEDS = st.integers(0, 2**32 - 1)
SMALL = st.integers(0, 4)


@st.composite
def bands(draw, most=9):
    """A band of random borders, and the number of target sentences."""
    n, m = draw(st.integers(0, most)), draw(st.integers(0, most))
    lo = sorted(draw(st.lists(st.integers(0, m), min_size=n + 1, max_size=n + 1)))
    widths = draw(st.lists(st.integers(1, 4), min_size=n + 1, max_size=n + 1))
    hi = [min(start + width, m + 1) for start, width in zip(lo, widths, strict=True)]
    lo[0], hi[-1] = 0, m + 1
    return Band.of(np.array(lo), np.array(hi)), m


def test_the_worked_example_of_the_reference():
    band = whole(2, 1)
    scores = np.full((2, band.nodes), -np.inf, dtype=np.float32)
    scores[0, band.node(1, 1)], scores[0, band.node(2, 1)], scores[1, band.node(2, 1)] = 1, 0.5, 2
    lattice = Lattice(band, ((1, 1), (2, 1)), scores, np.full(3, -1.0), np.full(2, -1.0), -2.0)
    every = np.array([2.0, -2.0, -2.5, -5.0, -5.0, -5.0])
    assert best_total(lattice) == 2.0
    assert log_total(lattice) == pytest.approx(np.log(np.exp(every).sum()))
    assert steps_of(lattice) == ((2, 1, (2, 1)),)


@settings(deadline=None, max_examples=60)
@given(n=SMALL, m=SMALL, seed=SEEDS)
def test_the_reference_agrees_with_every_path_there_is(n, m, seed):
    lattice = lattice_of(whole(n, m), m, seed)
    totals = np.array([total_of(path, lattice)[0] for path in paths(n, m)])
    assert best_total(lattice) == pytest.approx(totals.max(), abs=CLOSE)
    assert log_total(lattice) == pytest.approx(np.logaddexp.reduce(totals), abs=CLOSE)


@settings(deadline=None, max_examples=60)
@given(n=SMALL, m=SMALL, seed=SEEDS)
def test_the_best_path_is_the_best_there_is(n, m, seed):
    lattice = lattice_of(whole(n, m), m, seed)
    best = max(total_of(path, lattice)[0] for path in paths(n, m))
    assert total_of(steps_of(lattice), lattice)[0] == pytest.approx(best, abs=CLOSE)


@settings(deadline=None, max_examples=60)
@given(n=SMALL, m=SMALL, seed=SEEDS)
def test_probabilities_are_those_of_all_paths_counted(n, m, seed):
    lattice = lattice_of(whole(n, m), m, seed)
    scored = [(path, *total_of(path, lattice)) for path in paths(n, m)]
    log_sum = np.logaddexp.reduce([total for _, total, _ in scored])
    links = np.zeros(lattice.scores.shape)
    skip_src, skip_tgt, openings = np.zeros(n + 1), np.zeros(m + 1), 0.0
    for path, total, runs in scored:
        chance = math.exp(total - log_sum)
        openings += chance * runs
        for i, j, kind in path:
            if kind == SKIP_SRC:
                skip_src[i] += chance
            elif kind == SKIP_TGT:
                skip_tgt[j] += chance
            else:
                links[KINDS.index(kind), lattice.band.node(i, j)] += chance
    found = posterior(lattice)
    assert found.log_total == pytest.approx(log_sum, abs=CLOSE)
    assert found.links == pytest.approx(links, abs=CLOSE)
    assert found.skip_src == pytest.approx(skip_src, abs=CLOSE)
    assert found.skip_tgt == pytest.approx(skip_tgt, abs=CLOSE)
    assert found.openings == pytest.approx(openings, abs=CLOSE)


@settings(deadline=None, max_examples=60)
@given(bands(), SEEDS)
def test_any_band_gives_what_the_reference_gives(banded, seed):
    band, m = banded
    lattice = lattice_of(band, m, seed)
    assert total_of(steps_of(lattice), lattice)[0] == pytest.approx(best_total(lattice), abs=CLOSE)
    assert posterior(lattice).log_total == pytest.approx(log_total(lattice), abs=CLOSE)


@settings(deadline=None, max_examples=60)
@given(bands(), SEEDS)
def test_a_narrower_band_is_never_better(banded, seed):
    band, m = banded
    narrow, full = lattice_of(band, m, seed), lattice_of(whole(band.rows - 1, m), m, seed)
    assert total_of(steps_of(narrow), narrow)[0] <= best_total(full) + CLOSE
    assert posterior(narrow).log_total <= log_total(full) + CLOSE


@settings(deadline=None, max_examples=60)
@given(bands(), SEEDS)
def test_each_sentence_stands_somewhere_with_probability_1(banded, seed):
    band, m = banded
    lattice = lattice_of(band, m, seed)
    assert_each_sentence_stands_somewhere(lattice, posterior(lattice))


def assert_each_sentence_stands_somewhere(lattice, found):
    band = lattice.band
    src, tgt = found.skip_src[1:].copy(), found.skip_tgt[1:].copy()
    for k, (a, b) in enumerate(KINDS):
        for i in range(band.rows):
            for j in range(band.lo[i], band.hi[i]):
                src[max(0, i - a) : i] += found.links[k, band.node(i, j)]
                tgt[max(0, j - b) : j] += found.links[k, band.node(i, j)]
    assert src == pytest.approx(np.ones(len(src)), abs=CLOSE)
    assert tgt == pytest.approx(np.ones(len(tgt)), abs=CLOSE)


@settings(deadline=None, max_examples=80)
@given(n=st.integers(1, 4), m=st.integers(1, 4), seed=SEEDS, data=st.data())
def test_settled_links_leave_the_paths_that_have_them(n, m, seed, data):
    """Against all paths that have some 1-1 links and leave out no target beside them.

    Two nodes of one row are none that `certain` gives, and `through` takes no such.
    """
    full = lattice_of(whole(n, m), m, seed)
    links = [step for step in data.draw(st.sampled_from(paths(n, m))) if step[2] == (1, 1)]
    some = data.draw(st.lists(st.sampled_from(links), unique=True)) if links else []
    nodes = {node for i, j, _ in some for node in ((i - 1, j - 1), (i, j))}
    rows = {i for i, _ in nodes}
    if len(rows) < len(nodes):
        return
    totals = [
        total_of(path, full)[0]
        for path in paths(n, m)
        if set(some) <= set(path)
        and all((i, j) in nodes for i, j in [(0, 0), *(at[:2] for at in path)] if i in rows)
    ]
    if not totals or not np.isfinite(max(totals)):
        return  # nothing is left
    band = whole(n, m).through(sorted(nodes))
    assert set(band.settled_pairs()) >= {(i - 1, j - 1) for i, j, _ in some}
    scores = np.full((len(KINDS), band.nodes), -np.inf, dtype=np.float32)
    for i in range(n + 1):
        row = [full.band.node(i, j) for j in range(band.lo[i], band.hi[i])]
        scores[:, band.row(i)] = full.scores[:, row]
    scores[~possible(band, KINDS)] = -np.inf
    lattice = Lattice(band, KINDS, scores, full.skip_src, full.skip_tgt, full.opening)
    assert total_of(steps_of(lattice), lattice)[0] == pytest.approx(max(totals), abs=CLOSE)
    assert posterior(lattice).log_total == pytest.approx(np.logaddexp.reduce(totals), abs=CLOSE)


@settings(deadline=None, max_examples=30)
@given(SEEDS, st.integers(1, 30), st.integers(20, 60))
def test_islands_between_settled_rows_give_what_the_reference_gives(seed, certain, n):
    """Stretches of many lengths and widths, which are computed side by side."""
    rng = np.random.default_rng(seed)
    starts = sorted(rng.choice(n, size=min(certain, n), replace=False).tolist())
    wide = Band.of(np.maximum(np.arange(n + 1) - 20, 0), np.minimum(np.arange(n + 1) + 20, n) + 1)
    band = wide.through(sorted({node for i in starts for node in ((i, i), (i + 1, i + 1))}))
    lattice = lattice_of(band, n, seed)
    scores = np.where(np.isfinite(lattice.scores), lattice.scores, -9)  # so that a path is left
    scores[~possible(band, KINDS)] = -np.inf
    lattice = replace(lattice, scores=scores)
    assert len(band.settled_pairs()) >= len(starts)
    assert total_of(steps_of(lattice), lattice)[0] == pytest.approx(best_total(lattice), abs=CLOSE)
    found = posterior(lattice)
    assert found.log_total == pytest.approx(log_total(lattice), abs=CLOSE)
    assert_each_sentence_stands_somewhere(lattice, found)


@settings(deadline=None)
@given(bands())
def test_a_band_lets_a_path_through(banded):
    band, m = banded
    assert band.node(0, 0) == 0
    assert band.node(band.rows - 1, m) == band.nodes - 1
    assert (np.diff(band.lo) >= 0).all()
    assert (np.diff(band.hi) >= 0).all()
    assert (band.lo < band.hi).all()
    assert (band.lo[1:] < band.hi[:-1]).all()  # a (1, 0) step leads into each row
    nodes = [band.node(i, j) for i in range(band.rows) for j in range(m + 1)]
    assert [node for node in nodes if node is not None] == list(range(band.nodes))


@pytest.mark.parametrize(("i", "j"), [(-1, 0), (0, -1), (3, 0), (0, 3), (2, 0)])
def test_no_node_outside_the_band(i, j):
    assert Band.of(np.array([0, 0, 1]), np.array([3, 3, 3])).node(i, j) is None


@pytest.mark.parametrize(("n", "m"), [(0, 3), (3, 0), (0, 0)])
def test_a_side_without_sentences_is_one_run_of_skips(n, m):
    lattice = lattice_of(whole(n, m), m, seed=1)
    assert [kind for _, _, kind in steps_of(lattice)] == [SKIP_SRC] * n + [SKIP_TGT] * m
    assert posterior(lattice).openings == pytest.approx(1.0 if n or m else 0.0)


def test_on_a_tie_the_link_stays_and_the_first_kind_wins():
    band = whole(2, 2)
    scores = np.full((2, band.nodes), -np.inf, dtype=np.float32)
    scores[0, band.node(1, 1)] = scores[0, band.node(2, 2)] = 0.0
    scores[1, band.node(2, 2)] = 0.0
    tie = Lattice(band, ((1, 1), (2, 2)), scores, np.zeros(3), np.zeros(3), 0.0)
    assert steps_of(tie) == ((1, 1, (1, 1)), (2, 2, (1, 1)))
    other = Lattice(band, ((2, 2), (1, 1)), scores[::-1], np.zeros(3), np.zeros(3), 0.0)
    assert steps_of(other) == ((2, 2, (2, 2)),)


def test_the_opening_decides_between_one_run_and_two():
    """Two of three source sentences go: together if runs cost, the two worst if they do not."""
    band = whole(3, 1)
    scores = np.full((1, band.nodes), -np.inf, dtype=np.float32)
    scores[0, band.node(1, 1)], scores[0, band.node(2, 1)], scores[0, band.node(3, 1)] = 0, 1, 0
    kinds = {}
    for opening in (0.0, -5.0):
        lattice = Lattice(band, ((1, 1),), scores, np.full(4, -0.1), np.full(2, -9.0), opening)
        kinds[opening] = [kind for _, _, kind in steps_of(lattice)]
    assert kinds[0.0] == [(1, 0), (1, 1), (1, 0)]
    assert kinds[-5.0] in ([(1, 1), (1, 0), (1, 0)], [(1, 0), (1, 0), (1, 1)])


def test_forbidden_skips_are_taken_only_where_nothing_else_leads_on():
    band = whole(2, 1)
    scores = np.full((1, band.nodes), -np.inf, dtype=np.float32)
    scores[0, band.node(1, 1)] = -50.0
    skips = np.array([0.0, FORBIDDEN, 0.0]), np.array([0.0, FORBIDDEN])
    lattice = Lattice(band, ((1, 1),), scores, *skips, -1.0)
    assert [kind for _, _, kind in steps_of(lattice)] == [(1, 1), (1, 0)]
    assert posterior(lattice).skip_src[1] == 0.0


def test_a_lattice_without_a_path_says_so():
    band = whole(1, 1)
    scores = np.full((1, band.nodes), -np.inf, dtype=np.float32)
    skips = np.full(2, -np.inf)
    with (
        pytest.raises(ValueError, match="no path leads through the lattice"),
        np.errstate(invalid="ignore"),
    ):
        best_path(Lattice(band, ((1, 1),), scores, skips, skips, 0.0))


def test_ten_thousand_nodes_in_a_row_of_skips_keep_their_precision():
    """Running sums of many skips do not eat up the difference between two links."""
    m = 10_000
    band = whole(1, m)
    scores = np.full((1, band.nodes), -np.inf, dtype=np.float32)
    scores[0, band.node(1, 4_000)], scores[0, band.node(1, 9_000)] = 5.0, 5.01
    lattice = Lattice(band, ((1, 1),), scores, np.full(2, -30.0), np.full(m + 1, -7.3), -1.0)
    assert [step.j for step in best_path(lattice) if step.kind == (1, 1)] == [9_000]
    assert posterior(lattice).links.sum() == pytest.approx(1.0, abs=1e-3)
