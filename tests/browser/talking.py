"""The whole stack seen by a person who talks: the page where one does, and what is heard there."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.browser.chat import Chat
from tests.e2e.stack import Stack

A_WHILE = 60_000
"""Milliseconds: a machine that trains and tests at once is slow."""


def site_of(stack: Stack) -> str:
    """Where the web process answers."""
    return f"http://127.0.0.1:{stack.environment['CEP_WEB_PORT']}"


def begun(page: Page, stack: Stack) -> Chat:
    """The page where one talks, once the assistant has introduced itself."""
    page.goto(f"{site_of(stack)}/discuter")
    chat = Chat(page)
    hears(chat, "Je suis un assistant automatique, pas un conseiller.")
    hears(chat, "ils ne vont pas à votre employeur")
    return chat


def hears(chat: Chat, words: str, count: int = 1) -> Locator:
    """Wait until this was said as often."""
    said = chat.log.locator(".message:not(.user)", has_text=words)
    expect(said).to_have_count(count, timeout=A_WHILE)
    return said.last


def say(chat: Chat, words: str) -> None:
    """Say it and wait for an answer."""
    before = chat.log.locator(".message:not(.user)").count()
    chat.say(words)
    expect(chat.log.locator(".message:not(.user)").nth(before)).to_be_visible(timeout=A_WHILE)
