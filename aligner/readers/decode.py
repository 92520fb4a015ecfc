"""Bytes to text: which encoding a file is in, and whether it is text at all.

In this order: the encoding the user names; a byte order mark; strict UTF-8; UTF-8 with a
few broken bytes; UTF-16 without a mark; else one byte a character, the page under which
the text looks most like Russian (`_likeness`). Files of other kinds are refused by name.

The single-byte pages are told apart by frequencies of letters and of pairs of letters and
by case, not by charset-normalizer: limited to these pages, that took one for another in
32 of 300 cases (60 Russian sentences), mostly KOI8-R and Mac Cyrillic for Windows-1251;
this is wrong in 24 of 7,490, all in Mac Cyrillic (1,500 sentences).
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from aligner.errors import InputError
from aligner.readers.damage import check_is_text, kind_of_binary
from aligner.text import cleaned

_MARKS = (  # UTF-32 first: its mark begins with that of UTF-16
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_CYRILLIC_PAGES = ("cp1251", "koi8_r", "cp866", "iso8859_5", "mac_cyrillic")
_USUAL = {"cp1251": 2.0}  # in doubt; by far the commonest of the five
LARGEST_TEXT = 64_000_000  # bytes: "War and Peace" twelve times in Russian, 600,000 sentences
_BEGINNING = 200_000  # bytes that tell one format from another
_ENOUGH_TO_SEE = 20_000  # bytes; letter frequencies have long settled by then

# Frequency of Russian letters in percent (Russian National Corpus).
_FREQUENCY = dict(zip(
    "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё",
    (10.97, 8.45, 8.01, 7.35, 6.70, 6.26, 5.47, 4.73, 4.54, 4.40, 3.49, 3.21, 2.98, 2.81, 2.62,
     2.01, 1.90, 1.74, 1.70, 1.65, 1.59, 1.44, 1.21, 0.97, 0.94, 0.73, 0.64, 0.48, 0.36, 0.32,
     0.26, 0.04, 0.04), strict=True,
))  # fmt: skip
_LETTER_SCORE = {letter: math.log(percent / 100) for letter, percent in _FREQUENCY.items()}
_TYPOGRAPHY = frozenset("«»„“”‘’—–…№ §©°€•")  # at home in a Russian text
_TYPOGRAPHY_SCORE = math.log(0.005)
_STRANGE_SCORE = math.log(0.00005)  # Ђ, ╔, ÷: hardly ever
_COMMON_PAIRS = re.compile(  # half of all pairs of letters (Universal Dependencies, GSD and Taiga)
    "(?=ст|на|но|ра|то|ни|ко|ен|ро|по|ов|ка|го|ан|ре|ос|не|ал|та|во|ер|ор|ли|од|пр|ол|ет|от|ны|ва"
    "|ск|те|ом|ль|он|ла|ри|ле|ел|да|ти|ес|ой|ит|ог|ин|ве|ас|ат|ме|де|ло|ки|ак|за|ем|ть|со|ар|до)"
)
_COMMON_PAIR_SCORE = 2.0  # all capitals in Windows-1251 are small letters in KOI8-R, and the
_CAPITALS_PENALTY = 3.0  # other way round: only pairs tell, and a small doubt about capitals
_WRONG_CASE = re.compile(r"[а-яё][А-ЯЁ]|[А-ЯЁ]{2}[а-яё]")  # "пРИВЕТ": case turned over by KOI8-R
_WRONG_CASE_PENALTY = 6.0
_CAPITAL, _LETTER = re.compile("[А-ЯЁ]"), re.compile("[а-яё]")
_HIGH, _HIGH_RUN = re.compile(rb"[\x80-\xff]"), re.compile(rb"[\x80-\xff]{4}")
_HIGH_WORD = re.compile(rb"\S*[\x80-\xff]\S*")
_ASCII_LETTER = re.compile(rb"[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Raw:
    """A file as it lies on the disk; what every reader is given."""

    name: str  # for messages and for Document.name
    data: bytes
    encoding: str | None = None  # the user's word; None: find out


@dataclass(frozen=True, slots=True)
class Decoded:
    """A clean text (see `aligner.text.cleaned`) and what was left out of it."""

    text: str
    encoding: str
    left_out: dict[str, int]


def decoded(raw: Raw) -> Decoded:
    """The text of `raw`, or an InputError that says what the file is instead."""
    if raw.encoding is None and (kind := kind_of_binary(raw.data)):
        raise InputError(
            f"{raw.name}: looks like {kind}, not like text; save it as .txt (UTF-8) or .md"
        )
    if len(raw.data) > LARGEST_TEXT:
        raise InputError(
            f"{raw.name}: has {len(raw.data) / 1e6:,.0f} MB of text, more than the "
            f"{LARGEST_TEXT // 1_000_000} MB that can be read at once; split it into parts, "
            "by books or chapters, and give them one by one"
        )
    text, encoding, broken = _forced(raw) if raw.encoding else _found(raw.data)
    check_is_text(text, raw.name)
    clean = cleaned(text)
    left_out = clean.left_out | ({"broken byte (now U+FFFD)": broken} if broken else {})
    return Decoded(clean.text, encoding, left_out)


def beginning(raw: Raw) -> str:
    """The first characters of a file, to see what it is; broken bytes are no error here."""
    sample = raw.data[:_BEGINNING]
    if not raw.encoding:
        return cleaned(_found(sample)[0]).text
    try:
        return cleaned(sample.decode(raw.encoding, errors="replace")).text
    except (LookupError, UnicodeError, ValueError):
        return ""  # `decoded` says what is wrong with the name


def is_utf8(data: bytes) -> bool:
    """Whether the bytes are UTF-8, whatever a declaration in them says."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _forced(raw: Raw) -> tuple[str, str, int]:
    encoding = raw.encoding or ""
    try:
        return raw.data.decode(encoding), encoding, 0
    except LookupError:
        raise InputError(
            f"unknown encoding {encoding!r}; use a name such as utf-8, utf-16, windows-1251, koi8-r"
        ) from None
    except UnicodeDecodeError as error:
        line = raw.data.count(b"\n", 0, error.start) + 1
        raise InputError(
            f"{raw.name}: byte {raw.data[error.start]:#04x} in line {line} is not {encoding}; "
            "give the right encoding, or none to have it found"
        ) from None
    except (UnicodeError, ValueError) as error:
        raise InputError(f"{raw.name}: cannot be read as {encoding}: {error}") from None


