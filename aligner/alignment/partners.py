"""Lines that come back, and what they are usually linked with, learned from the texts themselves.

In a play "GOVERNOR." stands before every speech of the governor, and «Городничий.» in the
translation; in an interview "Yes." is «Да.». Where two lines are linked again and again in
what is settled already, they belong together in what is still open too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from aligner.alignment.cues import KEY_BUCKETS, Keys

TIMES = 2  # settled links of the two lines with each other, at least,
SHARE = 0.6  # and at least this share of all that either of them has


def partners(
    texts: tuple[Sequence[str], Sequence[str]], settled: Sequence[tuple[int, int]]
) -> tuple[Keys, Keys]:
    """For each sentence of both sides a key that it shares with its usual partner, or none.

    `settled` has the sentences of links that are certain.
    Example: three links of "Yes." with «Да.» -> both have the key 0 wherever they stand.
    """
    src, tgt = texts
    pairs = Counter((src[i], tgt[j]) for i, j in settled)
    linked = Counter(src[i] for i, _ in settled), Counter(tgt[j] for _, j in settled)
    keys: tuple[dict[str, int], dict[str, int]] = ({}, {})
    for (one, other), count in pairs.items():
        usual = count >= TIMES and count >= SHARE * max(linked[0][one], linked[1][other])
        if usual:
            keys[0][one] = keys[1][other] = len(keys[0]) % KEY_BUCKETS
    of_src, of_tgt = (
        tuple((of[text],) if text in of else () for text in side)
        for of, side in zip(keys, texts, strict=True)
    )
    return of_src, of_tgt
