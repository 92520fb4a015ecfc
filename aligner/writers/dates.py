"""When a result says it was made: only where a date is given.

The same input must give the same bytes, so no clock is read. A date comes from
`--date` or from SOURCE_DATE_EPOCH (https://reproducible-builds.org/specs/source-date-epoch/).
Only what is put into a memory, which grows with time, has the present one without them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime

from aligner.errors import InputError

VARIABLE = "SOURCE_DATE_EPOCH"


def creation_date(option: str | None, environ: Mapping[str, str]) -> str | None:
    """The date as TMX writes it, or None. Example: "2026-11-24" -> "20261124T000000Z"

    The option comes before the environment; a time without a zone is UTC.
    """
    if option is not None:
        return _written(_from_option(option))
    seconds = environ.get(VARIABLE, "")
    return _written(_from_seconds(seconds)) if seconds else None


def date_of_change(option: str | None, environ: Mapping[str, str]) -> str:
    """The date of what comes into a memory: as above, else the present moment."""
    return creation_date(option, environ) or _written(datetime.now(UTC))


def _from_option(option: str) -> datetime:
    try:
        moment = datetime.fromisoformat(option.strip())
        # astimezone overflows for a time of year 1 or 9999 with an offset
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise InputError(
            f"{option!r} is no date; give it like 2026-11-24 or 2026-11-24T12:30:00Z"
        ) from None


def _from_seconds(seconds: str) -> datetime:
    try:
        if not re.fullmatch(r"\d+", seconds, re.ASCII):
            raise ValueError(seconds)
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        raise InputError(
            f"{VARIABLE} is {seconds[:40]!r}, not a count of seconds since 1970; "
            "correct it or unset it"
        ) from None


def _written(moment: datetime) -> str:
    return f"{moment.year:04d}{moment:%m%dT%H%M%S}Z"  # %Y does not pad years below 1000 everywhere
