"""Markdown: its text by paragraphs, without markup and without code.

Parsed as CommonMark with tables by markdown-it-py; headings, paragraphs, list items,
quotations and table cells become paragraphs of their kind, soft and hard line breaks
become spaces. Left out and counted: code blocks, images (an alternative text that is a
sentence stays, as a caption), comments, template tags and the fields of the front matter
except title and description. Links lose their address, `code` within a sentence stays.

What sites add to CommonMark and what their pages show as text is read too: Jekyll's and
Hugo's front matter, `{% tags %}`, `{: .class}`, `[#anchor]`; fences of javascript.info
that hold prose (```smart header="…"); HTML blocks (`readers.markup`); definition lists.
Not read: footnotes as such (their text stays where it stands), mathematics.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from aligner.readers.decode import Raw, decoded
from aligner.readers.frontmatter import without_front_matter
from aligner.readers.markup import html_blocks
from aligner.records import Document, Paragraph, ParagraphKind
from aligner.text import on_one_line

_TAG = re.compile(
    r"\{%.*?%\}"  # {% include figure.html %}
    r"|\{\{.*?\}\}"  # {{ site.url }}, {{< shortcode >}}
    r"|\{:.*?\}"  # {: .class}
    r"|\{#[\w:.-]+\}|\[#[\w:.-]+\]"  # anchors of a heading
    r"|\[\^[^\]\s]+\]:?"  # a footnote's mark
    r"|\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]"
    r"|\[[ xX]\](?= )"  # a box to tick
    r"|\[(?:cut|\w+(?:\s+\w+=(?:\"[^\"]*\"|\w+))+)\]",  # [iframe src="…"]
    re.DOTALL,
)
# Fences whose content is Markdown, as javascript.info and its kin have them. A header
# says the same of any other name.
_PROSE_FENCES = frozenset(
    "smart warn online offline note compare info tip important caution danger quote".split()
)
_HEADER = re.compile(r'header="([^"]*)"')
# CommonMark allows no backtick in a fence's first line, javascript.info does; unread, such
# a fence would turn text into code and code into text down to the end of the page.
_CODE_IN_HEADER = re.compile(r"^ *(`{3,})(?=\w+ header=)[^\n]*", re.MULTILINE)
_HIGHLIGHT = re.compile(r"^\{%-? *(?:end)?highlight\b[^\n]*%\}", re.MULTILINE)  # Jekyll's fence
_CONTAINER = re.compile(r"^ *:{3,} *\w*[ \t]*([^\n]*)$", re.MULTILINE)  # ":::tip Title", ":::"
_DEFINITION = re.compile(r"(?<=\S)\n:[ \t]+")  # "term\n: definition"
_SENTENCE_END = re.compile(r"[.!?…][\"'»”)]*$")
_CODE_SIGNS = re.compile(r"[{}()<>=;$|\\]|--|https?:")


def read(raw: Raw) -> Document:
    """A .md file as a document."""
    text = decoded(raw)
    return document(text.text, raw.name, text.left_out)


def document(text: str, name: str, left_out: dict[str, int]) -> Document:
    """Clean Markdown as a document; it may have no paragraphs."""
    counts = Counter(left_out)
    front, body = without_front_matter(text, counts)
    paragraphs = (*front, *_paragraphs(body, counts))
    return Document(name, paragraphs, left_out=dict(counts))


def _paragraphs(text: str, counts: Counter[str]) -> Iterator[Paragraph]:
    tokens = _parser().parse(_in_common_mark(text))
    for token, kind in _with_kinds(tokens):
        if token.type == "inline":
            yield from _inline(token.children or [], kind, counts)
        elif token.type == "fence":
            yield from _fence(token, counts)
        elif token.type == "code_block":
            yield from _indented(token.content, counts)
        elif token.type == "html_block":
            for block in html_blocks(token.content, counts):
                tokens = _parser().parseInline(block.text)
                yield from _inline(tokens[0].children or [], block.kind, counts)


def _in_common_mark(text: str) -> str:
    """Blocks that sites write in their own way, written in the standard one."""
    text = _CODE_IN_HEADER.sub(lambda m: m.group(1) + m.group().lstrip(" `").replace("`", ""), text)
    text = _HIGHLIGHT.sub("```", text)
    return _DEFINITION.sub("\n\n", _CONTAINER.sub(r"\n\1\n", text))


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    parser.inline.ruler.before("backticks", "tag", _tag)
    return parser


def _tag(state: StateInline, silent: bool) -> bool:
    """markdown-it's way to add to its grammar: consume a tag at this place, or decline."""
    found = _TAG.match(state.src, state.pos)
    if not found or found.end() > state.posMax:
        return False
    if not silent:
        state.push("template_tag", "", 0)
    state.pos = found.end()
    return True


def _with_kinds(tokens: Sequence[Token]) -> Iterator[tuple[Token, ParagraphKind]]:
    """Each token with the kind of the block around it; only an item's first is an item."""
    quotes, fresh_item = 0, False
    kind: ParagraphKind = "text"
    for token in tokens:
        if token.type == "list_item_open":
            fresh_item = True
        elif token.type in ("blockquote_open", "blockquote_close"):
            quotes += token.nesting
        elif token.type == "heading_open":
            kind = "heading"
        elif token.type in ("th_open", "td_open"):
            kind = "cell"
        elif token.type == "paragraph_open":
            kind = "item" if fresh_item else "quote" if quotes else "text"
            fresh_item = False
        else:
            yield token, kind


def _inline(
    tokens: Sequence[Token], kind: ParagraphKind, counts: Counter[str]
) -> Iterator[Paragraph]:
    parts: list[str] = []
    captions: list[str] = []
    for token in tokens:
        if token.type in ("text", "code_inline", "text_special"):
            parts.append(token.content)
        elif token.type in ("softbreak", "hardbreak") or token.content.startswith("<br"):
            parts.append(" ")
        elif token.type == "image":
            captions += _caption(token.content, counts)
        elif token.type == "template_tag":
            counts["template tag"] += 1
    text = on_one_line("".join(parts))
    if text:
        yield Paragraph(text, kind)
    yield from (Paragraph(caption, "caption") for caption in captions)


def _caption(alternative: str, counts: Counter[str]) -> list[str]:
    text = on_one_line(alternative)
    if _SENTENCE_END.search(text):
        return [text]
    counts["image"] += 1
    return []


def _fence(token: Token, counts: Counter[str]) -> Iterator[Paragraph]:
    name = token.info.split(maxsplit=1)[0].lower() if token.info.strip() else ""
    header = _HEADER.search(token.info)
    if not header and name not in _PROSE_FENCES:
        counts["code block"] += 1
        return
    if header:
        (title,) = _parser().parseInline(header.group(1))
        yield from _inline(title.children or [], "heading", counts)
    yield from _paragraphs(token.content, counts)


def _indented(content: str, counts: Counter[str]) -> Iterator[Paragraph]:
    """Four spaces make code in Markdown, but many authors only mean an indented text."""
    text = on_one_line(content)
    if _CODE_SIGNS.search(text) or not (_SENTENCE_END.search(text) and " " in text):
        counts["code block"] += 1
        return
    yield Paragraph(text)
