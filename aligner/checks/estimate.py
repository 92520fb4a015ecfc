"""How good a translation probably is: an estimate for each pair, between 0 and 1.

A weighted sum of what can be counted about a pair, with weights learned from human scores
(`models/checks.json`, models/README.md has what it is worth). Good for sorting: look at the lowest
first. It does not say what is wrong; the checks do.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from aligner.checks.evidence import Word

_WORD = re.compile(r"[^\W\d_]+")
_MARK = re.compile(r"[,;:()—–-]")
_DIGIT = re.compile(r"\d")
MIDDLE_LENGTH = 4.5  # log of the characters of a usual sentence


def features(
    texts: tuple[str, str],
    words: tuple[Sequence[Word], Sequence[Word]],
    similarity: float,
    ratio: float,
) -> dict[str, float]:
    """What is counted; `texts` and `words` are those of source and target."""
    src, tgt = texts
    src_lacking, tgt_lacking = (
        sum((1 - word.covered) * word.weight for word in side) for side in words
    )
    src_weight, tgt_weight = (sum(word.weight for word in side) for side in words)
    src_words, tgt_words = _WORD.findall(src), _WORD.findall(tgt)
    length = math.log(len(src) + 1) - MIDDLE_LENGTH
    count = len(tgt_words) + 1
    return {
        "similarity": similarity,
        "similarity_long": similarity * length,
        "length": length,
        "uneven": abs(ratio),
        "lacking": math.sqrt(src_lacking),
        "lacking_share": src_lacking / (src_weight + 1),
        "lacking_long": src_lacking / (src_weight + 1) * length,
        "other_lacking_share": tgt_lacking / (tgt_weight + 1),
        "least_covered": min((word.covered for word in words[1]), default=0.0),
        "marks": len(_MARK.findall(tgt)) / (count + 2),
        "different_words": len({word.lower() for word in tgt_words}) / count,
        "capitals": sum(word[0].isupper() for word in tgt_words) / count,
        "digits": len(_DIGIT.findall(tgt)) / (len(tgt) + 5),
        "short_words": sum(len(word) <= 3 for word in tgt_words) / count,
        "word_length": sum(map(len, src_words)) / max(1, len(src_words)),
    }
