"""A person on the site and an adviser in the console talk live, in two browsers, with everything really running.

Two assistants share one PostgreSQL: each of the person's two tabs speaks to another one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import Interval, literal, select, update
from sqlalchemy.engine import Engine

from bot.domain.conversation.conversations import Author, State
from bot.storage.tables.accounts import sign_ins
from bot.storage.tables.conversations import conversations, handovers, messages
from tests import processes
from tests.browser.accessible import assert_accessible
from tests.browser.chat import Chat
from tests.browser.desk import enter, reply, take
from tests.browser.talking import A_WHILE, begun, hears, say, site_of
from tests.databases import POSTGRES_URL, database
from tests.e2e.stack import Stack, running, wait_for

pytestmark = [
    pytest.mark.trained,
    pytest.mark.skipif(not POSTGRES_URL, reason="TEST_POSTGRES_URL is not set: tools/with_postgres.sh sets it"),
]
QUESTION = "c'est quoi le CEP ?"
ANYTHING = (QUESTION, "/restart", "qsdfgh azerty 123", "rendez-vous", "👍", "stop")
PAUSE = timedelta(hours=3)
MOMENTS = {
    conversations: ("opened_at", "last_user_at"),
    messages: ("created_at",),
    handovers: ("asked_at", "due_at", "taken_at"),
    sign_ins: ("opened_at", "last_seen_at"),
}
Browsers = Callable[..., BrowserContext]


@dataclass
class Service:
    """All that runs, and its database."""

    stack: Stack
    engine: Engine

    def pause(self) -> None:
        """Three hours pass: all that was noted so far is three hours old."""
        with self.engine.begin() as connection:
            for table, names in MOMENTS.items():
                connection.execute(
                    update(table).values({name: table.c[name] - literal(PAUSE, Interval) for name in names})
                )

    def said_since_taken(self, author: Author) -> list[str]:
        """The texts of this author after an adviser came."""
        came = select(messages.c.id).where(messages.c.extras["notice"].as_string() == "adviser_joined")
        wanted = select(messages.c.text).where(
            messages.c.author == author.value, messages.c.id > came.scalar_subquery()
        )
        with self.engine.connect() as connection:
            return list(connection.execute(wanted.order_by(messages.c.id)).scalars())

    def states(self) -> list[str]:
        """The states of the conversations, but for the demonstration's."""
        wanted = select(conversations.c.state).where(conversations.c.channel == "web")
        with self.engine.connect() as connection:
            return list(connection.execute(wanted).scalars())


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    """What `make run` starts, demonstration included, with a second assistant."""
    with database("postgresql", tmp_path) as engine:
        url = engine.url.render_as_string(hide_password=False)
        with running(tmp_path, "web", "worker", assistants=2, seconds=300, DATABASE_URL=url) as stack:
            told = processes.run("bot.cli", "demonstration", settings=stack.environment)
            assert told.returncode == 0, told.stderr
            assert "jamais en production" in told.stdout
            wait_for(f"{site_of(stack)}/health/live", 60, lambda: stack.log("web"))
            yield Service(stack, engine)


def by_the_other_assistant(context: BrowserContext, stack: Stack) -> Chat:
    """Another tab of the same person, which the second assistant serves."""
    (other,) = stack.more_assistants.values()
    page = context.new_page()
    page.route(
        f"{stack.assistant_url}/**",
        lambda route: route.continue_(url=route.request.url.replace(stack.assistant_url, other)),
    )
    page.goto(f"{site_of(stack)}/discuter")
    return Chat(page)


def adviser_hears(page: Page, words: str, count: int = 1) -> None:
    expect(page.get_by_role("log").get_by_text(words, exact=True)).to_have_count(count, timeout=A_WHILE)


def test_they_talk_live_and_the_bot_is_silent_until_it_is_given_back(service: Service, new_context: Browsers) -> None:
    desk = enter(new_context().new_page(), site_of(service.stack))
    expect(desk.get_by_text("1 demande en attente.")).to_be_visible()
    person = new_context()
    one = begun(person.new_page(), service.stack)
    two = by_the_other_assistant(person, service.stack)
    say(one, "je voudrais parler à un conseiller")
    expect(desk.get_by_text("2 demandes en attente.")).to_be_visible(timeout=A_WHILE)

    take(desk, 1)
    for chat in (one, two):
        hears(chat, "Vous parlez maintenant avec Sophie A.")
    _talk_both_ways(desk, one, two)
    _say_anything(desk, one, two)
    request = desk.url
    service.pause()
    enter(desk, site_of(service.stack))
    desk.goto(request)
    _say_anything(desk, two, one, time=2)
    _talk_both_ways(desk, two, one, "Me revoilà")
    assert service.said_since_taken(Author.BOT) == []
    assert service.states() == [State.HUMAN.value]

    desk.get_by_role("button", name="Rendre à l’assistant").click()

    for chat in (one, two):
        hears(chat, "L’assistant automatique vous répond à nouveau")
    say(two, QUESTION)
    for chat in (one, two):
        hears(chat, "Source")
    assert len(service.said_since_taken(Author.BOT)) == 1
    assert service.states() == [State.BOT.value]
    assert_accessible(one.page)


def _talk_both_ways(desk: Page, one: Chat, two: Chat, words: str = "Bonjour") -> None:
    """What each says shows to the other, in both tabs."""
    reply(desk, f"{words}, je suis Sophie.")
    for chat in (one, two):
        hears(chat, f"{words}, je suis Sophie.")
    one.say(f"{words} Sophie, mon employeur ferme.")
    adviser_hears(desk, f"{words} Sophie, mon employeur ferme.")


def _say_anything(desk: Page, one: Chat, two: Chat, time: int = 1) -> None:
    """Whatever the person types goes to the adviser, and nobody else answers."""
    before = one.log.locator(".message:not(.user)").count()
    for number, words in enumerate(ANYTHING):
        (one, two)[number % 2].say(words)
        # A line never begins with a slash, whoever reads it.
        adviser_hears(desk, words.removeprefix("/"), time)
    assert one.log.locator(".message:not(.user)").count() == before
