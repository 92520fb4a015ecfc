"""A document in both languages taken apart, by paragraphs, lines and sentences.

Any order will do: paragraphs or lines in turn, one language after the other, columns, a
Russian headline glued to an English line. No letter is left out; only what parts two
languages on a line (a tab, " / ", " | ", the dash of a word list) goes. A name or a
quotation in the other script stays in its sentence. A paragraph of two cells with a tab
between them is a row, and the column decides, wherever such rows stand among others.
Whether the two sides belong together is not asked here.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from aligner.errors import InputError
from aligner.language.other import NAMES, other_language
from aligner.language.script import is_sentence, language_of, words
from aligner.language.sides import called, main_language
from aligner.records import Document, Lang
from aligner.text import chunks, is_inside, letters, quoted

_BAR, _DASH = re.compile(r"\t+| +[/|] +"), re.compile(r" +[-–—=] +")
_WORD_LIST = 0.8  # of the lines must be parted by a dash; "Git — это система" is a sentence
_LONGEST_ENTRY = 200  # characters of a line in it
_SWITCH = re.compile(  # "… this statement Путин …"; the other way after an end mark only:
    r"(?:(?<=[A-Za-z0-9.!?…»\"”')]\s)|(?<=[A-Za-z]:\s))(?=[«\"(]*[А-ЯЁ])"  # not "f(x) : Имя"
    r"|(?<=[.!?…»\"”')]\s)(?=[\"“(']*[A-Z])"  # «читал The Lord of the Rings» is one sentence
)
_ROMAN_NUMBER = re.compile(r"\s*[IVXLC]+[.)]?\s*")
_MOST_SCRAPS = 8  # words; more in one script are taken for a sentence
_DEEP = 3  # sentences before and after; with 2, short replies in turn were taken for scraps
_ENOUGH_LETTERS = 200  # to ask of one side whether it is in a third language


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a paragraph in one language; a paragraph's pieces make it up again."""

    text: str
    paragraph: int
    lang: Lang | None
    is_cell: bool = False  # of a column; what it looks like says nothing

    @property
    def is_scrap(self) -> bool:
        """A few words that are no sentence ("getPrototypeOf", "GitHub Explore")."""
        if self.is_cell or is_sentence(self.text):
            return False
        return len(words(self.text)) <= _MOST_SCRAPS


def split_by_language(document: Document) -> tuple[Document, Document]:
    """The English and the Russian part of a mixed document; InputError if one is missing.

    Pieces of one paragraph that are in one language stay one paragraph; chunks without
    letters go with their neighbour. `left_out` goes with the English part.
    """
    pieces = _settled(list(_pieces(document)))
    if not all(_is_present(pieces, lang) for lang in ("en", "ru")):
        raise InputError(_only_one(document))
    english, russian = (_part(document, pieces, lang) for lang in ("en", "ru"))
    for part in (english, russian):
        other = other_language(part.text) if letters(part.text).total >= _ENOUGH_LETTERS else None
        if other:
            raise InputError(
                f"{called(document)}: a part of the text looks {other}; "
                "aligner aligns English and Russian"
            )
    return english, replace(russian, left_out={}, read_as="")


def _columns(document: Document) -> tuple[Lang, Lang] | None:
    """The languages of the two columns; None where no paragraph is a row."""
    rows = [row for paragraph in document.paragraphs if (row := _cells(paragraph.text))]
    if not rows:
        return None
    first, second = (sum(_lean(row[i]) for row in rows) for i in (0, 1))
    return ("en", "ru") if first < second else ("ru", "en")


def _cells(paragraph: str) -> list[str]:
    """Both cells of a row; none where the paragraph is no row."""
    cells = paragraph.split("\t")
    return cells if len(cells) == 2 else []


def _lean(text: str) -> int:
    count = letters(text)
    return count.cyrillic - count.latin


def _pieces(document: Document) -> Iterator[Piece]:
    partings = (_BAR, _DASH) if _is_word_list(document) else (_BAR,)
    columns = _columns(document)
    for index, paragraph in enumerate(document.paragraphs):
        cells = _cells(paragraph.text)
        if cells and columns:
            for cell, lang in zip(cells, columns, strict=True):
                yield Piece(cell, index, lang, is_cell=True)
            continue
        if not letters(paragraph.text).cyrillic:
            yield _piece(paragraph.text, index)
            continue
        for chunk in chunks(paragraph.text):
            for side in _sides(chunk, partings):
                yield _piece(side, index)


def _piece(text: str, paragraph: int) -> Piece:
    """A Roman number is a number: «II. Мальчик у Христа на ёлке»."""
    return Piece(text, paragraph, None if _ROMAN_NUMBER.fullmatch(text) else language_of(text))


