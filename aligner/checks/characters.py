"""Characters that look right and are not: letters of the other alphabet, invisible ones.

A reader sees nothing, a search finds nothing: "Moсква" with Latin letters in it. Words are
compared by hyphen-part ("IT-компания" is two words of one alphabet each). Of 8,432 news
segments none has such a word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from aligner.checks.check import Case, Context, Finding, per_pair
from aligner.readers.damage import mojibake
from aligner.records import Span
from aligner.text import letters

_WORD = re.compile(r"[^\W\d_]+")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+")
_LETTER_ALONE = re.compile(r"(?<=[а-яё,] )[acoyk](?= [а-яё«(])")  # «вместе c другом», c is Latin
_RUSSIAN_WORD = str.maketrans("acoyk", "асоук")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff"
    "\ufffd\ue000-\uf8ff]|\u200d(?![\u2600-\u27bf\U0001f000-\U0001faff])"
)
_ZERO_WIDTH = "\u00ad\u200b\u200c\u200d\u2060\ufeff"


def mixed_script(case: Case, context: Context) -> Iterator[Finding]:
    """A word of the target has letters of both alphabets, or a Russian one is a Latin letter.

    Fires: "Москва" with a Latin "o"; «вместе c другом» where the "c" is Latin.
    Not: "IT-компания", "ХХ век", web addresses, a letter alone that the source has as well.
    """
    addresses = [range(*found.span()) for found in _ADDRESS.finditer(case.tgt)]
    for found in _WORD.finditer(case.tgt):
        count = letters(found[0])
        if count.latin and count.cyrillic:
            if not any(found.start() in address for address in addresses):
                strangers = _strangers(found[0], count.latin <= count.cyrillic)
                message = f"“{found[0]}” has letters of both alphabets: {strangers}"
                yield Finding(message, tgt=(Span(*found.span()),))
    if case.tgt_lang == "ru":
        yield from _letters_alone(case)


def _strangers(word: str, cyrillic_word: bool) -> str:
    """The letters of the alphabet that has fewer in the word, with their names."""
    other = "LATIN" if cyrillic_word else "CYRILLIC"
    found = dict.fromkeys(c for c in word if unicodedata.name(c, "").startswith(other))
    return ", ".join(f"{c} is {other.title()}" for c in found)


def _letters_alone(case: Case) -> Iterator[Finding]:
    """A Latin letter that stands for a Russian word of one letter: "c", "a", "o", "y", "k"."""
    for found in _LETTER_ALONE.finditer(case.tgt):
        in_source = re.search(rf"(?<![\w'’]){found[0]}(?!\w)", case.src)
        if not in_source or found[0] == "a":  # "a" is an English word
            meant = found[0].translate(_RUSSIAN_WORD)
            message = f"“{found[0]}” among Russian words is Latin; “{meant}” is meant"
            yield Finding(message, tgt=(Span(*found.span()),))


def invisible_characters(case: Case, context: Context) -> Iterator[Finding]:
    """Control and zero-width characters, soft hyphens, marks of direction, U+FFFD in the target.

    Fires as a warning: inside a word, where no search finds the word any more, and for
    control characters; as an advisory: beside a space or a mark.
    Not: no-break spaces, tabs, line ends, the joiners inside emoji.
    """
    found = list(_INVISIBLE.finditer(case.tgt))
    if found:
        names = dict.fromkeys(_named(match[0]) for match in found)
        places = tuple(Span(*match.span()) for match in found)
        harmless = all(match[0] in _ZERO_WIDTH and not _in_word(match) for match in found)
        message = f"characters that cannot be seen: {', '.join(names)}"
        yield Finding(message, (), places, "advisory" if harmless else None)


def _in_word(found: re.Match[str]) -> bool:
    around = found.string[: found.start()][-1:], found.string[found.end() :][:1]
    return all(char.isalnum() for char in around)


def _named(char: str) -> str:
    return f"U+{ord(char):04X} {unicodedata.name(char, 'without a name').lower()}"


def broken_encoding(case: Case, context: Context) -> Iterator[Finding]:
    """Letters that come of reading one encoding as another.

    Fires: "ÐŸÑ€Ð¸Ð²ÐµÑ‚" and "РџСЂРёРІРµС‚" where "Привет" is meant.
    Not: a lone Ð or Ñ in a name.
    """
    for page, found in mojibake(case.tgt):
        message = f"“{found[0][:12]}” looks like UTF-8 that was read as {page}"
        yield Finding(message, tgt=(Span(*found.span()),))


CHECKS = (
    per_pair("mixed-script", "form", "error", mixed_script),
    per_pair("invisible-character", "form", "warning", invisible_characters),
    per_pair("broken-encoding", "form", "error", broken_encoding),
)
