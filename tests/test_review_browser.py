"""The review page in a real browser: what is shown, every action, what is kept and saved."""

import json
import shutil
import subprocess

import pytest
from browsing import FINDINGS, TABLE, page_of, pairs_of
from conftest import SHARED

from aligner.review.decisions import read_decisions
from aligner.writers.files import WriteOptions, write
from aligner.writers.tmx_reading import read_tmx
from aligner.writers.tsv import read_tsv

ROWS = [
    ["1", ["Night fell."], ["Наступила ночь."], ""],
    [
        "2",
        ["The train left at 8:47.", "Nobody came."],
        ["Поезд ушёл в 8:57.", "Никто не пришёл."],
        "",
    ],
    ["3", ["It snowed."], [], ""],
    ["4", ["She read his letter."], ["Она прочла его письмо."], ""],
    ["5", ["She laughed."], ["Она засмеялась.", "И заплакала."], ""],
    ["6", [], ["Ёлка стояла в углу."], ""],
    ["7", ["He was 12 years old."], ["Ему было 12 лет."], ""],
]


def replaced(at, *rows, count=1):
    return [*ROWS[:at], *rows, *ROWS[at + count :]]


def test_both_texts_stand_side_by_side_in_sentences(opened):
    page = opened()
    assert page.rows() == ROWS
    assert page.text("#title") == "night.en.md ↔ night.ru.md"
    assert page.tab.title() == "night.en.md ↔ night.ru.md"
    assert page.text("#shown") == "7 of 7 pairs shown"


def test_probability_is_a_number_and_a_color(opened):
    page = opened()
    cells = page.tab.evaluate(
        """() => [...document.querySelectorAll(".link")].map((cell) =>
            [cell.className, cell.querySelector(".probability").textContent])"""
    )
    assert cells == [
        ["link good", "0.99"],  # not rounded up to 1
        ["link fair", "0.62"],
        ["link omitted", "0.97"],
        ["link good", "0.98"],
        ["link poor", "0.41"],
        ["link added", "0.88"],
        ["link good", "0.95"],
    ]
    dots = page.tab.evaluate(
        """() => [...document.querySelectorAll(".link svg")]
            .map((drawing) => drawing.querySelectorAll("circle").length)"""
    )
    assert dots == [2, 4, 1, 2, 3, 1, 2]


def test_the_evidence_of_a_finding_is_marked_on_both_sides(opened):
    page = opened()
    marks = page.tab.evaluate(
        "() => [...document.querySelectorAll('mark')].map((m) => [m.className, m.textContent])"
    )
    # The second finding is inside the first on the source side: two marks, side by side
    assert marks == [["error", "8:"], ["error", "47"], ["error", "8:57"]]
    assert page.text("[data-row='2'] .findings").count("numbers") == 2


DOWN = "ArrowDown"
ACTIONS = [  # what is done from the first row on, the rows that come out
    (["a"], replaced(0, [*ROWS[0][:3], "Accepted"])),
    (["a", "a"], replaced(0, [*ROWS[0][:3], "Accepted"], [*ROWS[1][:3], "Accepted"], count=2)),
    (["r"], replaced(0, [*ROWS[0][:3], "Rejected"])),
    (["a", "ArrowUp", "a"], ROWS),  # once more takes it back
    (["a", "ArrowUp", "u"], ROWS),
    (
        [DOWN, DOWN, "m"],  # an omission merged with what follows
        replaced(
            2,
            [
                "3–4",
                ["It snowed.", "She read his letter."],
                ["Она прочла его письмо."],
                "Changed",
            ],
            count=2,
        ),
    ),
    (
        [DOWN, "s", "Enter"],  # in the middle, as it is the most even way
        replaced(
            1,
            ["2", ["The train left at 8:47."], ["Поезд ушёл в 8:57."], "Changed"],
            ["2", ["Nobody came."], ["Никто не пришёл."], "Changed"],
        ),
    ),
    (
        ["s", "Enter"],  # a link of one sentence on each side is taken apart
        replaced(
            0,
            ["1", ["Night fell."], [], "Changed"],
            ["1", [], ["Наступила ночь."], "Changed"],
        ),
    ),
    (
        [*[DOWN] * 4, "4"],  # the last target sentence down
        replaced(
            4,
            ["5", ["She laughed."], ["Она засмеялась."], "Changed"],
            ["5–6", [], ["И заплакала.", "Ёлка стояла в углу."], "Changed"],
            count=2,
        ),
    ),
    (
        [*[DOWN] * 6, "3"],  # the first target sentence up
        replaced(
            5,
            ["6–7", [], ["Ёлка стояла в углу.", "Ему было 12 лет."], "Changed"],
            ["7", ["He was 12 years old."], [], "Changed"],
            count=2,
        ),
    ),
    (
        [DOWN, DOWN, "1"],  # the only source sentence up: its row is gone
        replaced(
            1,
            [
                "2–3",
                ["The train left at 8:47.", "Nobody came.", "It snowed."],
                ["Поезд ушёл в 8:57.", "Никто не пришёл."],
                "Changed",
            ],
            count=2,
        ),
    ),
    (
        [DOWN, "2"],  # the last source sentence down
        replaced(
            1,
            [
                "2",
                ["The train left at 8:47."],
                ["Поезд ушёл в 8:57.", "Никто не пришёл."],
                "Changed",
            ],
            ["2–3", ["Nobody came.", "It snowed."], [], "Changed"],
            count=2,
        ),
    ),
    (["1"], ROWS),  # nothing before the first row
    ([DOWN, DOWN, "m", "s", "Enter"], ROWS),  # merged and split again: as it was
]


