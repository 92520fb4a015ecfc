"""A memory file: opening, refusing, migrating; equal texts; the rules its tables hold."""

import sqlite3

import pytest

from aligner.errors import InputError, MemoryStoreError
from aligner.memory import schema
from aligner.memory.adding import add
from aligner.memory.confirming import confirm
from aligner.memory.normal import folded, key_of
from aligner.memory.selection import Selection
from aligner.memory.store import Store
from aligner.memory.units import Entry, NewDocument
from aligner.records import Pair, Provenance, Span

DATE = "20261124T120000Z"
LATER = "20261125T120000Z"


def entry(src, tgt, at=0, probability=0.99):
    spans = Span(at, at + bool(src)), Span(at, at + bool(tgt))
    made_by = Provenance("night.en.txt", "night.ru.txt", "en", "ru", "toy", "enc:toy|v:0")
    return Entry(Pair(src, tgt, *spans, 0.61239, probability, made_by))


def entries(*texts):
    return [entry(*text, at) for at, text in enumerate(texts)]


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "work.tm") as opened:
        yield opened


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ёлка стоит.", "елка стоит"),
        ("«Да», — сказал он.", 'да - сказал "он"'),
        ("3\u00a0500 рублей", "3 500 рублей"),
        ("The  Night-Train", "the night train"),
        ("Wait…", "wait..."),
    ],
)
def test_texts_that_differ_in_looks_only(one, other):
    assert folded(one) == folded(other)
    assert key_of(one) == key_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Готово?", "Готово."),  # a question is another sentence
        ("50 %", "50"),
        ("-5 degrees", "5 degrees"),
        ("…", "?"),
        ("Мой", "Мои"),  # й is a letter of its own
        ("C&A", "C A"),
    ],
)
def test_texts_that_differ(one, other):
    assert key_of(one) != key_of(other)


@pytest.mark.parametrize("text", ["", "…", "   ", "\ud800", "А" * 100_000, "👩‍💻"])
def test_every_text_has_a_key_that_sqlite_can_hold(text):
    assert -(2**63) <= key_of(text) < 2**63


def test_what_goes_in_comes_out(store):
    given = [
        entry("Yes.", "Да."),
        entry("Omitted.", ""),
        entry("", "Лишнее."),
        Entry(
            entry("It is a <b>cat</b>.", "Это «кот».\u2028Да.").pair,
            confirmed_by="anna",
            created="20200101T000000Z",
            changed="20210101T000000Z",
            src_markup="It is a <bpt i='1'/>cat.",
            extra='{"notes": ["ё"]}',
        ),
    ]
    add(store, NewDocument("night", "1", {"client": "ACME", "domain": "verse"}), given, DATE)
    units = list(store.units())
    assert [(unit.document, unit.position, unit.count) for unit in units] == [
        ("night", position, 1) for position in range(4)
    ]
    assert [unit.pair.kind for unit in units] == ["1-1", "1-0", "0-1", "1-1"]
    assert units[3].entry.src_markup == given[3].src_markup
    assert units[3].entry.extra == given[3].extra
    assert [(unit.entry.created, unit.entry.changed) for unit in units[2:]] == [
        (DATE, DATE),
        ("20200101T000000Z", "20210101T000000Z"),
    ]
    assert [unit.pair.provenance for unit in units] == [one.pair.provenance for one in given]
    assert units[0].pair.score == 0.6124  # digits that machines agree on
    [document] = store.documents()
    assert (document.units, document.metadata) == (4, {"client": "ACME", "domain": "verse"})


def test_selections(store):
    add(store, NewDocument("a", "1"), entries(("Yes.", "Да."), ("No.", "Нет."), ("So?", "")), DATE)
    add(store, NewDocument("b", "2"), [entry("Yes.", "Ага.", 0, 0.4)], LATER)
    confirm(store, [("No.", "Нет.")], "anna", LATER)
    counts = {
        Selection(): 4,
        Selection(document="a"): 3,
        Selection(confirmed=True): 1,
        Selection(since=LATER): 2,  # added, and confirmed
        Selection(min_probability=0.5): 3,
        Selection(both_sides=True): 3,
        Selection("a", True, LATER, 0.5, True): 1,
        Selection(document="c"): 0,
    }
    for selection, count in counts.items():
        assert store.count(selection) == count == len(list(store.units(selection)))
    with pytest.raises(InputError, match=r"probability of 7 is not possible"):
        Selection(min_probability=7)


def test_units_by_id_come_in_the_order_asked_for(store):
    add(store, NewDocument("a", "1"), entries(*((f"n {i}", f"н {i}") for i in range(1200))), DATE)
    ids = [unit.id for unit in store.units()][::-1]
    assert [unit.id for unit in store.units_by_id([*ids, 10**9])] == ids


def test_confirming_finds_the_texts_wherever_they_stand(store):
    add(store, NewDocument("a", "1"), entries(("Yes.", "Да."), ("Yes.", "Ага.")), DATE)
    add(store, NewDocument("b", "2"), entries(("Yes.", "Да.")), DATE)
    done = confirm(store, [("Yes.", "Да."), ("yes", "да")], "anna", LATER)
    assert (done.units, done.already, done.unknown) == (2, 0, (("yes", "да"),))
    again = confirm(store, [("Yes.", "Да.")], "anna", LATER)
    assert (again.units, again.already) == (0, 2)
    assert [(unit.entry.confirmed_by, unit.entry.changed) for unit in store.units()] == [
        ("anna", LATER),
        ("", DATE),
        ("anna", LATER),
    ]
    with pytest.raises(InputError, match="no name of who confirms"):
        confirm(store, [("Yes.", "Да.")], " ", LATER)


