"""`aligner check` from end to end: inputs, reports, exit codes; and `aligner.check`."""

import csv
import io
import json

import pytest
from typer.testing import CliRunner

import aligner
from aligner import checking
from aligner.check_report import check_summary, window
from aligner.cli import app
from aligner.errors import InputError
from aligner.issues import Checked, Issue, at_least
from aligner.records import Span
from aligner.writers.issues import write_issues

PAIRS = [
    ("See it (fig. 2).", "Смотри (рис. 2."),
    ("He came home.", "Он  пришёл домой."),
    ("Moscow is big.", "Mосква большая."),
    ("All is well.", "Всё хорошо."),
]


def run(*arguments):
    return CliRunner().invoke(app, ["check", *map(str, arguments)])


@pytest.fixture
def tsv(tmp_path):
    path = tmp_path / "pairs.tsv"
    lines = ["source\ttarget", *("\t".join(pair) for pair in PAIRS)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def jsonl(tmp_path):
    path = tmp_path / "pairs.jsonl"
    rows = [{"source": src, "target": tgt} for src, tgt in PAIRS]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_a_table_on_standard_output_and_a_summary_beside_it(tsv) -> None:
    result = run(tsv, "--only", "form")
    assert result.exit_code == 1
    assert "4 pairs: 2 errors, 0 warnings, 1 advisory" in result.stderr
    rows = [line for line in result.stdout.split("\n") if line.startswith(("error", "advisory"))]
    assert [row.split("│")[1].strip() for row in rows] == ["1", "3", "2"]
    assert "M is Latin" in result.stdout
    assert "Смотри ⟦(⟧рис. 2." in result.stdout  # no terminal, no reverse video


def test_nothing_found_is_exit_code_0(tsv) -> None:
    result = run(tsv, "--only", "dash")
    assert (result.exit_code, result.stdout) == (0, "")


@pytest.mark.parametrize(
    ("level", "code"), [("error", 1), ("warning", 1), ("advisory", 1), ("never", 0)]
)
def test_fail_on(tsv, level, code) -> None:
    assert run(tsv, "--only", "form", "--fail-on", level).exit_code == code


@pytest.mark.parametrize(("level", "code"), [("error", 0), ("warning", 0), ("advisory", 1)])
def test_fail_on_looks_at_the_severity(tsv, level, code) -> None:
    assert run(tsv, "--only", "double-space", "--fail-on", level).exit_code == code


def test_json(tsv, tmp_path) -> None:
    out = tmp_path / "report.json"
    assert run(tsv, "--only", "form", "-o", out).exit_code == 1
    data = json.loads(out.read_text(encoding="utf-8"))
    assert data["pairs"] == 4
    first = data["issues"][0]
    assert (first["pair"], first["check"], first["severity"]) == (0, "brackets", "error")
    assert first["source"] == PAIRS[0][0]
    [[start, stop]] = first["target_spans"]
    assert first["target"][start:stop] == "("
    assert [issue["pair"] for issue in data["issues"]] == [0, 2, 1]


def test_tsv(tsv, tmp_path) -> None:
    out = tmp_path / "report.tsv"
    run(tsv, "--only", "form", "-o", out, "--quiet")
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8")), delimiter="\t"))
    assert [(row["check"], row["pair"]) for row in rows] == [
        ("brackets", "0"),
        ("mixed-script", "2"),
        ("double-space", "1"),
    ]
    assert rows[0]["target"] == PAIRS[0][1]


@pytest.mark.parametrize("kind", ["tsv", "jsonl"])
def test_sarif_says_the_line_of_the_pair(kind, request, tmp_path) -> None:
    out = tmp_path / "report.sarif"
    run(request.getfixturevalue(kind), "--only", "form", "-o", out)
    log = json.loads(out.read_text(encoding="utf-8"))
    assert log["version"] == "2.1.0"
    [report] = log["runs"]
    rules = [rule["id"] for rule in report["tool"]["driver"]["rules"]]
    header = kind == "tsv"
    for result, pair in zip(report["results"], [0, 2, 1], strict=True):
        assert rules[result["ruleIndex"]] == result["ruleId"]
        [location] = result["locations"]
        assert location["physicalLocation"]["region"] == {"startLine": pair + 1 + header}
        assert location["logicalLocations"][0]["name"] == f"pair {pair + 1}"
    assert [result["level"] for result in report["results"]] == ["error", "error", "note"]


def test_the_same_input_makes_the_same_bytes(tsv, tmp_path) -> None:
    outs = [tmp_path / f"{number}.sarif" for number in range(2)]
    for out in outs:
        run(tsv, "--only", "form", "-o", out)
    assert outs[0].read_bytes() == outs[1].read_bytes()


def test_what_is_ignored_stays_ignored(tsv, tmp_path) -> None:
    marks = tmp_path / "marks.tsv"
    first = run(tsv, "--only", "form", "--ignore", marks, "--ignore-found")
    assert first.exit_code == 0
    assert "3 ignored" in first.stderr
    assert run(tsv, "--only", "form", "--ignore", marks).exit_code == 0
    changed = tsv.read_text(encoding="utf-8").replace("рис. 2", "рис. 3")
    tsv.write_text(changed, encoding="utf-8")
    again = run(tsv, "--only", "form", "--ignore", marks)
    assert again.exit_code == 1  # another text, another finding
    assert "1 error, 0 warnings, 0 advisories · 2 ignored" in again.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "nothing to check"),
        (["no.tsv"], "no.tsv"),
        (["pairs.tsv", "-o", "x.docx"], "no report is called .docx"),
        (["pairs.tsv", "-o", "x.docx"], ".html"),
        (["pairs.tsv", "-o", "x"], "does not say the format"),
        (["pairs.tsv", "--only", "froms"], "did you mean form"),
        (["pairs.tsv", "--severity", "dash"], "NAME=LEVEL"),
        (["pairs.tsv", "--only", "form", "--ignore-found"], "needs a file of marks"),
        (["pairs.tsv", "--only", "form", "--ignore", "no.tsv"], "no.tsv: cannot be read"),
        (["pairs.tsv", "--glossary", "no.tsv", "--only", "glossary"], "no.tsv: no such file"),
        (["pairs.tsv", "--config", "no.toml"], "no.toml: cannot be read"),
        (["pairs.tsv", "-o", "pairs.tsv"], "is the text itself"),
        (["--explain", "dahs"], "did you mean dash"),
    ],
)
def test_bad_input_is_one_line_and_exit_code_2(tsv, monkeypatch, arguments, message) -> None:
    monkeypatch.chdir(tsv.parent)
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert message in result.stderr


