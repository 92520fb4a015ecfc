"""Which files are translations of each other, by their names; what has no partner is listed.

A mark of the language stands in the name of the file (`x.en.md`, `x_RU.docx`, `en-x.txt`) or
is the name of a folder (`en/x.md`). Two files whose paths are the same but for the mark are a
pair; their suffixes may differ if there is only one of each language. A file without a mark is
the other half of one with (`README.md`, `README.ru.md`). Or a manifest says it all. Nothing is
opened here but the manifest and, to see whether it holds pairs, a table.
"""

from __future__ import annotations

import csv
import json
import os
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from aligner.errors import InputError
from aligner.linkfiles import read_lines
from aligner.readers.csv_rows import has_pairs
from aligner.records import Lang

PAIR_SUFFIXES = (".tmx", ".jsonl")
"""Files that hold pairs already and need no partner; so do .tsv files with a header for them."""

_NO_TEXT = frozenset(
    ".png .jpg .jpeg .gif .webp .svg .ico .bmp .tif .tiff .mp3 .wav .ogg .mp4 .webm .mov .avi .mkv "
    ".css .js .json .map .woff .woff2 .ttf .otf .tm .db .sqlite .lock .log .ini .bak .tmp".split()
)
"""What lies about in a folder of texts: neither paired nor listed."""

_LANGS: dict[str, Lang] = {
    **dict.fromkeys(("en", "eng", "english", "en-us", "en-gb", "en_us", "en_gb"), "en"),
    **dict.fromkeys(("ru", "rus", "russian", "ru-ru", "ru_ru"), "ru"),
}
_LETTER = r"[^\W\d_]"
_MARK = re.compile(
    rf"(?<!{_LETTER})(?:{'|'.join(sorted(_LANGS, key=len, reverse=True))})(?!{_LETTER})",
    re.IGNORECASE,
)
_HOLE = "\0"  # stands where the mark was; no path has it


@dataclass(frozen=True, slots=True)
class Delivery:
    """The files that one document of a memory is made from: two texts, or one file of both."""

    paths: tuple[Path, ...]
    name: str = ""  # of the document; "": from its paths
    metadata: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Deliveries:
    """What was found, and the files that have no partner."""

    found: tuple[Delivery, ...]
    alone: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class _Marked:
    """A path taken apart: en/x.md is "\\0/x" in English, with the suffix .md."""

    path: Path
    key: str
    lang: Lang | None
    suffix: str


def deliveries(
    files: Sequence[Path],
    folder: Path | None,
    manifest: Path | None,
    name: str = "",
    apart_from: Path | None = None,
) -> Deliveries:
    """What a user means: files by themselves, all pairs of a folder, or those of a manifest.

    `apart_from` is a memory, which may lie in the folder and is none of its texts.
    """
    if (bool(files), folder is not None, manifest is not None).count(True) != 1:
        raise InputError("give two files, or --pairs FOLDER, or --manifest CSV, and one of these")
    if name and not files:
        raise InputError("--name is for one document; a manifest names many in its column `name`")
    if folder is not None:
        return in_folder(folder, apart_from)
    if manifest is not None:
        return in_manifest(manifest)
    if all(holds_pairs(path) for path in files):
        if name and len(files) > 1:
            raise InputError(f"--name is for one document, and these are {len(files)}")
        return Deliveries(tuple(Delivery((path,), name) for path in files))
    if len(files) > 2:
        raise InputError(
            f"{len(files)} files: a document is a text and its translation; "
            "give more of them with --pairs FOLDER or --manifest CSV"
        )
    return Deliveries((Delivery(tuple(files), name),))


def in_folder(folder: Path, apart_from: Path | None = None) -> Deliveries:
    """All pairs in a folder and those below it, in the order of their names.

    Hidden files are passed over, and pictures, style sheets and the like.
    """
    if not folder.is_dir():
        raise InputError(f"{folder}: no such folder; check the name")
    files = sorted(_files(folder), key=lambda path: path.relative_to(folder).as_posix())
    files = [path for path in files if not _is_same(path, apart_from)]
    ready = {path for path in files if holds_pairs(path)}
    pairs, alone = _paired([_marked(path, folder) for path in files if path not in ready])
    found = [Delivery((path,)) for path in ready] + [Delivery(pair) for pair in pairs]
    if not found:
        raise InputError(
            f"{folder}: no pairs in it; name files like x.en.md and x.ru.md, or put them into "
            "folders en and ru, or list them in a CSV and give that with --manifest"
        )
    found.sort(key=lambda delivery: delivery.paths[0].relative_to(folder).as_posix())
    return Deliveries(tuple(found), tuple(alone))


def in_manifest(manifest: Path) -> Deliveries:
    """The pairs that a CSV lists, with columns `en` and `ru`, or `source` and `target`.

    A `name` column names the documents; every other column is metadata. Paths are relative to
    the manifest; where the second one is empty the first file holds both languages. The
    columns are separated by commas, semicolons or tabs.
    """
    lines = list(read_lines(manifest))
    header = lines[0] if lines else ""
    delimiter = max(",;\t", key=header.count)
    rows = csv.DictReader(lines, delimiter=delimiter)
    names = [name.strip().lower() for name in rows.fieldnames or []]
    rows.fieldnames = names
    sides = ("en", "ru") if {"en", "ru"} <= set(names) else ("source", "target")
    if not set(sides) <= set(names):
        raise InputError(
            f"{manifest}, line 1: no columns en and ru in the header; "
            "the first line names the columns: en,ru and perhaps name, client, domain"
        )
    found = [_listed(row, sides, f"{manifest}, line {rows.line_num}", manifest) for row in rows]
    if not found:
        raise InputError(f"{manifest}: lists no files; write a line for each pair below the header")
    return Deliveries(tuple(found))


