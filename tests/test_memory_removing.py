"""Documents leave a memory: found no more, kept in the history, added again as if never there."""

import os
import random
import signal
import time

import pytest

import aligner as library
from aligner.errors import InputError
from aligner.memory import semantic
from aligner.memory.cleaning import clean
from aligner.memory.history import past
from aligner.memory.removing import Removed, remove
from aligner.memory.selection import Selection
from aligner.memory.store import Store
from aligner.memory.units import NewDocument
from aligner.naming import files_of, meant
from tests.interrupted_adding import content, faults
from tests.test_memory_store import DATE, LATER, entries

NIGHT, RIVER = ("The night train was late.", "Ночной поезд опоздал."), ("A river.", "Река.")
YES = ("Yes.", "Да.")


def add(store, name, *texts, metadata=None, date=DATE):
    from aligner.memory.adding import add

    return add(store, NewDocument(name, repr(texts), metadata or {}), entries(*texts), date)


@pytest.fixture
def memory(tmp_path):
    with library.Memory.open(tmp_path / "work.tm") as opened:
        add(opened.store, "a", NIGHT, YES, metadata={"client": "ACME"})
        add(opened.store, "b", RIVER, YES)
        yield opened


def test_nothing_finds_what_was_removed(memory, toy):
    memory.update_index()
    assert memory.matches(NIGHT[0])
    assert memory.concordance("поезда").hits
    assert memory.nearest("night train", model=toy)[0].unit.src == NIGHT[0]
    assert memory.remove("a", date=LATER) == [Removed("a", 2)]
    assert memory.matches(NIGHT[0]) == memory.matches("Ночной поезд не опоздал.") == []
    assert memory.matches("The night train was late!", threshold=50) == []
    assert memory.concordance("поезда").hits == memory.concordance("night").hits == ()
    assert {near.unit.document for near in memory.nearest("night train", model=toy)} == {"b"}
    assert semantic.behind(memory.store, toy) == 0
    assert {unit.document for unit in memory.units()} == {"b"}
    assert [one.name for one in memory.documents()] == ["b"]
    found = memory.statistics()
    assert (found.units, found.documents, found.history, found.metadata) == (2, 1, 2, {})
    assert faults(memory.store.path, 2) == []


def test_the_history_keeps_its_units(memory):
    memory.remove("a", date=LATER)
    assert [(one.src, one.version, one.reason, one.date) for one in memory.history("a")] == [
        (NIGHT[0], 1, "removed", LATER),
        (YES[0], 1, "removed", LATER),
    ]


def test_it_can_be_added_again(memory):
    memory.remove("a")
    again = add(memory.store, "a", NIGHT, YES)
    assert (again.outcome, again.units, again.new, again.gone) == ("added", 2, 2, 0)
    document = next(one for one in memory.documents() if one.name == "a")
    assert (document.version, document.units, dict(document.metadata)) == (3, 2, {})
    assert len(list(memory.history("a"))) == 2
    assert add(memory.store, "a", NIGHT, YES).outcome == "unchanged"


def test_the_same_content_under_another_name_is_new_after_a_removal(memory):
    assert add(memory.store, "c", NIGHT, YES).outcome == "elsewhere"
    memory.remove("a")
    assert add(memory.store, "c", NIGHT, YES).outcome == "added"


def test_a_dry_run_changes_nothing(memory):
    before = content(memory.store.path)
    assert memory.remove("a", "b", dry_run=True) == [Removed("a", 2), Removed("b", 2)]
    assert content(memory.store.path) == before


def test_all_of_them_or_none(memory):
    before = content(memory.store.path)
    with pytest.raises(InputError, match=r"d: .*work\.tm has no such document; check the name"):
        memory.remove("a", "d")
    with pytest.raises(InputError, match="has no document 'd'"):
        remove(memory.store, ["a", "d"], DATE)
    assert content(memory.store.path) == before
    memory.remove("a")
    with pytest.raises(InputError, match="no such document"):
        memory.remove("a")


def test_units_merged_into_one_that_goes_come_back(memory):
    clean(memory.store, library_settings(), DATE)
    assert memory.statistics().merged == 1
    assert memory.remove("a") == [Removed("a", 2, back=1)]
    assert [unit.src for unit in memory.units()] == [RIVER[0], YES[0]]
    assert memory.statistics().merged == 0
    assert [match.unit.document for match in memory.matches("yes.")] == ["b"]


def test_units_merged_into_one_that_stays_no_longer_count(memory):
    clean(memory.store, library_settings(), DATE)
    memory.remove("b")
    assert [(unit.src, unit.count) for unit in memory.units()] == [(NIGHT[0], 1), (YES[0], 1)]


def library_settings():
    from aligner.memory.cleaning import CleanSettings

    return CleanSettings(reasons=frozenset({"duplicate"}))


