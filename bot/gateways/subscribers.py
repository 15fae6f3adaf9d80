"""Who waits for changes, woken from any thread, each in the event loop it runs in."""

import asyncio
import contextlib
import threading
from collections import defaultdict
from collections.abc import AsyncIterator, Collection


class Changes(AsyncIterator[None]):
    """One subscriber's wake-ups."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._changed = asyncio.Event()

    def wake(self) -> None:
        """Say so in its own loop, which may be gone."""
        with contextlib.suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._changed.set)

    async def __anext__(self) -> None:
        await self._changed.wait()
        self._changed.clear()


class Subscribers:
    """Who waits for what."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: dict[str, set[Changes]] = defaultdict(set)
        self.are_there = threading.Event()

    def add(self, topic: str, changes: Changes) -> None:
        """Wake it from now on."""
        with self._guard:
            self._waiting[topic].add(changes)
            self.are_there.set()

    def remove(self, topic: str, changes: Changes) -> None:
        """Wake it no more."""
        with self._guard:
            self._waiting[topic].discard(changes)
            if not self._waiting[topic]:
                del self._waiting[topic]
            if not self._waiting:
                self.are_there.clear()

    def topics(self) -> list[str]:
        """What somebody waits for."""
        with self._guard:
            return list(self._waiting)

    def wake(self, topics: Collection[str] | None = None) -> None:
        """Wake those of these topics, or everybody."""
        with self._guard:
            called = self._waiting if topics is None else [topic for topic in topics if topic in self._waiting]
            woken = [changes for topic in called for changes in self._waiting[topic]]
        for changes in woken:
            changes.wake()
