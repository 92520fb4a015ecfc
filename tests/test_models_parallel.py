"""Documents made of sentences that translate each other, to learn joins and omissions from."""

import sys
from pathlib import Path

import pytest

from aligner.errors import InputError

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))  # `models` stands beside the package, not in it

from models.training import __main__ as training  # noqa: E402
from models.training.parallel import MADE, WEIGHT, made, parallel_documents  # noqa: E402

SHARED = ROOT.parent / "shared" / "parallel"
PAIRS = [(f"Line {k}.", f"Строка {k}.") for k in range(400)]
TMX = """<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4"><header srclang="en"/><body>{}</body></tmx>"""
UNIT = """<tu tuid="{}:{}"><tuv xml:lang="en"><seg>Line {}.</seg></tuv>
<tuv xml:lang="ru"><seg>Строка {}.</seg></tuv></tu>"""


@pytest.mark.parametrize("name", ["one", "two", "three"])
def test_a_sentence_stands_opposite_its_own_or_opposite_nothing(name):
    document = made("toy", name, 0, PAIRS)
    for src, tgt in document.links:
        lines = [" ".join(document.src[i] for i in src), " ".join(document.tgt[j] for j in tgt)]
        if src and tgt:
            assert lines[0].replace("Line", "Строка") == lines[1]
    assert {(len(src), len(tgt)) for src, tgt in document.links} >= {(1, 1), (1, 2), (2, 1)}
    lines = [" ".join(document.src).count("Line"), " ".join(document.tgt).count("Строка")]
    assert min(lines) > 350  # it leaves little out, and the two sides do not miss the same
    assert len(set(document.src) & {en for en, _ in PAIRS}) < 400  # some are joined


def test_the_rates_differ_and_the_name_decides():
    documents = [made("toy", name, 0, PAIRS) for name in map(str, range(12))]
    alone = [sum(not (src and tgt) for src, tgt in one.links) for one in documents]
    assert min(alone) == 0 < max(alone) < 60
    assert made("toy", "3", 0, PAIRS) == documents[3]


def test_texts_are_kept_apart_and_what_has_no_order_is_passed_over(tmp_path):
    units = [
        UNIT.format(text, k, k, k) for text in ("CMU_1", "PubMed_7", "Wiki_2") for k in range(9)
    ]
    units += [UNIT.format("short", k, k, k) for k in range(3)]
    (tmp_path / "tico19.en-ru.tmx").write_text(TMX.format("".join(units)), encoding="utf-8")
    rows = "".join(f"{en}\t{ru}\n" for en, ru in PAIRS[:130])
    (tmp_path / "flores101_devtest.en-ru.tsv").write_text(rows, encoding="utf-8")
    found = parallel_documents(tmp_path)
    names = ["tico19-0", "tico19-1", "flores-0", "flores-1", "flores-2"]
    assert [one.name for one in found[:5]] == names
    assert [one.name for one in found[5:10]] == [f"{name}+1" for name in names]
    assert " ".join(found[4].src + found[4].tgt).count("Line") == 10
    assert {one.weight for one in found} == {WEIGHT}


def test_without_the_folder_there_is_one_line_that_says_so(tmp_path):
    (tmp_path / "eval").mkdir()
    with pytest.raises(InputError, match=r"parallel: no such folder; name shared/eval with"):
        training.main(["--eval-folder", str(tmp_path / "eval"), "--check"])


@pytest.mark.skipif(not SHARED.is_dir(), reason="no ../shared/parallel here")
def test_the_texts_that_the_model_learns_from():
    found = parallel_documents(SHARED)
    assert {one.set for one in found} == set(MADE)
    assert len(found) > 100
    links = [link for one in found for link in one.links]
    assert 0.02 < sum(not (src and tgt) for src, tgt in links) / len(links) < 0.08
