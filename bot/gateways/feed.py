"""The live feed between processes: PostgreSQL's notifications, or on SQLite a look at what changed.

Either way one thread per process listens, from the first subscription on.
"""

import asyncio
import logging
import selectors
import threading
from collections.abc import AsyncIterator, Hashable, Mapping
from contextlib import asynccontextmanager
from typing import Any

import psycopg2

from bot.gateways.subscribers import Changes, Subscribers
from bot.services.conversations.ports import CHANNEL, ChangeCursors

logger = logging.getLogger(__name__)

POLL_SECONDS = 0.1
FIRST_PAUSE_SECONDS = 0.2
LONGEST_PAUSE_SECONDS = 5.0
CHECK_SECONDS = 10.0
"""After so long without a word, whether the connection still lives is asked."""
LISTENING = {"connect_timeout": 5, "keepalives_idle": 15, "keepalives_interval": 5, "keepalives_count": 3}


class ThreadFeed:
    """A feed whose changes are heard by a thread of its own, started by the first subscription."""

    def __init__(self) -> None:
        self._subscribers = Subscribers()
        self._closed = threading.Event()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None
        self._listening = False

    @asynccontextmanager
    async def subscription(self, topic: str) -> AsyncIterator[AsyncIterator[None]]:
        """Wake-ups of this topic until the block ends."""
        changes = Changes(asyncio.get_running_loop())
        self._subscribers.add(topic, changes)
        try:
            self._start()
            yield changes
        finally:
            self._subscribers.remove(topic, changes)

    def is_listening(self) -> bool:
        """Whether changes are heard now; before the first subscription, nobody needs them."""
        return self._listening or self._thread is None

    def close(self) -> None:
        """Stop listening, for good."""
        self._closed.set()
        if self._thread:
            self._thread.join(LONGEST_PAUSE_SECONDS)
        self._subscribers.wake()

    def _start(self) -> None:
        with self._starting:
            if self._thread is None and not self._closed.is_set():
                self._thread = threading.Thread(target=self._run, name="feed", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        pause = FIRST_PAUSE_SECONDS
        while not self._closed.is_set():
            try:
                self._listen()
                pause = FIRST_PAUSE_SECONDS
            except Exception as error:
                # Whatever the driver raises, listening starts again; its text may name the database.
                logger.warning("The live feed stopped, and starts again: %s", type(error).__name__)
                pause = FIRST_PAUSE_SECONDS if self._listening else min(2 * pause, LONGEST_PAUSE_SECONDS)
            self._listening = False
            self._closed.wait(pause)

    def _hears_again(self) -> None:
        """Say that changes are heard from now on; what happened before may have been missed."""
        self._listening = True
        self._subscribers.wake()

    def _listen(self) -> None:
        """Hear changes until the feed is closed; raises when it can hear no more."""
        raise NotImplementedError


class PostgresFeed(ThreadFeed):
    """Topics notified in the transactions that touched them, heard on one connection."""

    def __init__(self, url: str) -> None:
        """`url` is libpq's."""
        super().__init__()
        self._url = url

    def _listen(self) -> None:
        connection = psycopg2.connect(self._url, **LISTENING)
        try:
            connection.autocommit = True
            connection.cursor().execute(f"LISTEN {CHANNEL}")
            self._hears_again()
            with selectors.DefaultSelector() as selector:
                selector.register(connection, selectors.EVENT_READ)
                self._hear(connection, selector)
        finally:
            connection.close()

    def _hear(self, connection: Any, selector: selectors.BaseSelector) -> None:
        silent = 0.0
        while not self._closed.is_set():
            if selector.select(1.0):
                connection.poll()
                silent = 0.0
            else:
                silent += 1.0
            if silent >= CHECK_SECONDS:
                connection.cursor().execute("SELECT 1")
                silent = 0.0
            topics = {notified.payload for notified in connection.notifies}
            connection.notifies.clear()
            self._subscribers.wake(topics)


class PolledFeed(ThreadFeed):
    """Asks a few times a second whether anything changed, once for all subscribers, and only while there are any."""

    def __init__(self, cursors: ChangeCursors) -> None:
        super().__init__()
        self._cursors = cursors

    def _listen(self) -> None:
        try:
            known: Mapping[str, Hashable] = {}
            version = self._cursors.version()
            self._hears_again()
            while not self._closed.wait(POLL_SECONDS):
                if not self._subscribers.are_there.wait(1.0):
                    continue
                seen = self._cursors.version()
                if seen != version:
                    version, known = seen, self._wake_changed(known)
        finally:
            self._cursors.close()

    def _wake_changed(self, known: Mapping[str, Hashable]) -> Mapping[str, Hashable]:
        topics = self._subscribers.topics()
        cursors = self._cursors.of(topics)
        # A topic without a cursor yet, or without one any more, is woken too.
        self._subscribers.wake([each for each in topics if each not in known or known[each] != cursors.get(each)])
        return cursors
