"""How many bytes an LZW stream of a PDF unpacks to, without unpacking it.

LZW as PDF has it (ISO 32000-1, 7.4.4): codes of 9 to 12 bits, 256 clears the table, 257
ends the data, the width grows one code early. Only the length of each entry is kept: it is
that of the entry before it and one. A damaged stream ends where it makes no sense.
"""

from __future__ import annotations

from collections.abc import Iterator

_CLEAR, _END = 256, 257
_LITERALS = [1] * 256 + [0, 0]  # the length of what each code stands for
_WIDEST = 12  # bits
_LARGEST_TABLE = 1 << _WIDEST


def lzw_size(data: bytes, limit: int) -> int:
    """The size unpacked; counting stops beyond the limit."""
    size = before = 0
    lengths = list(_LITERALS)
    codes = _Codes(data)
    for code in codes:
        if code == _CLEAR:
            lengths, before = list(_LITERALS), 0
        elif code == _END or code > len(lengths) or (code == len(lengths) and not before):
            break
        else:
            if before and len(lengths) < _LARGEST_TABLE:
                lengths.append(before + 1)
            if code >= len(lengths):
                break
            before = lengths[code]
            size += before
        if size > limit:
            break
        codes.known = len(lengths)
    return size


class _Codes:
    """The codes of a stream; their width follows the entries that are `known`."""

    def __init__(self, data: bytes) -> None:
        self.known = len(_LITERALS)
        self._data = data

    def __iter__(self) -> Iterator[int]:
        bits = count = 0
        for byte in self._data:
            bits, count = bits << 8 | byte, count + 8
            width = min(_WIDEST, max(9, (self.known + 1).bit_length()))
            if count >= width:
                count -= width
                yield bits >> count
                bits &= (1 << count) - 1
