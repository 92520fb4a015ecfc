"""Decisions carried back: what was accepted stays, what was rejected goes, texts stay edited."""

import json
import re
from dataclasses import replace

import pytest
from browsing import MADE_BY, pairs_of
from conftest import ROOT, ToyEncoder
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.applying import apply, apply_files
from aligner.pipeline import Options, align_sentences
from aligner.readers.marks import Mark, read_marks
from aligner.records import Pair, Span
from aligner.review.decisions import Decision, Decisions, Verdict
from aligner.review.rows import Piece, fingerprint
from aligner.reviewing import read_pairs
from aligner.writers.files import WriteOptions, write
from aligner.writers.jsonl import read_jsonl
from aligner.writers.tmx_reading import read_tmx

TOY = Options(encoder=ToyEncoder())
EN = ["Night.", "The train and the snow.", "A letter to my brother.", "Hello, doctor!", "The sea."]
RU = ["Ночь.", "Поезд и снег.", "Письмо брату.", "Здравствуйте, доктор!", "Море."]
NIGHT = [(src, tgt, 0.9) for src, tgt in zip(EN, RU, strict=True)]


def decided(*decisions, ignored=()):
    return Decisions(
        tuple(Decision(Span(*pairs), tuple(verdicts)) for pairs, *verdicts in decisions), ignored
    )


def made(state, src, tgt):
    return Verdict(state, (tuple(map(Piece, src)), tuple(map(Piece, tgt))))


def applied(pairs, *decisions, options=TOY):
    return apply(pairs, decided(*decisions), "anna", options)


def texts(result):
    return [(pair.src, pair.tgt, pair.kind) for pair in result.pairs]


ALL_1_1 = [(src, tgt, "1-1") for src, tgt in zip(EN, RU, strict=True)]


def test_without_decisions_nothing_changes_that_the_search_would_not():
    result = applied(pairs_of(NIGHT))
    assert texts(result) == ALL_1_1
    assert (result.accepted, result.by_hand, result.rejected, result.new_links) == (0, 0, 0, 0)
    assert result.confirmed == ()


def test_an_accepted_link_is_kept_and_confirmed_even_if_it_is_wrong(use):
    wrong = [("Night.", "", 0.5), ("The train and the snow.", "Ночь.", 0.2)]
    wrong += [("", "Поезд и снег.", 0.5), *NIGHT[2:]]
    result = applied(pairs_of(wrong), ((1, 2), Verdict("accepted")), options=Options(encoder=use))
    assert texts(result)[:2] == [("Night.", "", "1-0"), ("The train and the snow.", "Ночь.", "1-1")]
    for side, sentences in ((0, EN), (1, RU)):  # the rest is aligned anew; nothing is lost
        assert " ".join(row[side] for row in texts(result) if row[side]) == " ".join(sentences)
    others = len(result.pairs) - 2
    assert [pair.confirmed_by for pair in result.pairs] == ["", "anna"] + [""] * others
    assert result.pairs[1].probability == 1.0
    assert result.confirmed == (result.pairs[1],)


def test_the_rest_is_aligned_around_what_was_accepted(use):
    shifted = [
        ("Night.", "", 0.5),
        ("The train and the snow.", "Ночь.", 0.2),
        ("A letter to my brother.", "Поезд и снег.", 0.2),
        ("", "Письмо брату.", 0.3),
        *NIGHT[3:],
    ]
    result = applied(pairs_of(shifted), ((4, 5), Verdict("accepted")), options=Options(encoder=use))
    assert texts(result) == ALL_1_1
    assert result.new_links == 3


def test_a_rejected_link_is_not_found_again(use):
    options = Options(encoder=use)
    result = applied(pairs_of(NIGHT), ((2, 3), Verdict("rejected")), options=options)
    assert (EN[2], RU[2], "1-1") not in texts(result)
    assert (result.rejected, result.unavoidable) == (1, 0)
    assert " ".join(pair.src for pair in result.pairs if pair.src) == " ".join(EN)
    assert " ".join(pair.tgt for pair in result.pairs if pair.tgt) == " ".join(RU)


