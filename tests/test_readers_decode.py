"""Bytes to text: encodings, damage, files that are no text."""

import gzip
import io
import zipfile

import pytest

from aligner.errors import InputError
from aligner.readers.decode import Raw, decoded

PAGES = ["cp1251", "koi8_r", "cp866", "iso8859_5", "mac_cyrillic"]

RUSSIAN = [
    "Да.",
    "Дождь.",
    "Привет!",
    "Да, конечно.",
    "Глава 1",
    "ЗАЯВЛЕНИЕ ПРАВИТЕЛЬСТВА",
    "Съешь же ещё этих мягких французских булок, да выпей чаю.",
    "В 1812 году Наполеон занял Москву; год спустя он отступил.",
    "Он позвонил в ООН, в МИД и в США (в Нью-Йорк) — и уехал.",
    "Браузер Chrome поддерживает метод fetch, а Internet Explorer нет.",
    "Через базарную площадь идёт полицейский надзиратель Очумелов в новой шинели.",
    "— Кто там?\n— Это я, почтальон Печкин!\n",
]


def spelled_for(page, text):
    """Some pages have neither dashes nor a letter ё of their own."""
    return text.encode(page, "ignore").decode(page)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("text", RUSSIAN)
def test_russian_in_a_single_byte_page(page, text):
    expected = spelled_for(page, text)
    assert decoded(Raw("a.txt", expected.encode(page))).text == expected


@pytest.mark.parametrize("page", PAGES)
def test_a_long_english_text_before_the_russian_one(page):
    text = "All this is in English. " * 3000 + "\nА это предложение по-русски, и оно одно такое.\n"
    assert decoded(Raw("a.txt", text.encode(page))).text == text


UNICODE = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]


@pytest.mark.parametrize("encoding", UNICODE)
@pytest.mark.parametrize(
    "text", ["Hello, world!", "Привет, мир! Как дела?\n", "A word: «дача» 👩‍💻, a house\n"]
)
def test_unicode(encoding, text):
    assert decoded(Raw("a.txt", text.encode(encoding))).text == text


ENGLISH = [
    "“Café” — that’s all…",
    "It costs £5 or €6",
    "naïve façade, Zoë",
    "a “café”—and",
    "plain ASCII",
]


@pytest.mark.parametrize("text", ENGLISH)
def test_english_in_windows_1252(text):
    assert decoded(Raw("a.txt", text.encode("cp1252"))).text == text


def test_the_users_word_goes_before_all_else():
    data = "Привет".encode("koi8_r")
    assert decoded(Raw("a.txt", data, "koi8-r")).text == "Привет"
    assert decoded(Raw("a.txt", data, "windows-1251")).text == "рТЙЧЕФ"
    assert decoded(Raw("a.txt", "\ufeffПривет".encode(), "utf-8")).text == "Привет"


FORCED_WRONGLY = [
    ("utf-8", "Да\nПривет".encode("cp1251"), r"a.txt: byte 0xc4 in line 1 is not utf-8; give"),
    ("utf-8", "Да\n".encode() + b"\xcf", r"a.txt: byte 0xcf in line 2 is not utf-8; give"),
    ("no-such", b"text", r"unknown encoding 'no-such'; use a name such as utf-8"),
    ("hex", b"6162", r"unknown encoding 'hex'; use a name such as utf-8"),
]


@pytest.mark.parametrize(("encoding", "data", "message"), FORCED_WRONGLY)
def test_a_wrong_encoding(encoding, data, message):
    with pytest.raises(InputError, match=message):
        decoded(Raw("a.txt", data, encoding))


def zipped():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
    return buffer.getvalue()


BINARIES = [
    (zipped(), r"a ZIP archive \(a .docx"),
    (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a PDF"),
    (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a PNG image"),
    (b"{\\rtf1\\ansi text}", "an RTF document"),
    (gzip.compress("Привет".encode()), "a gzip archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), r"an old Microsoft Office file"),
]


@pytest.mark.parametrize(("data", "kind"), BINARIES)
def test_a_binary_file_is_called_by_its_kind(data, kind):
    with pytest.raises(InputError, match=f"book.txt: looks like {kind}.*; save it as .txt"):
        decoded(Raw("book.txt", data))


@pytest.mark.parametrize("data", [bytes(range(256)) * 4, b"\x00\x01\x02\x03" * 30 + b"text"])
def test_unknown_binary_data(data):
    with pytest.raises(InputError, match=r"x.txt: is not text: \d+ of \d+ characters are control"):
        decoded(Raw("x.txt", data))


def test_a_few_control_characters_are_taken_out_and_counted():
    result = decoded(Raw("a.txt", "При\0вет, мир\x1b! Это обычный текст.".encode()))
    assert result.text == "Привет, мир! Это обычный текст."
    assert result.left_out == {"control character": 2}


def test_a_few_broken_bytes_do_not_change_the_encoding():
    data = "Это предложение цело. ".encode() + b"\xd0 " + "И это тоже.".encode()[:-1] + b"\xff"
    result = decoded(Raw("a.txt", data))
    assert result.text == "Это предложение цело. \ufffd И это тоже\ufffd"
    assert result.left_out == {"broken byte (now U+FFFD)": 2}


SENTENCE = "Привет, мир! Это предложение было испорчено."


@pytest.mark.parametrize(
    ("page", "name"), [("cp1251", "Windows-1251"), ("latin-1", "Latin-1"), ("cp1252", "Latin-1")]
)
def test_mojibake(page, name):
    ruined = "".join(
        bytes([byte]).decode(page, "ignore") or chr(byte) for byte in SENTENCE.encode()
    )
    with pytest.raises(
        InputError, match=f"a.txt: is Russian in UTF-8 that was once read as {name}"
    ):
        decoded(Raw("a.txt", ruined.encode()))


@pytest.mark.parametrize(
    "text",
    [
        "When UTF-8 is read as Windows-1251, Привет turns into РџСЂРёРІРµС‚, a sight well known.",
        "СССР, РСФСР, США, Россия, Совет, Рубль, РЅ",
    ],
)
def test_a_text_may_speak_of_mojibake(text):
    assert decoded(Raw("a.txt", text.encode())).text == text
