"""Input that is no text, or a text ruined before it came here.

Refused with a message that names what it looks like: files of other kinds (by their
first bytes), data full of control characters, and mojibake, UTF-8 that some program has
read as Windows-1251 or Latin-1 ("РџСЂРёРІРµС‚", "ÐŸÑ€Ð¸"). Nothing is repaired here: an
aligner that guesses at wording would hand on its guesses as a translator's words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from aligner.errors import InputError

_SIGNATURES = (
    (b"PK\x03\x04", "a ZIP archive (a .docx, .odt, .epub or .xlsx file?)"),
    (b"%PDF-", "a PDF"),
    (b"{\\rtf", "an RTF document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Microsoft Office file (a .doc or .xls file?)"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"RIFF", "a media file (RIFF)"),
    (b"ID3", "an MP3 file"),
    (b"AT&TF", "a DjVu book"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a Windows program"),
    (b"SQLite format 3", "an SQLite database"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")

# UTF-8 writes a Russian letter as 0xD0 or 0xD1 and a byte 0x80 to 0xBF. Those second bytes
# look like this when taken for Windows-1251, and for Latin-1 or Windows-1252:
_TAILS_1251 = re.escape(bytes(b for b in range(0x80, 0xC0) if b != 0x98).decode("cp1251"))
_TAILS_1252 = "\u0080-\u00bf" + re.escape(
    bytes(b for b in range(0x80, 0xA0) if b not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)).decode("cp1252")
)
_MOJIBAKE = (
    ("Windows-1251", re.compile(f"(?:[РС][\u0098{_TAILS_1251}]){{3,}}")),
    ("Latin-1", re.compile(f"(?:[ÐÑ][{_TAILS_1252}]){{3,}}")),
)
_MOJIBAKE_SHARE = 0.2  # of all characters; a text that only quotes some stays below


def mojibake(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    """Runs of three letters or more that look like it, with the encoding they were read in."""
    for page, pattern in _MOJIBAKE:
        for found in pattern.finditer(text):
            yield page, found


def kind_of_binary(data: bytes) -> str | None:
    """What kind of file its first bytes give away; None for what may be text."""
    return next((kind for start, kind in _SIGNATURES if data.startswith(start)), None)


def check_is_text(text: str, name: str) -> None:
    """Raise InputError for data full of control characters and for mojibake."""
    controls = len(_CONTROL.findall(text))
    if controls > max(2, 0.05 * len(text)):  # a stray few are taken out and counted
        raise InputError(
            f"{name}: is not text: {controls} of {len(text)} characters are control characters; "
            "give a text file (.txt in UTF-8, or .md)"
        )
    for page, pattern in _MOJIBAKE:
        if sum(map(len, pattern.findall(text))) > _MOJIBAKE_SHARE * len(text):
            raise InputError(
                f"{name}: is Russian in UTF-8 that was once read as {page} "
                f"({text.strip()[:12]!r}…) and saved so; save it anew from the original as UTF-8"
            )
