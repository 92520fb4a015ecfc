"""Repeated lines find their usual partners in what is settled."""

import pytest

from aligner.alignment.cues import name_keys
from aligner.alignment.partners import kept_names, partners

TABLE = [  # source, target, settled links, pairs of partners
    (["GOVERNOR."] * 3, ["Городничий."] * 3, [(0, 0), (1, 1)], {("GOVERNOR.", "Городничий.")}),
    (["GOVERNOR."] * 3, ["Городничий."] * 3, [(0, 0)], set()),  # once is no habit
    (["Yes."] * 3, ["Да."] * 2 + ["Так точно."], [(0, 0), (1, 1), (2, 2)], {("Yes.", "Да.")}),
    (["Yes."] * 4, ["Да.", "Да.", "Ага.", "Ага."], [(i, i) for i in range(4)], set()),
    (["Yes.", "Aye."] * 2, ["Да."] * 4, [(i, i) for i in range(4)], set()),
    (
        ["ANNA.", "MARYA.", "ANNA.", "MARYA."],
        ["Анна Андреевна.", "Марья Антоновна."] * 2,
        [(i, i) for i in range(4)],
        {("ANNA.", "Анна Андреевна."), ("MARYA.", "Марья Антоновна.")},
    ),
    (  # whatever they do while they speak
        ["ANNA.", "ANNA [aside]."] * 2,
        ["Анна Андреевна (тихо).", "Анна Андреевна."] * 2,
        [(0, 0), (1, 1)],
        {
            (one, other)
            for one in ("ANNA.", "ANNA [aside].")
            for other in ("Анна Андреевна (тихо).", "Анна Андреевна.")
        },
    ),
    ([], [], [], set()),
]


@pytest.mark.parametrize(("src", "tgt", "settled", "expected"), TABLE)
def test_who_belongs_to_whom(src, tgt, settled, expected):
    keys = partners((src, tgt), settled)
    assert [len(one) for one in keys] == [len(src), len(tgt)]
    found = {
        (src[i], tgt[j])
        for i, key in enumerate(keys[0])
        for j, other in enumerate(keys[1])
        if key and key == other
    }
    assert found == expected


@pytest.mark.parametrize(("src", "tgt", "settled", "expected"), TABLE)
def test_both_directions_are_the_same(src, tgt, settled, expected):
    there = partners((src, tgt), settled)
    back = partners((tgt, src), [(j, i) for i, j in settled])
    assert back[::-1] == there


def test_each_pair_has_a_key_of_its_own():
    src, tgt = [f"S{i % 300}." for i in range(600)], [f"Т{i % 300}." for i in range(600)]
    keys = partners((src, tgt), [(i, i) for i in range(600)])
    assert {len(key) for key in keys[0]} == {1}
    assert len(set(keys[0])) == 300


NAMES = [  # source, target, settled links, keys of the names that are kept
    (["Pittman left.", "He slept."], ["Питтман уехал.", "Он спал."], [(0, 0), (1, 1)], {"ptm"}),
    (["Pittman left.", "He slept."], ["Питтман уехал.", "Он спал."], [(1, 1)], set()),
    (["Pittman left.", "Pittman ran."], ["Питтман уехал.", "Он бежал."], [(0, 0), (1, 1)], set()),
    (["This!", "This is Pittman."], ["Тус!", "Это Питтман."], [(0, 0), (1, 1)], {"ptm"}),
    ([], [], [], set()),
]


@pytest.mark.parametrize(("src", "tgt", "settled", "expected"), NAMES)
def test_names_that_most_settled_links_have_on_both_sides_are_kept(src, tgt, settled, expected):
    names = tuple(tuple(map(name_keys, texts)) for texts in (src, tgt))
    found = kept_names(names, settled)
    assert [len(side) for side in found] == [len(src), len(tgt)]
    assert {name for side in found for of in side for name in of} == expected
    assert kept_names(names[::-1], [(j, i) for i, j in settled]) == found[::-1]
