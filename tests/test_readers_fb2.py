"""FictionBook: sections in order, what is no text of the book, and books that cannot be read."""

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

import aligner
from aligner.errors import InputError
from aligner.readers.decode import Raw
from aligner.readers.fb2 import read as read_fb2
from aligner.readers.files import read

EXAMPLES = Path(__file__).parents[1] / "examples"
BOOK = """<?xml version="1.0" encoding="{encoding}"?>
<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0"
 xmlns:l="http://www.w3.org/1999/xlink">
<description><title-info><book-title>Степь</book-title><annotation><p>О степи.</p></annotation>
</title-info></description>
{bodies}
<binary id="cover.jpg" content-type="image/jpeg">/9j/4AAQ
SkZJRgABAQ==</binary>
</FictionBook>"""


def book(bodies, encoding="utf-8"):
    return BOOK.format(bodies=bodies, encoding=encoding).encode(encoding)


def shown(document):
    return [f"{paragraph.kind}: {paragraph.text}" for paragraph in document.paragraphs]


def of_body(inner):
    return read_fb2(Raw("book.fb2", book(f"<body>{inner}</body>")))


CASES = [
    ("<title><p>Степь</p></title><section><title><p>Глава I</p><p>Утро</p></title><p>Ехали.</p>"
     "</section>",
     ["heading: Степь", "heading: Глава I", "heading: Утро", "text: Ехали."]),
    ("<section><p>Было <emphasis>очень</emphasis> <strong>тихо</strong>.</p><empty-line/>"
     "<p>И <a l:href='http://x.y'>ясно</a>.</p></section>",
     ["text: Было очень тихо.", "text: И ясно."]),
    ("<section><epigraph><p>Всё пройдёт.</p><text-author>Соломон</text-author></epigraph>"
     "<subtitle>* * *</subtitle><p>Да.</p></section>",
     ["quote: Всё пройдёт.", "quote: Соломон", "heading: * * *", "text: Да."]),
    ("<section><poem><title><p>Зимнее утро</p></title><stanza><v>Мороз и солнце;</v>"
     "<v>день чудесный!</v></stanza><stanza><v>Вечор,</v><v></v><v>ты помнишь</v></stanza>"
     "<text-author>А. Пушкин</text-author><date>1829</date></poem></section>",
     ["heading: Зимнее утро", "verse: Мороз и солнце;\nдень чудесный!", "verse: Вечор,\nты помнишь",
      "text: А. Пушкин", "text: 1829"]),
    ("<section><poem><stanza><title><p>I</p></title><subtitle>Утро</subtitle><v>Свет.</v></stanza>"
     "</poem></section>", ["heading: I", "heading: Утро", "verse: Свет."]),
    ("<section><cite><p>Он писал:</p><poem><stanza><v>Свет</v></stanza></poem></cite></section>",
     ["quote: Он писал:", "verse: Свет"]),
    ("<section><table><tr><th>Имя</th><td>Анна<sup>2</sup></td></tr></table></section>",
     ["cell: Имя", "cell: Анна2"]),
    ("<section><section><section><p>Глубоко.</p></section></section><p>Выше.</p></section>",
     ["text: Глубоко.", "text: Выше."]),
    ("<section><image l:href='#a' alt='Дом у реки.'/><image l:href='#b' alt='IMG_2'/></section>",
     ["caption: Дом у реки."]),
    ("<section><p>• хлеб</p><p>1) соль</p><p>\n  Конец\n  строки &amp; всё. </p></section>",
     ["item: хлеб", "item: 1) соль", "text: Конец строки & всё."]),
]  # fmt: skip


@pytest.mark.parametrize(("inner", "expected"), CASES)
def test_what_stands_in_a_body(inner, expected):
    assert shown(of_body(inner)) == expected


def test_what_is_left_out_is_counted():
    bodies = """<body><section><p>Он пришёл<a l:href="#n1" type="note">[1]</a>
    <image l:href="#i"/>.</p><!-- ой --><p><code>x = 1</code></p><p>Шаг <code>x</code></p></section>
    </body><body name="notes"><title><p>Примечания</p></title><section id="n1"><p>Кто?</p></section>
    <section id="n2"><p>Что?</p></section></body>"""
    document = read_fb2(Raw("book.fb2", book(bodies)))
    assert shown(document) == ["text: Он пришёл .", "text: Шаг x"]
    assert document.left_out == {
        "description": 1,
        "footnote mark": 1,
        "image": 1,
        "comment": 1,
        "code block": 1,
        "note": 2,
    }


