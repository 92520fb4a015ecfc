"""Web pages: their text by paragraphs, and the page around it left out and counted."""

from collections import Counter

import pytest

from aligner.errors import InputError
from aligner.readers import html
from aligner.readers.decode import Raw


def read(content, name="page.html", encoding=None):
    data = content if isinstance(content, bytes) else content.encode("utf-8")
    return html.read(Raw(name, data, encoding))


def shown(document):
    """A paragraph a line: "kind: text"."""
    return [f"{paragraph.kind}: {paragraph.text}" for paragraph in document.paragraphs]


BLOCKS = [
    ("<h1>Маяк</h1><p>Он стоит на скале.</p>", ["heading: Маяк", "text: Он стоит на скале."]),
    ("<p>One <b>bold</b> and<i> one</i> slanted.", ["text: One bold and one slanted."]),
    ("Loose text<p>and a paragraph", ["text: Loose text", "text: and a paragraph"]),
    ("<p>Long\n   line,\n\twrapped.</p>", ["text: Long line, wrapped."]),
    ("<ul><li>раз<li>два<ul><li>внутри</ul></ul>", ["item: раз", "item: два", "item: внутри"]),
    ("<li><p>First.</p><p>Its second.</p></li>", ["item: First.", "text: Its second."]),
    ("<dl><dt>Fog<dd>A cloud on the ground.</dl>", ["item: Fog", "item: A cloud on the ground."]),
    ("<blockquote><p>Цитата.</p></blockquote>", ["quote: Цитата."]),
    ("<blockquote>All.<footer>N. N.</footer></blockquote>", ["quote: All.", "quote: N. N."]),
    ("<table><caption>Ships<tr><th>Name<td>Mir</table>",
     ["caption: Ships", "cell: Name", "cell: Mir"]),
    ("<table><tr><td><p>Layout.</p><p>Old page.</table>", ["text: Layout.", "text: Old page."]),
    ("<figure><img alt='A boat leaves the bay.'><figcaption>Рис. 1. Лодка</figcaption></figure>",
     ["caption: A boat leaves the bay.", "caption: Рис. 1. Лодка"]),
    ("<p>Call <code>open()</code>, press <kbd>Q</kbd>.", ["text: Call open(), press Q."]),
    ("<p>5&nbsp;&lt; 6 &amp; &#8212; &laquo;да&raquo; caf&eacute; &#1103;",
     ["text: 5\xa0< 6 & — «да» café я"]),
    ("<p>сло&shy;во и&#8203;ли", ["text: слово или"]),
    ("<div><div><span>Deep.</span></div>After it.</div>", ["text: Deep.", "text: After it."]),
    ("<p>A<!-- remark -->B", ["text: AB"]),
    ("<details><summary>More</summary>Hidden until asked for.</details>",
     ["text: More", "text: Hidden until asked for."]),
    ("<article><header><h1>T</h1><p>By N. N.</p></header><p>One.</p></article>",
     ["heading: T", "text: By N. N.", "text: One."]),
]  # fmt: skip


@pytest.mark.parametrize(("page", "paragraphs"), BLOCKS)
def test_blocks(page, paragraphs):
    assert shown(read(page)) == paragraphs


LINES = [
    ("<p>First thought.<br><br>Second thought.", ["text: First thought.", "text: Second thought."]),
    ("<p>— Да.<br>— Нет.<br>— Почему?", ["text: — Да.", "text: — Нет.", "text: — Почему?"]),
    ("<p>Белеет парус одинокий<br>\nВ тумане моря голубом!..<br>\nЧто ищет он в стране далёкой?",
     ["verse: Белеет парус одинокий\nВ тумане моря голубом!..\nЧто ищет он в стране далёкой?"]),
    ("<address>Tower Road 5<br>London</address>", ["verse: Tower Road 5\nLondon"]),
    ("<p>A line that was only<br>broken for its looks.",
     ["text: A line that was only broken for its looks."]),
    ("<h1>A long title<br>In two lines.</h1>", ["heading: A long title In two lines."]),
]  # fmt: skip


