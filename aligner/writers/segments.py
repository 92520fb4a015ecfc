"""Sentences of one document: one a line for people, JSON lines with offsets for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from aligner.errors import InputError
from aligner.records import SegmentedDocument
from aligner.writers.atomic import replacing

SUFFIXES = (".txt", ".jsonl")


def write_segments(segmented: SegmentedDocument, path: Path) -> None:
    """Write to a file whose name says the format: .txt (a sentence a line) or .jsonl."""
    if path.suffix.lower() not in SUFFIXES:
        raise InputError(f"{path}: end the name in {' or '.join(SUFFIXES)}")
    lines = json_lines(segmented) if path.suffix.lower() == ".jsonl" else text_lines(segmented)
    with replacing(path) as stream:
        for line in lines:
            stream.write(f"{line}\n".encode())


def text_lines(segmented: SegmentedDocument) -> Iterator[str]:
    """One sentence a line, an empty line between paragraphs."""
    paragraph = None
    for sentence in segmented.sentences:
        if paragraph not in (None, sentence.paragraph):
            yield ""
        paragraph = sentence.paragraph
        yield " ".join(sentence.text.split("\n"))


def json_lines(segmented: SegmentedDocument) -> Iterator[str]:
    """One object a sentence; start and stop count characters in the document's text.

    That text is the file's as read: NFC, without mark-up, paragraphs joined by an empty line.
    """
    for sentence in segmented.sentences:
        kind = segmented.document.paragraphs[sentence.paragraph].kind
        fields = {
            "text": sentence.text,
            "start": sentence.span.start,
            "stop": sentence.span.stop,
            "paragraph": sentence.paragraph,
            "kind": kind,
        }
        yield json.dumps(fields, ensure_ascii=False)
