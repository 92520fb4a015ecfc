"""Whether a link's probability means what it says: calibration error, ranking, a diagram.

Right is a link that stands in the gold. What lies wholly inside a gold row of several
sentences on both sides is left out, since nobody has said which of its tilings is right.
Expected calibration error over ten bins of equal width (Naeini et al. 2015); the area
under the ROC curve is the chance that a wrong link has a lower probability than a
right one (Mann & Whitney 1947).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from aligner.linkfiles import IndexLink

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

BINS = 10


@dataclass(frozen=True, slots=True)
class Judged:
    """Links with their probability and whether they are right."""

    probability: Floats  # (links,)
    right: Bools  # (links,)


@dataclass(frozen=True, slots=True)
class Bin:
    """The links whose probability lies in one tenth."""

    count: int
    probability: float  # mean
    right: float  # share


def judged(
    gold: Sequence[IndexLink], links: Sequence[IndexLink], probabilities: Sequence[float]
) -> Judged:
    """The links that the gold can judge."""
    known = set(gold)
    rows = [(set(src), set(tgt)) for src, tgt in gold if len(src) > 1 and len(tgt) > 1]
    row_of = [
        {i: row for row, sides in enumerate(rows) for i in sides[side]} for side in (0, 1)
    ]  # of each sentence, on each side
    kept = [
        (probability, link in known)
        for link, probability in zip(links, probabilities, strict=True)
        if link in known or not _inside_one(link, row_of)
    ]
    return Judged(np.array([p for p, _ in kept]), np.array([r for _, r in kept], dtype=bool))


def _inside_one(link: IndexLink, row_of: Sequence[dict[int, int]]) -> bool:
    """Whether all of the link's sentences stand in the same row."""
    rows = {row_of[side].get(i, -1) for side in (0, 1) for i in link[side]}
    return len(rows) == 1 and -1 not in rows


def together(parts: Sequence[Judged]) -> Judged:
    """The links of several documents."""
    return Judged(
        np.concatenate([part.probability for part in parts]),
        np.concatenate([part.right for part in parts]),
    )


def bins(links: Judged) -> list[Bin]:
    """The tenths that hold a link, from the least probable."""
    tenth = np.minimum((links.probability * BINS).astype(int), BINS - 1)
    return [
        Bin(int(here.sum()), float(links.probability[here].mean()), float(links.right[here].mean()))
        for here in (tenth == at for at in range(BINS))
        if here.any()
    ]


def calibration_error(links: Judged) -> float:
    """Mean distance of probability and share of right links over the bins, by their size."""
    total = len(links.right)
    return sum(one.count * abs(one.probability - one.right) for one in bins(links)) / max(total, 1)


def ranking(links: Judged) -> float:
    """Chance that a wrong link is less probable than a right one; nan without one of each."""
    wrong, right = np.sort(links.probability[~links.right]), links.probability[links.right]
    if not len(wrong) or not len(right):
        return float("nan")
    less, no_more = (np.searchsorted(wrong, right, side) for side in ("left", "right"))
    return float((less + no_more).mean() / 2 / len(wrong))  # a tie counts half


def draw(links: Judged, path: Path, title: str) -> None:
    """A reliability diagram as PNG: share of right links over probability."""
    import matplotlib

    matplotlib.use("Agg")  # no display is needed, or asked for
    from matplotlib import pyplot

    found = bins(links)
    figure, (above, below) = pyplot.subplots(
        2, 1, figsize=(4.5, 5.5), sharex=True, height_ratios=[3, 1], layout="constrained"
    )
    above.plot([0, 1], [0, 1], color="0.7", linewidth=1)
    above.plot([one.probability for one in found], [one.right for one in found], "o-")
    above.set(title=title, ylabel="share of right links", xlim=(0, 1), ylim=(0, 1.02))
    below.bar([one.probability for one in found], [one.count for one in found], width=0.06)
    below.set(yscale="log", xlabel="probability", ylabel="links")
    figure.savefig(path, dpi=120, metadata={"Software": None})  # the same links, the same bytes
    pyplot.close(figure)