@pytest.mark.parametrize(("keys", "expected"), ACTIONS, ids=range(len(ACTIONS)))
def test_each_action_by_keys_undone_done_again_and_after_a_reload(opened, keys, expected):
    page = opened()
    page.press(*keys)
    assert page.rows() == expected
    steps = page.tab.evaluate("() => !document.querySelector('#undo').disabled")
    for _ in range(len(keys)):
        page.press("z")
    assert page.rows() == ROWS
    for _ in range(len(keys)):
        page.press("y")
    assert page.rows() == expected
    page.reload()
    assert page.rows() == expected
    assert steps or expected == ROWS


BUTTONS = {"a": "accept", "r": "reject", "m": "merge", "4": "move.tgt.down", "1": "move.src.up"}


@pytest.mark.parametrize("key", BUTTONS)
def test_each_action_by_mouse_does_what_its_key_does(opened, key):
    page = opened()
    page.tab.click(".row:nth-child(5) .number")
    page.press(key)
    by_key = page.rows()
    page.press("z")
    page.tab.click(".row:nth-child(5) .number")
    if key.isdigit():
        page.tab.click(".row-tools summary")
    page.tab.click(f"[data-do='{BUTTONS[key]}']")
    assert page.rows() == by_key != ROWS


def test_letters_are_keys_in_the_russian_layout_too(opened):
    page = opened()
    page.tab.evaluate(
        """() => document.querySelector("[aria-selected=true]").dispatchEvent(
            new KeyboardEvent("keydown", { key: "ф", code: "KeyA", bubbles: true }))"""
    )
    assert page.rows()[0][3] == "Accepted"


def test_letters_can_be_switched_off(opened):
    page = opened()
    page.press("?")
    page.tab.uncheck("#letters")
    page.press("Escape", "a")
    assert page.rows() == ROWS
    page.press(DOWN, "Control+z")
    assert page.selected() == "2"


def test_keys_work_before_a_closed_dialog_has_lost_the_focus(opened):
    page = opened()
    page.press("?")
    page.tab.evaluate(
        """() => {
            document.getElementById("letters").focus();
            document.getElementById("help-dialog").close();
            document.getElementById("letters").dispatchEvent(new KeyboardEvent(
                "keydown", { key: "ArrowDown", code: "ArrowDown", bubbles: true }));
        }"""
    )
    assert page.selected() == "2"


EDITS = [  # side, text typed in its place, pieces that come out
    ("tgt", "Наступила тьма.", ["Night fell."], ["Наступила тьма."]),
    ("src", "Night fell.\nAnd how!", ["Night fell.", "And how!"], ["Наступила ночь."]),
    ("tgt", "", ["Night fell."], []),
    ("tgt", "  \n Ночь. \n\n", ["Night fell."], ["Ночь."]),
]


@pytest.mark.parametrize(("side", "text", "src", "tgt"), EDITS)
def test_edit(opened, side, text, src, tgt):
    page = opened()
    page.press("e")
    page.tab.fill(f".text.{side} textarea", text)
    page.press("Control+Enter")
    changed = replaced(0, ["1", src, tgt, "Changed"])
    assert page.rows() == changed
    page.reload()
    assert page.rows() == changed


