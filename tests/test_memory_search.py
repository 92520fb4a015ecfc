"""Matches in a memory: the percent, the index against comparing with every unit, the edges."""

import sqlite3
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.errors import InputError
from aligner.memory import adding, indexing, postings, searching
from aligner.memory.differences import differences
from aligner.memory.fuzzy import Wanted, percent
from aligner.memory.store import Store
from aligner.memory.tokens import numbered, places_of, tokens_of
from aligner.memory.units import Entry, NewDocument
from aligner.records import Pair, Provenance, Span

EN_RU, RU_EN = Provenance(src_lang="en", tgt_lang="ru"), Provenance(src_lang="ru", tgt_lang="en")
DATE = "20261124T000000Z"


@pytest.fixture
def memory(tmp_path):
    with Store.open(tmp_path / "work.tm") as store:
        yield store


def add(store, texts, name="a", made_by=EN_RU, confirmed_by=""):
    entries = [
        Entry(Pair(src, tgt, Span(k, k + 1), Span(k, k + 1), 0.7, 1.0, made_by), confirmed_by)
        for k, (src, tgt) in enumerate(texts)
    ]
    adding.add(store, NewDocument(name, repr(texts) + name), entries, DATE)


def found(store, text, lang="en", **wanted):
    matches = searching.matches(store, text, lang, Wanted(**wanted))
    return [(match.percent, match.text, match.translation) for match in matches]


TOKENS = [
    ("Don't go, O’Brien!", ["don't", "go", ",", "o'brien", "!"]),
    ("Ёлка — это 5 %.", ["елка", "—", "это", "5", "%", "."]),
    ("т. е. из-за", ["т", ".", "е", ".", "из-за"]),
    ("café", ["café"]),
    (" \u00a0\n", []),
]


@pytest.mark.parametrize(("text", "tokens"), TOKENS)
def test_tokens(text, tokens):
    assert tokens_of(text) == tokens


def test_repetitions_are_numbered():
    assert numbered(tokens_of("Да, да, нет")) == ["да", ",", "да 2", ", 2", "нет"]


PERCENTS = [  # counted by hand: edits of tokens, divided by the longer text
    ("A red cat sat.", "A red cat sat.", 100),
    ("A red cat sat.", "A  red\u00a0cat\nsat. ", 100),  # spaces do not count
    ("A red cat sat.", "a RED cat sat.", 99),
    ("Ёлка зелёная.", "Елка зеленая.", 99),
    ("A red cat sat.", "A black cat sat.", 80),  # 1 of 5
    ("A red cat sat.", "A red cat sat", 80),
    ("A red cat sat.", "A red cat sat on the mat.", 62),  # 3 of 8
    ("It costs 5 dollars.", "It costs 6 dollars.", 80),
    ("Он пришёл домой.", "Она пришла домой.", 50),
    ("cat red", "red cat", 0),
    ("Yes.", "Нет!", 0),
    ("", "", 100),
    ("", "Yes.", 0),
]


@pytest.mark.parametrize(("one", "other", "expected"), PERCENTS)
def test_percent_as_omegat_counts_it(one, other, expected):
    assert percent(one, other) == expected
    assert percent(other, one) == expected


WORDS = "the a red black cat dog sat ran on mat , . да нет кот".split()
SENTENCES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join)


@settings(max_examples=40, deadline=None)
@given(st.lists(SENTENCES, max_size=40), SENTENCES, st.integers(1, 99), st.integers(1, 5))
def test_the_index_finds_what_comparing_with_every_unit_finds(units, text, threshold, limit):
    with Store.open(Path(":memory:")) as store:
        add(store, [(unit, f"т{k}") for k, unit in enumerate(units)])
        by_hand = sorted((percent(text, unit) for unit in units), reverse=True)
        expected = [value for value in by_hand if value >= threshold][:limit]
        not_indexed = found(store, text, threshold=threshold, limit=limit)
        assert [value for value, *_ in not_indexed] == expected
        assert indexing.update(store) == len(units)
        indexed = found(store, text, threshold=threshold, limit=limit)
        assert [value for value, *_ in indexed] == expected


