"""A memory as TSV, JSONL, XLSX, XLIFF and Moses pairs, and tables of other people into one."""

import zipfile
from pathlib import Path

import pytest
from lxml import etree

from aligner.errors import InputError, OutputError
from aligner.exchange import files, xlsx
from aligner.exchange.files import ExportOptions
from aligner.memory import adding, confirming
from aligner.memory.store import Store
from aligner.memory.units import Entry, NewDocument
from aligner.records import Pair, Provenance, Span
from aligner.writers.jsonl import read_jsonl
from aligner.writers.tsv import read_tsv

DATE = "20261124T000000Z"
OPTIONS = ExportOptions("0.1.0")
MADE_BY = Provenance("a.en.md", "a.ru.md", "en", "ru", "toy", "enc:toy|v:0.1.0")

TEXTS = [
    ("Hello.", "Привет."),
    ("=1+1", "=СУММ(A1)"),
    ("+1", "-1"),
    ("@cmd", "'кавычка"),
    ('"quoted"\tand tabbed', "«ёлочки»\nв две строки"),
    ("_x000D_ and _x0041_", "это _x000D_ не знак"),
    ("  edge spaces ", " края  "),
    ("2024", "2024"),
    ("TRUE", "#REF!"),
    ("R&D <b>", "ОКР & </b> ]]>"),
    ("Emoji 😀 \u00a0", "A\u2028B"),
    ("Only English.", ""),
    ("", "Только русский."),
]


def fill(store, texts, name="article.md", made_by=MADE_BY):
    entries = [
        Entry(Pair(src, tgt, Span(k, k + bool(src)), Span(k, k + bool(tgt)), 0.5, 0.75, made_by))
        for k, (src, tgt) in enumerate(texts)
    ]
    adding.add(store, NewDocument(name, repr(texts)), entries, DATE)


@pytest.fixture
def memory(tmp_path):
    with Store.open(tmp_path / "work.tm") as store:
        fill(store, TEXTS)
        confirming.confirm(store, [("Hello.", "Привет.")], "Anna", "20261125T000000Z")
        yield store


def imported(path):
    """The units of a file in a new memory, and what was said of it."""
    with Store.open(Path(":memory:")) as store:
        done = files.bring_in(store, path, DATE, {})
        return list(store.units()), done


def facts(units):
    return [(u.pair, u.entry.confirmed_by, u.entry.created, u.entry.changed) for u in units]


@pytest.mark.parametrize("suffix", [".tsv", ".jsonl", ".xlsx"])
def test_all_that_a_table_holds_comes_back(memory, tmp_path, suffix):
    path = tmp_path / f"out{suffix}"
    assert files.export(memory, path, OPTIONS).units == len(TEXTS)
    units, done = imported(path)
    assert done.unreadable == 0
    assert facts(units) == facts(memory.units())


@pytest.mark.parametrize("suffix", [".tmx", ".tsv", ".jsonl", ".xlsx", ".xlf"])
def test_the_same_units_make_the_same_bytes(memory, tmp_path, suffix):
    for name in ("one", "two"):
        files.export(memory, tmp_path / f"{name}{suffix}", OPTIONS)
    assert (tmp_path / f"one{suffix}").read_bytes() == (tmp_path / f"two{suffix}").read_bytes()


@pytest.mark.parametrize(("suffix", "read"), [(".tsv", read_tsv), (".jsonl", read_jsonl)])
def test_readers_of_pairs_read_the_tables_too(memory, tmp_path, suffix, read):
    files.export(memory, tmp_path / f"out{suffix}", OPTIONS)
    pairs = list(read(tmp_path / f"out{suffix}"))
    assert [(pair.src, pair.tgt, pair.probability) for pair in pairs] == [
        (src, tgt, 0.75) for src, tgt in TEXTS
    ]


