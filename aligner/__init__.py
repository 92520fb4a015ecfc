"""Align English and Russian texts sentence by sentence, offline.

    import aligner

    alignment = aligner.align_files("article.en.md", "article.ru.md")
    for pair in alignment.pairs():
        print(pair.kind, pair.src, pair.tgt, sep="\\t")
    aligner.write(alignment, "article.tmx")

Importing this package loads nothing heavy; numpy and the encoder come with the first
call that needs them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from os import PathLike
from typing import TYPE_CHECKING

from aligner.errors import AlignerError, InputError, MemoryStoreError, ModelError, OutputError
from aligner.settings import DEFAULT_SIZE, AlignSettings
from aligner.settings import VERSION as __version__

if TYPE_CHECKING:
    import pathlib
    from collections.abc import Iterable

    from aligner.embed.protocol import Encoder
    from aligner.issues import Checked
    from aligner.linkfiles import IndexLink
    from aligner.pipeline import Options
    from aligner.records import Alignment, Lang
    from aligner.translation_memory import Memory

__all__ = [
    "AlignSettings",
    "AlignerError",
    "InputError",
    "Memory",
    "MemoryStoreError",
    "ModelError",
    "OutputError",
    "__version__",
    "align",
    "align_files",
    "align_sentences",
    "check",
    "load_encoder",
    "write",
]

Path = str | PathLike[str]

Lock = Path | Sequence[tuple[Sequence[int], Sequence[int]]]
"""A file of link lines, or source and target sentence indices of each link."""


def align(
    en_text: str,
    ru_text: str | None = None,
    *,
    source: Lang | None = None,
    model: Encoder | str | None = None,
    max_size: int = DEFAULT_SIZE,
) -> Alignment:
    """Align two texts, in either order, or one text in which both languages stand.

    `source` is the source language, English unless given. `model` is an encoder, or the
    name or folder of a sentence-transformers model. `max_size` is the number of
    sentences that a link may have on both sides together.

    InputError, in one line that says what to do, where the texts cannot be aligned.
    """
    from aligner import pipeline

    return pipeline.align(en_text, ru_text, _options(source, model, max_size))


def align_files(
    en: Path,
    ru: Path | None = None,
    *,
    source: Lang | None = None,
    model: Encoder | str | None = None,
    max_size: int = DEFAULT_SIZE,
    lock: Lock = (),
) -> Alignment:
    """Align two files, in either order, or one file in which both languages stand; see `align`.

    The links of `lock` are kept as they are and the rest is aligned around them.
    """
    import pathlib

    from aligner import pipeline

    second = None if ru is None else pathlib.Path(ru)
    options = replace(_options(source, model, max_size), lock=_lock(lock))
    return pipeline.align_files(pathlib.Path(en), second, options)


def align_sentences(
    src_list: Sequence[str],
    tgt_list: Sequence[str],
    any_language: bool = False,
    *,
    model: Encoder | str | None = None,
    max_size: int = DEFAULT_SIZE,
    lock: Lock = (),
) -> Alignment:
    """Align two lists of sentences as they are, the first being the source.

    The links of `lock` are kept as they are and the rest is aligned around them. With
    `any_language` the languages are not checked: the built-in encoder knows 16, and the
    weights were learned on English and Russian only.
    """
    from aligner import pipeline

    options = _options(None, model, max_size)
    options = replace(options, any_language=any_language, lock=_lock(lock))
    return pipeline.align_sentences(src_list, tgt_list, options)


def check(
    first: Path | Alignment | Sequence[tuple[str, str]],
    second: Path | None = None,
    *,
    only: Iterable[str] = (),
    skip: Iterable[str] = (),
    glossary: Path | None = None,
    ignore: Path | None = None,
) -> Checked:
    """What is wrong in a translation, most serious first: `.issues`, `.pairs`, `.estimates`.

    Checks two files, a file of pairs (.tsv, .csv, .tmx, .jsonl), an alignment, or a list of
    (source, target). `only` and `skip` name checks or families, `glossary` is a file of
    terms, `ignore` a file of marks. `.estimates` are of each pair's quality, 0 to 1.
    """
    import pathlib

    from aligner import checking
    from aligner.checks.settings import settings_of

    options = checking.CheckOptions(
        settings_of(only, skip),
        None if glossary is None else pathlib.Path(glossary),
        None if ignore is None else pathlib.Path(ignore),
    )
    if isinstance(first, str | PathLike):
        other = None if second is None else pathlib.Path(second)
        return checking.check_files(pathlib.Path(first), other, options)
    return checking.check_pairs(checking.pairs_of(first), options)


def load_encoder(name: str | None = None) -> Encoder:
    """An encoder with `.encode(list[str]) -> (n, dim) float32`; the built-in one without a name."""
    from aligner.embed.loading import load_encoder as load

    return load(name)


def write(
    alignment: Alignment, path: Path, *, date: str | None = None, min_probability: float = 0.0
) -> None:
    """Write the pairs to a file; its name says the format.

    .tsv, .tmx, .jsonl, .txt (links), .html (a review page).

    `date` ("2026-11-24") goes into a TMX; without it, and without SOURCE_DATE_EPOCH in
    the environment, the file has no date, and the same pairs make the same bytes. Pairs
    below `min_probability` are left out, but for link lines, which have every sentence.
    """
    import os
    import pathlib

    from aligner.outputs import write as write_file
    from aligner.writers.dates import creation_date
    from aligner.writers.files import WriteOptions

    options = WriteOptions(__version__, creation_date(date, os.environ), min_probability)
    write_file(alignment, pathlib.Path(path), options)


def _options(source: Lang | None, model: Encoder | str | None, max_size: int) -> Options:
    from aligner.pipeline import Options

    return Options(AlignSettings(max_size), source, model)


def _lock(lock: Lock) -> pathlib.Path | Sequence[IndexLink]:
    import pathlib

    if isinstance(lock, str | PathLike):
        return pathlib.Path(lock)
    try:
        return [(tuple(map(int, src)), tuple(map(int, tgt))) for src, tgt in lock]
    except (TypeError, ValueError):
        raise InputError(
            "lock: not a list of links; a link is ([0], [0, 1]), source sentences first"
        ) from None


def __getattr__(name: str) -> object:
    """`aligner.Memory`, which brings numpy with it: loaded when someone asks for it."""
    if name == "Memory":
        from aligner.translation_memory import Memory

        return Memory
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
