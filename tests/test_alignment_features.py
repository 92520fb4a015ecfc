"""Features of links: the same from both sides, and each says what its name says."""

from dataclasses import asdict, replace

import numpy as np
import pytest
from conftest import Given, clauses_of
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.alignment.anchors import Anchor
from aligner.alignment.clauses import PRIOR, clauses, cut
from aligner.alignment.cues import name_key
from aligner.alignment.features import FEATURES
from aligner.alignment.nodes import Nodes, Patch
from aligner.alignment.scoring import kinds_up_to, scale_of
from aligner.alignment.sides import passes_fixed, run_vectors, side

LONGEST = 4
KINDS = tuple((a, b) for a in range(1, LONGEST + 1) for b in range(1, LONGEST + 1))
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


def runs_of(vectors):
    """All runs, as sums of neighbours."""
    vectors = np.asarray(vectors)
    return run_vectors(Given(vectors), LONGEST, np.zeros(len(vectors) + 1, dtype=bool))


@st.composite
def sides(draw):
    """A random side, its paragraphs known or not."""
    texts = draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=12))
    vectors = np.random.default_rng(draw(st.integers(0, 999))).normal(size=(len(texts), 8)) + 0.3
    breaks = draw(st.lists(st.booleans(), min_size=len(texts), max_size=len(texts)))
    paragraphs = np.cumsum(breaks).tolist() if draw(st.booleans()) else None
    return side_of(texts, vectors, paragraphs)


def side_of(texts, vectors, paragraphs=None, dim=16):
    """A side whose clauses have made-up vectors."""
    return side(texts, runs_of(vectors), clauses_of(texts, dim), paragraphs)


def rectangle(src, tgt, scale):
    """All nodes of both sides."""
    return part_of(src, tgt, scale, (0, 0))


def part_of(src, tgt, scale, first):
    """The nodes from the first one on."""
    rows, columns = (range(at, len(one) + 1) for at, one in zip(first, (src, tgt), strict=True))
    return Nodes((src, tgt), [Patch.whole(rows, columns)], scale, KINDS)


def value(feature, at, a, b):
    """(rows, columns): of the links of one kind."""
    (patch,) = at.patches
    found = np.broadcast_to(feature(at), at.shape)[KINDS.index((a, b))]
    return found.reshape(len(patch.rows), len(patch.columns))


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
            one, other = value(feature, here, a, b), value(feature, there, b, a).T
            mine = one[a:, b:]  # what a lattice asks for: runs that begin in the text
            assert mine == pytest.approx(other[a:, b:], abs=1e-3), (feature.__name__, a, b)


@settings(deadline=None, max_examples=25)
@given(sides(), sides())
def test_each_feature_has_a_finite_value_of_the_order_of_1_everywhere(src, tgt):
    at = rectangle(src, tgt, scales(src, tgt)[0])
    for feature in FEATURES:
        for a, b in KINDS:
            found = value(feature, at, a, b)
            assert found.shape == (len(src) + 1, len(tgt) + 1), (feature.__name__, a, b)
            assert np.isfinite(found).all(), (feature.__name__, a, b)
            assert np.abs(found).max() < 60, (feature.__name__, a, b)


@settings(deadline=None, max_examples=25)
@given(sides(), sides(), st.integers(0, 6), st.integers(0, 6))
def test_a_part_of_the_rectangle_has_the_same_values(src, tgt, top, left):
    """All but the surroundings, which are taken from the neighbourhood of the rectangle."""
    top, left = min(top, len(src)), min(left, len(tgt))
    scale, _ = scales(src, tgt)
    whole = rectangle(src, tgt, scale)
    part = part_of(src, tgt, scale, (top, left))
    for feature in FEATURES:
        for a, b in KINDS:
            if feature.__name__ == "above_surroundings":
                continue
            one = value(feature, whole, a, b)[top:, left:]
            other = value(feature, part, a, b)
            rows, columns = max(0, a - top), max(0, b - left)
            assert other[rows:, columns:] == pytest.approx(one[rows:, columns:], abs=1e-3), (
                feature.__name__
            )