def test_what_was_added_is_indexed_unless_another_is_writing(memory):
    add(memory, [("One.", "Один."), ("Two.", "Два.")])
    with Store.open(memory.path) as other, other.transaction():
        assert indexing.update_if_free(memory) == 0
    assert indexing.behind(memory) == 2
    told = []
    assert indexing.update_if_free(memory, lambda *counts: told.append(counts)) == 2
    assert (told, indexing.behind(memory), indexing.update_if_free(memory)) == ([(2, 2)], 0, 0)


def shared(connection, lang, text):
    """How many tokens each unit that has any shares with the text, by its number."""
    return {
        block.first + int(offset): int(block.shared[offset])
        for block in postings.shared_tokens(connection, lang, tokens_of(text))
        for offset in np.flatnonzero(block.shared)
    }


@pytest.fixture
def connection():
    with sqlite3.connect(":memory:") as connection:
        connection.executescript(postings.SCHEMA)
        yield connection


def test_postings_over_several_blocks_and_several_additions(connection):
    units = [1, 65_535, 65_536, 65_537, 200_000]
    for unit in units:  # each in an addition of its own
        postings.add(connection, [postings.Entry(unit, "en", tokens_of(f"the the cat {unit}"))])
    assert shared(connection, "en", "the cat") == dict.fromkeys(units, 2)
    assert shared(connection, "en", "the the cat 65536 the") == dict.fromkeys(units, 3) | {
        65_536: 4
    }
    assert shared(connection, "ru", "the cat") == {}