def test_the_texts_of_a_unit_never_change(store):
    add(store, NewDocument("a", "1"), entries(("Yes.", "Да.")), DATE)
    with (
        pytest.raises(MemoryStoreError, match="the texts of a unit never change"),
        store.transaction() as connection,
    ):
        connection.execute("UPDATE units SET src = 'No.'")
    assert [unit.src for unit in store.units()] == ["Yes."]


def test_words_are_found(store):
    add(store, NewDocument("a", "1"), entries(("A night train.", "Ночной поезд.")), DATE)
    query = "SELECT rowid FROM units_text WHERE units_text MATCH ?"
    for word in ("night", "ПОЕЗД"):
        assert len(store.connection.execute(query, [word]).fetchall()) == 1


def old_file(path, version):
    """A memory as the release of this schema version left it, with a unit in it."""
    connection = sqlite3.connect(path, isolation_level=None)
    for script in schema.MIGRATIONS[:version]:
        connection.executescript(script)
    connection.execute(f"PRAGMA user_version = {version}")
    connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    connection.execute("INSERT INTO documents VALUES (1, 'old', 'hash', 1, '2020', '2020')")
    connection.execute("INSERT INTO origins VALUES (1, 'a', 'b', 'c', 'd')")
    connection.execute(
        "INSERT INTO units VALUES (1, 1, 0, 'An old train.', 'Старый поезд.', 'en', 'ru', "
        "0, 1, 0, 1, 0.5, 0.9, 1, ?, ?, 1, '', '2020', '2020', NULL, NULL, NULL)",
        [key_of("An old train."), key_of("Старый поезд.")],
    )
    connection.close()


@pytest.mark.parametrize("version", range(1, schema.CURRENT + 1))
def test_an_older_file_is_migrated(tmp_path, version):
    old_file(tmp_path / "old.tm", version)
    with Store.open(tmp_path / "old.tm") as store:
        assert schema.version_of(store.connection) == schema.CURRENT
        [unit] = store.units()
        assert (unit.src, unit.document) == ("An old train.", "old")
    with Store.open(tmp_path / "old.tm") as store:  # and stays what it is now
        add(store, NewDocument("new", "1"), entries(("Yes.", "Да.")), DATE)
        assert store.count() == 2


def test_a_file_of_the_first_schema_gets_its_index_of_words(tmp_path):
    old_file(tmp_path / "old.tm", 1)
    with Store.open(tmp_path / "old.tm") as store:
        query = "SELECT rowid FROM units_text WHERE units_text MATCH 'поезд'"
        assert [row["rowid"] for row in store.connection.execute(query)] == [1]


def test_a_newer_file_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "new.tm"
    Store.open(path).close()
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {schema.CURRENT + 1}")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(MemoryStoreError, match=r"new\.tm: made by a newer aligner .*update"):
        Store.open(path)
    assert path.read_bytes() == before


def test_what_is_no_memory_is_refused_and_left_alone(tmp_path):
    text = tmp_path / "notes.txt"
    text.write_text("Это не память.\n" * 1000, encoding="utf-8")
    with pytest.raises(MemoryStoreError, match=r"notes\.txt: is no translation memory"):
        Store.open(text)
    assert text.read_text(encoding="utf-8").startswith("Это не память.")
    other = tmp_path / "other.db"
    connection = sqlite3.connect(other)
    connection.execute("CREATE TABLE mails (id)")
    connection.close()
    with pytest.raises(MemoryStoreError, match=r"other\.db: a database of another program"):
        Store.open(other)
    with pytest.raises(MemoryStoreError, match="is a folder"):
        Store.open(tmp_path)
    with pytest.raises(MemoryStoreError, match=r"no such memory; .*tm add"):
        Store.open(tmp_path / "none.tm", create=False)
    with pytest.raises(MemoryStoreError, match="cannot be opened; check the name"):
        Store.open(tmp_path / "no" / "folder.tm")


def test_an_empty_file_becomes_a_memory(tmp_path):
    (tmp_path / "empty.tm").touch()
    with Store.open(tmp_path / "empty.tm") as store:
        assert store.count() == 0


def test_a_full_disk_leaves_what_was_there(store):
    add(store, NewDocument("a", "1"), entries(("Yes.", "Да.")), DATE)
    (pages,) = store.connection.execute("PRAGMA page_count").fetchone()
    store.connection.execute(f"PRAGMA max_page_count = {pages + 5}")  # SQLite: the disk is full
    many = entries(*((f"No. {at}", f"Нет. {at}") for at in range(1000)))
    with pytest.raises(MemoryStoreError, match=r"work\.tm: no space left .*same command again"):
        add(store, NewDocument("b", "2"), many, DATE)
    assert [unit.src for unit in store.units()] == ["Yes."]
    store.connection.execute("PRAGMA max_page_count = 1000000")
    assert add(store, NewDocument("b", "2"), many, DATE).new == 1000


def test_a_damaged_file_is_named(tmp_path, store):
    add(store, NewDocument("a", "1"), entries(*((f"n {i}", f"н {i}") for i in range(500))), DATE)
    store.close()
    data = bytearray(store.path.read_bytes())
    data[4096:] = b"\x5a" * (len(data) - 4096)  # all pages but the first
    store.path.write_bytes(data)
    with (
        pytest.raises(MemoryStoreError, match=r"work\.tm: is damaged"),
        Store.open(store.path) as broken,
    ):
        list(broken.units())
