"""One Chromium for the whole folder, and a page that forgives nothing: a script fault, a broken policy or a
request to somebody else's server fails the test that caused it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect, sync_playwright

from tests.browser.sites import embedding_site, served
from tests.browser.watched import Watched
from tests.doubles.web_channel import WebChannelDouble

pytest.register_assert_rewrite("tests.browser.accessible")

REPORTS = Path(__file__).resolve().parents[2] / "reports" / "screenshots"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = {"width": 1280, "height": 860}
A_WHILE = 30_000
"""Milliseconds: a machine that does something else besides is slow, and that is no fault of a page."""
expect.set_options(timeout=A_WHILE)


# The folder, not the whole run: Playwright keeps a loop going, which asynchronous tests elsewhere could not bear.
@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """The browser."""
    binary = os.environ.get("TEST_CHROMIUM")
    if not binary:
        pytest.skip("TEST_CHROMIUM is not set: tools/with_chromium.sh sets it")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=binary, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def widget_site() -> Iterator[str]:
    """The origin that gives the widget, as the web process does."""
    with served(embedding_site()) as url:
        yield url


@pytest.fixture
def channel() -> Iterator[WebChannelDouble]:
    """A web channel that does what the test tells it."""
    double = WebChannelDouble()
    double.start()
    yield double
    if double.is_listening:
        double.stop()


@pytest.fixture
def new_context(chromium: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Makes browser contexts (a device and its storage), each watched and closed at the end."""
    watched: list[Watched] = []

    def make(**options: Any) -> BrowserContext:
        context = chromium.new_context(**{"viewport": DESKTOP, "locale": "fr-FR", **options})
        context.set_default_timeout(A_WHILE)
        watched.append(Watched(context))
        return context

    yield make
    for each in watched:
        each.context.close()
    faults = [fault for each in watched for fault in each.faults]
    assert not faults


@pytest.fixture
def page(new_context: Callable[..., BrowserContext]) -> Page:
    """A page on a desktop screen."""
    return new_context().new_page()


@pytest.fixture
def picture() -> Callable[[Page, str], None]:
    """Saves what a page shows under reports/screenshots, for people to look at."""

    def save(page: Page, name: str) -> None:
        REPORTS.mkdir(parents=True, exist_ok=True)
        for tries_left in (2, 1, 0):
            try:
                page.screenshot(path=REPORTS / f"{name}.png", animations="disabled")
                return
            except Error as fault:
                # Chromium now and then has no picture to give on a busy machine; nothing of the page is at fault.
                if not tries_left or "Unable to capture screenshot" not in fault.message:
                    raise

    return save
