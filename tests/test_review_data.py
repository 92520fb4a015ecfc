"""What a review page is made of: sentences, stretches, fingerprints, evidence; decisions read."""

import json
import re
from dataclasses import replace

import pytest
from browsing import FINDINGS, MADE_BY, TABLE, page_of, pairs_of

from aligner.errors import InputError
from aligner.readers.marks import Mark
from aligner.records import Pair, Span
from aligner.review.data import Remark, page_data
from aligner.review.decisions import read_decisions
from aligner.review.page import LANGUAGES, SCRIPTS, STYLES, _asset
from aligner.review.rows import Piece, fingerprint, stretches
from aligner.reviewing import read_pairs, rows_of
from aligner.writers.files import WriteOptions, write

OPTIONS = WriteOptions("0")
FORMATS = ["tsv", "tmx", "jsonl"]


def pair(src, tgt, src_span=(0, 1), tgt_span=(0, 1)):
    return Pair(src, tgt, Span(*src_span), Span(*tgt_span), 0.5, 0.9, MADE_BY)


PIECES = [  # a text, how many sentences the file says it has, its pieces
    ("Ушёл. Пришёл.", 2, [("Ушёл.", 1), ("Пришёл.", 1)]),
    ("Ушёл. Пришёл.", 1, [("Ушёл. Пришёл.", 1)]),  # the file knows better
    ("Ушёл и пришёл", 2, [("Ушёл и пришёл", 2)]),  # not told apart: one piece
    ("Он жил в г. Твери. Ушёл.", 3, [("Он жил в г. Твери. Ушёл.", 3)]),
    ("", 0, []),
    ("", 1, [("", 1)]),  # an empty line is a sentence of the file
    ("Да.", 0, [("Да.", 0)]),  # a foreign file may say so
]


@pytest.mark.parametrize(("text", "count", "pieces"), PIECES)
def test_a_text_in_sentences(text, count, pieces):
    (row,) = rows_of([pair("Yes.", text, tgt_span=(0, count))])
    assert row.tgt == tuple(Piece(*piece) for piece in pieces)


def test_stretches_end_where_sentences_are_missing_or_another_text_begins():
    pairs = pairs_of(TABLE)
    assert stretches(pairs) == [0] * 7
    assert stretches([*pairs[:2], *pairs[3:]]) == [0, 0, 1, 1, 1, 1]
    other = replace(MADE_BY, src_name="other.md")
    assert stretches([pairs[0], replace(pairs[1], provenance=other)]) == [0, 1]
    assert stretches([pairs[1], pairs[0]]) == [0, 1]
    assert stretches([]) == []


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_format_keeps_the_fingerprint(tmp_path, suffix):
    odd = [("Tab\t«и» \x0b конец", " края ", 0.5), ("U+2028\u2028x", "ё е\u0308\nстрока", 0.123456)]
    pairs = pairs_of([*TABLE, *odd])
    write(pairs, tmp_path / f"x.{suffix}", OPTIONS)
    assert fingerprint(read_pairs(tmp_path / f"x.{suffix}")) == fingerprint(pairs)


@pytest.mark.parametrize(
    "change",
    [
        {"src": "Night fell!"},
        {"tgt": "Наступила ночь"},
        {"src_span": Span(0, 2)},
        {"tgt_span": Span(1, 1)},
    ],
)
def test_other_pairs_have_another_fingerprint(change):
    first, *others = pairs_of(TABLE)
    assert fingerprint([replace(first, **change), *others]) != fingerprint([first, *others])
    assert fingerprint([replace(first, score=0.1, probability=0.1), *others]) == fingerprint(
        [first, *others]
    )
    assert fingerprint(others) != fingerprint([first, *others])


def test_evidence_is_counted_as_javascript_counts_and_cut_at_sentences():
    made = pair("Да \U0001f642 8:47. Нет.", "Yes.", (0, 2))
    rows = rows_of([replace(made, provenance=replace(MADE_BY, src_lang="ru"))])
    found = Remark(0, "times", "error", "8:47", (Span(5, 14), Span(99, 100)), (Span(0, 3),))
    (finding,) = page_data(rows, [found], "0")["findings"]
    assert finding[4] == [[0, 6, 11], [1, 0, 3]]  # the emoji is two units
    assert finding[5] == [[0, 0, 3]]


def test_languages_are_found_where_a_file_names_none(tmp_path):
    write(pairs_of(TABLE), tmp_path / "x.tsv", OPTIONS)
    (made_by,) = {each.provenance for each in read_pairs(tmp_path / "x.tsv")}
    assert (made_by.src_lang, made_by.tgt_lang) == ("en", "ru")


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("x.docx", "", r"x\.docx: pairs are read from \.tsv, \.tmx, \.jsonl, \.csv; give"),
        ("x.tsv", "source\ttarget\n", r"x\.tsv: no pairs in it"),
        ("x.tsv", "a\tb\n", r"line 1: no column source and target"),
        ("x.tmx", "<tmx>", r"x\.tmx: not well-formed XML"),
    ],
)
def test_pairs_that_cannot_be_read(tmp_path, name, text, message):
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_pairs(tmp_path / name)


def test_both_languages_have_all_words_with_the_same_places():
    words = {lang: json.loads(_asset(f"words.{lang}.json")) for lang in LANGUAGES}
    assert words["en"].keys() == words["ru"].keys()
    for key, english in words["en"].items():
        places = [
            {part.split("}")[0] for part in form.split("{")[1:]}
            for text in (english, words["ru"][key])
            for form in (text.values() if isinstance(text, dict) else [text])
        ]
        assert all(each == places[0] for each in places), key


