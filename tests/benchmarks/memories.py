"""Translation memories of many units: adding, exchange, cleaning, in units a second and bytes.

Run from the repository root, with ../shared beside it:

    python -m tests.benchmarks.memories [--units 1000000] [--only add …] [--folder DIR]

Units are pairs of the gold sets, FLORES and TICO-19 as they are or two short ones in a row, so
that they read like a memory: two hundred bytes of text each, 4 % of them duplicates.
Each measure is a process of its own, so that its peak memory is its own. They build on each
other's files in the folder: `add` comes first.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from aligner.memory.adding import add
from aligner.memory.store import Store
from aligner.memory.units import Entry, NewDocument
from aligner.records import Pair, Provenance, Span
from aligner.translation_memory import Memory
from models.training.parallel import flores_pairs
from tests.benchmarks.gold import EVAL, LONG, documents

UNITS = 1_000_000
DOCUMENT = 1_000  # units in one
SHORT = 70  # characters of a source that may be joined with another
DUPLICATES = 0.04
DATE = "20261124T000000Z"
BYTES = 1 if sys.platform == "darwin" else 1024  # in one of getrusage's ru_maxrss
MADE_BY = Provenance("page.en.md", "page.ru.md", "en", "ru", "use-multilingual-v3", "enc:bench")

Measured = tuple[str, Callable[[], object]]
"""What is done, and how."""


def pairs() -> list[tuple[str, str]]:
    """Human translations, a sentence or two each."""
    found = []
    for name in LONG:
        for document in documents(name):
            for src, tgt in document.links:
                texts = ([document.src[i] for i in src], [document.tgt[j] for j in tgt])
                if all(texts) and sum(map(len, texts[0])) < 400:
                    found.append((" ".join(texts[0]), " ".join(texts[1])))
    return found + flores_pairs(EVAL.parent / "parallel")


def entries(count: int) -> Iterator[Entry]:
    """The same units each time."""
    chance = random.Random(5)
    known = pairs()
    short = [pair for pair in known if len(pair[0]) <= SHORT]
    before = known[0]
    for at in range(count):
        place = at % DOCUMENT
        if chance.random() > DUPLICATES:
            one, two = chance.choice(short), chance.choice(short)
            before = (f"{one[0]} {two[0]}", f"{one[1]} {two[1]}")
            if chance.random() < len(known) / count:
                before = chance.choice(known)
        span, score = Span(place, place + 1), chance.uniform(0.5, 0.95)
        yield Entry(Pair(*before, span, span, score, chance.uniform(0.9, 1.0), MADE_BY))


def adding(folder: Path, count: int) -> Iterator[Measured]:
    """Documents of a thousand units each, each in a transaction; making them up is included."""
    units = entries(count)

    def work() -> None:
        with Store.open(folder / "work.tm") as store:
            for start in range(0, count, DOCUMENT):
                document = NewDocument(f"page{start}", str(start))
                add(store, document, islice(units, DOCUMENT), DATE)

    yield "add", work


def exporting(folder: Path, count: int) -> Iterator[Measured]:
    """All units to TMX, then to TSV."""
    with Memory.open(folder / "work.tm") as memory:
        yield "export .tmx", lambda: memory.export(folder / "work.tmx")
        yield "export .tsv", lambda: memory.export(folder / "work.tsv")


def importing(folder: Path, count: int) -> Iterator[Measured]:
    """The TMX into a new memory, one document and one transaction."""
    with Memory.open(folder / "imported.tm") as memory:
        yield "import .tmx", lambda: memory.import_file(folder / "work.tmx")


def adding_again(folder: Path, count: int) -> Iterator[Measured]:
    """A file of pairs, the same once more, then a version of it in which one unit in ten is new."""
    with open(folder / "work.tsv", encoding="utf-8") as old:
        lines = old.read().split("\n")
    lines[10::10] = [f"New: {line}" for line in lines[10::10]]
    (folder / "new.tsv").write_text("\n".join(lines), encoding="utf-8")
    with Memory.open(folder / "again.tm") as memory:
        yield "add .tsv", lambda: memory.add(folder / "work.tsv", name="work")
        yield "add again", lambda: memory.add(folder / "work.tsv", name="work")
        yield "new version", lambda: memory.add(folder / "new.tsv", name="work")


def looking(folder: Path, count: int) -> Iterator[Measured]:
    """Statistics, then what cleaning would take out, then cleaning."""
    with Memory.open(folder / "work.tm") as memory:
        yield "stats", memory.statistics
        yield "clean --dry-run", lambda: memory.clean(dry_run=True)
        yield "clean", memory.clean


MEASURES: dict[str, Callable[[Path, int], Iterator[Measured]]] = {
    "add": adding,
    "export": exporting,
    "import": importing,
    "again": adding_again,
    "clean": looking,
}


def report(name: str, folder: Path, count: int) -> None:
    """Measure in this process, which should have done nothing before."""
    for what, action in MEASURES[name](folder, count):
        wall, cpu = time.perf_counter(), time.process_time()
        action()
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        print(f"{what}: {count / wall:,.0f} units/s ({wall:.1f} s, of CPU {cpu:.1f} s)", flush=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * BYTES / 1e6
    print(f"{name}: peak memory {peak:,.0f} MB", flush=True)
    if name == "add":
        size = sum(path.stat().st_size for path in folder.glob("work.tm*"))
        text = sum(len((one.pair.src + one.pair.tgt).encode()) for one in entries(count))
        print(f"size: {size / count:,.0f} bytes a unit, {text / count:,.0f} of them its texts")


def main() -> None:
    """Print every measure."""
    parser = argparse.ArgumentParser(description="Translation memories of many units.")
    parser.add_argument("--units", type=int, default=UNITS)
    parser.add_argument("--only", choices=list(MEASURES), action="append", help="repeatable")
    parser.add_argument("--folder", type=Path, help="keep the files here")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    names = options.only or list(MEASURES)
    if options.here:
        report(names[0], options.folder, options.units)
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        print(f"{options.units:,} units", flush=True)
        for name in names:
            line = [sys.executable, "-m", "tests.benchmarks.memories", "--here", "--only", name]
            more = ["--units", str(options.units), "--folder", str(folder)]
            subprocess.run([*line, *more], check=True)


if __name__ == "__main__":
    main()
