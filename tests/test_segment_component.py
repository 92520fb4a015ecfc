"""The spaCy component against the engine that it wraps."""

from pathlib import Path

import pytest
import spacy
from benchmarks import segmentation as benchmark

from aligner.errors import InputError
from aligner.segment import component  # noqa: F401  registers the factory without an installation
from aligner.segment.engine import split

needs_shared = pytest.mark.skipif(
    not (Path(__file__).parents[1] / ".." / "shared" / "segmentation").is_dir(),
    reason="../shared/segmentation is not here",
)

# Boundaries that fall inside a spaCy token («слово.Слово»): they move to the next token's start.
INSIDE_TOKENS = {"ru_gsd": 0, "ru_taiga": 1, "en_gum": 0, "en_ewt": 0}


def pipeline(lang, **config):
    nlp = spacy.blank(lang)
    nlp.add_pipe("aligner_segmenter", config=config)
    return nlp


def sentences(nlp, text):
    return [sentence.text.strip() for sentence in nlp(text).sents]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "Mr. Lee left. She stayed.", ["Mr. Lee left.", "She stayed."]),
        ("ru", "Он жил в г. Твери. Уехал.", ["Он жил в г. Твери.", "Уехал."]),
        ("en", "A heading\n\nand a text\n \nYes", ["A heading", "and a text", "Yes"]),
        ("en", "one\ntwo", ["one\ntwo"]),
        ("en", "One", ["One"]),
    ],
)
def test_sentences(lang, text, expected):
    assert sentences(pipeline(lang), text) == expected


def test_lines_of_verse():
    assert sentences(pipeline("en", lines=True), "One\nTwo") == ["One", "Two"]


@pytest.mark.parametrize("text", ["", " ", "\n\n"])
def test_nothing_is_no_error(text):
    assert len(pipeline("ru")(text)) <= 1


def test_other_languages_are_refused():
    with pytest.raises(InputError, match=r'"aligner_segmenter".*language "fr".*"en" or "ru"'):
        spacy.blank("fr").add_pipe("aligner_segmenter")


def test_a_pipeline_can_be_saved_and_loaded(tmp_path: Path):
    pipeline("ru").to_disk(tmp_path)
    assert sentences(spacy.load(tmp_path), "Да. Нет.") == ["Да.", "Нет."]


def sentence_starts(doc):
    return {token.idx for token in doc if token.is_sent_start and not token.is_space}


@needs_shared
@pytest.mark.parametrize("name", INSIDE_TOKENS)
def test_component_and_engine_agree(name):
    lang, _ = benchmark.SETS[name]
    nlp = pipeline(lang)
    inside = 0
    for gold in benchmark.paragraphs(name):
        text = " ".join(gold)
        doc = nlp(text)
        ours = {span.start for span in split(text, lang)}
        tokens = {token.idx for token in doc}
        inside += len(ours - tokens)
        assert ours & tokens == sentence_starts(doc) & ours
    assert inside == INSIDE_TOKENS[name]
