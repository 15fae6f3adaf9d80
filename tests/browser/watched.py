"""What must never happen in a page, noted as it happens."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request

LOOPBACK = {"127.0.0.1", "localhost"}
REFUSED_CONNECTIONS = ("net::ERR_", "Failed to load resource")
SAYS_VIOLATIONS = """
addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy broken: ${event.violatedDirective} ${event.blockedURI}`));
"""


class Watched:
    """One context and its faults: script errors, broken policies, requests to anybody else."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.faults: list[str] = []
        context.add_init_script(SAYS_VIOLATIONS)
        context.on("page", self._watch)
        context.on("request", self._requested)
        context.on("console", self._said)

    def _watch(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))

    def _requested(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https") and address.hostname not in LOOPBACK:
            self.faults.append(f"request to {address.hostname}")

    def _said(self, message: ConsoleMessage) -> None:
        # A server stopped on purpose makes the browser say so; that is the test's subject, not a fault.
        if message.type == "error" and not any(known in message.text for known in REFUSED_CONNECTIONS):
            self.faults.append(message.text)
