"""Dates and times that the two sides do not share.

A date is its day, its month and its year, each supported for itself, so that "12 March 2025"
agrees with «12.03.2025». Its day and year are numbers (`aligner.checks.numbers`) unless they
stand beside a month; then they are reported here.
"""

from __future__ import annotations

from collections.abc import Iterator

from aligner.checks.check import Case, Check, Context, Finding, per_pair
from aligner.checks.numbers import FAMILY, contradictions, omissions


def date_differs(case: Case, context: Context) -> Iterator[Finding]:
    """A date of one side is another date on the other: day, month or year.

    "March 12, 2025" is «12 марта 2025 г.», «12.03.2025» and «2025-03-12».
    Fires: "on 12 March" with «12 мая».
    """
    yield from contradictions(case, "date")


def date_missing(case: Case, context: Context) -> Iterator[Finding]:
    """A month beside a day or a year, or a date in digits, has no counterpart.

    Fires: "on 12 March 2025" with «в 2025 году» and no month at all.
    """
    yield from omissions(case, "date")


def time_differs(case: Case, context: Context) -> Iterator[Finding]:
    """A time of day of one side is another on the other, or is missing there.

    "3:30 pm" is «15:30» and «3:30 дня»; "noon" is «12 часов» and «полдень».
    Fires: "at 3 pm" with «в 16:00».
    """
    yield from contradictions(case, "time")
    yield from omissions(case, "time")


def weekday_differs(case: Case, context: Context) -> Iterator[Finding]:
    """A day of the week is another one. A weekday left out is fine.

    Fires: "on Tuesday" with «в среду».
    """
    yield from contradictions(case, "weekday")


CHECKS: tuple[Check, ...] = (
    per_pair("date-differs", FAMILY, "error", date_differs),
    per_pair("date-missing", FAMILY, "warning", date_missing),
    per_pair("time-differs", FAMILY, "warning", time_differs),
    per_pair("weekday-differs", FAMILY, "advisory", weekday_differs),
)