@pytest.mark.parametrize(("page", "paragraphs"), LINES)
def test_line_breaks(page, paragraphs):
    assert shown(read(page)) == paragraphs


LEFT_OUT = [
    ("<script>var a = 'Text.';</script><style>p {}</style>", {"script or style": 2}),
    ("<pre>int main() { return 0; }</pre>", {"code block": 1}),
    ("<pre><code>Some words. And more.\nYes.</code></pre>", {"code block": 1}),
    ("<!-- a remark -->", {"comment": 1}),
    ("<img src=x alt='logo'><img src=y>", {"image": 2}),
    ("<svg><text>Fig</text></svg><math><mi>x</mi></math>", {"drawing or formula": 2}),
    ("<iframe src=x>Frame</iframe>", {"embedded object": 1}),
    ("<button>Send</button><select><option>One</select>", {"form control": 2}),
    ("<nav><a href=/>Home</a></nav>", {"navigation": 1}),
    ("<div role=navigation>Home</div>", {"navigation": 1}),
    ("<ul class='breadcrumbs'><li>Home</ul>", {"navigation": 1}),
    ("<div id=mainMenu>Home</div>", {"navigation": 1}),
    ("<div class='b-cookie-banner'>We use cookies.</div>", {"cookie notice": 1}),
    ("<div class='ya-share2'>Поделиться</div>", {"share buttons": 1}),
    ("<div class='post-share-buttons top'>Tweet</div>", {"share buttons": 1}),
    ("<div class='site-footer'>© 2024</div>", {"footer": 1}),
    ("<footer>© 2024</footer>", {"footer": 1}),
    ("<header><a href=/>Site</a></header>", {"header": 1}),
    ("<div class=sidebar>Popular</div>", {"sidebar": 1}),
    ("<div id=comments><p>First!</p></div>", {"reader comments": 1}),
    ("<section class='related-articles'>Read also</section>", {"related links": 1}),
    ("<div class='newsletter-signup-form'>Subscribe</div>", {"newsletter form": 1}),
    ("<div hidden>No.</div><p style='display: none'>No.", {"hidden text": 2}),
    ("<p aria-hidden=true>No.", {"hidden text": 1}),
    ("<a class=skip-link href=#c>Skip to content</a>", {"skip link": 1}),
    ("<span class=pagenum>[Pg 12]</span>", {"page number": 1}),
    ("<div role=dialog>Sign in</div>", {"dialog": 1}),
    ("<p>Sic<sup><a href='#n1'>[1]</a></sup>", {"footnote mark or anchor": 1}),
    ("<p>Sic<a href='#f1'><sup>1</sup></a>", {"footnote mark or anchor": 1}),
    ("<h2>Title<a class=headerlink href='#t'>¶</a></h2>", {"footnote mark or anchor": 1}),
    ("<p>a\u200bb &#xad; c", {"invisible mark": 1, "soft hyphen": 1}),
]  # fmt: skip


@pytest.mark.parametrize(("part", "left_out"), LEFT_OUT)
def test_what_is_left_out_is_counted(part, left_out):
    text = "<p>Маяк стоит на скале уже сто лет, и каждый вечер он светит кораблям.</p>"
    document = read(text + part + text)
    assert document.left_out == left_out
    assert len(document.paragraphs) in (2, 3)
    for word in ("Home", "Tweet", "Text.", "cookies", "No.", "[1]", "¶", "Pg"):
        assert word not in document.text


