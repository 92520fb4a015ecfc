"""The language of a document, and two documents put in order: source and target."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from aligner.errors import InputError
from aligner.language.other import NAMES, other_language
from aligner.language.script import language_of
from aligner.records import Document, Lang
from aligner.text import letters


def identified(document: Document, check_other: bool = True) -> Document:
    """The document with its language set; "" stays where it has no letters at all.

    InputError when it is in a third language, unless `check_other` is False.
    """
    other = other_language(document.text) if check_other else None
    if other:
        raise InputError(
            f"{called(document)}: the text looks {other}; aligner aligns English and Russian "
            "(give the source language, en or ru, to align it all the same)"
        )
    return replace(document, lang=main_language(document) or "")


def both_sides(
    first: Document, second: Document, source: Lang | None = None
) -> tuple[Document, Document]:
    """Two documents in two languages, the source first; without `source` that is English.

    With `source` no third language is refused, and where the letters do not tell the two
    apart, `first` is the source.
    """
    for document in (first, second):
        if not document.paragraphs:
            raise InputError(f"{called(document)}: has no text; give a file with text")
    check = source is None
    documents = [identified(first, check), identified(second, check)]
    langs = [document.lang for document in documents]
    if check and langs[0] == langs[1]:
        raise InputError(_same_language(documents))
    source = source or "en"
    target: Lang = "ru" if source == "en" else "en"
    swapped = langs[0] != langs[1] and (langs[0] == target or langs[1] == source)
    src, tgt = reversed(documents) if swapped else documents
    return replace(src, lang=source), replace(tgt, lang=target)


def main_language(document: Document) -> Lang | None:
    """The language of most letters, each paragraph counted with all of its own."""
    langs = [language_of(paragraph.text) for paragraph in document.paragraphs]
    known = [lang for lang in dict.fromkeys(langs) if lang]  # the first one on a tie
    if len(known) < 2:
        return known[0] if known else None
    size: Counter[Lang | None] = Counter()
    for lang, paragraph in zip(langs, document.paragraphs, strict=True):
        size[lang] += letters(paragraph.text).total
    return max(known, key=lambda lang: size[lang])


def called(document: Document) -> str:
    """What a message calls a document."""
    return document.name or "the text"


def _same_language(documents: Sequence[Document]) -> str:
    first, second = (called(document) for document in documents)
    name = NAMES.get(documents[0].lang)
    if name is None:
        return f"neither {first} nor {second} has words in it; give one file in each language"
    return f"{first} and {second} are both {name}: give one file in each language"
