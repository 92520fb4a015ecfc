"""The library's functions from end to end: what goes in comes out, aligned."""

import dataclasses

import numpy as np
import pytest

import aligner
from aligner import pipeline
from aligner.errors import InputError, ModelError
from aligner.pipeline import Options, align_paths, explained, segment_file
from aligner.records import PAIR_COLUMNS, Span
from aligner.settings import VERSION, AlignSettings

EN = "Night. The train and the snow. A letter to my brother. Hello, doctor!"
RU = "Ночь. Поезд и снег. Письмо брату. Здравствуйте, доктор!"


def texts(alignment):
    return [(pair.src, pair.tgt) for pair in alignment.pairs()]


def test_more_sentences_than_can_be_aligned(monkeypatch):
    monkeypatch.setattr(pipeline, "MOST_SENTENCES", 3)
    message = r"target: has 4 sentences, and up to 3 can be aligned at once; split both texts at"
    with pytest.raises(InputError, match=message):
        pipeline.align_sentences(["One."], ["Раз.", "Два.", "Три.", "Четыре."])


def test_two_texts(toy):
    alignment = aligner.align(EN, RU, model=toy)
    assert texts(alignment) == [
        ("Night.", "Ночь."),
        ("The train and the snow.", "Поезд и снег."),
        ("A letter to my brother.", "Письмо брату."),
        ("Hello, doctor!", "Здравствуйте, доктор!"),
    ]


def test_either_order_of_two_texts_gives_the_same(toy):
    one, other = aligner.align(EN, RU, model=toy), aligner.align(RU, EN, model=toy)
    assert texts(one) == texts(other)
    assert one.links == other.links


def test_the_source_language_can_be_russian(toy):
    alignment = aligner.align(EN, RU, source="ru", model=toy)
    assert texts(alignment)[0] == ("Ночь.", "Night.")
    assert (alignment.provenance.src_lang, alignment.provenance.tgt_lang) == ("ru", "en")


def test_one_text_in_which_both_languages_stand(toy):
    mixed = "Night. The snow.\n\nНочь. Снег.\n\nA letter to my brother.\n\nПисьмо брату."
    assert texts(aligner.align(mixed, model=toy)) == [
        ("Night.", "Ночь."),
        ("The snow.", "Снег."),
        ("A letter to my brother.", "Письмо брату."),
    ]
    assert texts(aligner.align(mixed, source="ru", model=toy))[0] == ("Ночь.", "Night.")