TEXT = "<body><section><p>Ещё — «да» № 5.</p></section></body>"


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1251", "utf-16", "koi8-r"])
def test_the_encoding_that_the_file_declares(encoding):
    text = TEXT.replace("№", "N").replace("—", "-").replace("«да»", "да")
    document = read_fb2(Raw("book.fb2", book(text, encoding)))
    assert shown(document) == ["text: Ещё - да N 5."]


def test_an_encoding_that_is_not_the_declared_one():
    data = book(TEXT)
    lying = data.replace(b'encoding="utf-8"', b'encoding="windows-1251"')  # converted by somebody
    silent = book(TEXT, "windows-1251").replace(b' encoding="windows-1251"', b"")
    expected = ["text: Ещё — «да» № 5."]
    assert shown(read_fb2(Raw("book.fb2", lying))) == expected
    assert shown(read_fb2(Raw("book.fb2", silent))) == expected
    assert shown(read_fb2(Raw("book.fb2", b"\xef\xbb\xbf" + data))) == expected
    assert shown(read_fb2(Raw("book.fb2", book(TEXT, "cp1251"), "cp1251"))) == expected


def packed(**files):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


@pytest.mark.parametrize(
    "name", ["book.fb2.zip", "book.fb2", "book.fbz", "book.zip", "book", "b.txt"]
)
def test_a_packed_book(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(packed(**{"Чехов. Степь.FB2": book(TEXT), "__MACOSX/._a.fb2": b"x"}))
    assert shown(read(path)) == ["text: Ещё — «да» № 5."]


@pytest.mark.parametrize("name", ["book.fb2", "book.xml", "book.txt", "book"])
def test_known_by_its_content(tmp_path, name):
    (tmp_path / name).write_bytes(book(TEXT))
    assert shown(read(tmp_path / name)) == ["text: Ещё — «да» № 5."]


ENTITIES = b'<!DOCTYPE FictionBook [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
REFUSED = [
    (book("<body><p>&b;</p></body>").replace(b"?>\n", b"?>" + ENTITIES, 1),
     r"book\.fb2: declares entities of its own, which are not followed"),
    (book(TEXT)[:400], r"book\.fb2: is not well-formed XML"),
    (b"<?xml version='1.0'?><office><p>Text</p></office>", r"is XML but no FictionBook: it begins"),
    (b"<FictionBook/>", r"has no text in it; give a file with text"),
    (book("<body name='notes'><section><p>Да.</p></section></body>"), r"left out: .*note: 1\)"),
    (packed(**{"a.fb2": book(TEXT), "b.fb2": book(TEXT)}), r"has 2 books in it; unpack it"),
    (packed(**{"a.fb2": b" " * 9_000_000}), r"a\.fb2 in it unpacks to more than 250 times its"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "message"), REFUSED)
def test_books_that_cannot_be_read(tmp_path, data, message):
    path = tmp_path / "book.fb2"
    path.write_bytes(data)
    with pytest.raises(InputError, match=message):
        read(path)


def test_plain_text_under_the_suffix_is_plain_text(tmp_path):
    (tmp_path / "book.fb2").write_text("Просто текст.", encoding="utf-8")
    assert shown(read(tmp_path / "book.fb2")) == ["text: Просто текст."]


def test_pictures_do_not_count_against_the_parser(tmp_path):
    """libxml2 refuses a text of more than 10 MB; a scanned cover has more."""
    picture = b'<binary id="i" content-type="image/png">' + b"QUJD\n" * 2_500_000 + b"</binary>"
    data = book(TEXT).replace(b"</FictionBook>", picture + b"</FictionBook>")
    assert shown(read_fb2(Raw("book.fb2", data))) == ["text: Ещё — «да» № 5."]


def by_pandoc(source, target):
    pandoc = shutil.which("pandoc")
    if pandoc is None:
        pytest.skip("pandoc is not installed")
    command = [pandoc, "--from", "markdown-smart", source, "--standalone", "--output", target]
    subprocess.run(command, check=True, timeout=60, capture_output=True)
    return target


def test_a_book_that_pandoc_writes_aligns_as_its_source_does(tmp_path):
    sources = [EXAMPLES / f"lighthouse.{lang}.md" for lang in ("en", "ru")]
    books = [by_pandoc(source, tmp_path / f"{source.stem}.fb2") for source in sources]
    for source, written in zip(sources, books, strict=True):
        assert shown(read(written)) == shown(read(source))
    expected, found = aligner.align_files(*sources), aligner.align_files(*books)
    assert [link.kind for link in found.links] == [link.kind for link in expected.links]
