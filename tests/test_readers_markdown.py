"""Markdown: text without markup, by paragraphs of their kind."""

from pathlib import Path

import pytest

from aligner.readers.decode import Raw
from aligner.readers.files import read
from aligner.readers.markdown import read as read_markdown

SHARED = Path(__file__).parents[1] / ".." / "shared"


def shown(text):
    document = read_markdown(Raw("page.md", text.encode()))
    return [f"{p.kind}: {p.text}" for p in document.paragraphs], document.left_out


PAGES = [
    ("", [], {}),
    ("# Title\nText\n## Sub ##", ["heading: Title", "text: Text", "heading: Sub"], {}),
    ("Заголовок\n=========\nТекст.", ["heading: Заголовок", "text: Текст."], {}),
    # Soft wraps, hard breaks, spaces.
    ("One\ntwo  \nthree\\\nfour.\n\nFive.", ["text: One two three four.", "text: Five."], {}),
    ("Let's&nbsp;Encrypt &mdash; да", ["text: Let's\u00a0Encrypt — да"], {}),
    # Inline markup.
    ("*Это* **очень** `важно` и ~~не~~ __так__.", ["text: Это очень важно и не так."], {}),
    ("See [the *docs*](/y 'T') and <http://a.b>.", ["text: See the docs and http://a.b."], {}),
    ("See [docs][1] here.\n\n[1]: http://x.y", ["text: See docs here."], {}),
    ("В главе <info:global-object> сказано.", ["text: В главе info:global-object сказано."], {}),
    ("a <b>bold</b><br>word<sup>2</sup> \\[so\\] \\* 2*3*4", ["text: a bold word2 [so] * 234"], {}),
    ("snake_case_name and 2 * 3 * 4", ["text: snake_case_name and 2 * 3 * 4"], {}),
    # Lists: an item's further paragraphs are text.
    ("- один\n- два\n\n    ещё\n- три", ["item: один", "item: два", "text: ещё", "item: три"], {}),
    ("1. one\n   - in\n2. two", ["item: one", "item: in", "item: two"], {}),
    ("DOM\n: Describes documents.", ["text: DOM", "text: Describes documents."], {}),
    # Quotations, tables.
    ("> Said\n> so.\n>\n> - item", ["quote: Said so.", "item: item"], {}),
    ("> [!NOTE]\n> Mind this.", ["quote: Mind this."], {"template tag": 1}),
    (
        "| Метод | Что |\n|---|---|\n| `get` | чтение \\| запись |\n| | |",
        ["cell: Метод", "cell: Что", "cell: get", "cell: чтение | запись"],
        {},
    ),
    # Code is left out, also where it is indented; an indented sentence is none.
    ("A:\n```js run\nlet x;\n```\nB\n\n    y = f(2);", ["text: A:", "text: B"], {"code block": 2}),
    ("~~~\n# no heading\n~~~", [], {"code block": 1}),
    ("Вот:\n\n    Это отступ, а не код.", ["text: Вот:", "text: Это отступ, а не код."], {}),
    # Prose in fences, as javascript.info has it.
    (
        '```smart header="Not only *here*"\nThe text.\n\n- item\n```\nAfter.',
        ["heading: Not only here", "text: The text.", "item: item", "text: After."],
        {},
    ),
    (
        '````warn header="Верните `true`"\nВот так:\n```js\nreturn 1\n```\nДа.\n````\nДалее.',
        ["heading: Верните true", "text: Вот так:", "text: Да.", "text: Далее."],
        {"code block": 1},
    ),
    ("```compare\n+ Хорошо.\n- Плохо.\n```", ["item: Хорошо.", "item: Плохо."], {}),
    # Images: an alternative text that is a sentence is a caption.
    ("![](a.svg)\n\nText ![icon](b.png) here.", ["text: Text here."], {"image": 2}),
    ("![The funnel starts with users.](a.png)", ["caption: The funnel starts with users."], {}),
    # Tags of templates, anchors, footnote marks.
    ("## Вызов: \"apply\" [#proxy-apply]", ['heading: Вызов: "apply"'], {"template tag": 1}),
    ("## Title {#anchor}\n{: .class}\nText[^1].\n\n[^1]: Note here.",
     ["heading: Title", "text: Text.", "text: Note here."], {"template tag": 4}),
    ("{% include x.html a=\"*b*\" %}\n\nText {{ site.x }}.", ["text: Text ."], {"template tag": 2}),
    ("Write `{% raw %}` so.", ["text: Write {% raw %} so."], {}),
    # HTML blocks.
    (
        '<aside class="q">\n  <img src="a.png" alt="">\n  Some *text*.\n  <p>\n— @me, [Book](http://b)\n'
        "  </p>\n</aside>\n\nNext.",
        ["quote: Some text.", "quote: — @me, Book", "text: Next."],
        {"image": 1},
    ),
    ("<ul><li>Раз</li><li>Два</li></ul>", ["item: Раз", "item: Два"], {}),
    ("<!-- no -->\n<script>let x;</script>\n\n<pre>code</pre>", [],
     {"comment": 1, "<script>": 1, "code block": 1}),
    ("<table><tr><td>A</td>\n<td>Б&nbsp;в</td></tr></table>", ["cell: A", "cell: Б\u00a0в"], {}),
    # Front matter.
    (
        '---\ntitle: "Как это работает"\nslug: how\nrelated:\n  - a\n  - b\n'
        "description: >\n  Длинное\n  описание.\n---\n\nТекст.",
        ["heading: Как это работает", "text: Длинное описание.", "text: Текст."],
        {"front matter field": 2},
    ),
    ("+++\ntitle = 'It''s so'\ndraft = true\n+++\nText.", ["heading: It's so", "text: Text."],
     {"front matter field": 1}),
    ("---\n\nText after a ruler.\n\n---\n\nEnd.", ["text: Text after a ruler.", "text: End."], {}),
    ("\ufeff# BOM\r\n\r\nCRLF\r\nline.", ["heading: BOM", "text: CRLF line."], {}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "paragraphs", "left_out"), PAGES)
def test_pages(text, paragraphs, left_out):
    assert shown(text) == (paragraphs, left_out)


TRANSLATED = [  # pages whose translators kept the structure: as many paragraphs on both sides
    "jsinfo-03-garbage-collection",
    "letsencrypt-allow-port-80",
    "progit-about-version-control",
    "progit-distributed-workflows",
    "progit-history",
]


@pytest.mark.parametrize("page", TRANSLATED)
def test_real_pages_keep_their_structure(page):
    if not (SHARED / "pages").exists():
        pytest.skip("../shared/pages is not here")
    english, russian = (read(SHARED / "pages" / f"{page}.{lang}.md") for lang in ("en", "ru"))
    assert [p.kind for p in english.paragraphs] == [p.kind for p in russian.paragraphs]


def test_no_markup_stands_in_real_pages():
    pages = sorted((SHARED / "pages").glob("*.md"))
    if not pages:
        pytest.skip("../shared/pages is not here")
    for page in pages:
        text = read(page).text
        for mark in ("```", "](/", "&nbsp;", "<aside", "<p ", "header=", "{%", "layout:"):
            assert mark not in text, f"{page.name}: {mark}"