def test_every_word_is_used_and_every_word_used_is_there():
    words = json.loads(_asset("words.en.json"))
    text = "".join(map(_asset, [*SCRIPTS, "page.html"]))
    families = {"kind", "finding", *re.findall(r"`([a-z.]+)\.\$\{", text)}
    for key in words:
        assert f'"{key}"' in text or any(key.startswith(f"{name}.") for name in families), key
    used = re.findall(r'(?:say|announce|notify)\("([a-z.]+)"|data-(?:word|label)="([a-z.]+)"', text)
    assert {one or other for one, other in used} <= words.keys()


def test_the_parts_of_the_page_make_no_html_and_run_no_strings():
    for name in SCRIPTS:
        text = _asset(name)
        for way in (
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "eval(",
            "new Function",
            "fetch(",
        ):
            assert way not in text, name
    for name in STYLES:
        assert "url(" not in _asset(name)
        assert "@import" not in _asset(name)


def test_two_thousand_real_pairs_make_less_than_two_megabytes():
    from conftest import SHARED

    if not SHARED.is_dir():
        pytest.skip("../shared is not there")
    with open(SHARED / "parallel" / "flores101_devtest.en-ru.tsv", encoding="utf-8") as stream:
        table = [line.rstrip("\n").split("\t")[:2] for line in stream] * 2
    pairs = pairs_of([(src.replace("|", ""), tgt.replace("|", ""), 0.9) for src, tgt in table])
    assert len(pairs) > 2000
    assert len(page_of(pairs[:2000], FINDINGS[:1]).encode()) < 2_000_000


def decisions(pairs, *made, ignored=(), **others):
    content = {"format": "aligner-decisions", "version": 1, "content": fingerprint(pairs)}
    return content | {"pairs": len(pairs), "decisions": list(made), "ignored": ignored} | others


def saved(path, content):
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def one(start, stop, *rows):
    return {"pairs": [start, stop], "rows": list(rows)}


OPEN = {"state": "open", "src": ["Ночь."], "tgt": [{"text": "Night. Dark.", "sentences": 2}]}


def test_decisions_are_read(tmp_path):
    pairs = pairs_of(TABLE)
    ignored = [{"pair": 1, "check": "numbers", "source": "a", "target": "б"}]
    content = decisions(pairs, one(0, 1, {"state": "accepted"}), one(1, 3, OPEN), ignored=ignored)
    found = read_decisions(saved(tmp_path / "d.json", content), pairs)
    first, second = found.decisions
    assert (first.pairs, first.verdicts[0].state) == (Span(0, 1), "accepted")
    assert first.verdicts[0].pieces is None
    assert second.verdicts[0].pieces == ((Piece("Ночь."),), (Piece("Night. Dark.", 2),))
    assert found.ignored == (Mark("numbers", "a", "б"),)


PAIRS = pairs_of(TABLE)
DAMAGED = [
    ("{", r"d\.json: not JSON \(.*\); save the decisions from the page again"),
    ("[]", r"d\.json: not a file of decisions; save one from a review page"),
    ({"format": "other"}, "not a file of decisions"),
    (decisions(PAIRS, version=2), "decisions of version 2, this aligner reads version 1; make"),
    (
        decisions(PAIRS[1:]),
        r"made on other pairs \(6 then, 7 now, or other texts\); give the pairs",
    ),
    (decisions(PAIRS, {"rows": []}), r"damaged \('pairs' is missing\)"),
    (decisions(PAIRS, one(0, 1, {"state": "maybe"})), "no state is called 'maybe'"),
    (decisions(PAIRS, one(0, 2, {"state": "open"})), "no texts for a row of pairs 0 to 2"),
    (decisions(PAIRS, one(6, 8, OPEN)), "pairs 6 to 8 are out of place"),
    (decisions(PAIRS, one(2, 1, OPEN)), "damaged"),
    (decisions(PAIRS, one(-1, 0, OPEN)), "damaged"),
    (decisions(PAIRS, one(0, 2, OPEN), one(1, 3, OPEN)), "pairs 1 to 3 are out of place"),
    (decisions(PAIRS, one(0, 1, OPEN | {"src": [5]})), "damaged"),
    (decisions(PAIRS, one(0, 1, OPEN | {"src": "text"})), "'text' is no list"),
    (decisions(PAIRS, one(0, 1, OPEN | {"src": [{"text": "a", "sentences": -1}]})), "no count"),
    (decisions(PAIRS, ignored=[{"check": "a"}]), r"damaged \('source' is missing\)"),
    (decisions(PAIRS, decisions=None), "damaged"),
]


@pytest.mark.parametrize(("content", "message"), DAMAGED)
def test_decisions_that_do_not_fit_or_are_damaged(tmp_path, content, message):
    with pytest.raises(InputError, match=message):
        read_decisions(saved(tmp_path / "d.json", content), PAIRS)


def test_decisions_over_the_end_of_a_text(tmp_path):
    pairs = [*PAIRS[:2], *PAIRS[3:]]
    path = saved(tmp_path / "d.json", decisions(pairs, one(1, 3, OPEN)))
    with pytest.raises(InputError, match="do not follow one another in one text"):
        read_decisions(path, pairs)


def test_a_missing_file_of_decisions(tmp_path):
    with pytest.raises(InputError, match=r"d\.json: cannot be read"):
        read_decisions(tmp_path / "d.json", PAIRS)
