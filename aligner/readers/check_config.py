"""Settings of the checks from a TOML file: `[tool.aligner.check]`, or `[check]` in aligner.toml.

Only the table is read here; what its names mean is settled in `checks.settings`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from aligner.errors import InputError

OWN, SHARED = "aligner.toml", "pyproject.toml"


def found_config(folder: Path) -> Path | None:
    """The file in a folder that has settings for the checks; aligner.toml goes first."""
    for name in (OWN, SHARED):
        path = folder / name
        if path.is_file() and _table(path) is not None:
            return path
    return None


def read_config(path: Path) -> Mapping[str, Any]:
    """The table of a file; InputError where it has none."""
    table = _table(path)
    if table is None:
        raise InputError(f"{path}: no table [check] or [tool.aligner.check] in it; add one")
    return table


def _table(path: Path) -> Mapping[str, Any] | None:
    try:
        with open(path, "rb") as stream:
            data = tomllib.load(stream)
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); check the name") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: not TOML ({error}); mend the line") from None
    tool = data.get("tool", {})
    for table in (
        tool.get("aligner", {}).get("check") if isinstance(tool, dict) else None,
        data.get("check") if path.name != SHARED else None,
    ):
        if isinstance(table, dict):
            return table
    return None
