"""Runs checks over pairs: findings become issues, most serious first.

Checks of one pair see only pairs with text on both sides; a side that is missing is the
business of the content family alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aligner.checks.check import Check, Context, Finding
from aligner.issues import SEVERITIES, Issue


def issues(checks: Sequence[Check], context: Context) -> list[Issue]:
    """All that the checks find, by severity, then in the order of the text."""
    found = [issue for check in checks for issue in _of_check(check, context)]
    order = {check.name: place for place, check in enumerate(checks)}
    return sorted(
        found,
        key=lambda issue: (SEVERITIES.index(issue.severity), issue.pair, order[issue.check]),
    )


def _of_check(check: Check, context: Context) -> Iterator[Issue]:
    if check.document is not None:
        for index, finding in check.document(context):
            yield _issue(check, index, finding)
    if check.pair is not None:
        for case in context.cases:
            if case.src.strip() and case.tgt.strip():
                for finding in check.pair(case, context):
                    yield _issue(check, case.index, finding)


def _issue(check: Check, index: int, finding: Finding) -> Issue:
    own = None if check.fixed else finding.severity
    return Issue(
        index,
        check.name,
        check.family,
        own or check.severity,
        finding.message,
        finding.src,
        finding.tgt,
    )
