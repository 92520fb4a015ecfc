"""A PDF whose streams unpack to more than a text can be is refused before it is opened.

PDFium unpacks what it is given: 300 kB of a hostile file become gigabytes of text
objects. Here every packed stream that is no picture is unpacked by zlib as far as the
limit, and thrown away. Nothing is parsed: the dictionary before a stream tells its filter.
LZW, of files of the nineties, packs as well (2 MB became 3 GB): it is only counted through.
Both at once, one packing what the other packed, is an attack. Run lengths are left to
PDFium, which stops at its own limit (600 MB of them took 80 MB).
"""

from __future__ import annotations

import base64
import re
import zlib

from aligner.errors import InputError
from aligner.readers.pdf_lzw import lzw_size

_STREAM = re.compile(rb">>\s{0,4}stream\r?\n")
_DICTIONARY = 4000  # bytes before a stream in which its dictionary begins
_LIMIT = 20_000_000  # bytes of one stream; the page of a newspaper has 1,000,000
_MOST_TIMES = 3  # a stream is packed over and over only in an attack
_CHUNK = 1 << 20


def check_streams(data: bytes, name: str) -> None:
    """InputError for a file with a stream that unpacks to too much."""
    for match in _STREAM.finditer(data):
        before = data[max(0, match.start() - _DICTIONARY) : match.start()].rpartition(b" obj")[2]
        if b"/Image" not in before and _stream_size(data, match.end(), before) > _LIMIT:
            raise InputError(
                f"{name}: a part of it unpacks to more than {_LIMIT // 1_000_000} MB, which no "
                "page of text does; print it to a new PDF, or save its text as .txt (UTF-8)"
            )


def _stream_size(data: bytes, start: int, dictionary: bytes) -> int:
    """The size unpacked of the stream that begins at `start`; a few over the limit."""
    packed = min(_MOST_TIMES, dictionary.count(b"/FlateDecode"))
    old = dictionary.count(b"/LZWDecode")
    if not packed and not old:
        return 0
    if old and packed + old > 1:
        return _LIMIT + 1
    if b"/ASCII85Decode" in dictionary:
        data, start = _from_ascii(data, start), 0
    if old:
        stop = data.find(b"endstream", start)
        return lzw_size(data[start : stop if stop >= 0 else len(data)], _LIMIT)
    return _size(data, start, packed)


def _from_ascii(data: bytes, start: int) -> bytes:
    """The bytes that a stream writes in printable characters, as reportlab does."""
    stop = data.find(b"~>", start)
    try:
        return base64.a85decode(data[start : stop if stop >= 0 else len(data)])
    except ValueError:
        return b""  # PDFium says whether that is damage


def _size(data: bytes, start: int, packed: int) -> int:
    """How many bytes a stream has when it is unpacked, `packed` times; a few over the limit."""
    unpackers = [zlib.decompressobj() for _ in range(packed)]
    size = 0
    for at in range(start, len(data), _CHUNK):
        part = data[at : at + _CHUNK]
        try:
            for unpacker in unpackers:
                part = unpacker.decompress(part, _LIMIT + 1)
        except zlib.error:
            return size  # PDFium says whether that is damage
        size += len(part)
        if size > _LIMIT or unpackers[0].eof:
            break
    return size