KEPT = [  # looks like furniture, is none
    "<div class='page with-sidebar'><p>Text of the page.</p></div>",
    "<body class=has-cookie-banner><p>Text of the page.</p>",
    "<form action=x><p>Text of the page.</p></form>",  # around everything, as in ASP.NET
    "<div class=share-price><p>Text of the page.</p></div>",
    "<p class=navy>Text of the page.</p>",
    "<span class=menu>Text of the page.</span>",
    "<div id=footer><h1>Text of the page.</h1></div>",
    "<div aria-hidden=true>Text of the page.</div>",  # behind a dialog that was open when saved
    "<nav>Text of the page.</nav>",  # nothing else is there
    "<p>x<sup>2</sup> Text of the page. <a href='#a'>Chapter 1</a>",
]


@pytest.mark.parametrize("page", KEPT)
def test_what_only_looks_like_furniture_stays(page):
    assert "Text of the page." in read(page).text


WHOLE_PAGE = """<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8">
<title>{h} | Site</title>
<script>var x = "<p>nothing</p>";</script></head><body>
<header class="site-header"><nav><ul><li><a href="/">{nav}</a></li></ul></nav></header>
<div class="banner">{ad}</div>
<main><h1>{h}</h1><p>{a}</p><div class="social"><a>VK</a></div><p>{b}</p>
<ul><li>{c}</li></ul><p>{d}</p></main>
<aside><h3>{nav}</h3></aside><footer>© 2024</footer></body></html>"""
ENGLISH = WHOLE_PAGE.format(
    lang="en", h="The Lighthouse", nav="Home", ad="Buy!", a="It rained. The keeper read all day.",
    b="Then he slept, and nobody came to the island.", c="oil", d="End.",
)  # fmt: skip
RUSSIAN = WHOLE_PAGE.format(
    lang="ru", h="Маяк", nav="Главная", ad="Купи!", a="Шёл дождь. Смотритель весь день читал.",
    b="Потом он уснул, и никто не приехал на остров.", c="масло", d="Конец.",
)  # fmt: skip


@pytest.mark.parametrize(("page", "first"), [(ENGLISH, "The Lighthouse"), (RUSSIAN, "Маяк")])
def test_a_whole_page(page, first):
    document = read(page)
    kinds = [paragraph.kind for paragraph in document.paragraphs]
    assert kinds == ["heading", "text", "text", "item", "text"]  # "End." is short, and text
    assert document.paragraphs[0].text == first
    assert document.left_out == {
        "header": 1, "outside the main text": 2, "share buttons": 1, "footer": 1, "page title": 1,
    }  # fmt: skip


def test_the_title_is_text_where_the_page_has_no_heading():
    page = "<html><head><title>Маяк</title></head><body><p>Он стоит.</p></body></html>"
    assert shown(read(page)) == ["heading: Маяк", "text: Он стоит."]


def test_a_heading_beside_the_article_stays():
    page = "<body><div><h1>Title</h1></div><article><p>Text, and more.</p></article><p>Ad</p>"
    assert shown(read(page)) == ["heading: Title", "text: Text, and more."]


def test_a_list_of_articles_is_read_whole():
    page = "<article><p>One is here.</p></article><article><p>Two is here.</p></article>"
    assert shown(read(page)) == ["text: One is here.", "text: Two is here."]


def test_a_menu_that_nothing_names():
    """Old pages are laid out by tables and name nothing."""
    links = "".join(f"<a href=/{n}>Раздел {n}</a><br>" for n in range(6))
    text = "<p>Смотритель приехал на маяк ранней весной и остался там на всю жизнь.</p>" * 5
    document = read(f"<table><tr><td>{links}</td><td><h2>Маяк</h2>{text}</td></tr></table>")
    assert [paragraph.kind for paragraph in document.paragraphs] == ["heading"] + ["text"] * 5
    assert document.left_out == {"navigation": 1}


