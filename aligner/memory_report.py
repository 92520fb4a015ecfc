"""What happened to a memory in words: documents added, what was cleaned, statistics."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from aligner.memory.cleaning import Cleaning, Conflict, Removal
from aligner.memory.confirming import Confirmation
from aligner.memory.history import Gone
from aligner.memory.removing import Removed
from aligner.memory.statistics import BINS, Statistics
from aligner.memory.units import StoredDocument
from aligner.writers.tsv import escaped

if TYPE_CHECKING:
    from aligner.delivery import Outcome

MOST_LINES = 20  # documents that the summary names one by one
MOST_SHOWN = 5  # units of each reason, conflicts, values of metadata
EXCERPT = 60  # characters of a text
BAR = 40  # characters of the longest bar
_OUTCOMES = {
    "added": "added",
    "replaced": "new version",
    "unchanged": "there already",
    "elsewhere": "there already under another name",
}


def confirmation(found: Confirmation) -> str:
    """How many units are confirmed now, and what the memory does not have."""
    parts = [f"confirmed in the memory: {_count(found.units, 'unit')}"]
    if found.already:
        parts.append(f"{found.already:,} already")
    if found.unknown:
        parts.append(f"{_count(len(found.unknown), 'pair')} not in it: add the new version first")
    return ", ".join(parts)


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
    if outcome.unreadable:
        parts.append(f"{outcome.unreadable:,} could not be read")
    return " · ".join(parts)


def delivery_summary(outcomes: Sequence[Outcome], alone: Iterable[Path], total: str) -> str:
    """All documents: a line for each of a few, how many of each kind, files without partner."""
    done = [outcome for outcome in outcomes if outcome.change]
    lines = [outcome_line(one) for one in done] if len(done) <= MOST_LINES else []
    for outcome in done:
        lines += [f"  {problem}" for problem in outcome.problems[:MOST_LINES]]
    lines += [f"no partner: {path}" for path in alone]
    kinds = Counter(_OUTCOMES[one.change.outcome] for one in done if one.change)
    counted = [f"{number:,} {kind}" for kind, number in sorted(kinds.items())]
    failed = len(outcomes) - len(done)
    counted += [f"{failed:,} failed"] if failed else []
    return "\n".join([*lines, f"{_count(len(outcomes), 'document')}: {', '.join(counted)}", total])


def memory_line(units: int, documents: int) -> str:
    """How large a memory is now."""
    return f"the memory holds {_count(units, 'unit')} of {_count(documents, 'document')}"


def removal_summary(removed: Sequence[Removed], dry_run: bool, total: str) -> str:
    """What went or would go, a line for each document, and how large the memory is now."""
    what, go = ("would be removed", "would go") if dry_run else ("removed", "gone")
    lines = []
    for one in removed:
        parts = [f"{one.document}: {what}", f"{_count(one.units, 'unit')} {go} into the history"]
        if one.back:
            parts.append(f"{_count(one.back, 'unit')} of other documents back, merged into them")
        lines.append(" · ".join(parts))
    return "\n".join([*lines, total])


def cleaning_summary(done: Cleaning, dry_run: bool, verbose: bool = False) -> str:
    """What went or would go, with examples of each reason, and the conflicts."""
    went = "would go" if dry_run else "gone into the history"
    lines = [f"{_count(len(done.removals), 'unit')} {went}, {done.units:,} left"]
    for reason, count in sorted(done.counts().items(), key=lambda item: (-item[1], item[0])):
        some = [one for one in done.removals if one.reason == reason]
        lines.append(f"{reason}: {count:,}")
        lines += _shown([_removal(one) for one in some], verbose)
    if done.conflicts:
        sources = _count(len(done.conflicts), "source")
        lines.append(f"{sources} with several translations (all stay):")
        lines += _shown([_conflict(one) for one in done.conflicts], verbose)
    return "\n".join(lines)


def statistics_text(found: Statistics) -> str:
    """A memory in numbers, for people."""
    words = ", ".join(f"{count:,} {lang}" for lang, count in found.words.items())
    lines = [
        f"units      {found.units:,}: {found.both_sides:,} pairs, "
        f"{_count(found.omissions, 'omission')}, {_count(found.additions, 'addition')}",
        f"confirmed  {found.confirmed:,}",
        f"merged     {found.merged:,} duplicates; in the history {found.history:,} units",
        f"documents  {found.documents:,}",
        f"words      {words or 0}",
        *_counted("languages", found.languages),
        *_counted("kinds", found.kinds),
        *_counted("encoder", found.encoders),
    ]
    for key, values in found.metadata.items():
        lines += _counted(key, values)
    lines += ["probability", *_bars(_bins(found.probability))]
    lines += ["growth", *_bars({one.period: one.units for one in found.growth})]
    return "\n".join(lines)


def document_lines(documents: Iterable[StoredDocument]) -> Iterator[str]:
    """A line for each document, with tabs between its fields."""
    yield "name\tversion\tunits\tchanged\tmetadata"
    for one in documents:
        known = {key: value for key, value in one.metadata.items() if ":" not in key}
        metadata = "; ".join(f"{key}={value}" for key, value in known.items())
        yield f"{one.name}\t{one.version}\t{one.units}\t{one.changed}\t{metadata}"


def history_lines(units: Iterable[Gone]) -> Iterator[str]:
    """A line for each unit that is gone, with tabs between its fields."""
    yield "date\tdocument\tversion\treason\tsource\ttarget"
    for one in units:
        texts = f"{escaped(one.src)}\t{escaped(one.tgt)}"
        yield f"{one.date}\t{one.document}\t{one.version}\t{one.reason}\t{texts}"


def as_json(found: Mapping[str, object]) -> str:
    """An object as JSON, on several lines."""
    return json.dumps(found, ensure_ascii=False, indent=2)


def _removal(one: Removal) -> str:
    why = f"  ({one.detail})" if one.detail else ""
    return f"  {one.id}  {_excerpt(one.src)} | {_excerpt(one.tgt)}{why}"


def _conflict(one: Conflict) -> str:
    several = " / ".join(f"{_excerpt(each.tgt)} ×{each.count}" for each in one.translations)
    return f"  {_excerpt(one.src)} | {several}"


def _shown(lines: Sequence[str], verbose: bool) -> Iterator[str]:
    yield from lines if verbose else lines[:MOST_SHOWN]
    if not verbose and len(lines) > MOST_SHOWN:
        yield f"  … and {len(lines) - MOST_SHOWN:,} more (--verbose)"


def _counted(name: str, values: Mapping[str, int]) -> Iterator[str]:
    some = [f"{value or '(none)'} {count:,}" for value, count in values.items()]
    more = [f"{len(some) - MOST_SHOWN:,} others"] if len(some) > MOST_SHOWN else []
    if some:
        yield f"{name:10} {', '.join([*some[:MOST_SHOWN], *more])}"


def _bins(counts: Sequence[int]) -> dict[str, int]:
    return {f"{at / BINS:.1f}–{(at + 1) / BINS:.1f}": count for at, count in enumerate(counts)}


def _bars(values: Mapping[str, int]) -> Iterator[str]:
    """A line for each value; the largest has the longest bar, and no unit is too few for one."""
    largest, width = max(values.values(), default=0), len(f"{max(values.values(), default=0):,}")
    for name, count in values.items():
        bar = "█" * -(-count * BAR // largest) if largest else ""
        yield f"  {name:10} {count:>{width},} {bar}".rstrip()


def _excerpt(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= EXCERPT else line[: EXCERPT - 1].rstrip() + "…"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
