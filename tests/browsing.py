"""Review pages opened in a real browser: Debian's chromium through Playwright.

conftest.py makes `browser` and `opened` known to all tests. A test that asks for one is
skipped, with the reason, where the browser or Playwright is not installed.
"""

import json
import shutil
from pathlib import Path

import pytest

from aligner.records import Pair, Provenance, Span
from aligner.review.data import Remark
from aligner.review.page import page
from aligner.reviewing import rows_of

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WINDOW = {"width": 1300, "height": 900}
MADE_BY = Provenance("night.en.md", "night.ru.md", "en", "ru", "toy", "enc:toy|v:0.1.0")


def pairs_of(table, made_by=MADE_BY):
    """Pairs from rows of (source, target, probability); sentences are told apart by "|"."""
    pairs, i, j = [], 0, 0
    for src, tgt, probability in table:
        counts = [len([s for s in text.split("|") if s]) for text in (src, tgt)]
        spans = Span(i, i + counts[0]), Span(j, j + counts[1])
        texts = [" ".join(part.strip() for part in text.split("|")) for text in (src, tgt)]
        pairs.append(Pair(*texts, *spans, 0.5, probability, made_by))
        i, j = spans[0].stop, spans[1].stop
    return pairs


TABLE = [
    ("Night fell.", "Наступила ночь.", 0.9999),
    ("The train left at 8:47.|Nobody came.", "Поезд ушёл в 8:57.|Никто не пришёл.", 0.62),
    ("It snowed.", "", 0.97),
    ("She read his letter.", "Она прочла его письмо.", 0.98),
    ("She laughed.", "Она засмеялась.|И заплакала.", 0.41),
    ("", "Ёлка стояла в углу.", 0.88),
    ("He was 12 years old.", "Ему было 12 лет.", 0.95),
]
FINDINGS = [
    Remark(1, "numbers", "error", "8:47 became 8:57", (Span(18, 22),), (Span(13, 17),)),
    Remark(1, "numbers", "error", "47 is missing", (Span(20, 22),)),
    Remark(2, "omission", "warning", "no translation"),
    Remark(6, "quotes", "advisory", "a hint"),
]


def page_of(pairs, findings=(), name="night"):
    return page(rows_of(pairs), findings, name)


@pytest.fixture(scope="session")
def browser():
    if not Path(CHROMIUM).exists():
        pytest.skip("chromium is not installed (Debian: apt-get install chromium)")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as running:
        started = running.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield started
        started.close()


