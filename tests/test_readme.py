"""Every command and every piece of Python in README runs, from the folder of the examples."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(kind):
    """The contents of README's fenced blocks of a kind."""
    text = README.read_text(encoding="utf-8") if README.exists() else ""
    return [body for found, body in BLOCK.findall(text) if found == kind]


def commands(block):
    """Lines of a block that begin with `aligner`, after a prompt or behind `&&` too."""
    for line in block.replace("\\\n", " ").split("\n"):
        for part in line.removeprefix("$ ").split("&&"):
            if part.strip().startswith("aligner "):
                yield part.strip()


SESSIONS = [found for found in map(list, map(commands, blocks("console"))) if found]


@pytest.fixture
def place(tmp_path):
    """A copy of the examples, reachable as README writes: from inside and as `examples/`."""
    folder = tmp_path / "examples"
    shutil.copytree(ROOT / "examples", folder)
    os.symlink(folder, folder / "examples")
    return folder


def test_readme_shows_commands_and_python():
    assert [line for lines in SESSIONS for line in lines if line.startswith("aligner align ")]
    assert blocks("python")


@pytest.mark.parametrize("session", SESSIONS, ids=lambda session: session[0])
def test_the_commands_of_a_block_run_in_turn(session, place, environment):
    for command in session:
        words = shlex.split(command, comments=True)
        line = [sys.executable, "-m", *words]
        done = subprocess.run(line, cwd=place, env=environment, capture_output=True, check=False)
        assert (done.returncode, b"Traceback" in done.stderr) == (0, False), done.stderr.decode()
        for name in [words[i + 1] for i, word in enumerate(words) if word in ("-o", "--out")]:
            assert (place / name).stat().st_size > 0


@pytest.mark.parametrize("block", blocks("python"))
def test_a_piece_of_python_runs(block, place, environment):
    line = [sys.executable, "-c", block]
    done = subprocess.run(line, cwd=place, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
