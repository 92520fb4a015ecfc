"""Which files are translations of each other, by name, and what a memory calls them."""

from pathlib import Path

import pytest

from aligner.errors import InputError
from aligner.pairing import Delivery, deliveries, document_name, in_folder, in_manifest

PAIRED = [  # files in a folder, and the pairs among them
    ("x.en.md x.ru.md", "x.en.md x.ru.md"),
    ("x_EN.docx x_RU.docx", "x_EN.docx x_RU.docx"),
    ("en/x.md ru/x.md", "en/x.md ru/x.md"),
    ("en/deep/x.md ru/deep/x.md", "en/deep/x.md ru/deep/x.md"),
    ("2024/en/x.md 2024/ru/x.md 2025/en/x.md", "2024/en/x.md 2024/ru/x.md"),
    ("English/x.txt Russian/x.txt", "English/x.txt Russian/x.txt"),
    ("en-x.txt ru-x.txt", "en-x.txt ru-x.txt"),
    ("en.txt ru.txt", "en.txt ru.txt"),
    ("x.en-US.md x.ru-RU.md", "x.en-US.md x.ru-RU.md"),
    ("x.eng.srt x.rus.srt", "x.eng.srt x.rus.srt"),
    ("report.en.v2.md report.ru.v2.md", "report.en.v2.md report.ru.v2.md"),
    ("x.en.md x.ru.md x.en.html x.ru.html", "x.en.html x.ru.html | x.en.md x.ru.md"),
    ("x.en.md x.ru.docx", "x.en.md x.ru.docx"),
    ("README.md README.ru.md", "README.md README.ru.md"),
    ("статья.md статья_en.md", "статья_en.md статья.md"),
    ("ru-en-dictionary.en.md ru-en-dictionary.ru.md",) * 2,
    ("x.en x.ru", "x.en x.ru"),  # as Moses names its files
    ("глава_1_en.txt глава_1_ru.txt",) * 2,
]
ALONE = [
    "x.en.md y.ru.md",
    "x.en.md sub/x.ru.md",
    "women.md center.md",  # no marks: "en" stands inside a word
    "x.en.md x.en.txt x.ru.docx",  # which one?
    "x.de.md x.fr.md",
]


def made(folder, names):
    for name in names.split():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("Text. Текст.", encoding="utf-8")
    return folder


def names(folder, paths):
    return " ".join(path.relative_to(folder).as_posix() for path in paths)


@pytest.mark.parametrize(("files", "pairs"), PAIRED, ids=[files for files, *_ in PAIRED])
def test_pairs_by_name(tmp_path, files, pairs):
    found = in_folder(made(tmp_path, files))
    assert " | ".join(names(tmp_path, one.paths) for one in found.found) == pairs
    assert len(found.alone) == len(files.split()) - 2 * len(found.found)


@pytest.mark.parametrize("files", ALONE)
def test_what_has_no_partner_is_listed(tmp_path, files):
    found = in_folder(made(tmp_path, f"pair.en.md pair.ru.md {files}"))
    assert [names(tmp_path, one.paths) for one in found.found] == ["pair.en.md pair.ru.md"]
    assert names(tmp_path, found.alone) == " ".join(sorted(files.split()))


def test_a_folder_without_pairs(tmp_path):
    made(tmp_path, "x.md")
    with pytest.raises(InputError, match=r"no pairs in it; name files like x\.en\.md"):
        in_folder(tmp_path)
    with pytest.raises(InputError, match="no such folder"):
        in_folder(tmp_path / "none")


def test_hidden_files_and_locks_are_passed_over(tmp_path):
    found = in_folder(made(tmp_path, "x.en.md x.ru.md .x.en.md .git/y.en.md ~$x.en.docx"))
    assert (len(found.found), found.alone) == (1, ())


