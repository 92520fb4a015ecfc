"""Consistency: repeated sentences, spelling of names, glossaries with their word forms."""

import pytest

from aligner.checks.check import Case, Context
from aligner.checks.engine import issues
from aligner.checks.morphology import occurrences, stands_in
from aligner.checks.settings import CheckSettings
from aligner.errors import InputError
from aligner.readers.glossary import Glossary, Term, read_glossary


def found(check, *pairs, terms=(), langs=("en", "ru")):
    """The issues of one check."""
    cases = [Case(at, src, tgt, *langs) for at, (src, tgt) in enumerate(pairs)]
    checks = CheckSettings(only=frozenset([check])).chosen()
    return issues(checks, Context(cases, glossary=Glossary(tuple(terms))))


def test_one_source_several_targets() -> None:
    pairs = [("Press the button.", "Нажмите кнопку.")] * 2 + [
        ("Press the button.", "Нажмите на кнопку.")
    ]
    [issue] = found("source-varies", *pairs)
    assert (issue.pair, issue.severity) == (2, "warning")
    assert "“Нажмите кнопку.” (pair 1)" in issue.message


@pytest.mark.parametrize(
    "other", ["нажмите кнопку", "Нажмите  кнопку!", "Нажмите кнопку", "«Нажмите кнопку»."]
)
def test_case_spaces_and_marks_make_no_difference(other) -> None:
    assert not found("source-varies", ("Press it.", "Нажмите кнопку."), ("Press it.", other))


def test_yo_is_ye() -> None:
    assert not found(
        "source-varies", ("Three trees.", "Трёх ёлок."), ("Three trees.", "Трех елок.")
    )


def test_short_sources_vary_freely() -> None:
    [issue] = found("source-varies", ("Yes.", "Да."), ("Yes.", "Ага."))
    assert issue.severity == "advisory"


def test_one_target_several_sources() -> None:
    pairs = ("He went home.", "Он пошёл домой."), ("She saw him.", "Он пошёл домой.")
    [issue] = found("target-varies", *pairs)
    assert (issue.pair, issue.severity) == (1, "advisory")
    assert not found("target-varies", ("Thanks.", "Спасибо."), ("Thank you.", "Спасибо."))


def test_empty_sides_are_no_variants() -> None:
    assert not found(
        "source-varies", ("He left the house.", ""), ("He left the house.", "Он ушёл.")
    )


SAID = ("Tedros spoke.", "Выступил Тедрос."), ("We saw Tedros.", "Мы видели Тедроса.")


def test_one_name_two_spellings() -> None:
    [issue] = found("name-spelling", *SAID, ("Ask Tedros.", "Спросите Тедруса."))
    assert issue.pair == 2
    assert "“Tedros” is Тедрос elsewhere" in issue.message


@pytest.mark.parametrize("form", ["Тедросу", "Тедросом", "Тедросе"])
def test_case_endings_are_one_spelling(form) -> None:
    assert not found("name-spelling", *SAID, ("Ask Tedros.", f"Спросите {form}."))


def test_other_names_are_no_spellings() -> None:
    pairs = (
        ("King George", "король Георг"),
        ("So said George.", "Так сказал Джордж."),
    )
    assert not found("name-spelling", *pairs, ("Ask George.", "Спросите Джорджа."))


@pytest.mark.parametrize(
    ("term", "text", "lang", "there"),
    [
        ("база данных", "В базе данных пусто", "ru", "базе данных"),
        ("память переводов", "нет памятей переводов", "ru", "памятей переводов"),
        ("ёлка", "у елки", "ru", "елки"),
        ("веб-сайт", "на веб-сайте", "ru", "веб-сайте"),
        ("сталь", "стали", "ru", "стали"),  # also a form of «стать»
        ("кот", "котировка", "ru", None),
        ("translation memory", "Translation memories grow", "en", "Translation memories"),
        ("glossary", "the glossary's size", "en", "glossary's"),
        ("IT", "it is here", "en", None),
        ("IT", "the IT staff", "en", "IT"),
        ("bus", "a bush", "en", None),
        ("…", "…", "en", None),
    ],
)
def test_terms_in_all_their_forms(term, text, lang, there) -> None:
    places = [text[span.start : span.stop] for span in occurrences(term, text, lang)]
    assert places == ([there] if there else [])
    assert stands_in([term], text, lang) == bool(there)


MEMORY = Term(("translation memory",), ("память переводов", "ТМ"), where="terms.tsv, line 2")


