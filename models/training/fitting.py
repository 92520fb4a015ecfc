"""The best weights for some examples: penalised likelihood, by L-BFGS.

The penalty is L2 towards a prior rather than towards nothing: few texts of the gold have
paragraphs or speakers' names, and where evidence is thin a weight should stay what an
engineer would guess. Quasi-Newton search as by Sha & Pereira (2003), the first steps
on a quarter of the documents, which costs a quarter.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from models.training.field import NAMES, loss
from models.training.workers import Workers

Floats = npt.NDArray[np.float64]

PENALTY = 1.0  # a standard deviation of 1 around the prior, with evidence of the order of 1
STEPS = 60  # of the search, at most
SAMPLE = 4  # every fourth document is enough to come near

PRIOR = {"borders_crossed": -1.0, "borders_meet": 0.5, "labels_swallowed": -0.5}
START = {  # the signs and sizes that earlier fits found: it saves steps
    "likeness": 2.0,
    "skip": -0.5,
    "skip_opening": -2.0,
    "skip_likeness": -1.0,
}


def fitted(
    workers: Workers, documents: Sequence[int], without: frozenset[str] = frozenset()
) -> Floats:
    """(weights,) of the highest penalised likelihood of the gold of these documents.

    Weights named in `without` are 0: what they stand for is no evidence.
    """
    start, free = vector({**PRIOR, **START}), np.array([name not in without for name in NAMES])
    near = _searched(workers, documents[::SAMPLE], start, free)
    return _searched(workers, documents, near, free)


def vector(values: dict[str, float]) -> Floats:
    """Weights by name as a vector, 0 where none is given; a name that is gone is passed over."""
    return np.array([values.get(name, 0.0) for name in NAMES])


def _searched(
    workers: Workers, documents: Sequence[int], start: Floats, free: npt.NDArray[np.bool_]
) -> Floats:
    """The best weights near `start`; those that are not `free` are 0."""
    prior = vector(PRIOR)
    counts = [workers.documents[at].weight for at in documents]

    def objective(weights: Floats) -> tuple[float, Floats]:
        losses = workers.ask(loss, documents, weights)
        away = weights - prior
        value = sum(one.value * w for one, w in zip(losses, counts, strict=True))
        value += PENALTY * float(away @ away) / 2
        gradient = np.sum([one.gradient * w for one, w in zip(losses, counts, strict=True)], axis=0)
        gradient += PENALTY * away
        return value, gradient

    options = {"maxiter": STEPS, "maxcor": 20}
    bounds = [(None, None) if one else (0.0, 0.0) for one in free.tolist()]
    result = minimize(
        objective, start * free, jac=True, method="L-BFGS-B", bounds=bounds, options=options
    )
    weights: Floats = result.x
    return weights
