"""Locked links: they stay as given, and the rest is aligned around them."""

import random
from itertools import chain

import pytest
from conftest import MEANINGS, ToyEncoder
from hypothesis import given, settings
from hypothesis import strategies as st

import aligner
from aligner.alignment.locks import Given, free, joined, locked, with_locks
from aligner.errors import InputError
from aligner.pipeline import Options, align_sentences
from aligner.records import Link, Span

EN = [
    "Night.",
    "A train and snow.",
    "A letter to my brother.",
    "Hello, doctor!",
    "The sea is cold.",
]
RU = ["Ночь.", "Поезд и снег.", "Письмо брату.", "Здравствуйте, доктор!", "Море холодное."]


def indices(links):
    return [(tuple(link.src), tuple(link.tgt)) for link in links]


def lines(text):
    """Links from lines: "0:0 1:1,2 3: :4"."""
    sides = (item.split(":") for item in text.split())
    return [tuple(tuple(map(int, filter(None, s.split(",")))) for s in pair) for pair in sides]


def aligned(en, ru, lock, encoder, **options):
    links = aligner.align_sentences(en, ru, model=encoder, lock=lines(lock), **options).links
    assert list(chain.from_iterable(link.src for link in links)) == list(range(len(en)))
    assert list(chain.from_iterable(link.tgt for link in links)) == list(range(len(ru)))
    return links


LOCKS = [  # what is locked, what comes out; five sentences each, all 1-1 when nothing is
    ("", "0:0 1:1 2:2 3:3 4:4"),
    ("2:2", "0:0 1:1 2:2 3:3 4:4"),
    ("0:0,1", "0:0,1 1: 2:2 3:3 4:4"),  # what the lock takes away has no partner left
    ("3,4:3", "0:0 1:1 2:2 3,4:3 :4"),
    ("2:3", "0:0 1:1 :2 2:3 3: 4:4"),  # wrong, and kept
    ("4:0", "0: 1: 2: 3: 4:0 :1 :2 :3 :4"),
    ("0:4", ":0 :1 :2 :3 0:4 1: 2: 3: 4:"),
    ("2:", "0:0 1:1 2: :2 3:3 4:4"),  # an omission
    (":2", "0:0 1:1 2: :2 3:3 4:4"),  # an addition
    ("0: :0 4: :4", "0: :0 1:1 2:2 3:3 4: :4"),
    ("3,4:", "0:0 1:1 2:2 3: 4: :3 :4"),  # as many omissions as sentences
    ("3:3 1:1", "0:0 1:1 2:2 3:3 4:4"),  # in any order
    ("0,1,2,3:0,1,2,3", "0,1,2,3:0,1,2,3 4:4"),  # larger than max_size
    ("0:0 1:1 2:2 3:3 4:4", "0:0 1:1 2:2 3:3 4:4"),
    ("0: 1: 2: 3: 4: :0 :1 :2 :3 :4", "0: 1: 2: 3: 4: :0 :1 :2 :3 :4"),
]


@pytest.mark.parametrize(("lock", "expected"), LOCKS)
def test_locked_links_stay_and_the_rest_is_aligned_around_them(lock, expected, use):
    links = aligned(EN, RU, lock, use)
    assert indices(links) == lines(expected)
    kept = {link: link.probability for link in links}
    given = {(src, tgt) for src, tgt in lines(lock) if src and tgt}
    assert {kept[link] for link in links if indices([link])[0] in given} <= {1.0}


@pytest.mark.parametrize(("lock", "expected"), LOCKS)
def test_the_other_direction_is_the_mirror_image(lock, expected, use):
    turned = " ".join(":".join(reversed(item.split(":"))) for item in lock.split())
    links = aligned(RU, EN, turned, use)
    assert sorted((tgt, src) for src, tgt in indices(links)) == sorted(lines(expected))


def test_no_link_holds_the_sentences_on_both_sides_of_a_locked_omission(use):
    en = ["The train left.", "It was very, very cold.", "Nobody came to the station."]
    ru = ["Поезд ушёл, и никто не пришёл на станцию."]
    assert (0, 1, 2) in [src for src, _ in indices(aligned(en, ru, "", use))]
    links = indices(aligned(en, ru, "1:", use))
    assert ((1,), ()) in links
    assert all(len(src) < 2 for src, _ in links)


BLANK = (
    ["Night.", "", "The train and the snow.", "The sea."],
    ["Ночь.", " ", "Поезд и снег.", "Море."],
)