def test_killed_at_random_moments(tmp_path):
    """A removal is whole or did not happen; it takes some milliseconds here."""
    texts = [(f"Cat {row} sat.", f"Кот {row} сидел.") for row in range(400)]
    chance, seen = random.Random(3), set()
    with Store.open(tmp_path / "work.tm") as store:
        for name in ("a", "b"):
            add(store, name, *((f"{name} {src}", tgt) for src, tgt in texts))
    for _ in range(20):
        child = os.fork()
        if not child:
            with Store.open(tmp_path / "work.tm") as store:
                remove(store, ["a"], DATE)
            os._exit(0)
        time.sleep(chance.uniform(0, 0.02))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        assert faults(tmp_path / "work.tm", len(texts)) == []
        with Store.open(tmp_path / "work.tm") as store:
            there = "a" in [one.name for one in store.documents()]
            assert store.count() == len(texts) * (1 + there)
            assert len(list(past(store))) % len(texts) == 0
            seen.add(there)
            if not there:
                add(store, "a", *((f"a {src}", tgt) for src, tgt in texts))
    assert True in seen  # killed before it was done


NAMES = ["x.{en,ru}.md", "{en,ru}/x.md", "old.tmx", "a.md + b.md", "a.md + c.md", "{curly}.md"]


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("x.{en,ru}.md", "x.{en,ru}.md"),
        ("x.en.md", "x.{en,ru}.md"),  # what a shell makes of it
        ("ru/x.md", "{en,ru}/x.md"),
        ("./en/x.md", "{en,ru}/x.md"),
        ("old.tmx", "old.tmx"),
        ("b.md", "a.md + b.md"),
        ("{curly}.md", "{curly}.md"),
    ],
)
def test_a_document_is_meant_by_its_name_or_its_files(tmp_path, monkeypatch, word, name):
    monkeypatch.chdir(tmp_path)
    assert meant([word, name], NAMES, tmp_path / "work.tm") == [name]


def test_a_file_is_seen_from_where_the_user_is(tmp_path, monkeypatch):
    (tmp_path / "ru").mkdir()
    monkeypatch.chdir(tmp_path / "ru")
    assert meant(["x.md"], NAMES, tmp_path / "work.tm") == ["{en,ru}/x.md"]


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("a.md", r"a\.md: several documents are made from it; give one .*: a\.md \+ b\.md, a\.md"),
        ("x.ne.md", r"x\.ne\.md: .*work\.tm has no such document; did you mean x\.\{en,ru\}\.md\?"),
        ("письмо", r"письмо: .* no such document; check the name \(`aligner tm documents` lists"),
        ("", "no such document"),
    ],
)
def test_a_word_that_means_no_document(tmp_path, monkeypatch, word, message):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match=message):
        meant([word], NAMES, tmp_path / "work.tm")


def test_the_files_in_a_name():
    assert files_of("t/x.{en,ru}.md") == ("t/x.en.md", "t/x.ru.md")
    assert files_of("a.md + b.md") == ("a.md", "b.md")
    assert files_of("old.tmx") == ("old.tmx",)


def test_export_and_history_know_documents_by_their_files(memory, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    add(memory.store, "x.{en,ru}.md", RIVER)
    done = memory.export(tmp_path / "x.tsv", Selection(document="x.ru.md"))
    assert done.units == 1
    with pytest.raises(InputError, match="no such document"):
        memory.export(tmp_path / "y.tsv", Selection(document="y"))
    assert not (tmp_path / "y.tsv").exists()
    memory.remove("x.en.md")
    assert len(list(memory.history("x.en.md"))) == 1  # also of one that is gone
    with pytest.raises(InputError, match="no such document"):
        memory.export(tmp_path / "x.tsv", Selection(document="x.ru.md"))


def test_the_command(aligner, folder):
    aligner("tm", "add", "work.tm", "night.en.txt", "night.ru.txt", "--date", "2026-11-24")
    would = aligner("tm", "remove", "work.tm", "night.en.txt", "night.ru.txt", "--dry-run")
    assert (would.exit_code, would.stdout) == (
        0,
        "night.{en,ru}.txt: would be removed · 4 units would go into the history\n"
        "the memory holds 4 units of 1 document\n",
    )
    done = aligner("tm", "remove", "work.tm", "night.{en,ru}.txt", "--date", "2026-11-25")
    assert (done.exit_code, done.stdout) == (
        0,
        "night.{en,ru}.txt: removed · 4 units gone into the history\n"
        "the memory holds 0 units of 0 documents\n",
    )
    again = aligner("tm", "remove", "work.tm", "night.{en,ru}.txt")
    assert (again.exit_code, again.stderr.count("\n")) == (2, 1)
    assert "no such document" in again.stderr
    assert aligner("tm", "documents", "work.tm").stdout.count("\n") == 1
    lines = aligner("tm", "history", "work.tm", "--document", "night.en.txt").stdout.split("\n")
    assert lines[1].startswith("20261125T000000Z\tnight.{en,ru}.txt\t1\tremoved\tIt was late.\t")
    missing = aligner("tm", "remove", "none.tm", "x")
    assert (missing.exit_code, (folder / "none.tm").exists()) == (2, False)
