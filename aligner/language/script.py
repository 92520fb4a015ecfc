"""English or Russian, by letters; by the common words where both scripts stand in a text.

On 2,000 segments of news, counting letters is right for all. What is left are sentences
such as "V8 -- в Chrome, Opera и Edge." and 'The word for it is "дача".': a name or a
quotation in the other script stays in its sentence. Languages other than these two are
not known here (`language.other`).
"""

from __future__ import annotations

import re

from aligner.records import Lang
from aligner.text import letters, unquoted

# Everyday words of English that are rare or unknown in other languages of its alphabet.
EVERYDAY_WORDS = frozenset(
    "the and that with this from you have not his her their they which are were would there "
    "been what of is was it".split()
)
_FUNCTION_WORDS = EVERYDAY_WORDS | frozenset(  # enough to tell English from Russian
    "a an to in for on at by as be he she i we or but if can will has had do who its".split()
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def words(text: str) -> list[str]:
    """The runs of letters in `text`; an apostrophe does not end one."""
    return _WORD.findall(text)


def language_of(text: str) -> Lang | None:
    """The language of a sentence or a text; None where it has no Latin or Cyrillic letter."""
    count = letters(text)
    if not count.cyrillic:
        return "en" if count.latin else None
    share = count.cyrillic / (count.latin + count.cyrillic)
    return "ru" if share >= 0.6 else _by_common_words(text, "ru" if share > 0.4 else "en")


def _by_common_words(text: str, default: Lang) -> Lang:
    """Russian full of Latin names, or English that quotes Russian? What is quoted is left out.

    Example: "Метод getOwnPropertyDescriptor возвращает null." is Russian.
    """
    outside = words(unquoted(text)) or words(text)
    russian = sum(  # a capital inside is a name, at the start it is any word
        bool(letters(word).cyrillic) and (word.islower() or not position)
        for position, word in enumerate(outside)
    )
    english = sum(word.lower() in _FUNCTION_WORDS for word in outside)
    return default if russian == english else "ru" if russian > english else "en"


def is_sentence(text: str) -> bool:
    """Three words or more, in English an everyday one among them: no bare name, no code."""
    found = words(text)
    return len(found) >= 3 and (
        letters(text).cyrillic > 0 or any(word.lower() in EVERYDAY_WORDS for word in found)
    )
