"""Pairs out of a .csv file; none are written: a comma is in every second text, a tab in none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from aligner.readers.csv_rows import read_rows
from aligner.records import Pair
from aligner.writers.fields import pair_of


def read_csv(path: Path) -> Iterator[Pair]:
    """The pairs of a CSV file; `readers.csv_rows` finds its columns."""
    previous = None
    for row in read_rows(path):
        previous = pair_of(row.fields, row.where, previous)
        yield previous
