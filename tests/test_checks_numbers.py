"""Numbers, dates, quantities that differ: what fires and what does not, in both languages."""

import dataclasses
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.checks import acronyms, dates, facts, numbers, quantities
from aligner.checks.check import Case, Context

CHECKS = (*numbers.CHECKS, *dates.CHECKS, *quantities.CHECKS, *facts.CHECKS, *acronyms.CHECKS)

FINE = [  # the same facts, said as translators say them
    ("1,250.50 people", "1250,50 человека"),
    ("1,250 people", "1 250 человек"),
    ("1,250 kg", "1,250 кг"),  # either may be the decimal
    ("It cost $5 million.", "Это стоило 5 млн долларов."),
    ("It cost $5m.", "Это стоило пять миллионов долларов."),
    ("half a million people", "500 тыс. человек"),
    ("half a million people", "полмиллиона человек"),
    ("1.5 million euros", "полтора миллиона евро"),
    ("a dozen eggs", "дюжина яиц"),
    ("over a dozen groups", "более десяти групп"),
    ("twenty-four of them", "двадцатью четырьмя из них"),
    ("the 20th century", "XX век"),
    ("the 20th century", "ХХ век"),  # Cyrillic letters
    ("in the 1800s", "в XIX веке"),
    ("World War II", "Вторая мировая война"),
    ("the 1st of 21", "1-й из 21"),
    ("a 21-year-old", "21-летний юноша"),
    ("a two-day visit", "двухдневный визит"),
    ("one of them", "кто-то из них"),
    ("12 March 2025", "12 марта 2025 г."),
    ("March 12, 2025", "12.03.2025"),
    ("2025-03-12", "12 марта 2025 года"),
    ("in the 1990s", "в 90-е годы"),
    ("the nineties", "1990-е"),
    ("at 3:30 pm", "в 15:30"),
    ("at 3 p.m.", "в 15:00"),
    ("at 3 pm", "в 3 часа дня"),
    ("at noon", "в 12 часов"),
    ("at 1200 GMT", "в 12:00 по Гринвичу"),
    ("moving at 12 miles per hour", "движется со скоростью 19 км/ч"),
    ("24 hours", "сутки"),
    ("a 24-hour strike", "суточная забастовка"),
    ("18 months", "полтора года"),
    ("two weeks", "14 дней"),
    ("two centuries", "двести лет"),
    ("10 miles", "16 км"),
    ("a 6-foot-6 man", "мужчина ростом 198 см"),
    ("80 degrees", "27 градусов"),
    ("2 to 4 inches of rain", "от 5 до 10 см осадков"),
    ("3.5% of them", "3,5 % из них"),
    ("half of them", "50 % из них"),
    ("5 per cent", "5 процентов"),
    ("5–10 million people", "от 5 до 10 миллионов человек"),
    ("two thirds", "две трети"),
    ("a third of them", "треть из них"),
    ("a quarter", "25 %"),
    ("they won 3-1", "они победили со счётом 3:1"),
    ("won 1-0", "победа"),  # a lone 1 or 0 may be left out
    ("from 2018-19", "2018/2019"),
    ("millions of people", "масса людей"),
    ("He came in 2015.", "Он приехал в 2015-м."),
    ("$5 million", "5 миллионов"),  # the currency is known from before
    ("ten pounds of sugar", "десять фунтов сахара"),
    ("see https://example.org/en/a.", "см. https://example.org/ru/a"),
    ("version 2.10.3", "версия 2.10.3"),
    ("the NC_045512 genome", "геном NC-045512"),
    ("a Tu-154", "самолёт Ту-154"),
    ("the UN and the EU", "ООН и ЕС"),
    ("the United Nations", "ООН"),
    ("the World Health Organization", "ВОЗ"),
    ("the US army", "американская армия"),
    ("on Tuesday", "во вторник"),
    ("Yesterday, Tuesday,", "Вчера"),
]

WRONG = [  # the check that fires, both texts, what its message says
    ("number-differs", "5,000 people", "6000 человек", "5,000 against 6000"),
    ("number-differs", "1,250.50", "1250,60", "1,250.50 against 1250,60"),
    ("number-differs", "$3 million", "3 млрд долларов", "3 million against 3 млрд"),
    ("number-differs", "3 thousand", "3 миллиона", "3 thousand against 3 миллиона"),
    (
        "number-differs",
        "tens of millions of dollars",
        "десятки миллиардов долларов",
        "millions against миллиардов",
    ),
    ("number-differs", "five of them", "шесть из них", "five against шесть"),
    ("number-differs", "the 20th century", "XIX век", "20 against XIX"),
    ("number-differs", "a 21-year-old", "24-летний", "21 against 24"),
    ("number-differs", "in the 1990s", "в 80-е годы", "1990s against 80-е"),
    ("number-differs", "2 groups, SARS-CoV-2", "1 группа, SARS-CoV-2", "2, 2 against 1"),
    ("number-differs", "10 miles", "26 км", "10 against 26"),
    ("number-missing", "In 2015 he moved.", "Он переехал.", "2015 is not in the translation"),
    ("number-missing", "He moved.", "В 2015 году он переехал.", "2015 is not in the source"),
    ("date-differs", "on 12 March", "12 мая", "March against мая"),
    ("number-differs", "on 12 March", "13 марта", "12 against 13"),
    ("date-differs", "on 12.03.2025", "13.03.2025", "12.03.2025 against 13.03.2025"),
    ("date-missing", "in March 2025", "в 2025 году", "March is not in the translation"),
    ("time-differs", "at 3:30 pm", "в 16:30", "3:30 pm against 16:30"),
    ("time-differs", "at 3:30 pm", "днём", "3:30 pm is not in the translation"),
    ("weekday-differs", "on Tuesday", "в среду", "Tuesday against среду"),
    ("currency-differs", "$5 million", "5 млн евро", r"\$ against евро"),
    ("currency-differs", "£5 million", "5 млн рублей", "£ against рублей"),
    ("percent-lost", "rose by 7%", "выросло на 7", "7% is no percentage in the translation"),
    ("unit-differs", "10 miles", "10 км", "10 mile against km"),
    ("unit-differs", "5 days", "5 недель", "5 day against week"),
    ("address-differs", "info@site.org", "info@sitee.org", "info@site.org against info@sitee.org"),
    ("address-differs", "at www.site.org", "на сайте", "www.site.org is not in the translation"),
    ("version-differs", "since 2.10.3", "с версии 2.10.4", "2.10.3 against 2.10.4"),
    ("code-differs", "NC_045512", "NC_045513", "NC_045512 against NC_045513"),
    ("acronym-differs", "the UN said", "заявили в НАТО", "UN against НАТО"),
]


