"""The page for people who use it all day: screen readers, zoom, paper, long documents."""

import io
import os
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import pytest
from browsing import long_document, page_of, pairs_of

from aligner.records import Span
from aligner.review.data import Remark


@cache
def axe():
    """The source of axe-core: from AXE_CORE, or from the npm registry into a temporary folder."""
    if given := os.environ.get("AXE_CORE"):
        return Path(given).read_text(encoding="utf-8")
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm is not installed, so axe-core cannot be fetched (or set AXE_CORE)")
    with tempfile.TemporaryDirectory() as folder:
        command = [npm, "pack", "--silent", "axe-core@4"]
        packed = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60)
        if packed.returncode:
            pytest.skip("axe-core cannot be fetched from the npm registry (or set AXE_CORE)")
        shutil.unpack_archive(Path(folder) / packed.stdout.split()[-1], folder)
        return (Path(folder) / "package" / "axe.min.js").read_text(encoding="utf-8")


STATES = {  # what is open on the page: the keys that lead there
    "list": [],
    "doubtful first, one rejected, one accepted": ["o", "r", "a"],
    "editor": ["e"],
    "help": ["?"],
    "split": ["ArrowDown", "s"],
    "ignored": ["ArrowDown", "i", "m"],
}


@pytest.mark.parametrize("language", ["en", "ru"])
def test_axe_finds_nothing_wrong(opened, language):
    check = """async () => (await axe.run(document, { resultTypes: ["violations"] })).violations
        .map((found) => `${found.id}: ${found.nodes[0].html}`)"""
    page = opened()
    page.tab.evaluate(axe())
    page.tab.emulate_media(reduced_motion="reduce")
    if language == "ru":
        page.tab.click("#language")
    for name, keys in STATES.items():
        page.press(*keys)
        for scheme in ("light", "dark"):
            page.tab.emulate_media(color_scheme=scheme)
            assert (name, scheme, page.tab.evaluate(check)) == (name, scheme, [])
        page.press("Escape")
    page.tab.click("#save > summary")
    assert page.tab.evaluate(check) == []


def test_everything_can_be_reached_with_the_tab_key(opened):
    page = opened()
    page.tab.focus("body")
    reached = set()
    for _ in range(40):
        page.press("Tab")
        reached.add(
            page.tab.evaluate(
                """() => { const { id, dataset, role, parentElement } = document.activeElement;
                    return id || dataset.do || role || parentElement.id; }"""
            )
        )
    wanted = {"save", "language", "theme", "help", "strip", "search", "order", "kind", "below"}
    wanted |= {"finding", "state", "row", "accept", "reject", "edit", "merge", "split"}
    assert wanted <= reached


def test_what_was_done_is_said(opened):
    page = opened()
    page.tab.click("#language")
    page.press("a")
    assert page.tab.get_attribute("#said", "aria-live") == "polite"
    assert page.text("#said") == "Пара 1 принята"
    assert page.tab.evaluate("() => document.activeElement.getAttribute('role')") == "row"
    assert page.tab.get_attribute("#pairs", "aria-rowcount") == "8"
    langs = page.tab.evaluate(
        "() => ['src', 'tgt'].map((side) => document.querySelector(`.text.${side}`).lang)"
    )
    assert langs == ["en", "ru"]


@pytest.mark.parametrize("width", [650, 400, 320])  # 1300 at 200 % and at 400 %
def test_nothing_is_lost_at_high_zoom(opened, width):
    page = opened()
    page.tab.set_viewport_size({"width": width, "height": 450})
    page.press("ArrowDown", "e")
    assert page.tab.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    outside = page.tab.evaluate(
        """() => [...document.querySelectorAll("button, select, textarea, .text p, .findings li")]
            .filter((each) => each.offsetParent && !each.closest(".hidden"))
            .map((each) => [each.getBoundingClientRect(), each.outerHTML.slice(0, 80)])
            .filter(([box]) => box.right > innerWidth + 1 || box.left < -1)"""
    )
    assert outside == []
    assert page.tab.locator("textarea").first.is_visible()


def test_on_paper_all_pairs_stand_and_no_controls(opened):
    pypdf = pytest.importorskip("pypdf")
    table = [(f"Sentence {number} here.", f"Предложение {number}.", 0.9) for number in range(200)]
    page = opened(page_of(pairs_of(table)))
    pdf = pypdf.PdfReader(io.BytesIO(page.tab.pdf(format="A4")))
    text = "\n".join(sheet.extract_text() for sheet in pdf.pages)
    assert [number for number in range(200) if f"Sentence {number} here." not in text] == []
    assert [number for number in range(200) if f"Предложение {number}." not in text] == []
    assert "night.en.md" in text
    assert "Merge" not in text
    assert "Search" not in text


def test_of_two_thousand_pairs_only_those_in_sight_are_built(opened):
    findings = [Remark(at, "numbers", "warning", "look", (Span(0, 2),)) for at in range(0, 2000, 9)]
    text = page_of(long_document(2000), findings)
    assert len(text.encode()) < 2_000_000
    page = opened(text)
    for _ in range(20):
        page.tab.evaluate("() => window.scrollBy(0, 1500)")
    assert page.tab.locator("*").count() < 20_000  # only what is near the window is built
    page.tab.evaluate("() => window.scrollTo(0, 0)")
    page.press("End")
    assert page.selected() == "2000"
    assert page.tab.locator("[aria-selected=true]").is_visible()
    page.press("Home")
    assert page.selected() == "1"


def test_twenty_thousand_pairs_can_still_be_worked_on(opened):
    page = opened(page_of(long_document(20_000)))
    page.press("End", "a")
    page.press("r")
    page.tab.select_option("#below", "0.9")
    assert page.text("#shown") == "1,715 of 20,000 pairs shown"
    assert page.tab.locator("*").count() < 20_000
    page.reload()
    assert page.text("#progress").startswith("1 of 20,000")
