"""Where words stand: all forms of a word, runs of words, both languages, and what is counted."""

from pathlib import Path

import pytest

from aligner.errors import InputError
from aligner.memory import adding
from aligner.memory.concordance import MOST_WORDS, concordance
from aligner.memory.store import Store
from aligner.memory.units import Entry, NewDocument
from aligner.memory.wordforms import forms_of
from aligner.records import Pair, Provenance, Span

MADE_BY = Provenance(src_lang="en", tgt_lang="ru")

TEXTS = [
    ("The children were running home.", "Дети бежали домой."),
    ("A child runs.", "Ребёнок бежит."),
    ("He studies high temperatures.", "Он изучает высокие температуры."),
    ("The temperature is not high.", "Температура не высокая, а средняя."),
    ("Steel became dear.", "Стали стали дороги."),
    ("The Christmas tree", "Новогодняя елка"),
    ("Two trees", "Две ёлки"),
    ("Buy an iPhone 12.", "Купите iPhone 12."),
    ("Its price", "Его цена"),
]


@pytest.fixture(scope="module")
def memory():
    with Store.open(Path(":memory:")) as store:
        entries = [
            Entry(Pair(src, tgt, Span(k, k + 1), Span(k, k + 1), 0.7, 1.0, MADE_BY))
            for k, (src, tgt) in enumerate(TEXTS)
        ]
        adding.add(store, NewDocument("a", "h"), entries, "20261124T000000Z")
        yield store


FOUND = [  # newest first, with the words where they stand
    ("бегать", []),
    ("бежать", [["бежит"], ["бежали"]]),
    ("БЕЖИТ", [["бежит"], ["бежали"]]),
    ("ребёнок", [["Ребёнок"], ["Дети"]]),
    ("ребенка", [["Ребёнок"], ["Дети"]]),
    ("ёлка", [["ёлки"], ["елка"]]),
    ("елку", [["ёлки"], ["елка"]]),
    ("сталь", [["Стали", "стали"]]),  # the noun and the verb look alike
    ("стать", [["Стали", "стали"]]),
    ("высокая температура", [["Температура", "высокая"], ["высокие", "температуры"]]),
    ('"высокая температура"', [["высокие температуры"]]),
    ("«высокая температура»", [["высокие температуры"]]),
    ('"высокая температура" изучать', [["изучает", "высокие температуры"]]),
    ("run", [["runs"], ["running"]]),
    ("study", [["studies"]]),
    ("tree", [["trees"], ["tree"]]),
    ("it", []),  # is not "its"
    ("iphone 12", [["iPhone", "12", "iPhone", "12"]]),
    ("home домой", []),  # words of one query stand on one side
    ('he "not high" OR NEAR(a b)', []),  # no syntax of the index comes through
    ("temperature*", [["temperature"], ["temperatures"]]),
]


@pytest.mark.parametrize(("text", "places"), FOUND)
def test_words_are_found_in_all_their_forms(memory, text, places):
    found = concordance(memory, text)
    shown = [
        [hit.unit.src[at.start : at.stop] for at in hit.src]
        + [hit.unit.tgt[at.start : at.stop] for at in hit.tgt]
        for hit in found.hits
    ]
    assert shown == places


FORMS = [
    ("кошка", {"кошки", "кошкой", "кошек"}, {"кот", "кошкин"}),
    ("шёл", {"шел", "идти", "идут"}, set()),
    ("houses", {"house", "housing"}, {"hours"}),
    ("stopped", {"stop", "stops", "stopping"}, set()),
    ("city", {"cities"}, {"citys"}),
    ("boxes", {"box", "boxing"}, set()),
    ("covid", {"covid"}, set()),
    ("12", {"12"}, {"1"}),
    ("её", {"ее", "её"}, set()),
]


@pytest.mark.parametrize(("word", "are", "are_not"), FORMS)
def test_forms_of_a_word(word, are, are_not):
    assert are <= forms_of(word)
    assert not are_not & forms_of(word)


def test_what_is_shown_and_what_is_counted(memory):
    found = concordance(memory, "ребёнок", limit=1)
    assert (len(found.hits), found.total, found.more) == (1, 2, False)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "has no word to look for"),
        ('"!"', "has no word to look for"),
        ("слово " * (MOST_WORDS + 1), "a concordance of more than 20 words finds nothing"),
    ],
)
def test_what_cannot_be_looked_for(memory, text, message):
    with pytest.raises(InputError, match=message):
        concordance(memory, text)