def test_an_edit_can_be_cancelled_and_one_that_changes_nothing_is_none(opened):
    page = opened()
    page.press("Enter")
    page.tab.fill(".text.tgt textarea", "Нет.")
    page.press("Escape")
    assert page.rows() == ROWS
    page.press("e", "Control+Enter")
    assert page.rows() == ROWS
    assert page.tab.is_disabled("#undo")


def test_edited_back_to_what_it_was_is_unchanged(opened):
    page = opened()
    for text in ("Наступила тьма.", "Наступила ночь."):
        page.press("e")
        page.tab.fill(".text.tgt textarea", text)
        page.press("Control+Enter")
    assert page.rows() == ROWS


def test_a_pair_needs_some_text(opened):
    page = opened()
    page.press("e")
    for side in ("src", "tgt"):
        page.tab.fill(f".text.{side} textarea", "")
    page.press("Control+Enter")
    assert page.rows() == ROWS
    assert "needs some text" in page.text("#said")


def test_a_finding_is_ignored_and_comes_back(opened):
    page = opened()
    page.press(DOWN, "i")  # both findings of this check on this pair
    assert page.tab.locator("mark").count() == 0
    assert "0" in page.text("#totals dd:nth-of-type(5)")
    page.reload()
    assert page.tab.locator("li.ignored").count() == 2
    page.press(DOWN, "i")
    assert page.tab.locator("mark").count() == 3
    page.tab.click("li.warning button")
    assert page.selected() == "3"
    assert page.tab.locator("li.ignored").count() == 1


FILTERS = [
    ("search", "ПОЕЗД", "2"),
    ("search", "елка", "6"),  # ё and е are the same
    ("search", "she", "4 5"),
    ("search", "<b>", ""),
    ("kind", "merged", "2 5"),
    ("kind", "2-2", "2"),
    ("kind", "omission", "3"),
    ("kind", "addition", "6"),
    ("below", "0.9", "2 5 6"),
    ("below", "0.5", "5"),
    ("finding", "any", "2 3 7"),
    ("finding", "error", "2"),
    ("finding", "check omission", "3"),
    ("state", "accepted", "1"),
    ("state", "open", "2 3 4 5 6 7"),
    ("order", "doubtful", "2 5 6 3 7 4 1"),
]


@pytest.mark.parametrize(("name", "value", "expected"), FILTERS)
def test_filters_search_and_order(opened, name, value, expected):
    page = opened()
    page.press("a")
    if name == "search":
        page.tab.fill("#search", value)
        page.tab.wait_for_timeout(250)
    else:
        page.tab.select_option(f"#{name}", value)
    assert page.numbers() == expected.split()
    count = len(expected.split())
    assert page.text("#shown") == f"{count} of 7 pairs shown"
    assert page.tab.is_visible("#nothing") == (not count)
    if name != "order":
        page.tab.click("#clear")
        assert len(page.numbers()) == 7


def test_what_was_searched_for_is_marked(opened):
    page = opened()
    page.tab.fill("#search", "елка")
    page.tab.wait_for_timeout(250)
    assert page.tab.locator("mark.hit").all_inner_texts() == ["Ёлка"]


def test_in_doubtful_order_the_selected_pair_stands_between_its_neighbors(opened):
    page = opened()
    page.press("o")
    assert page.selected() == "2"
    page.press(DOWN)
    around = page.tab.locator("[aria-selected=true] .neighbor").all_inner_texts()
    assert ["She read his letter." in around[0], "Ёлка стояла в углу." in around[1]] == [True, True]


def test_n_goes_to_the_next_doubtful_pair_that_is_undecided(opened):
    page = opened()
    seen = []
    for _ in range(4):
        page.press("n")
        seen.append(page.selected())
    page.press("n")
    assert seen == ["2", "3", "5", "6"]
    assert "No undecided doubtful pair" in page.text("#said")


def test_the_strip_and_the_path_lead_to_a_place(opened):
    page = opened()
    box = page.tab.locator("#strip").bounding_box()
    page.tab.mouse.click(box["x"] + box["width"] * 4.5 / 7, box["y"] + 10)
    assert page.selected() == "5"
    page.tab.focus("#strip")
    page.press("ArrowRight")
    assert page.selected() == "6"
    assert page.tab.get_attribute("#strip", "aria-valuetext") == "Pair 6 of 7"
    page.press("Home")
    assert page.selected() == "1"
    box = page.tab.locator("#path").bounding_box()
    page.tab.mouse.click(box["x"] + box["width"] - 8, box["y"] + box["height"] - 8)
    assert page.selected() == "7"


