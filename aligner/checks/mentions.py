"""Numbers, dates and times that a text mentions, and which of them the other side has too.

A mention has several *readings*, since `1,250` is 1250 or 1.25 and `3/4/2025` is in March or
in April. A reading is one or more *atoms*, and holds where the other side has every one of
them in some reading of some mention of its own:

    "12 March 2025" -> number 12, month 3, number 2025     each a mention of its own
    "12.03.2025"    -> one mention: (12, month 3, 2025) or (3, month 12, 2025)

so that both forms support each other, however the parts are put together. A mention
without support is not yet an error: see `aligner.checks.numbers`.

Repeating a year or leaving a second mention out is style. But where one side has a number
of its own, it may stand for one that the other side has once more: `surplus`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from typing import Literal

from aligner.records import Span

AtomKind = Literal["number", "month", "weekday", "minute"]
Atom = tuple[AtomKind, Decimal]
Reading = tuple[Atom, ...]

Sort = Literal["number", "date", "time", "weekday"]


class Strength(IntEnum):
    """How sure it is that the other side must say the same."""

    HINT = 0  # «половина», "decade", «XX», "second": supports others, asks for nothing itself
    WORD = 1  # "five", «пятью»: an error only where the other side has another number instead
    DIGITS = 2  # "5", «5-й»: asks for support


@dataclass(frozen=True, slots=True)
class Mention:
    """A number, a part of a date, or a time, where it stands."""

    span: Span
    readings: tuple[Reading, ...]
    strength: Strength
    sort: Sort = "number"
    unit: str = ""  # "kg", "year": what it counts, where the text says so
    in_digits: bool = False  # also where the strength is that of a word: a lone 0 or 1, "SaO2"

    def atoms(self) -> set[Atom]:
        """The atoms of all readings."""
        return {atom for reading in self.readings for atom in reading}

    def values(self) -> set[Decimal]:
        """The numbers of the readings that are a single number."""
        return {r[0][1] for r in self.readings if len(r) == 1 and r[0][0] == "number"}


def number(*values: Decimal | int) -> tuple[Reading, ...]:
    """Readings as any one of these numbers.

    Example: number(2, 3) -> ((("number", Decimal(2)),), (("number", Decimal(3)),))
    """
    return tuple((("number", Decimal(value)),) for value in dict.fromkeys(values))


@dataclass(frozen=True, slots=True)
class Unsupported:
    """The mentions of both sides that the other side does not have."""

    src: tuple[Mention, ...]
    tgt: tuple[Mention, ...]


def unsupported(src: Sequence[Mention], tgt: Sequence[Mention]) -> Unsupported:
    """What each side has and the other has not."""
    return Unsupported(_without_support(src, tgt), _without_support(tgt, src))


def surplus(these: Sequence[Mention], others: Sequence[Mention]) -> tuple[Mention, ...]:
    """Mentions in digits that the other side has too, but not as often.

    Example: "2 groups, SARS-CoV-2" and «1 группа, SARS-CoV-2» -> the twos
    """
    result = []
    for mention in these:
        if mention.strength is Strength.DIGITS:
            atoms = mention.atoms()
            here = sum(one.readings[0] == mention.readings[0] for one in these)
            there = sum(not atoms.isdisjoint(other.atoms()) for other in others)
            if 0 < there < here:
                result.append(mention)
    return tuple(result)


def _without_support(these: Iterable[Mention], others: Iterable[Mention]) -> tuple[Mention, ...]:
    known: set[Atom] = set()
    for other in others:
        known |= other.atoms()
    return tuple(
        mention
        for mention in these
        if not any(all(atom in known for atom in reading) for reading in mention.readings)
    )
