"""Pages of plain text: furniture out, sentences whole; and words broken over line ends."""

import pytest

from aligner.readers.files import read_text
from aligner.readers.furniture import furniture, numbered_breaks
from aligner.readers.hyphens import joined, vocabulary

PROSE = {
    "en": "The keeper climbed the stairs every evening and he counted them up to the very top.",
    "ru": "Смотритель каждый вечер поднимался по лестнице и пересчитывал ступени до самого верха.",
}


def lines_of(lang, count, start=0):
    """Wrapped lines without an end mark, so that every page cuts a sentence."""
    words = PROSE[lang].rstrip(".").split()
    return [" ".join([*words[1 + i % 7 :], f"x{start + i}", "и так далее"]) for i in range(count)]


def paragraphs(text):
    document = read_text(text)
    return [p.text for p in document.paragraphs], document.left_out


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_pages_with_form_feeds(lang):
    head = {"en": "Collected Works", "ru": "Собрание сочинений"}[lang]
    pages, text = [], []
    for number in range(1, 6):
        body = lines_of(lang, 12, number * 12)
        text += body
        pages.append("\n".join([head, "", *body, "", f"– {number} –"]))
    found, left_out = paragraphs("\n\f".join(pages))
    assert left_out == {"page number": 5, "running head": 4}
    assert found[0] == head  # the first of them may be the title
    assert " ".join(found[1:]).split() == " ".join(text).split()


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_page_numbers_on_lines_of_their_own(lang):
    text, expected = [], []
    for number in range(17, 22):
        body = lines_of(lang, 10, number * 10)
        expected += body
        text += [*body, "", str(number), ""]
    found, left_out = paragraphs("\n".join(text))
    assert left_out == {"page number": 5}
    assert " ".join(found).split() == " ".join(expected).split()


KEPT = [
    "1984\n\nIt was a bright cold day in April.",
    "\n\n".join(f"{n}\n\nChapter text number {n}.\n" * 1 for n in range(1, 6)),
    # numbers in order that cut no sentence are those of chapters
    "\n\n".join("\n".join([str(n), *["A line that ends."] * 10]) for n in range(1, 6)),
    "— Да.\n\f— Да.\n\fНет.",
]


@pytest.mark.parametrize("text", KEPT)
def test_numbers_and_repetitions_that_are_text(text):
    found, left_out = paragraphs(text)
    assert left_out == {}
    assert "".join(" ".join(found).split()) == "".join(text.split())


def test_numbers_that_count_the_pages():
    pages = [["A", "x", "12"], ["B", "y", "13"], ["C", "z", "14"], ["D", "w", "77"]]
    assert sorted(furniture(pages)) == [(0, 2), (1, 2), (2, 2)]


HEADS = [
    ([["Чехов 10", "a"], ["11 Чехов", "b"], ["Чехов 12", "c"]], 3),
    ([["Page 1 of 3", "a"], ["Page 2 of 3", "b"], ["Page 3 of 3", "c"]], 3),
    ([["a", "1/1"]], 1),
    ([["xii", "a"], ["xiii", "b"], ["xiv", "c"]], 3),
    ([["Chapter 1", "a"], ["Chapter 2", "b"], ["Chapter 3", "c"]], 0),
    ([["Глава 1", "a"], ["Глава 2", "b"], ["Глава 3", "c"]], 0),
    ([["XII", "a"], ["XIII", "b"], ["XIV", "c"]], 0),  # capitals number chapters
    ([[None, "a"], [None, "b"], [None, "c"]], 0),
    ([["Reprise", "a"], ["b", "Reprise"], ["c", "d", "Reprise", "e"]], 0),
    ([], 0),
    ([[]], 0),
]


@pytest.mark.parametrize(("pages", "count"), HEADS)
def test_running_heads(pages, count):
    assert len(furniture(pages)) == count


def test_years_in_order_are_no_page_numbers():
    assert numbered_breaks(["1812", "Война.", "1813", "Поход.", "1814", "Париж."]) == []


BROKEN = [
    # the text has the word whole, or with its hyphen
    ("он был господи-", "ном", "Господином его звали", "он был господином"),
    ("a well-", "known man", "he is well-known", "a well-known man"),
    # Russian particles, and the dictionary
    ("кто-", "то пришёл", "", "кто-то пришёл"),
    ("из-", "за леса", "", "из-за леса"),
    ("говорит по-", "русски", "", "говорит по-русски"),
    ("довольно про-", "хладный", "", "довольно прохладный"),
    ("в Нью-", "Йорк", "", "в Нью-Йорк"),
    ("штабс-", "капитан", "", "штабс-капитан"),
    # two words of the text keep it
    ("the ill-", "fated ship", "ill and fated", "the ill-fated ship"),
    # nothing says so: as most of the others
    ("some quib-", "ble", "infor-|mation information|nati-|on nation", "some quibble"),
    ("some quib-", "ble", "", "some quib-ble"),
    ("pre-", "and post-war", "", "pre-and post-war"),
    ("чтения/", "записи", "", "чтения/записи"),
    ("the street—", "oh", "", "the street—oh"),
    ("он ушёл —", "и всё", "", "он ушёл — и всё"),
]


@pytest.mark.parametrize(("line", "after", "text", "whole"), BROKEN)
def test_words_broken_over_a_line_end(line, after, text, whole):
    assert joined(line, after, vocabulary([line, after, *text.split("|")])) == whole
