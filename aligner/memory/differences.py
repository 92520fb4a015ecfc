"""How a text differs from a match, token by token, for people to see.

The cheapest edits of the same tokens that `fuzzy` counts: so many marks, so many percent less.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from aligner.memory.tokens import folded, places_of

Change = Literal["same", "gone", "new"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of tokens that both texts have, or one of them."""

    change: Change  # "gone": only the match has it; "new": only the text has it
    text: str
    spaced: bool  # whether a space stands before it


def differences(match: str, text: str) -> list[Piece]:
    """What became of the match to make the text; equal tokens are shown as the match has them.

    Example: "A red cat." to "A black cat." -> A, gone red, new black, cat.
    """
    from rapidfuzz.distance import Levenshtein

    before, after = _Side(match), _Side(text)
    pieces: list[Piece] = []
    for operation in Levenshtein.opcodes(before.tokens, after.tokens):
        old = before.piece(operation.src_start, operation.src_end)
        new = after.piece(operation.dest_start, operation.dest_end)
        if operation.tag == "equal":
            pieces.append(Piece("same", *old))
        else:
            pieces += _changed(old, new)
    return pieces


def _changed(old: tuple[str, bool], new: tuple[str, bool]) -> Iterator[Piece]:
    if old[0]:
        yield Piece("gone", *old)
    if new[0]:
        yield Piece("new", *new)


class _Side:
    """A text and its tokens."""

    def __init__(self, text: str) -> None:
        self._text = unicodedata.normalize("NFC", text)
        self._places: Sequence[tuple[int, int]] = places_of(self._text)
        self.tokens = [folded(self._text[start:stop]) for start, stop in self._places]

    def piece(self, first: int, last: int) -> tuple[str, bool]:
        """The text of a run of tokens, and whether a space stands before it."""
        if first == last:
            return "", False
        start, stop = self._places[first][0], self._places[last - 1][1]
        return self._text[start:stop], start > 0 and self._text[start - 1].isspace()
