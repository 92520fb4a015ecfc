"""What is written comes back equal, whatever stands in the text."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.records import PAIR_COLUMNS, Pair, Provenance, Span
from aligner.writers.files import WriteOptions, write
from aligner.writers.jsonl import read_jsonl
from aligner.writers.tmx_reading import read_tmx
from aligner.writers.tsv import escaped, escaped_back, read_tsv, write_tsv

OPTIONS = WriteOptions(version="0.1.0")
MADE_BY = Provenance("chameleon.en.md", "хамелеон.ru.md", "en", "ru", "toy", "enc:toy|v:0.1.0")
READERS = {".tsv": read_tsv, ".tmx": read_tmx, ".jsonl": read_jsonl}

TEXTS = [  # on one line, without edge spaces: as sentences are
    ('He said: "It\'s late."', "Он сказал: «Уже поздно»."),
    ('"Yes," she said.', "— Да, — сказала она."),
    ('"', '""'),
    ("AT&T <b>bold</b> &amp; ]]>", "Маркс & Энгельс &lt;"),
    (r"C:\temp\new\Users \\server", r"\t \n \\ \ "[:-1]),
    ("1,250.50 kg", "1\u00a0250,50\u202fкг"),
    ("Line\u2028separator\x85next", "Разделитель\u2029абзацев"),
    ("NA", "None"),
    ("=SUM(A1)", "-5 °C"),
    ("Emoji 😀, mixed Cлово", "Смешанное cловo, 中文"),
    ("long " * 20_000 + "end", "длинное " * 20_000 + "конец"),
    ("Only English.", ""),
    ("", "Только по-русски."),
]


def numbered(texts, provenance=MADE_BY):
    """Pairs in a row with their positions; an empty text has an empty span."""
    pairs, i, j = [], 0, 0
    for src, tgt in texts:
        src_span, tgt_span = Span(i, i + bool(src)), Span(j, j + bool(tgt))
        i, j = src_span.stop, tgt_span.stop
        pairs.append(Pair(src, tgt, src_span, tgt_span, 0.8125, 0.9, provenance))
    return pairs


def back(pairs, path):
    write(pairs, path, OPTIONS)
    return list(READERS[path.suffix](path))


def without_makers(pairs):
    """What TSV can hold: it has no place for documents and makers."""
    return [replace(pair, provenance=Provenance()) for pair in pairs]


@pytest.mark.parametrize("suffix", [".tmx", ".jsonl"])
def test_pairs_come_back_equal(tmp_path, suffix):
    pairs = numbered(TEXTS)
    assert back(pairs, tmp_path / f"pairs{suffix}") == pairs


def test_pairs_come_back_equal_from_tsv_but_for_their_makers(tmp_path):
    pairs = numbered(TEXTS)
    assert back(pairs, tmp_path / "pairs.tsv") == without_makers(pairs)


@pytest.mark.parametrize("suffix", READERS)
def test_merged_sentences_keep_their_kind_and_places(tmp_path, suffix):
    merged = Pair("A. B.", "А, Б и В.", Span(4, 6), Span(7, 10), 0.5, 0.25, Provenance())
    [found] = back([merged], tmp_path / f"pairs{suffix}")
    assert found == merged
    assert found.kind == "2-3"


@pytest.mark.parametrize("suffix", READERS)
def test_no_pairs_are_no_pairs(tmp_path, suffix):
    assert back([], tmp_path / f"pairs{suffix}") == []


@pytest.mark.parametrize("suffix", READERS)
def test_the_same_pairs_make_the_same_bytes(tmp_path, suffix):
    first, second = tmp_path / f"a{suffix}", tmp_path / f"b{suffix}"
    write(numbered(TEXTS), first, OPTIONS)
    write(READERS[suffix](first), second, OPTIONS)
    assert first.read_bytes() == second.read_bytes()
    assert b"\r" not in first.read_bytes()
    assert not first.read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("suffix", READERS)
def test_scores_are_rounded_so_that_machines_agree(tmp_path, suffix):
    near = [replace(numbered([("a", "б")])[0], score=s, probability=1 / 3) for s in (-1e-9, 2 / 3)]
    assert [(pair.score, pair.probability) for pair in back(near, tmp_path / f"p{suffix}")] == [
        (0.0, 0.3333),
        (0.6667, 0.3333),
    ]
    assert b"-0.0" not in (tmp_path / f"p{suffix}").read_bytes()


# Any character a document can hold: no control characters, no lone surrogates (records.Document).
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1)
SENTENCE = TEXT.map(lambda text: "".join(text.split("\ufffe")).replace("\uffff", "").strip())
PAIRS = st.lists(st.tuples(SENTENCE, SENTENCE).filter(any), max_size=5).map(numbered)


@given(pairs=PAIRS)
def test_any_sentences_come_back_equal(tmp_path_factory, pairs):
    folder = tmp_path_factory.mktemp("any")
    assert back(pairs, folder / "a.tmx") == pairs
    assert back(pairs, folder / "a.jsonl") == pairs
    assert back(pairs, folder / "a.tsv") == without_makers(pairs)


ESCAPES = [
    ("a\tb", r"a\tb"),
    ("a\nb\rc", r"a\nb\rc"),
    (r"C:\Users", r"C:\Users"),
    (r"C:\temp", r"C:\\temp"),
    ("\\\t", r"\\\t"),
    (r"\\x", r"\\\x"),
    ("\\", "\\"),
    (r"\\", r"\\" + "\\"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "written"), ESCAPES)
def test_escapes(text, written):
    assert escaped(text) == written
    assert escaped_back(written) == text


@given(st.text(alphabet="\\tnrx\t\n\r я"))
def test_escaping_loses_nothing_and_leaves_no_break(text):
    assert escaped_back(escaped(text)) == text
    assert not set(escaped(text)) & set("\t\n\r")


@given(st.lists(st.tuples(st.text('"\\tn\u2028\x85 яa\t\n\r'), st.text("\"' \\b,")), max_size=4))
def test_csv_readers_see_the_rows_that_were_written(texts):
    stream = io.StringIO(newline="")
    write_tsv(numbered(texts), stream)
    rows = list(csv.reader(io.StringIO(stream.getvalue(), newline=""), delimiter="\t", strict=True))
    assert tuple(rows[0]) == PAIR_COLUMNS
    assert [(escaped_back(row[0]), escaped_back(row[1])) for row in rows[1:]] == texts


def test_jsonl_lines_say_all_about_their_pair(tmp_path: Path):
    path = tmp_path / "pairs.jsonl"
    write(numbered([("Hi.", "Привет.\u2028Пока.")]), path, OPTIONS)
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) == 1  # U+2028 is escaped: programs that cut there stay right
    assert "Привет" in text
    assert json.loads(text) == {
        "source": "Hi.",
        "target": "Привет.\u2028Пока.",
        "kind": "1-1",
        "score": 0.8125,
        "probability": 0.9,
        "source_start": 0,
        "source_stop": 1,
        "target_start": 0,
        "target_stop": 1,
        "source_document": "chameleon.en.md",
        "target_document": "хамелеон.ru.md",
        "source_lang": "en",
        "target_lang": "ru",
        "encoder": "toy",
        "settings": "enc:toy|v:0.1.0",
    }


def test_file_names_that_are_no_utf_8_do_not_stop_the_writing(tmp_path):
    odd = numbered([("Hi.", "Привет.")], replace(MADE_BY, src_name="\udcff.txt"))
    assert back(odd, tmp_path / "p.jsonl") == odd
    assert back(odd, tmp_path / "p.tmx")[0].provenance.src_name == ".txt"