@pytest.mark.parametrize(
    ("lock", "expected"),
    [
        ("1:1", "0:0 1:1 2:2 3:3"),  # two empty lines
        ("1,2:1,2", "0:0 1,2:1,2 3:3"),
        ("1:2", "0:0 :1 1:2 2: 3:3"),  # an empty line with a sentence
        ("2:2", "0:0 1: :1 2:2 3:3"),
        ("1:", "0:0 1: :1 2:2 3:3"),
    ],
)
def test_empty_lines_count_and_can_be_locked(lock, expected, use):
    assert indices(aligned(*BLANK, lock, use)) == lines(expected)


def test_a_single_pair_between_locked_links_is_still_linked(use):
    """What is usual in these texts is known from all that is free, not from one pair alone."""
    links = aligned(EN, RU, "0:0 2:2 4:4", use)
    assert indices(links) == lines("0:0 1:1 2:2 3:3 4:4")
    assert min(link.probability for link in links) > 0.9


WORDS = [line.split() for line in MEANINGS]


@st.composite
def texts_and_locks(draw):
    """Two lists of made-up sentences, and locks that keep the order, good and bad alike."""
    rng = random.Random(draw(st.integers(0, 10**6)))
    n, m = draw(st.integers(1, 16)), draw(st.integers(1, 16))
    words = [rng.choice(WORDS) for _ in range(max(n, m))]
    en = [f"{word[0]} {k}" for k, word in enumerate(words[:n])]
    ru = [f"{word[1]} {k}" for k, word in enumerate(words[:m])]
    links, i, j = [], 0, 0
    while i < n and j < m:
        a, b = rng.randint(0, min(3, n - i)), rng.randint(0, min(3, m - j))
        if (a or b) and rng.random() < 0.4:
            links.append((tuple(range(i, i + a)), tuple(range(j, j + b))))
        i, j = i + max(a, 1), j + max(b, 1)
    rng.shuffle(links)
    return en, ru, links


@settings(deadline=None, max_examples=60)
@given(texts_and_locks(), st.integers(2, 6))
def test_whatever_is_locked_stays_and_the_links_tile_both_texts(case, max_size):
    en, ru, lock = case
    options = dict(any_language=True, model=ToyEncoder(), max_size=max_size)
    links = aligner.align_sentences(
        en, ru, lock=lock, **options
    ).links  # Alignment checks the tiles
    found = indices(links)
    for src, tgt in lock:
        whole = (
            [(src, tgt)] if src and tgt else [((i,), ()) for i in src] + [((), (j,)) for j in tgt]
        )
        assert set(whole) <= set(found)
    rest = [link for link in joined(links) if indices([link])[0] not in lock]
    assert all(len(link.src) + len(link.tgt) <= max_size for link in rest)
    assert all(0 <= link.probability <= 1 for link in links)


@settings(deadline=None, max_examples=30)
@given(texts_and_locks())
def test_an_alignment_locked_whole_is_itself(case):
    en, ru, _ = case
    options = dict(any_language=True, model=ToyEncoder())
    first = aligner.align_sentences(en, ru, **options).links
    again = aligner.align_sentences(en, ru, lock=indices(first), **options).links
    assert indices(again) == indices(first)
    assert {link.probability for link in again} == {1.0}


@settings(deadline=None, max_examples=30)
@given(texts_and_locks())
def test_swapping_the_sides_gives_the_same_links_mirrored(case):
    en, ru, lock = case
    options = dict(any_language=True, model=ToyEncoder())
    one = aligner.align_sentences(en, ru, lock=lock, **options).links
    turned = [(tgt, src) for src, tgt in lock]
    other = aligner.align_sentences(ru, en, lock=turned, **options).links
    assert indices(joined(one)) == [(tgt, src) for src, tgt in indices(joined(other))]


def test_a_locked_link_has_the_similarity_of_what_it_links(toy):
    right, wrong = aligned(EN, RU, "0:0", toy)[0], aligned(EN, RU, "0:4", toy)[4]
    assert (right.src, right.tgt) == (Span(0, 1), Span(0, 1))
    assert right.score == pytest.approx(1.0, abs=1e-3)
    assert wrong.score < 0.5


