"""The widget for everybody: axe in every state and look, keyboard alone, large text, small screens."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.accessible import assert_accessible, assert_no_sideways_scroll, assert_targets_are_large
from tests.browser.chat import Chat
from tests.doubles.web_channel import WebChannelDouble

LOOKS: dict[str, dict[str, Any]] = {
    "desktop": {},
    "dark": {"color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 780}, "has_touch": True},
    "320px": {"viewport": {"width": 320, "height": 568}},
    "320px_dark": {"viewport": {"width": 320, "height": 568}, "color_scheme": "dark"},
    "forced_colours": {"forced_colors": "active"},
}
ANSWER = (
    "Oui, c’est gratuit pour vous : ni vous ni votre employeur ne payez.\n"
    "Vous pouvez demander :\n• un premier entretien d’environ 1 h 15 ;\n• un suivi, si vous le souhaitez.\n"
    "Source : Service-Public, fiche F32457, https://www.service-public.gouv.fr/particuliers/vosdroits/F32457 "
    "(lu le 16 février 2026). Plus urgent ? Le 09 72 01 02 03."
)
OFFERS = ["Beaune (1 km), mardi 24 novembre à 9 h", "Beaune (1 km), mardi 24 novembre à 10 h 30"]
CALENDAR = {"name": "rendez-vous.ics", "type": "text/calendar", "content": "BEGIN:VCALENDAR"}


def answers(said: str) -> list[dict]:
    soon = (datetime.now(timezone.utc) + timedelta(seconds=90)).isoformat()
    return {
        "C’est payant ?": [{"text": ANSWER, "choices": ["En savoir plus", "Qui peut en profiter ?"]}],
        "rdv à Beaune": [
            {
                "text": "Voici les premiers rendez-vous possibles :\n"
                + "\n".join(f"{rank}. {title}" for rank, title in enumerate(OFFERS, 1))
                + "\nLequel vous convient ?",
                "choices": [*OFFERS, "D’autres horaires"],
            }
        ],
        OFFERS[0]: [
            {
                "text": "Je garde cet horaire jusqu’à 10 h 10. Ce n’est pas encore réservé. À quel nom ?",
                "extras": {"hold": {"until": soon, "renew": "Gardez l’horaire"}},
            }
        ],
        "Camille Martin": [
            {"text": "C’est réservé : mardi 24 novembre à 9 h, Beaune.", "extras": {"attachments": [CALENDAR]}}
        ],
    }.get(said, [{"text": f"Réponse à : {said}"}])


@pytest.mark.parametrize("look", list(LOOKS))
def test_no_violation_in_any_state(
    new_context: Callable[..., BrowserContext],
    widget_site: str,
    channel: WebChannelDouble,
    picture: Callable[[Page, str], None],
    look: str,
) -> None:
    channel.answer = answers
    page = new_context(**LOOKS[look]).new_page()
    chat = Chat(page).visit(widget_site, channel.url)

    for state in walk_through(chat, channel):
        picture(page, f"widget-{look}-{state}")
        assert_accessible(page)
        assert_no_sideways_scroll(page)
        assert_targets_are_large(page)


def walk_through(chat: Chat, channel: WebChannelDouble) -> Any:
    """Put the widget in each of its states, one after the other."""
    page = chat.page
    expect(chat.launcher).to_be_visible()
    yield "1-closed"
    chat.open()
    yield "2-open"
    chat.field.press("Enter")
    expect(chat.field).to_have_attribute("aria-invalid", "true")
    yield "3-field-error"
    chat.say("C’est payant ?")
    chat.hears("c’est gratuit")
    yield "4-answer"
    chat.say("rdv à Beaune")
    chat.hears("Lequel vous convient")
    yield "5-choices"
    chat.choice(OFFERS[0].split(",")[1].strip()).first.press("Enter")
    chat.hears("À quel nom")
    yield "6-hold-ending"
    chat.say("Camille Martin")
    chat.hears("C’est réservé")
    yield "7-booked"
    page.get_by_role("button", name="Options").click()
    yield "8-options"
    chat.panel.get_by_role("button", name="Effacer ma conversation").click()
    yield "9-confirm"
    page.keyboard.press("Escape")
    channel.give_to("human")
    channel.say("Bonjour, je suis Claire.", author="adviser", extras={"author_name": "Claire"})
    chat.hears("je suis Claire")
    yield "10-adviser"
    channel.stop()
    expect(chat.banner).to_contain_text("Connexion perdue", timeout=20_000)
    chat.say("vous êtes là ?")
    expect(chat.log.get_by_text("Pas encore envoyé")).to_be_visible()
    yield "11-away"


def test_text_at_two_hundred_percent_stays_usable(
    new_context: Callable[..., BrowserContext],
    widget_site: str,
    channel: WebChannelDouble,
    picture: Callable[[Page, str], None],
) -> None:
    channel.answer = answers
    page = new_context(viewport={"width": 390, "height": 780}).new_page()
    chat = Chat(page).visit(widget_site, channel.url, style="font-size: 200%")

    chat.open()
    chat.say("rdv à Beaune")
    chat.hears("Lequel vous convient")
    chat.choice("9 h").click()

    chat.hears("À quel nom")
    picture(page, "widget-text-200-percent")
    assert_no_sideways_scroll(page)
    assert chat.log.evaluate("log => log.scrollWidth - log.clientWidth") == 0
    chat.page.get_by_role("link", name="Appeler le").scroll_into_view_if_needed()
    expect(chat.page.get_by_role("link", name="Appeler le")).to_be_in_viewport()


def test_the_whole_conversation_by_keyboard_alone(page: Page, widget_site: str, channel: WebChannelDouble) -> None:
    channel.answer = answers
    chat = Chat(page).visit(widget_site, channel.url)
    keys = page.keyboard

    keys.press("Tab")
    keys.press("Tab")
    expect(chat.launcher).to_be_focused()
    keys.press("Enter")
    expect(chat.field).to_be_focused()
    keys.type("rdv à Beaune")
    keys.press("Enter")
    chat.hears("Lequel vous convient")
    keys.press("Shift+Tab")
    keys.press("Shift+Tab")
    keys.press("Shift+Tab")
    expect(chat.choice("9 h")).to_be_focused()
    keys.press("Space")
    chat.hears("À quel nom")
    # The choice keeps the focus: the next thing is after it, not at the top of the page.
    expect(chat.log.get_by_role("button", name="9 h")).to_be_focused()
    keys.press("Tab")
    expect(chat.hold.get_by_role("button", name="Garder plus longtemps")).to_be_focused()
    keys.press("Tab")
    keys.type("Camille Martin")
    keys.press("Enter")
    chat.hears("C’est réservé")
    keys.press("Escape")
    expect(chat.launcher).to_be_focused()


def test_the_page_stays_usable_beside_the_window(page: Page, widget_site: str, channel: WebChannelDouble) -> None:
    chat = Chat(page).visit(widget_site, channel.url).open()

    page.get_by_role("link", name="Un lien de la page").click()

    assert page.url.endswith("#ailleurs")
    expect(chat.panel).to_be_visible()


def test_focus_is_always_visible(page: Page, widget_site: str, channel: WebChannelDouble) -> None:
    chat = Chat(page).visit(widget_site, channel.url).open()
    chat.say("bonjour")
    chat.hears("Réponse à")

    seen = set()
    for _ in range(12):
        page.keyboard.press("Tab")
        name, outline = page.evaluate(
            """() => {
              const focused = document.querySelector("cep-assistant").shadowRoot.activeElement;
              if (!focused) return ["", "solid"];
              return [focused.className || focused.localName, getComputedStyle(focused).outlineStyle];
            }"""
        )
        seen.add(name)
        assert outline == "solid", name
    assert {"tool", "leave", "log", "send", "person"} <= seen


def test_motion_stops_for_who_asks(
    new_context: Callable[..., BrowserContext], widget_site: str, channel: WebChannelDouble
) -> None:
    page = new_context(reduced_motion="reduce").new_page()
    channel.delay = 3
    chat = Chat(page).visit(widget_site, channel.url).open()
    chat.say("bonjour")
    expect(page.get_by_text("L’assistant écrit…")).to_be_visible()

    assert page.evaluate("document.getAnimations().length") == 0
    assert chat.panel.locator(".dots i").first.evaluate("dot => getComputedStyle(dot).animationName") == "none"


def test_words_and_faults_are_in_french_and_tied_to_the_field(
    page: Page, widget_site: str, channel: WebChannelDouble
) -> None:
    chat = Chat(page).visit(widget_site, channel.url).open()

    chat.field.press("Enter")

    expect(chat.field).to_have_accessible_description(
        "Écrivez votre message, par exemple « Je voudrais un rendez-vous à Beaune ». "
        "Entrée pour envoyer, Maj + Entrée pour aller à la ligne."
    )
    expect(page.locator("cep-assistant")).to_have_attribute("lang", "fr")
    chat.field.fill("a" * 950)
    expect(page.get_by_text("Encore 50 caractères.")).to_be_visible()
    chat.field.press_sequentially("b" * 60)
    expect(chat.field).to_have_value("a" * 950 + "b" * 50)
    expect(page.get_by_text("1 000 caractères au plus")).to_be_visible()


def test_a_browser_without_adopted_sheets_gets_the_same_look(
    page: Page, widget_site: str, channel: WebChannelDouble
) -> None:
    page.add_init_script("delete CSSStyleSheet.prototype.replaceSync")
    chat = Chat(page).visit(widget_site, channel.url).open()

    expect(chat.panel).to_have_css("position", "fixed")
    expect(chat.panel).to_have_css("display", "flex")
