"""The segmenter as a spaCy component: `nlp.add_pipe("aligner_segmenter")`.

It sets `token.is_sent_start` of every token from the engine's sentences. spaCy
finds the factory by the entry point in pyproject.toml, so installing this
package is enough. A sentence that begins inside a spaCy token («слово.Слово»)
begins with the next token. Nothing but this module imports spaCy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from spacy.language import Language
from spacy.tokens import Doc

from aligner.errors import InputError
from aligner.records import Lang
from aligner.segment.engine import LANGUAGES, split, unknown_language

_PARAGRAPH = re.compile(r"\S[^\n]*(?:\n[^\S\n]*\S[^\n]*)*")  # lines with no blank one between


@dataclass(frozen=True, slots=True)
class Segmenter:
    """Sets sentence starts; called by spaCy with one document at a time."""

    lang: Lang
    lines: bool = False

    def __call__(self, doc: Doc) -> Doc:
        """The same document, every token marked as a sentence's start or not."""
        starts = iter(_sentence_starts(doc.text, self.lang, self.lines))
        coming = next(starts, None)
        for token in doc:
            token.is_sent_start = token.i == 0
            while coming is not None and coming <= token.idx:
                token.is_sent_start = True
                coming = next(starts, None)
        return doc


@Language.factory(
    "aligner_segmenter",
    assigns=["token.is_sent_start", "doc.sents"],
    default_config={"lines": False},
)
def create_segmenter(nlp: Language, name: str, lines: bool) -> Segmenter:
    """The component for the pipeline's language; `lines` as for verse."""
    if nlp.lang not in LANGUAGES:
        raise InputError(f'component "{name}": {unknown_language(str(nlp.lang))}')
    return Segmenter(cast(Lang, nlp.lang), lines)


def _sentence_starts(text: str, lang: Lang, lines: bool) -> Iterator[int]:
    """Where sentences begin, blank lines between paragraphs never crossed."""
    for paragraph in _PARAGRAPH.finditer(text):
        for span in split(paragraph.group(), lang, lines):
            yield paragraph.start() + span.start