BAD = [  # locks of five sentences with five, and what the message says
    (
        "5:0",
        r"lock\[0\]: \[5\]:\[0\] names source sentence 5, but the source has 5, counted from 0",
    ),
    ("0:0 1:7", r"lock\[1\]: \[1\]:\[7\] names target sentence 7, but the target has 5"),
    (":9", r"lock\[0\]: \[\]:\[9\] names target sentence 9"),
    ("0:-1", r"names target sentence -1"),
    (
        "1:1 2:2 1:",
        r"lock\[2\]: source sentence 1 of \[1\]:\[\] is in \[1\]:\[1\] \(lock\[0\]\) already",
    ),
    ("1:1 2:1", r"lock\[1\]: target sentence 1 of \[2\]:\[1\] is in \[1\]:\[1\] .* one link only"),
    ("1,1:0", r"source sentences of \[1, 1\]:\[0\] do not follow one another"),
    ("1,3:0", r"source sentences of \[1, 3\]:\[0\] do not follow one another; .* neighbouring"),
    ("0:2,1", r"target sentences of \[0\]:\[2, 1\] do not follow one another"),
    ("1:3 3:1", r"lock\[1\]: \[3\]:\[1\] crosses \[1\]:\[3\] \(lock\[0\]\); .*keep the order"),
    ("3:1 1:3", r"lock\[0\]: \[3\]:\[1\] crosses \[1\]:\[3\] \(lock\[1\]\)"),
    (":", r"lock\[0\]: \[\]:\[\] names no sentence"),
]


def test_a_lock_of_more_sentences_than_a_link_has(toy):
    lines_of = "0,1,2,3,4,5:0,1,2,3,4"
    with pytest.raises(InputError, match=r"\[0, 1, 2, 3, 4\] has 11 sentences; a link has 10 at "):
        aligned([*EN, "Dawn."], RU, lines_of, toy)


@pytest.mark.parametrize(("lock", "message"), BAD)
def test_locks_that_cannot_be_kept(lock, message, toy):
    with pytest.raises(InputError, match=message) as caught:
        aligner.align_sentences(EN, RU, model=toy, lock=lines(lock))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("lock", [[0], [(0, 1)], [([0], ["a"])], [([0],)]])
def test_what_is_no_list_of_links(lock, toy):
    with pytest.raises(
        InputError, match=r"lock: not a list of links; a link is \(\[0\], \[0, 1\]\)"
    ):
        aligner.align_sentences(EN, RU, model=toy, lock=lock)


@pytest.fixture
def files(tmp_path):
    paths = tmp_path / "a.en.txt", tmp_path / "a.ru.txt"
    for path, sentences in zip(paths, (EN, RU), strict=True):
        path.write_text(" ".join(sentences), encoding="utf-8")
    return paths


@pytest.mark.parametrize("content", [b"[1]:[2]\n", b"\xef\xbb\xbf\r\n[ 1 ] : [2]:0.5\r\n\r\n"])
def test_a_file_of_links(files, tmp_path, content, toy):
    path = tmp_path / "links.txt"
    path.write_bytes(content)
    for lock in (path, str(path), [([1], [2])]):
        links = aligner.align_files(*files, model=toy, lock=lock).links
        assert ((1,), (2,)) in indices(links)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", r"links\.txt: no links in it; write lines such as \[0\]:\[0, 1\]"),
        ("\n \n", r"links\.txt: no links in it"),
        ("[0]:[0]\n\n[1]:[50]\n", r"links\.txt, line 3: \[1\]:\[50\] names target sentence 50"),
        ("[0]:[0]\n0-1\n", r"links\.txt, line 2: not a link: '0-1'"),
        (None, r"links\.txt: cannot be read \(No such file"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_with_the_line(files, tmp_path, content, message, toy):
    path = tmp_path / "links.txt"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        aligner.align_files(*files, model=toy, lock=path)


def test_the_signature_counts_what_was_locked(toy):
    made = aligner.align_sentences(EN, RU, model=toy, lock=lines("0:0 3:")).provenance
    assert "|max_size:10|locked:2|v:" in made.settings


def test_progress_ends_at_what_is_encoded(toy):
    told = []
    watcher = lambda done, total: told.append((done, total))  # noqa: E731
    align_sentences(EN, RU, Options(encoder=toy, watcher=watcher, lock=lines("1:1 3:")))
    assert told[-1] == (9, 9)  # all but the locked omission


def test_what_is_left_to_the_search():
    locks = locked([Given(link, "") for link in lines("2,3:1 5: 8:3")], (10, 6))
    left = free(locks, ([*range(10)], [0, 1, 2, 4, 5]))
    assert (left.src, left.tgt) == ([0, 1, 4, 6, 7, 9], [0, 2, 4, 5])
    assert left.fences.src.stretches == (0, 0, 1, 1, 1, 2)
    assert left.fences.tgt.stretches == (0, 1, 2, 2)
    runs = left.fences.src.runs
    assert runs[0] == runs[1] < runs[2] < runs[3] == runs[4] < runs[5]


def test_without_locks_everything_is_left_and_nothing_put_back():
    left = free([], ([0, 2], [1]))
    assert (left.src, left.tgt, left.fences) == ([0, 2], [1], None)
    links = [Link(Span(0, 1), Span(0, 1), 0.5, 0.5)]
    assert with_locks(links, []) == links
