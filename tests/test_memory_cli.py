"""`aligner tm add`, `clean`, `stats`, `documents` as people call them."""

import json

import pytest

from aligner.memory import indexing
from aligner.memory.store import Store
from tests.test_cli_process import imported

DATE = ("--date", "2026-11-24")


@pytest.fixture
def delivered(folder):
    """Beside night.en.txt and night.ru.txt: a pair in folders, a file of pairs, a lone one."""
    for lang, text in (("en", "The cat sat. It slept."), ("ru", "Кот сидел. Он спал.")):
        (folder / lang).mkdir()
        (folder / lang / "cat.txt").write_text(text, encoding="utf-8")
    (folder / "old.tsv").write_text("source\ttarget\nYes.\tДа.\nyes\tда\n", encoding="utf-8")
    (folder / "lonely.en.txt").write_text("Nobody.", encoding="utf-8")
    return folder


def test_a_text_and_its_translation(aligner):
    done = aligner("tm", "add", "work.tm", "night.en.txt", "night.ru.txt", *DATE)
    assert done.exit_code == 0
    assert done.stderr == (
        "night.{en,ru}.txt: added · 4 units\n"
        "1 document: 1 added\n"
        "the memory holds 4 units of 1 document\n"
    )
    again = aligner("tm", "add", "work.tm", "night.ru.txt", "night.en.txt", *DATE)
    assert again.stderr.startswith("night.{en,ru}.txt: there already · 4 units\n")
    assert done.stdout == again.stdout == ""


def test_a_folder(aligner, delivered):
    done = aligner("tm", "add", "work.tm", "--pairs", ".", "--client", "ACME", *DATE)
    assert done.exit_code == 0
    assert done.stderr == (
        "{en,ru}/cat.txt: added · 2 units\n"
        "night.{en,ru}.txt: added · 4 units\n"
        "old.tsv: added · 2 units\n"
        "no partner: lonely.en.txt\n"
        "3 documents: 3 added\n"
        "the memory holds 8 units of 3 documents\n"
    )
    listed = aligner("tm", "documents", "work.tm").stdout.split("\n")
    assert listed[:3] == [
        "name\tversion\tunits\tchanged\tmetadata",
        "{en,ru}/cat.txt\t1\t2\t20261124T000000Z\tclient=ACME",
        "night.{en,ru}.txt\t1\t4\t20261124T000000Z\tclient=ACME",
    ]


def test_the_first_search_finds_an_index(aligner, folder):
    aligner("tm", "add", "work.tm", "night.en.txt", "night.ru.txt", *DATE)
    with Store.open(folder / "work.tm") as store:
        assert indexing.behind(store) == 0


def test_a_new_version(aligner, delivered):
    aligner("tm", "add", "work.tm", "--pairs", ".", *DATE)
    (delivered / "ru" / "cat.txt").write_text("Кот сидел. Он дремал.", encoding="utf-8")
    done = aligner("tm", "add", "work.tm", "--pairs", ".", *DATE)
    line, *_, counts, total, _ = done.stderr.split("\n")
    assert line == "{en,ru}/cat.txt: new version · 2 units · 1 new, 1 gone into the history"
    assert counts == "3 documents: 1 new version, 2 there already"
    assert total == "the memory holds 8 units of 3 documents"


def test_the_history(aligner, delivered):
    aligner("tm", "add", "work.tm", "--pairs", ".", *DATE)
    aligner("tm", "clean", "work.tm", "--date", "2026-11-25")
    (delivered / "ru" / "cat.txt").write_text("Кот сидел. Он дремал.", encoding="utf-8")
    aligner("tm", "add", "work.tm", "--pairs", ".", "--date", "2026-11-26")
    assert aligner("tm", "history", "work.tm").stdout == (
        "date\tdocument\tversion\treason\tsource\ttarget\n"
        "20261125T000000Z\told.tsv\t1\tnear duplicate\tyes\tда\n"
        "20261126T000000Z\t{en,ru}/cat.txt\t1\tnew version\tIt slept.\tОн спал.\n"
    )
    one = aligner("tm", "history", "work.tm", "--document", "old.tsv").stdout
    assert one.count("\n") == 2


