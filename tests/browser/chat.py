"""The widget as a person uses it."""

from __future__ import annotations

from urllib.parse import urlencode

from playwright.sync_api import Locator, Page, expect


class Chat:
    """The widget on one page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.launcher = page.locator("button.launcher")
        self.panel = page.locator("dialog.panel")
        self.log = page.get_by_role("log")
        self.field = page.get_by_label("Votre message")
        self.banner = page.locator(".banner [role=status]")
        self.hold = page.locator(".hold")

    def visit(self, site: str, server: str, **more: str) -> Chat:
        """Go to a page that embeds the widget, and leave it folded."""
        self.page.goto(f"{site}/page?{urlencode({'server': server, **more})}")
        return self

    def open(self) -> Chat:
        """Unfold it."""
        self.launcher.click()
        expect(self.panel).to_be_visible()
        return self

    def say(self, words: str) -> None:
        """Type and send."""
        self.field.fill(words)
        self.field.press("Enter")

    def choice(self, title: str) -> Locator:
        """The last choice of this name."""
        return self.log.get_by_role("button", name=title).last

    def option(self, name: str) -> None:
        """Choose an option of the menu."""
        self.page.get_by_role("button", name="Options").click()
        self.page.locator(".menu").get_by_role("button", name=name).click()

    def hears(self, words: str) -> Locator:
        """Wait until the other side has said this."""
        said = self.log.locator(".message:not(.user)", has_text=words).last
        expect(said).to_be_visible(timeout=20_000)
        return said

    @property
    def own(self) -> list[str]:
        """What the person wrote, in order."""
        return self.log.locator(".message.user .own").all_inner_texts()