@pytest.mark.parametrize(
    ("src", "tgt", "wrong"),
    [
        ("The translation memory grows.", "Память переводчика растёт.", True),
        ("Two translation memories.", "Две памяти переводов.", False),
        ("The translation memory grows.", "ТМ растёт.", False),
        ("The memory grows.", "Память растёт.", False),
    ],
)
def test_glossary(src, tgt, wrong) -> None:
    got = found("glossary", (src, tgt), terms=[MEMORY])
    assert bool(got) == wrong
    if wrong:
        assert "“память переводов” or “ТМ” (terms.tsv, line 2)" in got[0].message
        assert src[got[0].src[0].start : got[0].src[0].stop].startswith("translation")


def test_glossary_from_russian() -> None:
    pair = ("В памяти переводов пусто.", "The translator memory is empty.")
    assert found("glossary", pair, terms=[MEMORY], langs=("ru", "en"))


def test_a_term_inside_a_longer_term_is_that_term() -> None:
    terms = [Term(("memory",), ("запоминание",)), MEMORY]
    assert not found("glossary", ("A translation memory.", "Память переводов."), terms=terms)
    assert found("glossary", ("A memory.", "Память переводов."), terms=terms)


def test_forbidden_terms() -> None:
    anywhere = Term(bad_ru=("юзер",), where="t, line 1")
    beside = Term(("cluster",), (), (), ("кластер",), "t, line 2")
    got = found("forbidden-term", ("The user.", "Все юзеры."), terms=[anywhere, beside])
    assert [one.message for one in got] == ["“юзер” is forbidden (t, line 1)"]
    assert found("forbidden-term", ("A cluster.", "Нет кластера."), terms=[beside])
    assert not found("forbidden-term", ("A bunch.", "Нет кластера."), terms=[beside])


def read(tmp_path, text, name="terms.tsv"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_glossary(path).terms


def test_a_glossary_with_a_header(tmp_path) -> None:
    text = (
        "en\tru\tstatus\nmemory|TM\tпамять | ТМ\t\n\tюзер\tforbidden\ncluster\tкластер\tForbidden\n"
    )
    first, second, third = read(tmp_path, text)
    assert (first.en, first.ru) == (("memory", "TM"), ("память", "ТМ"))
    assert (second.en, second.ru, second.bad_ru) == ((), (), ("юзер",))
    assert (third.en, third.bad_ru) == (("cluster",), ("кластер",))
    assert first.where.endswith("terms.tsv, line 2")


@pytest.mark.parametrize(
    "text", ["memory\tпамять\n", "память\tmemory\n", "\ufeff# a\nmemory\tпамять\r\n"]
)
def test_a_glossary_without_a_header(tmp_path, text) -> None:
    [term] = read(tmp_path, text)
    assert (term.en, term.ru) == (("memory",), ("память",))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("one\ttwo\n", "line 1: neither a header"),
        ("en\tru\n", "no terms"),
        ("en\tru\n\t\tforbidden\n", "line 2: no term"),
    ],
)
def test_what_is_no_glossary(tmp_path, text, message) -> None:
    with pytest.raises(InputError, match=message):
        read(tmp_path, text)


TBX = """<?xml version="1.0"?>
<tbx type="TBX-Basic" style="dca" {space}><text><body>
<{entry} id="1"><{section} xml:lang="en-US">
<{group}><term>translation memory</term></{group}></{section}>
<{section} xml:lang="ru"><{group}><term>память переводов</term></{group}>
<{group}><term>память переводчика</term>
<termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></{group}></{section}>
</{entry}>
</body></text></tbx>"""


@pytest.mark.parametrize(
    "names",
    [
        {"space": "", "entry": "termEntry", "section": "langSet", "group": "tig"},
        {
            "space": 'xmlns="urn:iso:std:iso:30042:ed-2"',
            "entry": "conceptEntry",
            "section": "langSec",
            "group": "termSec",
        },
    ],
)
def test_tbx_of_both_editions(tmp_path, names) -> None:
    [term] = read(tmp_path, TBX.format(**names), "terms.tbx")
    assert term.en == ("translation memory",)
    assert (term.ru, term.bad_ru) == (("память переводов",), ("память переводчика",))


def test_a_broken_tbx(tmp_path) -> None:
    with pytest.raises(InputError, match="cannot be read as TBX"):
        read(tmp_path, "<tbx>", "terms.tbx")
