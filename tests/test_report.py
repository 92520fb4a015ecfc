"""Summaries and tables in words."""

import pytest

from aligner.records import (
    Alignment,
    Counts,
    Document,
    Link,
    Paragraph,
    Provenance,
    Score,
    Scores,
    SegmentedDocument,
    Sentence,
    Span,
)
from aligner.report import excerpt, scores_table, summary
from aligner.writers.files import WriteOptions

MADE = Provenance(settings="enc:toy|max_size:6|v:0.1.0")


def side(name, lang, sentences, left_out=None):
    records, start = [], 0
    for text in sentences:
        records.append(Sentence(text, Span(start, start + len(text)), 0))
        start += len(text) + 1
    document = Document(name, (Paragraph(" ".join(sentences)),), lang, left_out or {})
    return SegmentedDocument(document, tuple(records))


def links(*kinds_and_probabilities):
    """Links from "2-1 0.5": how many sentences on each side, and the probability."""
    result, i, j = [], 0, 0
    for item in kinds_and_probabilities:
        kind, probability = item.split()
        a, b = map(int, kind.split("-"))
        result.append(Link(Span(i, i + a), Span(j, j + b), 0.5, float(probability)))
        i, j = i + a, j + b
    return tuple(result)


def alignment(*kinds_and_probabilities, left_out=None):
    made = links(*kinds_and_probabilities)
    src = side("a.en.txt", "en", [f"Sentence {i + 1}." for i in range(made[-1].src.stop)], left_out)
    tgt = side("a.ru.txt", "ru", [f"Фраза {j + 1}." for j in range(made[-1].tgt.stop)])
    return Alignment(src, tgt, made, MADE)


def test_a_whole_summary():
    result = alignment("1-1 1", "2-1 0.4", "1-0 0.8", "1-1 0.95", "1-2 0.85", left_out={"image": 2})
    assert summary(result, 1.25).split("\n") == [
        "a.en.txt (English): 6 sentences · a.ru.txt (Russian): 5 sentences",
        "links: 2 × 1-1, 1 × 1-2, 1 × 2-1 · 1 omission, 0 additions",
        "left out of a.en.txt: image: 2",
        "look at first (2 pairs below 0.9):",
        "  0.40  2–3/2  Sentence 2. Sentence 3. | Фраза 2.",
        "  0.85  6/4–5  Sentence 6. | Фраза 4. Фраза 5.",
        "enc:toy|max_size:6|v:0.1.0 · 1.2 s",
    ]


@pytest.mark.parametrize(
    ("least", "line"),
    [
        (0.5, "left out below 0.5: 1 pair of 2 + 1 sentences"),
        (0.85, "left out below 0.85: 2 pairs of 3 + 1 sentences"),  # 0.85 itself stays
        (1.0, "left out below 1: 4 pairs of 5 + 4 sentences"),
        (0.1, "left out below 0.1: 0 pairs of 0 + 0 sentences"),
    ],
)
def test_what_is_not_probable_enough_is_counted(least, line):
    result = alignment("1-1 1", "2-1 0.4", "1-0 0.8", "1-1 0.95", "1-2 0.84996")
    written = WriteOptions("0.1.0", min_probability=least)
    assert line in summary(result, 0, written=written).split("\n")


def test_one_of_a_thing_is_not_called_several():
    assert "a.en.txt (English): 1 sentence · a.ru.txt (Russian): 1 sentence" in summary(
        alignment("1-1 1"), 0
    )


def test_thousands_are_marked():
    many = alignment(*["1-1 1"] * 1200)
    assert "(English): 1,200 sentences" in summary(many, 0)


@pytest.mark.parametrize(("verbose", "shown"), [(False, 5), (True, 8)])
def test_how_many_doubtful_pairs_are_shown(verbose, shown):
    result = alignment(*[f"1-1 0.{digit}" for digit in "87654321"])
    lines = summary(result, 0, verbose).split("\n")
    probabilities = [line.split()[0] for line in lines if line.startswith("  0.")]
    assert len(probabilities) == shown
    assert probabilities == sorted(probabilities)  # least probable first
    assert "look at first (8 pairs below 0.9):" in lines


def test_only_verbose_lists_what_has_no_partner():
    result = alignment("1-1 1", "1-0 1", "0-1 1")
    assert summary(result, 0, verbose=True).split("\n")[2:4] == [
        "  omission  2/–  Sentence 2.",
        "  addition  –/2  Фраза 2.",
    ]
    assert "omission  2" not in summary(result, 0)


def test_nothing_linked_and_no_language():
    src, tgt = side("x", "", ["Ja."]), side("y", "", ["Oui."])
    text = summary(Alignment(src, tgt, links("1-0 1", "0-1 1"), MADE), 0)
    assert text.split("\n")[:2] == [
        "x: 1 sentence · y: 1 sentence",
        "links: none · 1 omission, 1 addition",
    ]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("Да.", "Да."),
        ("two\nlines \t of text", "two lines of text"),
        ("x" * 64, "x" * 64),
        ("x" * 65, "x" * 63 + "…"),
        ("слово " * 20, "слово слово слово слово слово слово слово слово слово слово сло…"),
    ],
)
def test_excerpts(text, shown):
    assert excerpt(text) == shown


def test_scores_as_a_table():
    scores = Scores(strict=Score(Counts(3, 4), Counts(1, 2)), lax=Score(Counts(4, 4), Counts(0, 0)))
    assert scores_table(scores) == (
        "        precision               recall                  F1\n"
        "strict  0.7500 (3/4)            0.5000 (1/2)            0.6000\n"
        "lax     1.0000 (4/4)            0.0000 (0/0)            0.0000"
    )