def document_name(paths: Sequence[Path], base: Path) -> str:
    """What a memory calls a document: its paths from the folder of the memory, as short as can be.

    Example: texts/x.en.md and texts/x.ru.md -> "texts/x.{en,ru}.md"
    """
    marked = [_marked(Path(os.path.relpath(path, base)), Path()) for path in paths]
    if len(marked) == 1:
        return marked[0].path.as_posix()
    one, two = sorted(marked, key=lambda m: (m.lang or "", m.path.as_posix()))
    same = one.key == two.key and one.suffix == two.suffix
    if not same or _HOLE not in one.key or one.lang == two.lang:
        return f"{one.path.as_posix()} + {two.path.as_posix()}"
    before, _, after = one.key.partition(_HOLE)
    marks = [
        m.path.as_posix()[len(before) : len(m.path.as_posix()) - len(after) - len(m.suffix)]
        for m in (one, two)
    ]
    return f"{before}{{{','.join(marks)}}}{after}{one.suffix}"


def _files(folder: Path) -> Iterator[Path]:
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in names:
            if not name.startswith((".", "~$")) and Path(name).suffix.lower() not in _NO_TEXT:
                yield Path(here, name)


def _is_same(path: Path, memory: Path | None) -> bool:
    """Whether it is the memory or one of the files that SQLite keeps beside it."""
    if memory is None or not path.name.startswith(memory.name):
        return False
    beside = path.name.removeprefix(memory.name) in ("", "-wal", "-shm", "-journal")
    return beside and path.parent.resolve() == memory.parent.resolve()


def holds_pairs(path: Path) -> bool:
    """Whether a file needs no partner: TMX, CSV of texts, or fields `source` and `target`."""
    suffix = path.suffix.lower()
    if suffix == ".csv":
        return has_pairs(path)
    if suffix not in (".tsv", ".tab", ".jsonl"):
        return suffix in PAIR_SUFFIXES
    try:
        with open(path, "rb") as stream:
            line = stream.readline(1_000_000).decode("utf-8-sig", errors="replace")
    except OSError:
        return suffix == ".jsonl"  # whoever reads it will say so
    if suffix == ".jsonl":
        return not _is_other_object(line)
    names = [name.strip().strip('"') for name in line.split("\t")]
    return "source" in names and "target" in names


def _is_other_object(line: str) -> bool:
    """Whether a line is an object that is no pair: JSON of other kinds ends in .jsonl as well."""
    try:
        found = json.loads(line)
    except ValueError:
        return False  # whoever reads it will say so
    return isinstance(found, dict) and not {"source", "target"} <= found.keys()


def _marked(path: Path, folder: Path) -> _Marked:
    """The last mark in the file's name counts, else the last folder that is one."""
    relative = PurePosixPath(path.relative_to(folder).as_posix())
    suffix = relative.suffix if _MARK.fullmatch(relative.suffix[1:]) is None else ""
    stem = relative.name.removesuffix(suffix)
    marks = list(_MARK.finditer(stem))
    if marks:
        start, stop = marks[-1].span()
        key = relative.with_name(stem[:start] + _HOLE + stem[stop:] or _HOLE).as_posix()
        return _Marked(path, key, _LANGS[marks[-1][0].lower()], suffix)
    parts = [*relative.parts[:-1], stem]
    for at in range(len(parts) - 2, -1, -1):
        lang = _LANGS.get(parts[at].lower())
        if lang:
            return _Marked(path, "/".join([*parts[:at], _HOLE, *parts[at + 1 :]]), lang, suffix)
    return _Marked(path, "/".join(parts), None, suffix)


def _paired(files: Sequence[_Marked]) -> tuple[list[tuple[Path, ...]], list[Path]]:
    """Pairs of the same key: first those of one suffix, then what is left over alone."""
    pairs: list[tuple[Path, ...]] = []
    left = list(files)
    for key_of in (_key_and_suffix, _key, _key_without_mark):
        groups: dict[str, list[_Marked]] = defaultdict(list)
        for file in left:
            groups[key_of(file)].append(file)
        together = [pair for group in groups.values() if (pair := _pair(group))]
        pairs += [(src.path, tgt.path) for src, tgt in together]
        gone = {file.path for pair in together for file in pair}
        left = [file for file in left if file.path not in gone]
    return pairs, [file.path for file in left]


def _key_and_suffix(file: _Marked) -> str:
    return f"{file.key} {file.suffix.lower()}"


def _key(file: _Marked) -> str:
    return file.key


def _key_without_mark(file: _Marked) -> str:
    """README.\\0 and README are the same: the mark goes with the separator before it."""
    return re.sub(rf"[-._ ]?{_HOLE}", "", file.key) + file.suffix.lower()


def _pair(group: Sequence[_Marked]) -> tuple[_Marked, _Marked] | None:
    """The English and the Russian one, or one with a mark and one without; else no pair."""
    if len(group) != 2:
        return None
    one, two = sorted(group, key=lambda file: (file.lang or "en", file.lang is None))
    langs = {one.lang, two.lang}
    return (one, two) if langs in ({"en", "ru"}, {None, "en"}, {None, "ru"}) else None


def _listed(
    row: dict[str, str | None], sides: tuple[str, str], where: str, manifest: Path
) -> Delivery:
    values = {key: (value or "").strip() for key, value in row.items() if key}
    first, second = (values.pop(side, "") for side in sides)
    if not first:
        raise InputError(f"{where}: no file in the column {sides[0]!r}; give its path")
    paths = tuple(manifest.parent / name for name in (first, second) if name)
    name = values.pop("name", "")
    return Delivery(paths, name, {key: value for key, value in values.items() if value})
