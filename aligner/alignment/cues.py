"""What a sentence shows on its surface that a translation keeps: length, marks, numbers, names.

Vectors say what a sentence is about; these cues say which of two neighbouring
sentences about the same thing it is. They are taken from each sentence once, as
numbers and keys, so that the features of a million cells are array arithmetic.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

import numpy as np
import numpy.typing as npt

from aligner.alignment.numerals import number_parts

Keys = tuple[tuple[str, ...], ...]
"""For each sentence its keys: numbers by value, names by sound."""

LABEL_LETTERS = 30  # a label is no longer than this,
LABEL_TIMES = 3  # and comes back at least as often
LABEL_WITHIN = 200  # among so many sentences: in a long play "What!" comes back as well
DIRECTION = re.compile(r"[\[({][^\[\](){}]*(?:$|[\])}]+[\s.:,]*$)")

BRACKETS = (("(", ")"), ("[", "]"))
OPEN_FOR = 4  # sentences on, at most, stands the bracket that closes one

CLOSING = "\"'»”“’)]}*_ \u00a0"
END_MARKS = {".": 1, "!": 2, "?": 3, "…": 4, ":": 5, ";": 6, ",": 7}
SPEECH = re.compile(r"[(\[]?\s*(?:[-–—―]\s|[\"“„«‘'])")
PART_END = re.compile(r"[.!?…;:]+(?=[\s\"'»”)\]]|$)")
WORD = re.compile(r"[^\W\d_]{3,}")
CUT = re.compile(  # before a name: some splitters, and old printers, end a sentence there
    r"\b(?:St|Mr|Mrs|Ms|Messrs|Dr|Rev|Prof|Gen|Col|Capt|Lt|Sgt|Sr|Mme|Mlle|vs|Св|Преп|гр|ул|им)\.$"
)


@dataclass(frozen=True, slots=True)
class Cues:
    """Cues of each sentence of one side; arrays have a row a sentence."""

    letters: npt.NDArray[np.float32]  # letters and digits, at least 1
    end: npt.NDArray[np.int8]  # code of the last mark in END_MARKS, 0 for none
    speech: npt.NDArray[np.bool_]  # opens with a quotation mark or a dash
    bracket: npt.NDArray[np.bool_]  # opens with a bracket: a stage direction, an aside
    label: npt.NDArray[np.bool_]  # short and repeated: a speaker's name, a caption
    cut: npt.NDArray[np.int8]  # 1: no sentence can end so ("the red St."); 2: it is only "The Rev."
    open: npt.NDArray[np.bool_]  # a bracket is still open behind it
    parts: npt.NDArray[np.int64]  # between marks that may end a sentence in the other language
    numbers: Keys
    names: Keys

    def __len__(self) -> int:
        return len(self.letters)


def cues(texts: Sequence[str]) -> Cues:
    """The cues of the sentences, in order."""
    still_open = left_open(texts)
    return Cues(
        letters=np.array([max(1, _letters(text)) for text in texts], dtype=np.float32),
        end=np.array([_end_mark(text) for text in texts], dtype=np.int8),
        speech=np.array([SPEECH.match(text) is not None for text in texts], dtype=bool),
        bracket=np.array([text[:1] in ("(", "[") for text in texts], dtype=bool),
        label=_labels(texts) & ~still_open,
        cut=np.array([_cut(text) for text in texts], dtype=np.int8),
        open=still_open,
        parts=np.array([len(PART_END.findall(text)) for text in texts], dtype=np.int64),
        numbers=tuple(number_keys(text) for text in texts),
        names=tuple(name_keys(text) for text in texts),
    )


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def line_of(text: str) -> str:
    """The line that comes back, without a direction behind it: "ANNA [aside]." -> "ANNA"."""
    bare = DIRECTION.sub("", text).rstrip(" .:,")
    return bare if _letters(bare) else text


def _labels(texts: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Whether each sentence is short and one of LABEL_TIMES the same lines nearby."""
    lines = [line_of(text) for text in texts]
    short = np.array([_letters(line) <= LABEL_LETTERS for line in lines], dtype=bool)
    return short & _often(lines)


