"""An acronym that is another one on the other side: "UN" with «НАТО».

Acronyms are translated (US, США), kept (NATO, НАТО) or spelled out; so one that is missing
says nothing. Only two that both are known and both have nothing on the other side stand
against each other. That one acronym is translated alike all over is a matter of consistency.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from aligner.checks.check import Case, Check, Context, Finding, per_pair
from aligner.checks.numbers import FAMILY
from aligner.records import Span

_TABLE = """
    US USA U.S. U.S.A.: США
    UK U.K. GB: Великобритании Великобритания Соединенное Соединенного Британии
    UN U.N.: ООН
    EU E.U.: ЕС Евросоюз Евросоюза Евросоюзе
    NATO: НАТО
    WHO: ВОЗ
    USSR: СССР
    UAE: ОАЭ
    DPRK: КНДР
    PRC: КНР
    IMF: МВФ
    WTO: ВТО
    OECD: ОЭСР
    OSCE: ОБСЕ
    OPEC: ОПЕК
    UNESCO: ЮНЕСКО
    UNICEF: ЮНИСЕФ
    IAEA: МАГАТЭ
    IOC: МОК
    FIFA: ФИФА
    UEFA: УЕФА
    NASA: НАСА
    CIA: ЦРУ
    FBI: ФБР
    NSA: АНБ
    FSB: ФСБ
    KGB: КГБ
    MI6 MI5: МИ-6 МИ-5
    WADA: ВАДА
    GDP: ВВП
    HIV: ВИЧ
    AIDS: СПИД СПИДа СПИДом
    DNA: ДНК
    RNA: РНК
    PCR: ПЦР
    MRI: МРТ
    CT: КТ
    ECG EKG: ЭКГ
    AI: ИИ
    IT: ИТ
    NGO NGOs: НПО
    CEO: гендиректор
    BBC: Би-би-си
    CNN: Си-эн-эн
    ISIS ISIL: ИГИЛ
    ICC: МУС
    IRA: ИРА
    PKK: РПК
    TV: ТВ
    PR: пиар
    """
ACRONYMS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        en: frozenset(line.split(":")[1].split())
        for line in filter(None, map(str.strip, _TABLE.split("\n")))
        for en in line.split(":")[0].split()
    }
)
"""English acronyms with what they are in Russian."""

SPELLED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "США": ("America", "United States", "States"),
        "СССР": ("Soviet",),
        "ООН": ("United Nations",),
        "ЕС": ("Europe",),
        "НАТО": ("Alliance", "alliance"),
        "КНР": ("China", "Chinese"),
        "КНДР": ("Korea",),
        "ОАЭ": ("Emirates", "Emirati"),
        "ВОЗ": ("World Health",),
        "ФРС": ("Fed",),
        "ВВП": ("gross domestic", "economy"),
        "ИИ": ("artificial",),
        "СПИД": ("Aids",),
    }
)
"""What else the Russian ones may be in English."""


def _any_of(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))


_ENGLISH = re.compile(rf"(?<![\w.])(?:{_any_of(ACRONYMS)})(?![\w-])")
_KNOWN = {word for words in ACRONYMS.values() for word in words if word.isupper()}
_RUSSIAN = re.compile(rf"(?<!\w)(?:{_any_of(_KNOWN)})(?!\w)")


def acronym_differs(case: Case, context: Context) -> Iterator[Finding]:
    """A known acronym is another known acronym on the other side.

    An acronym that is spelled out, kept or left out is fine. Fires: "the UN" with «НАТО».
    """
    en = {match[0]: Span(*match.span()) for match in _ENGLISH.finditer(case.en)}
    ru = {match[0]: Span(*match.span()) for match in _RUSSIAN.finditer(case.ru)}
    here = [word for word in en if not _has(case.ru, {word, *ACRONYMS[word]})]
    there = [word for word in ru if not _has(case.en, {word, *_english(word)})]
    for one, two in zip(here, there, strict=False):
        src, tgt = (one, two) if case.src_lang == "en" else (two, one)
        yield case.finding(f"{src} against {tgt}", (en[one],), (ru[two],))


def _english(ru: str) -> set[str]:
    return {en for en, words in ACRONYMS.items() if ru in words} | set(SPELLED.get(ru, ()))


def _has(text: str, words: set[str]) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(word)}", text) for word in words)


CHECKS: tuple[Check, ...] = (per_pair("acronym-differs", FAMILY, "warning", acronym_differs),)
