"""The console really served on loopback, for what a test client cannot do: streams and browsers."""

from __future__ import annotations

from contextlib import AbstractContextManager

from bot.web.app import create_app
from tests.browser import sites


def served() -> AbstractContextManager[str]:
    """The address of the application, on whatever `bootstrap` is wired to."""
    return sites.served(create_app())
