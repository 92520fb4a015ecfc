"""What locked and barred links forbid, in a lattice: steps that the search cannot take."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from aligner.alignment.lattice import FORBIDDEN, Lattice
from aligner.alignment.locks import Fences


def fenced(scored: Lattice, fences: Fences, origin: tuple[int, int] = (0, 0)) -> Lattice:
    """The lattice without links that reach over a fence, and without barred ones.

    A barred omission or addition must find a partner. `origin` is the place in the two texts
    where the lattice begins.
    """
    rows, columns = scored.band.places()
    sizes = int(rows[-1]), int(columns[-1])
    src, tgt = (
        np.array([of.stretches[at : at + size], of.runs[at : at + size]])
        for of, at, size in zip((fences.src, fences.tgt), origin, sizes, strict=True)
    )
    scores = scored.scores.copy()
    for k, (a, b) in enumerate(scored.kinds):
        first, last = src[:, np.maximum(rows - a, 0)], src[:, np.maximum(rows - 1, 0)]
        first_tgt, last_tgt = (tgt[:, np.maximum(columns - c, 0)] for c in (b, 1))
        over = (first[1] != last[1]) | (first_tgt[1] != last_tgt[1]) | (last[0] != last_tgt[0])
        scores[k, over] = -np.inf
    skip_src, skip_tgt = scored.skip_src.copy(), scored.skip_tgt.copy()
    for of_src, of_tgt in fences.barred:
        (i, j), (i_to, j_to) = (
            (max(at - origin[0], 0), max(to - origin[1], 0))
            for at, to in ((of_src.start, of_tgt.start), (of_src.stop, of_tgt.stop))
        )
        node = scored.band.node(i_to, j_to)
        if not of_tgt:
            skip_src[i + 1 : i_to + 1] = FORBIDDEN
        elif not of_src:
            skip_tgt[j + 1 : j_to + 1] = FORBIDDEN
        elif node is not None and (len(of_src), len(of_tgt)) in scored.kinds:
            scores[scored.kinds.index((len(of_src), len(of_tgt))), node] = -np.inf
    return replace(scored, scores=scores, skip_src=skip_src, skip_tgt=skip_tgt)