def test_excel_shows_texts_and_no_formulas(memory, tmp_path):
    from openpyxl import load_workbook

    files.export(memory, tmp_path / "out.xlsx", OPTIONS)
    sheet = load_workbook(tmp_path / "out.xlsx").active
    assert [cell.value for cell in sheet[1]][:3] == ["source", "target", "kind"]
    assert (sheet["A3"].value, sheet["A3"].data_type) == ("=1+1", "s")
    assert (sheet["A9"].value, sheet["A9"].data_type) == ("2024", "s")
    assert (sheet["E2"].value, sheet["E2"].data_type) == (0.75, "n")


def test_a_text_that_no_cell_holds_is_an_error_and_leaves_no_file(memory, tmp_path):
    fill(memory, [("x" * 32_768, "я")], "long.md")
    with pytest.raises(OutputError, match=r"\(long.md\): its source has 32,768 .* export to TMX"):
        files.export(memory, tmp_path / "out.xlsx", OPTIONS)
    assert not (tmp_path / "out.xlsx").exists()


def test_more_units_than_rows_go_on_in_the_next_sheet(memory, tmp_path, monkeypatch):
    monkeypatch.setattr(xlsx, "ROWS", 6)  # a header and five units
    files.export(memory, tmp_path / "out.xlsx", OPTIONS)
    from openpyxl import load_workbook

    book = load_workbook(tmp_path / "out.xlsx")
    assert book.sheetnames == ["units", "units 2", "units 3"]
    units, _ = imported(tmp_path / "out.xlsx")
    assert [(unit.src, unit.tgt) for unit in units] == TEXTS


def test_characters_that_xml_cannot_carry_are_counted(memory, tmp_path):
    fill(memory, [("a\x01b\x02", "в\x1f")], "odd.md")
    for suffix in (".xlsx", ".tmx", ".xlf"):
        done = files.export(memory, tmp_path / f"out{suffix}", OPTIONS)
        assert [n for what, n in done.left_out.items() if "cannot carry" in what] == [3]


def workbook(path, *sheets):
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


FOREIGN_SHEETS = [
    [[["source", "target"], ["Hi.", "Привет."]]],
    [[["EN", "RU"], ["Hi.", "Привет."]]],
    [[["№", "Русский", "English", "Note"], [1, "Привет.", "Hi.", "x"]]],
    [[["Glossary of ACME"], [], ["Оригинал", "Перевод"], ["Hi.", "Привет."], [None, None]]],
    [[["cover sheet"]], [["source", "target"], ["Hi.", "Привет."]]],
]


@pytest.mark.parametrize("sheets", FOREIGN_SHEETS)
def test_workbooks_of_other_people(tmp_path, sheets):
    units, _ = imported(workbook(tmp_path / "in.xlsx", *sheets))
    assert [(unit.src, unit.tgt) for unit in units] == [("Hi.", "Привет.")]
    assert units[0].pair.provenance.src_lang == "en"


def test_numbers_and_half_empty_rows_of_a_workbook(tmp_path):
    rows = [["en", "ru"], [2024, 2024], ["Hi.", None], [None, "Пока."], ["", "  "], [1.5, "1,5"]]
    units, done = imported(workbook(tmp_path / "in.xlsx", rows))
    assert [(u.src, u.tgt) for u in units] == [
        ("2024", "2024"), ("Hi.", ""), ("", "Пока."), ("1.5", "1,5"),
    ]  # fmt: skip
    assert done.unreadable == 1
    assert "sheet Sheet, row 5: no text on either side" in done.problems[0]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "not a readable XLSX workbook"),
        (b"source\ttarget\n", "not a readable XLSX workbook"),
        (b"PK\x03\x04 broken", "not a readable XLSX workbook"),
    ],
)
def test_a_workbook_that_is_none(tmp_path, content, message):
    (tmp_path / "in.xlsx").write_bytes(content)
    with pytest.raises(InputError, match=message):
        imported(tmp_path / "in.xlsx")


