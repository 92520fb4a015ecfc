"""What a run of checks was asked for: by a settings file, and by the command line on top of it.

[check]                       # aligner.toml; in pyproject.toml [tool.aligner.check]
skip = ["title-case"]
fail-on = "error"
glossary = "terms.tsv"        # paths are seen from the file's folder
ignore = "ignored.tsv"
[check.severity]
quotes = "error"
dash = "off"
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aligner.checks.settings import CheckSettings, settings_of_table
from aligner.errors import InputError
from aligner.issues import SEVERITIES, Severity
from aligner.readers.check_config import found_config, read_config

KEYS = ("only", "skip", "severity", "fail-on", "glossary", "ignore")
NEVER = "never"


@dataclass(frozen=True, slots=True)
class CheckConfig:
    """Settings of checks and the files that go with them."""

    settings: CheckSettings = field(default_factory=CheckSettings)
    glossary: Path | None = None
    ignore: Path | None = None
    fail_on: Severity | None = "error"  # None: never

    def joined(self, given: CheckConfig, fail_on: str | None) -> CheckConfig:
        """This with what was given on top; `fail_on` None: as it is here."""
        return CheckConfig(
            self.settings.joined(given.settings),
            given.glossary or self.glossary,
            given.ignore or self.ignore,
            self.fail_on if fail_on is None else _severity(fail_on, "--fail-on"),
        )


def configured(path: Path | None, folder: Path = Path()) -> CheckConfig:
    """The settings of a file, else those that a folder has, else the defaults."""
    path = path or found_config(folder)
    return CheckConfig() if path is None else _of_file(path)


def _of_file(path: Path) -> CheckConfig:
    table = read_config(path)
    for key in table:
        if key not in KEYS:
            raise InputError(f"{path}: no setting is called {key!r}; there are {', '.join(KEYS)}")
    files: dict[str, Path | None] = {}
    for key in ("glossary", "ignore"):
        value: Any = table.get(key)
        if value is not None and not isinstance(value, str):
            raise InputError(f'{path}: {key} is no file name; write {key} = "terms.tsv"')
        files[key] = None if value is None else path.parent / value
    fail_on = _severity(table.get("fail-on", "error"), f"{path}: fail-on")
    settings = settings_of_table(table, str(path))
    return CheckConfig(settings, files["glossary"], files["ignore"], fail_on)


def _severity(value: object, where: str) -> Severity | None:
    if value == NEVER:
        return None
    if value not in SEVERITIES:
        raise InputError(f"{where} {value!r}: give one of {', '.join((*SEVERITIES, NEVER))}")
    return value
