"""Live conversations: a hundred taken by advisers, every page open on both sides, both sides writing, on PostgreSQL.

`make bench-live` starts a PostgreSQL of its own. Replies leave by the console's own form and are timed until the
visitor's stream shows them; what visitors write, until the adviser's stream does. Fails when the goal is missed, or
when a line was lost, came twice, out of order, or in somebody else's conversation.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

from benchmarks.measures import Times
from benchmarks.progress import say
from benchmarks.servers import our_server, postgres_url
from benchmarks.streams import MODEL, Crowd, Follower
from tests.e2e.stack import ROOT, wait_for

CONVERSATIONS = 100
ADVISERS = 10
"""Browsers of the demonstration adviser, each signed in by itself."""
A_SECOND = 10.0
"""Lines of each side, over all conversations."""
SECONDS = 30.0
OPENING_SECONDS = 5.0
PATIENCE_SECONDS = 240.0
GOAL_MS = 1000.0
ASKS = "je voudrais parler à un conseiller"
WAITS = re.compile(r"/conseil/demandes/(\d+)/prendre")
TOKEN = re.compile(r'name="jeton" value="(\w+)"')
WRITTEN = re.compile(r"(?:Conseil|Personne) \d+-\d+\.")


@dataclass
class Side:
    """What one side wrote, and what the screens of the other side showed, each by what it is the screen of."""

    sent: dict[str, float] = field(default_factory=dict)
    shown: dict[int, list[tuple[float, str]]] = field(default_factory=dict)

    def show(self, screen: int, told: str) -> None:
        """Note the lines of this side in what a screen was told."""
        at = time.perf_counter()
        for text in WRITTEN.findall(told):
            if text in self.sent:
                self.shown.setdefault(screen, []).append((at, text))

    @property
    def waits(self) -> Times:
        """Milliseconds from sending each line to the first screen that showed it."""
        first: dict[str, float] = {}
        for lines in self.shown.values():
            for at, text in lines:
                first[text] = min(at, first.get(text, at))
        return Times([(at - self.sent[text]) * 1000 for text, at in first.items()])

    def faults(self) -> dict[str, int]:
        """Lines lost, shown twice, out of order, and screens that showed several conversations."""
        screens = [[text for _, text in lines] for lines in self.shown.values()]
        times = Counter(text for texts in screens for text in texts)
        orders = [[int(text.rpartition("-")[2][:-1]) for text in texts] for texts in screens]
        return {
            "lost": len(self.sent.keys() - times.keys()),
            "doubled": sum(count - 1 for count in times.values()),
            "out of order": sum(order != sorted(order) for order in orders),
            "astray": sum(len({text.partition("-")[0] for text in texts}) > 1 for texts in screens),
        }


class Desk:
    """An adviser's browser."""

    def __init__(self, site: str, session: aiohttp.ClientSession) -> None:
        self._site = site
        self._session = session
        self._token = ""

    async def enter(self) -> None:
        """Sign in as the demonstration adviser."""
        await self._post("/conseil/demonstration", 303)
        found = TOKEN.search(await self._page())
        assert found, "the console's page has no token"
        self._token = found[1]

    async def waiting(self) -> list[int]:
        """The numbers of the requests that wait, oldest first."""
        return [int(number) for number in WAITS.findall(await self._page())]

    async def take(self, number: int) -> None:
        """Take this request."""
        await self._post(f"/conseil/demandes/{number}/prendre", 303)

    async def reply(self, number: int, text: str) -> None:
        """Send this to the person."""
        await self._post(f"/conseil/demandes/{number}/repondre", 204, texte=text, envoi=text)

    async def follow(self, number: int, side: Side) -> None:
        """Read the request's stream until it is cancelled."""
        async with self._session.get(f"{self._site}/conseil/demandes/{number}/flux?apres=0") as answer:
            answer.raise_for_status()
            async for line in answer.content:
                side.show(number, line.decode())

    async def _page(self) -> str:
        async with self._session.get(f"{self._site}/conseil/demandes") as answer:
            answer.raise_for_status()
            return await answer.text()

    async def _post(self, path: str, expected: int, **fields: str) -> None:
        headers = {"Sec-Fetch-Site": "same-origin", **({"HX-Request": "true"} if expected == 204 else {})}
        content = {"jeton": self._token, **fields}
        async with self._session.post(
            self._site + path, data=content, headers=headers, allow_redirects=False
        ) as answer:
            assert answer.status == expected, f"{path}: {answer.status}"


@dataclass
class Talk:
    """Everybody, once each conversation is in an adviser's hands."""

    crowd: Crowd
    desks: list[Desk]
    numbers: list[int]
    replies: Side = field(default_factory=Side)
    words: Side = field(default_factory=Side)

    def desk(self, place: int) -> Desk:
        """The adviser who has the conversation in this place."""
        return self.desks[place % len(self.desks)]

    async def follow_visitor(self, place: int, follower: Follower) -> None:
        """What a visitor's screen shows."""
        await self.crowd.follow(follower, lambda line: self.replies.show(place, line["text"]))

    async def reply(self, number: int) -> None:
        """An adviser's line."""
        place = number % len(self.numbers)
        text = f"Conseil {place}-{number}."
        self.replies.sent[text] = time.perf_counter()
        await self.desk(place).reply(self.numbers[place], text)

    async def write(self, number: int) -> None:
        """A visitor's line."""
        place = number % len(self.crowd.followers)
        text = f"Personne {place}-{number}."
        self.words.sent[text] = time.perf_counter()
        await self.crowd.leave(self.crowd.followers[place], number, text)


