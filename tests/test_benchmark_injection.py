"""The generator of errors: what each kind changes, and that it repeats itself."""

import re

import pytest

from tests.benchmarks.injection import INJECTORS, Text, injected
from tests.benchmarks.injection_names import Names, names_of

EN = (
    "On 12 May 2020, Angela Merkel (66) said that she would not pay 5 million euros, as had been "
    "planned before. She left the hall in silence."
)
RU = (
    "12 мая 2020 года Ангела Меркель (66) сказала, что не заплатит 5 миллионов евро, как было "
    "задумано раньше. Она ушла из зала молча."
)
NAMES = names_of(
    [
        (EN, RU),
        ("Today in London, Boris Johnson", "Сегодня в Лондоне Борис Джонсон"),
        ("Then in London, Boris Johnson and Angela", "Потом в Лондоне Борис Джонсон и Ангела"),
        ("Then in Paris, Maria and Boris", "Потом в Париже Мария и Борис Петров"),
        ("Then in Paris, Maria and Petrov", "Потом в Париже Мария и Петров"),
        ("Then in Berlin, Ivan and Trump", "Потом в Берлине Иван и Трамп"),
        ("Then in Berlin, Ivan and Trump", "Затем в Берлине Иван и Трамп"),
    ]
)


@pytest.mark.parametrize("kind", INJECTORS)
@pytest.mark.parametrize("text", [Text(EN, RU, "ru"), Text(RU, EN, "en")], ids=["en-ru", "ru-en"])
def test_a_kind_changes_the_target_and_the_same_seed_does_it_again(kind, text) -> None:
    first = injected(kind, text, "1", NAMES)
    assert first != text.tgt
    assert first == injected(kind, text, "1", NAMES)


@pytest.mark.parametrize("kind", INJECTORS)
def test_where_there_is_no_place_for_an_error_there_is_none(kind) -> None:
    assert injected(kind, Text("", "", "ru"), "1", Names({})) is None
    assert kind in ("homoglyph",) or injected(kind, Text("Yes.", "Да.", "ru"), "1", NAMES) is None


@pytest.mark.parametrize("seed", list(map(str, range(20))))
def test_each_error_is_of_its_kind(seed) -> None:
    text = Text(EN, RU, "ru")
    spoiled = {kind: injected(kind, text, seed, NAMES) for kind in INJECTORS}
    assert re.sub(r"\d", "#", spoiled["number"]) == re.sub(r"\d", "#", RU)  # the format stays
    assert "5 миллиардов" in spoiled["scale"]
    assert re.findall(r"\d+ \w+ \d{4}", spoiled["date"]) != ["12 мая 2020"]
    assert "что заплатит" in spoiled["negation"]
    assert len(spoiled["name"].split()) == len(RU.split())
    assert spoiled["sentence"] in (RU.split(". ")[0] + ".", RU.split(". ")[1])
    assert len(spoiled["clause"]) < len(RU) - 15
    assert re.search(r"[A-Za-z]{3}", spoiled["untranslated"])
    assert len(re.findall(r"[A-Za-z]", spoiled["homoglyph"])) == 1
    assert spoiled["bracket"].count("(") + spoiled["bracket"].count(")") == 1
