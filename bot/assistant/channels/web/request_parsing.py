"""Reading what is sent to the web channel: the token, the body, a message, where to read from."""

import asyncio
import json
import re
from typing import Any

from sanic.request import Request

from bot.assistant.channels.web.error_responses import (
    NOT_UNDERSTOOD,
    TOKEN_IN_ADDRESS,
    TOO_LARGE,
    TOO_SLOW,
    UNKNOWN_TOKEN,
    Refused,
)
from bot.services.conversations.transcript import Incoming
from bot.services.conversations.visitor_sessions import TOKEN_LENGTH

MAX_BODY_BYTES = 16 * 1024
BODY_SECONDS = 10.0
MOST_LINES = 200
_LARGEST_ID = 2**63 - 1
_TOKEN = re.compile(rf"[A-Za-z0-9_-]{{{TOKEN_LENGTH}}}")
_CLIENT_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_CREDENTIALS = frozenset({"token", "access_token", "auth_token", "authorization", "bearer"})


def token_of(request: Request) -> str:
    """The token, from its header alone."""
    for name, values in request.args.items():
        if name.lower() in _CREDENTIALS or any(_TOKEN.fullmatch(value) for value in values):
            raise Refused(*TOKEN_IN_ADDRESS)
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not _TOKEN.fullmatch(token):
        raise Refused(*UNKNOWN_TOKEN)
    return token


async def body_of(request: Request) -> dict[str, Any]:
    """The object sent, none of it read beyond the limits."""
    try:
        content = await asyncio.wait_for(_read(request), BODY_SECONDS)
    except asyncio.TimeoutError:
        _hang_up(request)
        raise Refused(*TOO_SLOW) from None
    try:
        given = json.loads(content) if content else None
    except (ValueError, RecursionError):
        raise Refused(*NOT_UNDERSTOOD) from None
    if not isinstance(given, dict):
        raise Refused(*NOT_UNDERSTOOD)
    return given


def message_in(given: dict[str, Any]) -> Incoming:
    """What a visitor sends: words or a choice, under a name of theirs."""
    client_id = given.get("client_id")
    if not (isinstance(client_id, str) and _CLIENT_ID.fullmatch(client_id)):
        raise Refused(*NOT_UNDERSTOOD)
    text, choice = given.get("text"), given.get("choice")
    if isinstance(text, str) and choice is None:
        return Incoming(text, client_id)
    if isinstance(choice, dict) and text is None:
        return Incoming("", client_id, (_number(choice.get("message")), _number(choice.get("index"))))
    raise Refused(*NOT_UNDERSTOOD)


def cursor_of(request: Request) -> int:
    """After which line to read: `after`, or where a stream was left."""
    given = request.args.get("after") or request.headers.get("last-event-id") or "0"
    return _written(given, 0, _LARGEST_ID)


def limit_of(request: Request) -> int:
    """How many lines at most."""
    return _written(request.args.get("limit") or str(MOST_LINES), 1, MOST_LINES)


async def _read(request: Request) -> bytes:
    announced = request.headers.get("content-length", "0")
    if announced.isdigit() and int(announced) > MAX_BODY_BYTES:
        raise Refused(*TOO_LARGE)
    content = b""
    # Chunked or announced: what counts is what comes.
    while request.stream.request_body and (part := await request.stream.read()):
        content += part
        if len(content) > MAX_BODY_BYTES:
            raise Refused(*TOO_LARGE)
    return content


def _hang_up(request: Request) -> None:
    # What is still to come is not waited for: the connection closes with the answer.
    request.stream.request_body = None
    request.stream.keep_alive = False


def _number(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _LARGEST_ID:
        raise Refused(*NOT_UNDERSTOOD)
    return value


def _written(value: str, least: int, most: int) -> int:
    if not (value.isascii() and value.isdigit() and len(value) < 20 and least <= int(value) <= most):
        raise Refused(*NOT_UNDERSTOOD)
    return int(value)