class Opened:
    """A page in the browser, with what a reader sees of it and all that it asked for."""

    def __init__(self, tab, address):
        self.requests, self.faults, self.address = [], [], address
        self.tab = tab
        self.listeners = {
            "request": lambda request: self.requests.append(request.url),
            "pageerror": lambda error: self.faults.append(str(error)),
            "console": self._console,
            "dialog": lambda dialog: (self.faults.append("alert"), dialog.dismiss()),
        }
        for event, listener in self.listeners.items():
            tab.on(event, listener)
        tab.goto(address)

    def leave(self):
        """Nothing of it stays in the tab."""
        for event, listener in self.listeners.items():
            self.tab.remove_listener(event, listener)
        self.tab.emulate_media(color_scheme="light")
        self.tab.set_viewport_size(WINDOW)

    def _console(self, said):
        if said.type in ("error", "warning"):
            self.faults.append(said.text)

    def press(self, *keys):
        for key in keys:
            self.tab.keyboard.press(key)

    def reload(self):
        """As after closing the page, once the browser has stored what the page gave it."""
        self._reload_with(self.kept())

    def start_with(self, kept):
        """Loads the page anew if the browser kept something else than this for it."""
        if self.kept() == kept:
            return
        if not kept:
            self.tab.evaluate("() => localStorage.clear()")
        self._reload_with(kept)

    def _reload_with(self, kept):
        """A page may be loaded before what another wrote has gone through all processes."""
        for wait in (50, 100, 200, 400, 800, 1600, 3200):
            self.tab.wait_for_timeout(wait)
            self.tab.reload()
            if self.kept() == kept:
                return
        raise AssertionError(f"not in the browser's storage: {kept}")

    def kept(self):
        """What is in the storage, without what a page sets aside when it is loaded."""
        return self.tab.evaluate(
            """() => Object.fromEntries(
                Object.entries({...localStorage}).filter(([key]) => !key.endsWith(":damaged")))"""
        )

    def rows(self):
        """What stands in the list: number, source sentences, target sentences, state."""
        return self.tab.evaluate(
            """() => [...document.querySelectorAll(".row")].map((row) => [
                row.querySelector(".number").firstChild.textContent,
                ...["src", "tgt"].map((side) =>
                    [...row.querySelectorAll(`.text.${side} p:not(.none)`)]
                        .map((p) => p.textContent)),
                [...row.querySelectorAll(".state")].map((state) => state.textContent).join(" "),
            ])"""
        )

    def numbers(self):
        return [row[0] for row in self.rows()]

    def text(self, selector):
        return self.tab.inner_text(selector)

    def selected(self):
        return self.tab.evaluate(
            "() => document.querySelector('[aria-selected=true] .number').firstChild.textContent"
        )

    def saved(self, button, folder):
        """The file that a button saves."""
        self.tab.click("#save > summary")
        with self.tab.expect_download() as download:
            self.tab.click(button)
        path = folder / download.value.suggested_filename
        download.value.save_as(path)
        return path

    def decisions(self, folder):
        return json.loads(self.saved("#save-decisions", folder).read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def tab(browser):
    """One tab for most tests: a context of its own costs four times the work of a page."""
    context = browser.new_context(viewport=WINDOW, locale="en-US", accept_downloads=True)
    yield context.new_page()
    context.close()


@pytest.fixture
def opened(browser, tab, tmp_path):
    """Opens a page, nothing kept of others but with `keep`; all must have gone well in the end.

    With options of Playwright's contexts, or a `script` that runs before the page's own, the
    page gets a context for itself.
    """
    contexts, pages = [], []

    def open_page(text=None, keep=False, script=None, **options):
        path = tmp_path / "night.html"
        path.write_text(text or page_of(pairs_of(TABLE), FINDINGS), encoding="utf-8")
        place, kept = tab, pages[-1].kept() if keep else {}
        if script or options:
            options = {"viewport": WINDOW, "locale": "en-US"} | options
            contexts.append(browser.new_context(**options))
            if script:
                contexts[-1].add_init_script(script)
            place = contexts[-1].new_page()
        pages.append(Opened(place, path.as_uri()))
        if place is tab:
            pages[-1].start_with(kept)
        return pages[-1]

    yield open_page
    for each in pages:
        each.leave()
    for context in contexts:
        context.close()
    asked = {url for each in pages for url in each.requests if not url.startswith("blob:")}
    assert [fault for each in pages for fault in each.faults] == []
    assert asked <= {each.address for each in pages} | {"data:,"}


WORDS = "the night train left at dawn and nobody on the platform noticed that it was gone".split()
SLOVA = "ночной поезд ушёл на рассвете и никто на перроне не заметил что его уже нет".split()


def long_document(count):
    """Pairs of the length of real ones, 10 to 40 words a side, every tenth one doubtful."""
    pairs = []
    for at in range(count):
        src, tgt = (
            " ".join(words[(at * 7 + k) % len(words)] for k in range(10 + at * 11 % 31))
            for words in (WORDS, SLOVA)
        )
        place = Span(at, at + 1)
        probability = 0.3 + (at % 70) / 100 if at % 10 == 0 else 0.99
        pairs.append(Pair(f"{at} {src}.", f"{at} {tgt}.", place, place, 0.5, probability))
    return pairs