def test_what_fails_leaves_the_others_unharmed(aligner, delivered):
    for lang in ("en", "ru"):
        (delivered / f"bad.{lang}.txt").write_text("The same in English.", encoding="utf-8")
    (delivered / "broken.jsonl").write_text('{"source": "Yes."', encoding="utf-8")
    (delivered / "broken.tmx").write_text("<tmx><body>", encoding="utf-8")
    done = aligner("tm", "add", "work.tm", "--pairs", ".", *DATE)
    assert done.exit_code == 2
    failed = [line for line in done.stderr.split("\n") if line.startswith("failed: ")]
    assert len(failed) == 3
    assert "bad.en.txt and bad.ru.txt are both English" in failed[0]
    assert "none of its pairs can be read: broken.jsonl, line 1: not JSON" in failed[1]
    assert "broken.tmx" in failed[2]
    assert "not well-formed" in failed[2]
    assert "6 documents: 3 added, 3 failed" in done.stderr
    with Store.open(delivered / "work.tm") as store:
        assert store.count() == 8


def test_a_manifest_with_metadata(aligner, delivered):
    text = "en,ru,name,client\nnight.en.txt,night.ru.txt,Night,ACME\nnone.txt,en/cat.txt,,\n"
    (delivered / "list.csv").write_text(text, encoding="utf-8")
    done = aligner("tm", "add", "work.tm", "--manifest", "list.csv", "--meta", "year=2026", *DATE)
    assert done.exit_code == 2
    assert "none.txt: cannot be read (No such file or directory)" in done.stderr
    assert "Night\t1\t4\t20261124T000000Z\tclient=ACME; year=2026" in (
        aligner("tm", "documents", "work.tm").stdout
    )


def test_one_file_in_both_languages(aligner, folder):
    (folder / "both.md").write_text(
        "It was late.\n\nБыло поздно.\n\nNobody came.\n\nНикто не пришёл.\n", encoding="utf-8"
    )
    done = aligner("tm", "add", "work.tm", "both.md", *DATE)
    assert done.stderr.startswith("both.md: added · 2 units\n")


def test_aligning_again_changes_what_the_settings_change(aligner):
    pair = ("tm", "add", "work.tm", "night.en.txt", "night.ru.txt", *DATE)
    aligner(*pair)
    assert "there already" in aligner(*pair, "--max-size", "2").stderr
    assert "new version · 4 units · 0 new, 0 gone" in aligner(*pair, "--again").stderr


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["add", "work.tm"], "give two files, or --pairs FOLDER, or --manifest CSV"),
        (["add", "work.tm", "night.en.txt", "--pairs", "."], "and one of these"),
        (["add", "work.tm", "--pairs", "none"], "none: no such folder"),
        (["add", "work.tm", "night.en.txt", "night.ru.txt", "--meta", "x"], "write it as key="),
        (["add", "work.tm", "night.en.txt", "night.ru.txt", "--meta", "a:b=c"], "with a colon"),
        (["add", "work.tm", "night.en.txt", "night.ru.txt", "--jobs", "0"], "give --jobs 1"),
        (["add", "night.en.txt", "night.en.txt", "night.ru.txt"], "is no translation memory"),
        (["add", "work.tm", "night.en.txt", "night.ru.txt", "--date", "soon"], "'soon' is no date"),
        (["clean", "none.tm"], "none.tm: no such memory"),
        (["stats", "none.tm"], "none.tm: no such memory"),
        (["documents", "none.tm"], "none.tm: no such memory"),
        (["history", "none.tm"], "none.tm: no such memory"),
        (["clean", "work.tm", "--skip", "ugly"], "'ugly' is no reason to go; there are duplicate"),
        (["clean", "work.tm", "--min-probability", "2"], "probability of 2 is not possible"),
    ],
)
def test_what_cannot_be_done(aligner, folder, arguments, error):
    done = aligner("tm", *arguments)
    assert done.exit_code == 2
    assert done.stderr.startswith("error: ")
    assert error in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (folder / "none.tm").exists()
    assert (folder / "night.en.txt").read_text(encoding="utf-8").startswith("It was late.")


