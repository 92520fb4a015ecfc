"""Which language a text is in, and documents put in order by it."""

import json
from pathlib import Path

import pytest

from aligner.errors import InputError
from aligner.language import both_sides, identified, language_of
from aligner.language.other import other_language
from aligner.records import Document, Paragraph

SHARED = Path(__file__).parents[1] / ".." / "shared"


def document(text, name="a.txt"):
    return Document(name, tuple(Paragraph(p) for p in text.split("\n\n") if p.strip()))


LANGUAGE_OF = [
    ("The cat sat on the mat.", "en"),
    ("Кошка сидела на коврике.", "ru"),
    ("PUTIN WILL DEMAND", "en"),
    ("ПУТИН БУДЕТ ТРЕБОВАТЬ", "ru"),
    ("", None),
    (" \n\t", None),
    ("12.05.2025 — 14:30", None),
    ("中文", None),
    ("Financial Times: Путин на переговорах с Трампом будет требовать отвод НАТО.", "ru"),
    ("V8 -- в Chrome, Opera и Edge.", "ru"),
    ("SpiderMonkey -- в Firefox.", "ru"),
    ("DOM Living Standard на https://dom.spec.whatwg.org", "ru"),
    ("Метод Object.getOwnPropertyDescriptor(target, name) возвращает null.", "ru"),
    ("Создать XMLHttpRequest.", "ru"),
    ("Proxy и Reflect", "ru"),
    ('Он сказал: "To be or not to be, that is the question" и ушёл.', "ru"),
    ('The word for this is "дача".', "en"),
    ("«Дача» means a house out of town.", "en"),
    ("He said «я не знаю, что делать» and left.", "en"),
    ("The monument (Памятник Минину и Пожарскому) is in Red Square.", "en"),
]


@pytest.mark.parametrize(("text", "lang"), LANGUAGE_OF)
def test_language_of(text, lang):
    assert language_of(text) == lang


OTHER_LANGUAGES = [
    ("French", "Le chat est assis sur le tapis et il regarde par la fenêtre."),
    ("German", "Die Katze sitzt auf der Matte und schaut aus dem Fenster."),
    ("Spanish", "El gato está sentado en la alfombra y mira por la ventana."),
    ("Polish", "Kot siedzi na macie i patrzy przez okno na ulicę."),
    ("Dutch", "De kat was op de mat en het is van de buurman, of dat is wat hij zegt."),
    ("Ukrainian", "Кіт сидить на килимку і дивиться у вікно на вулицю."),
    ("Bulgarian", "Котката седи на килима и гледа през прозореца към улицата."),
    ("Belarusian", "Кот сядзіць на дыванку і глядзіць у акно на вуліцу."),
    ("Serbian", "Мачка седи на тепиху и гледа кроз прозор. Људи журе кући јер пада киша."),
    ("Kazakh", "Мысық кілемде отыр және терезеден көшеге қарап отыр."),
    ("Greek", "Η γάτα κάθεται στο χαλί και κοιτάζει από το παράθυρο."),
    ("Chinese", "猫坐在垫子上,看着窗外的街道,然后它睡着了。今天天气很好,我们去公园。"),
]


@pytest.mark.parametrize(("name", "text"), OTHER_LANGUAGES)
def test_a_third_language_is_called_by_its_name(name, text):
    with pytest.raises(InputError, match=f"^book.txt: the text looks {name}; aligner aligns Engl"):
        identified(document(text, "book.txt"))


@pytest.mark.parametrize(("name", "text"), OTHER_LANGUAGES)
def test_the_user_may_force_a_third_language(name, text):
    assert identified(document(text), check_other=False).lang in ("en", "ru", "")


