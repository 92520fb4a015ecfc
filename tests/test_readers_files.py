"""From a path to a document: the right reader, and what cannot be read."""

import io
import sys
from pathlib import Path

import pytest

from aligner.errors import InputError
from aligner.readers import decode, disk
from aligner.readers.files import read, read_text
from aligner.readers.lines import read_lines
from aligner.records import Paragraph


def written(folder, name, content):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


MARKDOWN = "# Title\n\nSome *text* with a [link](http://x.y)."
TITLE_AND_TEXT = [Paragraph("Title", "heading"), Paragraph("Some text with a link.")]
COLUMNS = "Hello.\tПривет.\nBye.\tПока.\n"


@pytest.mark.parametrize("name", ["a.md", "A.MD", "a.markdown", "README"])
def test_markdown_by_suffix_or_by_content(tmp_path, name):
    document = read(written(tmp_path, name, MARKDOWN))
    assert list(document.paragraphs) == TITLE_AND_TEXT
    assert document.name == name  # no folder in it


@pytest.mark.parametrize("name", ["a.txt", "a.TXT", "a.unknown", "text"])
def test_plain_text_by_suffix_or_by_content(tmp_path, name):
    document = read(written(tmp_path, name, "Первый абзац.\n\nВторой * абзац."))
    assert [p.text for p in document.paragraphs] == ["Первый абзац.", "Второй * абзац."]


def test_a_txt_file_is_not_markdown(tmp_path):
    document = read(written(tmp_path, "a.txt", MARKDOWN))
    assert document.paragraphs[0].text == "# Title"


@pytest.mark.parametrize("name", ["a.tsv", "a.tab", "a.txt", "a"])
def test_columns_by_suffix_or_by_content(tmp_path, name):
    document = read(written(tmp_path, name, COLUMNS))
    assert [p.text for p in document.paragraphs] == ["Hello.\tПривет.", "Bye.\tПока."]


LYING = [
    ("a.docx", "<!DOCTYPE html>\n<html><body><p>Это страница.</p></body></html>", "Это страница."),
    ("a.txt", "\ufeff<html><body><p>A page.</p></body></html>", "A page."),
    ("a.epub", "Просто текст.", "Просто текст."),
    ("a.pdf", "Просто текст.".encode("cp1251"), "Просто текст."),
    ("a.srt", "<html><body><p>A page.</p></body></html>", "A page."),
    ("a.md", "1\n00:00:01,000 --> 00:00:02,000\nA cue.\n", "A cue."),
]


@pytest.mark.parametrize(("name", "content", "text"), LYING)
def test_content_goes_before_the_suffix(tmp_path, name, content, text):
    assert [p.text for p in read(written(tmp_path, name, content)).paragraphs] == [text]


COLUMN_FILES = [
    ("en\tru\nHello\tПривет\n", ["Hello\tПривет"], {"header row": 1}),
    ("Русский\tАнглийский\r\nДа\tYes\r\n", ["Да\tYes"], {"header row": 1}),
    ("source\ttarget\tscore\nHi\tПривет\t0.9\n", ["Hi\tПривет"],
     {"header row": 1, "cell of other columns": 1}),
    ("1\tHello\tПривет\n2\tNATO\tNATO\n3\t\tПока\n", ["Hello\tПривет", "NATO\tNATO", "\tПока"],
     {"cell of other columns": 3}),
    ('"He said ""yes"""\tОн сказал «да»\n"Yes," he "said"\tДа\n',
     ['He said "yes"\tОн сказал «да»', '"Yes," he "said"\tДа'], {}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "rows", "left_out"), COLUMN_FILES)
def test_columns(tmp_path, text, rows, left_out):
    document = read(written(tmp_path, "a.tsv", text))
    assert [p.text for p in document.paragraphs] == rows
    assert document.left_out == left_out


@pytest.mark.parametrize("text", ["Hello\nПривет\n", "one\ttwo\n", "Hello Привет\t1\n"])
def test_a_tsv_without_two_columns_of_text(tmp_path, text):
    with pytest.raises(InputError, match=r"a\.tsv: needs an English and a Russian column"):
        read(written(tmp_path, "a.tsv", text))


def test_standard_input(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(MARKDOWN.encode())))
    document = read(Path("-"))
    assert document.name == "stdin"
    assert list(document.paragraphs) == TITLE_AND_TEXT


def test_an_encoding_may_be_forced(tmp_path):
    path = written(tmp_path, "a.txt", "Да".encode("koi8-r"))
    assert read(path, "koi8-r").paragraphs[0].text == "Да"


UNREADABLE = [
    ("empty.txt", b"", r"empty\.txt: is empty; give a file with text"),
    ("white.txt", " \n\t\u00a0\r\n", r"white\.txt: has no text in it; give a file with text"),
    ("bom.txt", "\ufeff", r"bom\.txt: has no text in it"),
    ("code.md", "```js\nx\n```\n![](a.png)",
     r"code\.md: has no text in it \(left out: code block: 1, im"),
    ("a.ODT", b"PK\x03\x04",
     r"a\.ODT: files of the kind \.odt cannot be read; save the text as \.txt"),
    ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", r"a\.doc: is an old Word file"),
    ("really.txt", b"PK\x03\x04\0\0", r"really\.txt: looks like a ZIP archive"),
    ("a.tmx", "<tmx version='1.4'>", r"a\.tmx: holds pairs of texts, not one text; give it alone"),
    ("a.txt", '{"source": "Hi", "target": "Привет"}\n', r"a\.txt: holds pairs of texts"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "message"), UNREADABLE)
