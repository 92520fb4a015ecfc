"""A glossary: terms with their translations, and words that must not be used."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """A term and the translations that are right for it; the first one is preferred."""

    en: tuple[str, ...]
    ru: tuple[str, ...]
    where: str = ""  # file and line, for messages


@dataclass(frozen=True, slots=True)
class Forbidden:
    """An expression that must not stand in a text of its language."""

    text: str
    lang: str
    instead: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Glossary:
    """What terminology is checked against."""

    terms: tuple[Term, ...] = ()
    forbidden: tuple[Forbidden, ...] = ()
