"""ZIP archives and the XML in them, opened as if a stranger had sent them.

Word files and EPUB books are archives of XML. Every member is unpacked in memory, in
chunks, and no further than a limit, whatever size the archive declares; nothing is
written to disk, so that a member's path does not matter. What is damaged, encrypted or
oversized is an InputError that names the member.

Repaired is nothing: half a book that looks whole is worse than an error.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from lzma import LZMAError

from aligner.errors import InputError
from aligner.readers.decode import Raw
from aligner.readers.trees import LARGEST_MARKUP, Element, parsed_xml

MOST_MEMBERS = 20_000  # an illustrated book has hundreds
LARGEST_MEMBER = LARGEST_MARKUP  # bytes unpacked
LARGEST_TOTAL = 256_000_000  # bytes unpacked in one archive; pictures are not unpacked
WORST_RATIO = 250  # unpacked to packed, of members over 1 MB; text has 3 to 20, a table 100
_RATIO_MATTERS = 1_000_000
_CHUNK = 1 << 20
_DIRECTORY_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 0x1
_AS_EXPORTED = "save or export it anew from the program that made it"


class Archive:
    """The members of a ZIP archive by name, each within the limits."""

    def __init__(self, raw: Raw) -> None:
        self.name = raw.name
        self._left = LARGEST_TOTAL
        # Counted before they are listed: the list of a crafted archive alone takes gigabytes.
        if raw.data.count(_DIRECTORY_ENTRY) > MOST_MEMBERS:
            raise InputError(
                f"{self.name}: has more than {MOST_MEMBERS:,} files in it; {_AS_EXPORTED}"
            )
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(raw.data))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise self._broken("is a broken ZIP archive", error) from None
        self._members = {info.filename: info for info in self._zip.infolist()}

    def __contains__(self, member: str) -> bool:
        return member in self._members

    def names(self) -> list[str]:
        """The names of all members, in the archive's order."""
        return list(self._members)

    def data(self, member: str) -> bytes:
        """A member unpacked; InputError where it is missing, damaged or beyond the limits."""
        info = self._members.get(member)
        if info is None:
            raise InputError(f"{self.name}: lacks its part {member}; {_AS_EXPORTED}")
        if info.flag_bits & _ENCRYPTED:
            raise InputError(
                f"{self.name}: {member} in it is encrypted; give a copy without a password"
            )
        try:
            data = self._unpacked(info)
        except (
            zipfile.BadZipFile,
            zlib.error,
            LZMAError,
            EOFError,
            OSError,
            ValueError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise self._broken(f"{member} in it is damaged", error) from None
        self._left -= len(data)
        return data

    def xml(self, member: str) -> Element:
        """The root of a member parsed as XML."""
        return parsed_xml(self.data(member), f"{self.name}: {member}")

    def _unpacked(self, info: zipfile.ZipInfo) -> bytes:
        chunks, size = [], 0
        with self._zip.open(info) as stream:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                self._check(info, size)
                chunks.append(chunk)
        return b"".join(chunks)

    def _check(self, info: zipfile.ZipInfo, size: int) -> None:
        """By what has come out, not by what the archive says of itself."""
        if size > LARGEST_MEMBER or size > self._left:
            limit = min(LARGEST_MEMBER, LARGEST_TOTAL)
            raise InputError(
                f"{self.name}: {info.filename} in it unpacks to more than "
                f"{limit // 1_000_000} MB; split the document into parts"
            )
        if size > _RATIO_MATTERS and size > WORST_RATIO * max(1, info.compress_size):
            raise InputError(
                f"{self.name}: {info.filename} in it unpacks to more than {WORST_RATIO} times its "
                f"size, as a ZIP bomb does; {_AS_EXPORTED}"
            )

    def _broken(self, what: str, error: Exception) -> InputError:
        reason = " ".join(str(error).split()) or type(error).__name__
        return InputError(f"{self.name}: {what} ({reason}); get it again, or {_AS_EXPORTED}")
