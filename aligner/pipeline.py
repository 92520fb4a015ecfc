"""The one place where the layers meet: read, find the languages, split, embed, align.

Nothing here knows about formats, algorithms or the terminal; each step is one call.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol, cast

from aligner import linkfiles, pairfiles
from aligner.alignment.blanks import among_blanks, filled
from aligner.alignment.clauses import cut
from aligner.alignment.linking import Segments, linked
from aligner.alignment.locks import Given, barring, free, joined, locked, scored, with_locks
from aligner.alignment.moved import among_all, moved
from aligner.embed.loading import load_encoder
from aligner.embed.protocol import Encoder, Pool, Progress
from aligner.embed.runs import encode_all, pooled
from aligner.errors import InputError
from aligner.language import both_sides, identified, split_by_language
from aligner.linkfiles import IndexLink
from aligner.readers.files import read, read_text
from aligner.readers.lines import read_lines
from aligner.records import (
    Alignment,
    Document,
    Lang,
    Link,
    Paragraph,
    Provenance,
    SegmentedDocument,
    Sentence,
    Span,
)
from aligner.segment.engine import Decision, explain
from aligner.segment.splitter import segment
from aligner.settings import VERSION, AlignSettings

STANDALONE = frozenset({"heading", "caption", "cell"})
"""Kinds of paragraphs whose sentences are not joined with those around them."""


MOST_SENTENCES = 250_000
"""Of a side: a hundred novels; vectors and lattice take some gigabytes then."""


class Watcher(Protocol):
    """Told how the work goes, to show it."""

    def __call__(self, done: int, total: int, /) -> None:
        """`done` of `total` sentences have been encoded."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to align, apart from the texts."""

    settings: AlignSettings = field(default_factory=AlignSettings)
    source: Lang | None = None  # the source language; None: English
    encoder: Encoder | str | None = None  # or a model's name; None: the built-in one
    encoding: str | None = None  # of the files; None: found out
    any_language: bool = False  # align sentences of any languages, unchecked
    watcher: Watcher | None = None
    lock: Path | Sequence[IndexLink] = ()  # links to keep, or a file of link lines with them
    barred: Sequence[IndexLink] = ()  # links that must not be found


def vectors(encoder: Encoder, texts: Sequence[str], done: Progress | None = None) -> Pool:
    """What the alignment asks of an encoder about the sentences of one side."""
    return pooled(encoder, texts, done, cut)


def align(first: str, second: str | None = None, options: Options = Options()) -> Alignment:
    """Align two texts, or the two languages of one text in which both stand."""
    documents = [read_text(first, "first text" if second else "text")]
    if second is not None:
        documents.append(read_text(second, "second text"))
    return _align_documents(documents, options)


def align_files(first: Path, second: Path | None = None, options: Options = Options()) -> Alignment:
    """Align two files, in either order, or the two languages of one file, mixed or of pairs."""
    if second is None and (pairs := pairfiles.sides(first)):
        return _align_pairs(pairs, options)
    paths = [first] if second is None else [first, second]
    return _align_documents([read(path, options.encoding) for path in paths], options)


def align_paths(
    first: Path, second: Path | None, options: Options = Options(), sentences: bool = False
) -> Alignment:
    """What the command line aligns: two files, one mixed file, or two files of `sentences`."""
    if not sentences:
        if options.any_language:
            raise InputError("--any-language goes with --sentences only; add that, or leave it out")
        return align_files(first, second, options)
    if second is None:
        raise InputError(f"{first}: --sentences needs two files; give the other language's too")
    src, tgt = (_listed(path.name, read_lines(path, options.encoding)) for path in (first, second))
    return _align_lists(src, tgt, options)


def align_sentences(
    src: Sequence[str], tgt: Sequence[str], options: Options = Options()
) -> Alignment:
    """Align two lists of sentences as they are; the first is the source."""
    return _align_lists(_listed("source", src), _listed("target", tgt), options)


def segment_file(
    path: Path, lang: Lang | None = None, encoding: str | None = None
) -> SegmentedDocument:
    """The sentences of a file, by the rules of its language."""
    document = read(path, encoding)
    if lang is None:
        document = identified(document)
        if not document.lang:
            raise InputError(
                f"{path}: has no letters in it; name the language with --lang en or ru"
            )
        return segment(document)
    return segment(replace(document, lang=lang))


def explained(document: Document) -> Iterator[Decision]:
    """Each possible boundary of a document with what the rules decided, in order."""
    for paragraph in document.paragraphs:
        yield from explain(paragraph.text, cast(Lang, document.lang), paragraph.kind == "verse")


def _align_pairs(pairs: tuple[Document, Document], options: Options) -> Alignment:
    """Align the sides of a file of pairs anew, in the direction that the file has."""
    src, tgt = both_sides(*pairs, options.source)
    if options.source is None and src.paragraphs is not pairs[0].paragraphs:
        src, tgt = tgt, src
    return _aligned(segment(src), segment(tgt), options)


def _align_documents(documents: list[Document], options: Options) -> Alignment:
    if len(documents) == 1:
        src, tgt = split_by_language(documents[0])
        if options.source == "ru":
            src, tgt = tgt, src
    else:
        src, tgt = both_sides(documents[0], documents[1], options.source)
    return _aligned(segment(src), segment(tgt), options)


