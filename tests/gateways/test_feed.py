"""The live feed on real databases: whoever writes, in whichever process, who subscribed is woken."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, closing
from datetime import datetime, timezone
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Engine

from bot.app import container
from bot.domain.conversation.conversations import Author, Line, Message, State
from bot.gateways.feed import PolledFeed
from bot.services.conversations import handover, transcript
from bot.services.conversations.ports import INBOX, Feed, conversation_topic
from bot.services.conversations.transcript import Incoming
from tests.databases import POSTGRES_URL, database, unit_of_work
from tests.doubles.ports import GivenCursors
from tests.processes import ROOT
from tests.services.conversations.test_handover import HOURS, OPEN

NOW = datetime(2026, 11, 23, 9, tzinfo=timezone.utc)
MINE, OTHER, ELSEWHERE = "w-aaaaaaaa", "w-bbbbbbbb", "w-cccccccc"
WRITES = """
import sys
from datetime import datetime, timezone
from bot.domain.conversation.conversations import Line
from bot.services.conversations import transcript
from bot.storage.engine import build_engine
from bot.gateways.feed import PolledFeed
from tests.doubles.ports import GivenCursors
from tests.databases import unit_of_work
engine = build_engine(sys.argv[1])
now = datetime(2026, 11, 23, 9, tzinfo=timezone.utc)
transcript.announce(unit_of_work(engine), sys.argv[2], "web", [Line("d'ailleurs")], now)
"""


@pytest.fixture
def feed(engine: Engine) -> Iterator[Feed]:
    made = container.feed_on(engine)
    yield made
    made.close()


@asynccontextmanager
async def quiet(engine: Engine, feed: Feed, topic: str) -> AsyncIterator[AsyncIterator[None]]:
    """A subscription, once the wake-ups of its own start are over."""
    async with feed.subscription(topic) as changes, feed.subscription(conversation_topic(ELSEWHERE)) as witness:
        while not feed.is_listening():
            await asyncio.sleep(0.01)
        # The first change after the start may wake for nothing: whoever it concerns has seen it when it is over.
        while await is_woken(witness, 0.05):
            pass
        say(engine, ELSEWHERE)
        assert await is_woken(witness)
        while await is_woken(changes, 0.2):
            pass
        yield changes


async def is_woken(changes: AsyncIterator[None], seconds: float = 10) -> bool:
    try:
        await asyncio.wait_for(anext_of(changes), seconds)
    except asyncio.TimeoutError:
        return False
    return True


async def anext_of(changes: AsyncIterator[None]) -> None:
    await changes.__anext__()


def say(engine: Engine, conversation_id: str = MINE) -> None:
    transcript.announce(unit_of_work(engine), conversation_id, "web", [Line("bonjour")], NOW)


def give_to(engine: Engine, state: State) -> None:
    with unit_of_work(engine) as uow:
        conversation = uow.conversations.locked(MINE)
        assert conversation
        uow.conversations.save(conversation.now_with(state))
        uow.commit()


async def test_a_line_wakes_who_follows_the_conversation(engine: Engine, feed: Feed) -> None:
    async with quiet(engine, feed, conversation_topic(MINE)) as changes:
        say(engine)

        assert await is_woken(changes)


async def test_a_line_does_not_wake_who_follows_another(engine: Engine, feed: Feed) -> None:
    say(engine)
    say(engine, OTHER)
    async with (
        quiet(engine, feed, conversation_topic(MINE)) as mine,
        quiet(engine, feed, conversation_topic(OTHER)) as other,
    ):
        say(engine, OTHER)

        assert await is_woken(other)
        assert not await is_woken(mine, 0.5)


async def test_somebody_else_having_the_conversation_wakes_who_follows_it(engine: Engine, feed: Feed) -> None:
    say(engine)
    async with quiet(engine, feed, conversation_topic(MINE)) as changes:
        give_to(engine, State.HUMAN)

        assert await is_woken(changes)


async def test_what_was_undone_wakes_nobody(engine: Engine, feed: Feed) -> None:
    say(engine)
    async with quiet(engine, feed, conversation_topic(MINE)) as changes:
        with unit_of_work(engine) as uow:
            uow.messages.add(Message(0, MINE, Author.BOT, Line("jamais"), NOW))

        assert not await is_woken(changes, 0.5)


async def test_what_was_undone_is_not_told_by_the_next_commit(engine: Engine, feed: Feed) -> None:
    say(engine)
    say(engine, OTHER)
    async with quiet(engine, feed, conversation_topic(MINE)) as changes:
        with unit_of_work(engine) as uow:
            uow.messages.add(Message(0, MINE, Author.BOT, Line("jamais"), NOW))
            uow.rollback()
            uow.messages.add(Message(0, OTHER, Author.BOT, Line("si"), NOW))
            uow.commit()

        assert not await is_woken(changes, 0.5)


async def test_an_erased_conversation_wakes_who_follows_it(engine: Engine, feed: Feed) -> None:
    say(engine)
    async with quiet(engine, feed, conversation_topic(MINE)) as changes:
        with unit_of_work(engine) as uow:
            uow.erasures.erase([MINE], NOW)
            uow.commit()

        assert await is_woken(changes)


async def test_a_request_for_a_person_wakes_the_inbox(engine: Engine, feed: Feed) -> None:
    transcript.receive(unit_of_work(engine), MINE, "web", Incoming("un conseiller"), NOW)
    async with quiet(engine, feed, INBOX) as changes:
        handover.ask(unit_of_work(engine), MINE, None, OPEN, HOURS)

        assert await is_woken(changes)


async def test_a_line_said_to_an_adviser_wakes_the_inbox(engine: Engine, feed: Feed) -> None:
    say(engine)
    give_to(engine, State.HUMAN)
    async with quiet(engine, feed, INBOX) as changes:
        transcript.receive(unit_of_work(engine), MINE, "web", Incoming("merci"), NOW)

        assert await is_woken(changes)


@pytest.mark.skipif(not POSTGRES_URL, reason="on SQLite the inbox is woken by anything")
async def test_a_talk_with_the_assistant_leaves_the_inbox_alone(tmp_path: Path) -> None:
    with database("postgresql", tmp_path) as engine, closing(container.feed_on(engine)) as feed:
        say(engine)
        async with quiet(engine, feed, INBOX) as changes:
            transcript.receive(unit_of_work(engine), MINE, "web", Incoming("bonjour"), NOW)

            assert not await is_woken(changes, 0.5)


async def test_another_process_wakes_this_one(engine: Engine, feed: Feed) -> None:
    url = engine.url.render_as_string(hide_password=False)
    async with quiet(engine, feed, conversation_topic(MINE)) as changes:
        await asyncio.to_thread(
            subprocess.run, [sys.executable, "-c", WRITES, url, MINE], cwd=ROOT, check=True, timeout=60
        )

        assert await is_woken(changes)


def lines_after(engine: Engine, last: int) -> Sequence[Message]:
    with unit_of_work(engine).reading() as view:
        return view.messages.after(MINE, last, 200)


async def test_what_is_read_after_the_wake_up_is_there(engine: Engine, feed: Feed) -> None:
    """Two hundred lines written while they are followed: each is read once, in order, none is missed."""
    read: list[int] = []

    async def follow() -> None:
        async with feed.subscription(conversation_topic(MINE)) as changes:
            while len(read) < 200:
                last = read[-1] if read else 0
                found = await asyncio.to_thread(lines_after, engine, last)
                read.extend(message.id for message in found)
                if not found:
                    await is_woken(changes)

    following = asyncio.ensure_future(follow())
    for _ in range(200):
        await asyncio.to_thread(say, engine)
    await asyncio.wait_for(following, 30)

    assert read == sorted(set(read))
    assert len(read) == 200


async def test_each_event_loop_of_a_process_is_woken(engine: Engine, feed: Feed) -> None:
    async def woken_elsewhere() -> bool:
        async with quiet(engine, feed, conversation_topic(MINE)) as changes:
            ready.set()
            return await is_woken(changes)

    ready = asyncio.Event()
    loop = asyncio.get_running_loop()
    ready.set = lambda: loop.call_soon_threadsafe(asyncio.Event.set, ready)  # type: ignore[method-assign]
    elsewhere = asyncio.ensure_future(asyncio.to_thread(asyncio.run, woken_elsewhere()))
    await ready.wait()

    say(engine)

    assert await asyncio.wait_for(elsewhere, 15)


@pytest.mark.skipif(not POSTGRES_URL, reason="PostgreSQL alone has a listening connection")
async def test_a_killed_listening_connection_is_replaced_and_nothing_is_missed(tmp_path: Path) -> None:
    with database("postgresql", tmp_path) as engine, closing(container.feed_on(engine)) as feed:
        async with quiet(engine, feed, conversation_topic(MINE)) as changes:
            killed = kill_listeners(engine)
            say(engine)

            assert killed >= 1
            # Woken by the reconnection at the latest: what was said meanwhile is read then.
            assert await is_woken(changes)
            while await is_woken(changes, 0.5):
                pass
            assert feed.is_listening()
            say(engine)
            assert await is_woken(changes)


def kill_listeners(engine: Engine) -> int:
    killing = text(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
        " WHERE query LIKE 'LISTEN%' AND datname = current_database() AND pid <> pg_backend_pid()"
    )
    with engine.begin() as connection:
        return int(connection.execute(killing).scalar() or 0)


async def test_one_thread_listens_for_all(engine: Engine, feed: Feed) -> None:
    async with (
        quiet(engine, feed, conversation_topic(MINE)) as first,
        quiet(engine, feed, conversation_topic(MINE)) as second,
    ):
        say(engine)

        assert await is_woken(first)
        assert await is_woken(second)
        if engine.dialect.name == "postgresql":
            assert kill_listeners(engine) == 1


async def test_a_closed_feed_wakes_who_waits(engine: Engine) -> None:
    feed = container.feed_on(engine)
    async with quiet(engine, feed, conversation_topic(MINE)) as changes:
        await asyncio.to_thread(feed.close)

        assert await is_woken(changes)


async def test_a_database_that_is_away_for_a_moment_is_watched_again() -> None:
    cursors = GivenCursors(failures=2)
    with closing(PolledFeed(cursors)) as feed:
        async with feed.subscription("somebody") as changes:
            await is_woken(changes)
            assert feed.is_listening()
            cursors.commits += 1

            assert await is_woken(changes)

    assert cursors.closed >= 2
