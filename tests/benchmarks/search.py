"""Search in a memory of many units: half of all queries and 99 in 100 are answered within.

Run from the repository root, with ../shared beside it:

    python -m tests.benchmarks.search [--units 1000000] [--memory FILE] [--only fuzzy …]

The memory is made first unless the file has one; it is kept there. Queries are texts of the
memory in both languages with up to a sixth of their words changed, left out or put in, and
sentences of other corpora that have no match. Beside the wall clock stands CPU time, which other
work on the machine does not change. For `semantic` the vectors are random: making real ones takes
an encoder some 20 minutes for a million units, and how long a search takes does not depend on them.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from zlib import crc32

import numpy as np

from aligner.memory import indexing, semantic
from aligner.memory.adding import add
from aligner.memory.store import Store
from aligner.memory.units import NewDocument
from aligner.translation_memory import Memory
from tests.benchmarks.gold import EVAL
from tests.benchmarks.memories import DATE, DOCUMENT, UNITS, entries

QUERIES = 200
DIMENSIONS = 512  # as the built-in encoder has


class RandomVectors:
    """An encoder whose vectors mean nothing, at once."""

    id = "random"

    def encode(self, texts: list[str]) -> semantic.Floats:
        rng = np.random.default_rng(crc32(texts[0].encode()))
        vectors = rng.standard_normal((len(texts), DIMENSIONS), dtype=np.float32)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def filled(path: Path, count: int) -> None:
    """A memory of so many units, its index level with them."""
    units = iter(entries(count))
    with Store.open(path) as store:
        for start in range(store.count(), count, DOCUMENT):
            document = NewDocument(f"page{start}", str(start))
            add(store, document, islice(units, DOCUMENT), DATE)
        before = path.stat().st_size
        wall, cpu = time.perf_counter(), time.process_time()
        number = indexing.update(store)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        if number:
            size = (path.stat().st_size - before) / number
            print(f"index: {number / cpu:,.0f} units a second of CPU ({wall:.0f} s), ", end="")
            print(f"{size:,.0f} bytes a unit")


def queries(store: Store) -> list[str]:
    """Texts of the memory with edits, and such as it has nothing like."""
    chance = random.Random(11)
    (last,) = store.connection.execute("SELECT max(id) FROM units").fetchone()
    ids = [chance.randint(1, last) for _ in range(QUERIES)]
    units = store.units_by_id(ids)
    texts = [unit.src if at % 2 else unit.tgt for at, unit in enumerate(units)]
    edited = [_edited(text, chance.choice(texts).split(), chance) for text in texts]
    return [*edited[: QUERIES * 4 // 5], *chance.sample(_foreign(), QUERIES // 5)]


def _edited(text: str, others: Sequence[str], chance: random.Random) -> str:
    words = text.split()
    for _ in range(chance.randint(0, 1 + len(words) // 6)):
        at = chance.randrange(len(words))
        kind = chance.randrange(3)
        words[at : at + (kind != 2)] = (
            [] if kind == 0 and len(words) > 1 else [chance.choice(others)]
        )
    return " ".join(words)


def _foreign() -> list[str]:
    """Sentences of other corpora."""
    found = []
    for name in ("en_gum", "ru_gsd"):
        with open(EVAL.parent / "segmentation" / f"{name}.jsonl", encoding="utf-8") as stream:
            found += [text for line in stream for text in json.loads(line)["sentences"]]
    return found


def words_of(texts: Sequence[str]) -> list[str]:
    """Queries for a concordance: a word, two words, or two words together."""
    chance = random.Random(7)
    found = []
    for at, text in enumerate(texts):
        words = [word.strip('.,!?«»"()') for word in text.split()]
        words = [word for word in words if word.isalpha()] or ["the"]
        first = chance.randrange(len(words))
        two = words[first : first + 2]
        found.append([words[first], " ".join(two), f'"{" ".join(two)}"'][at % 3])
    return found


def measured(name: str, asked: Sequence[str], answer: Callable[[str], Sequence[object]]) -> str:
    """Half and 99 in 100 of the queries take no longer, and how many found something."""
    walls, cpus, found = [], [], 0
    for text in asked:
        wall, cpu = time.perf_counter(), time.process_time()
        found += bool(answer(text))
        walls.append(1000 * (time.perf_counter() - wall))
        cpus.append(1000 * (time.process_time() - cpu))
    (p50, p99), (cpu50, cpu99) = (np.percentile(times, (50, 99)) for times in (walls, cpus))
    return (
        f"{name}: p50 {p50:.1f} ms, p99 {p99:.1f} ms (of CPU {cpu50:.1f} and {cpu99:.1f}); "
        f"{found} of {len(asked)} queries found something"
    )


def fuzzy(memory: Memory) -> Iterator[str]:
    """The same text only, then similar ones at the default and at a low threshold."""
    asked = queries(memory.store)
    for name, threshold in (("exact", 100), ("fuzzy, 70 %", 70), ("fuzzy, 50 %", 50)):
        yield measured(name, asked, lambda text, at=threshold: memory.matches(text, threshold=at))


def concordance(memory: Memory) -> Iterator[str]:
    """Words in all their forms."""
    asked = words_of(queries(memory.store))
    memory.concordance("слово")  # the dictionary is loaded once
    yield measured("concordance", asked, lambda text: memory.concordance(text).hits)


def meaning(memory: Memory) -> Iterator[str]:
    """By vectors, without the encoder's own time for the query."""
    encoder = RandomVectors()
    start = time.process_time()
    number = semantic.update(memory.store, encoder)
    yield f"vectors: {number:,} made anew ({time.process_time() - start:.0f} s of CPU)"
    asked = queries(memory.store)
    yield measured("semantic", asked, lambda text: semantic.nearest(memory.store, encoder, text))


def cold(memory: Memory) -> Iterator[str]:
    """A process of its own for each query, Python and all imports in it."""
    for options in ([], ["--concordance"]):
        walls, cpus = [], []
        for text in queries(memory.store)[:10]:
            text = " ".join(text.split()[:2]) if options else text
            before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
            command = [sys.executable, "-m", "aligner", "tm", "search", str(memory.store.path)]
            subprocess.run([*command, *options, "--", text], check=True, capture_output=True)
            walls.append(time.perf_counter() - start)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            cpus.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        name = " ".join(["aligner tm search", *options])
        yield f"{name}: {np.median(walls):.2f} s, {np.median(cpus):.2f} s of CPU"


MEASURES = {measure.__name__: measure for measure in (fuzzy, concordance, cold, meaning)}


def main() -> None:
    """Print every measure."""
    parser = argparse.ArgumentParser(description="Search in a memory of many units.")
    parser.add_argument("--units", type=int, default=UNITS)
    parser.add_argument("--memory", type=Path, help="a memory that is there, or to be made there")
    parser.add_argument("--only", choices=list(MEASURES), action="append", help="repeatable")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.memory or Path(folder) / "bench.tm"
        filled(path, options.units)
        with Memory.open(path) as memory:
            print(f"{len(memory):,} units, {path.stat().st_size / len(memory):,.0f} bytes each")
            for name in options.only or MEASURES:
                for line in MEASURES[name](memory):
                    print(line, flush=True)


if __name__ == "__main__":
    main()
