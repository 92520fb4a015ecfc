"""The text of an HTML or XHTML tree by blocks, in reading order.

An element that makes a block on the page (p, h2, li, td, div …) ends the paragraph before
it; all others belong to their line. What the caller marks is left out; a row that he
marks as bilingual becomes paragraphs "English TAB Russian" (see `readers.side_by_side`).
What no reader can align is left out here and counted: scripts, drawings, code blocks,
form controls, marks of footnotes, images (an alternative text that is a sentence stays,
as a caption).

What line breaks inside a paragraph mean is decided in `readers.line_breaks`. A page set
as one `pre`, as old libraries have whole books, is text and not code.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from aligner.readers import plain
from aligner.readers.line_breaks import SENTENCE_END, paragraphs_of
from aligner.readers.side_by_side import beside
from aligner.readers.trees import Element, local_name, text_of
from aligner.records import Paragraph, ParagraphKind
from aligner.text import cleaned, on_one_line

KINDS: dict[str, ParagraphKind] = {  # of the elements that make a block
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(("li", "dt", "dd"), "item"),
    **dict.fromkeys(("td", "th"), "cell"),
    "blockquote": "quote",
    **dict.fromkeys(("caption", "figcaption", "legend"), "caption"),
    **dict.fromkeys(
        "p div section article main aside header footer nav address details summary figure "
        "ul ol dl menu table thead tbody tfoot tr hr center pre form fieldset hgroup search "
        "dialog body html noscript option optgroup".split(),
        "text",
    ),
}
_CONTROLS = "button input select textarea progress meter datalist".split()
_DROPPED = {  # these never hold text of the document
    **dict.fromkeys(("script", "style", "template", "noscript"), "script or style"),
    **dict.fromkeys(("svg", "math", "canvas"), "drawing or formula"),
    **dict.fromkeys(("iframe", "object", "embed", "video", "audio", "map"), "embedded object"),
    **dict.fromkeys(_CONTROLS, "form control"),
    **dict.fromkeys(("rt", "rp"), "reading aid"),
    "head": "",  # no part of the page; not counted
}
_LAYOUT = frozenset("p h1 h2 h3 h4 h5 h6 table ul ol div blockquote".split())
_MARK = re.compile(r"\s*[\[(]?(?:\d{1,3}|[a-z*†‡↩↑^§¶#🔗]\ufe0e?)[\])]?\s*")
_CODE_LINE = re.compile(r"[{};]\s*$|^\s*(?:[$>#]|//|<\w|\w+\()|[=<>]=|\w\(\)", re.MULTILINE)
_BREAK = "\x00"  # a <br>; no control character is in a clean text


@dataclass(frozen=True, slots=True)
class Marks:
    """What the caller knows about elements of the tree."""

    left_out: Mapping[Element, str] = field(default_factory=dict)  # with the name to count by
    rows: Mapping[Element, tuple[Element, Element]] = field(default_factory=dict)  # English first


@dataclass(slots=True)
class _Level:
    """A block that is open; only its first paragraph is an item."""

    kind: ParagraphKind
    fresh: bool = True


def blocks(root: Element, marks: Marks, counts: Counter[str]) -> Iterator[Paragraph]:
    """The paragraphs of a tree; what is left out is added to `counts`."""
    from lxml import etree

    state = _State(counts)
    walk = etree.iterwalk(root, events=("start", "end", "comment"))
    skipped = None
    for event, element in walk:
        if event == "start":
            if row := marks.rows.get(element):
                yield from state.ended()
                yield from _row(row, marks, counts)
            elif not state.leaves_out(element, marks):
                yield from state.opened(element)
                if local_name(element) != "pre":
                    continue
                yield from _set_text(element, counts)
            skipped = element
            walk.skip_subtree()
            continue
        if event == "comment":
            counts["comment"] += 1
        elif element is skipped:
            if local_name(element) in KINDS:
                yield from state.ended()
        else:
            yield from state.closed(element)
        if element is not root:
            state.add(element.tail)
    yield from state.ended()


class _State:
    """The open blocks and the text of the paragraph that has begun."""

    def __init__(self, counts: Counter[str]) -> None:
        self._counts = counts
        self._parts: list[str] = []
        self._levels: list[_Level] = []
        self._captions: list[Paragraph] = []

    def add(self, text: str | None) -> None:
        if text:
            self._parts.append(text)

    def leaves_out(self, element: Element, marks: Marks) -> bool:
        """Whether an element is no text of the document; counted if it is not."""
        name = marks.left_out.get(element) or _DROPPED.get(local_name(element))
        if name is None and local_name(element) == "pre" and _is_code(element):
            name = "code block"
        if name is None and local_name(element) in ("a", "sup") and _is_note_mark(element):
            name = "footnote mark or anchor"
        if name:
            self._counts[name] += 1
        return name is not None

    def opened(self, element: Element) -> Iterator[Paragraph]:
        name = local_name(element)
        if name in KINDS:
            yield from self.ended()
            if name == "pre":
                return
            self._levels.append(_Level(_kind_of(element)))
        elif name == "br":
            self.add(_BREAK)
        elif name == "img":
            self._image(element.get("alt") or "")
        self.add(element.text)

    def closed(self, element: Element) -> Iterator[Paragraph]:
        if local_name(element) in KINDS:
            yield from self.ended()
            self._levels.pop()

    def ended(self) -> Iterator[Paragraph]:
        """The paragraphs of the text so far."""
        text, captions = "".join(self._parts), self._captions
        self._parts, self._captions = [], []
        lines = [self._clean(line) for line in text.split(_BREAK)]
        if any(lines):
            yield from paragraphs_of(lines, self._kind())
        yield from captions

    def _clean(self, line: str) -> str:
        """References such as &shy; have brought in characters that decoding did not see."""
        clean = cleaned(line)
        self._counts.update(clean.left_out)
        return on_one_line(clean.text)

    def _kind(self) -> ParagraphKind:
        """The innermost that says something; a second paragraph of an item is text."""
        for level in reversed(self._levels):
            if level.kind == "item":
                fresh, level.fresh = level.fresh, False
                if fresh:
                    return "item"
            elif level.kind != "text":
                return level.kind
        return "text"

    def _image(self, alternative: str) -> None:
        text = on_one_line(alternative)
        if SENTENCE_END.search(text):
            self._captions.append(Paragraph(text, "caption"))
        else:
            self._counts["image"] += 1


def _row(row: tuple[Element, Element], marks: Marks, counts: Counter[str]) -> Iterator[Paragraph]:
    """Both cells of a bilingual row; what stands beside them is counted."""
    others = (cell for cell in row[0].getparent() if cell in marks.left_out)
    counts.update(marks.left_out[cell] for cell in others)
    inner = Marks(marks.left_out)
    english, russian = (list(blocks(cell, inner, counts)) for cell in row)
    yield from beside(english, russian)


def _set_text(element: Element, counts: Counter[str]) -> Iterator[Paragraph]:
    """The paragraphs of a text that stands in a `pre`."""
    clean = cleaned(text_of(element))
    document = plain.document(clean.text, "", clean.left_out)
    counts.update(document.left_out)
    yield from document.paragraphs


def _kind_of(element: Element) -> ParagraphKind:
    """A table's cell with blocks of its own is only layout."""
    kind = KINDS[local_name(element)]
    if kind == "cell" and sum(local_name(inner) in _LAYOUT for inner in element.iter("*")) > 1:
        return "text"
    return kind


def _is_code(element: Element) -> bool:
    """A pre is code unless it reads like a page of text."""
    text = text_of(element)
    lines = [line for line in text.split("\n") if line.strip()]
    sentences = sum(bool(SENTENCE_END.search(line.strip())) for line in lines)
    inner = {local_name(child) for child in element.iter("*")}
    if "code" in inner or len(lines) < 2 or not sentences:
        return True
    return len(_CODE_LINE.findall(text)) > 0.05 * len(lines)


def _is_note_mark(element: Element) -> bool:
    """A link that only jumps within the page: "[1]", "¶" after a heading, "↩"."""
    link = element if local_name(element) == "a" else next(element.iter("{*}a"), None)
    if link is None:
        return False
    types = f"{link.get('role')} {link.get('{http://www.idpf.org/2007/ops}type')}"
    if "noteref" in types or "backlink" in types:
        return True
    jumps = "#" in (link.get("href") or "")
    text = text_of(element)
    raised = any(local_name(e) == "sup" for e in (element, element.getparent(), *element[:1]))
    return jumps and bool(_MARK.fullmatch(text)) and (raised or not text.strip(" []()").isalnum())
