"""What `tm clean` takes out of a memory, and why; what it must leave."""

import json

import pytest

from aligner.errors import InputError
from aligner.memory.adding import add
from aligner.memory.cleaning import CleanSettings, clean
from aligner.memory.confirming import confirm
from aligner.memory.filters import FILTERS, Candidate, Limits, objection
from aligner.memory.store import Store
from aligner.memory.units import NewDocument
from tests.interrupted_adding import content, faults
from tests.test_memory_store import DATE, LATER, entries, entry

OBJECTIONS = [  # source, target, and which filter objects
    ("It was late.", "Было поздно.", ""),
    ("Yes, of course, why not?", "Да.", ""),  # short texts may differ much
    ("* * *", "***", "wordless"),
    ("— …", "— …", "wordless"),
    ("2024", "2024", ""),
    ("XIV", "XIV", ""),
    ("Google", "Google", "identical"),
    ("Click here!", "click here", "identical"),
    ("Open the file and read it.", "Open the file, then read it.", "language"),
    ("Откройте этот файл.", "Откройте файл.", "language"),
    ("The word for it is “дача”.", "Это слово — «дача».", ""),
    ("Use getOwnPropertyDescriptor.", "Метод getOwnPropertyDescriptor возвращает null.", ""),
    ("Kauai", "Кауаи", ""),
    ("He left.", "Он ушёл, а потом ещё долго, " + "очень " * 20 + "долго шёл.", "length"),
    ("In 2018 it grew by 1,250.5.", "В 2018 году рост составил 1 250,5.", ""),
    ("Page 12", "Страница 14", "numbers"),
    ("Five cats", "5 кошек", ""),
    ("07 July", "7 июля", ""),
    ("A lost \ufffdharacter", "Пропавшая буква", "damaged"),
]


@pytest.mark.parametrize(("src", "tgt", "name"), OBJECTIONS)
def test_what_a_filter_objects_to(src, tgt, name):
    unit = Candidate(src, tgt, "en", "ru", 0.9)
    found = objection(unit, Limits(), frozenset(FILTERS))
    assert (found[0] if found else "") == name
    turned = Candidate(tgt, src, "ru", "en", 0.9)
    assert (objection(turned, Limits(), frozenset(FILTERS)) or ("",))[0] == name


def test_improbable_pairs():
    unit = Candidate("It was late.", "Было поздно.", "en", "ru", 0.49)
    assert objection(unit, Limits(), frozenset(FILTERS)) == ("probability", "0.49 is below 0.5")
    assert objection(unit, Limits(min_probability=0.4), frozenset(FILTERS)) is None
    assert objection(unit, Limits(), frozenset({"length"})) is None


@pytest.mark.parametrize("name", ["news", "prose"])
def test_human_translations_stay(shared, name):
    names = frozenset(FILTERS)
    objections = units = 0
    for line in shared(f"eval/{name}.jsonl").read_text(encoding="utf-8").strip().split("\n"):
        document = json.loads(line)
        for src, tgt in document["links"]:
            if src and tgt:
                texts = (" ".join(document[k][i] for i in v) for k, v in (("en", src), ("ru", tgt)))
                found = objection(Candidate(*texts, "en", "ru", 1.0), Limits(), names)
                units, objections = units + 1, objections + bool(found)
    assert units > 700
    assert objections / units < 0.02


@pytest.mark.parametrize(
    ("settings", "error"),
    [
        (lambda: Limits(min_probability=2), "probability of 2 is not possible"),
        (lambda: Limits(max_ratio=0.5), "ratio of lengths of 0.5 is not possible"),
        (lambda: CleanSettings(reasons=frozenset({"ugly"})), "'ugly' is no reason to go"),
    ],
)
def test_settings_that_cannot_be(settings, error):
    with pytest.raises(InputError, match=error):
        settings()


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "work.tm") as opened:
        yield opened


def left(store):
    return [(unit.src, unit.tgt, unit.count) for unit in store.units()]


def test_duplicates_are_merged_with_their_counts(store):
    add(
        store,
        NewDocument("a", "1"),
        entries(("Ёлка.", "Tree."), ("Yes.", "Да."), ("Ёлка.", "Tree."), ("Елка", "tree")),
        DATE,
    )
    add(store, NewDocument("b", "2"), entries(("ЕЛКА.", "TREE."), ("Yes?", "Да?")), DATE)
    done = clean(store, CleanSettings(), LATER)
    assert [(one.src, one.reason) for one in done.removals] == [
        ("Ёлка.", "duplicate"),
        ("Елка", "near duplicate"),
        ("ЕЛКА.", "near duplicate"),
    ]
    assert left(store) == [("Ёлка.", "Tree.", 4), ("Yes.", "Да.", 1), ("Yes?", "Да?", 1)]
    assert done.units == 3
    assert clean(store, CleanSettings(), LATER).removals == ()
    assert add(store, NewDocument("b", "2"), [], LATER).outcome == "unchanged"


def test_a_dry_run_changes_nothing(store):
    add(store, NewDocument("a", "1"), entries(("Yes.", "Да."), ("yes", "да"), ("**", "*")), DATE)
    before = content(store.path)
    would = clean(store, CleanSettings(), LATER, dry_run=True)
    assert content(store.path) == before
    assert clean(store, CleanSettings(), LATER) == would
    assert would.counts() == {"near duplicate": 1, "wordless": 1}