def test_a_hidden_place_is_shown_by_clearing_the_filters(opened):
    page = opened()
    page.tab.select_option("#kind", "omission")
    page.tab.focus("#strip")
    page.press("End")
    assert page.selected() == "7"
    assert len(page.numbers()) == 7


def test_progress_is_counted(opened):
    page = opened()
    page.press("a", "r", "m")
    assert page.text("#progress") == "2 of 6 decided · 1 accepted · 1 rejected · 1 changed"


def test_russian_where_the_browser_is_russian_and_by_the_switch(opened):
    page = opened(locale="ru-RU")
    assert page.text("#shown") == "Показано 7 из 7 пар"
    assert page.tab.get_attribute("html", "lang") == "ru"
    assert page.tab.locator(".probability").first.inner_text() == "0,99"
    page.tab.click("#language")
    assert page.text("#shown") == "7 of 7 pairs shown"
    page.reload()
    assert page.tab.get_attribute("html", "lang") == "en"


def test_light_and_dark(opened):
    ground = "() => getComputedStyle(document.body).backgroundColor"
    page = opened()
    page.tab.emulate_media(color_scheme="dark")
    dark = page.tab.evaluate(ground)
    page.tab.select_option("#theme", "light")
    light = page.tab.evaluate(ground)
    page.reload()
    assert page.tab.evaluate(ground) == light != dark


def test_saved_decisions_fit_the_pairs_and_can_be_loaded_again(opened, tmp_path):
    page = opened()
    page.press("a", "r", "m", DOWN, "4", DOWN, DOWN, "i")
    rows = page.rows()
    path = page.saved("#save-decisions", tmp_path)
    found = read_decisions(path, pairs_of(TABLE))
    assert [
        (
            decision.pairs.start,
            decision.pairs.stop,
            [verdict.state for verdict in decision.verdicts],
        )
        for decision in found.decisions
    ] == [(0, 1, ["accepted"]), (1, 2, ["rejected"]), (2, 4, ["open"]), (4, 6, ["open", "open"])]
    assert [(each.check, each.target) for each in found.ignored] == [("quotes", "Ему было 12 лет.")]
    fresh = opened()
    assert fresh.rows() == ROWS
    fresh.tab.set_input_files("#load", path)
    fresh.tab.get_by_text("decisions loaded").wait_for()
    assert fresh.rows() == rows
    fresh.press("z")
    assert fresh.rows() == ROWS


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("no JSON", "not a file of decisions"),
        ('{"format": "something"}', "not a file of decisions"),
        (
            '{"format": "aligner-decisions", "version": 9, "decisions": []}',
            "another version of the page",
        ),
        (
            '{"format": "aligner-decisions", "version": 1, "content": "", "decisions": []}',
            "made on other pairs",
        ),
    ],
)
def test_a_file_that_does_not_fit_is_refused(opened, tmp_path, text, why):
    (tmp_path / "other.json").write_text(text, encoding="utf-8")
    page = opened()
    page.tab.set_input_files("#load", tmp_path / "other.json")
    page.tab.wait_for_selector("#notice:not([hidden])")
    assert why in page.text("#notice")
    assert page.rows() == ROWS


@pytest.mark.parametrize("suffix", ["tsv", "tmx"])
def test_undecided_pairs_are_saved_as_the_command_line_writes_them(opened, tmp_path, suffix):
    table = [
        *TABLE,
        ('A "quoted" <tag> & more\\t', "«Кавычки» \U0001f642 &amp; \x0b", 0.5),
        ("Tab\there", "C:\\new\\тест", 0.123456),
    ]
    pairs = pairs_of(table)
    from aligner import __version__

    write(pairs, tmp_path / f"python.{suffix}", WriteOptions(__version__))
    page = opened(page_of(pairs))
    saved = page.saved(f"#save-{suffix}", tmp_path)
    assert saved.name == f"night.{suffix}"
    assert saved.read_bytes() == (tmp_path / f"python.{suffix}").read_bytes()