def test_a_word_of_thousands_of_units_becomes_a_bitmap_and_stays_right(connection):
    first = [postings.Entry(unit, "ru", ["да", str(unit % 7)]) for unit in range(1, 3_001)]
    rest = [postings.Entry(unit, "ru", ["да", str(unit % 7)]) for unit in range(3_001, 9_001)]
    postings.add(connection, first)
    postings.add(connection, rest)
    sizes = connection.execute("SELECT max(length(units)) FROM token_postings").fetchone()
    assert sizes == (postings.BLOCK // 8,)
    assert shared(connection, "ru", "да") == dict.fromkeys(range(1, 9_001), 1)
    postings.add(connection, [postings.Entry(9_001, "ru", ["да"])])
    assert len(shared(connection, "ru", "да")) == 9_001


def test_very_long_texts_are_found(memory):
    long = " ".join(f"word{k}" for k in range(600))
    add(memory, [(long, "длинный текст"), ("short", "короткий")])
    indexing.update(memory)
    assert found(memory, long + " more", threshold=90)[0][0] == 99
    assert found(memory, " ".join(long.split()[:300]), threshold=50)[0][0] == 50


CATS = [
    ("A red cat sat.", "Сидел рыжий кот."),
    ("A red cat ran.", "Бежал рыжий кот."),
    ("It is snowing.", "Идёт снег."),
]


def test_a_match_from_either_side(memory):
    add(memory, CATS)
    assert found(memory, "A red cat slept.") == [
        (80, "A red cat ran.", "Бежал рыжий кот."),
        (80, "A red cat sat.", "Сидел рыжий кот."),
    ]
    assert found(memory, "Идет снег.", "ru") == [(99, "Идёт снег.", "It is snowing.")]
    assert found(memory, "Идет снег.", "en") == []


def test_units_translated_from_russian_are_found_too(memory):
    add(memory, [(ru, en) for en, ru in CATS], made_by=RU_EN)
    assert found(memory, "It is snowing.") == [(100, "It is snowing.", "Идёт снег.")]


def test_exact_matches_only(memory):
    add(memory, CATS)
    assert found(memory, "It is  snowing.", threshold=100) == [(100, *CATS[2])]
    assert found(memory, "it is snowing", threshold=100) == []


def test_omissions_and_additions_are_no_matches(memory):
    add(memory, [("Only English.", ""), ("", "Только русский.")])
    assert found(memory, "Only English.") == found(memory, "Только русский.", "ru") == []


def test_equal_units_are_one_match_and_hide_no_other(memory):
    for name in "abcdefgh":
        add(memory, [("Yes.", "Да.")] * 200, name)
    add(memory, [("Yes!", "Да!"), ("Yes.", "Ага.")], "other")
    indexing.update(memory)
    assert found(memory, "Yes.", threshold=50) == [
        (100, "Yes.", "Ага."),
        (100, "Yes.", "Да."),
        (50, "Yes!", "Да!"),
    ]


def test_of_equal_matches_a_confirmed_one_comes_first(memory):
    add(memory, [("Yes.", "Да.")], "one", confirmed_by="Anna")
    add(memory, [("Yes.", "Ага.")], "two")
    assert [match[2] for match in found(memory, "Yes.")] == ["Да.", "Ага."]


def test_a_replaced_document_leaves_no_matches_behind(memory):
    add(memory, CATS)
    indexing.update(memory)
    add(memory, CATS[1:])
    assert found(memory, "A red cat sat.", threshold=90) == []
    assert found(memory, "A red cat ran.", threshold=90) == [(100, *CATS[1])]


def test_the_index_is_made_by_the_search_that_needs_it(memory):
    add(memory, [(f"Number {k} is here.", f"Номер {k} здесь.") for k in range(1_500)])
    assert indexing.behind(memory) == 1_500
    assert found(memory, "Number 7 is here.", limit=1) == [
        (100, "Number 7 is here.", "Номер 7 здесь.")
    ]
    assert indexing.behind(memory) == 0


def test_a_search_beside_a_writer_waits_for_nothing(memory):
    add(memory, [(f"Number {k} is here.", f"Номер {k} здесь.") for k in range(1_500)])
    with Store.open(memory.path) as other, other.transaction():
        assert found(memory, "Number 7 is here!", limit=1, threshold=80)[0][0] == 80
    assert indexing.behind(memory) == 1_500


def test_an_index_of_another_version_is_made_anew(memory, monkeypatch):
    add(memory, CATS)
    indexing.update(memory)
    monkeypatch.setattr(indexing, "VERSION", 2)
    assert indexing.behind(memory) == 3
    assert indexing.update(memory) == 3
    assert found(memory, "A red cat sat.", threshold=90) == [(100, *CATS[0])]


@pytest.mark.parametrize("text", ["", "  ", "?!", "\u2028", "слово " * 5_000, "\x00"])
def test_odd_queries_find_nothing_and_break_nothing(memory, text):
    add(memory, CATS)
    indexing.update(memory)
    assert found(memory, text) == []


@pytest.mark.parametrize("wanted", [{"threshold": 0}, {"threshold": 101}, {"limit": 0}])
def test_impossible_wishes(wanted):
    with pytest.raises(InputError, match=r"not possible: give 1 to 100|give a limit of 1 or more"):
        Wanted(**wanted)


DIFFERENCES = [
    ("A red cat.", "A black cat.", "A [-red-] {+black+} cat."),
    ("Идёт снег.", "Идет мокрый снег!", "Идёт {+мокрый+} снег[-.-]{+!+}"),
    ("the same", "the same", "the same"),
    ("", "new", "{+new+}"),
]


@pytest.mark.parametrize(("match", "text", "shown"), DIFFERENCES)
def test_differences_are_shown_as_marks(match, text, shown):
    from aligner.search_report import Look, _difference

    assert _difference(differences(match, text), Look()) == shown


@given(st.text(max_size=30), st.text(max_size=30))
def test_differences_rebuild_both_texts(match, text):
    def without(change):
        pieces = differences(match, text)
        return [token for p in pieces if p.change != change for token in tokens_of(p.text)]

    def tokens(whole):
        return [token for start, stop in places_of(whole) for token in tokens_of(whole[start:stop])]

    from unicodedata import normalize

    assert without("new") == tokens(normalize("NFC", match))
    assert len(without("gone")) == len(tokens(normalize("NFC", text)))
