"""The plain records that travel from layer to layer.

All are frozen. They hold text and positions and check what must always hold;
they read and write no file (readers and writers do).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pandas

Lang = Literal["en", "ru"]
"""A language this product aligns, as its ISO 639-1 code."""

ParagraphKind = Literal["text", "heading", "item", "quote", "cell", "caption", "verse"]
"""What a paragraph is on its page; all but "text", "quote" and "verse" stand alone."""

PARAGRAPH_BREAK = "\n\n"
"""What stands between two paragraphs in a document's text."""


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open run of positions; an empty one still has a place."""

    start: int
    stop: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.stop:
            raise ValueError(f"a span needs 0 <= start <= stop, not {self.start}:{self.stop}")

    def __len__(self) -> int:
        return self.stop - self.start

    def __iter__(self) -> Iterator[int]:
        return iter(range(self.start, self.stop))


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One block of a page, on one line or several; never empty or only spaces."""

    text: str
    kind: ParagraphKind = "text"


@dataclass(frozen=True, slots=True)
class Document:
    """A text as read: NFC, lines ending in LF, no byte order mark, no control characters.

    `lang` is "" until it is known. `left_out` counts what the reader dropped on
    purpose, by name ("code block": 3), so that nothing disappears in silence.
    """

    name: str
    paragraphs: tuple[Paragraph, ...]
    lang: str = ""
    left_out: dict[str, int] = field(default_factory=dict)
    read_as: str = ""  # "a web page (HTML)", where that is not what the name says

    @property
    def text(self) -> str:
        """All paragraphs, a blank line between them; sentence spans point into this."""
        return PARAGRAPH_BREAK.join(paragraph.text for paragraph in self.paragraphs)

    def paragraph_starts(self) -> list[int]:
        """Where each paragraph begins in `text`, in characters."""
        starts, position = [], 0
        for paragraph in self.paragraphs:
            starts.append(position)
            position += len(paragraph.text) + len(PARAGRAPH_BREAK)
        return starts


@dataclass(frozen=True, slots=True)
class Sentence:
    """One segment: the document's text at `span` is `text`."""

    text: str
    span: Span  # characters in Document.text
    paragraph: int  # index into Document.paragraphs


@dataclass(frozen=True, slots=True)
class SegmentedDocument:
    """A document and its sentences, in reading order."""

    document: Document
    sentences: tuple[Sentence, ...]

    def __len__(self) -> int:
        return len(self.sentences)

    @property
    def name(self) -> str:
        return self.document.name

    @property
    def lang(self) -> str:
        return self.document.lang

    def texts(self) -> list[str]:
        """The sentences' texts, on one line each."""
        return [sentence.text for sentence in self.sentences]

    def joined(self, span: Span) -> str:
        """The text of a run of sentences, a space between them; "" for an empty run."""
        return " ".join(self.sentences[i].text for i in span)


@dataclass(frozen=True, slots=True)
class Link:
    """Source sentences that belong together with target sentences."""

    src: Span  # sentence indices
    tgt: Span  # sentence indices
    score: float = 0.0  # cosine similarity of the two runs; 0.0 where a side is empty
    probability: float = 1.0  # that exactly this link is right, 0 to 1

    def __post_init__(self) -> None:
        if not len(self.src) and not len(self.tgt):
            raise ValueError("a link needs at least one sentence on one side")

    @property
    def kind(self) -> str:
        """How many sentences on each side: "1-1", "2-1", "1-0" (an omission) …"""
        return f"{len(self.src)}-{len(self.tgt)}"


