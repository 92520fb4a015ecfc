"""Issues into a file: TSV, JSON or SARIF, by the file's name.

JSON: {"issues": [{"pair": row from 0, "check", "family", "severity", "message", "source",
"target", "source_spans", "target_spans"}, …], "pairs", "ignored", "estimates"}; spans are
[start, stop) in characters. The same issues make the same bytes.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from aligner.errors import unknown_format
from aligner.issues import Checked, Issue
from aligner.writers.atomic import check_writable, replacing
from aligner.writers.fields import DIGITS
from aligner.writers.sarif import as_sarif
from aligner.writers.tsv import escaped

TSV_COLUMNS = ("severity", "check", "family", "pair", "message", "source", "target")


def write_issues(checked: Checked, path: Path, version: str) -> None:
    """Write the issues in the format that the file's name asks for, all at once."""
    writer = _writer(path)
    with replacing(path) as stream:
        stream.write(writer(checked, version).encode("utf-8", errors="backslashreplace"))


def check_issue_target(path: Path, others: Sequence[str] = ()) -> None:
    """OutputError for a place that cannot be written, InputError for a name without a format.

    `others` are endings that the caller writes itself, to be named with ours.
    """
    _writer(path, others)
    check_writable(path)


def _writer(path: Path, others: Sequence[str] = ()) -> Writer:
    suffix = path.suffix.lower()
    if suffix not in WRITERS:
        raise unknown_format(path, (*WRITERS, *others), "report")
    return WRITERS[suffix]


def _tsv(checked: Checked, version: str) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerow(TSV_COLUMNS)
    for issue in checked.issues:
        pair = checked.pairs[issue.pair]
        texts = (escaped(text) for text in (issue.message, pair.src, pair.tgt))
        writer.writerow([issue.severity, issue.check, issue.family, issue.pair, *texts])
    return stream.getvalue()


def _json(checked: Checked, version: str) -> str:
    data: dict[str, Any] = {
        "issues": [_fields(issue, checked) for issue in checked.issues],
        "pairs": len(checked.pairs),
        "ignored": checked.ignored,
    }
    if checked.estimates:
        data["estimates"] = [
            None if value is None else round(value, DIGITS) for value in checked.estimates
        ]
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _fields(issue: Issue, checked: Checked) -> dict[str, Any]:
    pair = checked.pairs[issue.pair]
    return {
        "pair": issue.pair,
        "check": issue.check,
        "family": issue.family,
        "severity": issue.severity,
        "message": issue.message,
        "source": pair.src,
        "target": pair.tgt,
        "source_spans": [[span.start, span.stop] for span in issue.src],
        "target_spans": [[span.start, span.stop] for span in issue.tgt],
    }


Writer = Callable[[Checked, str], str]

WRITERS: dict[str, Writer] = {".tsv": _tsv, ".json": _json, ".sarif": as_sarif}
"""Formats by suffix; a page gets its line here."""
