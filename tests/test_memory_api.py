"""`aligner.Memory` as a program uses it."""

import pytest

import aligner
from aligner.errors import InputError, MemoryStoreError
from aligner.memory.cleaning import CleanSettings
from aligner.memory.filters import Limits
from aligner.memory.selection import Selection
from aligner.records import PAIR_COLUMNS, Pair, Span

DATE = "2026-11-24"


@pytest.fixture
def memory(tmp_path):
    with aligner.Memory.open(tmp_path / "work.tm") as opened:
        yield opened


def pair(src, tgt, at=0):
    return Pair(src, tgt, Span(at, at + 1), Span(at, at + 1), 0.6, 0.9)


def test_files_are_aligned_and_added(memory, loaded, folder):
    change = memory.add(folder / "night.en.txt", folder / "night.ru.txt", date=DATE)
    assert (change.outcome, change.document, change.units) == ("added", "night.{en,ru}.txt", 4)
    assert memory.add(str(folder / "night.ru.txt"), folder / "night.en.txt").outcome == "unchanged"
    assert len(memory) == 4
    [first, *_] = memory.units()
    assert (first.src, first.tgt) == ("It was late.", "Было поздно.")
    assert first.pair.provenance.encoder == "use-multilingual-v3"


def test_an_alignment_is_added(memory, loaded, folder):
    alignment = aligner.align_files("night.en.txt", "night.ru.txt")
    change = memory.add(alignment, metadata={"client": "ACME"}, date=DATE)
    assert (change.document, change.units) == ("night.{en,ru}.txt", len(alignment.links))
    assert memory.add(alignment).outcome == "unchanged"
    stored = [unit.pair for unit in memory.units()]
    assert [(one.src, one.tgt, one.kind) for one in stored] == [
        (one.src, one.tgt, one.kind) for one in alignment.pairs()
    ]
    assert memory.documents()[0].metadata == {"client": "ACME"}


def test_pairs_are_added(memory):
    change = memory.add([pair("Yes.", "Да."), pair("No.", "Нет.", 1)], name="words", date=DATE)
    assert (change.outcome, change.document, change.units) == ("added", "words", 2)
    assert memory.add(iter([pair("Yes.", "Да."), pair("No.", "Нет.", 1)]), name="words").new == 0
    with pytest.raises(InputError, match="do not say which document they are from; give them a na"):
        memory.add([pair("So.", "Так.")])
    with pytest.raises(InputError, match="do not say which document"):
        memory.add([])


def test_what_cannot_be_added(memory, folder):
    with pytest.raises(InputError, match=r"none\.txt: cannot be read"):
        memory.add("none.txt", "night.ru.txt")
    with pytest.raises(InputError, match="both English"):
        memory.add(folder / "night.en.txt", folder / "night.en.txt", name="x")
    with pytest.raises(InputError, match="'soon' is no date"):
        memory.add([pair("Yes.", "Да.")], name="x", date="soon")
    assert len(memory) == 0


def test_a_frame(memory):
    memory.add([pair("Yes.", "Да."), pair("NA", "", 1)], name="words", date=DATE)
    memory.confirm([("Yes.", "Да.")], "anna", DATE)
    frame = memory.to_frame()
    assert list(frame.columns[: len(PAIR_COLUMNS)]) == list(PAIR_COLUMNS)
    assert frame["source"].tolist() == ["Yes.", "NA"]
    assert frame.loc[0, ["document", "position", "count", "confirmed_by", "created"]].tolist() == [
        "words",
        0,
        1,
        "anna",
        "20261124T000000Z",
    ]
    assert len(memory.to_frame(Selection(confirmed=True))) == 1
    assert memory.to_frame(Selection(document="none")).shape == (0, len(frame.columns))


def test_confirming_pairs(memory):
    memory.add([pair("Yes.", "Да."), pair("Yes.", "Ага.", 1)], name="words", date=DATE)
    done = memory.confirm([pair("Yes.", "Да."), pair("No.", "Нет.")], "anna")
    assert (done.units, done.unknown) == (1, (("No.", "Нет."),))


def test_cleaning_and_statistics(memory):
    texts = [("Yes.", "Да."), ("yes", "да"), ("Page 1", "Стр. 2")]
    memory.add([pair(*both, at) for at, both in enumerate(texts)], name="words", date=DATE)
    would = memory.clean(dry_run=True)
    assert (len(would.removals), would.units, len(memory)) == (2, 1, 3)
    memory.clean(CleanSettings(Limits(), frozenset({"near duplicate"})), date=DATE)
    found = memory.statistics()
    assert (found.units, found.merged, found.history, found.documents) == (2, 1, 1, 1)


def test_a_memory_in_another_process_is_seen_at_once(memory, tmp_path):
    memory.add([pair("Yes.", "Да.")], name="a", date=DATE)
    with aligner.Memory.open(tmp_path / "work.tm", create=False) as other:
        other.add([pair("No.", "Нет.")], name="b", date=DATE)
        assert len(memory) == len(other) == 2


def test_a_closed_memory(memory):
    memory.close()
    with pytest.raises(MemoryStoreError, match="closed"):
        len(memory)
    with pytest.raises(MemoryStoreError, match="no such memory"):
        aligner.Memory.open("none.tm", create=False)


def test_a_name_that_is_not_there():
    with pytest.raises(AttributeError, match="no attribute 'Memori'"):
        _ = aligner.Memori


def test_an_encoder_is_loaded_once(memory, toy, monkeypatch):
    asked = []
    monkeypatch.setattr(
        "aligner.embed.loading.load_encoder", lambda name: asked.append(name) or toy
    )
    memory.add([pair("hello train", "привет поезд")], name="words", date=DATE)
    for _ in range(2):
        assert memory.nearest("поезд", model="toy")[0].unit.src == "hello train"
    assert asked == ["toy"]
