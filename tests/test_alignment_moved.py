"""Blocks that moved: found where a translation stands elsewhere, and nowhere else.

The moves are made here, from the example articles, whose links are known.
"""

import json
from itertools import chain

import numpy as np
import pytest
from conftest import ROOT, Given

import aligner
from aligner.alignment.linking import Segments
from aligner.alignment.moved import _spans, moved
from aligner.records import Link, Span

EXAMPLES = ROOT / "examples"


@pytest.fixture(scope="module")
def articles():
    """The two articles of the examples: English, Russian, links."""
    lines = (EXAMPLES / "gold.jsonl").read_text(encoding="utf-8").rstrip("\n").split("\n")
    return [(one["en"], one["ru"], one["links"]) for one in map(json.loads, lines)]


def lighthouse(lang):
    return (EXAMPLES / f"lighthouse.{lang}.md").read_text(encoding="utf-8").split("\n\n")


def reordered(ru, links, order):
    """The Russian sentences of the links in this order of links."""
    return [ru[j] for at in order for j in links[at][1]]


def to_end(count, start, stop):
    """The numbers up to count, those from start to stop last."""
    return [*range(start), *range(stop, count), *range(start, stop)]


def places(blocks):
    return [((b.src.start, b.src.stop), (b.tgt.start, b.tgt.stop)) for b in blocks]


def test_a_paragraph_of_an_article_that_moved_to_its_end(use):
    ru = lighthouse("ru")
    (at,) = [k for k, text in enumerate(ru) if text.startswith("В 1903")]
    other = "\n\n".join(ru[k] for k in to_end(len(ru), at, at + 1))
    alignment = aligner.align("\n\n".join(lighthouse("en")), other, model=use)
    (block,) = alignment.moved
    assert alignment.src.joined(block.src).startswith("In 1903 a spark from the stove")
    assert alignment.src.joined(block.src).endswith("one entry reads:")
    assert alignment.tgt.joined(block.tgt).startswith("В 1903")
    assert block.tgt.stop == len(alignment.tgt)
    assert [link.kind for link in block.links] == ["1-2", "1-1"]
    assert block.score > 0.6
    partners = {pair.src[:12]: pair.moved for pair in alignment.pairs() if pair.kind == "1-0"}
    assert partners == {
        "In 1903 a sp": Span(57, 59),
        "No one knows": None,  # this one was not translated at all
        "The log he k": Span(59, 60),
    }
    assert [pair.moved for pair in alignment.pairs() if pair.kind == "0-1"] == [
        Span(13, 14), Span(13, 14), Span(15, 16),
    ]  # fmt: skip


def test_the_links_stay_as_they_are(use):
    """Reported, not forced: the alignment tiles both sides, with the block left out of it."""
    en, ru = "\n\n".join(lighthouse("en")), lighthouse("ru")
    alignment = aligner.align(en, "\n\n".join([*ru[5:7], *ru[:5], *ru[7:]]), model=use)
    assert alignment.moved
    for block in alignment.moved:
        linked = {i for k in alignment.links if k.src and k.tgt for i in k.src}
        assert not linked & set(block.src)


@pytest.mark.parametrize(("start", "stop"), [(2, 7), (20, 26)])
def test_both_directions_have_the_same_blocks(use, articles, start, stop):
    en, ru, links = articles[0]
    other = reordered(ru, links, to_end(len(links), start, stop))
    there = aligner.align_sentences(en, other, model=use).moved
    back = aligner.align_sentences(other, en, model=use).moved
    (block,) = there
    assert {*block.src} <= set(chain.from_iterable(src for src, _ in links[start:stop]))
    assert len(block.src) >= 0.8 * sum(len(src) for src, _ in links[start:stop])
    assert places(there) == [(tgt, src) for src, tgt in places(back)]


def test_of_chapters_that_changed_places_the_shorter_is_reported(use, articles):
    en, ru, links = articles[1]
    at = len(links) // 3
    order = to_end(len(links), 0, at)
    (block,) = aligner.align_sentences(en, reordered(ru, links, order), model=use).moved
    first = links[:at]
    assert len(block.src) >= 0.9 * sum(len(src) for src, _ in first)
    assert block.src.stop <= max(i for src, _ in first for i in src) + 1
    assert block.tgt.start >= sum(len(tgt) for _, tgt in links[at:])