@dataclass(frozen=True, slots=True)
class Moved:
    """A block whose translation stands out of order: omissions and additions that match."""

    src: Span  # sentence indices
    tgt: Span  # sentence indices
    score: float  # mean cosine similarity of its links, by their length
    links: tuple[Link, ...]  # those inside it with two sides, in order; not in Alignment.links


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a pair comes from and what made it; the same for a whole alignment."""

    src_name: str = ""
    tgt_name: str = ""
    src_lang: str = ""
    tgt_lang: str = ""
    encoder: str = ""  # Encoder.id
    settings: str = ""  # the settings' signature, the version in it


@dataclass(frozen=True, slots=True)
class Pair:
    """Both texts of a link, ready to be written; one side may be empty."""

    src: str
    tgt: str
    src_span: Span  # sentence indices in the source document
    tgt_span: Span  # sentence indices in the target document
    score: float
    probability: float
    provenance: Provenance = Provenance()
    moved: Span | None = None  # of an omission or addition: its partner, on the other side
    confirmed_by: str = ""  # who says that the pair is right; "": nobody yet

    @property
    def kind(self) -> str:
        return f"{len(self.src_span)}-{len(self.tgt_span)}"


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two segmented documents and the links between them.

    The links tile both sides: every sentence stands in exactly one link, and
    the links are in the order of the text.
    """

    src: SegmentedDocument
    tgt: SegmentedDocument
    links: tuple[Link, ...]
    provenance: Provenance = Provenance()
    moved: tuple[Moved, ...] = ()  # in the order of the source

    def __post_init__(self) -> None:
        i = j = 0
        for link in self.links:
            if (link.src.start, link.tgt.start) != (i, j):
                raise ValueError(f"link {link} leaves a gap or overlaps: expected {i} and {j}")
            i, j = link.src.stop, link.tgt.stop
        if (i, j) != (len(self.src), len(self.tgt)):
            raise ValueError(f"links end at {i}, {j} of {len(self.src)}, {len(self.tgt)} sentences")

    def pairs(self) -> Iterator[Pair]:
        """Each link with its texts, in order."""
        partners = _partners(self.moved)
        for link in self.links:
            alone = None if link.src and link.tgt else (link.src or link.tgt).start
            yield Pair(
                self.src.joined(link.src),
                self.tgt.joined(link.tgt),
                link.src,
                link.tgt,
                link.score,
                link.probability,
                self.provenance,
                moved=None if alone is None else partners.get((bool(link.src), alone)),
            )

    def to_frame(self) -> pandas.DataFrame:
        """The pairs as a pandas DataFrame with the columns of the TSV."""
        import pandas  # 2 s of CPU to import: only for those who ask for a frame

        rows = [
            (
                pair.src,
                pair.tgt,
                pair.kind,
                pair.score,
                pair.probability,
                pair.src_span.start,
                pair.src_span.stop,
                pair.tgt_span.start,
                pair.tgt_span.stop,
            )
            for pair in self.pairs()
        ]
        return pandas.DataFrame(rows, columns=list(PAIR_COLUMNS))


def _partners(blocks: tuple[Moved, ...]) -> dict[tuple[bool, int], Span]:
    """Of each sentence in a moved block, by side (True: the source) and index, its partners."""
    links = [link for block in blocks for link in block.links]
    of_src = {(True, i): link.tgt for link in links for i in link.src}
    return of_src | {(False, j): link.src for link in links for j in link.tgt}


PAIR_COLUMNS = (
    "source",
    "target",
    "kind",
    "score",
    "probability",
    "source_start",
    "source_stop",
    "target_start",
    "target_stop",
)
"""The columns of a pair in TSV and in a DataFrame.

Starts and stops are 0-based sentence indices, half open.
"""


@dataclass(frozen=True, slots=True)
class Counts:
    """Right answers among all answers."""

    right: int
    total: int

    @property
    def share(self) -> float:
        """right / total; 0.0 where there is none."""
        return self.right / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True)
class Score:
    """Precision and recall with their counts."""

    precision_counts: Counts
    recall_counts: Counts

    @property
    def precision(self) -> float:
        return self.precision_counts.share

    @property
    def recall(self) -> float:
        return self.recall_counts.share

    @property
    def f1(self) -> float:
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0


@dataclass(frozen=True, slots=True)
class Scores:
    """A test alignment against gold links, by both of the field's rules."""

    strict: Score
    lax: Score
