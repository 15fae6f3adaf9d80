"""What pages of the console learn without being reloaded: new lines, a change of hands, the queue (SSE).

The sign-in is looked at again before anything is sent, and the stream ends with it.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import replace

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request as HttpRequest
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from bot import metrics
from bot.app import container, staff_accounts
from bot.domain.accounts import Right
from bot.domain.conversation.inbox import Request
from bot.services.conversations.ports import INBOX, conversation_topic
from bot.web.advisers import inbox
from bot.web.advisers.visits import AdviserVisit, enter
from bot.web.pages import CONSOLE

STREAM_HEADERS = {**CONSOLE, "X-Accel-Buffering": "no"}
ALIVE = ": \n\n"
ALIVE_SECONDS = 15.0
Parts = Callable[[AdviserVisit], list[str]]


async def queue(request: HttpRequest) -> Response:
    """The lists of the inbox, each time one of them changes."""
    visit = await enter(request, Right.TALK, active=False)
    if isinstance(visit, Response):
        return visit
    return _stream(visit, INBOX, _Queue())


async def talk(request: HttpRequest) -> Response:
    """The lines after the last one this page has, then each new one."""
    visit = await enter(request, Right.TALK, active=False)
    if isinstance(visit, Response):
        return visit
    try:
        asked = await run_in_threadpool(inbox.find, visit)
    except LookupError:
        return visit.page("not_found.html", 404)
    # As the page shows it: what changed before its stream was open is told too.
    shown = request.query_params.get("etat") or asked.standing(visit.account)
    return _stream(visit, conversation_topic(asked.handover.conversation_id), _Talk(asked, _last_seen(request), shown))


class _Queue:
    """What one page of the inbox shows now."""

    def __init__(self) -> None:
        self._shown = ""

    def __call__(self, visit: AdviserVisit) -> list[str]:
        now = inbox.queue(replace(visit, now=container.now()))
        if now == self._shown:
            return []
        self._shown = now
        return [event("file", now)]


class _Talk:
    """What one page of a conversation has already shown."""

    def __init__(self, asked: Request, after: int, shown: str) -> None:
        self._asked = asked
        self._after = after
        self._shown = shown

    def __call__(self, visit: AdviserVisit) -> list[str]:
        lines = inbox.lines_of(self._asked, self._after)
        parts = [event("ligne", visit.part("line.html", line=line), line.id) for line in lines]
        self._after = lines[-1].id if lines else self._after
        now = inbox.find(visit)
        standing = now.standing(visit.account)
        if standing != self._shown:
            parts.append(event("etat", visit.part("changed.html", request=now)))
        self._asked, self._shown = now, standing
        return parts


def _stream(visit: AdviserVisit, topic: str, parts: Parts) -> Response:
    return StreamingResponse(
        _counted(_events(visit, topic, parts)), headers=STREAM_HEADERS, media_type="text/event-stream"
    )


async def _counted(events: AsyncIterator[str]) -> AsyncIterator[str]:
    with metrics.open_stream("advisers"):
        async for each in events:
            yield each


async def _events(visit: AdviserVisit, topic: str, parts: Parts) -> AsyncIterator[str]:
    async for _ in _wake_ups(topic):
        if await run_in_threadpool(_is_over, visit):
            yield event("fin", "")
            return
        try:
            said = await run_in_threadpool(parts, visit)
        except LookupError:
            # Passed on to somebody else, at a point that is not this account's.
            yield event("fin", "")
            return
        yield "".join(said) or ALIVE


async def _wake_ups(topic: str) -> AsyncIterator[None]:
    """Once at first, then at each change, and from time to time to keep the connection."""
    woken = asyncio.Event()
    async with container.feed().subscription(topic) as changes:

        async def listen() -> None:
            async for _ in changes:
                woken.set()

        listening = asyncio.create_task(listen())
        try:
            while True:
                yield
                with contextlib.suppress(asyncio.TimeoutError):
                    await asyncio.wait_for(woken.wait(), ALIVE_SECONDS)
                woken.clear()
        finally:
            listening.cancel()


def _is_over(visit: AdviserVisit) -> bool:
    found = staff_accounts.signed_in(visit.secret, active=False)
    return found is None or not found.account.may(Right.TALK)


def event(name: str, content: str, number: int | None = None) -> str:
    """One server-sent event; `number` is where a reader who comes back goes on from."""
    head = f"id: {number}\n" if number is not None else ""
    body = "".join(f"data: {line}\n" for line in (content.splitlines() or [""]))
    return f"event: {name}\n{head}{body}\n"


def _last_seen(request: HttpRequest) -> int:
    given = request.headers.get("Last-Event-ID") or request.query_params.get("apres", "0")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 16 else 0


def _streaming(path: str, endpoint: Callable[..., object]) -> Route:
    route = Route(path, endpoint, methods=["GET"])
    route.right = Right.TALK  # type: ignore[attr-defined]
    return route


routes = [
    _streaming(f"{inbox.INBOX}/flux", queue),
    _streaming(inbox.INBOX + "/{number}/flux", talk),
]