IDENTIFIED = [
    ("A Christmas Tree and a Wedding", "en"),
    ("Rain.", "en"),
    ("CHAPTER ONE. LOOMINGS. CALL ME ISHMAEL.", "en"),
    ("Anton Chekhov, Fyodor Dostoevsky, Leo Tolstoy, Nikolai Gogol, Ivan Turgenev", "en"),
    ("Call array.map(fn), then filter(Boolean); see Object.keys and JSON.stringify.", "en"),
    ("Vous said Pierre, and the General, who was from Rouen, laughed at this.", "en"),
    ("Дождь.", "ru"),
    ("ГЛАВА ПЕРВАЯ. МИРАЖИ. ЗОВИТЕ МЕНЯ ИЗМАИЛ.", "ru"),
    ("Антон Чехов, Фёдор Достоевский, Лев Толстой, Николай Гоголь, Иван Тургенев", "ru"),
    ("Все счастливыя семьи похожи другъ на друга, каждая несчастливая семья несчастлива", "ru"),
    ("Въ началѣ сотворилъ Богъ небо и землю. Земля же была безвидна и пуста, и тьма", "ru"),
    ("12\n\n34.5\n\n—", ""),
    ("The rain had come.\n\nДождь.", "en"),
    ("Rain.\n\nПошёл сильный дождь.", "ru"),
    ("Rain.\n\nЛуна", "en"),  # four letters in each: the first one's
    ("Луна\n\nRain.", "ru"),
]


@pytest.mark.parametrize(("text", "lang"), IDENTIFIED)
def test_identified(text, lang):
    assert identified(document(text)).lang == lang


@pytest.mark.parametrize("file", ["news", "prose", "docs", "bible"])
def test_real_english_and_russian_pass(file):
    path = SHARED / "eval" / f"{file}.jsonl"
    if not path.exists():
        pytest.skip("../shared/eval is not here")
    for line in path.read_text(encoding="utf-8").split("\n"):
        if not line:
            continue
        row = json.loads(line)
        for lang in ("en", "ru"):
            sentences = row[lang]
            assert identified(document("\n\n".join(sentences), row["doc"])).lang == lang
            assert identified(document(" ".join(sentences[3:5]) or sentences[0])).lang == lang


ENGLISH = document("This is the English text.", "a.md")
RUSSIAN = document("А это русский текст.", "b.md")
NUMBERS = document("1995\n\n2025", "c.md")


@pytest.mark.parametrize(
    ("first", "second", "source", "order"),
    [
        (ENGLISH, RUSSIAN, None, "a.md en b.md ru"),
        (RUSSIAN, ENGLISH, None, "a.md en b.md ru"),
        (ENGLISH, RUSSIAN, "ru", "b.md ru a.md en"),
        (RUSSIAN, ENGLISH, "ru", "b.md ru a.md en"),
        (RUSSIAN, ENGLISH, "en", "a.md en b.md ru"),
        # one side without letters gets the language that is left
        (NUMBERS, RUSSIAN, None, "c.md en b.md ru"),
        (RUSSIAN, NUMBERS, None, "c.md en b.md ru"),
        (NUMBERS, ENGLISH, None, "a.md en c.md ru"),
        (ENGLISH, NUMBERS, "ru", "c.md ru a.md en"),
        # the user's word where letters do not tell: the first is the source
        (ENGLISH, ENGLISH, "ru", "a.md ru a.md en"),
        (NUMBERS, NUMBERS, "en", "c.md en c.md ru"),
    ],
)
def test_both_sides(first, second, source, order):
    src, tgt = both_sides(first, second, source)
    assert f"{src.name} {src.lang} {tgt.name} {tgt.lang}" == order


@pytest.mark.parametrize(
    ("first", "second", "message"),
    [
        (ENGLISH, ENGLISH, "a.md and a.md are both English: give one file in each language"),
        (RUSSIAN, RUSSIAN, "b.md and b.md are both Russian: give one file in each language"),
        (NUMBERS, NUMBERS, "neither c.md nor c.md has words in it; give one file in each language"),
        (ENGLISH, Document("e.md", ()), "e.md: has no text; give a file with text"),
        (Document("", ()), RUSSIAN, "the text: has no text"),
    ],
)
def test_two_sides_that_cannot_be_aligned(first, second, message):
    with pytest.raises(InputError, match=message):
        both_sides(first, second)


def test_french_and_russian_need_the_users_word():
    french = document("Le chat est assis sur le tapis et regarde la rue.", "book.fr.txt")
    with pytest.raises(InputError, match=r"^book\.fr\.txt: the text looks French"):
        both_sides(french, RUSSIAN)
    assert both_sides(french, RUSSIAN, source="ru")[1].name == "book.fr.txt"


def test_the_same_few_words_over_and_over_are_no_evidence_of_a_language():
    lines = ["Yes.", "Yes!", "Oh yes.", "Yes, sir.", "Yes, yes.", "Yes, of course."] * 100
    assert other_language(" ".join(lines)) is None
