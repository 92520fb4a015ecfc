"""Pairs that are not probable enough are left out of what is written, and counted."""

import csv
import dataclasses
import io
import re
from xml.etree import ElementTree

import pytest
from conftest import ROOT

import aligner as library
from aligner.errors import InputError

NIGHT = [ROOT / "examples" / f"night-train.{lang}.txt" for lang in ("en", "ru")]


def rows(tsv):
    return list(csv.DictReader(io.StringIO(tsv), delimiter="\t"))


def test_only_probable_pairs_are_written(aligner):
    everything = rows(aligner("align", *NIGHT).stdout)
    result = aligner("align", *NIGHT, "--min-probability", "0.99")
    probable = [row for row in everything if float(row["probability"]) >= 0.99]
    assert rows(result.stdout) == probable
    gone = len(everything) - len(probable)
    assert gone > 0
    found = re.search(r"left out below 0.99: (\d+) pairs? of (\d+) \+ (\d+) sent", result.stderr)
    kept = [
        sum(int(row[f"{side}_stop"]) - int(row[f"{side}_start"]) for row in probable)
        for side in ("source", "target")
    ]
    assert list(map(int, found.groups())) == [gone, 52 - kept[0], 51 - kept[1]]


def test_every_format_but_link_lines_is_filtered(aligner, folder):
    aligner("align", *NIGHT, "-o", "all.txt")
    names = ["o.tsv", "o.jsonl", "o.tmx", "o.txt"]
    targets = [part for name in names for part in ("-o", name)]
    aligner("align", *NIGHT, *targets, "--min-probability", "0.99")
    kept = len(rows((folder / "o.tsv").read_text(encoding="utf-8")))
    assert (folder / "o.jsonl").read_text(encoding="utf-8").count("\n") == kept
    assert len(list(ElementTree.parse(folder / "o.tmx").iter("tu"))) == kept
    links = (folder / "o.txt").read_text(encoding="utf-8")
    assert links == (folder / "all.txt").read_text(encoding="utf-8")
    assert links.count("\n") > kept


def test_nothing_is_said_where_nothing_was_asked(aligner):
    assert "left out below" not in aligner("align", *NIGHT).stderr


@pytest.mark.parametrize("value", ["-0.1", "1.01", "80", "nan"])
def test_out_of_range(aligner, folder, value):
    result = aligner("align", *NIGHT, "--min-probability", value, "-o", "out.tsv")
    assert result.exit_code == 2
    assert f"a least probability of {float(value):g} is not possible" in result.stderr
    assert not (folder / "out.tsv").exists()


def test_link_lines_alone_have_nothing_to_leave_out(aligner, folder):
    result = aligner("align", *NIGHT, "--min-probability", "0.8", "-o", "out.txt")
    assert result.exit_code == 2
    assert "leaves no pair out of link lines" in result.stderr
    assert not (folder / "out.txt").exists()


def test_writing_only_what_is_probable_from_python(folder, toy):
    alignment = library.align_files("night.en.txt", "night.ru.txt", model=toy)
    links = [
        dataclasses.replace(k, probability=p)
        for k, p in zip(alignment.links, (1.0, 0.8, 0.79999, 0.7999), strict=True)
    ]
    alignment = dataclasses.replace(alignment, links=tuple(links))
    library.write(alignment, folder / "o.tsv", min_probability=0.8)
    written = (folder / "o.tsv").read_text(encoding="utf-8").rstrip("\n").split("\n")
    assert [line.split("\t")[4] for line in written[1:]] == ["1.0000", "0.8000", "0.8000"]
    with pytest.raises(InputError, match="a least probability of 2 is not possible: give a number"):
        library.write(alignment, folder / "p.tsv", min_probability=2)