def test_what_is_no_text_is_passed_over(tmp_path):
    made(tmp_path, "x.en.md x.ru.md logo.en.png logo.ru.png work.memory work.memory-wal work.txt")
    found = in_folder(tmp_path, tmp_path / "work.memory")
    assert [names(tmp_path, one.paths) for one in found.found] == ["x.en.md x.ru.md"]
    assert names(tmp_path, found.alone) == "work.txt"


def test_files_of_pairs_need_no_partner(tmp_path):
    made(tmp_path, "a.tmx b.jsonl c.tsv d.tsv")
    (tmp_path / "c.tsv").write_text("source\ttarget\nYes.\tДа.\n", encoding="utf-8")
    (tmp_path / "d.tsv").write_text("Yes.\tДа.\n", encoding="utf-8")  # a text in two columns
    (tmp_path / "e.jsonl").write_text('{"doc": "a", "links": []}\n', encoding="utf-8")
    found = in_folder(tmp_path)
    assert [names(tmp_path, one.paths) for one in found.found] == ["a.tmx", "b.jsonl", "c.tsv"]
    assert names(tmp_path, found.alone) == "d.tsv e.jsonl"


@pytest.mark.parametrize(
    ("paths", "name"),
    [
        ("m/x.en.md m/x.ru.md", "x.{en,ru}.md"),
        ("m/x.ru.md m/x.en.md", "x.{en,ru}.md"),  # in either order
        ("m/t/en/x.md m/t/ru/x.md", "t/{en,ru}/x.md"),
        ("m/x_EN.md m/x_RU.md", "x_{EN,RU}.md"),
        ("m/README.ru.md m/README.md", "README.md + README.ru.md"),
        ("m/a.en.md m/b.ru.md", "a.en.md + b.ru.md"),
        ("m/a.en.md m/a.ru.txt", "a.en.md + a.ru.txt"),
        ("m/both.md", "both.md"),
        ("other/x.en.md other/x.ru.md", "../other/x.{en,ru}.md"),
    ],
)
def test_what_a_document_is_called(paths, name):
    assert document_name([Path(path) for path in paths.split()], Path("m")) == name


MANIFEST = """\ufeffen;ru;Name;Client
a.txt;b.txt;Night;ACME
"c;d.txt";sub/e.txt;;
both.md;;;
"""


def test_a_manifest_says_it_all(tmp_path):
    (tmp_path / "list.csv").write_text(MANIFEST, encoding="utf-8", newline="\r\n")
    assert in_manifest(tmp_path / "list.csv").found == (
        Delivery((tmp_path / "a.txt", tmp_path / "b.txt"), "Night", {"client": "ACME"}),
        Delivery((tmp_path / "c;d.txt", tmp_path / "sub/e.txt")),
        Delivery((tmp_path / "both.md",)),
    )


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", "line 1: no columns en and ru"),
        ("a.txt,b.txt\n", "line 1: no columns en and ru"),
        ("en,ru\n", "lists no files"),
        ("en,ru\na,b\n,c\n", r"list\.csv, line 3: no file in the column 'en'"),
    ],
)
def test_a_manifest_that_says_nothing(tmp_path, text, error):
    (tmp_path / "list.csv").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=error):
        in_manifest(tmp_path / "list.csv")


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (([], None, None), "give two files, or --pairs FOLDER"),
        ((["a"], Path(), None), "one of these"),
        ((["a.md", "b.md", "c.md"], None, None), "3 files: a document is a text and its"),
        ((["a.tmx", "b.tmx"], None, None, "name"), "--name is for one document"),
        (([], Path(), None, "name"), "--name is for one document"),
    ],
)
def test_what_cannot_be_meant(arguments, error):
    files, *rest = arguments
    with pytest.raises(InputError, match=error):
        deliveries([Path(file) for file in files], *rest)


def test_several_files_of_pairs_are_several_documents():
    found = deliveries([Path("a.tmx"), Path("b.jsonl")], None, None).found
    assert found == (Delivery((Path("a.tmx"),)), Delivery((Path("b.jsonl"),)))
