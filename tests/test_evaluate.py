"""Scores by the field's rules, and the files they are read from."""

import importlib.util
import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.errors import InputError
from aligner.evaluate import collapse, evaluate_files, score
from aligner.linkfiles import read_documents, read_links
from aligner.records import Counts, Pair, Span
from aligner.writers.files import WriteOptions, write

EVAL = Path(__file__).parents[1] / ".." / "shared" / "eval"
SETS = ["bible", "docs", "drama", "news", "news_perturbed", "prose"]


def links(text):
    """Links from their short form. Example: "0:0 1,2:1 3:" """
    return [
        tuple(tuple(int(i) for i in side.split(",") if i) for side in link.split(":"))
        for link in text.split()
    ]


def counts(scores):
    """Right and total: strict P, strict R, lax P, lax R."""
    return [
        (c.right, c.total)
        for s in (scores.strict, scores.lax)
        for c in (s.precision_counts, s.recall_counts)
    ]


CASES = [  # gold, test, strict P, strict R, lax P, lax R
    ("0:0 1:1", "0:0 1:1", (2, 2), (2, 2), (2, 2), (2, 2)),
    ("0:0 1:1 2:2", "0,1:0,1 2:2", (1, 2), (1, 3), (2, 2), (3, 3)),
    ("0:0 1: :1", "0:0 1:1", (1, 2), (1, 1), (1, 2), (1, 1)),
    ("0:0 1:1", "0:0 1: :1", (1, 3), (1, 2), (1, 3), (1, 2)),
    ("0:0 1: :1", "0:0 1: :1", (3, 3), (1, 1), (3, 3), (1, 1)),
    ("0:0 1:1", "0:1 1:0", (0, 2), (0, 2), (0, 2), (0, 2)),
    ("0:0 0:0", "0:0", (1, 1), (1, 1), (1, 1), (1, 1)),
    ("0:0 :", "0:0 : 1:", (1, 2), (1, 1), (1, 2), (1, 1)),
    ("0,2:0 1:1", "0:0 1:1 2:", (1, 3), (1, 2), (2, 3), (2, 2)),
    ("", "0:0", (0, 1), (0, 0), (0, 1), (0, 0)),
    ("0:0", "", (0, 0), (0, 1), (0, 0), (0, 1)),
    ("", "", (0, 0), (0, 0), (0, 0), (0, 0)),
]


@pytest.mark.parametrize(("gold", "test", "sp", "sr", "lp", "lr"), CASES)
def test_counts(gold, test, sp, sr, lp, lr):
    assert counts(score([links(gold)], [links(test)])) == [sp, sr, lp, lr]


def test_counts_are_summed_over_documents():
    scores = score([links("0:0"), links("0:0 1:1 2:2")], [links("0:0"), links("0:0 1,2:1,2")])
    assert scores.strict.precision_counts == Counts(2, 3)
    assert scores.strict.recall_counts == Counts(2, 4)
    assert scores.strict.f1 == pytest.approx(2 * (2 / 3) * (2 / 4) / (2 / 3 + 2 / 4))


COLLAPSES = [
    ("0,1:0,1 2:2", "0:0 1:1 2:2", "2:2 0,1:0,1"),
    ("0,1:0,1 2:2", "0:0 1: :1 2:2", "2:2 0,1:0,1"),
    ("0,1:0,1 2:2", "0:0 1,2:1,2", "1,2:1,2 0:0"),  # across the row's end: left as it is
    ("0,1:0,1", "0:0 1:", "0:0 1:"),  # a sentence of the row is missing
    ("0,1:0", "0:0 1:", "0:0 1:"),  # one side has one sentence: no licence to split
    ("0,1:0,1 2,3:2,3", "2:2 3:3 0:0 1:1", "2,3:2,3 0,1:0,1"),
]


