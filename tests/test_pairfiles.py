"""Files of pairs aligned again: the same texts, from TMX, TSV, and JSONL."""

import pytest

from aligner.errors import InputError
from aligner.pairfiles import sides
from tests.conftest import ROOT

EXAMPLE = [ROOT / "examples" / f"lighthouse.{lang}.md" for lang in ("en", "ru")]


def written(folder, name, content):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def rows(path):
    lines = path.read_text(encoding="utf-8").split("\n")
    return [line.split("\t")[:3] for line in lines if line]


@pytest.mark.parametrize("suffix", [".tmx", ".tsv", ".jsonl"])
def test_aligned_again_it_is_the_same(aligner, folder, suffix):
    pairs = folder / f"pairs{suffix}"
    assert aligner("align", *EXAMPLE, "-o", pairs, "-o", "first.tsv").exit_code == 0
    result = aligner("align", pairs, "-o", "again.tsv")
    assert result.exit_code == 0
    assert rows(folder / "again.tsv") == rows(folder / "first.tsv")


def test_pairs_that_were_shifted_are_put_right(aligner, folder):
    objects = [
        ("Hello.", "Привет. Ночью шёл снег."),
        ("It snowed at night.", "Поезд уехал в город."),
        ("The train left for the city.", "Кот спит."),
        ("The cat is asleep.", ""),
    ]
    lines = [f'{{"source": "{src}", "target": "{tgt}"}}\n' for src, tgt in objects]
    written(folder, "shifted.jsonl", "".join(lines))
    assert aligner("align", "shifted.jsonl", "-o", "again.tsv").exit_code == 0
    assert rows(folder / "again.tsv")[1:] == [
        ["Hello.", "Привет.", "1-1"],
        ["It snowed at night.", "Ночью шёл снег.", "1-1"],
        ["The train left for the city.", "Поезд уехал в город.", "1-1"],
        ["The cat is asleep.", "Кот спит.", "1-1"],
    ]


TMX = """<?xml version="1.0"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header srclang="{src}" segtype="sentence"/><body>
<tu><tuv xml:lang="DE"><seg>Hallo.</seg></tuv>
    <tuv xml:lang="{src}"><seg>Good <bpt i="1">&lt;b></bpt>night<ept i="1"/>.</seg></tuv>
    <tuv xml:lang="{tgt}"><seg>Спокойной ночи.</seg></tuv></tu>
<tu><tuv xml:lang="{src}"><seg>Only here.</seg></tuv></tu>
</body></tmx>
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("langs", [("en-US", "ru-RU"), ("EN", "RU"), ("en_GB", "ru")])
@pytest.mark.parametrize("name", ["a.tmx", "a.xml"])
def test_foreign_tmx(tmp_path, encoding, langs, name):
    content = TMX.format(src=langs[0], tgt=langs[1]).encode(encoding)
    src, tgt = sides(written(tmp_path, name, content))
    assert [p.text for p in src.paragraphs] == ["Good night.", "Only here."]
    assert [p.text for p in tgt.paragraphs] == ["Спокойной ночи."]


def test_the_direction_of_the_file_is_kept(aligner, folder):
    content = '{"source": "Поезд уехал.", "target": "The train left."}\n'
    written(folder, "a.jsonl", content)
    aligner("align", "a.jsonl", "-o", "kept.tsv")
    assert rows(folder / "kept.tsv")[1] == ["Поезд уехал.", "The train left.", "1-1"]
    aligner("align", "a.jsonl", "-o", "turned.tsv", "--source", "en")
    assert rows(folder / "turned.tsv")[1] == ["The train left.", "Поезд уехал.", "1-1"]


@pytest.mark.parametrize(
    "content", ["Hello.\tПривет.\n", "source\ttarget\nHello.\tПривет.\n", "# Hi"]
)
def test_what_is_no_file_of_pairs(tmp_path, content):
    assert sides(written(tmp_path, "a.tsv", content)) is None


BAD = [
    ("a.jsonl", '{"source": "Hi", "target": ""}\n', r"a\.jsonl: has no pairs with a text on both"),
    ("a.jsonl", '{"source": "Hi"}\n', r"a\.jsonl, line 1: no text in 'target'"),
    ("a.jsonl", "nonsense\n", r"a\.jsonl, line 1: not JSON"),
    ("a.tmx", "nonsense\n", r"a\.tmx: not well-formed XML"),
    ("a.tmx", '<!DOCTYPE tmx [<!ENTITY a "b">]><tmx version="1.4"><header srclang="en"/><body>'
     '<tu><tuv xml:lang="en"><seg>&a;</seg></tuv></tu></body></tmx>',
     r"a\.tmx, line 1: the entity &a; is not resolved, for safety"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "message"), BAD)
def test_bad_files_of_pairs(tmp_path, name, content, message):
    with pytest.raises(InputError, match=message):
        sides(written(tmp_path, name, content))
