"""LZW in PDFs: the size it unpacks to, counted and not unpacked."""

import pytest

from aligner.errors import InputError
from aligner.readers import pdf_streams
from aligner.readers.files import read
from aligner.readers.pdf_lzw import lzw_size

ENDLESS = 1 << 60
PAGE = b"BT /F1 12 Tf 72 700 Td (The train was late again today.) Tj ET\n"


def packed(data):
    """LZW as PDF has it, by the book: ISO 32000-1, 7.4.4."""
    bits, table, width = [f"{256:09b}"], {bytes([n]): n for n in range(256)}, 9
    following, word = 258, b""
    for byte in data:
        longer = word + bytes([byte])
        if longer in table:
            word = longer
            continue
        bits.append(f"{table[word]:0{width}b}")
        table[longer], following, word = following, following + 1, bytes([byte])
        width = min(12, following.bit_length())
        if following == 4094:
            bits.append(f"{256:012b}")
            table, following, width = {bytes([n]): n for n in range(256)}, 258, 9
    text = "".join([*bits, f"{table[word]:0{width}b}", f"{257:0{width}b}"])
    return int(text.ljust(-(-len(text) // 8) * 8, "0"), 2).to_bytes(-(-len(text) // 8), "big")


def pdf(stream, filters):
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Filter%b/Length %d>>\nstream\n%b\nendstream" % (filters, len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body = b"".join(b"%d 0 obj\n%b\nendobj\n" % (n, part) for n, part in enumerate(parts, 1))
    return b"%PDF-1.4\n" + body + b"trailer<</Size 6/Root 1 0 R>>\n%%EOF"


@pytest.mark.parametrize(
    "data",
    [b"a", b"abcabcabcabc", b"a" * 100_000, PAGE * 3000, bytes(range(256)) * 300,
     "Мороз и солнце".encode() * 5000],
)  # fmt: skip
def test_the_size_is_that_of_the_data(data):
    assert lzw_size(packed(data), ENDLESS) == len(data)


def test_counting_stops_at_the_limit_and_at_damage():
    data = packed(PAGE * 3000)
    assert 1000 < lzw_size(data, 1000) < 6000
    assert lzw_size(data[:50], ENDLESS) < len(PAGE * 2)
    assert lzw_size(b"\xff" * 1000, ENDLESS) == 0
    assert lzw_size(b"", ENDLESS) == 0


def test_an_old_file_is_read(tmp_path):
    (tmp_path / "old.pdf").write_bytes(pdf(packed(PAGE), b"/LZWDecode"))
    assert read(tmp_path / "old.pdf").paragraphs[0].text == "The train was late again today."


@pytest.mark.parametrize("filters", [b"/LZWDecode", b"[/FlateDecode/LZWDecode]"])
def test_a_mountain_is_refused(tmp_path, monkeypatch, filters):
    monkeypatch.setattr(pdf_streams, "_LIMIT", 1_000_000)
    data = packed(b"BT /F1 1 Tf (a) Tj ET " * 50_000)
    assert len(data) < 30_000
    (tmp_path / "bomb.pdf").write_bytes(pdf(data, filters))
    with pytest.raises(InputError, match=r"bomb\.pdf: a part of it unpacks to more than 1 MB"):
        read(tmp_path / "bomb.pdf")
