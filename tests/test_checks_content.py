"""Checks of content: gaps, languages, denials, doubtful pairs; and what evidence they get."""

import math

import numpy as np
import pytest

from aligner.checks import parts
from aligner.checks.check import Case, Context
from aligner.checks.coverage import covered, words_of
from aligner.checks.engine import issues
from aligner.checks.evidence import Gap, PairEvidence, Word
from aligner.checks.gathering import gathered
from aligner.checks.model import Model, load_model, weighed
from aligner.checks.settings import CheckSettings
from aligner.records import Span


def found(check, *cases, evidence=None):
    """(pair, severity) of each issue of one check."""
    checks = CheckSettings(only=frozenset([check])).chosen()
    return [(one.pair, one.severity) for one in issues(checks, Context(cases, evidence))]


def one(check, src, tgt, langs=("en", "ru")):
    return [severity for _, severity in found(check, Case(0, src, tgt, *langs))]


@pytest.mark.parametrize(
    ("check", "src", "tgt", "severities"),
    [
        ("omitted-sentence", "He came home late.", "", ["error"]),
        ("omitted-sentence", "* * *", " ", ["advisory"]),
        ("omitted-sentence", "He came.", "Он пришёл.", []),
        ("added-sentence", "", "Он пришёл домой поздно.", ["warning"]),
        ("added-sentence", "", "1.", ["advisory"]),
    ],
)
def test_whole_sentences(check, src, tgt, severities) -> None:
    assert one(check, src, tgt) == severities


@pytest.mark.parametrize(
    ("check", "src", "tgt", "severities"),
    [
        ("untranslated", "I was angry.", "I was so angry.", ["error"]),
        ("untranslated", "He came. I was angry.", "Он пришёл. I was angry.", ["warning"]),
        ("untranslated", "We watched Dancing on Ice.", "Мы смотрели Dancing on Ice.", []),
        ("untranslated", "See Lord of the Rings.", "Смотри Lord of the Rings.", []),
        ("untranslated", "Staphylococcus aureus grew.", "Вырос Staphylococcus aureus.", []),
        ("untranslated", "Use iPhone 12 Pro.", "Возьмите iPhone 12 Pro.", []),
        ("untranslated", "See www.a.org/the-way-it-is.", "См. www.a.org/the-way-it-is.", []),
        ("same-as-source", "I was angry.", "I was angry.", ["error"]),
        ("same-as-source", "Home", "Home", ["advisory"]),
        ("same-as-source", "Killer Pig Mauls Farmer", "Killer Pig Mauls Farmer", ["advisory"]),
        ("same-as-source", "aligner.toml", "aligner.toml", []),
        ("same-as-source", "v2.1", "v2.1", []),
        ("wrong-language", "Он был зол на меня.", "Он был зол на меня.", ["error"]),
        (
            "wrong-language",
            "He went home because it was already late.",
            "Він пішов додому, тому що було вже пізно і дуже темно.",
            ["error"],
        ),
        ("wrong-language", "The word is «дача».", "Это слово — «дача».", []),
    ],
)
def test_languages(check, src, tgt, severities) -> None:
    assert one(check, src, tgt) == severities


def test_a_russian_sentence_left_in_english_text() -> None:
    assert one(
        "untranslated", "Он ушёл. Она осталась.", "He left. Она осталась.", ("ru", "en")
    ) == ["warning"]


@pytest.mark.parametrize(
    ("src", "tgt", "lost"),
    [
        ("He did not agree.", "Он согласился.", True),
        ("He did not agree.", "Он не согласился.", False),
        ("He did not agree.", "Он отказался.", False),
        ("It is not possible.", "Это невозможно.", False),
        ("Nobody knows.", "Никто знает.", True),  # the «не» is gone
        ("Nobody knows.", "Никто не знает.", False),
        ("No drug helped.", "Ни одно лекарство помогло.", True),
        ("As strange as it is", "Как ни странно", False),
        ("Not only he came, but also she.", "Только он пришёл, но и она.", True),
        ("Not only he came, but also she.", "Пришёл не только он, но и она.", False),
        ("It was no longer there.", "Там было пусто.", False),
        ("See No. 5.", "См. п. 5.", False),
        ("He came without a hat in the week.", "На неделе он пришёл в шляпе.", True),
    ],
)
def test_negation_into_russian(src, tgt, lost) -> None:
    assert bool(one("negation-lost", src, tgt)) == lost


def test_negation_into_english() -> None:
    assert one("negation-lost", "Он не согласился.", "He agreed.", ("ru", "en")) == ["advisory"]
    assert one("negation-lost", "Он не согласился.", "He disagreed.", ("ru", "en")) == []
    assert one("negation-lost", "Это не сложно.", "It isn’t hard.", ("ru", "en")) == []
    assert one("negation-lost", "Это не сложно.", "Это сложно.", ("ru", "en")) == []  # no English


