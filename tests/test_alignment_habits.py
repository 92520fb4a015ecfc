"""Texts that leave out far more than usual: there leaving out is no surprise."""

from dataclasses import replace

import numpy as np
import pytest

from aligner.alignment.habits import MOST, ORDINARY, PRIOR_STEPS, counted, to_habits
from aligner.alignment.lattice import Band, Lattice
from aligner.alignment.linking import linked
from aligner.alignment.model import load_model
from aligner.alignment.search import best_path, posterior
from aligner.settings import DEFAULT_SIZE
from tests.benchmarks.gold import segments

OPENING = -4.0
USUAL = 0.006  # about what the shipped model has


def lattice(n, lost, sure=8.0):
    """A text of n sentences, some of them `lost` in the translation; all others fit well."""
    kept = [i for i in range(n) if i not in lost]
    m = len(kept)
    band = Band.of(np.zeros(n + 1, dtype=np.int64), np.full(n + 1, m + 1))
    rows, columns = band.places()
    ends = {(i + 1, j + 1) for j, i in enumerate(kept)}  # of the right links
    right = np.array([place in ends for place in zip(rows, columns, strict=True)])
    scores = np.where(right, sure, -sure).astype(np.float32)[None]
    scores[:, (rows < 1) | (columns < 1)] = -np.inf
    return Lattice(band, ((1, 1),), scores, np.zeros(n + 1), np.zeros(m + 1), OPENING)


def test_runs_and_links_are_counted():
    lost = {4, 5, 6, 20}
    runs, links = counted(posterior(lattice(30, lost)))
    assert runs == pytest.approx(2, abs=0.05)
    assert links == pytest.approx(26, abs=0.1)


@pytest.mark.parametrize(
    ("n", "lost", "rises"),
    [
        (30, set(), False),
        (60, {7}, False),  # one in sixty may be chance
        (90, {10, 11, 12, 13, 14, 15, 16}, False),  # one run, however long
        (60, set(range(3, 60, 9)), True),  # seven runs
    ],
)
def test_only_a_text_that_leaves_out_far_more_is_taken_otherwise(n, lost, rises):
    scored = lattice(n, lost)
    plan, chances = to_habits(scored, USUAL)
    assert (plan.lattice.opening > OPENING) == rises
    if rises:
        runs, links = len(lost), n - len(lost)
        share = (runs + PRIOR_STEPS * USUAL) / (runs + links + PRIOR_STEPS)
        expected = np.log(share / (ORDINARY * USUAL))
        assert plan.lattice.opening - OPENING == pytest.approx(expected, abs=0.05)
    assert best_path(plan.lattice) == best_path(scored)
    np.testing.assert_array_equal(chances.links, posterior(plan.lattice).links)


def test_there_is_a_limit_and_nothing_is_done_without_a_usual_share():
    scored = lattice(60, set(range(1, 60, 2)))
    assert to_habits(scored, 0.001)[0].lattice.opening == OPENING + MOST
    assert to_habits(scored, 0.0)[0].lattice is scored


TOPICS = [
    ("ship", "корабль"),
    ("doctor", "врача"),
    ("horse", "лошадь"),
    ("letter", "письмо"),
    ("snow", "снег"),
    ("garden", "сад"),
    ("bridge", "мост"),
    ("church", "церковь"),
]


@pytest.mark.parametrize(("every", "surer"), [(88, False), (6, True)])
def test_omissions_are_surer_in_a_text_that_leaves_out_much(every, surer, use):
    lines = [
        (f"On day {day} she saw the {en} again.", f"На {day}-й день она опять увидела {ru}.")
        for day in range(3, 14)
        for en, ru in TOPICS
    ]
    lost = set(range(3, len(lines), every))
    src = segments([en for en, _ in lines])
    tgt = segments([ru for j, (_, ru) in enumerate(lines) if j not in lost])
    model, chances = load_model(), []
    for usual in (0.0, model.left_out):
        links = linked(src, tgt, DEFAULT_SIZE, replace(model, left_out=usual))
        omitted = {link.src.start: link.probability for link in links if not link.tgt}
        assert set(omitted) == lost
        chances.append(min(omitted.values()))
    assert (chances[1] > chances[0]) == surer
