"""How much this translator leaves out, seen in the text itself.

The weights know how often sentences are left out in the texts that they were learned from.
Where a text leaves out far more, a sentence without a partner would still be joined to its
neighbour's link. So runs of sentences left out are counted, as far as they are sure, and where
there are more than twice as many as usual, a run costs less: by the logarithm of what is above
twice, as if the weight had been learned on such texts. All others stay as they are: texts
differ, and the count itself rests on what is in doubt.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from aligner.alignment.lattice import Lattice
from aligner.alignment.search import Posterior, posterior
from aligner.alignment.waves import Plan

ORDINARY = 2.0  # times the usual share, up to which nothing changes
PRIOR_STEPS = 50  # links and runs left out that the usual share is worth beside those counted
MOST = 2.0  # that a run can cost less: from fifteen times the usual share on
ROUNDS = 2  # counted again with the new cost, which makes more of them sure


def counted(chances: Posterior) -> tuple[float, float]:
    """Runs of sentences left out, and links, as far as they are sure.

    Each counts for its probability squared: what is half probable is expected half a time,
    and of that half is trusted.
    """
    links = np.einsum("kn,kn->", chances.links, chances.links, dtype=np.float64)
    left_out = np.concatenate([chances.skip_src, chances.skip_tgt])
    sure = float((left_out**2).sum() / max(left_out.sum(), 1e-9))
    return chances.openings * sure, float(links)


def to_habits(scored: Lattice, usual: float) -> tuple[Plan, Posterior]:
    """The lattice with the cost of runs left out that fits this text, and its probabilities.

    `usual` is the share of such runs among all links and runs; 0 means that it is not known.
    """
    plan = Plan(scored)
    chances = posterior(scored, plan)
    for _ in range(ROUNDS if usual else 0):
        opening = scored.opening + _cheaper(*counted(chances), usual)
        if opening == plan.lattice.opening:
            break
        del plan, chances  # they are large
        plan = Plan(replace(scored, opening=opening))
        chances = posterior(plan.lattice, plan)
    return plan, chances


def _cheaper(runs: float, links: float, usual: float) -> float:
    """By how much a run left out costs less than the weights say."""
    share = (runs + PRIOR_STEPS * usual) / (runs + links + PRIOR_STEPS)
    return float(np.clip(np.log(share / (ORDINARY * usual)), 0.0, MOST))