def test_a_denial_is_looked_for_beside_the_counterpart() -> None:
    src, tgt = (
        "He did not sleep, he said, not at all.",
        "Он спал, сказал он в тот далёкий день, не ел.",
    )
    sleep, slept = Word(Span(11, 16), 0.9, 0, 0.6), Word(Span(3, 7), 0.9, 0, 0.5)
    evidence = [PairEvidence(0.8, (sleep,), (slept,))]
    assert found("negation-lost", Case(0, src, tgt), evidence=evidence) == [(0, "advisory")]


@pytest.mark.parametrize(
    ("probability", "severities"), [(0.99, ["warning"]), (0.8, ["advisory"]), (0.3, [])]
)
def test_gaps_are_as_serious_as_they_are_sure(probability, severities) -> None:
    case = Case(0, "He came, and it was late.", "Он пришёл.")
    evidence = [PairEvidence(omitted=Gap(Span(9, 24), probability))]
    assert [level for _, level in found("omitted-part", case, evidence=evidence)] == severities


def test_an_improbable_link_is_doubtful() -> None:
    assert found("doubtful-pair", Case(0, "Yes.", "Да.", probability=0.2)) == [(0, "warning")]
    assert found("doubtful-pair", Case(0, "Yes.", "Да.", probability=0.9)) == []


def test_parts_are_single_clauses_and_two_neighbours() -> None:
    text = "When the night came down, the old man went home, and nobody saw him again there."
    shown = [text[part.start : part.stop] for part in parts.parts(text)]
    assert "When the night came down" in shown
    assert "the old man went home, and nobody saw him again there." in shown
    assert text not in shown
    assert parts.parts("Yes, he said.") == []
    first = parts.parts(text)[0]
    assert parts.without(text, first).startswith("the old man went home")


def test_the_length_of_a_translation_is_as_expected() -> None:
    en = "The night was dark and the house stood by the river."
    assert abs(parts.log_ratio(en, "Ночь была темна, и дом стоял у самой реки.")) < 0.3
    assert parts.log_ratio(en, "Ночь.") < -1
    assert parts.log_ratio(en, "") == -math.inf


def test_words_are_covered_by_vectors_and_names_by_sound() -> None:
    src, tgt = words_of("night Jacobs", "en"), words_of("ночь Джейкобс", "ru")
    vectors = np.eye(3, dtype=np.float32)
    here, _ = covered(src, tgt, (vectors[[0, 1]], vectors[[0, 2]]))
    assert here[0].partner == 0
    assert here[0].covered == 1.0
    capital = words_of("Jacobs night", "en"), words_of("Джейкобс ночь", "ru")
    here, _ = covered(*capital, (vectors[[1, 0]], vectors[[2, 0]]))
    assert here[0].covered > 0.5
    assert here[0].partner == 0


def test_common_words_weigh_little() -> None:
    words = words_of("the lighthouse", "en")
    assert words.weights[0] < 0.1 < words.weights[1]


NIGHT = ("The night was dark.", "Ночь была темна.")


def test_evidence_of_no_pairs_and_of_empty_sides() -> None:
    model = load_model()

    def none(texts):
        raise AssertionError("nothing is encoded")

    assert gathered([], none, model) == []
    empty = [Case(0, "", "Да."), Case(1, "Yes.", " ")]
    assert gathered(empty, none, model) == [PairEvidence(), PairEvidence()]


def toy(texts):
    """Texts as bags of letters, of norm 1."""
    rows = np.full((len(texts), 64), 0.01, dtype=np.float32)
    for row, text in zip(rows, texts, strict=True):
        for char in text.lower():
            row[ord(char) % 64] += 1
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def test_evidence_has_a_place_for_each_pair_in_order() -> None:
    cases = [Case(0, *NIGHT), Case(1, "", "Да."), Case(2, "Yes, 5!", "Да, 5!")]
    evidence = gathered(cases, toy, load_model())
    assert [bool(one.src) for one in evidence] == [True, False, True]
    assert all(0 <= one.quality <= 1 for one in evidence)
    assert evidence == gathered(cases, toy, load_model())


def test_the_shipped_model_knows_the_features_it_weighs() -> None:
    model = load_model()
    side = parts.Side("Text", (), {})
    names = set(parts.features(side, side, 0.5, 0.0))
    assert set(model.gap) == names | {"bias"}
    assert set(model.closer) == names - {"gain", "part_lacking"} | {"bias"}
    assert 0 < model.gap_probability(dict.fromkeys(names, 0.0)) < 1


def test_a_sum_of_weights() -> None:
    assert weighed({"a": 2.0, "bias": 1.0}, {"a": 3.0, "b": 5.0}) == 7.0
    model = Model({"bias": 0.0}, {"bias": -1000.0}, {"bias": 7.0}, 0.0)
    assert model.gap_probability({}) < 1e-20
    assert model.quality_of({}) == 1.0
