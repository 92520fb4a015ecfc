"""Documents into a memory: once, again, in a new version, several at a time, killed on the way."""

import os
import signal
import subprocess
import sys
import time

import pytest

from aligner.errors import InputError
from aligner.memory.adding import add
from aligner.memory.confirming import confirm
from aligner.memory.store import Store
from aligner.memory.units import NewDocument
from tests.interrupted_adding import content, faults
from tests.test_memory_store import DATE, LATER, entries

YES, NO, MAYBE = ("Yes.", "Да."), ("No.", "Нет."), ("Maybe.", "Может быть.")


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "work.tm") as opened:
        yield opened


def texts(store):
    return [(unit.position, unit.src, unit.tgt) for unit in store.units()]


def history(store):
    query = "SELECT reason, version, unit ->> 'tgt', unit ->> 'position' FROM history ORDER BY id"
    return [tuple(row) for row in store.connection.execute(query)]


def words(store, word):
    query = "SELECT rowid FROM units_text WHERE units_text MATCH ?"
    return len(store.connection.execute(query, [word]).fetchall())


def test_twice_changes_nothing(store):
    first = add(store, NewDocument("a", "1"), entries(YES, NO), DATE)
    before = content(store.path)
    again = add(store, NewDocument("a", "1"), entries(NO), LATER)
    assert (first.outcome, first.new) == ("added", 2)
    assert (again.outcome, again.units, again.new) == ("unchanged", 2, 0)
    assert content(store.path) == before
    assert store.documents()[0].changed == DATE


def test_the_same_content_under_another_name_is_there_already(store):
    add(store, NewDocument("a", "1", {"client": "ACME"}), entries(YES), DATE)
    moved = add(store, NewDocument("b", "1", {"client": "other"}), entries(YES), LATER)
    assert (moved.outcome, moved.document) == ("elsewhere", "a")
    assert [one.metadata for one in store.documents()] == [{"client": "ACME"}]


def test_metadata_of_a_known_document_can_change(store):
    add(store, NewDocument("a", "1", {"client": "ACME", "domain": "law"}), entries(YES), DATE)
    change = add(store, NewDocument("a", "1", {"client": "Other"}), [], LATER)
    assert (change.outcome, change.metadata_changed) == ("unchanged", True)
    [document] = store.documents()
    assert document.metadata == {"client": "Other", "domain": "law"}


def test_a_new_version_replaces_what_changed_and_keeps_the_rest(store):
    add(store, NewDocument("a", "1"), entries(YES, NO, YES), DATE)
    confirm(store, [YES], "anna", DATE)
    ids = [unit.id for unit in store.units()]
    change = add(store, NewDocument("a", "2"), entries(MAYBE, YES, ("No.", "Ни за что.")), LATER)
    assert (change.outcome, change.units, change.new, change.gone) == ("replaced", 3, 2, 2)
    assert texts(store) == [(0, *MAYBE), (1, *YES), (2, "No.", "Ни за что.")]
    kept = list(store.units())[1]
    assert (kept.id, kept.entry.confirmed_by, kept.entry.created) == (ids[0], "anna", DATE)
    assert min(unit.id for unit in store.units() if unit.id not in ids) > max(ids)
    assert history(store) == [("new version", 1, "Нет.", 1), ("new version", 1, "Да.", 2)]
    assert (words(store, "нет"), words(store, "ни"), words(store, "maybe")) == (0, 1, 1)
    assert faults(store.path, 3) == []


def test_a_long_document_in_a_new_version(store):
    """Longer than what is compared at a time; its halves change places, a few units change."""
    first = [(f"Line {at}.", f"Строка {at}.") for at in range(2500)]
    second = [*first[1250:], *first[:1250]]
    second[::500] = [(src, tgt + "!") for src, tgt in second[::500]]
    add(store, NewDocument("a", "1"), entries(*first), DATE)
    change = add(store, NewDocument("a", "2"), entries(*second), LATER)
    assert (change.units, change.new, change.gone) == (2500, 5, 5)
    assert texts(store) == [(at, *both) for at, both in enumerate(second)]
    assert faults(store.path, 2500) == []


def test_an_earlier_version_again_is_a_version_of_its_own(store):
    for number, (content_hash, units) in enumerate((("1", [YES]), ("2", [NO]), ("1", [YES])), 1):
        change = add(store, NewDocument("a", content_hash), entries(*units), DATE)
        assert change.outcome == ("added" if number == 1 else "replaced")
    query = "SELECT version, content_hash, units FROM versions ORDER BY version"
    rows = [tuple(row) for row in store.connection.execute(query)]
    assert rows == [(1, "1", 1), (2, "2", 1), (3, "1", 1)]
    assert [row[2] for row in history(store)] == ["Да.", "Нет."]


@pytest.mark.parametrize("units", [[], [YES], [YES] * 3, [("", "Лишнее."), ("Left out.", "")]])
def test_edges(store, units):
    change = add(store, NewDocument("a", "1"), entries(*units), DATE)
    assert (change.units, change.new) == (len(units), len(units))
    assert [row[1:] for row in texts(store)] == units
    empty = add(store, NewDocument("a", "2"), [], DATE)
    assert (empty.units, empty.gone, texts(store)) == (0, len(units), [])
    assert faults(store.path, 0) == []


