"""What is usually linked with what, learned from the texts themselves: lines, and names.

In a play "GOVERNOR." stands before every speech of the governor, and «Городничий.» in the
translation; in an interview "Yes." is «Да.». Where two lines are linked again and again in
what is settled already, they belong together in what is still open too. The direction behind
such a line is no part of it ("GOVERNOR [aside]." «Городничий (в сторону).»).

A name that settled links have on both sides ("Pittman" «Питтман», by sound) is one that this
translator writes where the author does. So a link that has it on one side only is doubtful: a
sentence was left out, and its neighbour's link has swallowed it. "This" at the beginning of a
sentence, which sounds like some other word, is no such name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from aligner.alignment.cues import Keys, line_of

TIMES = 2  # settled links of the two lines with each other, at least,
SHARE = 0.6  # and at least this share of all that either of them has; so for names


def partners(
    texts: tuple[Sequence[str], Sequence[str]], settled: Sequence[tuple[int, int]]
) -> tuple[Keys, Keys]:
    """For each sentence of both sides a key that it shares with its usual partner, or none.

    `settled` has the sentences of links that are certain.
    Example: three links of "Yes." with «Да.» -> both have the key "0" wherever they stand.
    """
    src, tgt = lines = tuple([line_of(text) for text in of] for of in texts)
    pairs = Counter((src[i], tgt[j]) for i, j in settled)
    linked = Counter(src[i] for i, _ in settled), Counter(tgt[j] for _, j in settled)
    keys: tuple[dict[str, str], dict[str, str]] = ({}, {})
    for (one, other), count in pairs.items():
        usual = count >= TIMES and count >= SHARE * max(linked[0][one], linked[1][other])
        if usual:
            keys[0][one] = keys[1][other] = str(len(keys[0]))
    of_src, of_tgt = (
        tuple((of[line],) if line in of else () for line in side)
        for of, side in zip(keys, lines, strict=True)
    )
    return of_src, of_tgt


def kept_names(names: tuple[Keys, Keys], settled: Sequence[tuple[int, int]]) -> tuple[Keys, Keys]:
    """Of the names of each sentence those that most settled links with them have on both sides.

    Example: "Pittman left." with «Питтман уехал.» settled -> Pittman, wherever he is named
    """
    here = [(set(names[0][i]), set(names[1][j])) for i, j in settled]
    both = Counter(name for src, tgt in here for name in src & tgt)
    either = Counter(name for src, tgt in here for name in src | tgt)
    kept = {name for name, n in both.items() if n >= SHARE * either[name]}
    src, tgt = (tuple(tuple(n for n in of if n in kept) for of in side) for side in names)
    return src, tgt