def test_a_zip_file_that_is_no_workbook(tmp_path):
    with zipfile.ZipFile(tmp_path / "in.xlsx", "w") as archive:
        archive.writestr("a.txt", "a")
    with pytest.raises(InputError, match="not a readable XLSX workbook"):
        imported(tmp_path / "in.xlsx")


def test_a_workbook_that_would_unpack_to_gigabytes_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(xlsx, "_UNPACKED", 1_000)
    with pytest.raises(InputError, match=r"would unpack to .* split the table"):
        imported(workbook(tmp_path / "in.xlsx", [["en", "ru"], ["a", "б"]]))


def test_a_workbook_without_a_header(tmp_path):
    with pytest.raises(InputError, match="no sheet has a row with the column names"):
        imported(workbook(tmp_path / "in.xlsx", [["Hi.", "Привет."]]))


TABLES = [
    (".tsv", "source\ttarget\nHi.\tПривет.\none field\nBye.\tПока.\n", "line 3: 1 fields where"),
    (
        ".tsv",
        "source\ttarget\tscore\nHi.\tПривет.\t1\na\tб\thigh\nBye.\tПока.\t\n",
        "line 3: score",
    ),
    (
        ".jsonl",
        '{"source": "Hi.", "target": "Привет."}\nno json\n{"source": "Bye.", "target": "Пока."}\n',
        "line 2: not JSON",
    ),
]


@pytest.mark.parametrize(("suffix", "content", "problem"), TABLES)
def test_lines_that_cannot_be_read_are_named_and_the_rest_comes_in(
    tmp_path, suffix, content, problem
):
    (tmp_path / f"in{suffix}").write_text(content, encoding="utf-8")
    units, done = imported(tmp_path / f"in{suffix}")
    assert [(unit.src, unit.tgt) for unit in units] == [("Hi.", "Привет."), ("Bye.", "Пока.")]
    assert done.unreadable == 1
    assert problem in done.problems[0]


LANGUAGES = [
    ("Hi.", "Привет.", ("en", "ru")),
    ("Привет.", "Hi.", ("ru", "en")),
    ("2024", "Год", ("en", "ru")),
    ("2024", "A year", ("ru", "en")),
    ("Hi.", "", ("en", "ru")),
    ("", "Привет.", ("en", "ru")),
    ("1", "2", ("en", "ru")),
]


@pytest.mark.parametrize(("src", "tgt", "langs"), LANGUAGES)
def test_a_table_without_languages_is_read_by_its_letters(tmp_path, src, tgt, langs):
    (tmp_path / "in.tsv").write_text(f"source\ttarget\n{src}\t{tgt}\n", encoding="utf-8")
    [unit], _ = imported(tmp_path / "in.tsv")
    assert (unit.pair.provenance.src_lang, unit.pair.provenance.tgt_lang) == langs


def test_moses_pairs_stay_line_by_line(memory, tmp_path):
    done = files.export(memory, tmp_path / "corpus.en", OPTIONS)
    both = [(tmp_path / f"corpus.{lang}").read_text("utf-8") for lang in ("en", "ru")]
    english, russian = (text.split("\n") for text in both)
    assert (done.units, done.left_out) == (11, {"omissions and additions": 2})
    assert len(english) == len(russian) == 12
    assert len(both[0].splitlines()) == len(both[1].splitlines()) == 11  # for any reader
    assert english[4], russian[4] == ('"quoted"\tand tabbed', "«ёлочки» в две строки")


