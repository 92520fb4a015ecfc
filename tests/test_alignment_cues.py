"""Cues of a sentence, in both languages: what a translation keeps must give the same key."""

import numpy as np
import pytest

from aligner.alignment.cues import (
    END_MARKS,
    cues,
    key_counts,
    left_open,
    line_of,
    name_key,
    name_keys,
    number_keys,
)

SAME_NAME = [
    "Putin Путин Путина Путину",
    "Kharkov Kharkiv Харьков Харькова Харькову",
    "Dyachenko Дьяченко",
    "Chekhov Чехов Чехова Чехову",
    "Tchaikovsky Чайковский Чайковского",
    "Dostoevsky Dostoyevsky Достоевский Достоевского",
    "Tolstoy Толстой Толстого",
    "Khrushchev Хрущёв Хрущева",
    "Shcherbakov Щербаков",
    "Zhukov Жуков Жукова",
    "Raskolnikov Раскольников Раскольникову",
    "Washington Вашингтон Вашингтона",
    "Philip Филипп Филиппа",
    "Max Maks Макс",
    "George Джордж",
    "Jack Джек",
    "Anna Анна Анну",
    "Ivan Иван Ивана Ивану",
]
OTHER_NAME = [
    ("Putin", "Байден"),
    ("Moscow", "Минск"),
    ("Anna", "Иван"),
    ("Lenin", "Сталин"),
    ("Chekhov", "Чайковский"),
    ("Kharkov", "Херсон"),
]


@pytest.mark.parametrize("names", SAME_NAME)
def test_one_name_has_one_key_in_both_languages(names):
    assert len({name_key(name) for name in names.split()} - {""}) == 1


@pytest.mark.parametrize(("english", "russian"), OTHER_NAME)
def test_another_name_has_another_key(english, russian):
    assert name_key(english) != name_key(russian)


@pytest.mark.parametrize("name", ["Io", "Ио", "Я", "I", "ь", ""])
def test_a_single_sound_is_no_key(name):
    assert name_key(name) == ""


@pytest.mark.parametrize(
    ("english", "russian", "shared"),
    [
        ("Chekhov went to Yalta.", "Чехов уехал в Ялту.", 2),
        ("He went home.", "Он ушёл домой.", 0),
        ("Anna met Anna.", "Анна встретила Анну.", 1),  # a name counts once
        ("The UN met in Kyiv.", "ООН собралась в Киеве.", 1),
    ],
)
def test_names_that_both_sides_share(english, russian, shared):
    assert len(set(name_keys(english)) & set(name_keys(russian))) == shared


@pytest.mark.parametrize("text", ["", "  ", "—", "12", "он вышел", "«»", "Я и ты", "😀"])
def test_no_names(text):
    assert name_keys(text) == ()


@pytest.mark.parametrize(
    "same",
    [
        ["1,250.50", "1 250,50", "1250.50", "1\u00a0250,50", "1\u202f250,50"],
        ["3.5%", "3,5 %"],
        ["at 8:47", "в 8.47"],
        ["No. 7", "№ 7", "07"],
        ["in 1871", "в 1871-м"],
        ["nine hundred and twelve", "девятьсот двенадцать", "912"],
        ["the twelfth chapter", "глава двенадцатая", "Chapter 12"],
        ["two thousand men", "две тысячи человек", "2,000 men"],
    ],
)
def test_one_number_has_the_same_keys(same):
    assert len({number_keys(text) for text in same}) == 1
    assert number_keys(same[0])


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("no numbers", 0), ("от 5 до 7", 2), ("5, 7", 2), ("20 20", 1), ("7 and 7", 2)],
)
def test_how_many_numbers(text, count):
    assert len(number_keys(text)) == count


@pytest.mark.parametrize(("one", "other"), [("7", "8"), ("1871", "1917"), ("12", "21")])
def test_another_number_has_another_key(one, other):
    assert number_keys(one) != number_keys(other)


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("He left.", "."),
        ("Он ушёл.»", "."),
        ("“Is it late?”", "?"),
        ("«Поздно!»", "!"),
        ("Well…", "…"),
        ("Ну...", "…"),
        ("He said:", ":"),
        ("сначала;", ";"),
        ("well,", ","),
        ("(He left.)", "."),
        ("*Он ушёл.*", "."),
        ("The Light Comes Back", None),
        ("", None),
        ("  ", None),
        ("»", None),
    ],
)
def test_end_marks(text, mark):
    assert cues([text]).end[0] == (END_MARKS[mark] if mark else 0)


@pytest.mark.parametrize(
    ("text", "speech"),
    [
        ("— Уже поздно, — сказал он.", True),
        ("- Да.", True),
        ("“It's late,” he said.", True),
        ('"Yes."', True),
        ("«Да», — сказал он.", True),
        ("„Да“", True),
        ("('No.')", True),
        ("Он сказал: «Да».", False),
        ("-5 градусов", False),
        ("well-known", False),
        ("", False),
    ],
)
def test_what_opens_like_speech(text, speech):
    assert bool(cues([text]).speech[0]) is speech


