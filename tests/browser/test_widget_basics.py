"""Opening, writing, choosing, folding: the widget's ordinary life."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.chat import Chat
from tests.doubles.web_channel import WebChannelDouble


def offering(said: str) -> list[dict]:
    return [{"text": f"À propos de {said} :", "choices": ["Oui", "Non", "Je ne sais pas"]}]


def test_a_person_opens_asks_and_reads_the_answer(page: Page, widget_site: str, channel: WebChannelDouble) -> None:
    chat = Chat(page).visit(widget_site, channel.url).open()

    chat.say("C’est payant ?")

    chat.hears("Réponse à : C’est payant ?")
    assert chat.own == ["C’est payant ?"]
    expect(chat.field).to_be_focused()


def test_nothing_is_stored_nor_asked_before_it_is_opened(
    page: Page, widget_site: str, channel: WebChannelDouble
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    chat = Chat(page).visit(widget_site, channel.url)
    expect(chat.launcher).to_be_visible()

    kept = page.evaluate("[sessionStorage.length, localStorage.length, document.cookie]")
    assert kept == [0, 0, ""]
    assert not [url for url in asked if url.startswith(channel.url)]


def test_a_choice_is_pressed_once_and_stays_readable(page: Page, widget_site: str, channel: WebChannelDouble) -> None:
    channel.answer = offering
    chat = Chat(page).visit(widget_site, channel.url).open()
    chat.say("mon droit")
    chat.hears("À propos de mon droit")

    chat.choice("Je ne sais pas").dblclick()
    chat.hears("À propos de Je ne sais pas")
    first = chat.log.get_by_role("button", name="Je ne sais pas").first
    first.dispatch_event("click")  # to the element itself: the log may be scrolling under the pointer

    assert chat.own == ["mon droit", "Je ne sais pas"]
    assert [each for each in channel.posted if "choice" in each] == [
        {"client_id": "choice-3-2", "choice": {"message": 3, "index": 2}}
    ]
    expect(first).to_be_visible()
    expect(first).to_have_attribute("aria-disabled", "true")
    expect(first).to_have_accessible_name("Je ne sais pas (choisi)")


def test_the_second_press_of_a_double_click_chooses_nothing_that_came_meanwhile(
    page: Page, widget_site: str, channel: WebChannelDouble
) -> None:
    channel.answer = offering
    chat = Chat(page).visit(widget_site, channel.url).open()
    chat.say("mon droit")
    chat.hears("À propos de mon droit")

    chat.choice("Non").dispatch_event("click", {"detail": 2})
    chat.choice("Oui").dispatch_event("click", {"detail": 1})

    chat.hears("À propos de Oui")
    assert chat.own == ["mon droit", "Oui"]


def test_escape_folds_it_and_gives_the_focus_back(page: Page, widget_site: str, channel: WebChannelDouble) -> None:
    chat = Chat(page).visit(widget_site, channel.url).open()

    page.keyboard.press("Escape")

    expect(chat.panel).to_be_hidden()
    expect(chat.launcher).to_be_focused()


def test_what_is_said_meanwhile_is_counted_on_the_launcher(
    page: Page, widget_site: str, channel: WebChannelDouble
) -> None:
    chat = Chat(page).visit(widget_site, channel.url).open()
    chat.say("bonjour")
    chat.hears("Réponse à")
    page.keyboard.press("Escape")

    channel.say("Une chose")
    channel.say("Une autre")

    expect(chat.launcher).to_have_accessible_name("Une question ? Ouvrir l’assistant, 2 nouveaux messages")
    chat.open()
    chat.hears("Une autre")
    page.keyboard.press("Escape")
    expect(chat.launcher).to_have_accessible_name("Une question ? Ouvrir l’assistant")


def test_on_a_phone_it_takes_the_whole_screen_and_holds_the_focus(
    new_context: Callable[..., BrowserContext], widget_site: str, channel: WebChannelDouble
) -> None:
    page = new_context(viewport={"width": 360, "height": 640}, has_touch=True, is_mobile=True).new_page()
    chat = Chat(page).visit(widget_site, channel.url)

    chat.launcher.tap()

    assert chat.panel.bounding_box() == {"x": 0, "y": 0, "width": 360, "height": 640}
    expect(page.get_by_role("heading", name="Assistant CEP")).to_be_focused()
    expect(page.locator("dialog.panel:modal")).to_have_count(1)


def test_opening_it_moves_nothing_on_the_page(page: Page, widget_site: str, channel: WebChannelDouble) -> None:
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver((list) => { for (const each of list.getEntries())"
        " window.moved += each.value; }).observe({type: 'layout-shift', buffered: true});"
    )
    chat = Chat(page).visit(widget_site, channel.url)
    before = page.locator("main").bounding_box()

    chat.open()
    chat.hears("Bonjour !")
    chat.say("bonjour")
    chat.hears("Réponse à")
    page.keyboard.press("Escape")

    assert page.locator("main").bounding_box() == before
    assert page.evaluate("window.moved") == 0
