"""A result into a file, in the format that the file's name asks for.

Pairs that are not probable enough can be left out. Link lines always have them all:
every sentence's number stands in them exactly once.

`check_target` finds out before the long work what `write` would find out after it.
Whether the writing itself goes well (a full disk) only `write` can say; it leaves
the whole new file or what was there before, see `atomic`.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TextIO

from aligner.errors import InputError, unknown_format
from aligner.records import Alignment, Link, Pair
from aligner.writers.atomic import check_writable, output_errors, replacing, written_straight
from aligner.writers.fields import DIGITS
from aligner.writers.jsonl import write_jsonl
from aligner.writers.links import write_links
from aligner.writers.tsv import write_tsv

STDOUT = Path("-")


@dataclass(frozen=True, slots=True)
class WriteOptions:
    """What a file says about its making besides its pairs."""

    version: str  # the aligner's
    created: str | None = None  # as dates.creation_date gives it; None: no date in the file
    min_probability: float = 0.0  # pairs below are left out, but for link lines

    def __post_init__(self) -> None:
        if not 0 <= self.min_probability <= 1:
            raise InputError(
                f"a least probability of {self.min_probability:g} is not possible: "
                "give a number from 0 (all pairs) to 1"
            )

    def keeps(self, pair: Pair) -> bool:
        """Whether the pair is probable enough, by its probability as it is written."""
        return round(pair.probability, DIGITS) >= self.min_probability


def write(result: Alignment | Iterable[Pair], path: Path, options: WriteOptions) -> int:
    """Write all pairs to `path`, "-" for standard output (TSV).

    Returns how many characters were left out because the format cannot carry them.
    """
    writer = _writer(path)
    pairs = result.pairs() if isinstance(result, Alignment) else result
    if writer is not _links:
        pairs = (pair for pair in pairs if options.keeps(pair))
    if path == STDOUT:
        with output_errors(Path("standard output")):
            _write_stdout(pairs)
        return 0
    with replacing(path) as stream:
        return writer(pairs, stream, options)


def check_target(path: Path, others: Sequence[str] = ()) -> None:
    """OutputError for a place that cannot be written, InputError for a name without a format.

    `others` are endings that the caller writes itself, to be named with ours.
    """
    if path != STDOUT:
        check_writable(path)
    _writer(path, others)


def check_filtered(paths: Iterable[Path], options: WriteOptions) -> None:
    """InputError where pairs are to be left out, but every file has link lines."""
    if options.min_probability and all(_writer(path) is _links for path in paths):
        raise InputError(
            "--min-probability leaves no pair out of link lines, which have every sentence; "
            "add an output in another format, or leave the option out"
        )


def check_not_read(path: Path, sources: Iterable[Path | None]) -> None:
    """InputError where the output would take the place of a text that is read."""
    for source in sources:
        if source is not None and source.is_file() and path.exists() and path.samefile(source):
            raise InputError(f"{path}: is the text itself; give the output another name")


def _writer(path: Path, others: Sequence[str] = ()) -> Writer:
    suffix = path.suffix.lower()
    if path == STDOUT or (not suffix and written_straight(path)):  # /dev/stdout, /dev/null, a FIFO
        return _tsv
    if suffix not in WRITERS:
        raise unknown_format(path, (*WRITERS, *others))
    return WRITERS[suffix]


def _write_stdout(pairs: Iterable[Pair]) -> None:
    binary = getattr(sys.stdout, "buffer", None)
    if binary is None:  # a caller has put a StringIO there
        write_tsv(pairs, sys.stdout)
        return
    sys.stdout.flush()
    with _as_text(binary) as stream:
        write_tsv(pairs, stream)
    binary.flush()


def _tsv(pairs: Iterable[Pair], stream: BinaryIO, options: WriteOptions) -> int:
    with _as_text(stream) as text:
        write_tsv(pairs, text)
    return 0


def _jsonl(pairs: Iterable[Pair], stream: BinaryIO, options: WriteOptions) -> int:
    with _as_text(stream) as text:
        write_jsonl(pairs, text)
    return 0


def _links(pairs: Iterable[Pair], stream: BinaryIO, options: WriteOptions) -> int:
    with _as_text(stream) as text:
        write_links((Link(pair.src_span, pair.tgt_span) for pair in pairs), text)
    return 0


def _tmx(pairs: Iterable[Pair], stream: BinaryIO, options: WriteOptions) -> int:
    from aligner.writers.tmx import write_tmx  # lxml: only for those who ask for TMX

    return write_tmx(pairs, stream, options.version, options.created)


@contextmanager
def _as_text(binary: BinaryIO) -> Iterator[TextIO]:
    # A file name may hold bytes that are no UTF-8, as lone surrogates: they are written as \udcff.
    text = io.TextIOWrapper(binary, "utf-8", errors="backslashreplace", newline="")
    try:
        yield text
    finally:
        text.detach()  # flushes, and leaves the stream to its owner


Writer = Callable[[Iterable[Pair], BinaryIO, WriteOptions], int]

WRITERS: dict[str, Writer] = {
    ".tsv": _tsv,
    ".tmx": _tmx,
    ".jsonl": _jsonl,
    ".txt": _links,
    ".links": _links,
}
