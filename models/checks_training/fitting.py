"""Weights by name from tables of features: logistic for gaps, least squares for quality.

Features are standardised for the fit and the weights are given for the plain ones. Quality is
fitted on the ranks of the scores within each set, since scales and means of
the sets have nothing to do with each other; each set counts the same however large it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.stats import rankdata

Floats = npt.NDArray[np.float64]
Features = Mapping[str, float]

DIGITS = 4


def logistic(
    rows: Sequence[Features], wrong: Sequence[bool], penalty: float = 1.0
) -> dict[str, float]:
    """Weights that tell the rows that are `wrong` from the others."""
    names, table, scale = _table(rows)
    signs = np.where(wrong, 1.0, -1.0)
    middle = table.mean(axis=0)
    design = np.c_[(table - middle) / scale, np.ones(len(table))]

    def objective(weights: Floats) -> tuple[float, Floats]:
        margins = signs * (design @ weights)
        loss = np.logaddexp(0, -margins).sum() + penalty / 2 * (weights[:-1] ** 2).sum()
        slope = -signs / (1 + np.exp(np.clip(margins, -500, 500)))
        return loss, design.T @ slope + np.append(penalty * weights[:-1], 0)

    found = minimize(objective, np.zeros(design.shape[1]), jac=True, method="L-BFGS-B").x
    return _named(names, found[:-1] / scale, found[-1] - (found[:-1] / scale) @ middle)


def ranked(
    sets: Mapping[str, tuple[Sequence[Features], Sequence[float]]],
    importance: Mapping[str, float],
    penalty: float = 30.0,
) -> dict[str, float]:
    """Weights whose sum goes with the rank of the scores in every set, on a scale of 0 to 1."""
    tables, ranks, weights, means = [], [], [], []
    for name, (rows, scores) in sets.items():
        names, table, _ = _table(rows)
        means.append(table.mean(axis=0))
        tables.append(table - means[-1])
        ranks.append(rankdata(scores) / len(scores) - 0.5)
        weights.append(np.full(len(rows), 1000 * importance[name] / len(rows)))
    table, rank, weight = np.concatenate(tables), np.concatenate(ranks), np.concatenate(weights)
    scale = table.std(axis=0) + 1e-9
    design = table / scale
    left = design.T @ (design * weight[:, None]) + penalty * np.eye(len(scale))
    found = np.linalg.solve(left, design.T @ (weight * rank)) / scale
    return _named(names, found, 0.5 - float(found @ np.mean(means, axis=0)))


def _table(rows: Sequence[Features]) -> tuple[list[str], Floats, Floats]:
    names = list(rows[0])
    table = np.array([[row[name] for name in names] for row in rows])
    return names, table, table.std(axis=0) + 1e-9


def _named(names: Sequence[str], weights: Floats, bias: float) -> dict[str, float]:
    found = {name: round(float(w), DIGITS) for name, w in zip(names, weights, strict=True)}
    return {**found, "bias": round(float(bias), DIGITS)}
