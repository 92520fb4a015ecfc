"""Which checks run and how serious they are: a record, checked when it is made.

    CheckSettings(only=frozenset({"form"}), severity={"dash": "off", "quotes": "error"})

The same names stand in a TOML table (`settings_of`):

    [tool.aligner.check]          # or [check] in aligner.toml
    skip = ["title-case"]
    [tool.aligner.check.severity]
    form = "advisory"             # a family,
    quotes = "error"              # or a check, which goes first
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Literal, cast

from aligner.checks.check import Check
from aligner.checks.registry import FAMILIES, REGISTRY, unknown
from aligner.errors import InputError
from aligner.issues import SEVERITIES, Severity

Level = Severity | Literal["off"]
LEVELS = (*SEVERITIES, "off")
_NOTHING: Mapping[str, Level] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class CheckSettings:
    """Names of checks or of whole families; InputError for a name that is neither.

    `only` switches on what it names and everything else off; `skip` switches off;
    `severity` says how serious a check's findings are, or "off".
    """

    only: frozenset[str] = frozenset()
    skip: frozenset[str] = frozenset()
    severity: Mapping[str, Level] = field(default_factory=lambda: _NOTHING)

    def __post_init__(self) -> None:
        names = [*FAMILIES, *(check.name for check in REGISTRY)]
        for name in sorted({*self.only, *self.skip, *self.severity}):
            if name not in names:
                raise unknown(name, names)
        for name, level in self.severity.items():
            if level not in LEVELS:
                raise InputError(
                    f"{name}: no severity is called {level!r}; give one of {', '.join(LEVELS)}"
                )

    def chosen(self) -> tuple[Check, ...]:
        """The checks that run, with the severities that are set; InputError for none at all."""
        found = tuple(self._with_severity(check) for check in REGISTRY if self._runs(check))
        if not found:
            raise InputError("all checks are switched off; leave some on")
        return found

    def _level(self, check: Check) -> Level | None:
        """A check's own setting goes before that of its family."""
        return self.severity.get(check.name, self.severity.get(check.family))

    def _runs(self, check: Check) -> bool:
        names = {check.name, check.family}
        wanted = bool(names & self.only) if self.only else check.on or check.name in self.severity
        return wanted and not names & self.skip and self._level(check) != "off"

    def _with_severity(self, check: Check) -> Check:
        level = self._level(check)
        if level is None:
            return check
        return replace(check, severity=cast(Severity, level), fixed=True)

    def joined(self, other: CheckSettings) -> CheckSettings:
        """These settings with others on top, such as those of the command line on a file's."""
        return CheckSettings(
            other.only or self.only,
            self.skip | other.skip,
            {**self.severity, **other.severity},
        )


def settings_of(
    only: Iterable[str] = (), skip: Iterable[str] = (), severity: Iterable[str] = ()
) -> CheckSettings:
    """Settings from words as on a command line: names with commas between, NAME=LEVEL."""
    levels: dict[str, Level] = {}
    for entry in severity:
        name, equals, level = entry.partition("=")
        if not equals:
            raise InputError(f"--severity {entry}: give NAME=LEVEL, such as quotes=error")
        levels[name.strip()] = cast(Level, level.strip())
    return CheckSettings(_names(only), _names(skip), levels)


def _names(words: Iterable[str]) -> frozenset[str]:
    return frozenset(filter(None, (name.strip() for word in words for name in word.split(","))))


def settings_of_table(table: Mapping[str, Any], where: str) -> CheckSettings:
    """Settings from a TOML table; `where` is the file, for messages."""
    lists = {key: table.get(key, []) for key in ("only", "skip")}
    for key, value in lists.items():
        if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
            raise InputError(f'{where}: {key} is no list of names; write {key} = ["quotes"]')
    severity = table.get("severity", {})
    if not isinstance(severity, Mapping):
        raise InputError(f"{where}: severity is no table; write [check.severity], then quotes = …")
    try:
        return CheckSettings(frozenset(lists["only"]), frozenset(lists["skip"]), dict(severity))
    except InputError as error:
        raise InputError(f"{where}: {error}") from None
