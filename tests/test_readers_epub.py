"""EPUB books: the spine's order, what is no text of the book, and books that cannot be read."""

import io
import zipfile

import pytest

from aligner.errors import InputError
from aligner.readers import epub
from aligner.readers.decode import Raw

CONTAINER = """<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="{package}" media-type="application/oebps-package+xml"/>
</rootfiles></container>"""
PACKAGE = """<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata/>
<manifest>{items}</manifest><spine>{spine}</spine>{guide}</package>"""
PAGE = """<?xml version="1.0" encoding="utf-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">
<head><title>Not text</title></head><body>{}</body></html>"""


def book(pages, spine=None, properties=None, guide="", extra=None, folder="OEBPS/"):
    """The bytes of a book; pages are bodies, or whole files where they are bytes."""
    items = "".join(
        f'<item id="i{n}" href="{name}" media-type="application/xhtml+xml" '
        f'properties="{(properties or {}).get(name, "")}"/>'
        for n, name in enumerate(pages)
    )
    order = spine or "".join(f'<itemref idref="i{n}"/>' for n in range(len(pages)))
    package = f"{folder}content.opf"
    members = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER.format(package=package),
        package: PACKAGE.format(items=items, spine=order, guide=guide),
        **{f"{folder}{name.replace('%20', ' ')}": page for name, page in pages.items()},
        **(extra or {}),
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            is_body = name.endswith("html") and isinstance(content, str)
            archive.writestr(name, PAGE.format(content) if is_body else content)
    return stream.getvalue()


def read(data, encoding=None):
    return epub.read(Raw("book.epub", data, encoding))


def shown(document):
    return [f"{paragraph.kind}: {paragraph.text}" for paragraph in document.paragraphs]


ONE, TWO = "<h1>Глава 1</h1><p>Утро.</p>", "<h1>Глава 2</h1><p>Вечер.</p>"
CHAPTERS = ["heading: Глава 1", "text: Утро.", "heading: Глава 2", "text: Вечер."]


def test_chapters_in_the_order_of_the_spine():
    spine = '<itemref idref="i1"/><itemref idref="i0"/>'  # not in that of the manifest or archive
    document = read(book({"b.xhtml": TWO, "a.xhtml": ONE}, spine))
    assert shown(document) == CHAPTERS
    assert document.left_out == {}
    assert document.name == "book.epub"


@pytest.mark.parametrize("folder", ["", "OEBPS/", "a/b c/"])
def test_wherever_the_package_lies(folder):
    pages = {"ch%201.xhtml": ONE, "text/ch2.xhtml": TWO}
    assert shown(read(book(pages, folder=folder))) == CHAPTERS


def test_what_stands_outside_the_linear_order_comes_last():
    spine = '<itemref idref="i0" linear="no"/><itemref idref="i1"/><itemref idref="i2"/>'
    document = read(book({"n.xhtml": "<p>Сноска.</p>", "a.xhtml": ONE, "b.xhtml": TWO}, spine))
    assert shown(document) == [*CHAPTERS, "text: Сноска."]


NO_TEXT = [
    ("<nav epub:type='toc'><ol><li><a href='a.xhtml'>Глава 1</a></li></ol></nav>",
     "nav", "", {"table of contents": 1}),
    ("<p><a href='a.xhtml'>Глава 1</a></p>", "", "toc", {"table of contents": 1}),
    ("<h1>Маяк</h1><p>Роман</p>", "", "cover", {"cover page": 1}),
    ("<section epub:type='cover'><p>Маяк</p></section>", "", "", {"cover page": 1}),
    ("<div><img src='cover.jpg' alt='cover'/></div>", "", "cover", {"image": 1}),
    ("<p hidden='hidden'>Нет.</p>", "", "", {"hidden text": 1}),
    ("<div class='pg-boilerplate pgheader'>Project Gutenberg</div>", "", "",
     {"boilerplate of the library": 1}),
    ("<p><span epub:type='pagebreak'>12</span></p>", "", "", {"page number": 1}),
]  # fmt: skip


@pytest.mark.parametrize(("body", "property_", "role", "left_out"), NO_TEXT)
def test_what_is_no_text_of_the_book(body, property_, role, left_out):
    guide = f'<guide><reference type="{role}" href="x.xhtml"/></guide>' if role else ""
    data = book({"x.xhtml": body, "a.xhtml": ONE}, None, {"x.xhtml": property_}, guide)
    document = read(data)
    assert shown(document) == CHAPTERS[:2]
    assert document.left_out == left_out


def test_a_book_whose_guide_calls_it_a_table_of_contents():
    """One file for everything, which only begins with its contents."""
    guide = '<guide><reference type="toc" href="a.xhtml#toc"/></guide>'
    document = read(book({"a.xhtml": f"<p><a href='#one'>Глава 1</a></p>{ONE}{TWO}"}, guide=guide))
    assert shown(document) == ["text: Глава 1", *CHAPTERS]