def test_which_one_stays(store):
    given = [
        entry("yes", "да", 0, 0.99),
        entry("Yes.", "Да.", 1, 0.7),
        entry("Yes.", "Да.", 2, 0.8),
        entry("No!", "Нет!", 3, 0.6),
        entry("No.", "Нет.", 4, 0.9),
        entry("So.", "Так.", 5, 0.9),
        entry("So!", "Так!", 6, 0.6),
    ]
    add(store, NewDocument("a", "1"), given, DATE)
    confirm(store, [("So!", "Так!")], "anna", DATE)
    clean(store, CleanSettings(), LATER)
    assert [(unit.src, unit.pair.probability) for unit in store.units()] == [
        ("Yes.", 0.8),  # the form of most, and of these the most probable
        ("No.", 0.9),
        ("So!", 0.6),  # confirmed
    ]


def test_exact_duplicates_alone(store):
    texts = [("yes", "да"), ("yes", "да"), ("Yes.", "Да."), ("Yes.", "Да."), ("Yes.", "Да.")]
    add(store, NewDocument("a", "1"), entries(*texts), DATE)
    done = clean(store, CleanSettings(reasons=frozenset({"duplicate"})), LATER)
    assert done.counts() == {"duplicate": 3}
    assert left(store) == [("yes", "да", 2), ("Yes.", "Да.", 3)]


def test_conflicts_are_listed_and_stay(store):
    texts = [("Save", "Сохранить"), ("save", "сохранить."), ("Save", "Спасти"), ("No.", "Нет.")]
    add(store, NewDocument("a", "1"), entries(*texts), DATE)
    add(store, NewDocument("b", "2"), entries(("Save!", "Спасти!"), ("Save", "Экономьте")), DATE)
    [conflict] = clean(store, CleanSettings(), LATER).conflicts
    assert conflict.src == "Save"
    assert [(one.tgt, one.count, one.documents) for one in conflict.translations] == [
        ("Сохранить", 2, ("a",)),
        ("Спасти", 2, ("a",)),
        ("Экономьте", 1, ("b",)),
    ]
    assert {tgt for _, tgt, _ in left(store)} == {"Сохранить", "Спасти", "Экономьте", "Нет."}


def test_what_a_person_confirmed_stays(store):
    add(store, NewDocument("a", "1"), entries(("Page 12", "Страница 14"), ("**", "*")), DATE)
    confirm(store, [("Page 12", "Страница 14")], "anna", DATE)
    clean(store, CleanSettings(), LATER)
    assert left(store) == [("Page 12", "Страница 14", 1)]


def test_omissions_and_additions_stay(store):
    add(store, NewDocument("a", "1"), entries(("**", ""), ("**", ""), ("", "Да.")), DATE)
    assert clean(store, CleanSettings(), LATER).removals == ()


def test_what_went_is_in_the_history(store):
    add(store, NewDocument("a", "1"), entries(("Yes.", "Да."), ("Yes.", "Да."), ("*", "*")), DATE)
    clean(store, CleanSettings(), LATER)
    query = "SELECT reason, merged_into, date, unit ->> 'src' AS src FROM history ORDER BY id"
    rows = [tuple(row) for row in store.connection.execute(query)]
    assert rows == [("duplicate", 1, LATER, "Yes."), ("wordless", None, LATER, "*")]
    assert faults(store.path, 1) == []


def test_a_duplicate_comes_back_when_the_one_that_stood_for_it_goes(store):
    for name in ("a", "b", "c"):
        add(store, NewDocument(name, name), entries(("Yes.", "Да."), (name, name * 2)), DATE)
    clean(store, CleanSettings(reasons=frozenset({"duplicate"})), LATER)
    assert next((unit.document, unit.count) for unit in store.units()) == ("a", 3)
    add(store, NewDocument("a", "new"), entries(("No.", "Нет.")), LATER)
    assert [(unit.document, unit.position, unit.src, unit.count) for unit in store.units()] == [
        ("a", 0, "No.", 1),
        ("b", 0, "Yes.", 2),
        ("b", 1, "b", 1),
        ("c", 1, "c", 1),
    ]
    query = "SELECT count(*) FROM units_text WHERE units_text MATCH 'yes'"
    assert store.connection.execute(query).fetchone()[0] == 1


def test_a_new_version_does_not_count_its_duplicates_twice(store):
    for name in ("a", "b"):
        add(store, NewDocument(name, name), entries(("Yes.", "Да.")), DATE)
    for version in ("2", "3"):
        clean(store, CleanSettings(), LATER)
        assert left(store) == [("Yes.", "Да.", 2)]
        add(store, NewDocument("b", version), entries(("Yes.", "Да.")), LATER)
    assert left(store) == [("Yes.", "Да.", 1), ("Yes.", "Да.", 1)]


def test_merged_twice_over(store):
    """What stood for others is itself merged: all counts go along."""
    for name, probability in (("a", 0.6), ("b", 0.6), ("c", 0.9)):
        add(store, NewDocument(name, name), [entry("Yes.", "Да.", 0, probability)], DATE)
        if name == "b":
            clean(store, CleanSettings(), LATER)
            assert left(store) == [("Yes.", "Да.", 2)]
    confirm(store, [("Yes.", "Да.")], "anna", DATE)
    add(store, NewDocument("d", "d"), [entry("Yes!", "Да!", 0, 0.9)], DATE)
    clean(store, CleanSettings(), LATER)
    assert left(store) == [("Yes.", "Да.", 4)]
    add(store, NewDocument("a", "new"), [], LATER)
    assert [(unit.document, unit.count) for unit in store.units()] == [("b", 3)]


def test_an_empty_memory(store):
    done = clean(store, CleanSettings(), LATER)
    assert (done.removals, done.conflicts, done.units) == ((), (), 0)
