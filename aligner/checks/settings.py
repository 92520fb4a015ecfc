"""Which checks run and how serious they are: a record, checked when it is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from aligner.checks.check import Check
from aligner.checks.registry import FAMILIES, REGISTRY, unknown
from aligner.errors import InputError
from aligner.issues import SEVERITIES, Severity

_NOTHING: Mapping[str, Severity] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class CheckSettings:
    """Names of checks or of whole families; InputError for a name that is neither.

    `only` switches on what it names and everything else off; `skip` switches off;
    `severity` changes how serious a check's findings are.
    """

    only: frozenset[str] = frozenset()
    skip: frozenset[str] = frozenset()
    severity: Mapping[str, Severity] = field(default_factory=lambda: _NOTHING)

    def __post_init__(self) -> None:
        names = [*FAMILIES, *(check.name for check in REGISTRY)]
        for name in sorted({*self.only, *self.skip, *self.severity}):
            if name not in names:
                raise unknown(name, names)
        for name, severity in self.severity.items():
            if severity not in SEVERITIES:
                raise InputError(
                    f"{name}: no severity is called {severity!r}; give {', '.join(SEVERITIES)}"
                )

    def chosen(self) -> tuple[Check, ...]:
        """The checks that run, with the severities that are set."""
        return tuple(self._with_severity(check) for check in REGISTRY if self._runs(check))

    def _runs(self, check: Check) -> bool:
        names = {check.name, check.family}
        wanted = bool(names & self.only) if self.only else check.on or check.name in self.severity
        return wanted and not names & self.skip

    def _with_severity(self, check: Check) -> Check:
        """A check's own setting goes before that of its family."""
        for name in (check.name, check.family):
            if name in self.severity:
                return replace(check, severity=self.severity[name], fixed=True)
        return check
