"""A person in a real browser, with everything really running: the page, the channel, the model, the database.

One stack for the module; each test is somebody else.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.accessible import assert_accessible, assert_no_sideways_scroll
from tests.browser.chat import Chat
from tests.browser.talking import A_WHILE, begun, hears, say, site_of
from tests.e2e.stack import Stack, running, wait_for
from tests.processes import wait_until

pytestmark = pytest.mark.trained
LITERAL = "<img src=x onerror=alert(1)>"
MOST_TABS = 80
PHONE = {"width": 320, "height": 700}
Picture = Callable[[Page, str], None]


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """What `make run` starts, but for the worker."""
    with running(tmp_path_factory.mktemp("journey"), "web") as started:
        wait_for(f"{site_of(started)}/health/live", 60, lambda: started.log("web"))
        yield started


@pytest.fixture
def person(new_context: Callable[..., BrowserContext]) -> BrowserContext:
    """Somebody on a computer of their own."""
    context = new_context(accept_downloads=True)
    context.set_default_timeout(A_WHILE)
    return context


def reach(page: Page, target: Locator) -> None:
    """Come to it with the Tab key alone."""
    expect(target).to_be_visible(timeout=A_WHILE)
    for _ in range(MOST_TABS):
        if target.evaluate("element => element.getRootNode().activeElement === element"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("the Tab key never comes there")


def type_and_send(page: Page, chat: Chat, words: str) -> None:
    """The same as `say`, by keyboard alone."""
    before = chat.log.locator(".message:not(.user)").count()
    reach(page, chat.field)
    page.keyboard.type(words)
    page.keyboard.press("Enter")
    expect(chat.log.locator(".message:not(.user)").nth(before)).to_be_visible(timeout=A_WHILE)


def appointments(stack: Stack) -> int:
    with closing(sqlite3.connect(stack.folder / "cep.sqlite3")) as database:
        return int(database.execute("SELECT count(*) FROM appointments").fetchone()[0])


def kept_anywhere(folder: Path, words: str) -> bool:
    """Whether a database still holds these words."""
    for name, table, column in (("cep", "messages", "text"), ("rasa", "events", "data")):
        with closing(sqlite3.connect(folder / f"{name}.sqlite3")) as database:
            wanted = f"SELECT count(*) FROM {table} WHERE {column} LIKE ?"
            if database.execute(wanted, (f"%{words}%",)).fetchone()[0]:
                return True
    return False


def test_a_person_asks_checks_and_books_by_keyboard_alone(
    stack: Stack, person: BrowserContext, picture: Picture
) -> None:
    page = person.new_page()
    chat = begun(page, stack)
    assert_accessible(page)
    assert chat.panel.bounding_box()["width"] > 800, "the window fills its place in the page"
    picture(page, "journey-1-begun")

    type_and_send(page, chat, "c'est quoi le CEP ?")
    hears(chat, "Source")
    type_and_send(page, chat, "est-ce que j'y ai droit ?")
    picture(page, "journey-2-checks")
    assert_accessible(page)
    type_and_send(page, chat, "stop")
    type_and_send(page, chat, "je voudrais un rendez-vous à Beaune mardi")
    type_and_send(page, chat, "le premier")
    type_and_send(page, chat, LITERAL)
    said = chat.own

    page.reload()

    expect(chat.log.locator(".message.user")).to_have_count(len(said), timeout=A_WHILE)
    assert chat.own == said
    assert said[-1] == LITERAL
    assert page.locator("img[src=x]").count() == 0
    type_and_send(page, chat, "Camille Martin")
    type_and_send(page, chat, "camille.martin@exemple.fr")
    reach(page, chat.choice("Oui, confirmer"))
    picture(page, "journey-3-recap")
    assert_accessible(page)
    page.keyboard.press("Enter")
    hears(chat, "C’est réservé")
    reach(page, chat.choice("Ajouter à mon agenda"))
    with page.expect_download() as downloading:
        page.keyboard.press("Enter")

    assert "BEGIN:VEVENT" in Path(downloading.value.path()).read_text("utf-8")
    assert appointments(stack) == 1
    assert_accessible(page)
    picture(page, "journey-4-booked")
    page.set_viewport_size(PHONE)
    assert_no_sideways_scroll(page)
    picture(page, "journey-5-phone")


def test_two_tabs_a_double_click_a_restart_and_an_erasure(
    stack: Stack, person: BrowserContext, picture: Picture
) -> None:
    before = appointments(stack)
    one = begun(person.new_page(), stack)
    for words in ("je voudrais un rendez-vous à Dijon jeudi", "le premier", "Dominique Roy", "d.roy@exemple.fr"):
        say(one, words)
    two = Chat(person.new_page())
    two.page.goto(f"{site_of(stack)}/discuter")
    expect(two.choice("Oui, confirmer")).to_be_visible(timeout=A_WHILE)

    one.choice("Oui, confirmer").dblclick()

    for chat in (one, two):
        hears(chat, "C’est réservé")
    assert appointments(stack) == before + 1
    _stop_and_come_back(stack, one, two, picture)
    _erase(stack, one, two)
    assert appointments(stack) == before + 1


def _stop_and_come_back(stack: Stack, one: Chat, two: Chat, picture: Picture) -> None:
    """The assistant stops, the person writes meanwhile, and nothing of it is lost nor doubled."""
    stack.stop("assistant")
    one.say("quels documents apporter ?")
    expect(one.banner).to_contain_text("Connexion perdue", timeout=A_WHILE)
    picture(one.page, "journey-6-away")
    assert_accessible(one.page)
    answers = one.log.locator(".message.bot").count()

    stack.start("assistant", "bot.assistant.rasa.run")
    stack.wait_until_ready()

    for chat in (one, two):
        expect(chat.log.locator(".message.bot").nth(answers)).to_be_visible(timeout=2 * A_WHILE)
        assert chat.own.count("quels documents apporter ?") == 1


def _erase(stack: Stack, one: Chat, two: Chat) -> None:
    """Nothing of it is left on the screens nor in the databases."""
    one.option("Effacer ma conversation")
    one.page.get_by_role("alertdialog").get_by_role("button", name="Effacer", exact=True).click()

    for chat in (one, two):
        expect(chat.log.locator(".message.user")).to_have_count(0, timeout=A_WHILE)
    # The screens are told as soon as the conversation is no more; the assistant's memory is cleared just after.
    wait_until(lambda: not kept_anywhere(stack.folder, "quels documents apporter"))
    wait_until(lambda: not kept_anywhere(stack.folder, "Dominique Roy"))