@pytest.mark.parametrize(("gold", "test", "joined"), COLLAPSES)
def test_links_that_tile_a_gold_row_are_joined(gold, test, joined):
    assert collapse(links(gold), links(test)) == links(joined)


@pytest.fixture(scope="module")
def field_script():
    path = EVAL / "score_links.py"
    if not path.exists():
        pytest.skip("the field's script lies in ../shared, which is not here")
    spec = importlib.util.spec_from_file_location("score_links", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def flat(scores):
    """Our scores in the script's words."""
    return {
        f"{measure}_{name}": getattr(getattr(scores, name), measure)
        for name in ("strict", "lax")
        for measure in ("precision", "recall", "f1")
    }


def perturbed(gold, rng):
    """Links as an aligner could give them: some merged, split, emptied or shifted."""
    found = []
    for src, tgt in gold:
        roll = rng.random()
        if roll < 0.1 and found:
            found[-1] = (found[-1][0] + list(src), found[-1][1] + list(tgt))
        elif roll < 0.2:
            found += [(list(src), []), ([], list(tgt))]
        elif roll < 0.4 and len(src) > 1 and len(tgt) > 1:
            found += [(src[:1], tgt[:1]), (src[1:], tgt[1:])]
        elif roll < 0.5 and found:
            found[-1], last = (found[-1][0], list(tgt)), found[-1][1]
            found.append((list(src), last))
        else:
            found.append((list(src), list(tgt)))
    return [(s, t) for s, t in found if s or t]


@pytest.mark.parametrize("name", SETS)
def test_scores_equal_those_of_the_fields_script(field_script, tmp_path, name):
    rng = random.Random(7)
    with open(EVAL / f"{name}.jsonl", encoding="utf-8") as stream:
        documents = [json.loads(line) for line in stream]
    golds = [document["links"] for document in documents]
    tests = [perturbed(gold, rng) for gold in golds]
    path = tmp_path / "test.jsonl"
    lines = [
        json.dumps({"doc": d["doc"], "links": t}) for d, t in zip(documents, tests, strict=True)
    ]
    path.write_text("\n".join(lines), encoding="utf-8")

    joined = [field_script.collapse(g, t) for g, t in zip(golds, tests, strict=True)]
    expected = field_script.score(golds, joined)
    assert 0 < expected["f1_strict"] < expected["f1_lax"] < 1
    assert flat(evaluate_files(EVAL / f"{name}.jsonl", path)) == expected


SIDE = st.lists(st.integers(0, 4), max_size=3, unique=True).map(sorted).map(tuple)
LINKS = st.lists(st.tuples(SIDE, SIDE), max_size=5)


@given(gold=LINKS, test=LINKS)
def test_any_links_score_as_by_the_fields_script(field_script, gold, test):
    assert flat(score([gold], [test])) == field_script.score([gold], [test])
    joined = field_script.collapse(gold, test)
    assert collapse(gold, test) == [(tuple(s), tuple(t)) for s, t in joined]


@pytest.fixture
def file(tmp_path):
    def make(name, content):
        (tmp_path / name).write_text(content, encoding="utf-8", newline="")
        return tmp_path / name

    return make


LINE_FILES = [
    ("[0]:[0]\n[1, 2]:[1]\n[]:[2]\n", "0:0 1,2:1 :2"),
    ("[0]:[0]:0.123\n[1]:[]:-1e-3\n", "0:0 1:"),  # Vecalign's costs
    ("\ufeff[0]:[0]\r\n\r\n [1,2] : [ 1 ] \r\n", "0:0 1,2:1"),
    ("[0]:[0]", "0:0"),
    ("", ""),
]


@pytest.mark.parametrize(("content", "expected"), LINE_FILES)
def test_link_lines(file, content, expected):
    assert read_links(file("links.txt", content)) == links(expected)


@pytest.mark.parametrize(
    "line",
    ["0:0", "[0]", "[0] [1]", "[a]:[0]", "[-1]:[0]", "[0]:[0]:0.1:2 3", "[1.5]:[0]", "[٣]:[0]"],
)
def test_lines_that_are_no_links(file, line):
    path = file("links.txt", f"[0]:[0]\n{line}\n")
    with pytest.raises(InputError, match=r"links\.txt, line 2: not a link: .* looks like \[0\]:"):
        read_links(path)


def document(name, short, **more):
    return json.dumps({"doc": name, "links": links(short), **more}) + "\n"


def test_documents_are_matched_by_name(file):
    gold = file("gold.jsonl", document("a", "0:0") + document("b", "0:0 1:1"))
    test = file("test.jsonl", document("b", "0:0 1:1") + document("a", "0:0"))
    assert evaluate_files(gold, test).strict.f1 == 1.0


def test_lines_and_a_single_document_go_together(file):
    gold = file("gold.jsonl", document("a", "0,1:0,1 2:2", en=["a"] * 3, ru=["б"] * 3))
    test = file("test.txt", "[0]:[0]\n[1]:[1]\n[2]:[2]\n")
    assert evaluate_files(gold, test).strict.f1 == 1.0
    assert evaluate_files(test, test).strict.precision_counts == Counts(3, 3)


def test_pairs_that_were_written_can_be_scored(file, tmp_path):
    gold = file("gold.txt", "[0, 1]:[0]\n[2]:[1]\n")
    pairs = [
        Pair("A. B.", "АБ.", Span(0, 2), Span(0, 1), 0.5, 0.5),
        Pair("C.", "", Span(2, 3), Span(1, 1), 0.0, 0.5),
    ]
    write(pairs, tmp_path / "pairs.jsonl", WriteOptions("0.1.0"))
    scores = evaluate_files(gold, tmp_path / "pairs.jsonl")
    assert scores.strict.precision_counts == Counts(1, 2)
    assert scores.strict.recall_counts == Counts(1, 2)


A, B = document("a", "0:0"), document("b", "0:0")
MISMATCHES = [
    (A + B, A, r"test: no links for b; both files need the same documents"),
    (A, A + B, r"test: unknown to .*gold: b"),
    (A + B, A + B + B, "test: twice: b"),
    (A + B, "[0]:[0]\n", "test: no links for a, b"),
    (A, "", "test: no links in it; is it the right file"),
    (A, "hello\n", "test, line 1: neither a JSON object nor a link"),
    (A, '"links"\n', "test, line 1: neither a JSON object nor a link"),
    (A, '{"doc": "a"}\n', 'test, line 1: neither "links" nor positions'),
    (A, '{"doc": "a", "links": 5}\n', 'test, line 1: no list "links"'),
    (A, '{"doc": "a", "links": [[[0], 1]]}\n', r"line 1: not a link: \[\[0\], 1\]; a link looks"),
    (A, '{"doc": "a", "links": [[[-1], [1]]]}\n', "not a link"),
    (A, '{"doc": "a", "links": [[[true], [1]]]}\n', "not a link"),
    (
        document("a", "0:0", en=["a"], ru=["б"]),
        document("a", "1:1"),
        "test: a: sentence 1 on the first side, but the gold text has 1, 0 to 0; .*count from 0",
    ),
    (document("a", "0:3", en=["a"], ru=["б"]), A, "gold: a: sentence 3 on the second side"),
]


@pytest.mark.parametrize(("gold", "test", "message"), MISMATCHES)
def test_files_that_do_not_belong_together(file, gold, test, message):
    with pytest.raises(InputError, match=message):
        evaluate_files(file("gold", gold), file("test", test))


def test_missing_and_unreadable_files(tmp_path):
    with pytest.raises(InputError, match=r"none: cannot be read \(No such file"):
        read_documents(tmp_path / "none")
    (tmp_path / "odd").write_bytes(b"[0]:[0]\n\xff\xfe\n")
    with pytest.raises(InputError, match="not UTF-8"):
        read_documents(tmp_path / "odd")
