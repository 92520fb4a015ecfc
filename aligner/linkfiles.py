r"""Files that hold links: the field's line files and the JSONL of gold documents.

A line file has one link a line, `[0]:[0, 1]`, indices from 0: the first list names
sentences of the first file, the second those of the other; an empty list is a side
without a partner. Vecalign appends a third field, the link's cost: it is read past.
JSONL has a document a line (`doc`, `en`, `ru`, `links`), or a pair a line as the aligner
writes them, of which only the positions count. Texts are not kept, only their lengths.
Nothing here checks that links fit a text or tile it; `evaluate` does the first.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from aligner.errors import InputError

IndexLink = tuple[tuple[int, ...], tuple[int, ...]]
"""Source and target sentence indices of a link; gold links may leave gaps inside one."""

_INDICES = r"\[\s*((?:\d+\s*(?:,\s*\d+\s*)*)?)\]"
_LINE = re.compile(rf"\s*{_INDICES}\s*:\s*{_INDICES}\s*(?::\s*\S+\s*)?", re.ASCII)
_POSITIONS = ("source_start", "source_stop", "target_start", "target_stop")


@dataclass(frozen=True, slots=True)
class LinkedDocument:
    """The links of one document; its name is "" and its sizes None where the file has none."""

    name: str
    links: tuple[IndexLink, ...]
    sizes: tuple[int, int] | None = None  # sentences on each side


def read_links(path: Path) -> list[IndexLink]:
    """The links of a line file, in its order; blank lines are skipped."""
    return [
        _parsed(line, f"{path}, line {number}")
        for number, line in enumerate(read_lines(path), start=1)
        if line.strip()
    ]


def read_documents(path: Path) -> list[LinkedDocument]:
    """The documents of a link file in any of the forms above, told apart by its first line."""
    first = next((line for line in read_lines(path) if line.strip()), "")
    if first.lstrip().startswith("["):
        return [LinkedDocument("", tuple(read_links(path)))]
    objects = list(_objects(path))
    if not objects:
        raise InputError(f"{path}: no links in it; is it the right file?")
    if "links" in objects[0][1]:
        return [_document(fields, where) for where, fields in objects]
    return _documents_of_pairs(objects)


def read_lines(path: Path) -> Iterator[str]:
    """The lines of a UTF-8 file without their ends; LF or CRLF, a byte order mark skipped."""
    try:
        with open(path, encoding="utf-8-sig", newline="\n") as stream:  # a lone return ends no line
            for line in stream:
                yield line.removesuffix("\n").removesuffix("\r")
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 ({error.reason}); save the file as UTF-8") from None
    except OSError as error:
        raise InputError(
            f"{path}: cannot be read ({error.strerror}); check the name and its rights"
        ) from None


def _parsed(line: str, where: str) -> IndexLink:
    found = _LINE.fullmatch(line)
    if found is None:
        raise InputError(
            f"{where}: not a link: {line.strip()[:60]!r}; a link looks like "
            "[0]:[0, 1], counted from 0, and an empty side is []"
        )
    return _indices(found[1].split(",")), _indices(found[2].split(","))


def _indices(texts: Iterable[str]) -> tuple[int, ...]:
    return tuple(int(text) for text in texts if text.strip())


def _objects(path: Path) -> Iterator[tuple[str, dict[str, object]]]:
    """Each line's object with the place it stands in, for error messages."""
    for number, line in enumerate(read_lines(path), start=1):
        where = f"{path}, line {number}"
        if not line.strip():
            continue
        try:
            fields = json.loads(line)
        except ValueError:
            fields = None
        if not isinstance(fields, dict):
            raise InputError(
                f"{where}: neither a JSON object nor a link like [0]:[0, 1]; check the file's form"
            )
        yield where, fields


def _document(fields: dict[str, object], where: str) -> LinkedDocument:
    links = fields.get("links")
    if not isinstance(links, list):
        raise InputError(f'{where}: no list "links", as in the lines before; add it')
    texts = [fields.get(lang) for lang in ("en", "ru")]
    sizes = [len(text) for text in texts if isinstance(text, list)]
    return LinkedDocument(
        str(fields.get("doc", "")),
        tuple(_link(link, where) for link in links),
        (sizes[0], sizes[1]) if len(sizes) == 2 else None,
    )


def _link(value: object, where: str) -> IndexLink:
    match value:
        case [list(src), list(tgt), *_] if all(type(i) is int and i >= 0 for i in src + tgt):
            return tuple(src), tuple(tgt)
    raise InputError(f"{where}: not a link: {str(value)[:60]}; a link looks like [[0], [0, 1]]")


def _documents_of_pairs(objects: list[tuple[str, dict[str, object]]]) -> list[LinkedDocument]:
    """Documents from pairs; where there is only one, its name is a path and says nothing."""
    links: dict[str, list[IndexLink]] = {}
    for where, fields in objects:
        match [fields.get(name) for name in _POSITIONS]:
            case [int(a), int(b), int(c), int(d)]:
                link = tuple(range(a, b)), tuple(range(c, d))
            case _:
                raise InputError(f'{where}: neither "links" nor positions; add {_POSITIONS[0]} …')
        links.setdefault(str(fields.get("source_document", "")), []).append(link)
    if len(links) == 1:
        return [LinkedDocument("", tuple(*links.values()))]
    return [LinkedDocument(name, tuple(found)) for name, found in links.items()]
