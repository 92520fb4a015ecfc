"""Still pictures of an alignment, by matplotlib."""

import subprocess
import sys

import pytest
from browsing import TABLE, pairs_of

pytest.importorskip("matplotlib")

from aligner import plots
from aligner.errors import InputError, ModelError, OutputError


@pytest.mark.parametrize("draw", [plots.write_path, plots.write_histogram])
@pytest.mark.parametrize(("suffix", "begins"), [("png", b"\x89PNG\r\n"), ("svg", b"<?xml")])
def test_the_same_pairs_give_the_same_picture(tmp_path, draw, suffix, begins):
    for name in ("a", "b"):
        draw(pairs_of(TABLE), tmp_path / f"{name}.{suffix}")
    first = (tmp_path / f"a.{suffix}").read_bytes()
    assert first.startswith(begins)
    assert first == (tmp_path / f"b.{suffix}").read_bytes()
    assert b"matplotlib" not in first.lower() or suffix == "svg"


def test_other_pairs_give_another_picture(tmp_path):
    plots.write_path(pairs_of(TABLE), tmp_path / "a.png")
    plots.write_path(pairs_of(TABLE[:3]), tmp_path / "b.png")
    assert (tmp_path / "a.png").read_bytes() != (tmp_path / "b.png").read_bytes()


def test_the_groups_of_the_path():
    groups = plots._groups(pairs_of(TABLE))
    assert {name: len(pairs) for name, _, _, pairs in groups} == {
        "probability 0.9 and more": 3,
        "additions": 1,
        "omissions": 1,
        "0.5 to 0.9": 1,
        "below 0.5": 1,
    }


def test_nothing_to_draw(tmp_path):
    plots.write_path([], tmp_path / "a.png")
    plots.write_histogram([], tmp_path / "b.png")
    assert (tmp_path / "b.png").stat().st_size > 1000


def test_pictures_on_the_command_line(aligner, folder):
    result = aligner(
        "align", "night.en.txt", "night.ru.txt", "-q", "--plot", "p.png", "--histogram", "h.svg"
    )
    assert result.exit_code == 0
    assert {path.name for path in folder.iterdir()} >= {"p.png", "h.svg"}


@pytest.mark.parametrize(
    ("name", "error", "message"),
    [
        ("p.jpg", InputError, r"p\.jpg: pictures are \.png or \.svg; end its name in one"),
        ("no/p.png", OutputError, "the folder does not exist"),
    ],
)
def test_a_picture_that_cannot_be_made(tmp_path, name, error, message):
    with pytest.raises(error, match=message):
        plots.check_picture(tmp_path / name)


def test_without_matplotlib_one_line_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    with pytest.raises(ModelError, match=r"pip install 'aligner\[plot\]'"):
        plots.check_picture(tmp_path / "p.png")


def test_matplotlib_is_loaded_for_pictures_only(environment):
    code = "import sys, aligner.plots, aligner.cli; print('matplotlib' in sys.modules)"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
