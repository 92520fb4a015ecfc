"""What a check says about a pair: plain records, for the checks, the writers and the report.

Severities: an *error* is wrong whatever the translator meant; a *warning* is wrong most of
the time and worth a look; an *advisory* is a hint, often fine, kept apart from the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from aligner.records import Pair, Span

Severity = Literal["error", "warning", "advisory"]

SEVERITIES: tuple[Severity, ...] = get_args(Severity)
"""Most serious first."""


@dataclass(frozen=True, slots=True)
class Issue:
    """Something a reviewer should look at, with its evidence.

    `src` and `tgt` are spans of characters in the pair's texts that a reader may
    highlight; they may be empty.
    """

    pair: int  # 0-based place of the pair in what was checked
    check: str
    family: str
    severity: Severity
    message: str
    src: tuple[Span, ...] = ()
    tgt: tuple[Span, ...] = ()


def at_least(severity: Severity, level: Severity) -> bool:
    """Whether a severity is as serious as `level`, or more so."""
    return SEVERITIES.index(severity) <= SEVERITIES.index(level)


@dataclass(frozen=True, slots=True)
class Checked:
    """What a run of checks came to: the pairs, what was found in them, how good each may be."""

    pairs: tuple[Pair, ...]
    issues: tuple[Issue, ...]  # most serious first
    estimates: tuple[float | None, ...] = ()  # of each pair's quality, 0 to 1; empty: not asked
    ignored: int = 0  # findings that the user has marked as none
    name: str = ""  # of the file that was checked; of two documents, the target
    checks: tuple[str, ...] = ()  # names of those that ran
    lines: tuple[int | None, ...] = ()  # of each pair in that file, from 1; empty: unknown

    def count(self, severity: Severity) -> int:
        """How many issues are of a severity."""
        return sum(issue.severity == severity for issue in self.issues)

    def fails(self, level: Severity | None) -> bool:
        """Whether something as serious as `level` was found."""
        return level is not None and any(at_least(one.severity, level) for one in self.issues)
