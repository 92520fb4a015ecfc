"""Glossaries: TSV and TBX files of terms, to check translations against.

TSV: a header with `en` and `ru`, and if wanted `status`; several translations stand in one
cell with "|" between. Without a header, two columns, told apart by their letters. A row whose
status is "forbidden" says what must not stand in a text: alone, anywhere; beside a term
in the other column, where that term is. TBX (ISO 30042, 2008 and 2019): terms that are marked
as deprecated, superseded or forbidden likewise. Entities are not resolved, nothing is
loaded from elsewhere.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aligner.errors import InputError
from aligner.readers.decode import decoded
from aligner.readers.disk import raw_file
from aligner.text import letters

_NAMES = {"en": "en", "english": "en", "source": "en", "ru": "ru", "russian": "ru", "target": "ru"}
_BAD = ("forbidden", "deprecated", "superseded", "obsolete", "do not use", "rejected")


@dataclass(frozen=True, slots=True)
class Term:
    """An entry: what is right in each language, and what is not."""

    en: tuple[str, ...] = ()
    ru: tuple[str, ...] = ()
    bad_en: tuple[str, ...] = ()
    bad_ru: tuple[str, ...] = ()
    where: str = ""  # file and line, for messages

    def right(self, lang: str) -> tuple[str, ...]:
        return self.en if lang == "en" else self.ru

    def bad(self, lang: str) -> tuple[str, ...]:
        return self.bad_en if lang == "en" else self.bad_ru


@dataclass(frozen=True, slots=True)
class Glossary:
    """All entries of a file, in its order."""

    terms: tuple[Term, ...] = ()


def read_glossary(path: Path) -> Glossary:
    """The terms of a TSV, CSV or TBX file; InputError where it has none."""
    xml = path.suffix.lower() in (".tbx", ".xml")
    terms = tuple(_tbx(path) if xml else _table(path))
    if not terms:
        raise InputError(f"{path}: no terms in it; a row is: English, a tab, Russian")
    return Glossary(terms)


def _table(path: Path) -> Iterator[Term]:
    lines = enumerate(decoded(raw_file(path)).text.split("\n"), start=1)
    header: Sequence[str] | None = None
    for number, line in lines:
        if not line.strip() or line.startswith("#"):
            continue
        cells = _cells(line, path)
        if header is None:
            header = [_NAMES.get(cell.lower(), cell.lower()) for cell in cells]
            if "en" in header and "ru" in header:
                continue
            header = _columns(cells, f"{path}, line {number}")
        row = dict(zip(header, cells, strict=False))
        yield _term(row, f"{path}, line {number}")


def _cells(line: str, path: Path) -> list[str]:
    separator = "," if path.suffix.lower() == ".csv" else "\t"
    return [cell.strip() for cell in next(csv.reader([line], delimiter=separator))]


def _columns(cells: Sequence[str], where: str) -> list[str]:
    """Which column is in which language, by the letters of the first row."""
    langs = ["ru" if letters(cell).cyrillic else "en" for cell in cells[:2]]
    if sorted(langs) != ["en", "ru"]:
        raise InputError(
            f"{where}: neither a header with en and ru nor a row of one English and one Russian "
            "term; write them with a tab between"
        )
    return [*langs, "status"]


def _term(row: dict[str, str], where: str) -> Term:
    en, ru = (
        tuple(filter(None, (part.strip() for part in row.get(lang, "").split("|"))))
        for lang in ("en", "ru")
    )
    if not (en or ru):
        raise InputError(f"{where}: no term in either language; fill in one, or take the row out")
    if not _is_bad(row.get("status", "")):
        return Term(en, ru, where=where)
    return Term(en if ru else (), (), () if ru else en, ru, where)


def _is_bad(status: str) -> bool:
    return any(word in status.lower() for word in _BAD)


def _tbx(path: Path) -> Iterator[Term]:
    from lxml import etree  # only for those who have a TBX

    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True)
    try:
        root = etree.parse(str(path), parser).getroot()
    except (etree.XMLSyntaxError, OSError) as error:
        raise InputError(f"{path}: cannot be read as TBX ({error}); repair the file") from None
    for entry in root.iter("{*}termEntry", "{*}conceptEntry"):
        yield _entry(entry, f"{path}, line {entry.sourceline}")


def _entry(entry: Any, where: str) -> Term:  # noqa: ANN401 (lxml has no types)
    found: dict[tuple[str, bool], list[str]] = {}
    for section in entry.iter("{*}langSet", "{*}langSec"):
        code = section.get("{http://www.w3.org/XML/1998/namespace}lang", "")
        lang = code.lower().replace("_", "-").partition("-")[0]
        for group in section.iter("{*}tig", "{*}ntig", "{*}termSec"):
            term = group.find(".//{*}term")
            notes = " ".join(note.text or "" for note in group.iter("{*}termNote"))
            if term is not None and (text := " ".join("".join(term.itertext()).split())):
                found.setdefault((lang, _is_bad(notes)), []).append(text)
    en, ru, bad_en, bad_ru = (
        tuple(found.get((lang, bad), ())) for bad in (False, True) for lang in ("en", "ru")
    )
    return Term(en, ru, bad_en, bad_ru, where)
