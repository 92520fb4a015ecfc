"""Empty lines among sentences: they are aligned with nothing and count as sentences all the same.

A file of one sentence a line may have empty lines, and link lines number them. The
search sees only the others; here its links get the numbers of the whole file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aligner.records import Link, Span


def filled(texts: Sequence[str]) -> list[int]:
    """Indices of the texts that are not only spaces."""
    return [i for i, text in enumerate(texts) if text.strip()]


def among_blanks(
    links: Sequence[Link], places: tuple[Sequence[int], Sequence[int]], size: tuple[int, int]
) -> Iterator[Link]:
    """The links between filled texts as links between all texts, of which there are `size`.

    `places` has the indices of the filled texts of both sides. A blank inside a run goes
    with it; any other is left out, before the link that follows.

    Example: "a", "", "b" against "A", "B", links 1-1 1-1 -> 1-1 1-0 1-1
    """
    i = j = 0
    for link in links:
        src, tgt = (
            spread(span, at) if len(span) else None
            for span, at in zip((link.src, link.tgt), places, strict=True)
        )
        for blank in range(i, src.start if src else i):
            yield Link(Span(blank, blank + 1), Span(j, j))
            i = blank + 1
        for blank in range(j, tgt.start if tgt else j):
            yield Link(Span(i, i), Span(blank, blank + 1))
            j = blank + 1
        src, tgt = src or Span(i, i), tgt or Span(j, j)
        yield Link(src, tgt, link.score, link.probability)
        i, j = src.stop, tgt.stop
    yield from (Link(Span(blank, blank + 1), Span(j, j)) for blank in range(i, size[0]))
    yield from (Link(Span(size[0], size[0]), Span(k, k + 1)) for k in range(j, size[1]))


def spread(span: Span, places: Sequence[int]) -> Span:
    """The span, which is not empty, among all texts."""
    return Span(places[span.start], places[span.stop - 1] + 1)
