"""The command line as a process: what it imports, signals, pipes, standard input."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[1] / "examples"
PAIR = (EXAMPLES / "lighthouse.en.md", EXAMPLES / "lighthouse.ru.md")

SHOW = """
import sys
from aligner.cli import app
try:
    app(sys.argv[1:])
finally:
    heavy = "numpy spacy torch pandas lxml py3langid sentence_transformers transformers"
    print(*[name for name in heavy.split() if name in sys.modules], file=sys.stderr)
"""


def imported(environment, *arguments):
    """Which heavy libraries a command has imported when it is done."""
    line = [sys.executable, "-c", SHOW, *map(str, arguments)]
    done = subprocess.run(line, env=environment, capture_output=True, text=True, check=True)
    return set(done.stderr.rstrip("\n").split("\n")[-1].split())


@pytest.mark.parametrize(
    "arguments", [["--help"], ["--version"], ["align", "--help"], ["segment", "--help"]]
)
def test_help_imports_nothing_heavy(environment, arguments):
    assert imported(environment, *arguments) == set()


def test_aligning_imports_only_what_it_needs(environment, tmp_path):
    text = (EXAMPLES / "night-train.en.txt", EXAMPLES / "night-train.ru.txt")
    found = imported(environment, "align", *text, "-o", tmp_path / "o.tsv")
    assert found == {"numpy"}


def test_evaluating_imports_nothing_heavy(environment):
    gold = EXAMPLES / "gold.jsonl"
    assert imported(environment, "evaluate", gold, gold) == set()


def test_importing_the_package_imports_nothing_heavy(environment):
    line = "import sys, aligner; print([m for m in ('numpy', 'typer') if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", line], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


@pytest.mark.parametrize(
    "moment",
    [
        "typer",  # the command line is still being imported
        "aligner.pipeline",
        "numpy",
        "sentencepiece",  # the encoder is being loaded
        "aligner.alignment.model",
    ],
)
def test_ctrl_c_ends_quietly_at_any_moment(environment, tmp_path, moment):
    """`-X importtime` tells the moment: it names each module as soon as it is imported."""
    out = tmp_path / "o.tsv"
    line = [sys.executable, "-X", "importtime", "-m", "aligner"]
    line += ["align", *PAIR, "-o", out]
    process = subprocess.Popen(line, env=environment, stderr=subprocess.PIPE, text=True)
    seen = []
    for text in process.stderr:
        seen.append(text)
        if text.split("|")[-1].strip().startswith(moment):
            break
    else:
        pytest.fail(f"{moment} was never imported: {seen[-3:]}")
    process.send_signal(signal.SIGINT)
    _, rest = process.communicate(timeout=60)
    if process.returncode == 0:  # on a busy machine the work may be done before we see the line
        pytest.skip("the work was done before the signal came")
    said = [text for text in rest.split("\n") if text and not text.startswith("import time:")]
    assert said in ([], ["interrupted: nothing was written that is not whole"])
    assert process.returncode == 130
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize(
    "arguments",
    [("segment", str(EXAMPLES / "lighthouse.ru.md")), ("align", *PAIR, "--quiet")],
    ids=["segment", "align"],
)
def test_a_reader_that_has_seen_enough(environment, arguments):
    """`aligner align … | head -1`: no complaint about the closed pipe."""
    line = [sys.executable, "-m", "aligner", *arguments]
    process = subprocess.Popen(
        line, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    process.stdout.close()
    complaint = process.stderr.read()
    process.stderr.close()
    assert (process.wait(timeout=60), complaint) == (0, b"")


def test_standard_input_is_a_dash(command):
    text = "It was late.\n\nБыло поздно.\n\nNobody came.\n\nНикто не пришёл.\n"
    done = command("align", "-", "--quiet", input=text.encode())
    lines = done.stdout.decode().rstrip("\n").split("\n")
    assert [line.split("\t")[:2] for line in lines[1:]] == [
        ["It was late.", "Было поздно."],
        ["Nobody came.", "Никто не пришёл."],
    ]
    assert done.stderr == b""


def test_empty_standard_input(command):
    done = command("align", "-", input=b"")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr == b"error: stdin: is empty; give a file with text\n"


def test_both_streams_are_utf_8_where_the_system_says_otherwise(command, environment, tmp_path):
    (tmp_path / "night.txt").write_text("Было поздно. Никто не пришёл.", encoding="utf-8")
    plain = {name: value for name, value in environment.items() if name != "PYTHONUTF8"}
    plain |= {"LC_ALL": "C.UTF-8", "PYTHONIOENCODING": "utf-8"}
    done = command("segment", "night.txt", env=plain)
    assert done.stdout.decode() == "Было поздно.\nНикто не пришёл.\n"


def test_a_file_name_that_is_no_utf_8(command, tmp_path):
    """Old archives have such names; Python hands them over as lone surrogates."""
    for suffix, text in ((".en.txt", "It was late."), (".ru.txt", "Было поздно.")):
        (
            Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xed\xee\xf7\xfc" + suffix.encode()))
        ).write_text(text, encoding="utf-8")
    names = [os.fsdecode(b"\xed\xee\xf7\xfc" + s) for s in (b".en.txt", b".ru.txt")]
    done = command("align", *names, "-o", "o.tmx", "-o", "o.tsv")
    assert b"Traceback" not in done.stderr
    assert done.returncode == 0
    assert sorted(name for name in os.listdir(tmp_path) if name.startswith("o.")) == [
        "o.tmx",
        "o.tsv",
    ]


def test_the_same_bytes_in_two_processes(command, environment):
    outputs = {
        command("align", *PAIR, "-o", "/dev/stdout", "--quiet", env=environment | seed).stdout
        for seed in ({"PYTHONHASHSEED": "1"}, {"PYTHONHASHSEED": "2"})
    }
    assert len(outputs) == 1
    assert outputs.pop().startswith(b"source\t")