def test_a_rejected_link_between_accepted_ones_becomes_two_texts_without_a_partner(use):
    around = [((1, 2), Verdict("accepted")), ((2, 3), Verdict("rejected"))]
    around.append(((3, 4), Verdict("accepted")))
    result = applied(pairs_of(NIGHT), *around, options=Options(encoder=use))
    assert texts(result)[2:4] == [(EN[2], "", "1-0"), ("", RU[2], "0-1")]


def test_a_rejected_omission_finds_a_partner_or_is_reported(use):
    table = [*NIGHT[:2], (EN[2], "", 0.9), *NIGHT[3:]]
    result = applied(pairs_of(table), ((2, 3), Verdict("rejected")), options=Options(encoder=use))
    assert (EN[2], "", "1-0") not in texts(result)
    fixed = [((at, at + 1), Verdict("accepted")) for at in (1, 3)]
    decisions = [fixed[0], ((2, 3), Verdict("rejected")), fixed[1]]
    result = applied(pairs_of(table), *decisions, options=Options(encoder=use))
    assert (EN[2], "", "1-0") in texts(result)
    assert result.unavoidable == 1


BY_HAND = [  # what stands in the place of pairs 1 to 2: both sides of each row, kinds
    ([([EN[1], EN[2]], [RU[1], RU[2]])], ["2-2"]),
    ([([EN[1], EN[2]], [RU[1]]), ([], [RU[2]])], ["2-1", "0-1"]),
    ([([EN[1]], []), ([EN[2]], []), ([], [RU[1]]), ([], [RU[2]])], ["1-0", "1-0", "0-1", "0-1"]),
    ([(["The train", "and the snow."], [RU[1]]), ([EN[2]], [RU[2]])], ["2-1", "1-1"]),
    ([(["Edited."], ["Правлено."]), ([EN[2]], [RU[2]])], ["1-1", "1-1"]),
    ([([*"abcdef"], [*"абвгде"])], ["6-6"]),  # more than the search ever links
    ([([EN[1]], [RU[1]])], ["1-1"]),  # the others were deleted
]


@pytest.mark.parametrize(("rows", "kinds"), BY_HAND)
@pytest.mark.parametrize("state", ["open", "accepted"])
def test_what_was_made_by_hand_stays(rows, kinds, state):
    verdicts = [made(state, src, tgt) for src, tgt in rows]
    result = applied(pairs_of(NIGHT), ((1, 3), *verdicts))
    middle = result.pairs[1 : 1 + len(rows)]
    assert [(pair.src, pair.tgt, pair.kind) for pair in middle] == [
        (" ".join(src), " ".join(tgt), kind) for (src, tgt), kind in zip(rows, kinds, strict=True)
    ]
    assert [pair.confirmed_by for pair in middle] == ["anna" * (state == "accepted")] * len(rows)
    assert len(result.pairs) == 3 + len(rows)
    for before, after in zip(result.pairs, result.pairs[1:], strict=False):
        assert (before.src_span.stop, before.tgt_span.stop) == (
            after.src_span.start,
            after.tgt_span.start,
        )


def test_a_text_keeps_its_own_spaces_and_breaks_if_nobody_changed_it():
    text = "Night.  Train\nand snow."
    several = [Pair(text, "Ночь.", Span(0, 2), Span(0, 1), 0.5, 0.9, MADE_BY)]
    assert applied(several, ((0, 1), Verdict("accepted"))).pairs[0].src == text
    single = [replace(several[0], src_span=Span(0, 1))]
    assert applied(single).pairs[0].src == text


def test_texts_that_are_not_neighbors_are_aligned_each_by_itself():
    pairs = pairs_of(NIGHT)
    gap = [*pairs[:2], *pairs[3:]]
    result = applied(gap, ((1, 2), Verdict("accepted")))
    assert [pair.src_span.start for pair in result.pairs] == [0, 1, 3, 4]
    names = [replace(pair, provenance=replace(MADE_BY, src_name=pair.src)) for pair in pairs]
    assert [pair.provenance.src_name for pair in applied(names).pairs] == EN