@settings(deadline=None, max_examples=25)
@given(
    st.lists(st.tuples(st.integers(0, 12), st.integers(1, 5)), min_size=1, max_size=4), st.data()
)
def test_nodes_of_several_patches_have_the_values_that_they_have_by_themselves(places, data):
    src, tgt = data.draw(sides()), data.draw(sides())
    scale, patches = scales(src, tgt)[0], []
    for first, count in places:
        top, left = (min(first, len(one)) for one in (src, tgt))
        rows, columns = range(top, min(top + count, len(src) + 1)), range(left, len(tgt) + 1)
        whole = Patch.whole(rows, columns)
        some = np.flatnonzero(data.draw(st.lists(st.booleans(), min_size=3, max_size=3)))
        patches.append(replace(whole, at=tuple(of[some % len(of)] for of in whole.at)))
    together = Nodes((src, tgt), patches, scale, KINDS)
    alone = [Nodes((src, tgt), [patch], scale, KINDS) for patch in patches]
    for feature in FEATURES:
        expected = np.hstack([np.broadcast_to(feature(at), at.shape) for at in alone])
        found = np.broadcast_to(feature(together), together.shape)
        assert found == pytest.approx(expected, abs=1e-4), feature.__name__


@settings(deadline=None, max_examples=25)
@given(sides(), sides())
def test_the_scale_is_that_of_the_other_direction_turned(src, tgt):
    scale, turned = scales(src, tgt)
    back = replace(turned, ratio=-turned.ratio)
    assert flat(scale) == pytest.approx(flat(back), abs=1e-5)


def flat(scale):
    """All its numbers in one record."""
    plain = asdict(scale)
    nested = {f"clauses {key}": v for key, v in plain.pop("clauses").items()}
    return plain | nested


