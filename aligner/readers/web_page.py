"""What on a web page is not its text: navigation, cookie notes, share buttons, footers.

Told by what the page says of itself: HTML's own elements and ARIA roles (nav, footer,
`role="dialog"`), what is hidden, and class names that say what they are ("cookie-notice",
"site-footer", "shareButtons"). Where the page marks one `main` or `article`, what
stands outside is left out, except the main heading.

Little is judged by wording or length, since a short paragraph is text like any other: only
on pages that name none of their parts, a cell or division of short links is a menu. A
name is not believed where it would take a third of the page or its main heading
(`class="page with-sidebar"`, a form around the whole page).

Not trafilatura, which is made for this: of 7,093 sentences on 43 pages of manuals (Debian's,
OmegaT's) it left out 1,025, mostly headings, list items, and short paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from aligner.readers.trees import Element, local_name, named, text_of

_BY_TAG = {"nav": "navigation", "footer": "footer", "dialog": "dialog", "menu": "navigation"}
_BY_ROLE = {
    **dict.fromkeys(("navigation", "menu", "menubar", "toolbar", "doc-toc"), "navigation"),
    **dict.fromkeys(("dialog", "alertdialog"), "dialog"),
    **dict.fromkeys(("search", "form"), "form"),
    "contentinfo": "footer",
    "banner": "header",
    "complementary": "sidebar",
}
_BY_CLASS = {  # the words a class or id is made of, whatever stands around them
    "navigation": "nav|navbar|navheader|navfooter|navigation|topnav|navbox|menu|breadcrumbs?"
    "|pagination|pager|toc|table-of-contents|lang-switch|language-switcher|mw-editsection|edit-link|edit-page|prev-next|post-navigation",
    "cookie notice": "cookies?|cookie-?(?:law|consent|notice|banner|policy)|gdpr|onetrust"
    "|cc-window|consent",
    "share buttons": "share|sharing|share-?(?:buttons?|links|tools)|social|social-?(?:media|share)"
    "|sharedaddy|addthis|likes|ya-share2|pluso",
    "footer": "footer|site-?footer|page-?footer|copyright|colophon",
    "header": "masthead|site-?header|page-?header|top-?bar",
    "sidebar": "sidebar|widget-area",
    "reader comments": "comments?|comments?-?(?:list|area|section|form)|disqus|respond",
    "advertisement": "ads?|advert|advertisement|advertising|sponsored|adsbygoogle|banner-ad",
    "related links": "related|related-?(?:posts|articles|news|links)|recommended"
    "|read-?(?:more|also)|see-also-links|most-read|trending|tags|tag-?(?:list|cloud|links)",
    "newsletter form": "newsletter|subscribe|subscription|mailing-list|signup",
    "dialog": "modal|popup|pop-up|overlay|lightbox",
    "page number": "page-?num(?:ber)?s?|page-?break|pageno",
    "boilerplate of the library": "pg-?(?:boilerplate|header|footer)",
    "skip link": "skip-?(?:link|to-content|nav|to-main)|skip",
    "hidden text": "sr-only|visually-hidden|screen-reader-text|visuallyhidden|noprint",
}
_AROUND = (  # "post-share-buttons-top": what may stand after the telling word
    "bar|box|container|wrapper|wrap|list|links?|buttons?|area|block|widget|top|bottom|left|right"
    "|primary|secondary|section|panel|content|group|row|desktop|mobile|inner|outer|main|fixed"
    "|form|region|holder|items?|\\d+"
)
_CLASSES = {
    name: re.compile(f"(?:[a-z0-9]+[-_]+){{0,3}}(?:{words})(?:[-_]+(?:{_AROUND}))*")
    for name, words in _BY_CLASS.items()
}
_NEGATED = re.compile(r"(?:has|have|with|no|not|without|is|js|show|hide|open|close)[-_]")
_CONTAINERS = frozenset("div section aside ul ol dl table header form span p button a li".split())
_NARROW = frozenset("span p a li".split())  # only for names that nobody gives to a text
_SURE = frozenset(("hidden text", "skip link", "page number", "share buttons", "cookie notice"))
_MODULE = re.compile(r"([A-Za-z]+)_([A-Za-z]+)__[\w-]+")  # "ShareButtons_root__x8Kd2"
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LARGE = 1 / 3  # of the page's text
_MENU_LINKS, _LONGEST_ENTRY, _MENU_SHARE = 4, 40, 0.8  # links, characters, of all characters
_HEART = frozenset(("h1", "main", "article"))
_SECTIONING = frozenset(("article", "main", "section", "blockquote", "figure"))


def book_furniture(root: Element) -> dict[Element, str]:
    """The same in a file of a book, where a sidebar or a footer is text of the chapter."""
    names = ("page number", "boilerplate of the library")
    types = {
        "pagebreak": names[0],
        **dict.fromkeys(("toc", "landmarks", "page-list"), "navigation"),
    }
    found: dict[Element, str] = {}
    for element in root.iter("*"):
        kinds = element.get("{http://www.idpf.org/2007/ops}type", "").split()
        name = next((types[kind] for kind in kinds if kind in types), None) or _hidden(element)
        name = name or ("navigation" if local_name(element) == "nav" else None)
        name = name or next((n for n in names if _has_class(element, _CLASSES[n])), None)
        if name and text_of(element).strip() and not found.keys() & {*element.iterancestors()}:
            found[element] = name
    return found


def furniture(root: Element) -> dict[Element, str]:
    """The elements that are no text of the page, with the name to count them by."""
    found = dict(_marked(root, len(text_of(root))))
    heart = _heart(root, found)
    if heart is not None:
        found |= dict.fromkeys(_outside(heart, root, found), "outside the main text")
    else:
        found |= dict.fromkeys(_menus(root, found), "navigation")
    return found


def _marked(root: Element, size: int) -> Iterator[tuple[Element, str]]:
    from lxml import etree

    walk = etree.iterwalk(root, events=("start",))
    for _, element in walk:
        if local_name(element) in ("html", "head", "body"):
            continue
        name = _hidden(element) or _by_tag(element) or _by_class(element)
        if name and not _is_needed(element, size):
            if text_of(element).strip():
                yield element, name
            walk.skip_subtree()


def _hidden(element: Element) -> str | None:
    hidden = element.get("hidden", "until-found").lower() != "until-found"
    hidden = hidden or element.get("aria-hidden", "").lower() == "true"
    return "hidden text" if hidden or _HIDDEN_STYLE.search(element.get("style", "")) else None


def _by_tag(element: Element) -> str | None:
    """By the element or its role; the header of a part of the page is text."""
    tag = local_name(element)
    inside = any(local_name(outer) in _SECTIONING for outer in element.iterancestors())
    if tag == "header":
        return None if inside else "header"
    if tag == "footer" and local_name(element.getparent()) in ("blockquote", "figure"):
        return None  # who said it
    return _BY_TAG.get(tag) or _BY_ROLE.get(element.get("role", "").lower())


def _by_class(element: Element) -> str | None:
    tag = local_name(element)
    if tag not in _CONTAINERS or not (element.get("class") or element.get("id")):
        return None
    fitting = (what for what, pattern in _CLASSES.items() if _has_class(element, pattern))
    return next((what for what in fitting if tag not in _NARROW or what in _SURE), None)


def _has_class(element: Element, pattern: re.Pattern[str]) -> bool:
    names = [*element.get("class", "").split(), element.get("id", "")]
    plain = (_CAMEL.sub("-", said).lower() for name in names for said in _said(name))
    return any(pattern.fullmatch(name) and not _NEGATED.match(name) for name in plain)


def _said(name: str) -> Iterator[str]:
    """A name as it is; of a component's, which builds end in a hash, its parts."""
    module = _MODULE.fullmatch(name)
    if module is None:
        yield name
    else:
        yield module[1]
        yield f"{module[1]}-{module[2]}"