def test_a_text_without_the_other_one():
    pairs = pairs_of([("Night.", "", 0.9), ("Snow.", "", 0.9)])
    assert texts(applied(pairs, ((0, 1), Verdict("accepted")))) == [
        ("Night.", "", "1-0"),
        ("Snow.", "", "1-0"),
    ]


def test_confirmed_before_stays_confirmed_by_the_same_person():
    pairs = [replace(pair, confirmed_by="ivan") for pair in pairs_of(NIGHT)]
    result = applied(pairs, ((0, 1), Verdict("open")), ((1, 2), made("accepted", ["A."], ["А."])))
    assert [pair.confirmed_by for pair in result.pairs] == ["", "anna", "ivan", "ivan", "ivan"]


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_any_decisions_keep_every_sentence_and_every_fixed_link(data):
    count = data.draw(st.integers(1, 7))
    words = ["Night.", "Train.", "Snow.", "Letter.", "Ночь.", "Поезд."]
    text = st.lists(st.sampled_from(words), max_size=3)
    table = [(data.draw(text), data.draw(text)) for _ in range(count)]
    pairs = pairs_of([("|".join(src), "|".join(tgt), 0.5) for src, tgt in table if src or tgt])
    states = [data.draw(st.sampled_from(["open", "accepted", "rejected", None])) for _ in pairs]
    decisions = [((at, at + 1), Verdict(state)) for at, state in enumerate(states) if state]
    result = applied(pairs, *decisions)
    for side in ("src", "tgt"):
        before = " ".join(filter(None, (getattr(pair, side) for pair in pairs)))
        assert " ".join(filter(None, (getattr(pair, side) for pair in result.pairs))) == before
    kept = [(pair.src_span, pair.tgt_span) for pair in result.pairs if pair.confirmed_by]
    assert [
        (pair.src_span, pair.tgt_span)
        for pair, state in zip(pairs, states, strict=True)
        if state == "accepted" and pair.src and pair.tgt
    ] == [spans for spans in kept if len(spans[0]) and len(spans[1])]


def test_barred_links_count_on_the_whole_text(use):
    options = Options(encoder=use, barred=[((2,), (2,)), ((9,), (9,))])
    links = align_sentences(EN, RU, options).links
    assert all((tuple(link.src), tuple(link.tgt)) != ((2,), (2,)) for link in links)
    turned = align_sentences(RU, EN, options).links
    assert [(link.tgt, link.src) for link in turned] == [(link.src, link.tgt) for link in links]


def test_long_texts_bar_a_link_that_the_band_takes_for_certain(use):
    en = [f"{word} {number}." for number, word in enumerate(["Night", "Train", "Letter"] * 30)]
    ru = [f"{word} {number}." for number, word in enumerate(["Ночь", "Поезд", "Письмо"] * 30)]
    options = Options(encoder=use, barred=[((45,), (45,))])
    links = align_sentences(en, ru, options).links
    assert ((45,), (45,)) not in [(tuple(link.src), tuple(link.tgt)) for link in links]
    assert sum(link.kind == "1-1" for link in links) >= 85


@pytest.mark.parametrize(("suffix", "read"), [("tmx", read_tmx), ("jsonl", read_jsonl)])
def test_who_confirmed_a_pair_is_written_and_read(tmp_path, suffix, read):
    pairs = pairs_of(NIGHT)
    pairs[1] = replace(pairs[1], confirmed_by="Анна & Ко")
    write(pairs, tmp_path / f"x.{suffix}", WriteOptions("0"))
    assert list(read(tmp_path / f"x.{suffix}")) == pairs
    text = (tmp_path / f"x.{suffix}").read_text(encoding="utf-8")
    assert text.count("confirmed") == 1  # nothing is said about the others


