"""HTML inside Markdown: its text by blocks.

Tags that make a block on the page (p, li, td, h2, aside …) part paragraphs; all others
vanish. Code, scripts, styles and drawings are left out, an image keeps an alternative
text that is a sentence. This is for the snippets people put into Markdown; whole pages
need a reader that tells an article from its surroundings.
"""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser
from typing import NamedTuple

from aligner.records import ParagraphKind

_KINDS: dict[str, ParagraphKind] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(("li", "dt", "dd"), "item"),
    **dict.fromkeys(("td", "th"), "cell"),
    **dict.fromkeys(("aside", "blockquote", "q"), "quote"),
    **dict.fromkeys(("caption", "figcaption"), "caption"),
    **dict.fromkeys(("p", "div", "section", "article", "details", "summary", "figure"), "text"),
    **dict.fromkeys(("ul", "ol", "dl", "table", "tr", "thead", "tbody", "hr", "center"), "text"),
}
_DROPPED = frozenset("pre script style svg iframe video audio math".split())
_VOID = frozenset("br hr img".split())
_SENTENCE_END = re.compile(r"[.!?…][\"'»”)]*$")


class Block(NamedTuple):
    """A run of text on one level, Markdown still in it."""

    text: str
    kind: ParagraphKind


def html_blocks(html: str, counts: Counter[str]) -> list[Block]:
    """The blocks with text in an HTML snippet; what is left out is added to `counts`."""
    parser = _Blocks(counts)
    parser.feed(html)
    parser.close()
    parser.end_block()
    return parser.blocks


class _Blocks(HTMLParser):
    """Collects text until a block tag opens or closes."""

    def __init__(self, counts: Counter[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._counts = counts
        self._parts: list[str] = []
        self._kinds: list[tuple[str, ParagraphKind]] = []  # open block tags
        self._dropping = ""  # the tag whose content is left out

    def end_block(self) -> None:
        text = "".join(self._parts).strip()
        self._parts = []
        if text:
            self.blocks.append(Block(text, self._kind()))

    def _kind(self) -> ParagraphKind:
        """The innermost kind that says something: a p in an aside is a quotation."""
        return next((kind for _, kind in reversed(self._kinds) if kind != "text"), "text")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._dropping:
            return
        if tag in _DROPPED:
            self._dropping = tag
            self._counts["code block" if tag == "pre" else f"<{tag}>"] += 1
        elif tag == "img":
            self._image(dict(attrs).get("alt") or "")
        elif tag == "br":
            self._parts.append(" ")
        elif tag in _KINDS:
            self.end_block()
            if tag not in _VOID:
                self._kinds.append((tag, _KINDS[tag]))

    def handle_endtag(self, tag: str) -> None:
        if self._dropping:
            self._dropping = "" if tag == self._dropping else self._dropping
        elif tag in _KINDS:
            self.end_block()
            names = [name for name, _ in self._kinds]
            if tag in names:  # closes what was left open inside, too
                del self._kinds[len(names) - 1 - names[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        if not self._dropping:
            self._parts.append(data)

    def handle_comment(self, data: str) -> None:
        self._counts["comment"] += 1

    def _image(self, alternative: str) -> None:
        if _SENTENCE_END.search(alternative.strip()):
            self.end_block()
            self.blocks.append(Block(alternative.strip(), "caption"))
        else:
            self._counts["image"] += 1
