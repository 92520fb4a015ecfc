"""Names that are other names on the other side: by sound, by table, by document."""

import pytest

from aligner.checks.check import Case, Context
from aligner.checks.names import name_differs
from aligner.checks.sound import alike, distance, sounds

THE_SAME = [
    ("James", "Джеймса"),
    ("Mike", "Майку"),
    ("Michael", "Майкл"),
    ("Hamilton", "Гамильтона"),
    ("John", "Джон"),
    ("Jones", "Джонсу"),
    ("Wayne", "Уэйн"),
    ("Wright", "Райт"),
    ("Daley", "Дейли"),
    ("Sainsbury", "Сейнсбери"),
    ("Rangers", "Рейнджерс"),
    ("Dewar", "Дьюар"),
    ("Rowe", "Роу"),
    ("Heather", "Хезер"),
    ("Austria", "Австрии"),
    ("Kavanaugh", "Кавано"),
    ("Wuhan", "Ухань"),
    ("Qing", "Цин"),
    ("Jae", "Чжэ"),
    ("Müller", "Мюллера"),
]
OTHERS = [
    ("Merkel", "Макрону"),
    ("Trump", "Путин"),
    ("London", "Париже"),
    ("Simpson", "Хеброн"),
    ("Boris", "Тереза"),
    ("Angela", "Эммануэль"),
    ("Microsoft", "Самсунг"),
]


@pytest.mark.parametrize(("en", "ru"), THE_SAME)
def test_a_name_sounds_like_itself(en, ru) -> None:
    assert alike(en, ru) >= 0.7


@pytest.mark.parametrize(("en", "ru"), OTHERS)
def test_another_name_does_not(en, ru) -> None:
    assert alike(en, ru) < 0.6


def test_sounds_are_spelt_out_in_both_languages() -> None:
    assert sounds("Wright", "en") == sounds("Райт", "ru") == "RaT"
    assert sounds("", "en") == sounds("ь", "ru") == ""
    assert alike("", "Иван") == alike("Ivan", "ь") == 0.0


@pytest.mark.parametrize(("one", "two"), [("RaT", "RaTa"), ("KaMaL", "GaML"), ("", "SaN")])
def test_distance_is_the_same_both_ways_and_nothing_to_itself(one, two) -> None:
    assert distance(one, two) == pytest.approx(distance(two, one))
    assert distance(one, one) == 0.0


def names(*pairs: tuple[str, str], reverse: bool = False) -> list[tuple[int, str, str | None]]:
    """What the check says: pair, message, severity (None for the check's own)."""
    cases = tuple(
        Case(at, ru, en, "ru", "en") if reverse else Case(at, en, ru)
        for at, (en, ru) in enumerate(pairs)
    )
    return [(at, one.message, one.severity) for at, one in name_differs(Context(cases))]


MERKEL = ("Yesterday Angela Merkel said no.", "Вчера Ангела Меркель ответила отказом.")


def test_one_name_for_another_is_found_in_both_directions() -> None:
    wrong = (MERKEL[0], "Вчера Ангела Джонсон ответила отказом.")
    assert names(MERKEL) == names(MERKEL, reverse=True) == []
    assert [message for _, message, _ in names(wrong)] == ["Merkel against Джонсон"]
    assert [message for _, message, _ in names(wrong, reverse=True)] == ["Джонсон against Merkel"]


FINE = [
    ("Then Merkel left Berlin.", "Затем она уехала из Берлина."),  # a pronoun for a name
    ("Then she left.", "Затем Меркель уехала."),  # and a name for a pronoun
    ("He went from China to Wales.", "Он поехал из Китая в Уэльс."),  # from the table
    ("A report in the UK said so.", "В Великобритании сообщили об этом."),
    ("Then the Austrian government fell.", "Тогда правительство Австрии пало."),
    ("Then Howard University agreed.", "Тогда в Говардском университете согласились."),
    ("The State Department said so.", "Так заявили в Госдепартаменте."),
    ("He lives in Southeast Asia.", "Он живёт в Юго-Восточной Азии."),
    ("In New York and Hong Kong", "Сегодня в Нью-Йорке и в Гонконге"),
    ("He used Microsoft Word.", "Он работал в Microsoft Word."),  # kept in Latin letters
    ("According to Mick O'Flynn, the Acting Director", "По словам Мика О'Флинна, врио директора"),
    ("", ""),
    ("Yes.", ""),
    ("", "Да."),
]


@pytest.mark.parametrize(("en", "ru"), FINE)
def test_names_that_are_missing_or_translated_are_fine(en, ru) -> None:
    assert names((en, ru)) == names((en, ru), reverse=True) == []


def test_what_a_document_pairs_again_and_again_is_a_translation() -> None:
    plain = ("We see Brindle there.", "Мы видим Роузи там.")
    assert names(plain) != []
    assert names(plain, ("And so Brindle ran.", "И вот Роузи побежала.")) == []


def test_a_name_that_may_be_another_spelling_is_an_advisory() -> None:
    ((_, message, severity),) = names(("Then Joan Puig left.", "Затем Жоан Пуч ушёл."))
    assert (message, severity) == ("Puig against Пуч", "advisory")


def test_the_spans_hold_the_names() -> None:
    en, ru = MERKEL[0], "Вчера Ангела Джонсон ответила отказом."
    ((_, finding),) = name_differs(Context((Case(0, en, ru),)))
    ((src,), (tgt,)) = finding.src, finding.tgt
    assert (en[src.start : src.stop], ru[tgt.start : tgt.stop]) == ("Merkel", "Джонсон")
