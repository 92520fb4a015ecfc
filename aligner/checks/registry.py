"""All checks, family by family, and which of them some settings choose.

A new check is a function in its family's module and a line in that module's `CHECKS`.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from aligner.checks import (
    acronyms,
    balance,
    characters,
    consistency,
    content,
    dates,
    facts,
    languages,
    markup,
    names,
    negation,
    numbers,
    quantities,
    spellings,
    terminology,
    typography,
)
from aligner.checks.check import Check
from aligner.errors import InputError

REGISTRY: tuple[Check, ...] = (
    # content, numbers and facts, consistency, form: in the order of reports
    *content.CHECKS,
    *languages.CHECKS,
    *negation.CHECKS,
    *numbers.CHECKS,
    *dates.CHECKS,
    *quantities.CHECKS,
    *facts.CHECKS,
    *names.CHECKS,
    *acronyms.CHECKS,
    *consistency.CHECKS,
    *spellings.CHECKS,
    *terminology.CHECKS,
    *balance.CHECKS,
    *characters.CHECKS,
    *markup.CHECKS,
    *typography.CHECKS,
)

FAMILIES: tuple[str, ...] = tuple(dict.fromkeys(check.family for check in REGISTRY))


def check_named(name: str) -> Check:
    """The check of this name; InputError with the nearest name where there is none."""
    for check in REGISTRY:
        if check.name == name:
            return check
    raise unknown(name, [check.name for check in REGISTRY])


def unknown(name: str, names: Iterable[str]) -> InputError:
    """The error for a name that is no check or family."""
    names = list(names)
    near = difflib.get_close_matches(name, names, 1)
    hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(names)}"
    return InputError(f"no check is called {name!r}; {hint}")
