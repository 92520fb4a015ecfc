"""Which documents of a memory are meant: by their names, or by a file they were made from.

A document made from two files is called after both (`pairing.document_name`): "x.{en,ru}.md",
or "a.md + b.md". A shell that expands braces makes two words of the first, so each of the files
means the document too, seen from the memory's folder or from where the user is. Patterns are
not looked for: what is removed or exported is named in full.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path

from aligner.errors import InputError

_BRACES = re.compile(r"(.*)\{([^{}]*),([^{}]*)\}(.*)", re.DOTALL)


def meant(words: Sequence[str], names: Iterable[str], memory: Path) -> list[str]:
    """The documents that these words mean, each once; InputError for a word that means none."""
    known = list(names)
    return list(dict.fromkeys(_meant(word, known, memory) for word in words))


def files_of(name: str) -> tuple[str, ...]:
    """The files in the name of a document. Example: "x.{en,ru}.md" -> ("x.en.md", "x.ru.md")"""
    braces = _BRACES.fullmatch(name)
    if braces:
        before, first, second, after = braces.groups()
        return f"{before}{first}{after}", f"{before}{second}{after}"
    return tuple(name.split(" + "))


def _meant(word: str, names: Sequence[str], memory: Path) -> str:
    if word in names:
        return word
    paths = {word, Path(os.path.relpath(word or ".", memory.parent)).as_posix()}
    found = [name for name in names if paths & {name, *files_of(name)}]
    if len(found) == 1:
        return found[0]
    if found:
        raise InputError(
            f"{word}: several documents are made from it; give one of the names: {', '.join(found)}"
        )
    called = {alias: name for name in names for alias in (*files_of(name), name)}
    close = [called[alias] for alias in get_close_matches(word, called, n=1)]
    hint = f"did you mean {close[0]}?" if close else "check the name"
    raise InputError(
        f"{word}: {memory} has no such document; {hint} (`aligner tm documents` lists them all)"
    )