def found(src: str, tgt: str, lang: str = "en") -> dict[str, str]:
    """The checks that fire, with their messages."""
    case = Case(0, src, tgt, lang, "ru" if lang == "en" else "en")
    return {
        check.name: finding.message
        for check in CHECKS
        if check.pair
        for finding in check.pair(case, Context((case,)))
    }


@pytest.mark.parametrize(("en", "ru"), FINE)
def test_the_same_facts_in_other_words_are_fine(en, ru) -> None:
    assert found(en, ru) == {}
    assert found(ru, en, "ru") == {}


@pytest.mark.parametrize(("name", "en", "ru", "message"), WRONG)
def test_what_differs_is_found_with_its_evidence(name, en, ru, message) -> None:
    assert re.fullmatch(message, found(en, ru)[name])


@pytest.mark.parametrize(("name", "en", "ru", "message"), WRONG)
def test_it_is_found_in_the_other_direction_too(name, en, ru, message) -> None:
    assert name in found(ru, en, "ru")


@pytest.mark.parametrize(("name", "en", "ru", "message"), WRONG)
def test_the_spans_hold_the_evidence(name, en, ru, message) -> None:
    case = Case(0, en, ru)
    (check,) = (one for one in CHECKS if one.name == name)
    assert check.pair is not None
    (finding,) = check.pair(case, Context((case,)))
    pieces = [en[one.start : one.stop] for one in finding.src]
    pieces += [ru[one.start : one.stop] for one in finding.tgt]
    assert pieces
    assert all(piece.strip() == piece != "" for piece in pieces)
    assert any(piece in finding.message for piece in pieces)


def test_a_month_beside_digits_is_an_error_alone_a_warning() -> None:
    for src, tgt, severity in (("on 12 March", "12 мая", None), ("in June", "в июле", "warning")):
        case = Case(0, src, tgt)
        (finding,) = dates.date_differs(case, Context((case,)))
        assert finding.severity == severity


def test_number_words_against_each_other_are_a_warning_digits_an_error() -> None:
    for src, tgt, severity in (
        ("five of them", "шесть из них", "warning"),
        ("5 of them", "6 из них", None),
    ):
        case = Case(0, src, tgt)
        (finding,) = numbers.number_differs(case, Context((case,)))
        assert finding.severity == severity


@pytest.mark.parametrize("text", ["", " ", "\u00a0", "…", "Да.", "5", "٣٤", "1" * 5000, "½ ¼", "V"])
@pytest.mark.parametrize("other", ["", "Yes.", "5"])
def test_odd_texts_break_nothing(text, other) -> None:
    found(text, other)
    found(other, text, "ru")


@given(st.integers(2, 10**9), st.sampled_from(["{:,}", "{}"]), st.sampled_from([" ", "\u00a0", ""]))
def test_a_number_agrees_with_itself_however_it_is_grouped(value, english, space) -> None:
    en = f"There were {english.format(value)} of them."
    ru = f"Их было {format(value, ',').replace(',', space)}."
    assert found(en, ru) == {}


@given(st.integers(2, 10**6), st.integers(2, 10**6))
def test_two_numbers_agree_only_if_they_are_the_same(one, two) -> None:
    differ = "number-differs" in found(f"He paid {one}.", f"Он заплатил {two}.")
    # decades ("90" is 1990) and the ends of centuries ("1800" is no 19) may say the same
    assert differ == (one != two) or abs(one - two) % 100 == 0


@given(st.text(alphabet="0123456789.,:/- \u00a0абвmkXVХ%$°½", max_size=40))
def test_any_text_has_the_same_facts_as_itself(text) -> None:
    case = Case(0, text, text)
    for check in (*numbers.CHECKS, *dates.CHECKS, *facts.CHECKS):
        assert check.pair is not None
        assert list(check.pair(dataclasses.replace(case, tgt_lang="en"), Context((case,)))) == []


def test_every_check_explains_itself_with_an_example() -> None:
    for check in CHECKS:
        assert "Fires:" in check.explanation
        assert check.explanation.split("\n")[0].endswith(".")
