"""What a user sees of blocks that moved: summary, JSONL, TMX; TSV has no place for them."""

import io
import json

import pytest
from lxml import etree
from test_report import MADE, links, side

from aligner.errors import InputError
from aligner.records import Alignment, Link, Moved, Span
from aligner.report import summary
from aligner.writers.jsonl import read_jsonl, write_jsonl
from aligner.writers.tmx import write_tmx
from aligner.writers.tmx_reading import read_tmx
from aligner.writers.tsv import read_tsv, write_tsv


def block(src, tgt):
    """A block of 1-1 links; an end that has more sentences makes the last one larger."""
    length = min(src[1] - src[0], tgt[1] - tgt[0]) - 1
    inside = [
        Link(Span(src[0] + k, src[0] + k + 1), Span(tgt[0] + k, tgt[0] + k + 1), 0.7)
        for k in range(length)
    ]
    inside.append(Link(Span(src[0] + length, src[1]), Span(tgt[0] + length, tgt[1]), 0.7))
    return Moved(Span(*src), Span(*tgt), 0.7, tuple(inside))


def alignment(*blocks):
    """Six sentences against six: the second to fourth moved behind the last, but for blocks."""
    made = links("1-1 1", "1-0 1", "1-0 1", "1-0 1", "1-1 1", "1-1 1", "0-1 1", "0-1 1", "0-1 1")
    src = side("a.en.txt", "en", [f"Sentence {i + 1}." for i in range(6)])
    tgt = side("a.ru.txt", "ru", [f"Фраза {j + 1}." for j in range(6)])
    return Alignment(src, tgt, made, MADE, blocks)


MOVED = alignment(block((1, 3), (3, 6)))


def test_the_summary_names_the_block_on_one_line():
    lines = summary(MOVED, 0).split("\n")
    assert lines[1:4] == [
        "links: 3 × 1-1 · 3 omissions, 3 additions",
        "moved (1 block, counted as omissions and additions):",
        "  2–3 → 4–6  Sentence 2. Sentence 3. | Фраза 4. Фраза 5. Фраза 6.",
    ]


def test_nothing_moved_is_not_mentioned():
    assert "moved" not in summary(alignment(), 0, verbose=True)


@pytest.mark.parametrize(("verbose", "shown"), [(False, 5), (True, 7)])
def test_the_longest_blocks_are_shown_or_all(verbose, shown):
    made = links(*["1-0 1"] * 14, *["0-1 1"] * 14)
    src, tgt = side("en", "en", ["a."] * 14), side("ru", "ru", ["б."] * 14)
    blocks = [block((2 * k, 2 * k + 1 + k % 2), (12 - 2 * k, 13 - 2 * k)) for k in range(7)]
    text = summary(Alignment(src, tgt, made, MADE, tuple(blocks)), 0, verbose)
    lines = [line for line in text.split("\n") if " → " in line]
    assert len(lines) == shown
    assert lines[0].startswith("  3–4 → 11 ")  # the first of the three longest
    assert "moved (7 blocks, counted" in text


def test_all_sentences_that_moved_say_where_to():
    text = summary(MOVED, 0, verbose=True)
    assert "  omission  2/– (moved to 4)  Sentence 2." in text
    assert "  omission  3/– (moved to 5–6)  Sentence 3." in text
    assert "  omission  4/–  Sentence 4." in text
    assert "  addition  –/6 (moved from 3)  Фраза 6." in text


def jsonl(pairs):
    stream = io.StringIO()
    write_jsonl(pairs, stream)
    return stream.getvalue()


def test_jsonl_has_the_partner_s_place():
    rows = [json.loads(line) for line in jsonl(MOVED.pairs()).rstrip("\n").split("\n")]
    assert [row.get("moved_to") for row in rows[:5]] == [None, [3, 4], [4, 6], None, None]
    assert [row.get("moved_from") for row in rows[5:]] == [None, [1, 2], [2, 3], [2, 3]]
    assert not any("moved_from" in row and "moved_to" in row for row in rows)


def test_jsonl_comes_back_equal(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(jsonl(MOVED.pairs()), encoding="utf-8")
    assert list(read_jsonl(path)) == list(MOVED.pairs())


def test_tmx_comes_back_equal(tmp_path):
    path = tmp_path / "a.tmx"
    with path.open("wb") as stream:
        write_tmx(MOVED.pairs(), stream, "0.1.0")
    props = etree.parse(path).xpath("//tu/prop[starts-with(@type, 'x-moved')]")
    assert [(prop.get("type"), prop.text) for prop in props] == [
        ("x-moved-to", "3:4"), ("x-moved-to", "4:6"),
        ("x-moved-from", "1:2"), ("x-moved-from", "2:3"), ("x-moved-from", "2:3"),
    ]  # fmt: skip
    assert list(read_tmx(path)) == list(MOVED.pairs())


def test_tsv_stays_as_it_was(tmp_path):
    moved, plain = io.StringIO(), io.StringIO()
    write_tsv(MOVED.pairs(), moved)
    write_tsv(alignment().pairs(), plain)
    assert moved.getvalue() == plain.getvalue()
    path = tmp_path / "a.tsv"
    path.write_text(moved.getvalue(), encoding="utf-8")
    assert [pair.moved for pair in read_tsv(path)] == [None] * 9


@pytest.mark.parametrize(
    "value", ["[4, 3]", "[-1, 3]", "[1]", '"there"', "[1, 2, 3]", "7", "[1.5, 2]"]
)
def test_a_place_that_is_none(tmp_path, value):
    path = tmp_path / "a.jsonl"
    path.write_text(f'{{"source": "Yes.", "target": "", "moved_to": {value}}}\n', "utf-8")
    with pytest.raises(InputError, match=r"a\.jsonl, line 1: moved_to is .*write \[40, 42\]"):
        list(read_jsonl(path))


def test_python_has_the_blocks_and_the_places():
    assert [(one.src, one.tgt) for one in MOVED.moved] == [(Span(1, 3), Span(3, 6))]
    assert [pair.moved for pair in MOVED.pairs()][1:3] == [Span(3, 4), Span(4, 6)]
