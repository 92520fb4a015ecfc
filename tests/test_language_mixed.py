"""A document in both languages taken apart; nothing is lost."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.errors import InputError
from aligner.language import split_by_language
from aligner.readers.files import read, read_text
from aligner.records import Document, Paragraph

SHARED = Path(__file__).parents[1] / ".." / "shared"

SPLITS = [  # text; English paragraphs, Russian paragraphs, a bar between two
    (  # paragraphs in turn, a name and a number among them
        "The meeting is over.\n\nВстреча окончена.\n\nNATO\n\nНАТО\n\n"
        "It was long.\n\nОна была долгой.",
        "The meeting is over.|NATO|It was long.",
        "Встреча окончена.|НАТО|Она была долгой.",
    ),
    (  # one language after the other; a Latin name deep in the Russian half
        "This is one.\n\nThat is two.\n\nIt was three.\n\n"
        "Это номер раз.\n\nЭто номер два.\n\nЭто номер три.\n\nGitHub Explore\n\n"
        "Это номер четыре.\n\nЭто номер пять.\n\nЭто номер шесть.",
        "This is one.|That is two.|It was three.",
        "Это номер раз.|Это номер два.|Это номер три.|GitHub Explore|"
        "Это номер четыре.|Это номер пять.|Это номер шесть.",
    ),
    (  # lines in turn
        "The cat is here.\nКошка тут.\nThe dog is there.\nСобака там.",
        "The cat is here.|The dog is there.",
        "Кошка тут.|Собака там.",
    ),
    ("The cat is here. Кошка тут.", "The cat is here.", "Кошка тут."),
    (  # the other way round, and back
        "Кошка сидит тут. The cat is here. А собака там. And the dog is there.",
        "The cat is here. And the dog is there.",
        "Кошка сидит тут. А собака там.",
    ),
    (  # a headline without an end mark, glued to an English line
        "Sources within the Kremlin have made this statement Путин будет требовать отвод НАТО",
        "Sources within the Kremlin have made this statement",
        "Путин будет требовать отвод НАТО",
    ),
    (
        "This is a statement. Financial Times: Путин будет требовать отвод НАТО от границ.",
        "This is a statement.",
        "Financial Times: Путин будет требовать отвод НАТО от границ.",
    ),
    (  # a clause before its translation; a definition that begins with code is one line
        "Here is the list of them: Вот их список:\n\nThis is it.\n\nset(name, value) : Задать имя.",
        "Here is the list of them:|This is it.",
        "Вот их список:|set(name, value) : Задать имя.",
    ),
    ("The cat / Кошка\nThe dog | Собака", "The cat|The dog", "Кошка|Собака"),
    ("cat — кот\ndog — собака\nsun — солнце", "cat|dog|sun", "кот|собака|солнце"),
    ("Hello\tПривет\nNATO\tNATO\n\tПока", "Hello|NATO", "Привет|NATO|Пока"),
    ("Привет\tHello\nOK\tОК\nПока\tBye", "Hello|ОК|Bye", "Привет|OK|Пока"),
    (  # numbers go with what stands before them
        "This was in Moscow.\n\n1812\n\nЭто было в Москве.\n\n1812",
        "This was in Moscow.|1812",
        "Это было в Москве.|1812",
    ),
    ("* * *\n\nThis is it.\n\nII. Вот и оно самое.", "* * *|This is it.", "II. Вот и оно самое."),
    (  # quotations and names stay in their sentence
        '«Как дела?» is what he said to them.\n\nОн сказал: "How is it? I am fine." И ушёл.',
        "«Как дела?» is what he said to them.",
        'Он сказал: "How is it? I am fine." И ушёл.',
    ),
    (
        "He read this.\n\nОн читал роман The Lord of the Rings и спал.",
        "He read this.",
        "Он читал роман The Lord of the Rings и спал.",
    ),
]


@pytest.mark.parametrize(("text", "english", "russian"), SPLITS)
def test_split_by_language(text, english, russian):
    en, ru = split_by_language(read_text(text, "both.txt"))
    assert "|".join(p.text for p in en.paragraphs) == english
    assert "|".join(p.text for p in ru.paragraphs) == russian
    assert (en.lang, ru.lang, en.name, ru.name) == ("en", "ru", "both.txt", "both.txt")


def test_kinds_stay_and_what_was_left_out_is_told_once():
    paragraphs = (Paragraph("The end of it", "heading"), Paragraph("Конец всему", "heading"))
    en, ru = split_by_language(Document("x.md", paragraphs, left_out={"image": 2}))
    assert [p.kind for p in (*en.paragraphs, *ru.paragraphs)] == ["heading", "heading"]
    assert (en.left_out, ru.left_out) == ({"image": 2}, {})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "This is all in English. The word «дача» too.",
            "x.txt: has only English text; give the Russian file as second argument",
        ),
        (
            "Тут всё по-русски, от начала и до самого конца.\n\nGitHub\n\nВсё это есть в Chrome.",
            "x.txt: has only Russian text; give the English file as second argument",
        ),
        ("12\n\n13", "x.txt: has no English or Russian words in it"),
    ],
)
def test_a_document_in_one_language(text, message):
    with pytest.raises(InputError, match=message):
        split_by_language(read_text(text, "x.txt"))


def test_french_and_russian_are_not_taken_for_a_mixed_document():
    french = "Le chat est assis sur le tapis et il regarde les oiseaux par la fenêtre. " * 4
    with pytest.raises(InputError, match=r"^x\.txt: a part of the text looks French"):
        split_by_language(read_text(f"{french}\n\n{french}\n\nА кошка сидит тут.", "x.txt"))


WORDS = st.sampled_from(
    ["The cat is here.", "Кот тут.", "NATO", "12", "\n", "Ура", "and, then", "— да"]
)


@given(st.lists(WORDS, min_size=1, max_size=12))
def test_no_letter_is_lost(parts):
    document = Document("x", (Paragraph("The start is here."), Paragraph("Вот и начало тут.")))
    text = " ".join(parts)
    if text.strip():
        document = Document("x", (*document.paragraphs, Paragraph(text)))
    en, ru = split_by_language(document)
    both = en.text + ru.text
    assert sorted(re.sub(r"\s", "", both)) == sorted(re.sub(r"\s", "", document.text))


def test_the_users_own_article():
    files = list((SHARED / "seed").glob("*.txt"))
    if not files:
        pytest.skip("../shared/seed is not here")
    document = read(files[0])
    en, ru = split_by_language(document)
    assert [p.text for p in ru.paragraphs] == [
        "Financial Times: Путин на переговорах с Трампом будет требовать "
        "отвод НАТО от границ России."
    ]
    assert [p.text for p in en.paragraphs[:2]] == ["Wednesday12 March 2025", "smiua.net"]
    assert len(en.paragraphs) == len(document.paragraphs) - 1
