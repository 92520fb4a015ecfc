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

import numpy as np
import numpy.typing as npt

from aligner.alignment.numerals import number_parts

Keys = tuple[tuple[str, ...], ...]
"""For each sentence its keys: numbers by value, names by sound."""

LABEL_LETTERS = 30  # a label is no longer than this,
LABEL_TIMES = 3  # and comes back at least as often
LABEL_WITHIN = 200  # among so many sentences: in a long play "What!" comes back as well

CLOSING = "\"'»”“’)]}*_ \u00a0"
END_MARKS = {".": 1, "!": 2, "?": 3, "…": 4, ":": 5, ";": 6, ",": 7}
SPEECH = re.compile(r"[(\[]?\s*(?:[-–—―]\s|[\"“„«‘'])")
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
    lower: npt.NDArray[np.bool_]  # begins with a small letter: it may go on from before
    cut: npt.NDArray[np.int8]  # 1: no sentence can end so ("the red St."); 2: it is only "The Rev."
    questions: npt.NDArray[np.int64]  # question marks in it
    exclamations: npt.NDArray[np.int64]  # exclamation marks in it
    numbers: Keys
    names: Keys

    def __len__(self) -> int:
        return len(self.letters)


def cues(texts: Sequence[str]) -> Cues:
    """The cues of the sentences, in order."""
    often = _often(texts)
    letters = [max(1, sum(map(str.isalnum, text))) for text in texts]
    label = [count <= LABEL_LETTERS and again for count, again in zip(letters, often, strict=True)]
    return Cues(
        letters=np.array(letters, dtype=np.float32),
        end=np.array([_end_mark(text) for text in texts], dtype=np.int8),
        speech=np.array([SPEECH.match(text) is not None for text in texts], dtype=bool),
        bracket=np.array([text[:1] in ("(", "[") for text in texts], dtype=bool),
        label=np.array(label, dtype=bool),
        lower=np.array([text[:1].islower() for text in texts], dtype=bool),
        cut=np.array([_cut(text) for text in texts], dtype=np.int8),
        questions=np.array([text.count("?") for text in texts], dtype=np.int64),
        exclamations=np.array([text.count("!") for text in texts], dtype=np.int64),
        numbers=tuple(number_keys(text) for text in texts),
        names=tuple(name_keys(text) for text in texts),
    )


def _often(texts: Sequence[str]) -> list[bool]:
    """Whether each sentence is one of LABEL_TIMES the same among LABEL_WITHIN neighbours."""
    places: dict[str, list[int]] = {}
    for at, text in enumerate(texts):
        places.setdefault(text, []).append(at)
    often = [False] * len(texts)
    for of in places.values():
        for first in range(len(of) - LABEL_TIMES + 1):
            some = of[first : first + LABEL_TIMES]
            if some[-1] - some[0] < LABEL_WITHIN:
                for at in some:
                    often[at] = True
    return often


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
