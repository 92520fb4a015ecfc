"""News pages as sites build them: what is the article comes, what is the site does not.

Three skeletons with the same words in each language: components with hashed class names and
no paragraphs (Next.js), nested divisions with BEM names and the text parted by <br><br>
(portals), a blog system with its plugins (WordPress).
"""

from types import SimpleNamespace

import pytest

import aligner
from aligner.readers import html
from aligner.readers.decode import Raw

PAGES = {
    "en": SimpleNamespace(
        site="The Courier",
        title="Ferry service returns to the island",
        by="By Ann Lee",
        date="12 November 2025, 15:40",
        body=[
            "The first ferry in eleven years left the harbour on Monday.",
            "“We waited long enough,” the mayor said. Nobody argued.",
            "Tickets cost 5 euros.",
        ],
        menu=["Home", "World", "Business", "Sport"],
        share="Share",
        related="Read also",
        rel=["Storm hits the coast", "Markets fall again"],
        comments="Comments (2)",
        com="Great news, thanks!",
        cookie="We use cookies to improve this site.",
        accept="Accept",
        foot="© 2025 The Courier. All rights reserved.",
        sub="Subscribe to our newsletter",
        cap="The ferry in the harbour. Photo: A. Lee",
        tags=["Transport", "Islands"],
    ),
    "ru": SimpleNamespace(
        site="Курьер",
        title="На остров снова ходит паром",
        by="Анна Ли",
        date="12 ноября 2025, 15:40",
        body=[
            "Первый за одиннадцать лет паром вышел из гавани в понедельник.",
            "«Мы ждали достаточно», — сказал мэр. Никто не спорил.",
            "Билет стоит 5 евро.",
        ],
        menu=["Главная", "Мир", "Экономика", "Спорт"],
        share="Поделиться",
        related="Читайте также",
        rel=["Шторм обрушился на побережье", "Рынки снова падают"],
        comments="Комментарии (2)",
        com="Отличная новость, спасибо!",
        cookie="Мы используем файлы cookie.",
        accept="Принять",
        foot="© 2025 Курьер. Все права защищены.",
        sub="Подпишитесь на рассылку",
        cap="Паром в гавани. Фото: А. Ли",
        tags=["Транспорт", "Острова"],
    ),
}


def links(items, cls=""):
    return "".join(f'<a class="{cls}" href="/{n}">{item}</a>' for n, item in enumerate(items))


def app(w):
    """Components with hashed names, no p: as Next.js sites with CSS modules have it."""
    body = "".join(f'<div class="Paragraph_root__x8Kd2"><span>{p}</span></div>' for p in w.body)
    return f'''<!DOCTYPE html><html><head><title>{w.title} | {w.site}</title>
<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{w.title}"}}</script></head>
<body><div id="__next"><div class="Layout_root__a1B2c"><header class="Header_header__Qw3">
<a href="/">{w.site}</a><nav class="Nav_nav__1">{links(w.menu)}</nav></header>
<main class="Page_main__z"><article class="Article_root__p0"><div class="Article_head__k">
<h1 class="Article_title__9">{w.title}</h1><div class="Byline_root__7">
<span>{w.by}</span> <time datetime="2025-11-12">{w.date}</time></div>
<div class="ShareButtons_root__4"><button>{w.share}</button>
<a aria-label="Telegram" href="#">Telegram</a></div></div>
<figure class="Figure_root__3"><img src="a.jpg" alt=""><figcaption>{w.cap}</figcaption></figure>
<div class="Article_body__b">{body}<div class="RelatedLinks_root__5">
<div>{w.related}</div>{links(w.rel)}</div></div>
<div class="Tags_root__t">{links(w.tags)}</div></article>
<aside class="Sidebar_root__s"><div>{w.sub}</div></aside></main>
<section class="Comments_root__c"><h2>{w.comments}</h2>
<div class="Comment_text__q">{w.com}</div></section>
<footer class="Footer_root__f">{w.foot}</footer></div>
<div class="CookieBanner_root__k">{w.cookie}<button>{w.accept}</button></div></div></body></html>'''