def test_files_without_text(tmp_path, name, content, message):
    with pytest.raises(InputError, match=message):
        read(written(tmp_path, name, content))


def test_what_is_no_file(tmp_path):
    with pytest.raises(InputError, match=r"nothing\.txt: no such file; check the name"):
        read(tmp_path / "nothing.txt")
    with pytest.raises(InputError, match=r": is a folder; give a file in it"):
        read(tmp_path)
    with pytest.raises(InputError, match=r"cannot be read: .*null"):
        read(tmp_path / "a\0b.txt")
    with pytest.raises(InputError, match=r"cannot be read: .*name"):
        read(tmp_path / ("x" * 300 + ".txt"))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.txt", "<html><body><p>A page.</p></body></html>", "a web page (HTML)"),
        ("a.docx", "<html><body><p>Страница.</p></body></html>", "a web page (HTML)"),
        ("a.epub", "Просто текст.", "plain text"),
        ("a.md", "1\n00:00:01,000 --> 00:00:02,000\nA cue.\n", "subtitles"),
        ("a.txt", COLUMNS, ""),  # a .txt may be a table
        ("a.txt", "Просто текст.", ""),
        ("a.html", "<html><body><p>A page.</p></body></html>", ""),
        ("page", "<html><body><p>A page.</p></body></html>", ""),  # its name says nothing
        ("a.en", "A text.", ""),
    ],
)
def test_a_document_says_what_it_was_read_as(tmp_path, name, content, said):
    assert read(written(tmp_path, name, content)).read_as == said


def test_no_permission(tmp_path, monkeypatch):
    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    path = written(tmp_path, "a.txt", "text")
    monkeypatch.setattr(disk, "_limited", refuse)  # root may read anything
    with pytest.raises(InputError, match=r"a\.txt: may not be read; check the file's permissions"):
        read(path)


class Endless(io.RawIOBase):
    """A pipe that never ends; it counts what was taken out of it."""

    taken = 0

    def read(self, size=-1):
        assert size > 0, "all of an endless stream was asked for"
        self.taken += size
        return b"a" * size


def test_a_file_and_a_stream_have_limits(tmp_path, monkeypatch):
    monkeypatch.setattr(disk, "LARGEST_FILE", 3_000_000)
    path = tmp_path / "huge.txt"
    with open(path, "wb") as stream:
        stream.truncate(1 << 40)  # takes no room on the disk, and would take all memory
    with pytest.raises(InputError, match=r"huge\.txt: has more than 3 MB; split it into parts, by"):
        read(path)
    endless = Endless()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(endless))
    with pytest.raises(InputError, match=r"^stdin: has more than 3 MB; split it into parts"):
        read(Path("-"))
    assert endless.taken == 3_000_001


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.srt", "a.tsv", "a.ru", "a.docx"])
def test_a_text_has_a_limit(tmp_path, monkeypatch, name):
    monkeypatch.setattr(decode, "LARGEST_TEXT", 1_000_000)
    path = written(tmp_path, name, "Мороз и солнце; день чудесный!\n" * 40_000)
    with pytest.raises(InputError, match=r"has 2 MB of text, more than the 1 MB that can be read"):
        read(path)
    with pytest.raises(InputError, match=r"split it into parts, by books or chapters"):
        read_lines(path)


@pytest.mark.parametrize("text", ["", "  \n ", "\ufeff\0"])
def test_a_string_without_text(text):
    with pytest.raises(InputError, match="the text: is empty; give a text with words in it"):
        read_text(text)


def test_a_string_is_cleaned_and_may_have_columns():
    assert read_text("При\ud83dвет\0!", "x").left_out == {
        "control character": 1,
        "lone surrogate": 1,
    }
    assert read_text(COLUMNS).paragraphs[0].text == "Hello.\tПривет."


LINES = [
    ("один\nдва\n", ["один", "два"]),
    ("один\nдва", ["один", "два"]),
    ("один\n\nтри\n\n", ["один", "", "три", ""]),  # an empty line is a sentence's place
    ("\n\nтри", ["", "", "три"]),
    ("one\r\ntwo\r\n", ["one", "two"]),
    ("\ufeff  one \u2028more\n\ttwo\x0c three\rfour\n", ["one more", "two three four"]),
    ("при\0вет\nмир\x85", ["привет", "мир"]),
]


@pytest.mark.parametrize(("text", "lines"), LINES)
def test_lines(tmp_path, text, lines):
    assert read_lines(written(tmp_path, "a.txt", text)) == lines


@pytest.mark.parametrize(("content", "message"), [(b"", "is empty"), (b"\n \n", "has no text")])
def test_lines_without_text(tmp_path, content, message):
    with pytest.raises(InputError, match=message):
        read_lines(written(tmp_path, "a.txt", content))
