"""Texts in a wrong language: left as they were, copied, or in a third language.

English and Russian are told apart by their letters; names, titles and terms in the other
script are everyday matter and pass. On machine translation three Latin words in a row are a
defect in most cases, a single one is none: 26 % of good references have one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from aligner.checks.check import Case, Context, Finding, per_pair
from aligner.checks.common_words import COMMON
from aligner.language.other import other_language
from aligner.language.script import language_of, words
from aligner.records import Span
from aligner.text import letters

FAMILY = "content"
NAMES = {"en": "English", "ru": "Russian"}
LEAST_WORDS = 3
LONG_ENOUGH = 40  # characters from which a third language shows
_RUNS = {  # words of one script, with what may stand between words of a sentence
    "en": re.compile(r"[A-Za-z][A-Za-z'’-]*(?:[,;:]?[ \u00a0][A-Za-z][A-Za-z'’-]*){2,}"),
    "ru": re.compile(r"[А-Яа-яЁё][а-яё-]*(?:[,;:]?[ \u00a0][А-Яа-яЁё][а-яё-]*)+"),
}
_SHORT_WORDS = frozenset(
    "a i is it to of in on at as be by he me my no or so we am an do go if up us".split()
)
_ONLY_RUSSIAN = re.compile("[ыэёЫЭЁ]")  # Ukrainian, Bulgarian and Serbian have none of them,
_NOT_RUSSIAN = re.compile("[іїєґўқғәөүұһјљњћђџѓќ]")  # and Belarusian or Kazakh have some of these
_CODE = re.compile(r"[@/_\\<>{}#=]|\d|\w\.\w")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+")
REST = 0.2  # share of letters of the right language that a target may have and count as the other
_IN_TITLES = frozenset(  # lower-case words that stand in titles and names in any language
    "a an and as at by for from in into of on or the to with de del della der des di du el et la "
    "le les los van vis von und y e al s".split()
)


def untranslated(case: Case, context: Context) -> Iterator[Finding]:
    """The target, or a sentence in it, is still in the language of the source.

    Fires as an error where the whole target is, as a warning on a run of words: in Russian
    three English ones or more of which two are no part of a name; in English two
    Russian ones. Not: names and titles ("Dancing on Ice"), addresses, terms in two words.
    """
    text = _ADDRESS.sub("", case.tgt)
    if len(words(text)) >= LEAST_WORDS and _is_all_in(text, case.src_lang, case.tgt_lang):
        if not _is_name(text) and not _same(case.src, case.tgt):
            message = f"not translated: the target is {NAMES.get(case.src_lang, 'not')}"
            yield Finding(message, tgt=(Span(0, len(case.tgt)),))
        return
    if case.src_lang not in _RUNS or case.src_lang == case.tgt_lang:
        return
    for run in _RUNS[case.src_lang].finditer(case.tgt):
        if not _is_name(run[0]) and _is_language(run[0], case.src_lang):
            message = f"not translated: “{run[0]}”"
            yield Finding(message, (), (Span(*run.span()),), "warning")


def _is_all_in(text: str, lang: str, other: str) -> bool:
    """Whether a text is in a language from its beginning to its end."""
    count = letters(text)
    rest = count.cyrillic if other == "ru" else count.latin
    return lang != other and language_of(text) == lang and rest <= REST * count.total


def same_as_source(case: Case, context: Context) -> Iterator[Finding]:
    """The target is the source, letter by letter.

    An error where it is a sentence, an advisory for one or two words and for names and titles
    ("Killer Pig Mauls Farmer"). Not: numbers, codes, addresses.
    """
    if case.src_lang == case.tgt_lang or not _same(case.src, case.tgt):
        return
    found = words(case.tgt)
    if len(found) >= LEAST_WORDS and not _is_name(case.tgt):
        yield Finding("the target is the same as the source")
    elif found and not _CODE.search(case.tgt):
        yield Finding("the target is the same as the source", severity="advisory")


def wrong_language(case: Case, context: Context) -> Iterator[Finding]:
    """A side is in a third language, or the source is in the language of the target.

    Fires: a Ukrainian sentence on the Russian side. Not: texts of a few words, names, quotations.
    """
    for side, text, lang in ((0, case.src, case.src_lang), (1, case.tgt, case.tgt_lang)):
        place = ((Span(0, len(text)),), ()) if side == 0 else ((), (Span(0, len(text)),))
        which = "source" if side == 0 else "target"
        other = None if _is_plainly(lang, text) else other_language(text)
        if other is not None:
            yield Finding(f"the {which} seems to be {other}", *place)
        elif side == 0 and len(words(text)) >= LEAST_WORDS and not _is_name(text):
            seen = language_of(text)
            if seen is not None and seen != lang and lang in NAMES:
                yield Finding(f"the source is {NAMES[seen]}, not {NAMES[lang]}", *place)


def _is_plainly(lang: str, text: str) -> bool:
    """Whether a text need not be shown to the identifier of languages: nearly all need not."""
    if len(text) < LONG_ENOUGH:
        return True
    if lang == "ru":
        return _ONLY_RUSSIAN.search(text) is not None and _NOT_RUSSIAN.search(text) is None
    low = text.lower().split()
    return sum(word in COMMON["en"] or word in _SHORT_WORDS for word in low) >= 3


def _same(src: str, tgt: str) -> bool:
    return " ".join(src.split()) == " ".join(tgt.split())


def _is_name(text: str) -> bool:
    """Names and titles: all words but small ones begin with a capital, or all are capitals."""
    small = [word for word in words(text) if word[0].islower() and word not in _IN_TITLES]
    return len(small) < (2 if text.isascii() else 1)


def _is_language(text: str, lang: str) -> bool:
    """Whether a run of words is of a sentence, not Latin or a term: it has an everyday word."""
    if lang == "ru":
        return True
    return any(word.lower() in COMMON["en"] or word.lower() in _SHORT_WORDS for word in words(text))


CHECKS = (
    per_pair("untranslated", FAMILY, "error", untranslated),
    per_pair("same-as-source", FAMILY, "error", same_as_source),
    per_pair("wrong-language", FAMILY, "error", wrong_language),
)
