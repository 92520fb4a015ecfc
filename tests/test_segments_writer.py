"""Sentences of one document, written for people and for programs."""

import json
import os

import pytest

from aligner.errors import InputError, OutputError
from aligner.records import Document, Paragraph, SegmentedDocument, Sentence, Span
from aligner.writers.segments import json_lines, text_lines, write_segments

PARAGRAPHS = (
    Paragraph("Маяк", "heading"),
    Paragraph("Он горел.\u2028Его ждали."),
    Paragraph("Мороз и солнце;\nдень чудесный!", "verse"),
    Paragraph('He said: "No\ttabs".', "item"),
)
SENTENCES = [  # paragraph, text
    (0, "Маяк"),
    (1, "Он горел."),
    (1, "Его ждали."),
    (2, "Мороз и солнце;\nдень чудесный!"),
    (3, 'He said: "No\ttabs".'),
]


@pytest.fixture
def segmented():
    document = Document("маяк.md", PARAGRAPHS, "ru")
    sentences, position = [], 0
    for paragraph, text in SENTENCES:
        position = document.text.index(text, position)
        sentences.append(Sentence(text, Span(position, position + len(text)), paragraph))
    return SegmentedDocument(document, tuple(sentences))


def test_lines_for_people(segmented):
    assert list(text_lines(segmented)) == [
        "Маяк",
        "",
        "Он горел.",
        "Его ждали.",
        "",
        "Мороз и солнце; день чудесный!",
        "",
        'He said: "No\ttabs".',
    ]


def test_objects_for_programs(segmented):
    objects = [json.loads(line) for line in json_lines(segmented)]
    assert [fields["text"] for fields in objects] == [text for _, text in SENTENCES]
    text = segmented.document.text
    assert [text[f["start"] : f["stop"]] for f in objects] == [f["text"] for f in objects]
    assert [f["kind"] for f in objects] == ["heading", "text", "text", "verse", "item"]
    assert [f["paragraph"] for f in objects] == [0, 1, 1, 2, 3]
    assert all("\n" not in line for line in json_lines(segmented))


def test_cyrillic_stays_readable(segmented):
    assert '"text": "Маяк"' in next(json_lines(segmented))


@pytest.mark.parametrize("suffix", [".txt", ".jsonl", ".TXT", ".JsonL"])
def test_files_end_in_a_line_end(segmented, tmp_path, suffix):
    path = tmp_path / f"s{suffix}"
    write_segments(segmented, path)
    make = json_lines if suffix.lower() == ".jsonl" else text_lines
    expected = "".join(f"{line}\n" for line in make(segmented))
    assert path.read_bytes() == expected.encode()
    assert os.listdir(tmp_path) == [path.name]


@pytest.mark.parametrize("name", ["s", "s.tsv", "s.tmx", ".txt"])
def test_names_without_a_format(segmented, tmp_path, name):
    with pytest.raises(InputError, match=r"end the name in \.txt or \.jsonl"):
        write_segments(segmented, tmp_path / name)
    assert os.listdir(tmp_path) == []


def test_a_folder_that_is_not_there(segmented, tmp_path):
    with pytest.raises(OutputError, match=r"no/s\.txt: cannot be written: the folder does not exi"):
        write_segments(segmented, tmp_path / "no" / "s.txt")


def test_a_document_without_sentences(tmp_path):
    write_segments(SegmentedDocument(Document("x", ()), ()), tmp_path / "s.txt")
    assert (tmp_path / "s.txt").read_bytes() == b""