def test_cleaning(aligner, delivered):
    aligner("tm", "add", "work.tm", "--pairs", ".", *DATE)
    text = "source\ttarget\nYes.\tАга.\nSee page 12.\tСм. стр. 14.\n"
    (delivered / "new.tsv").write_text(text, encoding="utf-8")
    aligner("tm", "add", "work.tm", "new.tsv", *DATE)
    would = aligner("tm", "clean", "work.tm", "--dry-run", *DATE).stdout
    assert would == (
        "2 units would go, 8 left\n"
        "near duplicate: 1\n"
        "  8  yes | да\n"
        "numbers: 1\n"
        "  10  See page 12. | См. стр. 14.  (12 and 14)\n"
        "1 source with several translations (all stay):\n"
        "  Yes. | Да. ×2 / Ага. ×1\n"
    )
    assert aligner("tm", "clean", "work.tm", *DATE).stdout == would.replace(
        "would go", "gone into the history"
    )
    found = json.loads(aligner("tm", "clean", "work.tm", "--json", *DATE).stdout)
    assert (found["removals"], found["units"]) == ([], 8)
    assert found["conflicts"][0]["translations"][1] == {
        "tgt": "Ага.",
        "count": 1,
        "documents": ["new.tsv"],
    }


def test_one_reason_only_or_all_but_one(aligner, folder):
    text = "source\ttarget\nYes.\tДа.\nyes\tда\nPage 12\tСтр. 14\n"
    (folder / "old.tsv").write_text(text, encoding="utf-8")
    aligner("tm", "add", "work.tm", "old.tsv", *DATE)
    only = aligner("tm", "clean", "work.tm", "--dry-run", "--only", "numbers").stdout
    but = aligner("tm", "clean", "work.tm", "--dry-run", "--skip", "numbers").stdout
    assert only.startswith("1 unit would go, 2 left\nnumbers: 1\n")
    assert but.startswith("1 unit would go, 2 left\nnear duplicate: 1\n")


STATS = """\
units      8: 8 pairs, 0 omissions, 0 additions
confirmed  0
merged     0 duplicates; in the history 0 units
documents  3
"""


def test_statistics(aligner, delivered):
    aligner("tm", "add", "work.tm", "--pairs", ".", "--domain", "cats", *DATE)
    shown = aligner("tm", "stats", "work.tm").stdout
    assert shown.startswith(STATS)
    assert "\ndomain     cats 8\n" in shown
    assert shown.endswith(f"growth\n  2026-11-24 8 {'█' * 40}\n")
    found = json.loads(aligner("tm", "stats", "work.tm", "--json").stdout)
    assert found["words"] == {"en": 23, "ru": 20}
    assert found["growth"] == [{"period": "2026-11-24", "units": 8, "total": 8}]
    assert sum(found["probability"]) == 8


def test_growth_by_month(aligner, delivered):
    aligner("tm", "add", "work.tm", "old.tsv", "--date", "2026-10-30")
    aligner("tm", "add", "work.tm", "night.en.txt", "night.ru.txt", "--date", "2026-11-01")
    found = json.loads(aligner("tm", "stats", "work.tm", "--json").stdout)
    assert found["growth"] == [
        {"period": "2026-10", "units": 2, "total": 2},
        {"period": "2026-11", "units": 4, "total": 6},
    ]


def test_a_foreign_tmx_says_nothing_of_its_header(aligner, shared):
    aligner("tm", "add", "work.tm", shared("parallel/tico19.en-ru.tmx"), "--client", "X", *DATE)
    found = json.loads(aligner("tm", "stats", "work.tm", "--json").stdout)
    assert (found["units"], found["metadata"]) == (3071, {"client": {"X": 3071}})
    assert aligner("tm", "documents", "work.tm").stdout.endswith("\tclient=X\n")


def test_statistics_of_an_empty_memory(aligner, folder):
    Store.open(folder / "empty.tm").close()
    shown = aligner("tm", "stats", "empty.tm").stdout
    assert shown.startswith("units      0: 0 pairs, 0 omissions, 0 additions\n")
    assert "growth\n" in shown


def test_no_clock_where_a_date_is_given(aligner, folder, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    aligner("tm", "add", "work.tm", "night.en.txt", "night.ru.txt")
    assert "\t19700102T000000Z\t" in aligner("tm", "documents", "work.tm").stdout


def test_statistics_import_nothing_heavy(environment, tmp_path):
    Store.open(tmp_path / "work.tm").close()
    assert imported(environment, "tm", "stats", tmp_path / "work.tm") == set()
    assert imported(environment, "tm", "--help") == set()
