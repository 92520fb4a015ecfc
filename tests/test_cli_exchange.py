"""`aligner tm search`, `export`, `import` as people call them: output, exit codes, errors."""

import json
import os
import pty

import pytest

SOURCES = [("It is snowing.", "Идёт снег."), ("A red cat sat.", "Сидел рыжий кот."),
           ("A black cat sat.", "Сидел чёрный кот.")]  # fmt: skip


@pytest.fixture
def memory(aligner, folder):
    """work.tm with a few units; what was said when they came in."""
    rows = "".join(f"{src}\t{tgt}\n" for src, tgt in SOURCES)
    (folder / "cats.tsv").write_text(f"source\ttarget\n{rows}", encoding="utf-8")
    result = aligner(
        "tm", "import", "work.tm", "cats.tsv", "--client", "ACME", "--date", "2026-11-24"
    )
    assert result.exit_code == 0, result.output
    return result


def test_an_import_says_what_came_in_and_twice_changes_nothing(aligner, memory):
    assert memory.stderr == "cats.tsv: 3 units\n"
    again = aligner("tm", "import", "work.tm", "cats.tsv")
    assert (again.exit_code, again.stderr) == (
        0,
        "cats.tsv: nothing new: the memory has this file\n",
    )


def test_a_search_shows_percent_difference_translation_and_origin(aligner, memory):
    result = aligner("tm", "search", "work.tm", "A red cat slept.")
    assert result.stdout == (
        " 80 %  A red cat [-sat-] {+slept+}.\n"
        "       Сидел рыжий кот.\n"
        "       cats.tsv · 1-1 · 2026-11-24\n"
    )


def test_words_need_no_quotation_marks(aligner, memory):
    one, two = (
        aligner("tm", "search", "work.tm", *text) for text in (["Идёт снег."], ["Идёт", "снег."])
    )
    assert one.stdout == two.stdout
    assert one.stdout.startswith("100 %  Идёт снег.\n       It is snowing.\n")


def test_no_match_says_what_to_try(aligner, memory):
    result = aligner("tm", "search", "work.tm", "Nothing like it.")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "no match of 70 % or more; try a lower --threshold" in result.stderr
    result = aligner("tm", "search", "work.tm", "A cat", "--threshold", "100")
    assert "no unit has exactly this text" in result.stderr


def test_options_of_the_search(aligner, memory):
    cat = ("tm", "search", "work.tm", "A red cat sat.")
    assert aligner(*cat, "--limit", "1").stdout.count(" %  ") == 1
    assert aligner(*cat, "--threshold", "50").stdout.count(" %  ") == 2
    assert aligner(*cat, "--from", "ru").stdout == ""


def test_a_concordance(aligner, memory):
    result = aligner("tm", "search", "work.tm", "--concordance", "коты")
    assert result.stdout.split("\n")[:2] == ["  •  A black cat sat.", "     Сидел чёрный >кот<."]
    assert result.stdout.endswith("2 shown of 2 with these words\n")


def test_search_by_meaning(aligner, memory):
    result = aligner("tm", "search", "work.tm", "--semantic", "зима и метель", "--limit", "1")
    assert result.stdout.split("\n")[0][7:] == "It is snowing."


def test_results_as_json(aligner, memory):
    [match] = json.loads(aligner("tm", "search", "work.tm", "A red cat.", "--json").stdout)
    assert (match["percent"], match["side"], match["target"]) == (80, "source", "Сидел рыжий кот.")
    assert match["difference"] == [["same", "A red cat"], ["gone", "sat"], ["same", "."]]
    assert (match["document"], match["created"]) == ("cats.tsv", "20261124T000000Z")
    found = json.loads(aligner("tm", "search", "work.tm", "кот", "--concordance", "--json").stdout)
    assert (found["total"], found["hits"][0]["target_places"]) == (2, [[13, 16]])
    [near] = json.loads(
        aligner("tm", "search", "work.tm", "кот", "--semantic", "--json", "--limit", "1").stdout
    )
    assert 0 < near["similarity"] < 1
    assert json.loads(aligner("tm", "search", "work.tm", "Nothing.", "--json").stdout) == []


def coloured(command, folder, **variables):
    """What a terminal is sent."""
    main, side = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", **variables}
    environment.pop("NO_COLOR", None) if "NO_COLOR" not in variables else None
    done = command(
        "tm", "search", "work.tm", "A red cat slept.",
        stdout=side, stderr=None, capture_output=False, env=environment, cwd=folder,
    )  # fmt: skip
    os.close(side)
    assert done.returncode == 0
    return os.read(main, 10_000).decode()


