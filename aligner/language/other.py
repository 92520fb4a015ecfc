"""A third language, called by its name.

What has the everyday words of English, or the letters of Russian, passes without further
question; all else is shown to py3langid. That knows 97 languages and is sure of itself
on running text; headings, lists of names and code are where it must not be asked for
more than it can see, so a text of a few words, or an answer that leaves the two possible, passes.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from aligner.language.script import EVERYDAY_WORDS, words
from aligner.text import letters

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

NAMES = dict(
    item.split("=")
    for item in (
        "af=Afrikaans ar=Arabic az=Azerbaijani be=Belarusian bg=Bulgarian bs=Bosnian ca=Catalan "
        "cs=Czech cy=Welsh da=Danish de=German el=Greek en=English eo=Esperanto es=Spanish "
        "et=Estonian eu=Basque fa=Persian fi=Finnish fr=French ga=Irish gl=Galician he=Hebrew "
        "hi=Hindi hr=Croatian hu=Hungarian hy=Armenian id=Indonesian is=Icelandic it=Italian "
        "ja=Japanese ka=Georgian kk=Kazakh ko=Korean ky=Kyrgyz la=Latin lt=Lithuanian "
        "lv=Latvian mk=Macedonian mn=Mongolian ms=Malay nb=Norwegian nl=Dutch nn=Norwegian "
        "no=Norwegian pl=Polish pt=Portuguese ro=Romanian ru=Russian sk=Slovak sl=Slovenian "
        "sq=Albanian sr=Serbian sv=Swedish sw=Swahili th=Thai tr=Turkish uk=Ukrainian ur=Urdu "
        "vi=Vietnamese zh=Chinese"
    ).split()
)
"""Languages by their ISO 639-1 codes, in English."""

_ENGLISH_ONLY = EVERYDAY_WORDS - {"is", "was", "of"}  # Dutch has these three
_ENGLISH_SHARE = 0.05  # of all words; 9 % or more in each English evaluation document
_RUSSIAN_ALPHABET = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
_UNTIL_1918 = "іѣѳѵ"
_ONLY_RUSSIAN = re.compile("[ыэё]")  # Ukrainian, Bulgarian and Serbian have none of them,
_ONLY_SHARE = 0.004  # and every Russian evaluation document has 1 % of them or more
_ALPHABET_SHARE = 0.995  # ў, ә, ғ and their like give Belarusian, Kazakh … away
_POSSIBLE = 0.05  # that it is one of the two; of 12,053 real sentences 1 (a regex) is refused
_ENOUGH_WORDS = 5  # different ones, in lower case: names, and "Yes!" a thousand times, look
# like any language
_SAMPLE = 20_000  # characters of a long text that are looked at; py3langid sees the first
_SHOWN = 5000  # of them


def other_language(text: str) -> str | None:
    """The English name of a language that is neither English nor Russian; None if it is not."""
    text = _sample(text)
    if not _has_enough(text) or _is_plainly_english(text) or _is_plainly_russian(text):
        return None
    ranked = _identifier().rank(text[:_SHOWN])
    label = ranked[0][0]
    possible = sum(probability for lang, probability in ranked if lang in ("en", "ru"))
    if possible > _POSSIBLE or label in ("en", "ru"):  # it may be sure of nothing
        return None
    return NAMES.get(label, f"to be in another language (ISO 639 code {label})")


def _sample(text: str) -> str:
    """A long text from its middle and its start: a preface may be in another language."""
    if len(text) <= _SAMPLE:
        return text
    middle = len(text) // 2
    return f"{text[middle : middle + _SAMPLE // 2]} {text[: _SAMPLE // 2]}"


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # 0.5 s with its model

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _has_enough(text: str) -> bool:
    count = letters(text)
    if count.other > count.latin + count.cyrillic:  # a script of its own is evidence enough
        return True
    return len({word for word in words(text) if word.islower()}) >= _ENOUGH_WORDS


def _is_plainly_english(text: str) -> bool:
    found = words(text)
    everyday = sum(word.lower() in _ENGLISH_ONLY for word in found)
    return everyday >= _ENGLISH_SHARE * len(found) > 0


def _is_plainly_russian(text: str) -> bool:
    lower = text.lower()
    count = letters(lower)
    alphabet = _RUSSIAN_ALPHABET + (_UNTIL_1918 if "ѣ" in lower else "")
    return (
        2 * count.cyrillic > count.latin + count.other
        and len(_ONLY_RUSSIAN.findall(lower)) >= _ONLY_SHARE * count.cyrillic > 0
        and sum(map(lower.count, alphabet)) >= _ALPHABET_SHARE * count.cyrillic
    )