VALUES = [  # feature, source, target, value for the link of all of both sides
    ("numbers_agree", ["In 1871."], ["В 1871 году."], 1),
    ("parts_differ_of_several", ["He came?"], ["Как! приехал?"], 0),
    ("parts_differ_of_several", ["Well!", "So he came?"], ["Как! приехал?"], 0),
    ("parts_differ_of_several", ["Well!", "So!", "He came?"], ["Как! приехал?"], 1 / 6**0.5),
    ("parts_differ_of_several", ["a", "b"], ["Да: в 8; нет: в 9; да: 8; нет!"], 2),
    ("cut_short", ["He served in St."], ["Он служил в Петербурге."], 1),
    ("cut_short", ["He served in St.", "Petersburg."], ["Он служил в Петербурге."], 0),
    ("cut_short", ["Father Rev."], ["Отец Св."], 2),
    ("cut_short", ["The Rev."], ["Отец."], 2),
    ("cut_short", ["St."], ["Петербург."], 2),  # for certain: it is nothing else
    ("numbers_agree", ["In 1871."], ["В 1872 году."], 0),
    ("numbers_agree", ["In 1871."], ["Тогда."], 0),
    ("numbers_agree", ["7 and 8."], ["7 и 9."], 0.5),
    ("names_agree", ["Chekhov left Yalta."], ["Чехов уехал из Ялты."], 1),
    ("names_agree", ["Chekhov left Yalta."], ["Путин улетел."], 0),
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


@pytest.mark.parametrize(("name", "src", "tgt", "expected"), VALUES)
def test_what_a_feature_says(name, src, tgt, expected):
    rows = []
    for texts in (src, tgt):
        whole = [*texts, "And so on.", "И т. д."]  # so that both sides have paragraphs
        rows.append(side_of(whole, np.eye(8)[: len(whole)], list(range(len(whole)))))
    at = rectangle(*rows, scales(*rows)[0])
    a, b = len(src), len(tgt)
    assert value(BY_NAME[name], at, a, b)[a, b] == pytest.approx(expected)


OPEN = ["ANNA [rising.", "Aside]."]
ALSO_OPEN = ["Анна Андреевна (встаёт.", "В сторону)."]
CLOSED = ["Анна Андреевна (встаёт, в сторону)."]


@pytest.mark.parametrize(
    ("src", "tgt", "kind", "expected"),
    [(OPEN, CLOSED, (1, 1), 1), (OPEN, CLOSED, (2, 1), 0), (OPEN, ALSO_OPEN, (1, 1), 0)],
)
def test_a_bracket_may_be_open_behind_both_runs_or_neither(src, tgt, kind, expected):
    rows = [side_of([*texts, "И т. д."], np.eye(8)[: len(texts) + 1]) for texts in (src, tgt)]
    at = rectangle(*rows, scales(*rows)[0])
    assert value(BY_NAME["bracket_left_open"], at, *kind)[kind] == expected


def two_lines(paragraphs):
    texts = ["Да.", "Нет."]
    return side_of(texts, np.eye(4)[:2], paragraphs)


@pytest.mark.parametrize("known", [(True, False), (False, True), (False, False)])
def test_paragraphs_count_only_where_both_sides_have_them(known):
    rows = [two_lines([0, 1] if knows else None) for knows in known]
    at = rectangle(*rows, scales(*rows)[0])
    for name in ("borders_crossed", "borders_meet"):
        assert not value(BY_NAME[name], at, 2, 1).any()


def test_a_side_of_one_paragraph_has_no_borders():
    assert not two_lines([0, 0]).has_paragraphs
    assert two_lines([0, 1]).has_paragraphs


WORDY = [
    "дом стоял над рекой",
    "поезд уходит ночью",
    "пчёлы зимой молчат",
    "книга лежала открытой",
    "маяк снова горит",
    "сторож читает газету",
]


def coverage(name, src, tgt):
    """The feature's values for two texts in one language: each clause is its own partner."""
    dim = 64  # so many that two clauses are hardly ever alike by chance
    rows = [side_of(texts, np.eye(8)[: len(texts)], dim=dim) for texts in (src, tgt)]
    return value(BY_NAME[name], rectangle(*rows, scales(*rows)[0]), 1, 1)[1:, 1:]


@pytest.mark.parametrize("name", ["clauses_covered", "clauses_covered_least"])
def test_clauses_cover_their_own_sentence_and_no_other(name):
    values = coverage(name, WORDY, WORDY)
    others = values[~np.eye(len(WORDY), dtype=bool)]
    assert values.diagonal().min() > 1.5 * others.max()


def test_a_sentence_that_was_left_out_shows_in_the_run_that_swallows_it():
    src, tgt = WORDY, WORDY[:2] + WORDY[3:]  # the third has no partner
    rows = [side_of(texts, np.eye(8)[: len(texts)], dim=64) for texts in (src, tgt)]
    at = rectangle(*rows, scales(*rows)[0])
    least, several = (BY_NAME[f"clauses_covered_least{which}"] for which in ("", "_of_several"))
    assert value(least, at, 1, 1)[2, 2] > 2.5 * value(least, at, 2, 1)[3, 2]
    assert value(several, at, 1, 1)[2, 2] == 0
    assert value(several, at, 2, 1)[3, 2] == value(least, at, 2, 1)[3, 2]


def test_empty_texts_have_the_coverage_of_the_prior():
    values = coverage("clauses_covered", ["", ""], ["", ""])
    assert values == pytest.approx(np.full((2, 2), 3 * PRIOR))


CLAUSES = [  # a bar at each border
    "and it was so.",
    "И стало так.",
    "And God said, |Let there be light: |and there was light.",
    "Он встал из-за стола, |— сказал он матери, — и вышел.",
    "It rained (as it always does in March) |and we stayed at home; |nobody came.",
    "Да, да, да.",
]


@pytest.mark.parametrize("marked", CLAUSES)
def test_a_sentence_falls_into_clauses_at_its_marks(marked):
    expected = [part.strip() for part in marked.split("|")]
    assert cut(marked.replace("|", "")) == expected


def test_what_all_clauses_of_a_text_share_tells_none_apart(monkeypatch):
    texts = [f"предложение {number}" for number in range(600)]
    own = np.random.default_rng(0).normal(size=(600, 16)).astype(np.float32)
    shared = own + 20 * np.eye(16, dtype=np.float32)[0]  # cosines of 0.95 and more
    wanted = np.ones(600, dtype=bool)
    found = clauses(texts, wanted, shared / np.linalg.norm(shared, axis=1, keepdims=True)).vectors
    assert np.linalg.norm(found, axis=1) == pytest.approx(np.ones(600), abs=1e-3)
    assert (found @ found.T).mean() < 0.05
    whole = clauses(texts, wanted, own).vectors
    monkeypatch.setattr("aligner.alignment.clauses.ROWS_AT_ONCE", 7)
    assert (clauses(texts, wanted, own).vectors == whole).all()


def test_clauses_are_counted_in_wanted_sentences_only():
    texts = ["Not wanted, not split at the comma.", *(text.replace("|", "") for text in CLAUSES)]
    wanted = np.array([False, *[True] * len(CLAUSES)])
    counts = [0, *(1 + text.count("|") for text in CLAUSES)]
    found = clauses(texts, wanted, np.zeros((sum(counts), 4)))
    assert [len(ids) for ids in found.of_sentence] == counts
    assert np.concatenate(found.of_sentence).tolist() == list(range(sum(counts)))
    assert len(found.weights) == sum(counts)
    assert found.weights.min() == pytest.approx(len("Да, да, да.") / 60)


MISSING = [  # source, target, kind, how many kept names (Pittman, Craig, Menga) are missing
    (["Pittman left.", "So."], ["Питтман уехал.", "Так."], (1, 1), 0),
    (["Pittman left.", "So."], ["Он уехал.", "Так."], (1, 1), 1),
    (["Pittman and Craig left.", "So."], ["Менга уехал.", "Так."], (1, 1), 3),
    (["Pittman, Craig, Menga, Pittman.", "So."], ["Они.", "Так."], (1, 1), 3),
    (["Chekhov left.", "So."], ["Он уехал.", "Так."], (1, 1), 0),  # none that is kept
    (
        ["Pittman left.", "Pittman ran."],
        ["Питтман уехал и бежал.", "Так."],
        (2, 1),
        0,
    ),  # said twice
    (["So.", "Pittman left."], ["Так.", "Он."], (2, 1), 1),
]


@pytest.mark.parametrize(("src", "tgt", "kind", "missing"), MISSING)
def test_kept_names_that_only_one_run_has(src, tgt, kind, missing):
    kept = set(map(name_key, ("Pittman", "Craig", "Menga")))
    rows = [side_of(texts, np.eye(4)[:2]) for texts in (src, tgt)]
    rows = [
        replace(row, kept_names=tuple(tuple(n for n in of if n in kept) for of in row.cues.names))
        for row in rows
    ]
    at, (a, b) = rectangle(*rows, scales(*rows)[0]), kind
    assert value(BY_NAME["names_missing"], at, a, b)[a, b] == missing


PARTNERS = [  # keys of source and target, kind, share of the lines with a partner that meet it
    ([("1",), ()], [("1",), ()], (1, 1), 1),
    ([("1",), ()], [("2",), ()], (1, 1), 0),
    ([("1",), ()], [(), ()], (1, 1), 0),
    ([("1",), ()], [("1",), ()], (2, 2), 1),
    ([("1",), ()], [(), ()], (2, 1), 0),
    ([(), ()], [(), ()], (1, 1), 0),
]


@pytest.mark.parametrize(("src", "tgt", "kind", "meet"), PARTNERS)
def test_usual_partners_meet(src, tgt, kind, meet):
    lines = [
        replace(side_of(["ANNA.", "Да."], np.eye(4)[:2]), partners=tuple(keys))
        for keys in (src, tgt)
    ]
    at, (a, b) = rectangle(*lines, scales(*lines)[0]), kind
    assert value(BY_NAME["partners_meet"], at, a, b)[a, b] == pytest.approx(meet)


def test_kinds_come_small_ones_first_and_both_ways_round():
    assert kinds_up_to(2) == ((1, 1),)
    assert kinds_up_to(4) == ((1, 1), (1, 2), (2, 1), (1, 3), (2, 2), (3, 1))


FIXED = [  # fixed nodes of five sentences, length of the runs, ends whose run passes one
    ([], 3, []),
    ([2], 1, []),
    ([2], 2, [3]),
    ([2], 3, [3, 4]),
    ([0, 5], 4, []),
    ([2, 3], 2, [3, 4]),
]


@pytest.mark.parametrize(("nodes", "k", "ends"), FIXED)
def test_runs_that_pass_a_fixed_node(nodes, k, ends):
    fixed = np.isin(np.arange(6), nodes)
    passing = np.flatnonzero(passes_fixed(fixed, k))
    assert [end for end in passing.tolist() if end >= k] == ends
    kept = run_vectors(Given(np.eye(5)), 4, fixed)
    firsts = np.arange(-1, 7)
    expected = [0 <= first and first + k <= 5 and first + k not in ends for first in firsts]
    assert kept.kept(k, firsts).tolist() == expected
    taken = kept.take(k, firsts[expected])
    assert taken.shape == (sum(expected), 5)
    assert (np.linalg.norm(taken, axis=1) > 0.5).all()