def test_letters_are_counted_without_marks_and_never_none():
    assert cues(["Да, 25!", "", "…", "Hello"]).letters.tolist() == [4, 1, 1, 5]


def test_a_label_is_short_and_comes_back():
    texts = ["ХЛЕСТАКОВ.", "Что?", "ХЛЕСТАКОВ.", "Да.", "ХЛЕСТАКОВ.", *["Ah " * 40] * 3]
    assert cues(texts).label.tolist() == [True, False, True, False, True, False, False, False]


@pytest.mark.parametrize(
    ("places", "labels"),
    [
        ([0, 2, 4], [0, 2, 4]),
        ([0, 100, 199], [0, 100, 199]),
        ([0, 100, 200], []),  # an outcry of every hundredth speech
        ([0, 100, 200, 250], [100, 200, 250]),
        ([0, 1, 2, 500], [0, 1, 2]),
        ([7, 8], []),
    ],
)
def test_a_label_comes_back_nearby(places, labels):
    texts = [f"Speech number {at}." for at in range(600)]
    for at in places:
        texts[at] = "What!"
    assert np.flatnonzero(cues(texts).label).tolist() == labels


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("GOVERNOR.", "GOVERNOR"),
        ("GOVERNOR [aside].", "GOVERNOR"),
        ("Городничий (в сторону).", "Городничий"),
        ("POSTMASTER [in uniform, sword in hand.", "POSTMASTER"),
        ("Аммос Федорович.", "Аммос Федорович"),
        ("Exclamations of (oh!) are heard.", "Exclamations of (oh!) are heard"),
        ("What!", "What!"),  # not the same line as "What."
        ("[Aside.]", "[Aside.]"),  # a direction by itself is a line of its own
        ("", ""),
        ("...", "..."),
    ],
)
def test_a_direction_is_no_part_of_the_line(text, line):
    assert line_of(text) == line


def test_a_label_may_have_directions():
    texts = ["ANNA.", "Yes.", "ANNA [aside].", "No.", "ANNA [in a low voice, to the door]."]
    assert cues(texts).label.tolist() == [True, False, True, False, True]


def test_a_label_with_an_open_bracket_goes_on():
    texts = ["ANNA.", "Yes.", "ANNA.", "No.", "ANNA [rising.", "Aside].", "Well."]
    assert cues(texts).label.tolist() == [True, False, True] + [False] * 4


@pytest.mark.parametrize(
    ("texts", "still_open"),
    [
        (["ANNA [rising.", "Aside].", "Well."], [0]),
        (["(Он встал.", "Он ушёл.", "Занавес.)"], [0, 1]),
        (["He left (at last).", "And so on."], []),
        (["He left (at last.", "And so on."], []),  # nothing closes it
        (["He left (at last.", *["On and on."] * 4, "And) so."], []),  # nothing nearby
        (["(One.", "[Two.", "Three]", "Four)"], [0, 1, 2]),
        (["(One.", "(Two.", "Three)"], [1]),
        (["a) One.", "b) Two."], []),
        (["Fine :)", "Bad :(", "1) Three."], [1]),  # as it must look to who counts brackets
        ([], []),
    ],
)
def test_where_a_bracket_is_still_open(texts, still_open):
    assert np.flatnonzero(left_open(texts)).tolist() == still_open


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Он ушёл.", 1),
        ("Это выдумали злодеи мои; это такой народ!", 2),
        ("Those scoundrels here invented the lie.", 1),
        ("Что, приехал? ревизор? с усами! с какими усами?", 4),
        ("Он сказал: «Да!»", 2),
        ("Ну... да", 1),
        ("Version 3.14 of aligner.py at 8:47", 0),
        ("", 0),
    ],
)
def test_parts_that_may_be_sentences_in_the_other_language(text, parts):
    assert cues([text]).parts.tolist() == [parts]


def test_brackets_open_a_stage_direction():
    texts = ["(Уходит.)", "[Exit.]", "Он (он) ушёл.", ""]
    assert cues(texts).bracket.tolist() == [True, True, False, False]


def test_no_sentences_have_no_cues():
    assert len(cues([])) == 0
    assert key_counts((), ["1", "5"]).shape == (0, 2)


def test_keys_are_counted_by_sentence():
    table = key_counts((("a", "a", "b"), (), ("d",)), ["a", "b", "c", "d"])
    assert table.tolist() == [[2, 1, 0, 0], [0, 0, 0, 0], [0, 0, 0, 1]]


def test_the_keys_of_a_sentence():
    text = "Chekhov left Yalta in 1904; Чехов left it for good."
    assert name_keys(text) == ("chv", "alt")
    assert number_keys("In 1904 he was forty-four.") == ("1904", "40", "4")
