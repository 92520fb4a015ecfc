"""Plain text: what is a paragraph, and of what kind."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.readers.files import read_text

MARK = {"text": "", "heading": "# ", "item": "* "}


def shown(text):
    """One line a paragraph: "# " before a heading, "* " before an item."""
    return "\n".join(MARK[p.kind] + p.text for p in read_text(text).paragraphs)


PAGES = [
    ("One paragraph.\n\nAnother.", "One paragraph.\nAnother."),
    ("  Один.  \r\n \t\r\n\r\nДва.\r\n", "Один.\nДва."),
    ("Много   пробелов\tи\u00a0неразрывный.", "Много пробелов и\u00a0неразрывный."),
    # A headline, then news with a line each.
    (
        "Germany's new warship postponed\n\nThe frigate was late.\nIt was heavy.\n",
        "# Germany's new warship postponed\nThe frigate was late.\nIt was heavy.",
    ),
    ("Глава 1\nБыло утро.\nШёл дождь.", "# Глава 1\nБыло утро.\nШёл дождь."),
    ("Sources made this statement.\nРусский заголовок тут.", None),
    # Dialogue with dashes, in Russian and in English typography.
    ("— Кто там?\n— Это я.\n— А кто «я»?", "— Кто там?\n— Это я.\n— А кто «я»?"),
    # Lists keep their marks.
    ("Buy:\n\n• milk\n• bread", "Buy:\n* • milk\n* • bread"),
    ("1. Первое\n2) Второе\n(3) Третье", "* 1. Первое\n* 2) Второе\n* (3) Третье"),
    # A long line that stops in mid-sentence goes on in the next.
    (
        "The agreement was signed in the city of Minsk by the leaders\n"
        "of four countries.\nNobody kept to it.",
        "The agreement was signed in the city of Minsk by the leaders of four countries.\n"
        "Nobody kept to it.",
    ),
    ("milk\nbread\nbutter", "milk\nbread\nbutter"),
    ("why it is so", "why it is so"),
    ("12 марта 2025", "# 12 марта 2025"),
]


@pytest.mark.parametrize(("text", "expected"), PAGES)
def test_paragraphs(text, expected):
    assert shown(text) == (text if expected is None else expected)


LONG = (
    "В воротах гостиницы губернского города въехала довольно красивая рессорная небольшая "
    "бричка, в какой ездят холостяки: отставные подполковники, штабс-капитаны, помещики, "
    "имеющие около сотни душ крестьян, словом, все те, которых называют господами средней руки. "
    "В бричке сидел господин, не красавец, но и не дурной наружности."
)
SECOND = (
    "When Chichikov had driven into the town of N., no noise was made by his arrival, and "
    "nothing remarkable went with it; only two Russian peasants who stood at the door of the "
    "tavern across from the inn made some remarks, which had more to do with the carriage."
)


@pytest.mark.parametrize("width", [40, 60, 72, 100])
def test_soft_wrapped_lines_are_joined(width):
    page = "\n\n".join(textwrap.fill(part, width) for part in (LONG, SECOND))
    assert shown(page) == f"{LONG}\n{SECOND}"


def test_paragraphs_of_a_wrapped_book_without_blank_lines():
    page = "\n".join(
        textwrap.fill(part, 60, initial_indent="    ") for part in (LONG, SECOND, LONG)
    )
    assert shown(page) == f"{LONG}\n{SECOND}\n{LONG}"


def test_a_heading_over_a_wrapped_paragraph():
    page = "Глава первая\n" + textwrap.fill(LONG, 60) + "\n\n" + textwrap.fill(SECOND, 60)
    assert shown(page) == f"# Глава первая\n{LONG}\n{SECOND}"


def test_a_dash_at_the_start_of_a_wrapped_line_is_not_always_speech():
    said = "— Я не знаю, куда мы едем и когда вернёмся домой, — сказал он тихо, глядя в окно."
    page = textwrap.fill(LONG, 50) + "\n\n" + said.replace("домой, — ", "домой,\n— ")
    assert shown(page) == f"{LONG}\n{said}"


@pytest.mark.parametrize(
    ("broken", "joined"),
    [
        ("господи-\nном", "господином"),  # stands whole elsewhere
        ("кое-\nкакой", "кое-какой"),  # does not: the hyphen may be its own
    ],
)
def test_words_hyphenated_at_a_line_end(broken, joined):
    start = "Он был человеком средних лет и вовсе не "
    page = textwrap.fill(LONG, 48) + f"\n\n{start}{broken} был с тем господином, что\nжил."
    assert read_text(page).paragraphs[-1].text == f"{start}{joined} был с тем господином, что жил."


LINES = st.lists(st.text(alphabet="абвгд яЯ.,—-\t\u00a0", max_size=60), max_size=12)


@given(LINES)
def test_no_letter_is_lost_but_spaces(lines):
    text = "\n".join(["Начало.", *lines])
    kept = "".join(p.text for p in read_text(text).paragraphs)
    assert "".join(kept.split()).replace("-", "") == "".join(text.split()).replace("-", "")


def test_one_line_of_a_megabyte():
    text = "Это предложение не кончается. " * 35_000
    assert len(read_text(text).paragraphs) == 1