def test_a_document_that_breaks_off_leaves_nothing(store):
    add(store, NewDocument("a", "1"), entries(YES), DATE)

    def breaking():
        yield from entries(NO, MAYBE)
        raise InputError("line 3: no pair")

    for name in ("a", "b"):
        with pytest.raises(InputError, match="line 3"):
            add(store, NewDocument(name, "2"), breaking(), LATER)
    assert texts(store) == [(0, *YES)]
    assert len(store.documents()) == 1
    assert faults(store.path, 1) == []


DOCUMENTS, UNITS = 40, 40


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """A folder of small documents that are pairs already: no encoder is needed to add them."""
    folder = tmp_path_factory.mktemp("many")
    for number in range(DOCUMENTS):
        rows = [
            f"Cat {number} sat on mat {row}.\tКот {number} сел на коврик {row}."
            for row in range(UNITS)
        ]
        text = "\n".join(["source\ttarget", *rows, ""])
        (folder / f"page{number:02}.tsv").write_text(text, encoding="utf-8")
    return folder


def test_killed_fifty_times_at_random_moments(many, environment, tmp_path):
    line = [sys.executable, "-m", "tests.interrupted_adding", many, tmp_path / "work.tm", "50", "7"]
    done = subprocess.run(line, env=environment, capture_output=True, text=True, timeout=600)
    assert (done.returncode, done.stderr) == (0, "")
    kills, partly, whole = (int(word) for word in done.stdout.split() if word.isdigit())
    assert kills == 50
    assert partly >= 10  # else the moments were not in the midst of the work
    assert whole >= 2


def test_two_processes_at_once(many, environment, tmp_path):
    """The first two also make the memory together; the third has the same documents to add."""
    folders = []
    for part in range(2):
        folders.append(tmp_path / f"part{part}")
        folders[-1].mkdir()
        for file in sorted(many.iterdir())[part::2]:
            (folders[-1] / file.name).write_bytes(file.read_bytes())
    line = [sys.executable, "-m", "aligner", "tm", "add", tmp_path / "work.tm", "--pairs"]
    running = [
        subprocess.Popen([*line, folder], env=environment, stderr=subprocess.PIPE, text=True)
        for folder in (*folders, folders[0])
    ]
    said = [one.communicate(timeout=120)[1] for one in running]
    assert [one.returncode for one in running] == [0, 0, 0], said
    assert faults(tmp_path / "work.tm", UNITS) == []
    with Store.open(tmp_path / "work.tm", create=False) as store:
        assert len(store.documents()) == DOCUMENTS
    assert os.listdir(tmp_path / "part0") == [file.name for file in folders[0].iterdir()]


def test_the_number_of_processes_changes_nothing(environment, tmp_path):
    for number in range(3):
        for lang, text in (("en", "The cat sat. It slept."), ("ru", "Кот сидел. Он спал.")):
            (tmp_path / f"x{number}.{lang}.txt").write_text(f"{text} {number}.", encoding="utf-8")
    (tmp_path / "bad.en.txt").write_text("The cat sat.", encoding="utf-8")
    (tmp_path / "bad.ru.txt").write_text("The cat slept.", encoding="utf-8")
    line = [sys.executable, "-m", "aligner", "tm", "add"]
    for jobs in ("1", "2"):
        arguments = [tmp_path / f"{jobs}.tm", "--pairs", tmp_path, "--jobs", jobs]
        done = subprocess.run(
            [*line, *arguments], env=environment, capture_output=True, text=True, timeout=120
        )
        assert done.returncode == 2
        assert "failed: bad.{en,ru}.txt: bad.en.txt and bad.ru.txt are both English" in done.stderr
        assert "4 documents: 3 added, 1 failed" in done.stderr
    assert content(tmp_path / "1.tm") == content(tmp_path / "2.tm")


@pytest.mark.skipif(not os.path.exists("/proc"), reason="needs /proc to find child processes")
@pytest.mark.parametrize(("how", "code"), [(signal.SIGKILL, -9), (signal.SIGINT, 130)])
def test_no_process_outlives_its_parent(environment, tmp_path, how, code):
    for number in range(20):
        for lang, text in (("en", "The cat sat. "), ("ru", "Кот сидел. ")):
            text = "".join(f"{text} {row} {number}. " for row in range(100))
            (tmp_path / f"x{number}.{lang}.txt").write_text(text, encoding="utf-8")
    line = [sys.executable, "-m", "aligner", "tm", "add", tmp_path / "work.tm"]
    parent = subprocess.Popen([*line, "--pairs", tmp_path, "--jobs", "2"], env=environment)
    children = []
    deadline = time.monotonic() + 120
    while len(children) < 3 and time.monotonic() < deadline:  # two, and what tracks resources
        time.sleep(0.05)
        children = children_of(parent.pid)
    parent.send_signal(how)
    assert parent.wait(timeout=120) == code
    assert len(children) >= 2
    while any(map(alive, children)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(alive, children))


def children_of(process):
    with open(f"/proc/{process}/task/{process}/children", encoding="utf-8") as stream:
        return [int(word) for word in stream.read().split()]


def alive(process):
    try:
        with open(f"/proc/{process}/stat", encoding="utf-8") as stream:
            return stream.read().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
