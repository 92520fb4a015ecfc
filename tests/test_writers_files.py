"""The format from the name, targets checked early, standard output, dates, link lines."""

import contextlib
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from aligner.errors import InputError, OutputError
from aligner.linkfiles import read_links
from aligner.records import (
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
from aligner.writers.dates import creation_date
from aligner.writers.files import WriteOptions, check_target, write
from aligner.writers.tsv import read_tsv

OPTIONS = WriteOptions(version="0.1.0", created="20261124T000000Z")
HEADER = (
    "source\ttarget\tkind\tscore\tprobability\t"
    "source_start\tsource_stop\ttarget_start\ttarget_stop\n"
)


def segmented(name, lang, *texts):
    document = Document(name, tuple(Paragraph(text) for text in texts), lang)
    starts = document.paragraph_starts()
    return SegmentedDocument(
        document,
        tuple(
            Sentence(text, Span(start, start + len(text)), number)
            for number, (text, start) in enumerate(zip(texts, starts, strict=True))
        ),
    )


ALIGNMENT = Alignment(
    segmented("cat.en.md", "en", "A cat.", "It sleeps.", "On a mat."),
    segmented("cat.ru.md", "ru", "Кошка спит.", "Тихо!", "На коврике."),
    (
        Link(Span(0, 2), Span(0, 1), 0.71, 0.9),
        Link(Span(2, 2), Span(1, 2), 0.0, 0.8),
        Link(Span(2, 3), Span(2, 3), 0.83, 1.0),
    ),
    Provenance("cat.en.md", "cat.ru.md", "en", "ru", "toy", "enc:toy|v:0.1.0"),
)
ROWS = (
    "A cat. It sleeps.\tКошка спит.\t2-1\t0.7100\t0.9000\t0\t2\t0\t1\n"
    "\tТихо!\t0-1\t0.0000\t0.8000\t2\t2\t1\t2\n"
    "On a mat.\tНа коврике.\t1-1\t0.8300\t1.0000\t2\t3\t2\t3\n"
)
LINES = "[0, 1]:[0]\n[]:[1]\n[2]:[2]\n"


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("cat.tsv", HEADER + ROWS),
        ("cat.TSV", HEADER + ROWS),
        ("cat.en-ru.links", LINES),
        ("links.txt", LINES),
        ("cat.jsonl", '{"source": "A cat. It sleeps.", "target": "Кошка спит.", "kind": "2-1", '),
        ("cat.tmx", '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n'),
    ],
)
def test_the_ending_of_the_name_says_the_format(tmp_path, name, start):
    assert write(ALIGNMENT, tmp_path / name, OPTIONS) == 0
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)


def test_characters_that_a_format_cannot_carry_are_counted(tmp_path):
    pairs = [Pair("a\x01", "б\x02", Span(0, 1), Span(0, 1), 1.0, 1.0)]
    assert write(pairs, tmp_path / "a.tmx", OPTIONS) == 2
    assert write(pairs, tmp_path / "a.jsonl", OPTIONS) == 0


NAMES = [
    ("cat.doc", r"no format is called \.doc; end it in one of \.tsv, \.tmx, \.jsonl, \.txt, \.lin"),
    ("cat", "the name does not say the format; end it in one of"),
    (".tsv", "the name does not say the format"),
]


