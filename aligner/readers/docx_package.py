"""The parts of a Word file: which member of the archive is what.

Found by relationships, as Word does it, so that templates, files with macros (.dotx,
.docm) and the "strict" variant of the format are read alike. Names of elements and
attributes are compared without their namespace for the same reason.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from aligner.errors import InputError
from aligner.readers.damage import kind_of_binary
from aligner.readers.decode import Raw
from aligner.readers.trees import Element, local_name, named
from aligner.readers.zipped import Archive

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")


class Package:
    """A Word file opened: its main part and what that refers to."""

    def __init__(self, raw: Raw) -> None:
        _check_is_zip(raw)
        self._archive = Archive(raw)
        main = next(self._targets("_rels/.rels", "", "officedocument"), None)
        if main is None or main not in self._archive:
            raise InputError(
                f"{raw.name}: is a ZIP archive but no Word document; give a .docx file, or the "
                "text as .txt or .md"
            )
        self.main = self._archive.xml(main)
        if local_name(self.main) != "document":
            raise InputError(
                f"{raw.name}: is an Office file but no Word document; give a .docx file, or the "
                "text as .txt or .md"
            )
        folder, file = posixpath.split(main)
        self._folder = folder
        self._relations = posixpath.join(folder, "_rels", f"{file}.rels")

    def parts(self, kind: str) -> Iterator[Element]:
        """The roots of the parts of a kind: "styles", "footnotes", "header" …"""
        for member in self._targets(self._relations, self._folder, kind):
            if member in self._archive:
                yield self._archive.xml(member)

    def _targets(self, relations: str, folder: str, kind: str) -> Iterator[str]:
        if relations not in self._archive:
            return
        for relation in named(self._archive.xml(relations), "relationship"):
            is_kind = relation.get("Type", "").rpartition("/")[2].lower() == kind
            if is_kind and relation.get("TargetMode") != "External":
                path = posixpath.join("/", folder, relation.get("Target", ""))
                yield posixpath.normpath(path).lstrip("/")


def attribute(element: Element | None, name: str) -> str:
    """An attribute by its local name; "" where it or the element is missing."""
    if element is None:
        return ""
    found = (value for key, value in element.attrib.items() if key.rpartition("}")[2] == name)
    return str(next(found, ""))


def child(element: Element | None, *path: str) -> Element | None:
    """The first child of a name, or its descendant along a path; None if there is none."""
    for name in path:
        if element is None:
            return None
        element = next((inner for inner in element if local_name(inner) == name), None)
    return element


def is_on(element: Element | None, *path: str) -> bool:
    """Whether a switch stands there and does not say "off"."""
    switch = child(element, *path)
    return switch is not None and attribute(switch, "val") not in ("0", "false", "off", "none")


def _check_is_zip(raw: Raw) -> None:
    if raw.data.startswith(_OLE):
        if _ENCRYPTED_PACKAGE in raw.data:
            raise InputError(
                f"{raw.name}: is protected with a password; open it in a word processor and save "
                "a copy without one"
            )
        raise InputError(
            f"{raw.name}: is an old Word file (.doc); open it in a word processor and save it as "
            ".docx"
        )
    kind = kind_of_binary(raw.data)
    if kind and not raw.data.startswith(b"PK"):
        raise InputError(f"{raw.name}: looks like {kind}, not like a Word file; save it as .docx")
