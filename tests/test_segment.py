"""What holds of every split, document and explanation, and the golden numbers."""

from itertools import pairwise
from pathlib import Path

import pytest
from benchmarks import segmentation as benchmark
from hypothesis import given
from hypothesis import strategies as st

from aligner.errors import InputError
from aligner.records import Document, Paragraph
from aligner.segment.engine import LANGUAGES, explain, split
from aligner.segment.gaps import Verdict
from aligner.segment.splitter import segment

SHARED = Path(__file__).parents[1] / ".." / "shared"
needs_shared = pytest.mark.skipif(
    not (SHARED / "segmentation").is_dir(), reason="../shared/segmentation is not here"
)

SIGNS = "абвгдАБВГДabcdABCD0159 .!?…»«\"'()[]#@—-:;,\n\t*_/\u2028\u00a0😍❤️"
RUNS = ["г.", " т. е. ", "Mr.", "U.S.", "https://a.org ", " @anna ", " На ", "=====", "&#39;", ":)"]
PIECES = st.sampled_from([*SIGNS, *RUNS])
TEXTS = st.lists(PIECES, max_size=60).map("".join)
LANGS = st.sampled_from(["en", "ru"])


@given(TEXTS, LANGS, st.booleans())
def test_every_sign_is_in_exactly_one_sentence(text, lang, lines):
    spans = split(text, lang, lines)
    for left, right in pairwise(spans):
        assert left.stop <= right.start
    together = "".join("".join(text[s.start : s.stop].split()) for s in spans)
    assert together == "".join(text.split())
    assert all(text[s.start : s.stop].strip() == text[s.start : s.stop] != "" for s in spans)


@given(TEXTS, LANGS)
def test_explanation_and_split_agree(text, lang):
    ends = [d.position for d in explain(text, lang) if d.verdict is Verdict.SPLIT]
    starts = [span.start for span in split(text, lang)]
    assert len(starts) <= len(ends) + 1
    assert all(any(end <= start for end in ends) for start in starts[1:])


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u00a0\t"])
def test_nothing_has_no_sentences(lang, text):
    assert split(text, lang) == []
    assert explain(text, lang) == []


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize(
    "piece", [".", "a", " ", ")", "a) ", "😍", "#a ", "http://a.b/", "...) ", "="]
)
def test_a_long_line_stays_linear(lang, piece):
    text = piece * (300_000 // len(piece))
    together = "".join(text[s.start : s.stop] for s in split(text, lang))
    assert "".join(together.split()) == "".join(text.split())


def test_explanation_names_the_rule_and_its_sentence():
    first, second = explain("Он жил в г. Твери. Потом уехал.", "ru")
    assert (first.position, first.verdict, first.rule) == (11, Verdict.JOIN, "before_name")
    assert (first.left, first.right) == ("Он жил в г.", "Твери. Потом уехал.")
    assert "на ул. Садовой" in first.reason
    assert (second.position, second.verdict, second.rule) == (18, Verdict.SPLIT, "otherwise")


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_every_rule_is_named_and_says_which_sentence_asked_for_it(lang):
    rules = LANGUAGES[lang].rules
    assert len({rule.__name__ for rule in rules}) == len(rules)
    for rule in rules:
        first_line = rule.__doc__.split("\n")[0]
        assert {"“", "«"} & set(first_line), rule.__name__


def test_an_unknown_language_is_refused():
    with pytest.raises(InputError, match=r'language "fr".*"en" or "ru"'):
        split("Bonjour.", "fr")
    document = Document("a.txt", (Paragraph("Bonjour."),), "")
    with pytest.raises(InputError, match=r'a\.txt: .*language "".*"en" or "ru"'):
        segment(document)


def texts(*paragraphs, lang="en"):
    made = tuple(Paragraph(text, kind) for text, kind in paragraphs)
    return segment(Document("a", made, lang)).texts()


def test_a_sentence_is_the_document_s_text_at_its_span():
    made = (Paragraph("One. Two."), Paragraph("  Three  "), Paragraph("Four.\nFive."))
    document = Document("a", made, "en")
    segmented = segment(document)
    assert [(s.text, s.paragraph) for s in segmented.sentences] == [
        ("One.", 0),
        ("Two.", 0),
        ("Three", 1),
        ("Four.", 2),
        ("Five.", 2),
    ]
    for sentence in segmented.sentences:
        assert document.text[sentence.span.start : sentence.span.stop] == sentence.text


def test_paragraphs_are_never_crossed():
    assert texts(("He said to Mr.", "text"), ("Brown that", "text"), ("he left.", "text")) == [
        "He said to Mr.",
        "Brown that",
        "he left.",
    ]


def test_an_empty_document_has_no_sentences():
    assert texts() == []


@pytest.mark.parametrize(
    ("kind", "text", "count"),
    [
        ("heading", "Proxy", 1),
        ("heading", "2. Proxy and Reflect. Part one", 1),
        ("heading", "Yes! No!", 1),
        ("heading", "We went to the sea. It was very cold there.", 2),
        ("caption", "Fig. 2. Results of the trial", 1),
        ("caption", "The house in winter. Photo by Ann Lee Brown.", 2),
        ("item", "Open the box. Close it. Go home.", 3),
        ("item", "apples", 1),
        ("cell", "Yes. No.", 2),
        ("quote", "I came. I saw.", 2),
        ("verse", "Tyger Tyger, burning bright,\nIn the forests of the night", 2),
        ("text", "Tyger Tyger, burning bright,\nIn the forests of the night", 1),
    ],
)
def test_what_a_paragraph_is_decides_how_it_is_split(kind, text, count):
    assert len(texts((text, kind))) == count


# F1 of inner boundaries on ../shared, as reached; none may fall by more than 0.003.
GOLDEN = {
    "ru_gsd": 0.990,
    "ru_taiga": 0.760,
    "en_gum": 0.978,
    "en_ewt": 0.917,
    "news_ru": 0.965,
    "news_en": 0.951,
}


@needs_shared
@pytest.mark.parametrize("name", GOLDEN)
def test_quality_does_not_fall_and_beats_the_sentencizer(name):
    lang, _ = benchmark.SETS[name]
    gold = benchmark.paragraphs(name)
    ours = benchmark.measure(benchmark.ours(lang), gold).score.f1
    theirs = benchmark.measure(benchmark.sentencizer(lang), gold).score.f1
    assert ours > theirs
    assert ours >= GOLDEN[name] - 0.003
