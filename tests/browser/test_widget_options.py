"""What a person may do with the conversation itself: erase, begin again, take away, hide, leave at once."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.chat import Chat
from tests.doubles.web_channel import WebChannelDouble

CALENDAR = {"name": "rendez-vous.ics", "type": "text/calendar; charset=utf-8", "content": "BEGIN:VCALENDAR\r\n"}


def booked(_said: str) -> list[dict]:
    return [{"text": "C’est réservé : mardi à 9 h", "extras": {"attachments": [CALENDAR]}}]


def held_for(seconds: int) -> Callable[[str], list[dict]]:
    def answer(said: str) -> list[dict]:
        until = datetime.now(timezone.utc) + timedelta(seconds=seconds)
        hold = {"until": until.isoformat(), "renew": "Gardez l’horaire plus longtemps"}
        return [{"text": f"Je garde cet horaire ({said}). À quel nom ?", "extras": {"hold": hold}}]

    return answer


@pytest.fixture
def chat(page: Page, widget_site: str, channel: WebChannelDouble) -> Chat:
    chat = Chat(page).visit(widget_site, channel.url).open()
    chat.say("bonjour")
    chat.hears("Réponse à : bonjour")
    return chat


def stored(page: Page) -> str:
    return str(page.evaluate("JSON.stringify([{...sessionStorage}, {...localStorage}])"))


def test_erasing_asks_first(chat: Chat, channel: WebChannelDouble) -> None:
    chat.option("Effacer ma conversation")
    asked = chat.page.get_by_role("alertdialog")
    expect(asked).to_have_accessible_name("Effacer cette conversation ?")
    expect(asked.get_by_role("button", name="Annuler")).to_be_focused()

    asked.get_by_role("button", name="Annuler").click()

    assert channel.opened == 1
    assert chat.own == ["bonjour"]
    expect(chat.page.get_by_role("button", name="Options")).to_be_focused()


def test_erasing_removes_it_from_the_server_the_device_and_the_other_tabs(
    chat: Chat, widget_site: str, channel: WebChannelDouble
) -> None:
    other = Chat(chat.page.context.new_page()).visit(widget_site, channel.url).open()
    other.hears("Réponse à : bonjour")

    chat.option("Effacer ma conversation")
    chat.page.get_by_role("alertdialog").get_by_role("button", name="Effacer").click()

    expect(chat.banner).to_have_text("Votre conversation est effacée.")
    expect(chat.log.locator(".message.user")).to_have_count(0)
    expect(other.log.locator(".message.user")).to_have_count(0)
    assert "token-1" not in channel.talks
    assert "token-1" not in stored(chat.page)
    chat.say("encore")
    chat.hears("Réponse à : encore")


def test_erasing_that_fails_says_so_and_keeps_everything(chat: Chat, channel: WebChannelDouble) -> None:
    channel.stop()

    chat.option("Effacer ma conversation")
    chat.page.get_by_role("alertdialog").get_by_role("button", name="Effacer").click()

    expect(chat.banner).to_contain_text("n’a pas pu être effacée")
    assert chat.own == ["bonjour"]


def test_a_new_conversation_starts_clear(chat: Chat, channel: WebChannelDouble) -> None:
    chat.option("Nouvelle conversation")
    chat.page.get_by_role("alertdialog").get_by_role("button", name="Commencer").click()
    expect(chat.log.locator(".message.user")).to_have_count(0)

    chat.say("autre sujet")

    chat.hears("Réponse à : autre sujet")
    assert len(channel.talks) == 2


def test_it_is_found_again_later_only_if_the_person_asks(
    chat: Chat, widget_site: str, channel: WebChannelDouble
) -> None:
    assert chat.page.evaluate("localStorage.length") == 0

    chat.option("Me retrouver plus tard")
    later = chat.page.context.storage_state()
    again = chat.page.context.browser.new_context(storage_state=later, locale="fr-FR")
    found = Chat(again.new_page()).visit(widget_site, channel.url).open()

    found.hears("Réponse à : bonjour")
    again.close()


def test_the_summary_is_saved_with_the_appointment_first(chat: Chat, channel: WebChannelDouble) -> None:
    channel.answer = booked
    chat.say("oui")
    chat.hears("C’est réservé")

    with chat.page.expect_download() as saved:
        chat.option("Enregistrer mon résumé")

    text = Path(saved.value.path()).read_text("utf-8")
    assert saved.value.suggested_filename.startswith("resume-")
    assert (
        text.index("RENDEZ-VOUS")
        < text.index("C’est réservé")
        < text.index("ÉCHANGE")
        < text.index("Vous\u00a0: bonjour")
    )


def test_the_summary_is_printed_without_the_page_around(chat: Chat) -> None:
    chat.page.evaluate("window.printed = 0; window.print = () => { window.printed += 1; }")
    with chat.page.expect_event("frameattached") as attached:
        chat.option("Imprimer mon résumé")

    paper = attached.value
    assert "bonjour" in paper.inner_text("body")
    assert "Mairie" not in paper.inner_text("body")
    # Without a screen, Chromium hands a frame's printing over to the page.
    assert chat.page.evaluate("window.printed") == 1


def test_the_calendar_file_is_downloaded(chat: Chat, channel: WebChannelDouble) -> None:
    channel.answer = booked
    chat.say("oui")
    chat.hears("C’est réservé")

    with chat.page.expect_download() as saved:
        chat.log.get_by_role("button", name="Ajouter à mon agenda").click()

    assert saved.value.suggested_filename == "rendez-vous.ics"
    assert Path(saved.value.path()).read_bytes() == b"BEGIN:VCALENDAR\r\n"


@pytest.mark.parametrize("how", ["button", "keys"])
def test_leaving_at_once_shows_another_page_and_forgets(
    page: Page, widget_site: str, channel: WebChannelDouble, how: str
) -> None:
    elsewhere = f'leave-to="{widget_site}/ailleurs"'
    chat = Chat(page).visit(widget_site, channel.url, attributes=elsewhere).open()
    chat.say("mon chef me harcèle")
    chat.hears("Réponse à")

    if how == "button":
        page.get_by_role("button", name="Quitter vite").click()
    else:
        for _ in range(3):
            page.keyboard.press("Shift")

    expect(page.get_by_role("heading", name="Il fait beau")).to_be_visible()
    assert stored(page) == "[{},{}]"
    page.go_back()
    assert "harcèle" not in page.content()
    expect(page.get_by_text("harcèle")).to_have_count(0)


def test_capitals_do_not_leave(chat: Chat) -> None:
    for letter in ("A", "B", "C", "D"):
        chat.page.keyboard.press(f"Shift+{letter}")

    expect(chat.field).to_have_value("ABCD")


def test_discreet_mode_names_nothing(chat: Chat) -> None:
    chat.option("Mode discret")

    expect(chat.page.get_by_role("heading", name="Messages")).to_be_visible()
    assert "CEP" not in chat.panel.locator("header").inner_text()
    chat.page.keyboard.press("Escape")
    expect(chat.launcher).to_have_accessible_name("Ouvrir les messages")
    chat.page.reload()
    expect(chat.launcher).to_have_accessible_name("Ouvrir les messages")


def test_a_person_is_one_press_away_in_every_state(chat: Chat, channel: WebChannelDouble) -> None:
    expect(chat.page.get_by_role("link", name="Appeler le 09 72 01 02 03")).to_have_attribute("href", "tel:0972010203")

    chat.page.get_by_role("button", name="Parler à un conseiller").click()

    chat.hears("Réponse à : Je veux parler à un conseiller")


def test_an_adviser_is_announced_and_named(chat: Chat, channel: WebChannelDouble) -> None:
    channel.give_to("human", "Claire Petit")
    channel.say("Bonjour, que puis-je faire ?", author="adviser", extras={"author_name": "Claire Petit"})

    said = chat.hears("que puis-je faire")
    expect(said).to_contain_text("Claire Petit, équipe de conseil")
    expect(chat.panel.locator("header")).to_contain_text("Claire Petit vous répond")
    chat.say("merci")
    expect(chat.page.get_by_text("L’assistant écrit…")).to_have_count(0)


def test_the_end_of_a_hold_is_announced_and_can_be_put_off(chat: Chat, channel: WebChannelDouble) -> None:
    channel.answer = held_for(100)
    chat.say("mardi")

    expect(chat.hold).to_contain_text("Horaire gardé encore 2 min.")
    expect(chat.hold.get_by_role("status")).to_have_text("Attention : il reste 2 min pour confirmer cet horaire.")
    channel.answer = held_for(600)
    chat.hold.get_by_role("button", name="Garder plus longtemps").click()

    expect(chat.hold).to_contain_text("Horaire gardé encore 10 min.")
    assert chat.own[-1] == "Gardez l’horaire plus longtemps"


def test_a_hold_that_ended_says_so(chat: Chat, channel: WebChannelDouble) -> None:
    channel.answer = held_for(2)
    chat.say("mardi")

    expect(chat.hold.get_by_role("status")).to_contain_text("l’horaire n’est plus gardé", timeout=8_000)
    expect(chat.hold.get_by_role("button")).to_have_count(0)


def test_a_hold_follows_the_servers_clock_after_a_reload(
    new_context: Callable[..., BrowserContext], widget_site: str, channel: WebChannelDouble
) -> None:
    page = new_context().new_page()
    page.clock.install(time=datetime.now(timezone.utc) + timedelta(hours=3))
    channel.answer = held_for(600)
    chat = Chat(page).visit(widget_site, channel.url).open()
    chat.say("mardi")
    expect(chat.hold).to_contain_text("10 min")

    page.reload()

    expect(chat.hold).to_contain_text("10 min")


def test_an_answer_given_aside_leaves_the_hold_and_a_booking_ends_it(chat: Chat, channel: WebChannelDouble) -> None:
    channel.answer = held_for(600)
    chat.say("mardi")
    chat.hears("À quel nom")
    channel.answer = lambda said: [{"text": "Oui, c’est gratuit.", "extras": {"entry": "cout_gratuit"}}]
    chat.say("c’est payant ?")
    chat.hears("Oui, c’est gratuit.")
    expect(chat.hold).to_be_visible()

    channel.answer = booked
    chat.say("oui")

    chat.hears("C’est réservé")
    expect(chat.hold).to_be_hidden()


def test_what_is_kept_says_nothing_of_what_was_said(chat: Chat) -> None:
    kept = json.loads(stored(chat.page))

    assert "Réponse" not in str(kept)
    assert "bonjour" not in str(kept)