def decisions_file(path, pairs, decisions, ignored=()):
    content = {"format": "aligner-decisions", "version": 1, "content": fingerprint(pairs)}
    content |= {"pairs": len(pairs), "decisions": decisions, "ignored": list(ignored)}
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def test_apply_on_the_command_line(aligner, folder):
    aligner("align", "night.en.txt", "night.ru.txt", "-o", "n.tsv", "-o", "n.html")
    assert (folder / "n.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    pairs = read_pairs(folder / "n.tsv")
    ignored = [{"pair": 1, "check": "numbers", "source": "8:47", "target": "8:57"}]
    accepted = [{"pairs": [1, 2], "rows": [{"state": "accepted"}]}]
    decisions_file(folder / "d.json", pairs, accepted, ignored)
    result = aligner(
        "apply", "n.tsv", "d.json", "-o", "out.tmx", "--by", "Анна", "--ignore", "ignore.tsv"
    )
    assert result.exit_code == 0
    assert result.stderr == (
        "4 pairs: 1 accepted, 0 changed by hand, 0 rejected; 0 found anew\n"
        "1 of 1 ignored findings new in the file\n"
    )
    assert [pair.confirmed_by for pair in read_tmx(folder / "out.tmx")] == ["", "Анна", "", ""]
    assert list(read_marks(folder / "ignore.tsv")) == [Mark("numbers", "8:47", "8:57")]
    result = aligner("apply", "n.tsv", "d.json")
    assert result.stdout.count("\n") == 5
    assert "1 ignored findings not remembered: give a file with --ignore" in result.stderr
    assert apply_files(folder / "n.tsv", folder / "d.json", "x").accepted == 1


def test_decisions_on_other_pairs_on_the_command_line(aligner, folder):
    aligner("align", "night.en.txt", "night.ru.txt", "-o", "n.tsv")
    decisions_file(folder / "d.json", pairs_of(NIGHT), [])
    result = aligner("apply", "n.tsv", "d.json", "-o", "out.tmx")
    assert result.exit_code == 2
    assert result.stderr.startswith("error: d.json: made on other pairs (5 then, 4 now, or other")
    assert result.stderr.count("\n") == 1
    assert not (folder / "out.tmx").exists()


def test_review_on_the_command_line(aligner, folder):
    aligner("align", "night.en.txt", "night.ru.txt", "-o", "n.tmx", "-o", "a.html")
    result = aligner("review", "n.tmx")
    assert (result.exit_code, result.stderr) == (0, "n.html: open it in a browser\n")
    assert "8:47" in (folder / "n.html").read_text(encoding="utf-8")
    assert aligner("review", "n.tmx", "-o", "b.html", "-q").stderr == ""
    assert (folder / "b.html").read_bytes() != b""
    for arguments, message in [
        (["n.tmx", "-o", "n.pdf"], "error: n.pdf: a review page is HTML; end its name in .html\n"),
        (["n.docx"], "error: n.docx: pairs are read from .tsv, .tmx, .jsonl, .csv; give"),
        (["n.tmx", "-o", "no/n.html"], "error: no/n.html: cannot be written: the folder does not"),
    ]:
        result = aligner("review", *arguments)
        assert result.exit_code == 2
        assert result.stderr.startswith(message)


def test_a_page_has_the_probable_pairs_only_if_that_is_asked_for(aligner, folder):
    night = [ROOT / "examples" / f"night-train.{lang}.txt" for lang in ("en", "ru")]
    aligner("align", *night, "-o", "all.html")
    aligner("align", *night, "-o", "some.html", "--min-probability", "0.99")
    whole, some = (
        json.loads(re.search(r'id="data">(.*?)</script>', (folder / name).read_text("utf-8"))[1])
        for name in ("all.html", "some.html")
    )
    sure = [row for row in whole["rows"] if row[5][1] >= 0.99]
    assert len(some["rows"]) == len(sure) < len(whole["rows"])
