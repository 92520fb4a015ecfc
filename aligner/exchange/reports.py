"""What an import or an export could not carry over, counted and named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

Report = Callable[[str], None]
"""Called with each thing that could not be read: where, and why."""


XliffVersion = Literal["1.2", "2.1"]


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote."""

    units: int
    left_out: dict[str, int] = field(default_factory=dict)  # by reason, in words


@dataclass(frozen=True, slots=True)
class Review:
    """What became of units that came back from a CAT tool."""

    confirmed: int = 0  # approved as they were
    changed: int = 0  # have another target now; the old one is in the history
    overwritten: int = 0  # likewise, and had been changed in the memory meanwhile
    same: int = 0  # nothing was done to them
    emptied: int = 0  # without a target now: left as they were
    back: int = 0  # units of other documents that come back, since they equalled changed ones


class Tally:
    """Counts by name while a format is written."""

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}

    def add(self, name: str, count: int = 1) -> None:
        """Count something; nothing is added for 0."""
        if count:
            self.counts[name] = self.counts.get(name, 0) + count