def test_explain() -> None:
    result = run("--explain", "brackets")
    assert result.exit_code == 0
    assert result.stdout.startswith("brackets (form, error)\n\nA bracket in the target")
    assert "brackets" in run("--explain", "all").stdout


def test_settings_lie_in_the_folder(tsv, monkeypatch) -> None:
    monkeypatch.chdir(tsv.parent)
    (tsv.parent / "aligner.toml").write_text('[check]\nonly = ["dash"]\n', encoding="utf-8")
    assert run(tsv.name).exit_code == 0
    assert run(tsv.name, "--only", "form").exit_code == 1


def test_a_glossary_on_the_command_line(tsv, tmp_path) -> None:
    terms = tmp_path / "terms.tsv"
    terms.write_text("en\tru\nhome\tжилище\n", encoding="utf-8")
    result = run(tsv, "--only", "glossary", "--glossary", terms, "--fail-on", "warning")
    assert result.exit_code == 1
    assert "“home” should be “жилище”" in result.stdout


def test_two_documents_are_aligned_and_their_omission_found(tmp_path) -> None:
    en, ru = tmp_path / "a.en.txt", tmp_path / "a.ru.txt"
    en.write_text(
        "The old lighthouse stood on the cliff. Nobody had lived there for thirty years. "
        "In autumn the fishermen heard a bell from the tower.\n",
        encoding="utf-8",
    )
    ru.write_text(
        "Старый маяк стоял на скале. Осенью рыбаки слышали колокол с башни.\n", encoding="utf-8"
    )
    out = tmp_path / "report.json"
    assert run(en, ru, "-o", out).exit_code == 1
    data = json.loads(out.read_text(encoding="utf-8"))
    first = data["issues"][0]
    assert (first["check"], first["severity"]) == ("omitted-sentence", "error")
    assert first["source"].startswith("Nobody had lived")
    assert len(data["estimates"]) == data["pairs"] == 3
    assert data["estimates"][first["pair"]] is None


def test_check_from_python(tsv) -> None:
    checked = aligner.check(tsv, only=["form"])
    assert [issue.check for issue in checked.issues] == ["brackets", "mixed-script", "double-space"]
    assert aligner.check(PAIRS, only=["form"]).issues == checked.issues
    backwards = [(tgt, src) for src, tgt in PAIRS]
    assert not aligner.check(backwards, only=["mixed-script"]).issues  # the target is English
    with pytest.raises(InputError, match="did you mean"):
        aligner.check(PAIRS, only=["bracket"])


def test_the_languages_are_found_out() -> None:
    def langs(pairs):
        cases = checking.cases_of(checking.pairs_of(pairs))
        return cases[0].src_lang, cases[0].tgt_lang

    assert langs(PAIRS) == ("en", "ru")
    assert langs([(tgt, src) for src, tgt in PAIRS]) == ("ru", "en")
    assert langs([("12", "12")]) == ("en", "ru")
    assert langs([("All is well.", "All is well.")]) == ("en", "ru")
    assert langs([("Всё хорошо.", "")]) == ("ru", "en")


def test_a_pairs_file_without_pairs(tmp_path) -> None:
    path = tmp_path / "empty.tsv"
    path.write_text("source\ttarget\n", encoding="utf-8")
    with pytest.raises(InputError, match="no pairs in it"):
        checking.check_files(path)


def test_no_half_written_report(tmp_path) -> None:
    bad = Checked((), (Issue(5, "dash", "form", "error", "x"),))  # a pair that is not there
    out = tmp_path / "report.json"
    out.write_text("old", encoding="utf-8")
    with pytest.raises(IndexError):
        write_issues(bad, out, "0")
    assert out.read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["report.json"]


def test_counts_in_words() -> None:
    assert check_summary(Checked((), ())) == "0 pairs: 0 errors, 0 warnings, 0 advisories"
    assert at_least("error", "warning")
    assert not at_least("advisory", "warning")


def test_a_long_text_is_shown_around_its_evidence() -> None:
    text = "слово " * 100
    start, stop = window(text, [Span(400, 405)])
    assert start <= 400 < stop
    assert stop - start == 150
    assert window("short", []) == (0, 5)