def _often(lines: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Whether each line is one of LABEL_TIMES the same among LABEL_WITHIN neighbours."""
    places: dict[str, list[int]] = {}
    for at, line in enumerate(lines):
        places.setdefault(line, []).append(at)
    often = np.zeros(len(lines), dtype=bool)
    for of in places.values():
        for first in range(len(of) - LABEL_TIMES + 1):
            some = of[first : first + LABEL_TIMES]
            if some[-1] - some[0] < LABEL_WITHIN:
                often[some] = True
    return often


def left_open(texts: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Whether a bracket is still open behind each sentence, and one nearby closes it.

    Some splitters, and some printers, end a sentence inside: "ANNA [rising." "Aside]."
    """
    result = np.zeros(len(texts), dtype=bool)
    for opening, closing in BRACKETS:
        surplus = [text.count(opening) - text.count(closing) for text in texts]
        for at in (at for at, more in enumerate(surplus) if more > 0):
            following = enumerate(islice(surplus, at + 1, at + 1 + OPEN_FOR), at + 1)
            other = next((found for found in following if found[1]), None)
            if other is not None and other[1] < 0:
                result[at : other[0]] = True
    return result


def _cut(text: str) -> int:
    """How sure it is that the sentence goes on: "St.", or "The Rev.", is no sentence at all."""
    found = CUT.search(text)
    if found is None:
        return 0
    return 2 if text[: found.start()].strip().lower() in ("", "the") else 1


def _end_mark(text: str) -> int:
    bare = text.rstrip(CLOSING)
    return END_MARKS["…"] if bare.endswith("...") else END_MARKS.get(bare[-1:], 0)


def number_keys(text: str) -> tuple[str, ...]:
    """Numbers by value, in digits or words; "1,250.50", "1 250,50" and "1250.50" are one key."""
    return tuple(map(str, number_parts(text)))


def name_keys(text: str) -> tuple[str, ...]:
    """The different capitalised words of three letters or more, by sound."""
    words = (word for word in WORD.findall(text) if word[0].isupper())
    return tuple(dict.fromkeys(filter(None, map(name_key, words))))


CYRILLIC, LATIN = "абвгдеёжзийклмнопрстуфхцчшщыэюя", "abvgdeejziiklmnoprstufhccssieua"
ROMAN = str.maketrans(CYRILLIC, LATIN, "ъь")
SAME_SOUND = (  # of English spellings, in this order
    ("ca", "k"), ("co", "k"), ("cu", "k"), ("cl", "kl"), ("cr", "kr"),
    ("shch", "s"), ("sch", "s"), ("tch", "c"), ("ch", "c"), ("sh", "s"), ("zh", "j"), ("kh", "h"),
    ("ts", "c"), ("tz", "c"), ("ph", "f"), ("th", "t"), ("ck", "k"), ("q", "k"), ("w", "v"),
    ("x", "ks"), ("dj", "j"), ("ge", "j"), ("gi", "j"),
)  # fmt: skip
VOWELS = re.compile("[aeiouy]+")
DOUBLED = re.compile(r"(.)\1+")


@lru_cache(maxsize=65_536)
def name_key(word: str) -> str:
    """The first three consonants of a name as it sounds: "Putin", «Путина» -> "ptn".

    Endings of Russian cases and spellings of one sound (kh/х, ts/ц) fall away; a
    vowel at the beginning is kept as "a". A single sound is no key.
    """
    small = word.lower().replace("дж", "ж")
    latin = small.translate(ROMAN)
    if small == latin:  # the spelling is English, not a Russian word letter by letter
        for spelling, sound in SAME_SOUND:
            latin = latin.replace(spelling, sound)
    opening = "a" if VOWELS.match(latin) else ""
    skeleton = DOUBLED.sub(r"\1", opening + VOWELS.sub("", latin))
    return skeleton[:3] if len(skeleton) > 1 else ""


def key_counts(keys: Keys, wanted: Sequence[str]) -> npt.NDArray[np.float32]:
    """(n, wanted): how often each sentence has each key; it has no others."""
    table = np.zeros((len(keys), len(wanted)), dtype=np.float32)
    column = {key: at for at, key in enumerate(wanted)}
    for row, of in enumerate(keys):
        for key in of:
            table[row, column[key]] += 1
    return table
