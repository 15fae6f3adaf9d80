"""An adviser at the console, in a real browser."""

from __future__ import annotations

from playwright.sync_api import Page, expect


def enter(page: Page, site: str) -> Page:
    """Signed in as the demonstration adviser."""
    page.goto(f"{site}/conseil/connexion")
    page.get_by_role("button", name="Entrer comme conseillère de démonstration").click()
    expect(page.get_by_role("heading", level=1, name="Demandes")).to_be_visible()
    return page


def take(page: Page, place: int = 0) -> None:
    """A request of the list, the oldest unless said otherwise, in this adviser's hands."""
    page.get_by_role("button", name="Prendre la demande").nth(place).click()
    expect(page.get_by_label("Votre message à la personne")).to_be_visible()


def reply(page: Page, words: str) -> None:
    """Sent to the person."""
    page.get_by_label("Votre message à la personne").fill(words)
    page.get_by_role("button", name="Envoyer").click()
