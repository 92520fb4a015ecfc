"""Issues as SARIF 2.1.0 (OASIS), which code hosts show beside the lines of a file.

A pair is a logical location ("pair 12", counted from 1); where the line of the pair in its file
is known it is the physical one. Severity error, warning, advisory are SARIF's error, warning,
note. The fingerprint is of check and texts, so that a finding stays the same when pairs
are put before it.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from aligner.issues import Checked, Issue

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
LEVELS = {"error": "error", "warning": "warning", "advisory": "note"}


def as_sarif(checked: Checked, version: str) -> str:
    """The text of a SARIF file with one run."""
    rules = {check: place for place, check in enumerate(sorted({i.check for i in checked.issues}))}
    driver = {
        "name": "aligner",
        "version": version,
        "rules": [{"id": check, "name": check} for check in rules],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(issue, checked, rules) for issue in checked.issues],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def _result(issue: Issue, checked: Checked, rules: dict[str, int]) -> dict[str, Any]:
    pair = checked.pairs[issue.pair]
    key = "\n".join((issue.check, issue.message, pair.src, pair.tgt))
    digest = hashlib.sha256(key.encode("utf-8", errors="backslashreplace")).hexdigest()[:32]
    return {
        "ruleId": issue.check,
        "ruleIndex": rules[issue.check],
        "level": LEVELS[issue.severity],
        "message": {"text": f"{issue.message} [{_shown(pair.src)} | {_shown(pair.tgt)}]"},
        "locations": [_location(issue, checked)],
        "partialFingerprints": {"pairAndCheck/v1": digest},
        "properties": {"pair": issue.pair, "family": issue.family},
    }


def _location(issue: Issue, checked: Checked) -> dict[str, Any]:
    name = f"pair {issue.pair + 1}"
    location: dict[str, Any] = {"logicalLocations": [{"name": name, "kind": "element"}]}
    if checked.name:
        uri = quote(PurePath(checked.name).as_posix())
        physical: dict[str, Any] = {"artifactLocation": {"uri": uri}}
        line = checked.lines[issue.pair] if checked.lines else None
        if line is not None:
            physical["region"] = {"startLine": line}
        location["physicalLocation"] = physical
    return location


def _shown(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 120 else line[:119].rstrip() + "…"
