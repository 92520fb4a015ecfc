"""The review page: one HTML file with everything in it, which asks no network for anything.

The parts lie in `assets/`: a frame, a style sheet, scripts (each one idea, in the
order of `SCRIPTS`), and the words of the interface in two languages. The page
forbids itself everything else: its content security policy names the one script and
the one style sheet by their hashes, so that no script or style from a document can run, and
`require-trusted-types-for` makes the browser refuse HTML made from strings.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

from aligner.review.data import Finding, embedded, page_data, title_of
from aligner.review.rows import Row
from aligner.settings import VERSION

SCRIPTS = (
    "dom.js",
    "words.js",
    "model.js",
    "decisions.js",
    "storage.js",
    "exports.js",
    "order.js",
    "row.js",
    "list.js",
    "overview.js",
    "dialogs.js",
    "actions.js",
    "page.js",
)
STYLES = ("page.css", "print.css")
LANGUAGES = ("en", "ru")


def page(rows: Sequence[Row], findings: Iterable[Finding] = (), name: str = "") -> str:
    """The page for these rows. `name` is what files saved from it are called after.

    The same rows give the same page.
    """
    title = title_of([row.pair for row in rows]) or name
    data = page_data(rows, findings, VERSION) | {"title": title, "name": name or "pairs"}
    script, style = _script(), _style()
    parts = {
        "@policy@": _policy(script, style),
        "@title@": html.escape(title),
        "@style@": style,
        "@script@": script,
        "@words@": embedded({lang: json.loads(_asset(f"words.{lang}.json")) for lang in LANGUAGES}),
        "@data@": embedded(data),
    }
    return _filled(_asset("page.html"), parts)


def _filled(frame: str, parts: dict[str, str]) -> str:
    """The frame with each part in its place; a place that is named in a part stays text."""
    pieces = []
    for place in sorted(parts, key=frame.index):
        before, frame = frame.split(place, 1)
        pieces += [before, parts[place]]
    return "".join([*pieces, frame])


def _policy(script: str, style: str) -> str:
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src 'sha256-{_hash(script)}'",
            f"style-src 'sha256-{_hash(style)}'",
            "img-src data:",  # the empty icon, so that no browser asks a server for one
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        ]
    )


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def _script() -> str:
    return "\n".join(['\n"use strict";', "{", *map(_asset, SCRIPTS), "}", ""])


def _style() -> str:
    return "\n" + "\n".join(map(_asset, STYLES))


@cache
def _asset(name: str) -> str:
    return (files("aligner.review") / "assets" / name).read_text(encoding="utf-8")
