"""What a user can set about an alignment, checked, with a signature to publish."""

from __future__ import annotations

from dataclasses import dataclass

from aligner.errors import InputError

VERSION = "0.1.0"
"""The product's version; the build reads it from here."""

SEARCHED_SIZE = 6  # links of so many sentences, both sides together, are looked for everywhere
LARGEST = 10  # larger ones only beside such large ones; of more no gold data tells
DEFAULT_SIZE = LARGEST


@dataclass(frozen=True, slots=True)
class AlignSettings:
    """Settings of one alignment; InputError where a value is out of range."""

    max_size: int = DEFAULT_SIZE

    def __post_init__(self) -> None:
        if not 2 <= self.max_size <= LARGEST:
            raise InputError(
                f"a largest link of {self.max_size} sentences is not possible: "
                f"give a number from 2 (1-1 links only) to {LARGEST}"
            )

    def signature(self, encoder: str, version: str, locked: int = 0) -> str:
        """All that the result depends on besides the texts, on one line.

        `locked` is the number of links that were given.
        """
        locks = f"|locked:{locked}" if locked else ""
        return f"enc:{encoder}|max_size:{self.max_size}{locks}|v:{version}"
