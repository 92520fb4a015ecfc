"""Runs of sentences with a foreign encoder, and encoders that give what cannot be used."""

import numpy as np
import pytest
from conftest import MEANINGS, encode_runs

from aligner.embed import runs as module
from aligner.errors import ModelError

TEXTS = ["Ночь.", "Поезд и дом.", "Cat and river.", "Snow", "Война и мир."]


class Broken:
    """Gives whatever `answer` makes of the texts."""

    id = "broken-model"

    def __init__(self, answer):
        self._answer = answer

    def encode(self, texts):
        return self._answer(texts)


def test_runs_are_sums_weighted_by_the_root_of_the_length(toy):
    single, double, triple = encode_runs(toy, TEXTS, 3)
    assert single == pytest.approx(toy.encode(TEXTS), abs=1e-6)
    weights = np.sqrt([len(text) for text in TEXTS])
    for k, array in ((2, double), (3, triple)):
        assert len(array) == len(TEXTS) - k + 1
        for i, vector in enumerate(array):
            total = (single[i : i + k] * weights[i : i + k, None]).sum(axis=0)
            assert vector == pytest.approx(total / np.linalg.norm(total), abs=1e-5)


def test_rows_are_brought_to_norm_1():
    arrays = encode_runs(Broken(lambda texts: np.full((len(texts), 4), 7.0)), TEXTS, 2)
    for array in arrays:
        assert np.linalg.norm(array, axis=1) == pytest.approx(np.ones(len(array)), abs=1e-5)


def test_no_texts_have_no_vectors_but_a_width(toy):
    assert [array.shape for array in encode_runs(toy, [], 2)] == [(0, len(MEANINGS) + 1)] * 2


def test_a_vector_of_zeros_stays_one():
    single, double = encode_runs(Broken(lambda texts: np.zeros((len(texts), 4))), TEXTS, 2)
    assert not single.any()
    assert not double.any()


@pytest.mark.parametrize("at_once", [1, 2, 5, 1024])
def test_batches_do_not_change_vectors(toy, at_once, monkeypatch):
    expected = encode_runs(toy, TEXTS, 3)
    monkeypatch.setattr(module, "AT_ONCE", at_once)
    told = []
    for one, other in zip(encode_runs(toy, TEXTS, 3, told.append), expected, strict=True):
        assert one == pytest.approx(other, abs=1e-6)
    assert sum(told) == len(TEXTS)


def nan_in_the_second(texts):
    vectors = np.ones((len(texts), 3), dtype=np.float32)
    vectors[1, 2] = np.nan
    return vectors


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (nan_in_the_second, r"broken-model: no finite vector for text 2 \('Поезд и дом\.'\)"),
        (lambda texts: np.full((len(texts), 3), np.inf), "no finite vector for text 1 "),
        (lambda texts: np.ones((len(texts) - 1, 3)), r"shape \(4, 3\) for 5 texts; it must give"),
        (lambda texts: np.ones(len(texts)), r"shape \(5,\) for 5 texts"),
        (lambda texts: np.ones((1, len(texts), 3)), r"shape \(1, 5, 3\) for 5 texts"),
    ],
    ids=["nan", "inf", "too few", "flat", "too deep"],
)
def test_vectors_that_cannot_be_used(answer, message):
    with pytest.raises(ModelError, match=message) as caught:
        encode_runs(Broken(answer), TEXTS, 2)
    assert "\n" not in str(caught.value)


def test_the_sentence_is_counted_over_all_batches(monkeypatch):
    monkeypatch.setattr(module, "AT_ONCE", 2)

    def answer(texts):
        vectors = np.ones((len(texts), 3), dtype=np.float32)
        vectors[[text == "Snow" for text in texts]] = np.nan
        return vectors

    with pytest.raises(ModelError, match=r"for text 4 \('Snow'\)"):
        encode_runs(Broken(answer), TEXTS, 2)
