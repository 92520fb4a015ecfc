"""Words and their basic forms, to recognise a term in a text whatever its ending.

Russian forms come from pymorphy3, all of those that a word may have («стали» is «стать» and
«сталь»), «ё» as «е»; English ones from a few endings, which is enough to find
"translation memories" by "translation memory".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Any

from aligner.records import Span

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_ENDINGS = (("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("shes", "sh"), ("s", ""))


def occurrences(term: str, text: str, lang: str) -> Iterator[Span]:
    """Where a term of one word or several stands in a text, in any of its forms.

    Example: «база данных» in «из базы данных». An abbreviation ("IT") must be upper case.
    """
    wanted = [match[0] for match in _WORD.finditer(term)]
    found = list(_WORD.finditer(text))
    if not wanted:
        return
    for first in range(len(found) - len(wanted) + 1):
        here = found[first : first + len(wanted)]
        if all(_same(word, match[0], lang) for word, match in zip(wanted, here, strict=True)):
            yield Span(here[0].start(), here[-1].end())


def stands_in(terms: Sequence[str], text: str, lang: str) -> bool:
    """Whether one of the terms stands in the text."""
    return any(True for term in terms for _ in occurrences(term, text, lang))


def _same(wanted: str, word: str, lang: str) -> bool:
    if wanted.isupper() and len(wanted) > 1:
        return word == wanted or (word.isupper() and bool(forms(wanted, lang) & forms(word, lang)))
    return bool(forms(wanted, lang) & forms(word, lang))


@lru_cache(maxsize=1 << 16)
def forms(word: str, lang: str) -> frozenset[str]:
    """The basic forms that a word may have, and the word itself."""
    low = word.lower().replace("ё", "е").replace("’", "'")
    if lang == "ru":
        parts = low.rpartition("-")  # «веб-сайта»: the last part has the ending
        return frozenset([low, *(parts[0] + parts[1] + form for form in _russian(parts[2]))])
    low = low.removesuffix("'s").removesuffix("'")
    stems = (low.removesuffix(old) + new for old, new in _ENDINGS if low.endswith(old))
    return frozenset([low, *stems]) if len(low) > 3 else frozenset([low])


def _russian(word: str) -> Iterator[str]:
    for parse in analyzer().parse(word):
        yield parse.normal_form.replace("ё", "е")


@cache
def analyzer() -> Any:  # noqa: ANN401 (pymorphy3 has no types)
    """The one of pymorphy3, loaded once."""
    import pymorphy3  # 0.1 s: only where word forms are asked for

    return pymorphy3.MorphAnalyzer()
