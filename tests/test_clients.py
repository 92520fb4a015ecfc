"""Real programs take what the writers write: xmllint, OmegaT, pandas."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from aligner.records import (
    PAIR_COLUMNS,
    Alignment,
    Document,
    Link,
    Pair,
    Paragraph,
    Provenance,
    SegmentedDocument,
    Sentence,
    Span,
)
from aligner.writers.files import WriteOptions, write
from aligner.writers.tsv import escaped

SHARED = Path(__file__).parents[1] / ".." / "shared"
OPTIONS = WriteOptions(version="0.1.0", created="20261124T000000Z")
MADE_BY = Provenance('R&D "notes" <1>.md', "заметки.md", "en", "ru", "toy", "enc:toy|v:0.1.0")

TEXTS = [
    ('"It\'s late," he said.', "«Уже поздно», — сказал он."),
    ("AT&T sold 5 < 6 > 4 & more.", "AT&T продала 5 < 6 > 4 и др."),
    ("Literally &amp; and &lt;b&gt; &#160;", "Буквально &amp; и &lt;b&gt; &#160;"),
    ("]]> <!-- no comment --> <?no pi?>", "]]> <!-- не комментарий --> <?нет?>"),
    ("O’Brien’s “quotes” — and 'these'", "О’Брайен: „лапки“ и «ёлочки» — 'эти'"),
    ("It weighs 1,250.5 kg.", "Весит 1\u00a0250,5\u202fкг."),
    ("Non\u00a0breaking here.", "Неразрывный\u00a0пробел."),
    ("Mr. Smith left. He was 1.5 m tall.", "Г-н Смит ушёл. Ростом он был 1,5 м."),
    (r"C:\temp\new\n %s {0} $1", r"C:\темп\новый\n %s {0} $1"),
    ("Emoji 😀 and café.", "Эмодзи 😀 и ударе\u0301ние."),
    ("Same.", "То же."),
]


def pairs_of(texts):
    return [
        Pair(src, tgt, Span(n, n + bool(src)), Span(n, n + bool(tgt)), 0.5, 0.5, MADE_BY)
        for n, (src, tgt) in enumerate(texts)
    ]


def program(name):
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


def shared(path):
    if not (SHARED / path).exists():
        pytest.skip(f"../shared/{path} is not here")
    return SHARED / path


def gold_texts(name, count):
    """Gold pairs of a real set with an empty side where the gold has one."""
    texts = []
    with open(shared(f"eval/{name}.jsonl"), encoding="utf-8") as stream:
        for document in map(json.loads, stream):
            for src, tgt in document["links"]:
                src_text = " ".join(document["en"][i] for i in src)
                texts.append((src_text, " ".join(document["ru"][j] for j in tgt)))
    return texts[:count]


@pytest.mark.parametrize(
    "texts", [TEXTS, [], [("Only.", ""), ("", "Только."), ("\x01a", "\ufffeб")]]
)
def test_xmllint_finds_the_tmx_valid(tmp_path, texts):
    path, dtd = tmp_path / "pairs.tmx", shared("formats/tmx14.dtd")
    write(pairs_of(texts), path, OPTIONS)
    command = [program("xmllint"), "--noout", "--nonet", "--dtdvalid", str(dtd), str(path)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    # xmllint passes `lang` where TMX 1.4 wants `xml:lang`
    assert re.findall(r"<tuv (\S+)=", path.read_text(encoding="utf-8")) == ["xml:lang"] * sum(
        bool(text) for row in texts for text in row
    )


PROJECT = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat><project version="1.0">
<source_dir>__DEFAULT__</source_dir><target_dir>__DEFAULT__</target_dir>
<tm_dir>__DEFAULT__</tm_dir><glossary_dir>__DEFAULT__</glossary_dir>
<glossary_file>__DEFAULT__</glossary_file><dictionary_dir>__DEFAULT__</dictionary_dir>
<source_lang>{src}</source_lang><target_lang>{tgt}</target_lang>
<sentence_seg>false</sentence_seg>
<support_default_translations>true</support_default_translations>
<remove_tags>false</remove_tags>
</project></omegat>
"""


