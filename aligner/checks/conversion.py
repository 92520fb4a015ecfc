"""Quantities that are the same in another unit: 10 miles and 16 км, 18 months and полтора года."""

from __future__ import annotations

from aligner.checks.mentions import Mention, Unsupported
from aligner.checks.units import UNITS, Unit

_BY_NAME: dict[str, Unit] = {unit.name: unit for unit in UNITS.values()}
TOLERANCE = 0.04  # translators round: 10 inches are «25 см» (25.4), 6 feet «1,8 метра» (1.83)


def converted(left: Unsupported) -> Unsupported:
    """What is left when mentions that are the same quantity support each other."""
    return Unsupported(
        tuple(one for one in left.src if not any(same_quantity(one, two) for two in left.tgt)),
        tuple(two for two in left.tgt if not any(same_quantity(one, two) for one in left.src)),
    )


def same_quantity(one: Mention, two: Mention) -> bool:
    """Whether two numbers with different units of one measure can mean the same."""
    here, there = _BY_NAME.get(one.unit), _BY_NAME.get(two.unit)
    if here is None or there is None or here == there or here.measure != there.measure:
        return False
    return any(
        _near(here.base(float(a)), there.base(float(b))) for a in one.values() for b in two.values()
    )


def _near(a: float, b: float) -> bool:
    return abs(a - b) <= TOLERANCE * max(abs(a), abs(b))


def measure_of(mention: Mention) -> str | None:
    """What its unit measures: "length", "time"; None without a unit."""
    unit = _BY_NAME.get(mention.unit)
    return unit.measure if unit else None
