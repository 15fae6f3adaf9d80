"""From a press on the widget to a chat one can write in, in a real browser on the running assistant."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Page, expect, sync_playwright

from benchmarks.measures import Times
from benchmarks.progress import say
from benchmarks.servers import our_server
from benchmarks.table import Row
from tests.browser.conftest import ARGUMENTS
from tests.browser.sites import embedding_site, served

OPENINGS = 20
UNTIMED = 2
"""The first openings find nothing warm, neither here nor in the assistant."""


def opening(folder: Path, model: Path) -> list[Row]:
    """Each opening is somebody new, on a page of another site; usable: greeted, and the field has the focus."""
    say("opening the widget in a browser ...")
    times = Times()
    with served(embedding_site()) as site, _assistant(folder, model, site) as address, _page_maker() as new_page:
        for number in range(OPENINGS + UNTIMED):
            page = new_page()
            taken = _milliseconds_to_usable(page, f"{site}/page?{urlencode({'server': address})}")
            page.context.close()
            if number >= UNTIMED:
                times.taken.append(taken)
    return [Row("widget, from a press to usable, p50", "ms", times.p50), Row("the same, p95", "ms", times.p95)]


def _milliseconds_to_usable(page: Page, url: str) -> float:
    page.goto(url)
    launcher = page.locator("button.launcher")
    expect(launcher).to_be_visible()
    started = time.perf_counter()
    launcher.click()
    page.get_by_role("log").locator(".message").first.wait_for()
    expect(page.get_by_label("Votre message")).to_be_focused()
    return (time.perf_counter() - started) * 1000


@contextmanager
def _assistant(folder: Path, model: Path, site: str) -> Iterator[str]:
    server = our_server(folder, model, CEP_ALLOWED_ORIGINS=site)
    try:
        server.prepare()
        server.start()
        server.settle()
        yield server.stack.assistant_url
    finally:
        server.close()


@contextmanager
def _page_maker() -> Iterator[Callable[[], Page]]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ["TEST_CHROMIUM"], args=ARGUMENTS)
        yield lambda: browser.new_context(locale="fr-FR").new_page()
        browser.close()
