"""Subtitles (.srt, .vtt, .ass): what is said, without times, tags and numbers.

Parsed by pysubs2. Cues are cut by seconds, not by sentences: they are joined, and a new
paragraph begins after a pause, or where a line opens with a dash (another speaker),
but never inside a sentence that plainly goes on. Sounds in brackets, [music] or
(sighs), stay, each a paragraph of its own, since translations have them, too.
Left out and counted: timecodes, tags (<i>, {\\an8}), names of voices, notes and styles,
drawings, cues that say the same at the same time, and the lines that rolling captions
show twice.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aligner.errors import InputError
from aligner.readers.decode import Raw, decoded
from aligner.readers.line_ends import ends_sentence, runs_on
from aligner.records import Document, Paragraph
from aligner.text import on_one_line

if TYPE_CHECKING:
    from pysubs2 import SSAFile

_TAG = re.compile(r"\{\\[^}]*\}|<(?!v[ .])/?[a-zA-Z][^<>]*>")
_VOICE = re.compile(r"<v[ .][^>]*>")
_NOTE = re.compile(r"^(?:NOTE|STYLE|REGION)\b.*(?:\n.+)*", re.MULTILINE)
_TIMES = re.compile(r"\d[\d:.,]*\s*-->.*")
_NUMBER = re.compile(r"\d+")
_DASH = re.compile(r"[-‐–—―]\s*(?=\S)(?!\d)")
_SOUND = re.compile(r"\[[^\]]*\]|\([^)]*\)|♪[^♪]*♪?|[♪#]+")

_PAUSE = 1.5  # seconds between cues; between two parts of a sentence it is mostly below 0.5
_LONG_PAUSE = 8.0  # even a sentence that seems to go on does not go on over this
_ROLLING = 0.1  # seconds between the cues of captions that roll up


@dataclass(frozen=True, slots=True)
class Cue:
    """What stands on the screen from one time to another, in seconds."""

    start: float
    stop: float
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Speech:
    """Some lines of a cue by one speaker; `pause` is the time since the one before."""

    text: str
    pause: float
    opens: bool  # with a dash


def read(raw: Raw) -> Document:
    """A file of subtitles as a document."""
    text = decoded(raw)
    counts = Counter(text.left_out)
    cues = _cues(_parsed(text.text.replace("\u2028", "\n"), raw.name), counts)
    counts["timecode"] = len(cues)
    counts["tag"] = len(_TAG.findall(text.text))
    counts["name of a voice"] = len(_VOICE.findall(text.text))
    if text.text.lstrip().startswith("WEBVTT"):
        counts["note or style"] = len(_NOTE.findall(text.text))
    speeches = list(_speeches(_without_repeats(cues, counts)))
    paragraphs = tuple(Paragraph(found) for found in _joined(speeches))
    return Document(raw.name, paragraphs, left_out={k: n for k, n in counts.items() if n})


def _parsed(text: str, name: str) -> SSAFile:
    from pysubs2 import SSAFile
    from pysubs2.exceptions import Pysubs2Error

    try:
        return SSAFile.from_string(text)
    except (Pysubs2Error, ValueError, KeyError, IndexError):
        raise InputError(
            f"{name}: has no subtitles in it; they have lines such as "
            "00:00:01,000 --> 00:00:02,500 (save a text without times as .txt)"
        ) from None


def _cues(parsed: SSAFile, counts: Counter[str]) -> list[Cue]:
    """The cues by their time, those without a text left out."""
    cues = []
    for event in sorted(parsed, key=lambda event: (event.start, event.end)):
        if event.is_comment or event.is_drawing:
            counts["comment" if event.is_comment else "drawing"] += 1
            continue
        lines = _without_times(html.unescape(event.plaintext).split("\n"), counts)
        if lines:
            cues.append(Cue(event.start / 1000, event.end / 1000, tuple(lines)))
    return cues


def _without_times(lines: Sequence[str], counts: Counter[str]) -> list[str]:
    """The lines with text; a damaged timecode, which ends no cue, goes with its number."""
    kept: list[str] = []
    for line in filter(None, map(on_one_line, lines)):
        if _TIMES.match(line):
            counts["damaged timecode"] += 1
            if kept and _NUMBER.fullmatch(kept[-1]):
                kept.pop()
        else:
            kept.append(line)
    return kept


def _without_repeats(cues: Sequence[Cue], counts: Counter[str]) -> Iterator[Cue]:
    shown: Cue | None = None
    for cue in cues:
        if shown and (cue.start, cue.lines) == (shown.start, shown.lines):
            counts["repeated cue"] += 1
            continue
        lines = cue.lines
        if shown and abs(cue.start - shown.stop) <= _ROLLING and _rolls(shown, cue):
            counts["repeated line"] += 1
            lines = lines[1:]
        shown = cue
        if lines:
            yield Cue(cue.start, cue.stop, lines)


def _rolls(shown: Cue, cue: Cue) -> bool:
    return cue.lines[0] == shown.lines[-1] and max(len(cue.lines), len(shown.lines)) > 1


def _speeches(cues: Iterator[Cue]) -> Iterator[Speech]:
    """The lines by speakers and sounds."""
    stop = 0.0
    for cue in cues:
        pause, run = cue.start - stop, ""
        opens = False
        for line in cue.lines:
            if run and (_DASH.match(line) or _SOUND.fullmatch(line) or _SOUND.fullmatch(run)):
                yield Speech(run, pause, opens)
                pause, run = 0.0, ""
            opens = opens if run else bool(_DASH.match(line))
            run = f"{run} {line}".strip()
        yield Speech(run, pause, opens)
        stop = max(stop, cue.stop)


def _joined(speeches: Sequence[Speech]) -> Iterator[str]:
    """Paragraphs of what belongs together."""
    text = ""
    for speech in speeches:
        if text and not _goes_on(text, speech):
            yield text
            text = ""
        text = f"{text} {speech.text}".strip()
    if text:
        yield text


def _goes_on(text: str, speech: Speech) -> bool:
    if speech.opens or _SOUND.fullmatch(speech.text) or _SOUND.fullmatch(text):
        return False
    if runs_on(text, speech.text):
        return speech.pause < _LONG_PAUSE
    return speech.pause < (
        _PAUSE if ends_sentence(text) else _PAUSE / 2
    )  # no marks: a list, a title
