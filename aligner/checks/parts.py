"""Parts of a pair that the other side may lack: a clause, a sentence.

A part is what stands between two marks or conjunctions, or up to three such neighbours: English
has fewer commas than Russian, so marks alone would not do (at 2 % of false alarms 55 of 100
clauses were found by marks, 71 with conjunctions). Something is missing from a translation when
it is short for its source, when words of the source have no counterpart while those of the
target have one, and above all when the source *without* one of its parts is nearer to the
target than the whole. No single one of these is enough: good translations are short, and words
go without a counterpart everywhere. So they are weighed, with weights learned from clean pairs
and copies with a clause cut out (`models/checks.json`, see models/README.md).
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aligner.checks.coverage import WORD
from aligner.checks.evidence import Word
from aligner.records import Span

_BORDER = re.compile(
    r"\s*[,;:()—–]\s+|\s+[-—–(]\s*|[)»”\"]*[.!?…]+[\"»”)]*\s+"  # a comma, a dash, a full stop …
    r"|\s+(?=(?:and|but|that|which|who|when|where|while|because|after|before|since|as|to|with|by"
    r"|if|whether|until|than)\b)"
    r"|\s+(?=(?:и|или|но|что|чтобы|котор[а-я]+|как|после)\b)"
)
NEIGHBOURS = 3  # pieces that make the longest part
SHORTEST, LONGEST = 0.1, 0.75  # of a part, in shares of its text
LEAST_WORDS = 3  # of a part; less is no evidence
UNCOVERED = 0.45  # a word covered less speaks for a gap, more against it
USUALLY_SHORT = 0.1  # log ratio of lengths that is quite usual
_FUNCTION_WORDS = re.compile(  # English words that Russian has no words for
    r"\b(?:the|a|an|of|to|in|on|at|for|by|with|from|is|are|was|were|be|been|has|have|had|will"
    r"|would|that|it|as|and|or|his|her|their|its|he|she|they)\b",
    re.IGNORECASE,
)
# Characters of Russian for one of English, by least squares on 5,510 clean pairs:
_PER_CHARACTER, _PER_FUNCTION_CHARACTER, _ALWAYS = 1.145, 0.557, 3.77


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a pair, as far as gaps are concerned."""

    text: str
    words: Sequence[Word]
    parts: Mapping[Span, float]  # what leaving each part out adds to the similarity; may be empty


def parts(text: str) -> list[Span]:
    """The parts that may be missing on the other side, of one piece or of a few neighbours."""
    ends = [*_BORDER.finditer(text)]
    starts = [0, *(border.end() for border in ends)]
    stops = [*(border.start() for border in ends), len(text)]
    found = []
    for first in range(len(starts)):
        for last in range(first, min(first + NEIGHBOURS, len(starts))):
            start, stop = starts[first], stops[last]
            share = (stop - start) / max(1, len(text))
            if SHORTEST < share < LONGEST and _enough(text, start, stop):
                found.append(Span(start, stop))
    return found


def _enough(text: str, start: int, stop: int) -> bool:
    inside = len(WORD.findall(text, start, stop))
    return inside >= LEAST_WORDS and len(WORD.findall(text)) - inside >= LEAST_WORDS


def without(text: str, part: Span) -> str:
    """The text without a part and the mark before it."""
    before, after = text[: part.start].rstrip(" ,;:—–-("), text[part.stop :].lstrip(" ,;:—–)")
    return f"{before} {after}".strip()


def log_ratio(en: str, ru: str) -> float:
    """How much longer the Russian text is than the English one lets expect; 0: as expected."""
    function = _FUNCTION_WORDS.findall(en)
    letters = sum(map(len, function)) + len(function)
    expected = _PER_CHARACTER * (len(en) - letters) + _PER_FUNCTION_CHARACTER * letters + _ALWAYS
    return math.log(len(ru) / expected) if ru else -math.inf


def features(here: Side, there: Side, similarity: float, ratio: float) -> dict[str, float]:
    """What speaks for a gap in `there`; `ratio` is the log of its length over the expected one."""
    weight, other_weight = _weight(here.words), _weight(there.words)
    lacking, other_lacking = _lacking(here.words), _lacking(there.words)
    short = min(ratio + USUALLY_SHORT, 0.0)
    length = math.sqrt(len(here.text) / 100)
    return {
        "similarity": similarity,
        "short": short,
        "short_long": ratio * length,  # a long text that is short is more than chance
        "lacking": lacking,
        "lacking_share": lacking / (weight + 1),
        "other_lacking": other_lacking,
        "other_lacking_share": other_lacking / (other_weight + 1),
        "stretch": _stretch(here.words),
        "words": weight,
        "fewer_words": math.log((other_weight + 1) / (weight + 1)),
        "gain": max(here.parts.values(), default=NO_GAIN),
        "part_lacking": max((_share(here.words, part) for part in here.parts), default=0.3),
    }


NO_GAIN = -0.05  # where nothing can be left out


def likeliest(here: Side) -> Span | None:
    """The part that is most probably missing, if any is."""
    return max(
        here.parts,
        key=lambda part: 20 * here.parts[part] + 2 * _share(here.words, part),
        default=None,
    )


def _weight(words: Sequence[Word]) -> float:
    return sum(word.weight for word in words)


def _lacking(words: Sequence[Word]) -> float:
    return sum((1 - word.covered) * word.weight for word in words)


def _stretch(words: Sequence[Word]) -> float:
    """The highest sum over a run of words that are covered little (Kadane's algorithm)."""
    best = run = 0.0
    for word in words:
        run = max(0.0, run) + (UNCOVERED - word.covered) * word.weight
        best = max(best, run)
    return best


def _share(words: Sequence[Word], part: Span) -> float:
    """How much of a part has no counterpart."""
    inside = [word for word in words if part.start <= word.span.start < part.stop]
    return _lacking(inside) / (_weight(inside) + 0.3)
