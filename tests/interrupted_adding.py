"""Adds to a memory in processes of its own that are killed at random moments, again and again.

    python -m tests.interrupted_adding FOLDER MEMORY KILLS SEED

FOLDER has documents that are pairs already. After each kill the memory must open, be sound
in SQLite's eyes, hold only whole documents, and take the same command again. A child is a
fork of this process, so that a kill costs milliseconds, not the start of a Python.
"""

import os
import random
import signal
import sqlite3
import sys
import time
from pathlib import Path

import aligner.memory_report  # the command's own imports, once for all children
import aligner.translation_memory  # noqa: F401
from aligner.cli import app
from aligner.memory.store import Store

DATES = {"created", "changed", "date"}


def content(memory: Path) -> list[tuple[str, list[tuple[object, ...]]]]:
    """All that a memory holds, table by table, apart from dates."""
    with Store.open(memory, create=False) as store:
        found = []
        for table in ("documents", "versions", "metadata", "origins", "units", "history"):
            names = [
                row["name"]
                for row in store.connection.execute(f"PRAGMA table_info({table})")
                if row["name"] not in DATES
            ]
            query = f"SELECT {', '.join(names)} FROM {table} ORDER BY {', '.join(names)}"
            found.append((table, [tuple(row) for row in store.connection.execute(query)]))
        return found


def faults(memory: Path, size: int) -> list[str]:
    """What is wrong with a memory whose documents have `size` units each; nothing if sound."""
    found = []
    with Store.open(memory) as store:
        [(integrity,)] = store.connection.execute("PRAGMA integrity_check").fetchall()
        if integrity != "ok":
            found.append(integrity)
        found += [str(tuple(row)) for row in store.connection.execute("PRAGMA foreign_key_check")]
        try:
            store.connection.execute(
                "INSERT INTO units_text (units_text, rank) VALUES ('integrity-check', 1)"
            )
        except sqlite3.DatabaseError as error:
            found.append(f"the index of words is not that of the units: {error}")
        found += [f"{one.name}: {one.units}" for one in store.documents() if one.units != size]
    return found


def adding(folder: Path, memory: Path) -> int:
    """Starts adding in a process of its own; its number."""
    child = os.fork()
    if child:
        return child
    try:
        app(["tm", "add", str(memory), "--pairs", str(folder), "--quiet"], standalone_mode=False)
        os._exit(0)
    except BaseException as error:
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        os._exit(1)


def ended(child: int) -> int:
    """The exit code of a child that has ended; below 0 the signal that ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def main() -> None:
    """Kill as often as wanted; a line on each memory that came to its end, then a summary."""
    folder, memory, kills, seed = Path(sys.argv[1]), Path(sys.argv[2]), *map(int, sys.argv[3:5])
    size = sum(1 for _ in open(next(iter(folder.iterdir())), encoding="utf-8")) - 1
    chance = random.Random(seed)
    reference = memory.with_suffix(".whole")
    started = time.monotonic()
    if ended(adding(folder, reference)):
        raise SystemExit("adding fails by itself")
    whole, takes = content(reference), time.monotonic() - started
    done = finished = partly = 0
    while done < kills:
        child = adding(folder, memory)
        time.sleep(chance.uniform(0, takes))
        os.kill(child, signal.SIGKILL)
        killed = ended(child) == -signal.SIGKILL
        done += killed
        if bad := faults(memory, size):
            raise SystemExit(f"after kill {done}: {bad}")
        with Store.open(memory) as store:
            there = len(store.documents())
        partly += 0 < there < len(whole[0][1])
        if not killed or there == len(whole[0][1]):
            if ended(adding(folder, memory)) or content(memory) != whole:
                raise SystemExit(f"after kill {done}: another content than without kills")
            finished += 1
            for path in memory.parent.glob(memory.name + "*"):
                path.unlink()
    if ended(adding(folder, memory)) or content(memory) != whole:
        raise SystemExit("the last one: another content than without kills")
    sys.stdout.write(f"{done} kills, {partly} with a part added, {finished + 1} memories whole\n")


if __name__ == "__main__":
    main()
