"""The review page while somebody reads: CPU of the page's own thread, by the browser's account.

Run from the repository root, with Debian's chromium and Playwright installed:

    python -m tests.benchmarks.page

CPU time, since wall time on a shared machine says little. At 60 frames a second a frame
has 16.7 ms; each here scrolls 300 pixels, twenty windows a second.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from aligner.review.page import page
from aligner.reviewing import rows_of
from tests.browsing import ARGUMENTS, CHROMIUM, WINDOW, long_document

FRAMES = 90
SCROLL = """async (frames) => {
    for (let frame = 0; frame < frames; frame++) {
        window.scrollBy(0, 300);
        await new Promise((done) => requestAnimationFrame(done));
    }
}"""


class Busy:
    """Seconds of CPU that the page's main thread has taken."""

    def __init__(self, tab: Page) -> None:
        self.session = tab.context.new_cdp_session(tab)
        self.session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def __call__(self) -> float:
        metrics = self.session.send("Performance.getMetrics")["metrics"]
        return float(next(each["value"] for each in metrics if each["name"] == "TaskDuration"))


def main() -> None:
    """Print size, loading, scrolling, and one decision for pages of two sizes."""
    with sync_playwright() as player, tempfile.TemporaryDirectory() as folder:
        browser = player.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for count in (2_000, 20_000):
            path = Path(folder) / f"{count}.html"
            path.write_text(page(rows_of(long_document(count))), encoding="utf-8")
            tab = browser.new_page(viewport=WINDOW)
            busy = Busy(tab)
            tab.goto(path.as_uri())
            loaded = busy()
            tab.evaluate(SCROLL, FRAMES)
            scrolled = busy()
            tab.keyboard.press("a")
            tab.wait_for_timeout(500)
            print(
                f"{count:,} pairs: {path.stat().st_size:,} bytes; CPU: loading {loaded:.2f} s, "
                f"a frame of scrolling {(scrolled - loaded) / FRAMES * 1000:.1f} ms, "
                f"a decision {(busy() - scrolled) * 1000:.0f} ms"
            )
        browser.close()


if __name__ == "__main__":
    main()