def test_notes_stay_and_their_marks_go():
    body = (
        "<p>Маяк<a epub:type='noteref' href='#n1'>1</a> погас.</p>"
        "<aside epub:type='footnote' id='n1'><p>Построен в 1862 году.</p></aside>"
    )
    document = read(book({"a.xhtml": body}))
    assert shown(document) == ["text: Маяк погас.", "text: Построен в 1862 году."]
    assert document.left_out == {"footnote mark or anchor": 1}


def test_a_sidebar_of_a_book_is_its_text():
    body = "<div class='sidebar'><p>In 1862.</p></div><footer><p>The end.</p></footer>"
    assert shown(read(book({"a.xhtml": body}))) == ["text: In 1862.", "text: The end."]


XHTML = "<html xmlns='http://www.w3.org/1999/xhtml'><head><title/></head><body>{}</body></html>"
FILES = [  # as books have them: the text must come out, whatever the file is like
    XHTML.format("<p>Утро&nbsp;&mdash; вечер.</p>").encode(),  # names that only a DTD explains
    ("<?xml version='1.0' encoding='windows-1251'?>" + XHTML.format("<p>Утро&#160;— вечер.</p>"))
    .encode("cp1251"),
    XHTML.format("<p>Утро&#160;— вечер.</p>").encode("utf-16"),
    b"\xef\xbb\xbf" + XHTML.format("<script src='x'/><p>Утро&#160;— вечер.</p>").encode(),
    "<html><body><p>Утро&nbsp;— вечер.<br></body></html>".encode(),  # no XML at all
    b"<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.1//EN' 'http://www.w3.org/TR/xhtml11.dtd'>"
 + XHTML.format("<p>Утро&nbsp;&#8212; вечер.</p>").encode(),
]  # fmt: skip


@pytest.mark.parametrize("page", FILES)
def test_files_that_are_hardly_xhtml(page):
    assert shown(read(book({"a.xhtml": page}))) == ["text: Утро\xa0— вечер."]


def test_the_users_encoding():
    page = XHTML.format("<p>Утро.</p>").encode("koi8-r")
    assert read(book({"a.xhtml": page}), "koi8-r").text == "Утро."


ENCRYPTION = """<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"
 xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData>
<enc:EncryptionMethod Algorithm="{}"/></enc:EncryptedData></encryption>"""


def test_drm_is_refused():
    algorithm = "http://www.w3.org/2001/04/xmlenc#aes256-cbc"
    extra = {"META-INF/encryption.xml": ENCRYPTION.format(algorithm)}
    with pytest.raises(InputError, match=r"book\.epub: is protected against copying \(DRM\); giv"):
        read(book({"a.xhtml": ONE}, extra=extra))


def test_scrambled_fonts_do_not_matter():
    extra = {"META-INF/encryption.xml": ENCRYPTION.format("http://www.idpf.org/2008/embedding")}
    assert shown(read(book({"a.xhtml": ONE}, extra=extra))) == CHAPTERS[:2]


def zipped(members):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


EMPTY_PACKAGE = PACKAGE.format(items="", spine="", guide="")
BROKEN = [
    (zipped({"a.txt": "x"}), r"is a ZIP archive but no EPUB book: it lacks META-INF/"),
    (zipped({"META-INF/container.xml": "<container/>"}), r"container\.xml names no package"),
    (zipped({"META-INF/container.xml": "<contain"}), r"container\.xml: is not well-formed XML"),
    (zipped({"META-INF/container.xml": CONTAINER.format(package="x.opf")}), r"lacks its part x\.o"),
    (zipped({"META-INF/container.xml": CONTAINER.format(package="x.opf"), "x.opf": EMPTY_PACKAGE}),
     r"x\.opf lists no text; save or export it anew"),
    (book({"a.xhtml": ONE})[:300], r"is a broken ZIP archive"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "message"), BROKEN)
def test_broken_books(data, message):
    with pytest.raises(InputError, match=rf"^book\.epub: .*{message}") as raised:
        read(data)
    assert "\n" not in str(raised.value)


def test_a_chapter_that_is_missing():
    items = '<item id="i0" href="gone.xhtml" media-type="application/xhtml+xml"/>'
    package = PACKAGE.format(items=items, spine='<itemref idref="i0"/>', guide="")
    container = CONTAINER.format(package="OEBPS/x.opf")
    data = zipped({"META-INF/container.xml": container, "OEBPS/x.opf": package})
    with pytest.raises(InputError, match=r"lacks its part OEBPS/gone\.xhtml; save or export it"):
        read(data)


def test_a_chapter_that_is_a_bomb():
    page = b"<html><body>" + b"<p>a</p>" * 1_000_000
    with pytest.raises(InputError, match=r"a\.xhtml in it unpacks to more than 250 times its"):
        read(book({"a.xhtml": page}))
