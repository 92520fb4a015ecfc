"""Link lines as the field writes them: `[0]:[0, 1]`, from 0, the first file first.

Only indices, no text and no score; `aligner.linkfiles` reads them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from aligner.records import Link


def write_links(links: Iterable[Link], stream: TextIO) -> None:
    """Write a line for each link, as they come; an empty side is `[]`."""
    for link in links:
        stream.write(f"{list(link.src)}:{list(link.tgt)}\n")
