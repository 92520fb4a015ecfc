"""Which units of a memory are meant: of a document, confirmed, since a date, probable enough.

A selection becomes the WHERE of a query; it knows nothing of what is done with the units.
"""

from __future__ import annotations

from dataclasses import dataclass

from aligner.errors import InputError


@dataclass(frozen=True, slots=True)
class Selection:
    """All units, unless a field says otherwise; fields are joined by "and"."""

    document: str | None = None  # of this name
    confirmed: bool = False  # only those that someone has confirmed
    since: str | None = None  # changed on this date or later, as in TMX: 20261124T000000Z
    min_probability: float = 0.0
    both_sides: bool = False  # without omissions and additions

    def __post_init__(self) -> None:
        if not 0 <= self.min_probability <= 1:
            raise InputError(
                f"a least probability of {self.min_probability:g} is not possible: "
                "give a number from 0 (all units) to 1"
            )

    def where(self) -> tuple[str, list[object]]:
        """A condition over units and documents, and the values of its question marks."""
        conditions: list[tuple[str, object]] = []
        if self.document is not None:
            conditions.append(("documents.name = ?", self.document))
        if self.since is not None:
            conditions.append(("units.changed >= ?", self.since))
        if self.min_probability:
            conditions.append(("units.probability >= ?", self.min_probability))
        texts = [condition for condition, _ in conditions]
        if self.confirmed:
            texts.append("units.confirmed_by <> ''")
        if self.both_sides:
            texts.append("units.src <> '' AND units.tgt <> ''")
        return " AND ".join(texts) or "TRUE", [value for _, value in conditions]


ALL = Selection()