def bem(w):
    """A portal with BEM names, all in divs, the text parted by br."""
    return f"""<!DOCTYPE html><html><head><title>{w.title}</title></head>
<body class="page page_type_article"><div class="page__wrapper">
<div class="header__top-menu">{links(w.menu, cls="header__menu-item")}</div>
<div class="page__content"><div class="article"><div class="article__header">
<h1 class="article__title">{w.title}</h1><div class="article__date">{w.date}</div>
<div class="article__author">{w.by}</div></div>
<div class="article__text" itemprop="articleBody">{"<br><br>".join(w.body)}<br><br></div>
<div class="article__share social-likes">{w.share}<a>VK</a></div>
<div class="article__inline-read-more read-more"><a href="#">{w.related}: {w.rel[0]}</a></div>
<div class="article__tags tags">{links(w.tags)}</div></div>
<div class="b-comments"><div class="b-comments__title">{w.comments}</div>
<div class="b-comments__item">{w.com}</div></div>
<div class="page__right-column sidebar"><div class="subscribe-form">{w.sub}</div></div></div>
<div class="page__footer footer"><div class="footer__copyright">{w.foot}</div></div></div>
<div class="cookie-notice js-cookie-notice">{w.cookie} <a>{w.accept}</a></div></body></html>"""


def wp(w):
    """WordPress with plugins."""
    body = "".join(f"<p>{p}</p>\n" for p in w.body)
    return f"""<!DOCTYPE html><html><head><title>{w.title} – {w.site}</title></head>
<body class="post-template-default single single-post with-sidebar">
<a class="skip-link screen-reader-text" href="#content">Skip</a>
<div id="page" class="site"><header id="masthead" class="site-header"><div class="site-branding">
<p class="site-title">{w.site}</p></div>
<div class="main-navigation"><ul><li>{links(w.menu)}</li></ul></div></header>
<div id="content" class="site-content"><div id="primary" class="content-area">
<main id="main" class="site-main"><article class="post-1 post type-post hentry">
<header class="entry-header"><h1 class="entry-title">{w.title}</h1><div class="entry-meta">
<span class="posted-on">{w.date}</span><span class="byline"> {w.by}</span></div></header>
<div class="entry-content">{body}<div class="sharedaddy sd-sharing-enabled"><h3>{w.share}</h3><ul>
<li><a>Facebook</a></li></ul></div><div id="jp-relatedposts" class="jp-relatedposts">
<h3>{w.related}</h3><a>{w.rel[0]}</a></div></div>
<footer class="entry-footer"><span class="cat-links">{w.tags[0]}</span></footer></article>
<nav class="navigation post-navigation"><a>{w.rel[1]}</a></nav>
<div id="comments" class="comments-area"><h2>{w.comments}</h2><ol class="comment-list"><li>
<p>{w.com}</p></li></ol></div></main></div>
<aside id="secondary" class="widget-area"><section class="widget">
<p>{w.sub}</p></section></aside></div>
<footer id="colophon" class="site-footer">{w.foot}</footer></div>
<div id="cookie-law-info-bar">{w.cookie}</div></body></html>"""


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize("layout", [app, bem, wp])
def test_the_article_and_nothing_of_the_site(layout, lang):
    page = PAGES[lang]
    document = html.read(Raw("page.html", layout(page).encode()))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert [text for text in texts if text in page.body] == page.body
    assert texts[0] == page.title
    about = {page.title, page.by, page.date, page.cap}
    others = [text for text in texts if text not in page.body]
    assert all(any(said in text for said in about) for text in others), others
    assert {"share buttons", "related links", "reader comments"} <= document.left_out.keys()


@pytest.mark.parametrize("layout", [app, bem, wp])
def test_what_the_page_says_about_the_article_pairs(layout, tmp_path):
    paths = [tmp_path / f"page.{lang}.html" for lang in PAGES]
    for path, page in zip(paths, PAGES.values(), strict=True):
        path.write_text(layout(page), encoding="utf-8")
    pairs = list(aligner.align_files(*paths).pairs())
    assert {pair.kind for pair in pairs} == {"1-1"}
    assert (pairs[0].src, pairs[0].tgt) == (PAGES["en"].title, PAGES["ru"].title)
    assert ("Tickets cost 5 euros.", "Билет стоит 5 евро.") in [(p.src, p.tgt) for p in pairs]


@pytest.mark.parametrize(
    "name",
    ["Article_body__x1", "Shareholders_text__x1", "Article_text__x1", "article__text"],
)
def test_names_that_only_look_like_furniture(name):
    text = "<p>Маяк стоит на скале уже сто лет, и каждый вечер он светит кораблям.</p>"
    document = html.read(Raw("a.html", f"{text}<div class={name}>Цена 5 р.</div>{text}".encode()))
    assert "Цена 5 р." in document.text
