"""An alignment as a still picture: its path with the doubtful places, its probabilities.

For reports and for those who want no page; what can be clicked is on the review page.
matplotlib is an extra (`pip install 'aligner[plot]'`), loaded when a picture is asked for.
The same alignment gives the same bytes: no date, no version of the software in the file.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from aligner.errors import InputError, ModelError
from aligner.records import Alignment, Pair
from aligner.writers.atomic import check_writable, replacing

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

DOUBTFUL = 0.9
POOR = 0.5
BINS = 20
DPI = 144
SUFFIXES = (".png", ".svg")

# Colors that stay apart for color-blind readers, those of the review page.
PATH, FAIR, BAD, OMITTED, ADDED = "#3d9a5a", "#f0a92b", "#d93a2b", "#7b4fc4", "#1f86b5"

Plot = Callable[[Sequence[Pair], "Figure"], None]


@dataclass(frozen=True, slots=True)
class Pictures:
    """Which pictures of an alignment are wanted, and where."""

    path: Path | None = None
    histogram: Path | None = None

    def check(self) -> None:
        """Errors where one cannot be made or written, before the long work."""
        for place in filter(None, (self.path, self.histogram)):
            check_picture(place)

    def write(self, alignment: Alignment) -> None:
        """Draw those that are wanted."""
        if self.path:
            write_path(alignment, self.path)
        if self.histogram:
            write_histogram(alignment, self.histogram)


def write_path(pairs: Alignment | Iterable[Pair], path: Path) -> None:
    """Source sentences to the right, target sentences down, what is doubtful in color."""
    _write(pairs, path, _path)


def write_histogram(pairs: Alignment | Iterable[Pair], path: Path) -> None:
    """How many pairs have which probability, on a logarithmic axis."""
    _write(pairs, path, _histogram)


def check_picture(path: Path) -> None:
    """Errors where no picture can be made or written at `path`, before the long work."""
    if path.suffix.lower() not in SUFFIXES:
        raise InputError(f"{path}: pictures are {' or '.join(SUFFIXES)}; end its name in one")
    check_writable(path)
    _matplotlib()


def _matplotlib() -> type[Figure]:
    try:
        from matplotlib.figure import Figure
    except ImportError:
        raise ModelError(
            "pictures need matplotlib, which is not installed: pip install 'aligner[plot]'"
        ) from None
    return Figure


def _write(pairs: Alignment | Iterable[Pair], path: Path, plot: Plot) -> None:
    import matplotlib

    listed = list(pairs.pairs() if isinstance(pairs, Alignment) else pairs)
    form = path.suffix.lower().removeprefix(".")
    drawn = io.BytesIO()
    # No setting of the reader's own: the picture depends on the pairs alone.
    with matplotlib.rc_context(matplotlib.rcParamsDefault | {"svg.hashsalt": "aligner"}):
        figure = _matplotlib()(figsize=(7, 7 if plot is _path else 4.2), layout="constrained")
        plot(listed, figure)
        blank = {"Software": None} if form == "png" else {"Date": None, "Creator": None}
        figure.savefig(drawn, format=form, dpi=DPI, metadata=blank)
    with replacing(path) as stream:
        stream.write(drawn.getvalue())


def _path(pairs: Sequence[Pair], figure: Figure) -> None:
    axes = figure.add_subplot()
    for name, color, size, chosen in _groups(pairs):
        if not chosen:
            continue
        x = [(pair.src_span.start + pair.src_span.stop) / 2 for pair in chosen]
        y = [(pair.tgt_span.start + pair.tgt_span.stop) / 2 for pair in chosen]
        axes.scatter(x, y, s=size, c=color, label=f"{name}: {len(chosen):,}", linewidths=0)
    axes.set_xlabel(_side(pairs, "src_name", "source"))
    axes.set_ylabel(_side(pairs, "tgt_name", "target"))
    axes.xaxis.tick_top()
    axes.xaxis.set_label_position("top")
    axes.invert_yaxis()
    _finish(axes)


def _groups(pairs: Sequence[Pair]) -> list[tuple[str, str, float, list[Pair]]]:
    """Name, color, size and pairs of each group; the last is drawn on top."""
    both = [pair for pair in pairs if pair.src_span and pair.tgt_span]
    return [
        (
            f"probability {DOUBTFUL} and more",
            PATH,
            5,
            [p for p in both if p.probability >= DOUBTFUL],
        ),
        ("additions", ADDED, 18, [pair for pair in pairs if not pair.src_span]),
        ("omissions", OMITTED, 18, [pair for pair in pairs if not pair.tgt_span]),
        (f"{POOR} to {DOUBTFUL}", FAIR, 22, [p for p in both if POOR <= p.probability < DOUBTFUL]),
        (f"below {POOR}", BAD, 26, [pair for pair in both if pair.probability < POOR]),
    ]


def _histogram(pairs: Sequence[Pair], figure: Figure) -> None:
    axes = figure.add_subplot()
    both = [pair.probability for pair in pairs if pair.src_span and pair.tgt_span]
    one = [pair.probability for pair in pairs if not (pair.src_span and pair.tgt_span)]
    axes.hist(
        [both, one],
        bins=[edge / BINS for edge in range(BINS + 1)],
        color=[PATH, OMITTED],
        label=[f"links: {len(both):,}", f"omissions and additions: {len(one):,}"],
    )
    axes.set_yscale("symlog", linthresh=1)  # one pair is as visible as a thousand
    axes.yaxis.set_major_formatter("{x:,.0f}")
    axes.set_xlim(0, 1)
    axes.set_xlabel("probability")
    axes.set_ylabel("pairs")
    _finish(axes)


def _finish(axes: Axes) -> None:
    axes.grid(visible=True, color="#e3e6ea", linewidth=0.6)
    axes.set_axisbelow(True)
    if axes.get_legend_handles_labels()[0]:  # there are pairs
        axes.legend(frameon=False, fontsize="small", title="pairs")


def _side(pairs: Sequence[Pair], name: str, side: str) -> str:
    """The axis' words: sentences of which text. A $ in a file name starts no formula."""
    named = getattr(pairs[0].provenance, name) if pairs else ""
    return f"sentences of {named or 'the ' + side}".replace("$", r"\$")
