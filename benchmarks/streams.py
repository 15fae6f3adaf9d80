"""Many people at once on the web channel: every stream open, messages left at a steady rate, one process, PostgreSQL.

`make bench-streams` starts a PostgreSQL of its own. Fails when a line was lost, came twice or came out of order.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from benchmarks.measures import APOLOGY, QUESTIONS, Times
from benchmarks.progress import say
from benchmarks.servers import our_server, postgres_url
from tests.e2e.stack import ROOT

STREAMS = 200
A_SECOND = 20.0
SECONDS = 30.0
PATIENCE_SECONDS = 120.0
OPENING_AT_ONCE = 10
MODEL = ROOT / "models" / "cep.tar.gz"


@dataclass
class Follower:
    """One conversation: what was left in it, and what its stream told."""

    token: str
    cursor: int
    left_at: dict[str, float] = field(default_factory=dict)
    told: list[tuple[float, dict[str, Any]]] = field(default_factory=list)

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The lines told, as they came."""
        return [line for _, line in self.told]

    @property
    def own(self) -> dict[int, str]:
        """The visitor's lines, by number."""
        return {line["id"]: line["client_id"] for line in self.lines if line["author"] == "user"}

    @property
    def answered(self) -> set[str]:
        """The names of the messages that were answered."""
        own = self.own
        return {own[line["reply_to"]] for line in self.lines if line["reply_to"] in own}

    @property
    def lost(self) -> int:
        """Messages that never came back, or were never answered."""
        return len(self.left_at.keys() - self.answered)

    @property
    def doubled(self) -> int:
        """Lines told twice, and messages stored twice."""
        numbers, names = [line["id"] for line in self.lines], list(self.own.values())
        return len(numbers) - len(set(numbers)) + len(names) - len(set(names))

    @property
    def disordered(self) -> int:
        """Lines told after a later one, and answers given before an earlier message's."""
        numbers = [line["id"] for line in self.lines]
        answers = [line["reply_to"] for line in self.lines if line["reply_to"]]
        left = [name for name in self.own.values() if name in self.left_at]
        return sum(list(each) != sorted(each) for each in (numbers, answers)) + (
            left != list(self.left_at)[: len(left)]
        )

    def waits(self) -> list[float]:
        """Milliseconds from leaving each message to the first line that answers it."""
        own, first = self.own, {}
        for at, line in self.told:
            if line["reply_to"] in own:
                first.setdefault(own[line["reply_to"]], at)
        return [(first[name] - at) * 1000 for name, at in self.left_at.items() if name in first]


class Crowd:
    """Everybody, on one server."""

    def __init__(self, base: str, session: aiohttp.ClientSession) -> None:
        self._base = f"{base}/webhooks/web"
        self._session = session
        self.followers: list[Follower] = []
        self.accepted = Times()

    async def gather(self, count: int) -> None:
        """Open this many conversations."""
        for start in range(0, count, OPENING_AT_ONCE):
            some = range(start, min(start + OPENING_AT_ONCE, count))
            self.followers += await asyncio.gather(*(self._open() for _ in some))

    async def follow(self, follower: Follower, seen: Callable[[dict[str, Any]], None] = lambda _line: None) -> None:
        """Read its stream until it is cancelled; `seen` is given each line."""
        where, headers = f"{self._base}/stream?after={follower.cursor}", self._headers(follower)
        async with self._session.get(where, headers=headers) as answer:
            answer.raise_for_status()
            async for line in answer.content:
                if line.startswith(b"data: ") and (told := json.loads(line[6:])).get("id"):
                    follower.told.append((time.perf_counter(), told))
                    seen(told)

    async def leave(self, follower: Follower, number: int, text: str = "") -> None:
        """Leave one message, a question unless said otherwise."""
        name = f"m-{number}"
        content = {"text": text or QUESTIONS[number % len(QUESTIONS)], "client_id": name}
        began = follower.left_at[name] = time.perf_counter()
        async with self._session.post(f"{self._base}/messages", json=content, headers=self._headers(follower)) as told:
            told.raise_for_status()
        self.accepted.taken.append((time.perf_counter() - began) * 1000)

    async def settled(self, seconds: float) -> None:
        """Wait until everything is answered, or for so long."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and any(each.lost for each in self.followers):
            await asyncio.sleep(0.5)

    async def _open(self) -> Follower:
        async with self._session.post(f"{self._base}/session", json={}) as answer:
            answer.raise_for_status()
            told = await answer.json()
            return Follower(told["token"], told["cursor"])

    def _headers(self, follower: Follower) -> dict[str, str]:
        return {"Authorization": f"Bearer {follower.token}"}


async def measured(base: str, options: argparse.Namespace) -> Crowd:
    """The crowd after its messages were left and answered."""
    timeout = aiohttp.ClientTimeout(total=None, sock_read=60)
    async with aiohttp.ClientSession(timeout=timeout, connector=aiohttp.TCPConnector(limit=0)) as session:
        crowd = Crowd(base, session)
        say(f"opening {options.streams} conversations and their streams ...")
        await crowd.gather(options.streams)
        reading = [asyncio.create_task(crowd.follow(each)) for each in crowd.followers]
        say(f"leaving {options.rate:g} messages a second for {options.seconds:g} s ...")
        leaving, began = [], time.perf_counter()
        for number in range(round(options.rate * options.seconds)):
            await asyncio.sleep(max(0.0, began + number / options.rate - time.perf_counter()))
            leaving.append(asyncio.create_task(crowd.leave(crowd.followers[number % options.streams], number)))
        await asyncio.gather(*leaving)
        await crowd.settled(PATIENCE_SECONDS)
        for task in reading:
            task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.gather(*reading, return_exceptions=True)
        return crowd


def report(crowd: Crowd, megabytes: float) -> bool:
    """Print what was found; whether nothing was lost, doubled or out of order."""
    waits = Times([wait for each in crowd.followers for wait in each.waits()])
    faults = {
        "lost": sum(each.lost for each in crowd.followers),
        "doubled": sum(each.doubled for each in crowd.followers),
        "out of order": sum(each.disordered for each in crowd.followers),
        "apologies": sum(APOLOGY in line["text"] for each in crowd.followers for line in each.lines),
    }
    say(f"messages answered: {len(waits.taken)}; " + ", ".join(f"{name}: {count}" for name, count in faults.items()))
    say(f"accepted (202): p50 {crowd.accepted.p50:.0f} ms, p95 {crowd.accepted.p95:.0f} ms")
    say(f"answered, as seen on the stream: p50 {waits.p50:.0f} ms, p95 {waits.p95:.0f} ms")
    say(f"resident memory of the assistant: {megabytes:.0f} MB")
    return not any(faults.values())


def main() -> int:
    """Start the assistant on PostgreSQL, measure, stop it."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.streams")
    options.add_argument("--streams", type=int, default=STREAMS)
    options.add_argument("--rate", type=float, default=A_SECOND, help="messages a second, in all")
    options.add_argument("--seconds", type=float, default=SECONDS)
    url = postgres_url("bench-streams")
    with tempfile.TemporaryDirectory() as folder:
        server = our_server(Path(folder), MODEL, DATABASE_URL=url)
        try:
            server.prepare()
            say(f"the assistant answers after {server.start():.1f} s")
            server.settle()
            crowd = asyncio.run(measured(server.stack.assistant_url, options.parse_args()))
            return 0 if report(crowd, server.resident_mb()) else 1
        finally:
            server.close()


if __name__ == "__main__":
    sys.exit(main())
