"""Checks of form: what fires and what does not, in tables of pairs."""

import pytest

from aligner.checks.check import Case, Context
from aligner.checks.engine import issues
from aligner.checks.settings import CheckSettings


def found(check, *pairs, langs=("en", "ru")):
    """(pair, what the target has at the evidence) of each issue of one check."""
    cases = [Case(at, src, tgt, *langs) for at, (src, tgt) in enumerate(pairs)]
    checks = CheckSettings(only=frozenset([check])).chosen()
    return [
        (issue.pair, *(cases[issue.pair].tgt[span.start : span.stop] for span in issue.tgt))
        for issue in issues(checks, Context(cases))
    ]


def fires(check, src, tgt, langs=("en", "ru")):
    return bool(found(check, (src, tgt), langs=langs))


@pytest.mark.parametrize(
    ("src", "tgt", "wrong"),
    [
        ("See it (fig. 2).", "Смотри (рис. 2.", True),
        ("See it (fig. 2).", "Смотри рис. 2).", True),
        ("See it (fig. 2).", "Смотри (рис. 2).", False),
        ("See it [2].", "Смотри [2).", True),
        ("It was 20 (30.3%) of 15 (15.3%, p = 0.02).", "20 (30,3%) из 15 (15,3%, p = 0,02.", True),
        ("a) first; b) second", "а) первое; б) второе", False),
        ("1) first", "1) первое", False),
        ("I am glad :)", "Я рад :)", False),
        ("x in [0, 1)", "x из [0, 1)", False),
        ("See (fig. 2.", "Смотри (рис. 2.", False),  # the author's own
        ("", "Смотри (рис. 2.", True),
    ],
)
def test_brackets(src, tgt, wrong) -> None:
    assert fires("brackets", src, tgt) == wrong


def test_a_bracket_that_closes_in_a_later_pair_is_closed() -> None:
    opens, closes = ("(One.", "(Один."), ("Two.)", "Два.)")
    assert found("brackets", ("One.", "(Один."), closes) == []
    assert found("brackets", opens, ("Yes.", "Да."), ("No.", "Нет."), closes) == []


def test_two_lost_brackets_do_not_make_a_pair() -> None:
    pairs = ("One (1).", "Один (1."), ("Yes.", "Да."), ("Two (2).", "Два 2).")
    assert found("brackets", *pairs) == [(0, "("), (2, ")")]


@pytest.mark.parametrize(
    ("src", "tgt", "wrong"),
    [
        ('"Yes," he said.', "«Да, — сказал он.", True),
        ('"Yes," he said.', "Да», — сказал он.", True),
        ('"Yes," he said.', "«Да», — сказал он.", False),
        ('"Yes," he said.', '"Да", — сказал он.', False),
        ('"Yes," he said.', '"Да, — сказал он.', True),
        ("He is 5'10\" tall.", "Рост — 5'10\".", False),
        ("'A “B” C'", "«А „Б“ В»", False),
    ],
)
def test_quotes(src, tgt, wrong) -> None:
    assert fires("quotes", src, tgt) == wrong


def test_a_quotation_of_several_pairs_is_whole() -> None:
    pairs = [('"One.', "«Один."), ("Two.", "Два."), ('Three."', "Три».")]
    assert found("quotes", *pairs) == []
    assert found("quotes", *pairs[:2], ('Three."', "Три.")) == [(0, "«")]


def test_an_english_quotation_opens_again_with_each_paragraph() -> None:
    pairs = [("«Раз.", "“One."), ("Два.", "“Two."), ("Три».", "“Three.”")]
    assert found("quotes", *pairs, langs=("ru", "en")) == []


@pytest.mark.parametrize(
    ("tgt", "wrong"),
    [
        ("Mосква", "Mосква"),  # Latin M
        ("вместе c другом", "c"),
        ("a он ушёл", None),  # opens the sentence: an article may be meant
        ("он, a не она", "a"),
        ("IT-компания из США", None),
        ("ХХ век, 3D-печать, COVID-19", None),
        ("адрес www.пример.com", None),
        ("витамин C и D", None),
    ],
)
def test_mixed_script(tgt, wrong) -> None:
    expected = [(0, wrong)] if wrong else []
    assert found("mixed-script", ("A text.", tgt)) == expected


def test_a_cyrillic_letter_in_an_english_word() -> None:
    assert found("mixed-script", ("Москва.", "Mоscow."), langs=("ru", "en")) == [(0, "Mоscow")]


def test_the_message_names_the_strange_letters() -> None:
    case = Case(0, "Moscow.", "Mосква.")
    [issue] = issues(CheckSettings(only=frozenset(["mixed-script"])).chosen(), Context([case]))
    assert issue.severity == "error"
    assert "M is Latin" in issue.message