def _is_word_list(document: Document) -> bool:
    """Lines such as "cat — кот" throughout."""
    lines = [line for p in document.paragraphs for line in p.text.split("\n") if words(line)]
    parted = sum(len(line) <= _LONGEST_ENTRY and bool(_parted(line, _DASH)) for line in lines)
    return parted >= _WORD_LIST * len(lines) > 1


def _sides(chunk: str, partings: Sequence[re.Pattern[str]]) -> Sequence[str]:
    """Two where both languages stand on one line, parted by a mark or only by the script."""
    for parting in partings:
        if sides := _parted(chunk, parting):
            return sides
    inside = quoted(chunk)
    for switch in _SWITCH.finditer(chunk):
        both = chunk[: switch.start()], chunk[switch.start() :]
        if is_inside(switch.start(), inside):
            continue
        if _are_both(both) and all(map(_is_phrase, both)):
            return both
    return (chunk,)


def _parted(chunk: str, parting: re.Pattern[str]) -> tuple[str, str] | None:
    for mark in parting.finditer(chunk):
        sides = chunk[: mark.start()], chunk[mark.end() :]
        if _are_both(sides):
            return sides[0] + " ", sides[1]
    return None


def _are_both(sides: tuple[str, str]) -> bool:
    """One side is English without a Cyrillic letter, the other Russian."""
    english = [side for side in sides if letters(side).latin and not letters(side).cyrillic]
    return len(english) == 1 and "ru" in map(language_of, sides)


def _is_phrase(text: str) -> bool:
    """Running text, not a name: two words or more in lower case."""
    return sum(word.islower() for word in words(text)) >= 2


def _settled(pieces: list[Piece]) -> list[Piece]:
    """Every piece with a language, and scraps with that of the text around them."""
    strong = [i for i, piece in enumerate(pieces) if piece.lang and not piece.is_scrap]
    following = _next_decided(pieces)
    result: list[Piece] = []
    for position, piece in enumerate(pieces):
        if piece.lang is None:
            result.append(_beside(piece, result[-1] if result else None, following[position]))
        elif piece.is_scrap:
            place = bisect_left(strong, position)
            before, after_it = strong[max(0, place - _DEEP) : place], strong[place : place + _DEEP]
            result.append(_amid(piece, [pieces[i] for i in before], [pieces[i] for i in after_it]))
        else:
            result.append(piece)
    return result


def _next_decided(pieces: list[Piece]) -> list[Piece | None]:
    """For each piece the first one after it that has a language."""
    result: list[Piece | None] = []
    decided: Piece | None = None
    for piece in reversed(pieces):
        result.append(decided)
        decided = piece if piece.lang else decided
    return result[::-1]


def _beside(piece: Piece, before: Piece | None, after: Piece | None) -> Piece:
    """What has no letters goes with its own paragraph first, then with what stands before it."""
    near = [neighbour for neighbour in (before, after) if neighbour]
    near.sort(key=lambda neighbour: neighbour.paragraph != piece.paragraph)
    return replace(piece, lang=near[0].lang if near else None)


def _amid(piece: Piece, before: list[Piece], after: list[Piece]) -> Piece:
    """A scrap deep in one language is of it: within a paragraph, or well within a text."""
    if not before or not after:
        return piece
    inside = before[-1].paragraph == piece.paragraph == after[0].paragraph
    around = [before[-1], after[0]] if inside else before + after
    langs = {neighbour.lang for neighbour in around}
    deep = inside or len(around) == 2 * _DEEP
    return replace(piece, lang=langs.pop()) if deep and len(langs) == 1 else piece


def _is_present(pieces: Sequence[Piece], lang: Lang) -> bool:
    """More than scraps: a sentence, or a fifth of all letters."""
    own = [piece.text for piece in pieces if piece.lang == lang]
    size = sum(letters(piece.text).total for piece in pieces)
    return any(map(is_sentence, own)) or 5 * sum(letters(t).total for t in own) >= size > 0


def _part(document: Document, pieces: Sequence[Piece], lang: Lang) -> Document:
    own = [piece for piece in pieces if piece.lang == lang]
    paragraphs = []
    for index, group in groupby(own, key=lambda piece: piece.paragraph):
        text = "".join(piece.text for piece in group).strip()
        if text:
            paragraphs.append(replace(document.paragraphs[index], text=text))
    return replace(document, paragraphs=tuple(paragraphs), lang=lang)


def _only_one(document: Document) -> str:
    lang = main_language(document)
    if lang is None:
        return f"{called(document)}: has no English or Russian words in it; give a text with words"
    other = "Russian" if lang == "en" else "English"
    return (
        f"{called(document)}: has only {NAMES[lang]} text; give the {other} file as second argument"
    )
