"""The example articles and their gold links belong together.

How well `aligner` aligns them is not tested here, only that the gold is sound:
each side is its article's text, sentence by sentence, and the links tile it.
"""

import json
import re
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[1] / "examples"
GOLD = [
    json.loads(line)
    for line in (EXAMPLES / "gold.jsonl").read_text(encoding="utf-8").split("\n")
    if line
]
SUFFIXES = {"lighthouse": "md", "night-train": "txt"}
SIDES = [(gold, lang) for gold in GOLD for lang in ("en", "ru")]
EACH_ARTICLE = pytest.mark.parametrize("gold", GOLD, ids=lambda gold: gold["doc"])
EACH_SIDE = pytest.mark.parametrize(
    ("gold", "lang"), SIDES, ids=[f"{gold['doc']}.{lang}" for gold, lang in SIDES]
)

BLOCK_MARK = re.compile(r"\s*(?:#{1,6} |- |> )?")  # all that may stand between two sentences
LINK = re.compile(r"\[([^\]]+)\]\([^)]+\)")


def article(doc: str, lang: str) -> str:
    """The article as a reader sees it: link targets and emphasis marks taken out."""
    text = (EXAMPLES / f"{doc}.{lang}.{SUFFIXES[doc]}").read_text(encoding="utf-8")
    return LINK.sub(r"\1", text).replace("*", "")


def remainder(text: str, sentences: list[str]) -> str:
    """What is left of a text after its sentences, in order; "" where they are all of it."""
    position = 0
    for sentence in sentences:
        position = BLOCK_MARK.match(text, position).end()
        if not text.startswith(sentence, position):
            break
        position += len(sentence)
    return text[position:].strip()


def test_both_articles_have_gold() -> None:
    assert [gold["doc"] for gold in GOLD] == list(SUFFIXES)


@pytest.mark.parametrize(
    ("text", "sentences", "left"),
    [
        ("# Свет\n\nОн горел. Его ждали.\n", ["Свет", "Он горел.", "Его ждали."], ""),
        ("- Yes.\n- No.\n", ["Yes.", "No."], ""),
        ("Yes. No. Maybe.", ["Yes.", "No."], "Maybe."),  # one was left out at the end
        ("Yes. No. Maybe.", ["Yes.", "Maybe."], "No. Maybe."),  # … and in the middle
        ("Да. Нет.", ["Нет.", "Да."], "Да. Нет."),  # not in order
        ("Ещё раз.", ["Еще раз."], "Ещё раз."),
    ],
)
def test_remainder_is_what_the_sentences_do_not_cover(text, sentences, left) -> None:
    assert remainder(text, sentences) == left


@EACH_SIDE
def test_sentences_are_the_whole_article_in_order(gold, lang) -> None:
    assert remainder(article(gold["doc"], lang), gold[lang]) == ""


@EACH_SIDE
def test_length_is_that_of_a_short_article(gold, lang) -> None:
    assert 30 <= len(gold[lang]) <= 60


@EACH_ARTICLE
@pytest.mark.parametrize(("side", "lang"), [(0, "en"), (1, "ru")])
def test_links_name_every_sentence_once_and_in_order(gold, side, lang) -> None:
    named = [index for link in gold["links"] for index in link[side]]
    assert named == list(range(len(gold[lang])))


@EACH_ARTICLE
def test_links_show_what_translators_do(gold) -> None:
    kinds = [f"{len(src)}-{len(tgt)}" for src, tgt in gold["links"]]
    assert "0-0" not in kinds
    assert kinds.count("1-0") == kinds.count("0-1") == 1
    assert min(kinds.count("1-2"), kinds.count("2-1")) >= 3
    assert kinds.count("1-1") > len(kinds) / 2


@pytest.mark.parametrize(("lang", "foreign"), [("en", '"«»„'), ("ru", '"”‘’')])
@EACH_ARTICLE
def test_quotation_marks_are_those_of_the_language(gold, lang, foreign) -> None:
    text = " ".join(gold[lang])
    assert [mark for mark in foreign if mark in text] == []
