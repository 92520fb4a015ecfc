"""Links of more sentences than are looked for everywhere, where one of the largest stands."""

import pytest

import aligner
from aligner.pipeline import Options, align_sentences
from aligner.settings import LARGEST, SEARCHED_SIZE

STORY = [
    ("The lighthouse stood on a rock.", "Маяк стоял на скале."),
    ("Nobody lived there in winter.", "Зимой там никто не жил."),
    ("The keeper came back in spring.", "Весной смотритель вернулся."),
]
LIST = [
    ("He brought bread.", "он привёз хлеб"),
    ("He brought three barrels of water.", "привёз три бочки воды"),
    ("He brought a box of new candles.", "ящик новых свечей"),
    ("His wife sent him warm socks.", "жена прислала ему тёплые носки"),
    ("His son drew him a picture of a ship.", "сын нарисовал ему корабль"),
    ("The priest gave him an old book.", "священник подарил старую книгу"),
    ("The doctor added some medicine.", "а врач добавил лекарств"),
]
END = [
    ("In the evening he lit the lamp.", "Вечером он зажёг лампу."),
    ("The ships saw the light again.", "Корабли снова увидели свет."),
]


def joined(count):
    """The story, whose list of `count` sentences is one sentence in Russian."""
    english = [en for en, _ in STORY + LIST[:count] + END]
    one = "; ".join(ru for _, ru in LIST[:count]).capitalize() + "."
    russian = [ru for _, ru in STORY] + [one] + [ru for _, ru in END]
    return english, russian


def kinds(src, tgt, model, **options):
    return [link.kind for link in aligner.align_sentences(src, tgt, model=model, **options).links]


@pytest.mark.parametrize("count", [4, 5, 6, 7])
def test_a_sentence_made_of_many_is_one_link(use, count):
    english, russian = joined(count)
    around = ["1-1"] * 3, ["1-1"] * 2
    assert kinds(english, russian, use) == [*around[0], f"{count}-1", *around[1]]
    assert kinds(russian, english, use) == [*around[0], f"1-{count}", *around[1]]


def test_the_largest_size_is_kept(use):
    english, russian = joined(7)
    for size in (2, SEARCHED_SIZE, SEARCHED_SIZE + 1, LARGEST):
        links = aligner.align_sentences(english, russian, model=use, max_size=size).links
        assert max(len(link.src) + len(link.tgt) for link in links) <= size
        assert sum(len(link.src) for link in links) == len(english)
        assert sum(len(link.tgt) for link in links) == len(russian)


def test_locked_links_beside_it_leave_the_large_link_to_be_found(use):
    english, russian = joined(7)
    lock = [((0,), (0,)), ((11,), (5,))]
    around = ["1-1"] * 3, ["1-1"] * 2
    assert kinds(english, russian, use, lock=lock) == [*around[0], "7-1", *around[1]]
    turned = [(tgt, src) for src, tgt in lock]
    assert kinds(russian, english, use, lock=turned) == [*around[0], "1-7", *around[1]]


@pytest.mark.parametrize("count", [6, 7])
def test_no_large_link_holds_the_sentences_on_both_sides_of_a_locked_omission(use, count):
    english, russian = joined(count)
    links = aligner.align_sentences(english, russian, model=use, lock=[((5,), ())]).links
    assert [tuple(link.tgt) for link in links if 5 in link.src] == [()]
    assert all(link.src.stop <= 5 or link.src.start > 5 for link in links if link.tgt)
    assert [i for link in links for i in link.src] == list(range(len(english)))


def test_a_large_link_that_is_barred_is_not_found(use):
    english, russian = joined(7)
    found = []
    for barred in ([], [(tuple(range(3, 10)), (3,))]):
        links = align_sentences(english, russian, Options(encoder=use, barred=barred)).links
        found.append([link.kind for link in links])
    assert "7-1" in found[0]
    assert "7-1" not in found[1]