async def measured(assistant: str, site: str, options: argparse.Namespace) -> Talk:
    """The conversations after both sides wrote, and everything was shown or given up."""
    timeout = aiohttp.ClientTimeout(total=None, sock_read=60)
    async with contextlib.AsyncExitStack() as opened:

        async def browser() -> aiohttp.ClientSession:
            jar, connector = aiohttp.CookieJar(unsafe=True), aiohttp.TCPConnector(limit=0)
            session = aiohttp.ClientSession(timeout=timeout, connector=connector, cookie_jar=jar)
            return await opened.enter_async_context(session)

        desks = [Desk(site, await browser()) for _ in range(ADVISERS)]
        for desk in desks:
            await desk.enter()
        talk = Talk(Crowd(assistant, await browser()), desks, [])
        await begin(talk, options.conversations)
        reading = [asyncio.create_task(each) for each in screens(talk)]
        # Two hundred pages opened in one second are nobody's day.
        await asyncio.sleep(OPENING_SECONDS)
        say(f"each side writes {options.rate:g} lines a second for {options.seconds:g} s ...")
        await asyncio.gather(
            paced(options.rate, options.seconds, talk.reply), paced(options.rate, options.seconds, talk.write)
        )
        await settled(talk)
        for task in reading:
            task.cancel()
        await asyncio.gather(*reading, return_exceptions=True)
        return talk


async def begin(talk: Talk, count: int) -> None:
    """Have this many visitors ask for a person, and advisers take them all."""
    say(f"{count} visitors ask for an adviser ...")
    already = set(await talk.desks[0].waiting())
    await talk.crowd.gather(count)
    for number, follower in enumerate(talk.crowd.followers):
        await talk.crowd.leave(follower, -1 - number, ASKS)
    end = time.monotonic() + PATIENCE_SECONDS
    while len(found := [each for each in await talk.desks[0].waiting() if each not in already]) < count:
        assert time.monotonic() < end, f"only {len(found)} requests came"
        await asyncio.sleep(1)
    talk.numbers = found
    for place, number in enumerate(found):
        await talk.desk(place).take(number)


def screens(talk: Talk) -> list[Coroutine[None, None, None]]:
    """Every page that is open, visitors' and advisers'."""
    visitors = [talk.follow_visitor(place, each) for place, each in enumerate(talk.crowd.followers)]
    return visitors + [talk.desk(place).follow(number, talk.words) for place, number in enumerate(talk.numbers)]


async def paced(rate: float, seconds: float, write: Callable[[int], Awaitable[None]]) -> None:
    """Lines at a steady rate, none waiting for the one before."""
    writing, began = [], time.perf_counter()
    for number in range(round(rate * seconds)):
        await asyncio.sleep(max(0.0, began + number / rate - time.perf_counter()))
        writing.append(asyncio.ensure_future(write(number)))
    await asyncio.gather(*writing)


async def settled(talk: Talk) -> None:
    """Wait until everything was shown, and a little for what would come twice."""
    end = time.monotonic() + 60
    while time.monotonic() < end and any(side.faults()["lost"] for side in (talk.replies, talk.words)):
        await asyncio.sleep(0.2)
    await asyncio.sleep(2)


def report(talk: Talk) -> bool:
    """Print what was found; whether the goal is met and nothing went wrong."""
    went_well = True
    for name, side in (
        ("adviser's reply to the visitor's screen", talk.replies),
        ("visitor's words to the adviser's screen", talk.words),
    ):
        waits, faults = side.waits, side.faults()
        say(f"{name}: {len(waits.taken)} lines, p50 {waits.p50:.0f} ms, p95 {waits.p95:.0f} ms")
        say("  " + ", ".join(f"{fault}: {count}" for fault, count in faults.items()))
        went_well = went_well and not any(faults.values()) and waits.p95 < GOAL_MS
    return went_well


def main() -> int:
    """Start the assistant and the console on PostgreSQL, measure, stop them."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.live")
    options.add_argument("--conversations", type=int, default=CONVERSATIONS)
    options.add_argument("--rate", type=float, default=A_SECOND, help="lines a second of each side, in all")
    options.add_argument("--seconds", type=float, default=SECONDS)
    chosen = options.parse_args()
    url = postgres_url("bench-live")
    with tempfile.TemporaryDirectory() as folder:
        server = our_server(Path(folder), MODEL, DATABASE_URL=url)
        try:
            server.prepare()
            command = [sys.executable, "-m", "bot.cli", "demonstration"]
            subprocess.run(command, cwd=ROOT, env=server.stack.environment, check=True, stdout=subprocess.DEVNULL)
            server.stack.start("web", "bot.web.run")
            say(f"the assistant answers after {server.start():.1f} s")
            server.settle()
            site = f"http://127.0.0.1:{server.stack.environment['CEP_WEB_PORT']}"
            wait_for(f"{site}/health/live", 60, lambda: server.stack.log("web"))
            return 0 if report(asyncio.run(measured(server.stack.assistant_url, site, chosen))) else 1
        finally:
            server.close()


if __name__ == "__main__":
    sys.exit(main())
