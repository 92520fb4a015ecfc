"""What the end of one line and the start of the next say about a paragraph.

Shared by the readers of text that was laid out in lines: plain text, PDF, subtitles.
How full a line is, each of them measures in its own way.
"""

from __future__ import annotations

import re

_END_MARK = re.compile(r"[.!?…:;][\"'»”’)\]*_]*$")
_SPEECH = re.compile(r"[-–—―]\s+(?![a-zа-яё])")  # in small letters: "…\n— сказал он."
_BULLET = re.compile(r"[•·▪◦‣●○■]\s*(?=\S)")
_ITEM = re.compile(r"(?:[•·▪◦‣●○■*]|\(?\d{1,3}[.)]|[a-zа-я]\))\s+\S")
_OPEN = (",", "-", "—", "–")


def ends_sentence(line: str) -> bool:
    """Whether the line ends with a mark that may end a sentence."""
    return bool(_END_MARK.search(line.rstrip()))


def runs_on(line: str, following: str) -> bool:
    """Whether a sentence plainly goes on over the line end."""
    start = following.lstrip()
    if not line.strip() or not start or ends_sentence(line):
        return False
    return start[0].islower() or line.rstrip().endswith(_OPEN)


def is_reply(line: str, following: str) -> bool:
    """Whether a reply begins: a dash and a capital after the end of a sentence."""
    return ends_sentence(line) and bool(_SPEECH.match(following.lstrip()))


def is_item(line: str) -> bool:
    """Whether the line begins like an item of a list, with a bullet or a number."""
    return bool(_ITEM.match(line.lstrip()))


def without_bullet(line: str) -> str:
    """The text of an item; a number stays, since authors refer to it."""
    return _BULLET.sub("", line, count=1) if _BULLET.match(line) else line