def _is_needed(element: Element, size: int) -> bool:
    """Too much of the page to be its furniture."""
    if local_name(element) == "nav" or local_name(element) == "dialog":
        return len(text_of(element)) > 2 * _LARGE * size
    heart = next(named(element, *_HEART), None) is not None
    return heart or len(text_of(element)) > _LARGE * size


def _heart(root: Element, found: dict[Element, str]) -> Element | None:
    """The one `main`, or else the one `article`, if it has most of what is left."""
    size = _text_size(root, found)
    mains = {*named(root, "main"), *root.xpath("//*[@role='main']")}
    articles = [
        article
        for article in named(root, "article")
        if not any(local_name(outer) == "article" for outer in article.iterancestors())
    ]
    for candidates in (mains, articles):
        left = [candidate for candidate in candidates if _is_left(candidate, found)]
        if len(left) == 1 and 2 * _text_size(left[0], found) >= size:
            return left[0]
    return None


def _menus(root: Element, found: dict[Element, str]) -> Iterator[Element]:
    """Cells and divisions of short links and nothing else, on pages that name nothing."""
    size = len(text_of(root))
    for element in root.iter("*"):
        if local_name(element) not in ("td", "div") or not _is_left(element, found):
            continue
        links = [text_of(link).strip() for link in named(element, "a")]
        if len(links) < _MENU_LINKS or any(len(link) > _LONGEST_ENTRY for link in links):
            continue
        if sum(map(len, links)) >= _MENU_SHARE * len(text_of(element).strip()):
            if not _is_needed(element, size):
                yield element


def _is_left(element: Element, found: dict[Element, str]) -> bool:
    return not any(outer in found for outer in (element, *element.iterancestors()))


def _text_size(element: Element, found: dict[Element, str]) -> int:
    inner = (other for other in found if element in other.iterancestors())
    return len(text_of(element)) - sum(len(text_of(other)) for other in inner)


def _outside(heart: Element, root: Element, found: dict[Element, str]) -> Iterator[Element]:
    """What stands beside the path down to the main text, the main heading apart."""
    inside = heart
    while inside is not root:
        outer = inside.getparent()
        for child in outer:
            is_text = local_name(child) and local_name(child) not in ("head", "script", "style")
            if child is inside or not is_text or child in found:
                continue
            if text_of(child).strip() and next(named(child, "h1"), None) is None:
                yield child
        inside = outer