def test_moses_pairs_of_units_from_russian_are_not_swapped(tmp_path):
    with Store.open(Path(":memory:")) as store:
        fill(store, [("Привет.", "Hi.")], made_by=Provenance(src_lang="ru", tgt_lang="en"))
        fill(store, [("Hallo.", "Salut.")], "de", Provenance(src_lang="de", tgt_lang="fr"))
        done = files.export(store, tmp_path / "corpus.ru", OPTIONS)
    assert (tmp_path / "corpus.en").read_text("utf-8") == "Hi.\n"
    assert (tmp_path / "corpus.ru").read_text("utf-8") == "Привет.\n"
    assert done.left_out == {"units in other languages": 1}


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("out", "the name does not say the format"),
        ("out.docx", "no format is called .docx; end it"),
    ],
)
def test_a_name_without_a_format(memory, tmp_path, name, message):
    with pytest.raises(InputError, match=message):
        files.export(memory, tmp_path / name, OPTIONS)
    with pytest.raises(InputError, match=message.split(";")[0]):
        files.bring_in(memory, tmp_path / name, DATE, {})


TAGGED = (
    '<tu><tuv xml:lang="en"><seg>Press <bpt i="1">&lt;b&gt;</bpt>OK<ept i="1">&lt;/b&gt;</ept> '
    '<ph x="7">&lt;br/&gt;</ph>now.</seg></tuv>'
    '<tuv xml:lang="ru"><seg><ph x="7">&lt;br/&gt;</ph>Сейчас нажмите '
    '<bpt i="1">&lt;b&gt;</bpt>ОК<ept i="1">&lt;/b&gt;</ept>.</seg></tuv></tu>'
)


@pytest.fixture
def tagged(memory, tmp_path):
    text = f'<tmx version="1.4"><header srclang="en"/><body>{TAGGED}</body></tmx>'
    (tmp_path / "tagged.tmx").write_text(text, encoding="utf-8")
    files.bring_in(memory, tmp_path / "tagged.tmx", DATE, {})
    return memory


@pytest.mark.parametrize("version", ["1.2", "2.1"])
def test_texts_and_tags_come_back_through_xliff(tagged, tmp_path, version):
    path = tmp_path / "out.xlf"
    done = files.export(tagged, path, ExportOptions("0.1.0", xliff=version))
    assert done.left_out == {"additions, which have no source text": 1}
    units, read = imported(path)
    assert read.unreadable == 0
    before = [u for u in tagged.units() if u.src]
    clean = [
        (" ".join(u.src.split("\n")).strip(), u.tgt.replace("\n", " ").strip()) for u in before
    ]
    assert [(u.src, u.tgt) for u in units] == clean
    assert [u.entry.confirmed_by for u in units] == ["XLIFF review", *[""] * (len(units) - 1)]
    last = units[-1].entry
    text = [
        etree.fromstring(f"<seg>{markup}</seg>") for markup in (last.src_markup, last.tgt_markup)
    ]
    assert [[code.text for code in seg] for seg in text] == [
        ["<b>", "</b>", "<br/>"],
        ["<br/>", "<b>", "</b>"],
    ]
    assert [code.tail for code in text[0]] == ["OK", " ", "now."]


NS = {"x": "urn:oasis:names:tc:xliff:document:1.2", "y": "urn:oasis:names:tc:xliff:document:2.0"}


def test_states_of_xliff_12(memory, tmp_path):
    files.export(memory, tmp_path / "out.xlf", OPTIONS)
    root = etree.parse(str(tmp_path / "out.xlf"))
    states = root.xpath("//x:target/@state", namespaces=NS)
    assert states == ["final", *["needs-review-translation"] * 10, "needs-translation"]
    assert root.xpath("count(//x:trans-unit[@approved='yes'])", namespaces=NS) == 1
    [file] = root.xpath("//x:file", namespaces=NS)
    assert dict(file.attrib) == {
        "original": "article.md", "source-language": "en", "target-language": "ru",
        "datatype": "plaintext",
    }  # fmt: skip