def test_a_book_in_one_pre():
    """As libraries of the nineties have them: text, with the lines of a typewriter."""
    lines = (
        "   Вечер был тихий и тёплый, и море едва шевелилось\n"
        "у самого берега. Смотритель сидел на ступенях маяка\n"
        "и смотрел, как гаснет за мысом последняя полоса света.\n\n"
        "   Лодка пришла затемно. В ней было трое гребцов и ещё\n"
        "один человек, которого здесь никогда прежде не видели.\n"
    )
    document = read(f"<html><body><h2>Маяк</h2><pre>{lines}</pre></body></html>")
    assert [paragraph.kind for paragraph in document.paragraphs] == ["heading", "text", "text"]
    assert document.paragraphs[2].text.startswith("Лодка пришла затемно. В ней было трое гребцов и")
    assert document.left_out == {}


SAID = '<meta http-equiv="Content-Type" content="text/html; charset={}">'
TEXT = "<p>Смотритель приехал на маяк весной — «навсегда».</p>"
ENCODINGS = [
    ("utf-8", SAID.format("utf-8")),
    ("utf-8", ""),
    ("utf-8", SAID.format("windows-1251")),  # a wrong word: it is UTF-8
    ("utf-8-sig", ""),
    ("utf-16", ""),
    ("cp1251", SAID.format("windows-1251")),
    ("cp1251", '<meta charset="win-1251">'),
    ("cp1251", ""),
    ("cp1251", SAID.format("iso-8859-1")),  # many old Russian pages say so
    ("cp1251", SAID.format("no-such-thing")),
    ("koi8-r", SAID.format("KOI8-R")),
    ("cp866", '<?xml version="1.0" encoding="cp866"?>'),
]


@pytest.mark.parametrize(("encoding", "said"), ENCODINGS)
def test_encodings(encoding, said):
    page = f"{said}{TEXT}".replace("«", '"').replace("»", '"').replace("—", "-")
    document = read(page.encode(encoding))
    assert document.text == 'Смотритель приехал на маяк весной - "навсегда".'


def test_the_users_encoding_comes_first():
    data = (SAID.format("koi8-r") + TEXT).encode("cp1251")
    assert read(data, encoding="cp1251").text == "Смотритель приехал на маяк весной — «навсегда»."
    with pytest.raises(InputError, match=r"page\.html: byte 0x.. in line 1 is not utf-8"):
        read(data, encoding="utf-8")


@pytest.mark.parametrize("page", [" ", "<!-- nothing -->", "<!DOCTYPE html>", "<html></html>"])
def test_a_page_without_text(page):
    assert read(page).paragraphs == ()


def test_windows_line_ends_and_no_html_element():
    assert shown(read("<p>Да.\r\nНет.</p>\r\n<p>Ещё.</p>")) == ["text: Да. Нет.", "text: Ещё."]


def test_tags_nested_too_deep_are_an_error_and_not_a_short_text():
    deep = "<p>first</p>" + "<div>" * 3000 + "deep" + "</div>" * 3000 + "<p>last</p>"
    with pytest.raises(InputError, match=r"page\.html: is nested too deep to be read as HTML"):
        read(deep)
    unclosed = "<p>first</p>" + "<font>" * 300 + "deep" + "<p>last</p>"  # old editors did that
    assert "last" in read(unclosed).text


def test_too_many_tags(monkeypatch):
    from aligner.readers import trees

    monkeypatch.setattr(trees, "MOST_TAGS", 10)
    with pytest.raises(InputError, match=r"page\.html: has more than 64 MB or 10 tags; split"):
        read("<p>x</p>" * 10)


def test_no_sentence_is_lost_whatever_surrounds_it():
    """Every block of a page without furniture comes out, once."""
    words = [f"Предложение номер {n} стоит здесь." for n in range(40)]
    tags = ["p", "li", "div", "td", "h3", "blockquote", "dd", "section", "figcaption", "summary"]
    page = "".join(f"<{tags[n % 10]}>{word}</{tags[n % 10]}>\n" for n, word in enumerate(words))
    found = Counter(paragraph.text for paragraph in read(page).paragraphs)
    assert found == Counter(words)