def _found(data: bytes) -> tuple[str, str, int]:
    """The text, its encoding, and the number of broken bytes."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = data.decode(encoding, errors="replace")
            return text, encoding, text.count("\ufffd")
    wide = _utf16_without_mark(data)
    if wide:
        return data.decode(wide), wide, 0
    try:
        return data.decode("utf-8"), "utf-8", 0
    except UnicodeDecodeError:
        pass
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    sound = sum(character > "\x7f" for character in text) - broken
    if sound >= 4 * broken:  # letters of a single-byte page hardly ever make UTF-8 by chance
        return text, "utf-8", broken
    page = _single_byte_page(data)
    text = data.decode(page, errors="replace")
    return text, page, text.count("\ufffd")


def _utf16_without_mark(data: bytes) -> str | None:
    """UTF-16 shows in NUL bytes (Latin) or 0x04 bytes (Cyrillic) on one side of the pairs."""
    if b"\0" not in data or len(data) % 2:
        return None
    sample = data[:_ENOUGH_TO_SEE]
    for encoding, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
        if high.count(0) + high.count(4) + high.count(0x20) >= 0.7 * len(high):
            try:
                data.decode(encoding)
            except UnicodeDecodeError:
                continue
            return encoding
    return None


def _single_byte_page(data: bytes) -> str:
    """A Cyrillic page where four such letters stand together or most are, else Windows-1252.

    In English only curly quotes, dashes and the é of café lie above ASCII: "café”—".
    """
    high, low = len(_HIGH.findall(data)), len(_ASCII_LETTER.findall(data))
    if high <= low and not _HIGH_RUN.search(data):
        return "cp1252"
    words = b" ".join(match.group() for match in _HIGH_WORD.finditer(data))[:_ENOUGH_TO_SEE]
    return max(
        _CYRILLIC_PAGES,
        key=lambda page: _likeness(words.decode(page, errors="replace")) + _USUAL.get(page, 0),
    )


def _likeness(text: str) -> float:
    """How much the letters of `text` look like Russian: in the main a sum of log probabilities."""
    lower = text.lower()
    score = _COMMON_PAIR_SCORE * len(_COMMON_PAIRS.findall(lower))
    score -= _WRONG_CASE_PENALTY * len(_WRONG_CASE.findall(text))
    score -= _CAPITALS_PENALTY * (len(_CAPITAL.findall(text)) > 0.5 * len(_LETTER.findall(lower)))
    for character in lower:
        if character in _LETTER_SCORE:
            score += _LETTER_SCORE[character]
        elif character > "\x7f":
            score += _TYPOGRAPHY_SCORE if character in _TYPOGRAPHY else _STRANGE_SCORE
    return score
