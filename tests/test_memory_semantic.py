"""Search by meaning: in either language, kept level with the memory, whatever encoder is used."""

from dataclasses import replace
from pathlib import Path
from zlib import crc32

import numpy as np
import pytest

from aligner.memory import adding, semantic
from aligner.memory.store import Store
from aligner.memory.units import Entry, NewDocument
from aligner.records import Pair, Provenance, Span

MADE_BY = Provenance(src_lang="en", tgt_lang="ru")
TEXTS = [
    ("hello train", "привет поезд"),
    ("cat in the house", "кот в доме"),
    ("river and sea", "река и море"),
    ("snow in winter", "снег зимой"),
]


def add(store, texts, name="a"):
    entries = [
        Entry(Pair(src, tgt, Span(k, k + 1), Span(k, k + 1), 0.7, 1.0, MADE_BY))
        for k, (src, tgt) in enumerate(texts)
    ]
    adding.add(store, NewDocument(name, repr(texts)), entries, "20261124T000000Z")


@pytest.fixture
def memory():
    with Store.open(Path(":memory:")) as store:
        add(store, TEXTS)
        yield store


def sources(store, encoder, text, limit=2):
    semantic.update(store, encoder)
    return [near.unit.src for near in semantic.nearest(store, encoder, text, limit)]


@pytest.mark.parametrize(
    ("text", "first"),
    [("cat", "cat in the house"), ("поезд", "hello train"), ("зима", "snow in winter")],
)
def test_the_nearest_meaning_comes_first_in_either_language(memory, toy, text, first):
    assert sources(memory, toy, text)[0] == first


def test_similarities_are_cosines(memory, toy):
    semantic.update(memory, toy)
    found = semantic.nearest(memory, toy, "hello train", 4)
    vectors = toy.encode([near.unit.src for near in found])
    expected = vectors @ toy.encode(["hello train"])[0]
    assert [near.similarity for near in found] == pytest.approx(expected.tolist(), abs=0.01)


def test_what_is_added_later_is_found_and_what_is_gone_is_not(memory, toy):
    assert semantic.update(memory, toy) == 4
    assert semantic.update(memory, toy) == 0
    add(memory, [("war and peace", "война и мир"), ("only english cat", "")], "b")
    assert semantic.behind(memory, toy) == 1  # an omission has nothing to offer
    assert sources(memory, toy, "мир")[0] == "war and peace"
    add(memory, TEXTS[1:], "a")  # a new version without the first unit
    assert "hello train" not in sources(memory, toy, "train", limit=10)


def test_equal_units_are_shown_once(memory, toy):
    add(memory, TEXTS, "b")
    assert sources(memory, toy, "cat", limit=10).count("cat in the house") == 1


def test_a_unit_that_goes_takes_its_vector_with_it(memory, toy):
    semantic.update(memory, toy)
    add(memory, TEXTS[1:], "a")
    (vectors,) = memory.connection.execute("SELECT count(*) FROM vectors").fetchone()
    assert vectors == len(TEXTS) - 1


def test_many_equal_units_and_many_that_are_gone_hide_nothing(memory, toy):
    """More than there are candidates; they come first by their signs."""
    add(memory, [("hello hello train", f"привет {k}") for k in range(3_000)], "gone")
    add(memory, [("hello train", "привет поезд")] * 3_000, "equal")
    semantic.update(memory, toy)
    add(memory, [("only english cat", "")], "gone")
    found = sources(memory, toy, "hello train", limit=4)
    assert sorted(found) == sorted(src for src, _ in TEXTS)


@pytest.mark.parametrize("words", [1, 2, 8, 9])
def test_bits_are_counted_for_vectors_of_any_length(words):
    rows = np.random.default_rng(3).integers(0, 1 << 63, (50, words)).astype(np.uint64)
    rows[0], rows[1] = 0, ~np.uint64(0)
    expected = [sum(int(word).bit_count() for word in row) for row in rows]
    assert semantic._bits(rows).tolist() == expected


def test_nearness_is_the_sum_of_the_numbers_with_the_signs_of_a_unit():
    rng = np.random.default_rng(4)
    vectors, query = (rng.normal(size=size).astype(np.float32) for size in ((20, 100), 100))
    expected = np.where(vectors > 0, 1, -1) @ query
    assert semantic._nearness(semantic._signs(vectors), query) == pytest.approx(expected, abs=1e-4)


def test_another_encoder_makes_its_own_vectors(memory, toy):
    semantic.update(memory, toy)
    other = replace(toy, id="toy 2")
    assert semantic.behind(memory, other) == 4
    assert semantic.nearest(memory, other, "cat") == []
    assert sources(memory, other, "cat")[0] == "cat in the house"
    assert semantic.behind(memory, toy) == 4  # one encoder's at a time


def test_an_empty_memory_has_nothing_near(toy):
    with Store.open(Path(":memory:")) as store:
        assert semantic.update(store, toy) == 0
        assert semantic.nearest(store, toy, "cat") == []


@pytest.mark.parametrize("candidates", [semantic.CANDIDATES, 100])  # 100: with all three sieves
def test_signs_and_small_numbers_find_what_exact_vectors_find(candidates, monkeypatch):
    """Ten nearest of 5,000 random vectors, and of the neighbours that each was made near to."""
    monkeypatch.setattr(semantic, "CANDIDATES", candidates)

    class Random:
        id = "random"

        def encode(self, texts):
            vectors = np.array(
                [np.random.default_rng(int(t.split()[0])).normal(size=100) for t in texts]
            )
            moved = np.array(
                [np.random.default_rng(crc32(t.encode())).normal(size=100) for t in texts]
            )
            vectors = (vectors + 0.3 * moved).astype(np.float32)
            return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    texts = [f"{k % 500} x{k}" for k in range(5_000)]
    encoder = Random()
    exact = encoder.encode(texts) @ encoder.encode(["7 query"])[0]
    best = {texts[k] for k in np.argsort(-exact)[:10]}
    with Store.open(Path(":memory:")) as store:
        add(store, [(text, "я") for text in texts])
        found = set(sources(store, encoder, "7 query", limit=10))
    assert len(found & best) >= 9