def _align_lists(src: SegmentedDocument, tgt: SegmentedDocument, options: Options) -> Alignment:
    if not options.any_language:
        langs = _langs_of_lists(src, tgt, options)
        src, tgt = (
            replace(side, document=replace(side.document, lang=lang))
            for side, lang in zip((src, tgt), langs, strict=True)
        )
    return _aligned(src, tgt, options, paragraphs_known=False)


def _langs_of_lists(
    src: SegmentedDocument, tgt: SegmentedDocument, options: Options
) -> tuple[str, str]:
    """The languages of two lists; where one has no letters, what the other is not."""
    check = options.source is None
    first, second = (identified(side.document, check).lang for side in (src, tgt))
    if first and first == second:
        raise InputError(
            f"{src.name} and {tgt.name} are in the same language: give one list in each language, "
            "or align them unchecked with --any-language (any_language=True)"
        )
    other = {"en": "ru", "ru": "en"}
    return first or other.get(second, ""), second or other.get(first, "")


def _listed(name: str, sentences: Sequence[str]) -> SegmentedDocument:
    """Sentences as a document of one paragraph, a line each."""
    if not sentences:
        raise InputError(f"{name}: has no sentences; give at least one on each side")
    document = Document(name, (Paragraph("\n".join(sentences)),))
    records, start = [], 0
    for sentence in sentences:
        records.append(Sentence(sentence, Span(start, start + len(sentence)), 0))
        start += len(sentence) + 1
    return SegmentedDocument(document, tuple(records))


def _aligned(
    src: SegmentedDocument,
    tgt: SegmentedDocument,
    options: Options,
    paragraphs_known: bool = True,
) -> Alignment:
    _check_size(src, tgt)
    encoder = options.encoder
    if encoder is None or isinstance(encoder, str):
        encoder = load_encoder(encoder)
    size = len(src), len(tgt)
    locks = locked(_given(options.lock), size)
    left = barring(free(locks, (filled(src.texts()), filled(tgt.texts()))), options.barred)
    texts = len(left.src) + len(left.tgt) + 2 * len(joined(locks))
    done = _Counter(texts, options.watcher)
    locks = _scored(locks, (src, tgt), encoder, done)
    sides = [
        _segments(side, at, vectors(encoder, _texts(side, at), done), paragraphs_known)
        for side, at in ((src, left.src), (tgt, left.tgt))
    ]
    found = linked(sides[0], sides[1], options.settings.max_size, fences=left.fences)
    links = with_locks(list(among_blanks(found, (left.src, left.tgt), size)), locks)
    blocks = moved(sides[0], sides[1], found, options.settings.max_size, left.fences)
    provenance = Provenance(
        src_name=src.name,
        tgt_name=tgt.name,
        src_lang=src.lang,
        tgt_lang=tgt.lang,
        encoder=encoder.id,
        settings=options.settings.signature(encoder.id, VERSION, len(locks)),
    )
    elsewhere = among_all(blocks, (left.src, left.tgt))
    return Alignment(src, tgt, tuple(links), provenance, moved=tuple(elsewhere))


def _check_size(*sides: SegmentedDocument) -> None:
    """InputError before hours of work that end without memory."""
    for side in sides:
        if len(side) > MOST_SENTENCES:
            raise InputError(
                f"{side.name}: has {len(side):,} sentences, and up to {MOST_SENTENCES:,} can be "
                "aligned at once; split both texts at the same chapters or books"
            )


def _given(lock: Path | Sequence[IndexLink]) -> list[Given]:
    """The links to keep, each with the place to name in an error message."""
    if not isinstance(lock, Path):
        return [Given((tuple(k[0]), tuple(k[1])), f"lock[{at}]") for at, k in enumerate(lock)]
    links = linkfiles.read_links(lock)
    if not links:
        raise InputError(f"{lock}: no links in it; write lines such as [0]:[0, 1], or lock nothing")
    lines = (number for number, line in enumerate(linkfiles.read_lines(lock), 1) if line.strip())
    return [Given(link, f"{lock}, line {line}") for link, line in zip(links, lines, strict=True)]


def _scored(
    locks: Sequence[Link],
    sides: tuple[SegmentedDocument, SegmentedDocument],
    encoder: Encoder,
    done: Progress,
) -> list[Link]:
    """The locked links with the similarity of what they link; no link was searched for them."""
    pairs = joined(locks)
    if not pairs:
        return list(locks)
    src = encode_all(encoder, [sides[0].joined(link.src) for link in pairs], done)
    tgt = encode_all(encoder, [sides[1].joined(link.tgt) for link in pairs], done)
    return scored(locks, (src * tgt).sum(axis=1).tolist())


def _texts(side: SegmentedDocument, places: list[int]) -> list[str]:
    return [side.sentences[i].text for i in places]


def _segments(
    side: SegmentedDocument, places: list[int], pool: Pool, paragraphs_known: bool
) -> Segments:
    """The sentences at these places, as the alignment wants them."""
    texts = _texts(side, places)
    if not paragraphs_known:
        return Segments(texts, pool)
    numbers = [side.sentences[i].paragraph for i in places]
    kinds = [side.document.paragraphs[number].kind for number in numbers]
    return Segments(texts, pool, numbers, [kind in STANDALONE for kind in kinds])


class _Counter:
    """Adds up what the encoder reports and tells the watcher."""

    def __init__(self, total: int, watcher: Watcher | None) -> None:
        self._done, self._total, self._watcher = 0, total, watcher

    def __call__(self, texts: int, /) -> None:
        self._done += texts
        if self._watcher is not None:
            self._watcher(self._done, self._total)
