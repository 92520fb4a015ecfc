"""Real programs take what a memory exports: OmegaT, xmllint, translate-toolkit."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from aligner.exchange import files
from aligner.exchange.files import ExportOptions
from aligner.memory import adding
from aligner.memory.store import Store
from aligner.memory.units import Entry, NewDocument
from aligner.records import Pair, Provenance, Span
from tests.test_clients import PROJECT, gold_texts, omegat, program  # noqa: F401
from tests.test_exchange_formats import TEXTS, fill
from tests.test_exchange_tmx import KEPT, tmx

MADE_BY = Provenance("a.en.md", "a.ru.md", "en", "ru", "toy", "enc:toy|v:0.1.0")
OPTIONS = ExportOptions("0.1.0")
DATE = "20261124T000000Z"
MANY = 20_000


@pytest.fixture
def memory():
    with Store.open(Path(":memory:")) as store:
        yield store


def test_xmllint_finds_all_of_it_valid(memory, tmp_path, shared):
    dtd = shared("formats/tmx14.dtd")
    (tmp_path / "in.tmx").write_text(tmx("\n".join(KEPT)), encoding="utf-8")
    files.bring_in(memory, tmp_path / "in.tmx", DATE, {"client": 'R&D "1"'})
    fill(memory, TEXTS)
    files.export(memory, tmp_path / "out.tmx", OPTIONS)
    command = [program("xmllint"), "--noout", "--nonet", "--dtdvalid", str(dtd), "out.tmx"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", cwd=tmp_path, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    # xmllint passes `lang` where TMX 1.4 wants `xml:lang`
    assert set(re.findall(r"<tuv (\S+?)=", (tmp_path / "out.tmx").read_text("utf-8"))) == {
        "xml:lang"
    }


def test_omegat_applies_an_export_of_twenty_thousand_units(memory, tmp_path, omegat):  # noqa: F811
    texts = [
        (f"The train number {k} is {k % 60} minutes late.", f"Поезд № {k} опоздал на {k % 60} мин.")
        for k in range(MANY)
    ]
    entries = [
        Entry(Pair(src, tgt, Span(k, k + 1), Span(k, k + 1), 0.9, 1.0, MADE_BY))
        for k, (src, tgt) in enumerate(texts)
    ]
    adding.add(memory, NewDocument("trains", "h"), entries, DATE)
    assert files.export(memory, tmp_path / "many.tmx", OPTIONS).units == MANY
    some = texts[::250]
    translated, log = omegat(tmp_path / "many.tmx", [src for src, _ in some])
    assert translated == [tgt for _, tgt in some]
    assert "TMXR_WARNING" not in log


def test_omegat_applies_foreign_units_with_tags_and_countries(memory, tmp_path, omegat):  # noqa: F811
    (tmp_path / "in.tmx").write_text(tmx("\n".join(KEPT)), encoding="utf-8")
    files.bring_in(memory, tmp_path / "in.tmx", DATE, {})
    files.export(memory, tmp_path / "out.tmx", OPTIONS)
    translated, _ = omegat(tmp_path / "out.tmx", ["colour", "Unknown."], src="EN-GB", tgt="RU")
    assert translated == ["цвет", "Unknown."]


@pytest.fixture
def omegat_project(tmp_path):
    """Has OmegaT translate a file of any format with the TMX beside it."""

    def translate(source, memory_file):
        project, config = tmp_path / "project", tmp_path / "config"
        for folder in ("source", "target", "omegat", "glossary", "dictionary", "tm/auto"):
            (project / folder).mkdir(parents=True)
        config.mkdir()
        (project / "omegat.project").write_text(PROJECT.format(src="EN", tgt="RU"), "utf-8")
        shutil.copy(source, project / "source")
        shutil.copy(memory_file, project / "tm" / "auto")
        command = [program("omegat"), str(project), "--mode=console-translate"]
        options = [f"--config-dir={config}"]
        subprocess.run([*command, *options], capture_output=True, check=True, timeout=180)
        return (project / "target" / source.name).read_text(encoding="utf-8")

    return translate


def test_omegat_opens_the_xliff_for_review_and_puts_the_reviewed_texts_in(
    memory, tmp_path, omegat_project
):
    """OmegaT 3.6, which Debian has, works on what stands in <target>."""
    texts = [("Press OK now.", "Нажмите ОК."), ("R&D <b> costs.", "Затраты на <b> ОКР.")]
    fill(memory, texts)
    files.export(memory, tmp_path / "review.xlf", OPTIONS)
    with Store.open(Path(":memory:")) as other:
        fill(other, [(tgt, f"Проверено {k}.") for k, (_, tgt) in enumerate(texts)])
        files.export(other, tmp_path / "checked.tmx", OPTIONS)
    translated = omegat_project(tmp_path / "review.xlf", tmp_path / "checked.tmx")
    (tmp_path / "done.xlf").write_text(translated, encoding="utf-8")
    back = [(e.pair.src, e.pair.tgt) for e in files.entries(tmp_path / "done.xlf", pytest.fail)]
    assert back == [(src, f"Проверено {k}.") for k, (src, _) in enumerate(texts)]


TOOLKIT = """
import sys
from translate.storage import factory
for unit in factory.getobject(sys.argv[1]).units:
    print(repr((unit.source or "", unit.target or "")))
"""


@pytest.mark.parametrize("suffix", [".tmx", ".xlf"])
def test_translate_toolkit_reads_every_unit(memory, tmp_path, suffix):
    pytest.importorskip("translate", reason="translate-toolkit is not installed")
    texts = [(src, tgt) for src, tgt in gold_texts("news", 300) if src and tgt]
    fill(memory, texts)
    path = tmp_path / f"out{suffix}"
    files.export(memory, path, OPTIONS)
    command = [sys.executable, "-c", TOOLKIT, str(path)]  # GPL: a program of its own
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    found = [eval(line) for line in done.stdout.strip().split("\n")]
    assert found == texts
