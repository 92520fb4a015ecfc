"""Peak memory of aligning long texts, embedding included, each in a process of its own.

Run from the repository root, with ../shared beside it:

    python -m tests.benchmarks.memory [--sentences 10000 --sentences 100000]
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys

import aligner
from aligner.settings import AlignSettings
from tests.benchmarks.gold import default_encoder, long_texts

SIZES = (10_000, 100_000)
GOAL = 2.0  # GB at 100,000 sentences a side
UNIT = 1 if sys.platform == "darwin" else 1024  # bytes in one of getrusage's ru_maxrss


def peak(size: int) -> float:
    """Gigabytes that a process needs which aligns `size` sentences a side."""
    command = [sys.executable, "-m", "tests.benchmarks.memory", "--here", str(size)]
    run = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    return float(run.stdout)


def peak_here(size: int) -> float:
    """The same of this process, which should have done nothing before."""
    src, tgt = long_texts(size)
    aligner.align_sentences(src, tgt, model=default_encoder())
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * UNIT / 1e9


def main() -> None:
    """Print the peaks."""
    parser = argparse.ArgumentParser(description="Peak memory of aligning long texts.")
    parser.add_argument("--sentences", type=int, action="append", help="a side; repeatable")
    parser.add_argument("--here", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.here:
        print(peak_here(options.here))
        return
    print(AlignSettings().signature(default_encoder().id, aligner.__version__))
    for size in options.sentences or SIZES:
        goal = f" (goal {GOAL})" if size == max(SIZES) else ""
        print(f"{size:,} sentences a side: peak {peak(size):.2f} GB{goal}", flush=True)


if __name__ == "__main__":
    main()
