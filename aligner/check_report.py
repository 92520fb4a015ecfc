"""Issues in words for people: a table for the terminal, a summary, what a check does.

The evidence is marked in both texts: in reverse video on a terminal, by ⟦ and ⟧ elsewhere. The
texts are cut around it, so that a long sentence stays on a few lines.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from aligner.checks.check import Check
from aligner.issues import SEVERITIES, Checked
from aligner.records import Span

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

WIDTH = 120  # of the table where no terminal says another
SHOWN = 150  # characters of each text
BRACKETS = "⟦⟧"  # around the evidence where there is no reverse video
COLOURS = {"error": "bold red", "warning": "yellow", "advisory": "cyan"}


def issue_table(checked: Checked, colour: bool) -> Table:
    """A row for each issue: how serious, where, what, and both texts with the evidence marked."""
    from rich.table import Table
    from rich.text import Text

    table = Table(show_edge=False, show_lines=True, pad_edge=False)
    for name in ("severity", "pair", "check"):
        table.add_column(name, no_wrap=True)
    table.add_column("what", overflow="fold", ratio=1)
    for issue in checked.issues:
        pair = checked.pairs[issue.pair]
        what = Text(_clean(issue.message))
        what.append_text(_evidence(pair.src, issue.src, colour))
        what.append_text(_evidence(pair.tgt, issue.tgt, colour))
        severity = Text(issue.severity, style=COLOURS[issue.severity])
        table.add_row(severity, str(issue.pair + 1), issue.check, what)
    return table


def _evidence(text: str, spans: Sequence[Span], colour: bool) -> Text:
    """A text on a line of its own, with what the spans cover marked."""
    from rich.text import Text

    start, stop = window(text, spans)
    shown = Text("\n" + ("…" if start else ""), style="")
    inside = [Span(max(s.start, start), min(s.stop, stop)) for s in spans if _meets(s, start, stop)]
    place = start
    for span in sorted(inside, key=lambda span: (span.start, span.stop)):
        if span.start >= place:
            shown.append(_clean(text[place : span.start]), style="dim")
            marked = _clean(text[span.start : span.stop])
            marked = marked if colour else f"{BRACKETS[0]}{marked}{BRACKETS[1]}"
            shown.append(marked, style="reverse")
            place = span.stop
    shown.append(_clean(text[place:stop]), style="dim")
    shown.append("…" if stop < len(text) else "")
    return shown


def _meets(span: Span, start: int, stop: int) -> bool:
    return span.start < stop and span.stop > start


def window(text: str, spans: Sequence[Span]) -> tuple[int, int]:
    """Which part of a text is shown: all of a short one, else what is around the first span."""
    if len(text) <= SHOWN:
        return 0, len(text)
    first = min((span.start for span in spans), default=0)
    start = max(0, min(first - SHOWN // 3, len(text) - SHOWN))
    return start, start + SHOWN


def _clean(text: str) -> str:
    """On one line; what cannot be shown as its number, so that nothing plays with the terminal."""
    return "".join(
        " " if char in "\n\t\r" else char if char.isprintable() else f"<U+{ord(char):04X}>"
        for char in text
    )


def check_summary(checked: Checked) -> str:
    """How much of what was found, on one line or two."""
    counts = ", ".join(_count(checked.count(severity), severity) for severity in SEVERITIES)
    ignored = f" · {checked.ignored:,} ignored" if checked.ignored else ""
    lines = [f"{_count(len(checked.pairs), 'pair')}: {counts}{ignored}"]
    if checked.issues:
        commonest = Counter(issue.check for issue in checked.issues)
        ranked = sorted(commonest.items(), key=lambda item: (-item[1], item[0]))
        lines.append(", ".join(f"{count} × {name}" for name, count in ranked))
    return "\n".join(lines)


def _count(number: int, noun: str) -> str:
    plural = {"advisory": "advisories"}.get(noun, noun + "s")
    return f"{number:,} {noun if number == 1 else plural}"


def explanation(check: Check) -> str:
    """What a check does: its family, how serious it is, what fires and what does not."""
    return f"{check.name} ({check.family}, {check.severity})\n\n{check.explanation}"


def overview(checks: Sequence[Check]) -> Iterator[str]:
    """All checks by family, a line each."""
    for family in dict.fromkeys(check.family for check in checks):
        yield f"{family}:"
        for check in checks:
            if check.family == family:
                first = check.explanation.partition("\n")[0]
                yield f"  {check.name:20} {check.severity:9} {first}"