def test_differences_are_in_colour_on_a_terminal_alone(command, environment, folder, memory):
    shown = coloured(command, folder, **environment)
    assert "A red cat \x1b[31;9msat\x1b[0m \x1b[32mslept\x1b[0m." in shown
    plain = coloured(command, folder, **environment, NO_COLOR="1")
    assert "A red cat [-sat-] {+slept+}." in plain
    assert "\x1b" not in plain


def test_exports_say_what_they_wrote(aligner, folder, memory):
    names = ["a.tmx", "a.tsv", "a.jsonl", "a.xlsx", "a.xlf", "a.en"]
    result = aligner("tm", "export", "work.tm", *(f"-o{name}" for name in names))
    assert result.exit_code == 0
    assert result.stderr == "".join(f"{name}: 3 units\n" for name in names)
    assert (folder / "a.ru").read_text(encoding="utf-8").split("\n")[0] == "Идёт снег."
    assert '<prop type="x-client">ACME</prop>' in (folder / "a.tmx").read_text(encoding="utf-8")


def test_an_export_of_a_part(aligner, folder, memory):
    (folder / "b.tsv").write_text("source\ttarget\tprobability\nHi.\tПривет.\t0.5\n", "utf-8")
    aligner("tm", "import", "work.tm", "b.tsv", "--date", "2026-12-01")

    def count(*options):
        return aligner("tm", "export", "work.tm", "-o", "x.tmx", *options).stderr

    assert count("--document", "b.tsv") == count("--since", "2026-11-25") == "x.tmx: 1 units\n"
    assert count("--min-probability", "0.9") == "x.tmx: 3 units\n"
    assert count("--confirmed") == "x.tmx: 0 units\n"


def test_an_import_names_what_it_cannot_read_and_goes_on(aligner, folder):
    (folder / "bad.tmx").write_text("<html/>", encoding="utf-8")
    (folder / "half.tsv").write_text("source\ttarget\nHi.\tПривет.\nHi.\n", encoding="utf-8")
    result = aligner("tm", "import", "work.tm", "bad.tmx", "half.tsv", "none.tmx")
    assert result.exit_code == 2
    assert result.stderr.split("\n") == [
        "failed: bad.tmx: not a TMX file: its root is <html>, not <tmx>",
        r"half.tsv, line 3: 1 fields where the header has 2; write a tab inside a text as \t",
        "half.tsv: 1 units, 1 could not be read",
        "failed: none.tmx: cannot be read (No such file or directory); "
        "check the name and its rights",
        "",
    ]


ERRORS = [
    (["search", "none.tm", "x"], "none.tm: no such memory"),
    (["search", "work.tm", "x", "--threshold", "0"], "a threshold of 0 is not possible"),
    (["search", "work.tm", "x", "--limit", "0"], "0 matches cannot be shown"),
    (["search", "work.tm", "x", "--concordance", "--limit", "0"], "0 matches cannot be shown"),
    (["search", "work.tm", "x", "--semantic", "--limit", "-1"], "-1 matches cannot be shown"),
    (["search", "work.tm", "x", "--concordance", "--semantic"], "are two searches; give one"),
    (["search", "work.tm", "!", "--concordance"], "has no word to look for"),
    (["search", "cats.tsv", "x"], "cats.tsv: is no translation memory"),
    (["export", "work.tm", "-o", "x.doc"], "x.doc: no format is called .doc"),
    (["export", "work.tm", "-o", "no/x.tmx"], "the folder does not exist"),
    (["export", "work.tm", "-o", "x.tmx", "--since", "yesterday"], "is no date; give it like"),
    (["export", "work.tm", "-o", "x.tmx", "--min-probability", "2"], "is not possible"),
]


@pytest.mark.parametrize(("arguments", "message"), ERRORS)
def test_errors_are_one_line_and_exit_code_2(aligner, folder, memory, arguments, message):
    result = aligner("tm", *arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stderr.startswith("error: ")
    assert result.stderr.count("\n") == 1
    assert not (folder / "x.tmx").exists()


def test_a_file_of_which_nothing_can_be_read_is_no_document(aligner, folder):
    (folder / "gold.jsonl").write_text('{"doc": "a"}\n{"doc": "b"}\n', encoding="utf-8")
    result = aligner("tm", "import", "work.tm", "gold.jsonl")
    assert result.exit_code == 2
    assert "none of its pairs can be read: gold.jsonl, line 1: no text in 'source'" in result.stderr
    assert aligner("tm", "documents", "work.tm").stdout.count("\n") <= 1