def test_states_and_ids_of_xliff_21(tagged, tmp_path):
    files.export(tagged, tmp_path / "out.xlf", ExportOptions("0.1.0", xliff="2.1"))
    root = etree.parse(str(tmp_path / "out.xlf"))
    assert root.getroot().get("version") == "2.1"
    states = root.xpath("//y:segment/@state", namespaces=NS)
    assert states == ["final", *["translated"] * 10, "initial", "translated"]
    last = root.xpath("(//y:unit)[last()]", namespaces=NS)[0]
    assert [etree.QName(child).localname for child in last] == ["notes", "originalData", "segment"]
    ids = [[ph.get("id") for ph in side.iter("{*}ph")] for side in last.find("{*}segment")]
    assert ids == [["1", "2", "3"], ["3", "1", "2"]]  # the same tag, the same number
    assert len({one.get("id") for one in root.iter("{*}unit")}) == 13


XLIFF_12 = """<?xml version="1.0"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file original="a.docx" source-language="en-US" target-language="ru-RU" datatype="x"><header/>
<body><group id="g"><trans-unit id="1" approved="yes"><source>Hi, <g id="1">you</g>.</source>
<seg-source>Hi</seg-source><target>Привет, <g id="1">ты</g>.</target><note>n</note>
<alt-trans><source>No</source><target>Нет</target></alt-trans></trans-unit></group>
<trans-unit id="2"><source>A<x id="2"/>B <mrk mtype="seg" mid="0">C</mrk></source></trans-unit>
<trans-unit id="3"><target>Только цель</target></trans-unit>
<trans-unit id="4"><source/><target/></trans-unit></body></file></xliff>"""

XLIFF_20 = """<?xml version="1.0"?><xliff version="2.0" srcLang="en" trgLang="ru"
 xmlns="urn:oasis:names:tc:xliff:document:2.0"><file id="f"><group id="g"><unit id="1">
<originalData><data id="d1">&lt;b&gt;</data><data id="d2">&lt;/b&gt;</data></originalData>
<segment state="final"><source>Hi <pc id="1" dataRefStart="d1" dataRefEnd="d2">you</pc>.</source>
<target>Привет <pc id="1" dataRefStart="d1" dataRefEnd="d2">ты</pc>.</target></segment>
<ignorable><source> </source></ignorable><segment><source>Bye<cp hex="0021"/></source></segment>
</unit></group></file></xliff>"""


def test_xliff_12_of_other_tools(tmp_path):
    (tmp_path / "in.xlf").write_text(XLIFF_12, encoding="utf-8")
    units, done = imported(tmp_path / "in.xlf")
    assert [(u.src, u.tgt) for u in units] == [("Hi, you.", "Привет, ты."), ("AB C", "")]
    assert units[0].entry.src_markup == 'Hi, <bpt i="1"/>you<ept i="1"/>.'
    assert units[1].entry.src_markup == 'A<ph x="2"/>B C'
    assert units[0].pair.provenance.src_lang == "en"
    assert done.unreadable == 2
    assert "line 8: a unit without a <source>" in done.problems[0]
    assert "line 9: a unit without a text" in done.problems[1]


def test_xliff_2_of_other_tools(tmp_path):
    (tmp_path / "in.xliff").write_text(XLIFF_20, encoding="utf-8")
    units, _ = imported(tmp_path / "in.xliff")
    assert [(u.src, u.tgt) for u in units] == [("Hi you.", "Привет ты."), ("Bye!", "")]
    start, end = '<bpt i="1">&lt;b&gt;</bpt>', '<ept i="1">&lt;/b&gt;</ept>'
    assert units[0].entry.src_markup == f"Hi {start}you{end}."
    assert [u.entry.confirmed_by for u in units] == ["XLIFF review", ""]


def test_an_empty_memory_is_exported_too(tmp_path):
    with Store.open(Path(":memory:")) as store:
        for suffix in (".tmx", ".tsv", ".jsonl", ".xlsx", ".xlf", ".en"):
            assert files.export(store, tmp_path / f"out{suffix}", OPTIONS).units == 0
        with pytest.raises(InputError, match=r"XLIFF 2.1 has no empty file; select other units"):
            files.export(store, tmp_path / "x.xlf", ExportOptions("0.1.0", xliff="2.1"))
    assert not (tmp_path / "x.xlf").exists()
