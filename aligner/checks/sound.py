"""How alike an English and a Russian name sound, from their spelling.

Both are turned into strings of sounds (rules below), which are compared by an edit
distance that hardly counts vowels and counts sounds that are often confused for little:

    "James"    -> ZaMaS      «Джеймс»     -> ZaMS       0.95
    "Hamilton" -> HaMaLTaN   «Гамильтона» -> GaMaLTaNa  0.93
    "Merkel"   -> MaRKaL     «Макрону»    -> MaKRaNa    0.4

Transliteration by a standard (iuliia) goes the other way and says little about English
spelling: "Mike" and «Майк» (maik) are further apart by Jaro–Winkler than many different
names are. Measured on names of the news set, see `tests/benchmarks/checks.py`.
"""

from __future__ import annotations

import re
from functools import lru_cache

_ENGLISH = (  # spellings to sounds, the first that fits; vowels are one sound
    ("sch", "S"), ("tch", "C"), ("tsch", "C"), ("ch", "C"), ("shch", "S"), ("sh", "S"),
    ("zh", "Z"), ("kh", "H"), ("ph", "F"), ("gh(?=[aeiouy])", "G"), ("gh", ""), ("ck", "K"),
    ("cq", "K"), ("th", "X"), ("^wr", "R"), ("^kn", "N"), ("^ps", "S"), ("^ts", "C"),
    ("tz", "C"), ("ts", "C"), ("qu", "KV"), ("^q", "C"), ("q", "K"), ("^x", "Z"), ("x", "KS"),
    ("dg", "J"), ("dj", "J"), ("j", "J"), ("g(?=[eiy])", "J"), ("g", "G"),
    ("sc(?=[eiy])", "S"), ("c(?=[eiy])", "S"), ("c", "K"), ("we$", "a"),
    ("w(?=[^aeiouyhr]|$)", "a"), ("w", "W"), ("mb$", "M"), ("h", "H"), ("b", "B"), ("d", "D"),
    ("f", "F"), ("k", "K"), ("l", "L"), ("m", "M"), ("n", "N"), ("p", "P"), ("r", "R"),
    ("s", "S"), ("t", "T"), ("v", "V"), ("z", "Z"), ("[aeiouy]+", "a"),
)  # fmt: skip
_RUSSIAN = (
    ("дж", "J"), ("дз", "Z"), ("цз", "J"), ("чж", "J"), ("тц", "C"), ("тс", "C"),
    ("(?<=[ао])в(?=[бгджзкмнпстфхцчшщ])", "W"), ("^у(?=[аеиоэыюя])", "W"),
    ("(?<=[аеиоуыэюя])у(?=[аеиоэы])", "W"), ("ж", "J"), ("ш", "S"), ("щ", "S"), ("ч", "C"),
    ("ц", "C"), ("х", "H"), ("кс", "KS"), ("г", "G"), ("б", "B"), ("в", "V"), ("д", "D"),
    ("з", "Z"), ("к", "K"), ("л", "L"), ("м", "M"), ("н", "N"), ("п", "P"), ("р", "R"),
    ("с", "S"), ("т", "T"), ("ф", "F"), ("[аеиоуыэюяй]+", "a"), ("[ьъ]", ""),
)  # fmt: skip
_CLOSE = (  # pairs of sounds that a name may exchange on its way
    "BP DT GK GH KH GJ FV VW SZ SC ZC SJ ZJ CJ CK HJ VB MN JK TC DJ CH XT XS XZ XF XD".split()
)
_CLOSE_COST, _VOWEL_COST, _WEAK_COST = 0.3, 0.15, 0.5
_SHORT = 0.5  # added to the size of names: a small change of "Rowe", «Роу» is not half of it
_WEAK = "HRTW"  # sounds that are often silent in English: "Thatcher", "Hughes", "Dewar"
_CHEAP = frozenset(pair for both in _CLOSE for pair in (both, both[::-1]))


def _compiled(rules: tuple[tuple[str, str], ...]) -> tuple[re.Pattern[str], tuple[str, ...]]:
    pattern = "|".join(f"({spelling})" for spelling, _ in rules)
    return re.compile(pattern), tuple(sound for _, sound in rules)


_RULES = {"en": _compiled(_ENGLISH), "ru": _compiled(_RUSSIAN)}
_ACCENTS = str.maketrans("áàâäãåéèêëíìîïóòôöõøúùûüñçšžčć", "aaaaaaeeeeiiiioooooouuuunssjcc")


@lru_cache(maxsize=1 << 16)
def sounds(word: str, lang: str) -> str:
    """The sounds of a word: consonants as capitals, "a" for any vowels.

    Example: sounds("Wright", "en") -> "RaT"
    """
    pattern, table = _RULES[lang]
    low = word.lower().replace("ё", "е").translate(_ACCENTS)
    found = "".join(table[(match.lastindex or 1) - 1] for match in pattern.finditer(low))
    return re.sub(r"(.)\1+", r"\1", found)


@lru_cache(maxsize=1 << 16)
def alike(en: str, ru: str) -> float:
    """How alike an English and a Russian word sound, 0 to 1."""
    here, there = sounds(en, "en"), sounds(ru, "ru")
    size = max(_weight(here), _weight(there)) + _SHORT
    return max(0.0, 1.0 - distance(here, there) / size) if here and there else 0.0


def _weight(word: str) -> float:
    """What it costs to lose all of its sounds."""
    return sum(map(_loss, word)) or 1.0


def _loss(sound: str) -> float:
    return _VOWEL_COST if sound == "a" else _WEAK_COST if sound in _WEAK else 1.0


def _change(one: str, two: str) -> float:
    if one == two:
        return 0.0
    if "a" in (one, two):
        return 1.0
    return _CLOSE_COST if one + two in _CHEAP else 1.0


def distance(here: str, there: str) -> float:
    """The cheapest way from one string of sounds to another."""
    row = [0.0]
    for sound in there:
        row.append(row[-1] + _loss(sound))
    for one in here:
        above, row = row, [row[0] + _loss(one)]
        for at, two in enumerate(there):
            row.append(
                min(above[at] + _change(one, two), above[at + 1] + _loss(one), row[at] + _loss(two))
            )
    return row[-1]
