"""Cleaning, spaces, letters and rough sentences of a string."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.text import Letters, chunks, cleaned, letters, on_one_line

CONTROL, INVISIBLE, SOFT = "control character", "invisible mark", "soft hyphen"

CLEANED = [  # given, clean, left out
    ("", "", {}),
    ("Привет, world", "Привет, world", {}),
    ("\ufeffПривет", "Привет", {}),  # a byte order mark at the start is no part of the text
    ("При\ufeffвет", "Привет", {INVISIBLE: 1}),
    ("одна\r\nдве\r\nтри", "одна\nдве\nтри", {}),
    ("одна\r\r\nдве", "одна\nдве", {}),  # converted twice
    ("одна\rдве", "одна\nдве", {}),  # an old Mac file
    ("одна\rещё\nдве", "одна\u2028ещё\nдве", {}),  # two lines, as other programs count them
    ("стр. 1\x0cстр. 2\x0bконец\n", "стр. 1\u2028стр. 2\u2028конец\n", {}),
    ("при\x00вет\x1b мир\x85", "привет мир", {CONTROL: 3}),
    ("столбец\tстолбец", "столбец\tстолбец", {}),
    ("\ud83dхвост", "хвост", {"lone surrogate": 1}),
    ("a\ufffeb\uffffc\ufdd0d\U0001fffee", "abcde", {"noncharacter": 4}),
    ("пере\u00adнос", "перенос", {SOFT: 1}),
    ("пере\u00ad\n  нос слова", "перенос слова", {}),  # broken over two lines: one word
    ("ze\u200bro\u200c \u2060wi\u202adth\u200f", "zero width", {INVISIBLE: 5}),
    ("и\u0306 е\u0308", "й ё", {}),  # NFC
    ("10\u00a0000\u202f₽ — «да»…", "10\u00a0000\u202f₽ — «да»…", {}),  # typography stays
    ("👩‍💻 и ❤️‍🔥 и 👩🏽‍🚀", "👩‍💻 и ❤️‍🔥 и 👩🏽‍🚀", {}),
    ("сло\u200dво\u200d", "слово", {INVISIBLE: 2}),
]


@pytest.mark.parametrize(("text", "clean", "left_out"), CLEANED)
def test_cleaned(text, clean, left_out):
    result = cleaned(text)
    assert result.text == clean
    assert result.left_out == left_out


@given(st.text(alphabet=st.characters(codec=None)))
def test_a_clean_text_stays_as_it_is(text):
    once = cleaned(text)
    assert cleaned(once.text).text == once.text
    assert cleaned(once.text).left_out == {}
    assert once.text == unicodedata.normalize("NFC", once.text)
    once.text.encode("utf-8")  # fails on a surrogate


@given(st.lists(st.text(alphabet="аbЁ.\x0b\x0c\x85\u2028\u2029 \t")))
def test_no_line_comes_or_goes(lines):
    assert cleaned("\n".join(lines)).text.count("\n") == max(0, len(lines) - 1)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("  одна \n  другая\tтретья  ", "одна другая третья"),
        ("\u2028одна\u2029две", "одна две"),
        ("10\u00a0000\u202f₽", "10\u00a0000\u202f₽"),
        (" \n ", ""),
    ],
)
def test_on_one_line(text, line):
    assert on_one_line(text) == line


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", Letters(0, 0, 0)),
        ("12.05.2025 — №?", Letters(0, 0, 0)),
        ("Naïve café №5", Letters(9, 0, 0)),
        ("Ёлка ѣ ї", Letters(0, 6, 0)),
        ("π и 中文 x", Letters(1, 1, 3)),
    ],
)
def test_letters(text, count):
    assert letters(text) == count


CHUNKS = [  # bar = where a chunk ends
    "",
    "One sentence",
    "The first. |Второе! |Third?",
    "line\n|строка\n\n|third",
    "J. Smith met Dr. Brown. |А. С. Пушкин уехал.",
    'Он сказал: "Hi. Bye." |Ушёл.',
    "«Мы были там. Всё видели», — сказал он. |Yes.",
    "It is so (see p. 5. The End). |Так.",
    'A stray " here. |Then more of it.',
    "Version 3.11 is out… |Вышла версия 3.11.",
    "— Да. |— Нет.",
]


@pytest.mark.parametrize("text", CHUNKS)
def test_chunks(text):
    expected = [chunk for chunk in text.split("|") if chunk]
    assert chunks(text.replace("|", "")) == expected


def test_a_stray_quotation_mark_does_not_hold_a_whole_page_together():
    page = '"' + "Это предложение. " * 100
    assert len(chunks(page)) > 50


@given(st.text(alphabet="аЯbZ.!?…«»\"() \n\t1—'"))
def test_chunks_make_up_the_text_again(text):
    assert "".join(chunks(text)) == text
