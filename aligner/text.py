"""What a string is made of: characters that are no text, spaces, letters.

`cleaned` is what every reader calls before anything else. It makes a string NFC with
LF line ends and takes out what has no place in a text (control characters, lone
surrogates, byte order marks, invisible marks), counting what it took. It keeps
typography: a no-break space, a dash, a quotation mark stay the characters they are.

Deliberately not here: decoding bytes (`readers.decode`), and changes of wording or of
punctuation.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass

_CRLF = re.compile(r"\r+\n")  # \r\r\n: converted twice
_BREAKS = re.compile(r"[\r\v\f]")
_HYPHENATION = re.compile(r"\u00ad[ \t]*\n[ \t]*")  # a word broken over two lines for sure
_SOFT_HYPHEN = re.compile("\u00ad")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_PLANE_ENDS = "".join(chr(plane << 16 | end) for plane in range(17) for end in (0xFFFE, 0xFFFF))
# The one range first: that is ten times as fast as the set of 66 alone.
_NONCHARACTER = re.compile(f"[\ufdd0-\U0010ffff](?<=[\ufdd0-\ufdef{_PLANE_ENDS}])")
# Zero-width spaces, joiners, marks of direction, byte order marks: none is a letter of
# English or Russian, and each makes two equal words differ. U+200D is dealt with below.
_INVISIBLE = re.compile(r"[\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_JOINER = re.compile("\u200d")

_REMOVALS = (
    ("control character", _CONTROL),
    ("lone surrogate", _SURROGATE),
    ("noncharacter", _NONCHARACTER),
    ("soft hyphen", _SOFT_HYPHEN),
    ("invisible mark", _INVISIBLE),
)

_SPACES = re.compile(  # not single spaces, most of all: they stay what they are
    r"[\t\n\u2028\u2029][ \t\n\u2028\u2029]*| [ \t\n\u2028\u2029]+"
)
_LATIN = re.compile(r"[A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff]+")
_CYRILLIC = re.compile(r"[\u0400-\u0481\u048a-\u052f\u1c80-\u1c8a]+")
_ANY_LETTER = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A clean string and what was taken out of it, by name."""

    text: str
    left_out: dict[str, int]


@dataclass(frozen=True, slots=True)
class Letters:
    """How many letters of each script stand in a string."""

    latin: int
    cyrillic: int
    other: int

    @property
    def total(self) -> int:
        return self.latin + self.cyrillic + self.other


def cleaned(text: str) -> Cleaned:
    """`text` in NFC with LF line ends, without characters that are no text.

    A byte order mark at the very start is a signature of the file and not counted. Other
    breaks within a line (\\v, \\f, a lone \\r) become U+2028, so that the number of lines
    stays what other programs count; only where no LF stands at all is \\r the line end.

    Example: "\\ufeffа\\x00б\\r\\nв" -> "аб\\nв", {"control character": 1}
    """
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = _CRLF.sub("\n", text)
        if "\n" not in text:
            text = text.replace("\r", "\n")
    text = _BREAKS.sub("\u2028", text)
    if "\u00ad" in text:
        text = _HYPHENATION.sub("", text)
    left_out = {}
    for name, pattern in _REMOVALS:
        text, count = pattern.subn("", text)
        if count:
            left_out[name] = count
    text, joiners = _without_stray_joiners(text)
    if joiners:
        left_out["invisible mark"] = left_out.get("invisible mark", 0) + joiners
    return Cleaned(unicodedata.normalize("NFC", text), left_out)


def _without_stray_joiners(text: str) -> tuple[str, int]:
    """A zero-width joiner binds emoji (👩‍💻); between letters it is a leftover."""
    if "\u200d" not in text:
        return text, 0
    stray = [m.start() for m in _JOINER.finditer(text) if not _joins_emoji(text, m.start())]
    kept = [text[i:j] for i, j in zip([0, *(s + 1 for s in stray)], [*stray, None], strict=True)]
    return "".join(kept), len(stray)


def _joins_emoji(text: str, position: int) -> bool:
    before, after = text[position - 1 : position], text[position + 1 : position + 2]
    # A selector (U+FE0F) or a skin tone may stand between an emoji and its joiner.
    return bool(before and after) and (
        (before == "\ufe0f" or unicodedata.category(before) in ("So", "Sk"))
        and unicodedata.category(after) == "So"
    )


def on_one_line(text: str) -> str:
    """Runs of spaces, tabs and line ends become one space; no-break spaces stay."""
    return _SPACES.sub(" ", text).strip()


def letters(text: str) -> Letters:
    """The letters of `text`, counted by script."""
    latin, cyrillic, all_of_them = (
        sum(map(len, of.findall(text))) for of in (_LATIN, _CYRILLIC, _ANY_LETTER)
    )
    return Letters(latin, cyrillic, all_of_them - latin - cyrillic)


_ROUGH_END = re.compile(
    r"\n\s*"
    r"|(?<=[.!?…])[\"'»”’)\]]*\s+(?=[\"'«“„‘(\[]*(?:[-–—]\s*)?[A-ZА-ЯЁ0-9])"  # "… end. Next"
)
_SHORTENED = re.compile(  # before a capital, the usual ones: "J. Smith", "Dr. Brown", "г. Тверь"
    r"\b(?:[A-ZА-Я]|Mr|Mrs|Ms|Dr|St|Rev|Gov|Sen|Gen|Prof|Col|Lt|Capt|vs|No|г|гг|ул|им|св|проф)\.\s+$"
)
# A quotation or a bracket that is closed again soon; a straight mark must stand as an opening
# and a closing one do, else every second sentence of a text with a stray one were a quotation.
_QUOTED = re.compile(
    r"«[^»]{0,300}»|“[^”]{0,300}”|\([^)]{0,300}\)|(?<![^\s(\[])\"(?=\S)[^\"]{0,300}(?<=\S)\"(?!\w)"
)


def chunks(text: str) -> list[str]:
    """`text` cut at line ends and, roughly, after sentences; joined, they are `text` again.

    Enough to see where one language stops, not to align: few abbreviations are known here.
    Nothing is cut inside quotation marks or brackets.

    Example: 'Он сказал: "Hi. Bye." Ушёл.' -> ['Он сказал: "Hi. Bye." ', 'Ушёл.']
    """
    inside = quoted(text)
    result, start = [], 0
    for end in _ROUGH_END.finditer(text):
        if "\n" in end.group() or not (
            is_inside(end.start(), inside)
            or _SHORTENED.search(text, max(start, end.end() - 12), end.end())
        ):
            result.append(text[start : end.end()])
            start = end.end()
    return [*result, text[start:]] if start < len(text) else result


def quoted(text: str) -> list[range]:
    """Where quotations and brackets stand, their marks included."""
    return [range(*match.span()) for match in _QUOTED.finditer(text)]


def is_inside(position: int, places: list[range]) -> bool:
    """Whether a position lies between the two marks of one of the places."""
    before = bisect_left(places, position, key=lambda place: place.start) - 1
    return before >= 0 and position < places[before].stop - 1


def unquoted(text: str) -> str:
    """`text` without its quotations and what stands in brackets."""
    return _QUOTED.sub("", text)