@pytest.mark.parametrize(
    ("tgt", "severity"),
    [
        ("состав\u200bлена карта", "warning"),
        ("составлена \u200b\u200bкарта", "advisory"),  # harmless beside a space
        ("звук\x07", "warning"),
        ("неразрывный\u00a0пробел", None),
        ("семья 👨\u200d👩\u200d👧", None),
        ("битый \ufffd знак", "warning"),
    ],
)
def test_invisible_characters(tgt, severity) -> None:
    checks = CheckSettings(only=frozenset(["invisible-character"])).chosen()
    got = [issue.severity for issue in issues(checks, Context([Case(0, "A text.", tgt)]))]
    assert got == ([severity] if severity else [])


@pytest.mark.parametrize("tgt", ["РџСЂРёРІРµС‚", "ÐŸÑ€Ð¸Ð²ÐµÑ‚"])
def test_broken_encoding(tgt) -> None:
    assert fires("broken-encoding", "Hello", tgt)
    assert not fires("broken-encoding", "Hello", "Привет, Ñandú")


@pytest.mark.parametrize(
    ("check", "src", "tgt", "wrong"),
    [
        ("tags", "Press <b>Save</b>.", "Нажмите <b>Сохранить.", True),
        ("tags", "Press <b>Save</b>.", "Нажмите <b>Сохранить</b>.", False),
        ("tags", '<a title="x">A</a>', '<a title="я">А</a>', False),
        ("tags", "if a < b and c > d", "если а меньше б", False),
        ("tags", "line<br/>", "строка", True),
        ("placeholders", "Hello, {name}!", "Здравствуйте, {имя}!", True),
        ("placeholders", "Hello, {name}!", "Здравствуйте!", True),
        ("placeholders", "{0} of {1}", "из {1} — {0}", False),
        ("placeholders", "%s files, %1$s", "файлов: %1$s, %s", False),
        ("placeholders", "%s files", "файлов", True),
        ("placeholders", "50 % done", "готово 50 %", False),
        ("placeholders", "100%s", "100", False),
        ("placeholders", "Use ${x} and {{ y }}", "Берите ${x} и {{y}}", False),
    ],
)
def test_markup(check, src, tgt, wrong) -> None:
    assert fires(check, src, tgt) == wrong


def test_a_tag_that_moved_to_the_next_pair_is_not_missing() -> None:
    assert found("tags", ("<p>One.</p>", "<p>Один."), ("Two.", "Два.</p>")) == []
    assert [pair for pair, *_ in found("tags", ("<p>One.</p>", "<p>Один."), ("Two.", "Два."))] == [
        0
    ]


@pytest.mark.parametrize(
    ("check", "src", "tgt", "wrong"),
    [
        ("double-space", "One two.", "Один  два.", True),
        ("double-space", "One  two.", "Один  два.", False),
        ("double-space", "One two.", "Один\u00a0два.", False),
        ("space-at-mark", "One, two.", "Один , два.", True),
        ("space-at-mark", "One, two.", "Один,два.", True),
        ("space-at-mark", "One, two.", "Один, два.", False),
        ("space-at-mark", "It is 5%.", "Это 5 %.", False),
        ("space-at-mark", "It is 1.5.", "Это 1,5.", False),
        ("repeated-word", "In the house.", "В в доме.", True),
        ("repeated-word", "Very good.", "Очень очень хорошо.", False),
        ("repeated-word", "Tick tick.", "Тик тик.", False),
        ("end-mark", "Is he here?", "Он здесь.", True),
        ("end-mark", "Is he here?", "Он здесь?", False),
        ("end-mark", "He is here today, I know.", "Он сегодня здесь, я знаю", True),
        ("end-mark", "He is here!", "Он здесь.", False),
        ("end-mark", 'He said: "Go."', "Он сказал: «Иди».", False),
        ("title-case", "How to Become a Good Translator", "Как Стать Хорошим Переводчиком", True),
        ("title-case", "How to Become a Good Translator", "Как стать хорошим переводчиком", False),
        ("title-case", "Sergey Sergeyevich Prokofiev", "Сергей Сергеевич Прокофьев", False),
    ],
)
def test_typography(check, src, tgt, wrong) -> None:
    assert fires(check, src, tgt) == wrong


def test_a_style_used_throughout_is_said_once() -> None:
    straight = [("Yes.", 'Он сказал "да".')] * 4
    assert [pair for pair, *_ in found("quote-style", *straight)] == [0]
    mixed = [("Yes.", "Он сказал «да».")] * 5 + straight[:2]
    assert [pair for pair, *_ in found("quote-style", *mixed)] == [5, 6]


@pytest.mark.parametrize(
    ("tgt", "wrong"),
    [
        ("Москва - столица.", True),
        ("Москва – столица.", True),
        ("Москва — столица.", False),
        ("в 1990 - 1995 годах", False),
        ("кто-то пришёл", False),
    ],
)
def test_dash(tgt, wrong) -> None:
    assert fires("dash", "A text.", tgt) == wrong