@pytest.mark.parametrize(("suffix", "read"), [("tsv", read_tsv), ("tmx", read_tmx)])
def test_decided_pairs_are_saved_as_they_are_now(opened, tmp_path, suffix, read):
    page = opened()
    page.press("a", "r", "m")
    pairs = list(read(page.saved(f"#save-{suffix}", tmp_path)))
    assert [(pair.src, pair.tgt, pair.kind) for pair in pairs][:4] == [
        ("Night fell.", "Наступила ночь.", "1-1"),
        ("The train left at 8:47. Nobody came.", "", "2-0"),  # rejected: two texts, no pair
        ("", "Поезд ушёл в 8:57. Никто не пришёл.", "0-2"),
        ("It snowed. She read his letter.", "Она прочла его письмо.", "2-1"),
    ]
    spans = [
        (pair.src_span.start, pair.src_span.stop, pair.tgt_span.start, pair.tgt_span.stop)
        for pair in pairs
    ]
    assert spans == [
        (0, 1, 0, 1),
        (1, 3, 1, 1),
        (3, 3, 1, 3),
        (3, 5, 3, 4),
        (5, 6, 4, 6),
        (6, 6, 6, 7),
        (6, 7, 7, 8),
    ]
    assert pairs[0].probability == 1.0
    if suffix == "tmx":
        assert [pair.confirmed_by for pair in pairs] == ["reviewer", *[""] * 6]


def test_the_tmx_saved_from_the_page_is_valid(opened, tmp_path):
    dtd = SHARED / "formats" / "tmx14.dtd"
    if not shutil.which("xmllint") or not dtd.is_file():
        pytest.skip("needs xmllint and the DTD in ../shared")
    page = opened()
    page.press("a", "r", "m", "e")
    page.tab.fill(".row:nth-child(3) textarea", 'Ёлка & <b>"x"</b> ]]>')
    page.press("Control+Enter")
    path = page.saved("#save-tmx", tmp_path)
    command = ["xmllint", "--noout", "--nonet", "--dtdvalid", str(dtd), str(path)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_what_is_kept_belongs_to_these_pairs_only(opened):
    page = opened()
    page.press("a")
    other = pairs_of([("Night fell.", "Стемнело.", 0.9)])
    assert opened(page_of(other), keep=True).rows()[0][3] == ""
    same = page_of(pairs_of(TABLE))  # without findings: the same pairs all the same
    assert opened(same, keep=True).rows()[0][3] == "Accepted"


def test_where_nothing_can_be_kept_the_page_says_so(opened):
    full = """Storage.prototype.setItem = () => {
        throw new DOMException("full", "QuotaExceededError"); };"""
    page = opened(script=full)
    page.press("a")
    assert "no space left" in page.text("#notice")
    assert page.rows()[0][3] == "Accepted"
    blocked = """Object.defineProperty(window, "localStorage", {
        get() { throw new DOMException("no", "SecurityError"); } });"""
    page = opened(script=blocked)
    assert "storage is switched off" in page.text("#notice")


def test_kept_decisions_that_cannot_be_read_are_set_aside(opened):
    page = opened()
    page.press("a")
    page.tab.evaluate(
        "() => { for (const key of Object.keys(localStorage)) localStorage[key] = '{'; }"
    )
    page.reload()
    assert page.rows() == ROWS
    assert "cannot be read" in page.text("#notice")
    kept = page.tab.evaluate(
        "() => Object.keys(localStorage).filter((k) => k.endsWith(':damaged'))"
    )
    assert len(kept) == 1


def test_pairs_of_different_texts_are_not_merged(opened):
    table = TABLE[:2]
    gap = pairs_of(TABLE)[3:]  # a pair in between is missing
    page = opened(page_of([*pairs_of(table), *gap]))
    page.press(DOWN, "m", "2")
    assert page.numbers() == ["1", "2", "3", "4", "5", "6"]
    assert "no neighboring pair" in page.text("#said")


def test_the_page_is_the_same_for_the_same_pairs():
    assert page_of(pairs_of(TABLE), FINDINGS) == page_of(pairs_of(TABLE), FINDINGS)


def test_a_page_without_pairs_opens(opened):
    page = opened(page_of([]))
    assert page.rows() == []
    page.press("a", "z", "n", DOWN, "End")
    assert page.text("#nothing") == "No pair passes these filters."


def test_confirmed_pairs_are_accepted_at_first(opened, tmp_path):
    from dataclasses import replace

    pairs = [replace(pair, confirmed_by="anna") for pair in pairs_of(TABLE)[:2]]
    page = opened(page_of(pairs))
    assert [row[3] for row in page.rows()] == ["Accepted", "Accepted"]
    assert json.loads(page.saved("#save-decisions", tmp_path).read_text())["decisions"] == []
    page.press("u")
    assert page.decisions(tmp_path)["decisions"] == [{"pairs": [0, 1], "rows": [{"state": "open"}]}]
