"""Units and currencies as words of both languages, with what converts into what: data.

A currency is looked for anywhere in a text; a unit only behind its number.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

CURRENCIES: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        name: re.compile(pattern, re.IGNORECASE)
        for name, pattern in {
            "USD": r"(?<![A-Z])(?:US|U\.S\.)?\$|\bdollars?\b|\bUSD\b|\bдоллар\w*|\bдолл\b",
            "EUR": r"€|\beuros?\b|\bEUR\b|\bевро\b(?!-)",
            "GBP": r"£|\bpounds?(?: sterling)?\b|\bGBP\b|\bфунт(?:а|ов|ы|ам|ами|ах|у|ом)?\b",
            "RUB": r"₽|\br(?:o?u)bles?\b|\bRUB\b|\bрубл\w+|\bруб\b|\bRUR\b",
            "JPY": r"¥|\byen\b|\bJPY\b|\bиен\w?\b|\bйен\w?\b",
            "CNY": r"\byuan\b|\brenminbi\b|\bCNY\b|\bюан\w+",
            "UAH": r"₴|\bhryvn\w+|\bгрив\w+",
            "INR": r"₹|\brupees?\b|\bрупи\w+",
            "CHF": r"\bfrancs?\b|\bфранк\w*\b",
        }.items()
    }
)
ANY_CURRENCY = re.compile(
    "|".join(pattern.pattern for pattern in CURRENCIES.values()), re.IGNORECASE
)
PERCENT = re.compile(r"%|‰|\bper ?cent\b|\bpercent\w*|\bpct\b|\bп\. ?п\.|процент\w*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: what it measures, and how many of the measure's base unit it is."""

    name: str
    measure: str
    factor: float
    offset: float = 0.0  # added before the factor is applied: degrees Fahrenheit

    def base(self, value: float) -> float:
        """A value in the measure's base unit."""
        return (value + self.offset) * self.factor


_ROWS: tuple[tuple[Unit, str], ...] = (
    (Unit("km", "length", 1000), "km kms kilometers kilometres kilometer kilometre kph kmh км"
     " километр километра километров километру километрам километрами километрах километровый"),
    (Unit("m", "length", 1), "m meters metres meter metre м метр метра метров метрам метрами метрах"
     " метровый метровой метровую метрового"),
    (Unit("cm", "length", 0.01), "cm centimeters centimetres centimeter centimetre см сантиметр"
     " сантиметра сантиметров сантиметрам"),
    (Unit("mm", "length", 0.001), "mm millimeters millimetres мм миллиметр миллиметра миллиметров"),
    (Unit("mile", "length", 1609.344), "mile miles mi mph миля мили миль милям милями милях"),
    (Unit("foot", "length", 0.3048), "foot feet ft фут фута футов футам футами футах футовый"),
    (Unit("inch", "length", 0.0254), "inch inches дюйм дюйма дюймов дюймам дюймовый"),
    (Unit("yard", "length", 0.9144), "yard yards yd ярд ярда ярдов ярдам ярдами"),
    (Unit("kg", "mass", 1), "kg kgs kilo kilos kilogram kilograms kilogrammes кг килограмм"
     " килограмма килограммов кило килограммам"),
    (Unit("g", "mass", 0.001), "g gram grams grammes г грамм грамма граммов граммам"),
    (Unit("mg", "mass", 1e-6), "mg milligram milligrams мг миллиграмм миллиграмма миллиграммов"),
    (Unit("tonne", "mass", 1000), "tonne tonnes ton tons т тонна тонны тонн тоннам тонну"),
    (Unit("lb", "mass", 0.4536), "lb lbs pound pounds фунт фунта фунтов фунтам"),
    (Unit("ounce", "mass", 0.02835), "oz ounce ounces унция унции унций"),
    (Unit("stone", "mass", 6.35), "stone стоун стоунов стоуна"),
    (Unit("hectare", "area", 10_000), "hectare hectares ha га гектар гектара гектаров гектарам"),
    (Unit("acre", "area", 4046.86), "acre acres акр акра акров акрам"),
    (Unit("litre", "volume", 1), "litre litres liter liters l л литр литра литров"),
    (Unit("ml", "volume", 0.001), "ml millilitres milliliters мл миллилитр миллилитра миллилитров"),
    (Unit("gallon", "volume", 3.785), "gallon gallons галлон галлона галлонов"),
    (Unit("second", "time", 1), "second seconds sec secs секунда секунды секунд секунду сек"),
    (Unit("minute", "time", 60), "minute minutes min mins минута минуты минут минуту мин"),
    (Unit("hour", "time", 3600), "hour hours hr hrs час часа часов часам часу"),
    (Unit("day", "time", 86_400), "day days день дня дней дням сутки суток"),
    (Unit("week", "time", 604_800), "week weeks неделя недели недель неделю неделям"),
    (Unit("month", "time", 2_629_746), "month months месяц месяца месяцев месяцам мес"),
    (Unit("year", "time", 31_556_952), "year years год года лет году летний летнего летняя"
     " летней летнему летним летнюю летие летием летия"),
    (Unit("decade", "time", 315_569_520), "decade decades десятилетие десятилетия десятилетий"),
    (Unit("century", "time", 3_155_695_200), "century centuries век века веков столетие столетия"
     " столетий столетиям веку"),
    (Unit("°C", "temperature", 1), "°c celsius цельсия градус градуса градусов градусам градусе"),
    (Unit("°F", "temperature", 5 / 9, -32), "°f fahrenheit фаренгейта фаренгейту degrees degree"),
)  # fmt: skip
UNITS: Mapping[str, Unit] = MappingProxyType(
    {word: unit for unit, words in _ROWS for word in words.split()}
)
_STEMS = (  # adjectives: «300-килограммовое», «двухметровый», «десятилетний»
    ("километров", "км"), ("сантиметров", "см"), ("миллиметров", "мм"), ("метров", "м"),
    ("миль", "миль"), ("футов", "фут"), ("дюймов", "дюйм"), ("килограммов", "кг"), ("тонн", "т"),
    ("граммов", "грамм"), ("литров", "л"), ("гектар", "га"), ("лет", "лет"), ("годов", "год"),
    ("годичн", "год"), ("месячн", "месяц"), ("недельн", "недель"), ("дневн", "дней"),
    ("суточн", "суток"), ("часов", "час"), ("минутн", "минут"), ("секундн", "секунд"),
)  # fmt: skip


def unit_of(word: str) -> Unit | None:
    """The unit a word stands for: a noun, its abbreviation, or a Russian adjective of it."""
    if word in UNITS:
        return UNITS[word]
    for stem, unit in _STEMS:
        if len(word) > len(stem) and word.startswith(stem):
            return UNITS[unit]
    return None


def unit_inside(word: str) -> Unit | None:
    """The unit in a word that begins with a number: «двухметровый» -> metre."""
    for stem, unit in _STEMS:
        if stem in word:
            return UNITS[unit]
    return None
