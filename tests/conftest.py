"""What several test files share: encoders, the command line in a process of its own."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np
import pytest
from browsing import browser, opened, tab  # noqa: F401 (fixtures)
from hypothesis import settings

ROOT = Path(__file__).parents[1]
SHARED = ROOT / ".." / "shared"

sys.path.append(str(ROOT))  # for `tests` and `models`; `aligner` stays the installed one
settings.register_profile("aligner", deadline=None)  # a loaded machine is no failure
settings.load_profile("aligner")

MEANINGS = (  # a line is a meaning; every word of it has the same vector in both languages
    "hello hi привет здравствуйте",
    "night ночь ночи ночью",
    "train поезд поезда поездом",
    "house дом дома доме",
    "cat кот кошка кота",
    "river река реки реку",
    "snow снег снега снегом",
    "letter письмо письма письмом",
    "doctor доктор врач доктора",
    "book книга книги книгу",
    "money деньги денег деньгами",
    "war война войны войну",
    "peace мир мира миром",
    "bread хлеб хлеба хлебом",
    "garden сад сада саду",
    "sea море моря морем",
    "brother брат брата братом",
    "winter зима зимы зимой",
    "city город города городе",
    "song песня песни песню",
)
WORDS = {word: k for k, line in enumerate(MEANINGS) for word in line.split()}


@dataclass(frozen=True)
class ToyEncoder:
    """Adds up the meanings of the words it knows; a foreign encoder, without `pool`."""

    id: str = "toy"

    def encode(self, texts):
        vectors = np.full((len(texts), len(MEANINGS) + 1), 0.01, dtype=np.float32)
        for row, text in zip(vectors, texts, strict=True):
            for word in text.lower().replace("—", " ").split():
                row[WORDS.get(word.strip('.,!?«»"“”'), len(MEANINGS))] += 1
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def encode_runs(encoder, texts, longest, done=None):
    """Vectors of all runs of 1, 2, … `longest` neighbouring texts."""
    from aligner.embed.runs import pooled

    pool = pooled(encoder, texts, done)
    counts = (max(0, len(texts) - k + 1) for k in range(2, longest + 1))
    several = [pool.runs(k, np.arange(count)) for k, count in enumerate(counts, start=2)]
    return (pool.single, *several)


def made_up(texts, dim=8):
    """One text has one made-up vector wherever it stands, (texts, dim) of norm 1."""
    rows = [np.random.default_rng(crc32(text.encode())).normal(size=dim) for text in texts]
    vectors = np.array(rows, dtype=np.float32).reshape(len(rows), dim)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def clauses_of(texts, dim=8):
    """The clauses of some sentences, with made-up vectors."""
    from aligner.alignment.clauses import clauses, cut

    vectors = made_up([part for text in texts for part in cut(text)], dim)
    return clauses(texts, np.ones(len(texts), dtype=bool), vectors)


class Given:
    """Sentences whose vectors are given; a run is the sum of its sentences, a clause made up."""

    def __init__(self, vectors, texts=()):
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        self.single = (vectors / np.maximum(norms, 1e-9)).astype(np.float32)
        self._texts = texts

    def runs(self, k, firsts):
        sums = np.sum([self.single[firsts + i] for i in range(k)], axis=0)
        return (sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)).astype("f4")

    def parts(self, places):
        from aligner.alignment.clauses import cut

        found = [part for at in places for part in cut(self._texts[at])]
        return made_up(found, self.single.shape[1])


@pytest.fixture
def toy():
    return ToyEncoder()


@pytest.fixture(scope="session")
def use():
    """The built-in encoder, loaded once."""
    from aligner.embed.loading import load_encoder

    return load_encoder()


@pytest.fixture
def loaded(use, monkeypatch):
    """Whoever asks for the built-in encoder gets the one that is loaded already."""
    from aligner import pipeline
    from aligner.embed.loading import load_encoder

    monkeypatch.setattr(
        pipeline, "load_encoder", lambda name=None: use if name is None else load_encoder(name)
    )


@pytest.fixture
def environment():
    """The environment of a process that finds this package, installed or not."""
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONUTF8": "1"}


@pytest.fixture
def command(environment, tmp_path):
    """`aligner` in a process of its own, in an empty folder: arguments in, outcome out."""

    def run(*arguments, **options):
        options = {"capture_output": True, "cwd": tmp_path, "env": environment} | options
        line = [sys.executable, "-m", "aligner", *map(str, arguments)]
        return subprocess.run(line, check=False, timeout=120, **options)

    return run


@pytest.fixture
def shared():
    """A file beside the checkout, or a skip that says which is missing."""

    def find(name):
        path = SHARED / name
        if not path.exists():
            pytest.skip(f"needs {name} in a folder `shared` beside the checkout")
        return path

    return find


ENGLISH = "It was late. The train left at 8:47. Nobody came.\n\n“Where is my book?” asked Anna.\n"
RUSSIAN = "Было поздно. Поезд ушёл в 8:47. Никто не пришёл.\n\n— Где моя книга? — спросила Анна.\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The current folder, with a text and its translation, and nothing else."""
    (tmp_path / "night.en.txt").write_text(ENGLISH, encoding="utf-8")
    (tmp_path / "night.ru.txt").write_text(RUSSIAN, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def aligner(loaded, folder):
    """`aligner` in this process, in `folder`; exceptions that it lets through fail the test."""

    from typer.testing import CliRunner

    from aligner.cli import app

    def run(*arguments, **options):
        arguments = [str(argument) for argument in arguments]
        return CliRunner().invoke(app, arguments, catch_exceptions=False, **options)

    return run
