"""A document's sentences: every paragraph on its own, none ever crossed.

Sentences are what translators align, so what stands alone on a page stays
whole unless it clearly holds several sentences: a heading («Глава 1. Начало»),
a caption ("Fig. 2. Results"). Lines of verse end segments; a line break inside
any other paragraph is a space. The text itself is never changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from aligner.errors import InputError
from aligner.records import Document, Lang, Paragraph, SegmentedDocument, Sentence, Span
from aligner.segment.engine import LANGUAGES, split, unknown_language

MIN_WORDS = 4  # of a heading's or caption's parts: «Глава 1.», "Fig. 2." are labels


def segment(document: Document) -> SegmentedDocument:
    """The document with its sentences, in reading order.

    Example: two paragraphs "Да. Нет." and «Конец» -> three sentences
    """
    if document.lang not in LANGUAGES:
        raise InputError(f"{document.name}: {unknown_language(document.lang)}")
    lang = cast(Lang, document.lang)
    starts = document.paragraph_starts()
    sentences = [
        Sentence(paragraph.text[span.start : span.stop], _moved(span, start), index)
        for index, (paragraph, start) in enumerate(zip(document.paragraphs, starts, strict=True))
        for span in split_paragraph(paragraph, lang)
    ]
    return SegmentedDocument(document, tuple(sentences))


def split_paragraph(paragraph: Paragraph, lang: Lang) -> list[Span]:
    """The sentences of a paragraph, with regard to what it is on its page."""
    spans = split(paragraph.text, lang, lines=paragraph.kind == "verse")
    if paragraph.kind in ("heading", "caption"):
        return list(_long_enough(spans, paragraph.text))
    return spans


def _long_enough(spans: list[Span], text: str) -> Iterator[Span]:
    """The spans, with those too short to be sentences joined to their neighbours."""
    held: Span | None = None
    for span in spans:
        if held is not None and (_is_short(held, text) or _is_short(span, text)):
            held = Span(held.start, span.stop)
            continue
        if held is not None:
            yield held
        held = span
    if held is not None:
        yield held


def _is_short(span: Span, text: str) -> bool:
    return len(text[span.start : span.stop].split()) < MIN_WORDS


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.stop + by)
