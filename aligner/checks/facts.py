"""What keeps its form in every language: web addresses, e-mail addresses, versions, codes.

A code that only one side has may be a matter of style (a model's name is left out, «Ту-154»
is "Tu-154"); one code for another is not. Addresses may change their language: `/en/` for
`/ru/` is no difference.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from aligner.checks.check import Case, Check, Context, Finding, per_pair
from aligner.checks.numbers import FAMILY
from aligner.checks.tokens import ADDRESS
from aligner.records import Span

Found = Mapping[str, Span]
"""What is compared (the form that is the same on both sides) -> where it stands."""


def address_differs(case: Case, context: Context) -> Iterator[Finding]:
    """A web or e-mail address of one side is not on the other.

    The language in an address (en.site.org, /ru/), "http" or "https", and a slash at the end
    make no difference. Fires: "info@site.org" with «info@sitee.org».
    """
    yield from _differences(case, addresses, missing=True)


def version_differs(case: Case, context: Context) -> Iterator[Finding]:
    """A version, an IP address or a DOI of one side is not on the other.

    Fires: "since 2.10.3" with «начиная с 2.10.4».
    """
    yield from _differences(case, versions, missing=True)


def code_differs(case: Case, context: Context) -> Iterator[Finding]:
    """A code of letters and digits is another one; a code that is only missing is fine.

    Hyphens, underscores and Cyrillic letters that look like Latin ones make no difference.
    Fires: "NC_045512" with «NC_045513». Does not fire: "a Tu-154" with «самолёт».
    """
    yield from _differences(case, codes, missing=False)


def addresses(text: str) -> Found:
    """Addresses without their language."""
    found = {}
    for match in ADDRESS.finditer(text):
        bare = match[0].rstrip(".,;:!?)]}'’”*_")
        key = re.sub(r"^https?://|^www\.|/$", "", bare.lower())
        key = re.sub(r"(?<![a-z])(?:en|ru|eng|rus)(?:-(?:us|gb|ru))?(?![a-z])", "", key)
        found[key] = Span(match.start(), match.start() + len(bare))
    return found


_VERSION = re.compile(r"(?<![\w.])v?\d+(?:\.\d+){2,}(?![\w.]\d)|\b10\.\d{4,}/[^\s<>\"«»]+")


def versions(text: str) -> Found:
    """Versions, IPs and DOIs; neither dates («12.03.2025») nor grouped numbers (1.250.000)."""
    found = {}
    for match in _VERSION.finditer(text):
        whole = match[0].rstrip(".,;)")
        groups = whole.lstrip("v").split(".")
        is_date = len(groups) == 3 and len(groups[2]) in (2, 4)
        is_number = all(len(group) == 3 for group in groups[1:])
        if "/" in whole or not ((is_date and _may_be_date(groups)) or is_number):
            found[whole.lower().lstrip("v")] = Span(match.start(), match.start() + len(whole))
    return found


def _may_be_date(groups: list[str]) -> bool:
    day, month = int(groups[0]), int(groups[1])
    return 1 <= day <= 31 and 1 <= month <= 12


_CODE = re.compile(
    r"(?<![\w/.#@-])(?=[\w-]*\d)(?=[\w-]*[A-ZА-Я])[A-ZА-Я0-9]+(?:[-_‑][A-ZА-Я0-9]+)+(?![\w-])"
    r"|(?<![\w/.#@-])[A-Z]{2,}\d{2,}[A-Z]*(?![\w-])"
)
_LATIN = str.maketrans("АВЕКМНОРСТХУ", "ABEKMHOPCTXY")


def codes(text: str) -> Found:
    """ "NC_045512", "ISO-9001", "SARS-CoV-2" is none (small letters: a name)."""
    found = {}
    for match in _CODE.finditer(text):
        key = re.sub("[-_‑]", "", match[0]).translate(_LATIN)
        if key.isascii():  # «Т-34ТД» has letters of its own
            found[key] = Span(*match.span())
    return found


def _differences(case: Case, read: Callable[[str], Found], missing: bool) -> Iterator[Finding]:
    src, tgt = read(case.src), read(case.tgt)
    here = [span for key, span in src.items() if key not in tgt]
    there = [span for key, span in tgt.items() if key not in src]
    lost = ", ".join(case.src[span.start : span.stop] for span in here)
    new = ", ".join(case.tgt[span.start : span.stop] for span in there)
    if here and there:
        yield Finding(f"{lost} against {new}", tuple(here), tuple(there))
    elif here and missing:
        yield Finding(f"{lost} is not in the translation", tuple(here))
    elif there and missing:
        yield Finding(f"{new} is not in the source", (), tuple(there))


CHECKS: tuple[Check, ...] = (
    per_pair("address-differs", FAMILY, "warning", address_differs),
    per_pair("version-differs", FAMILY, "warning", version_differs),
    per_pair("code-differs", FAMILY, "warning", code_differs),
)
