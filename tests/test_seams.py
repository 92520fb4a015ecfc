"""Where checks, review page and memory meet: one command's output is another's input."""

import json

import pytest

ROWS = [
    ("The lamp was lit in 1871.", "Лампу зажгли в 1871 году."),
    ("The keeper had 12 books.", "У смотрителя было 13 книг."),
    ("He never left the island.", "Он никогда не покидал остров."),
]


@pytest.fixture
def pairs(folder):
    lines = ["source\ttarget", *("\t".join(row) for row in ROWS)]
    path = folder / "pairs.tsv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_what_checks_find_stands_on_the_review_page(aligner, pairs, folder):
    result = aligner(
        "check", "pairs.tsv", "--only", "numbers", "-o", "report.html", "-o", "report.json"
    )
    assert result.exit_code == 1
    issues = json.loads((folder / "report.json").read_text(encoding="utf-8"))["issues"]
    assert [issue["pair"] for issue in issues] == [1]
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert issues[0]["message"] in page.replace("\\u0026", "&")
    assert ROWS[1][1] in page


def test_a_memory_can_be_checked(aligner, pairs, folder):
    assert aligner("tm", "add", "work.tm", "pairs.tsv").exit_code == 0
    result = aligner("check", "work.tm", "--only", "numbers", "-o", "report.json")
    assert result.exit_code == 1
    issues = json.loads((folder / "report.json").read_text(encoding="utf-8"))["issues"]
    assert [issue["target"] for issue in issues] == [ROWS[1][1]]


def test_a_database_of_another_program_is_no_memory(aligner, folder):
    import sqlite3

    connection = sqlite3.connect(folder / "other.db")
    connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.commit()
    connection.close()
    result = aligner("check", "other.db")
    assert result.exit_code == 2
    assert "other.db" in result.stderr
    assert "Traceback" not in result.stderr


def test_what_is_accepted_on_the_page_is_confirmed_in_the_memory(aligner, pairs, folder):
    from aligner import Memory
    from aligner.review.rows import fingerprint
    from aligner.reviewing import read_pairs

    assert aligner("tm", "add", "work.tm", "pairs.tsv").exit_code == 0
    saved = {"format": "aligner-decisions", "version": 1, "pairs": len(ROWS)}
    saved["content"] = fingerprint(read_pairs(pairs))
    decisions = saved | {"decisions": [{"pairs": [0, 1], "rows": [{"state": "accepted"}]}]}
    (folder / "decisions.json").write_text(json.dumps(decisions), encoding="utf-8")
    result = aligner(
        "apply",
        "pairs.tsv",
        "decisions.json",
        "-o",
        "out.tmx",
        "--by",
        "anna",
        "--memory",
        "work.tm",
    )
    assert result.exit_code == 0, result.stderr
    assert "confirmed in the memory: 1 unit" in result.stderr
    with Memory.open("work.tm") as memory:
        frame = memory.to_frame()
    assert frame["confirmed_by"].tolist() == ["anna", "", ""]
