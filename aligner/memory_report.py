"""What happened to a memory in words: documents added, what was cleaned, statistics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from aligner.delivery import Outcome

MOST_LINES = 20  # documents that the summary names one by one
_OUTCOMES = {
    "added": "added",
    "replaced": "new version",
    "unchanged": "there already",
    "elsewhere": "there already under another name",
}


def outcome_line(outcome: Outcome) -> str:
    """One document on one line."""
    change = outcome.change
    if change is None:
        return f"failed: {outcome.document}: {outcome.error}"
    parts = [f"{outcome.document}: {_OUTCOMES[change.outcome]}"]
    if change.outcome == "elsewhere":
        parts[0] += f", {change.document}"
    parts.append(_count(change.units, "unit"))
    if change.outcome == "replaced":
        parts.append(f"{change.new:,} new, {change.gone:,} gone into the history")
    if change.metadata_changed:
        parts.append("metadata changed")
    return " · ".join(parts)


def delivery_summary(outcomes: Sequence[Outcome], alone: Iterable[Path], total: str) -> str:
    """All documents: a line for each of a few, how many of each kind, files without partner."""
    done = [outcome for outcome in outcomes if outcome.change]
    lines = [outcome_line(one) for one in done] if len(done) <= MOST_LINES else []
    lines += [f"no partner: {path}" for path in alone]
    kinds = Counter(_OUTCOMES[one.change.outcome] for one in done if one.change)
    counted = [f"{number:,} {kind}" for kind, number in sorted(kinds.items())]
    failed = len(outcomes) - len(done)
    counted += [f"{failed:,} failed"] if failed else []
    return "\n".join([*lines, f"{_count(len(outcomes), 'document')}: {', '.join(counted)}", total])


def memory_line(units: int, documents: int) -> str:
    """How large a memory is now."""
    return f"the memory holds {_count(units, 'unit')} of {_count(documents, 'document')}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