@pytest.fixture
def omegat(tmp_path):
    """Has OmegaT translate paragraphs by a TMX alone; gives the result and its log."""
    command = program("omegat")

    def translate(tmx, paragraphs, src="EN", tgt="RU"):
        project, config = tmp_path / "project", tmp_path / "config"
        for folder in ("source", "target", "omegat", "glossary", "dictionary", "tm/auto"):
            (project / folder).mkdir(parents=True)
        config.mkdir()
        project_file = project / "omegat.project"
        project_file.write_text(PROJECT.format(src=src, tgt=tgt), encoding="utf-8")
        shutil.copy(tmx, project / "tm" / "auto")
        text = "\n\n".join(paragraphs)
        (project / "source" / "text.txt").write_text(text, encoding="utf-8")
        options = ["--mode=console-translate", f"--config-dir={config}"]
        subprocess.run(
            [command, str(project), *options], capture_output=True, check=True, timeout=120,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
        )  # fmt: skip
        log = (config / "logs" / "OmegaT.log").read_text(encoding="utf-8")
        assert "TMXR_INFO_READING_COMPLETE" in log  # it exits with 0 whatever happened
        assert "TF_TM_LOAD_ERROR" not in log
        return (project / "target" / "text.txt").read_text(encoding="utf-8").split("\n\n"), log

    return translate


def test_omegat_translates_by_the_tmx(tmp_path, omegat):
    write(pairs_of(TEXTS), tmp_path / "pairs.tmx", OPTIONS)
    translated, log = omegat(tmp_path / "pairs.tmx", [src for src, _ in TEXTS])
    assert translated == [tgt for _, tgt in TEXTS]
    assert "TMXR_WARNING" not in log


def test_omegat_translates_the_other_way_too(tmp_path, omegat):
    write(pairs_of([*TEXTS, ("Only here.", "")]), tmp_path / "pairs.tmx", OPTIONS)
    paragraphs = [tgt for _, tgt in TEXTS]
    translated, _ = omegat(tmp_path / "pairs.tmx", paragraphs, src="RU", tgt="EN")
    assert translated == [src for src, _ in TEXTS]


def test_omegat_translates_a_real_text_and_leaves_lone_sentences_alone(tmp_path, omegat):
    texts = gold_texts("news_perturbed", 400)
    assert any(not src for src, _ in texts)
    assert any(not tgt for _, tgt in texts)
    write(pairs_of(texts), tmp_path / "pairs.tmx", OPTIONS)
    known = {src: tgt for src, tgt in texts if src and tgt}  # of equal sources the last one wins
    lone = [src for src, tgt in texts if src and not tgt and src not in known]
    translated, _ = omegat(tmp_path / "pairs.tmx", [*known, *lone])
    assert translated == [*known.values(), *lone]


def test_omegat_translates_what_was_cleaned(tmp_path, omegat):
    write(pairs_of([("A\x07 bell", "Зво\x02нок\x0c!")]), tmp_path / "pairs.tmx", OPTIONS)
    translated, _ = omegat(tmp_path / "pairs.tmx", ["A bell"])
    assert translated == ["Звонок !"]


def segmented(lang, texts):
    document = Document(f"a.{lang}.txt", tuple(Paragraph(text) for text in texts), lang)
    spans = [
        Span(start, start + len(text))
        for text, start in zip(texts, document.paragraph_starts(), strict=True)
    ]
    sentences = [Sentence(t, s, n) for n, (t, s) in enumerate(zip(texts, spans, strict=True))]
    return SegmentedDocument(document, tuple(sentences))


def test_pandas_reads_the_tsv_as_the_frame_of_the_alignment(tmp_path):
    pandas = pytest.importorskip("pandas")
    texts = [*TEXTS[:8], ("NA", "null"), ('"', '"a" b'), ("A\u2028B", "В\x85Г\u2029"), ("'", "-5")]
    sides = zip(*texts, strict=True)
    src, tgt = (segmented(lang, side) for lang, side in zip(("en", "ru"), sides, strict=True))
    links = [Link(Span(n, n + 1), Span(n, n + 1), n / 16, 0.5) for n in range(len(texts))]
    alignment = Alignment(src, tgt, tuple(links), MADE_BY)
    write(alignment, tmp_path / "pairs.tsv", OPTIONS)

    frame = pandas.read_csv(tmp_path / "pairs.tsv", sep="\t", keep_default_na=False)
    pandas.testing.assert_frame_equal(frame, alignment.to_frame(), check_exact=True)


@pytest.mark.parametrize("name", ["docs", "prose", "news_perturbed"])
def test_pandas_sees_every_row_of_a_real_text(tmp_path, name):
    pandas = pytest.importorskip("pandas")
    texts = gold_texts(name, 2_000)
    write(pairs_of(texts), tmp_path / "pairs.tsv", OPTIONS)
    frame = pandas.read_csv(tmp_path / "pairs.tsv", sep="\t").fillna("")
    assert list(frame.columns) == list(PAIR_COLUMNS)
    found = list(zip(frame["source"], frame["target"], strict=True))
    assert found == [(escaped(src), escaped(tgt)) for src, tgt in texts]
