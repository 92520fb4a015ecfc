"""CSV of pairs, as spreadsheets save it: delimiters, columns, encodings, odd quotation marks."""

import csv
import io

import pytest

import aligner
from aligner import pairfiles
from aligner.checking import check_files
from aligner.errors import InputError
from aligner.pairing import holds_pairs
from aligner.readers.csv_rows import has_pairs, read_rows
from aligner.readers.files import read
from aligner.writers.csv_reading import read_csv

EN = ['Hello, world; it is "me".', "The train left at 5:30, on time.", "He said nothing."]
RU = ["Привет, мир; это «я».", "Поезд ушёл в 5:30, вовремя.", "Он промолчал."]


def table(rows, delimiter=",", quoting=csv.QUOTE_MINIMAL):
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, quoting=quoting).writerows(rows)
    return stream.getvalue()


def written(folder, text, encoding="utf-8", name="pairs.csv"):
    (folder / name).write_bytes(text.encode(encoding))
    return folder / name


def sides(path):
    return [(row.fields["source"], row.fields["target"]) for row in read_rows(path)]


BOTH = list(zip(EN, RU, strict=True))
TURNED = list(zip(RU, EN, strict=True))
LAYOUTS = [  # rows, the pairs in them
    (BOTH, BOTH),
    ([("Source", "Target"), *BOTH], BOTH),
    ([("target", "source"), *BOTH], TURNED),
    ([("ru", "en"), *TURNED], TURNED),  # the left one is the source
    ([("EN", "RU", "note"), *((a, b, "x, y") for a, b in BOTH)], BOTH),
    ([("Оригинал", "Перевод"), *TURNED], TURNED),
    ([("Перевод", "Оригинал"), *TURNED], BOTH),
    ([("id", "English text", "Russian text"), *((n, *p) for n, p in enumerate(BOTH))], BOTH),
    ([(n, a, b, "да") for n, (a, b) in enumerate(BOTH)], BOTH),
    ([*BOTH, ("", ""), ("", "Только перевод.")], [*BOTH, ("", "Только перевод.")]),
    ([("Two\nlines,\twith a tab.", "Две\nстроки.")], [("Two lines, with a tab.", "Две строки.")]),
]  # fmt: skip


@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize(("rows", "expected"), LAYOUTS)
def test_columns_whatever_parts_them(tmp_path, rows, expected, delimiter, quoting):
    path = written(tmp_path, table(rows, delimiter, quoting))
    assert sides(path) == expected
    assert has_pairs(path)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1251", "utf-16"])
def test_encodings_of_spreadsheets(tmp_path, encoding):
    assert sides(written(tmp_path, table(BOTH, ";"), encoding)) == BOTH


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sep=;\nA cat, a dog.;Кот, пёс.\n", [("A cat, a dog.", "Кот, пёс.")]),
        ("Yes, sir;Да, сэр\nNo;Нет\n", [("Yes, sir", "Да, сэр"), ("No", "Нет")]),  # unquoted commas
        ("A 5\" pipe,Труба 5\"\n", [('A 5" pipe', 'Труба 5"')]),
        ("one,один\r\ntwo,два\r\n", [("one", "один"), ("two", "два")]),
        ("one,один,\ntwo,два\n,,\nthree\n", [("one", "один"), ("two", "два"), ("three", "")]),
        ("source,target\nНет перевода,Нет перевода\n", [("Нет перевода", "Нет перевода")]),
    ],
)  # fmt: skip
def test_what_people_have(tmp_path, text, expected):
    assert sides(written(tmp_path, text)) == expected


REFUSED = [
    ("a,b\n1,2\n", r"pairs\.csv: needs an English and a Russian column, parted by commas, semic"),
    ("Только текст, без перевода.\n", r"needs an English and a Russian column"),
    ("en,ru\nOne.,Один.\n\"Oops,Ой\n" + "One.,Один.\n" * 1200,
     r"pairs\.csv, line 3: a quotation mark is opened and not closed \(1201 lines in a row\); dou"),
    ("en,ru\nOne.,Один.\n\"Oops,Ой\n" + "Очень длинный текст." * 9000,
     r"pairs\.csv, line 3: a quotation mark is opened and not closed \(field larger than"),
    ("", r"is empty; give a file with text"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "message"), REFUSED)
def test_tables_that_cannot_be_read(tmp_path, text, message):
    with pytest.raises(InputError, match=message):
        sides(written(tmp_path, text))


def test_other_columns_are_fields_of_the_pair(tmp_path):
    path = written(tmp_path, "source,target,probability\nYes.,Да.,0.5\nNo.,Нет.,\n")
    assert [pair.probability for pair in read_csv(path)] == [0.5, 1.0]
    bad = written(tmp_path, "source,target,score\nYes.,Да.,much\n")
    with pytest.raises(InputError, match=r"pairs\.csv, line 2: score is 'much', not a number"):
        list(read_csv(bad))


def test_the_same_everywhere(tmp_path):
    """Alignment, checks and the memory take the same pairs out of a file."""
    path = written(tmp_path, table([("ru", "en"), *TURNED], ";"), "cp1251")
    assert [[p.text for p in side.paragraphs] for side in pairfiles.sides(path)] == [RU, EN]
    alignment = aligner.align_files(path)
    assert [(pair.src, pair.tgt) for pair in alignment.pairs()] == TURNED
    assert [(pair.src, pair.tgt) for pair in check_files(path).pairs] == TURNED
    assert holds_pairs(path)
    with aligner.Memory.open(tmp_path / "m.tm") as memory:
        memory.import_file(path)
        assert [(unit.pair.src, unit.pair.tgt) for unit in memory.units()] == TURNED


def test_a_table_without_pairs_is_passed_over_in_a_folder(tmp_path):
    assert not holds_pairs(written(tmp_path, "name,price\nTea,5\n", name="prices.csv"))
    assert not holds_pairs(tmp_path / "nothing.csv")
    assert not holds_pairs(written(tmp_path, "", name="empty.csv"))


def test_as_one_text_of_two_it_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"holds pairs of texts, not one text; give it alone"):
        read(written(tmp_path, table(BOTH)))


def test_as_pandas_saves_it(tmp_path):
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame([*BOTH, ("Two\nlines.", "Две\nстроки.")], columns=["en", "ru"])
    expected = [*BOTH, ("Two lines.", "Две строки.")]
    for number, options in enumerate(
        ({}, {"sep": ";", "encoding": "cp1251", "index": False}, {"header": False, "index": False})
    ):
        frame.to_csv(tmp_path / f"{number}.csv", **options)
        assert sides(tmp_path / f"{number}.csv") == expected