def test_two_blocks_that_changed_places_around_a_third(use, articles):
    """A B C with a long B: C B A reads as two moves."""
    en, ru, links = articles[1]
    count = len(links)
    a, b = count // 5, count - count // 5
    order = [*range(b, count), *range(a, b), *range(a)]
    blocks = aligner.align_sentences(en, reordered(ru, links, order), model=use).moved
    assert [block.src.start < len(en) // 2 for block in blocks] == [True, False]
    assert [block.tgt.start > len(ru) // 2 for block in blocks] == [True, False]
    assert min(len(block.src) for block in blocks) >= 0.8 * a


LONG = (
    "The harbour master counted forty-two herring boats before breakfast.",
    "До завтрака начальник порта насчитал сорок две сельдяные лодки.",
)
SHORT = ("“Nobody came.”", "— Никто не пришёл.")
SAID = ("She said that it was so.", "Она сказала, что это так.")


@pytest.mark.parametrize(("sentence", "found"), [(LONG, 1), (SHORT, 0), (SAID, 0)])
def test_one_sentence_counts_only_if_it_is_long(use, articles, sentence, found):
    en, ru, _ = articles[1]
    blocks = aligner.align_sentences([sentence[0], *en], [*ru, sentence[1]], model=use).moved
    assert places(blocks) == [((0, 1), (len(ru), len(ru) + 1))] * found


@pytest.mark.parametrize("article", [0, 1])
def test_nothing_moved(use, articles, article):
    en, ru, _ = articles[article]
    assert aligner.align_sentences(en, ru, model=use).moved == ()


def test_an_omission_and_an_unrelated_addition(use, articles):
    (en, ru, links), (_, other, _) = articles
    kept = [j for _, tgt in [*links[:5], *links[12:]] for j in tgt]
    alignment = aligner.align_sentences(en, [ru[j] for j in kept] + other[10:17], model=use)
    kinds = [link.kind for link in alignment.links]
    assert min(kinds.count("1-0"), kinds.count("0-1")) >= 4  # there is something to match
    assert alignment.moved == ()


def test_an_omission_beside_an_addition_has_not_moved(use, articles):
    """They pass nothing, so a path in order could have linked them, and did not."""
    en, ru, links = articles[0]
    order = list(range(len(links)))
    order[10:12] = order[11], order[10]
    blocks = aligner.align_sentences(en, reordered(ru, links, order), model=use).moved
    assert all(len(block.src) == len(block.links) == 1 for block in blocks)


@pytest.mark.parametrize(
    ("yes", "da"),
    [
        (["Yes."] * 60, ["Да."] * 40),
        (["Yes.", "No."] * 30, ["Нет.", "Да."] * 30),
        (["Yes."] * 30 + ["No."] * 30, ["Нет."] * 30 + ["Да."] * 30),
        (
            ["I do not know what he wanted to say to me.", "“Yes.”"] * 12,
            ["— Да.", "Я не знаю, что он хотел мне сказать."] * 12,
        ),
    ],
    ids=["one line", "in turn", "swapped", "a refrain"],
)
def test_lines_that_are_repeated_have_not_moved(use, yes, da):
    assert aligner.align_sentences(yes, da, model=use).moved == ()


def test_a_text_that_stands_there_twice_has_not_moved(use, articles):
    en, ru, _ = articles[0]
    assert aligner.align_sentences(en, ru + ru, model=use).moved == ()


def test_texts_that_share_nothing(use, articles):
    (en, _, _), (_, other, _) = articles
    assert aligner.align_sentences(en, other, model=use).moved == ()


def test_around_locked_links_and_empty_lines(use, articles):
    """Places are those in the files, not among the sentences that were free to be linked."""
    en, ru, links = articles[0]
    other = ["", *reordered(ru, links, to_end(len(links), 8, 14))]
    lock = [(src, [j + 1 for j in tgt]) for src, tgt in links[:6]]
    (block,) = aligner.align_sentences(en, other, model=use, lock=lock).moved
    inside = links[8:14]
    assert {*block.src} <= {i for src, _ in inside for i in src}
    assert [other[j] for j in block.tgt] == [ru[j] for _, tgt in inside for j in tgt]


@pytest.mark.parametrize("gone", [([], ["Да."]), (["Yes."], [])])
def test_nothing_can_have_moved_to_an_empty_side(gone):
    src, tgt = (Segments(texts, Given(np.ones((len(texts), 4)), texts)) for texts in gone)
    links = [Link(Span(0, len(gone[0])), Span(0, len(gone[1])))]
    assert moved(src, tgt, links, 6) == []


def test_thousands_of_sentences_without_a_partner():
    rng = np.random.default_rng(0)
    sides = [
        Segments(
            [f"{name} {at} " + "x" * 60 for at in range(3000)], Given(rng.normal(size=(3000, 32)))
        )
        for name in ("Line", "Строка")
    ]
    links = [Link(Span(i, i + 1), Span(0, 0)) for i in range(3000)]
    links += [Link(Span(3000, 3000), Span(j, j + 1)) for j in range(3000)]
    assert moved(sides[0], sides[1], links, 6) == []


@pytest.mark.parametrize(
    ("left", "spans"),
    [
        ("xx..x.", [(0, 5)]),  # two linked sentences do not end a stretch
        ("xx...x", [(0, 2), (5, 6)]),
        ("...xx.", [(3, 5)]),
        ("xxxxxx", [(0, 6)]),
    ],
)
def test_stretches_without_a_partner(left, spans):
    some = np.array([mark == "x" for mark in left])
    firsts, stops = _spans(some)
    found = zip(firsts[some].tolist(), stops[some].tolist(), strict=True)
    assert list(dict.fromkeys(found)) == spans