@pytest.mark.parametrize(("name", "message"), NAMES)
def test_a_name_without_a_format(tmp_path, name, message):
    for ask in (check_target, lambda path: write(ALIGNMENT, path, OPTIONS)):
        with pytest.raises(InputError, match=message):
            ask(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_target_is_checked_before_the_work_and_not_touched(tmp_path):
    check_target(tmp_path / "new.tmx")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(OutputError, match="the folder does not exist; create it"):
        check_target(tmp_path / "none" / "new.tmx")
    (tmp_path / "folder.tsv").mkdir()
    with pytest.raises(OutputError, match="this is a folder"):
        check_target(tmp_path / "folder.tsv")
    with pytest.raises(OutputError, match="this is a folder"):
        check_target(tmp_path)


def test_devices_without_an_ending_take_tsv():
    check_target(Path("/dev/null"))
    assert write(ALIGNMENT, Path("/dev/null"), OPTIONS) == 0


def test_an_alignment_stopped_half_way_leaves_no_file(tmp_path):
    def pairs():
        yield next(ALIGNMENT.pairs())
        raise KeyboardInterrupt

    for name in ("a.tsv", "a.tmx", "a.jsonl", "a.links"):
        with pytest.raises(KeyboardInterrupt):
            write(pairs(), tmp_path / name, OPTIONS)
    assert list(tmp_path.iterdir()) == []


def test_standard_output_is_utf_8_tsv_whatever_the_locale():
    code = (
        "from pathlib import Path; from tests.test_writers_files import *\n"
        "print('before'); write(ALIGNMENT, Path('-'), OPTIONS); print('after')"
    )
    environment = {
        **os.environ,
        "PYTHONIOENCODING": "ascii",
        "PYTHONPATH": os.pathsep.join(sys.path),
        "PYTHONUNBUFFERED": "",  # else nothing could come in the wrong order
    }
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, env=environment, check=True,
        cwd=Path(__file__).parents[1],
    )  # fmt: skip
    assert done.stdout.decode("utf-8") == "before\n" + HEADER + ROWS + "after\n"


def test_a_replaced_standard_output_is_used():
    with contextlib.redirect_stdout(io.StringIO()) as caught:
        write(ALIGNMENT, Path("-"), OPTIONS)
    assert caught.getvalue() == HEADER + ROWS


def test_what_is_written_can_be_read_and_written_again(tmp_path):
    write(ALIGNMENT, tmp_path / "a.tsv", OPTIONS)
    write(read_tsv(tmp_path / "a.tsv"), tmp_path / "a.links", OPTIONS)
    assert read_links(tmp_path / "a.links") == [((0, 1), (0,)), ((), (1,)), ((2,), (2,))]


DATES = [
    (None, {}, None),
    (None, {"SOURCE_DATE_EPOCH": ""}, None),
    (None, {"SOURCE_DATE_EPOCH": "0"}, "19700101T000000Z"),
    (None, {"SOURCE_DATE_EPOCH": "1795521600"}, "20261124T120000Z"),
    ("2026-11-24", {}, "20261124T000000Z"),
    ("2026-11-24", {"SOURCE_DATE_EPOCH": "0"}, "20261124T000000Z"),
    ("2026-11-24T12:30:15", {}, "20261124T123015Z"),
    ("2026-11-24 12:30:15+03:00", {}, "20261124T093015Z"),
    ("20261124T123015Z", {}, "20261124T123015Z"),
    ("0850-01-02", {}, "08500102T000000Z"),
]


@pytest.mark.parametrize(("option", "environ", "written"), DATES)
def test_dates(option, environ, written):
    assert creation_date(option, environ) == written


BAD_DATES = [
    ("yesterday", {}, "'yesterday' is no date; give it like 2026-11-24"),
    ("", {}, "'' is no date"),
    ("2026-02-30", {}, "'2026-02-30' is no date"),
    ("24.11.2026", {}, "is no date"),
    ("0001-01-01T00:00:00+23:00", {}, "is no date"),
    (None, {"SOURCE_DATE_EPOCH": "now"}, "SOURCE_DATE_EPOCH is 'now', not a count of seconds"),
    (None, {"SOURCE_DATE_EPOCH": "-1"}, "not a count of seconds since 1970; correct it or unset"),
    (None, {"SOURCE_DATE_EPOCH": "1.5"}, "not a count of seconds"),
    (None, {"SOURCE_DATE_EPOCH": "9" * 30}, "not a count of seconds"),
]


@pytest.mark.parametrize(("option", "environ", "message"), BAD_DATES)
def test_dates_that_are_none(option, environ, message):
    with pytest.raises(InputError, match=message):
        creation_date(option, environ)