@pytest.fixture
def files(tmp_path):
    paths = tmp_path / "letter.en.txt", tmp_path / "letter.ru.txt"
    for path, text in zip(paths, (EN, RU), strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


def test_two_files_in_either_order(files, toy):
    one = aligner.align_files(*files, model=toy)
    other = aligner.align_files(*reversed(files), model=toy)
    assert one == other
    assert texts(one) == texts(aligner.align(EN, RU, model=toy))


def test_a_path_may_be_a_string(files, toy):
    assert aligner.align_files(*map(str, files), model=toy) == aligner.align_files(
        *files, model=toy
    )


def test_where_an_alignment_comes_from(files, toy):
    made = aligner.align_files(*files, model=toy, max_size=4).provenance
    assert (made.src_name, made.tgt_name) == ("letter.en.txt", "letter.ru.txt")
    assert (made.src_lang, made.tgt_lang) == ("en", "ru")
    assert made.encoder == "toy"
    assert made.settings == f"enc:toy|max_size:4|v:{VERSION}"


def test_links_have_spans_scores_and_probabilities(toy):
    alignment = aligner.align(EN, RU, model=toy)
    assert [(link.src, link.tgt) for link in alignment.links] == [
        (Span(i, i + 1), Span(i, i + 1)) for i in range(4)
    ]
    assert all(0 <= link.probability <= 1 for link in alignment.links)
    assert all(link.score == pytest.approx(1.0, abs=0.35) for link in alignment.links)


def test_a_data_frame(toy):
    alignment = aligner.align(EN, RU, model=toy)
    frame = alignment.to_frame()
    assert list(frame.columns) == list(PAIR_COLUMNS)
    assert frame["source"].tolist() == [pair.src for pair in alignment.pairs()]
    assert frame["target_stop"].tolist() == [1, 2, 3, 4]


def test_every_sentence_that_goes_in_comes_out_once_and_in_order(toy):
    src = [f"Sentence {n} of the book about the sea." for n in range(40)]
    tgt = [f"Фраза {n} из книги про море." for n in range(0, 40, 3)]
    alignment = aligner.align_sentences(src, tgt, model=toy)
    for side, sentences in (("src", src), ("tgt", tgt)):
        spans = [getattr(link, side) for link in alignment.links]
        assert [sentences[i] for span in spans for i in span] == sentences


EDGES = [
    ("one on each side", ["Night."], ["Ночь."]),
    ("one against three", ["Night."], ["Ночь.", "Снег.", "Дом."]),
    ("an empty line", ["Night.", "", "Snow."], ["Ночь.", "Снег."]),
    ("only marks", ["Night.", "* * *", "Snow."], ["Ночь.", "***", "Снег."]),
    ("mixed script", ["The Волга river"], ["Река Volga"]),
    ("quotes", ["«Night» said “he”"], ['"Ночь" „сказал“ он']),
    ("very long", ["snow " * 5000], ["снег " * 5000]),
    ("emoji", ["Night 😀🚀"], ["Ночь 👩‍💻"]),
    ("the same line many times", ["Hi."] * 50, ["Привет."] * 50),
]


@pytest.mark.parametrize("encoder", ["toy", "use"])
@pytest.mark.parametrize(("what", "src", "tgt"), EDGES, ids=[row[0] for row in EDGES])
def test_edges(what, src, tgt, encoder, request):
    alignment = aligner.align_sentences(src, tgt, model=request.getfixturevalue(encoder))
    assert alignment.src.texts() == src
    assert alignment.tgt.texts() == tgt
    assert [i for link in alignment.links for i in link.src] == list(range(len(src)))
    assert [j for link in alignment.links for j in link.tgt] == list(range(len(tgt)))


def test_texts_with_nothing_in_common_are_not_called_sure(use):
    english = "The lighthouse is older than it looks. Gulls nest in the tower. It has no keeper."
    russian = "Нарежьте лук. Добавьте в кастрюлю соль и перец. Варите суп до готовности."
    alignment = aligner.align(english, russian, model=use)
    pairs = [link.probability for link in alignment.links if link.src and link.tgt]
    assert max(pairs, default=0.0) < 0.9


def test_the_same_twice(use):
    first, second = (aligner.align(EN, RU, model=use) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("size", [2, 3])
def test_max_size(size, toy):
    src, tgt = ["Night, snow and sea."], ["Ночь.", "Снег.", "Море."]
    links = aligner.align_sentences(src, tgt, model=toy, max_size=size).links
    assert max(len(link.src) + len(link.tgt) for link in links) <= size


@pytest.mark.parametrize("size", [-1, 0, 1, 11, 1000])
def test_a_largest_link_out_of_range(size):
    with pytest.raises(InputError, match=rf"largest link of {size} sentences .* from 2 .* to 10"):
        AlignSettings(size)


@pytest.mark.parametrize(
    ("first", "second", "message"),
    [
        ("", "Ночь.", r"^first text: is empty; give a text"),
        ("Night.", " \n ", r"^second text: is empty; give a text"),
        ("", None, r"^text: is empty; give a text"),
        ("Night.", "Snow and river.", "first text and second text are both English: give one"),
        ("Ночь.", "Снег.", "are both Russian: give one file in each language"),
        ("1 2 3", "4 5 6", "neither first text nor second text has words in it"),
    ],
)
def test_texts_that_cannot_be_aligned(first, second, message, toy):
    with pytest.raises(InputError, match=message) as caught:
        aligner.align(first, second, model=toy)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("src", "tgt", "message"),
    [
        ([], ["Ночь."], "source: has no sentences; give at least one on each side"),
        (["Night."], [], "target: has no sentences; give at least one on each side"),
        (["Night."], ["The snow is deep."], "source and target are in the same language: .*any_la"),
    ],
)
def test_lists_that_cannot_be_aligned(src, tgt, message, toy):
    with pytest.raises(InputError, match=message):
        aligner.align_sentences(src, tgt, model=toy)


def test_lone_surrogates_in_a_string_are_left_out_and_counted(toy):
    alignment = aligner.align("The night\ud83d and the snow.", "Ночь и снег.", model=toy)
    assert texts(alignment) == [("The night and the snow.", "Ночь и снег.")]
    assert alignment.src.document.left_out == {"lone surrogate": 1}


def test_any_language(toy):
    german = ["Nacht und Schnee lagen über der kleinen Stadt am Fluss.", "Niemand kam."]
    english = ["Night and snow lay over the small town by the river.", "Nobody came."]
    with pytest.raises(InputError, match="German"):
        aligner.align_sentences(german, english, model=toy)
    alignment = aligner.align_sentences(german, english, any_language=True, model=toy)
    assert len(alignment.links) > 0
    assert alignment.provenance.src_lang == alignment.provenance.tgt_lang == ""


@pytest.mark.parametrize(
    ("second", "options", "sentences", "message"),
    [
        (True, Options(any_language=True), False, "--any-language goes with --sentences only"),
        (False, Options(), True, "--sentences needs two files"),
    ],
)
def test_options_that_do_not_go_together(files, second, options, sentences, message):
    with pytest.raises(InputError, match=message):
        align_paths(files[0], files[1] if second else None, options, sentences)


def test_progress_ends_at_the_number_of_sentences(toy):
    told = []
    options = Options(encoder=toy, watcher=lambda done, total: told.append((done, total)))
    align_paths_like = aligner.pipeline.align(EN, RU, options)
    assert told[-1] == (8, 8)
    assert sorted(told) == told
    assert len(align_paths_like.links) == 4


class Blank:
    id = "blank"

    def encode(self, texts):
        return np.full((len(texts), 4), np.nan, dtype=np.float32)


def test_an_encoder_without_answers_is_an_error_not_an_alignment():
    with pytest.raises(ModelError, match="blank: no finite vector for text 1"):
        aligner.align(EN, RU, model=Blank())


def test_segmenting_a_file(files):
    segmented = segment_file(files[1])
    assert segmented.lang == "ru"
    assert segmented.texts() == ["Ночь.", "Поезд и снег.", "Письмо брату.", "Здравствуйте, доктор!"]
    text = segmented.document.text
    assert [text[s.span.start : s.span.stop] for s in segmented.sentences] == segmented.texts()
    assert [decision.verdict.name for decision in explained(segmented.document)] == ["SPLIT"] * 3


def test_options_are_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Options().source = "ru"


def test_writing_from_python(files, toy, tmp_path):
    alignment = aligner.align_files(*files, model=toy)
    aligner.write(alignment, tmp_path / "o.txt")
    assert (tmp_path / "o.txt").read_text(
        encoding="utf-8"
    ) == "[0]:[0]\n[1]:[1]\n[2]:[2]\n[3]:[3]\n"
    aligner.write(alignment, str(tmp_path / "o.tmx"), date="2026-11-24")
    assert "20261124T000000Z" in (tmp_path / "o.tmx").read_text(encoding="utf-8")


def test_what_the_package_offers():
    assert aligner.__version__ == VERSION
    assert all(hasattr(aligner, name) for name in aligner.__all__)
    assert issubclass(aligner.InputError, aligner.AlignerError)


BLANKS = [  # source, target, kinds: an empty line is aligned with nothing, wherever it stands
    (["The train left.", "", "It was cold."], ["Поезд ушёл.", "Было холодно."], "1-1 1-0 1-1"),
    (["The train left.", "It was cold."], ["", "Поезд ушёл.", "Было холодно."], "0-1 1-1 1-1"),
    (
        ["The train left.", "It was cold.", " "],
        ["Поезд ушёл.", "Было холодно.", ""],
        "1-1 1-1 1-0 0-1",
    ),
    (["", "The train left."], ["", "Поезд ушёл."], "1-0 0-1 1-1"),
]


@pytest.mark.parametrize(("src", "tgt", "kinds"), BLANKS)
def test_empty_lines_count_and_are_joined_with_nothing(use, src, tgt, kinds):
    links = aligner.align_sentences(src, tgt, model=use).links
    assert " ".join(link.kind for link in links) == kinds


def test_a_heading_without_a_partner_is_not_joined_with_the_text_below(use, tmp_path):
    english, russian = tmp_path / "a.en.md", tmp_path / "a.ru.md"
    english.write_text("# Bees\n\nWe keep bees.\n\n## The hive\n\nThe hive is full of bees.\n")
    russian.write_text("# Пчёлы\n\nМы держим пчёл.\n\nУлей полон пчёл.\n", encoding="utf-8")
    alignment = aligner.align_files(english, russian, model=use)
    assert [(pair.kind, pair.src) for pair in alignment.pairs()][2:] == [
        ("1-0", "The hive"),
        ("1-1", "The hive is full of bees."),
    ]
