"""Reading what is posted to the development channel, and who posts it."""

import json
import re
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from sanic.request import Request

from bot.assistant.channels.conversation_ids import development_id
from bot.services.conversations.transcript import Incoming

MAX_BODY_BYTES = 16 * 1024
_CLIENT_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_LARGEST_ID = 2**63 - 1


class NotUnderstood(Exception):
    """The request is not of the protocol; says what is wrong, repeating none of it."""


@dataclass(frozen=True)
class Asked:
    """A request understood: who asks, under the name given and under ours, and what."""

    sender: str
    conversation_id: str
    incoming: Incoming


def is_local(request: Request) -> bool:
    """Whether the request comes from this machine, and from no web page of elsewhere."""
    if any(name in request.headers for name in ("forwarded", "x-forwarded-for", "x-real-ip")):
        return False
    origin = request.headers.get("origin")
    if origin and urlsplit(origin).hostname not in ("localhost", "127.0.0.1", "::1"):
        return False
    return _is_loopback(request.ip)


def read_request(body: bytes) -> Asked:
    """The sender and what was sent; `NotUnderstood` otherwise."""
    try:
        given = json.loads(body)
    except (ValueError, RecursionError):
        raise NotUnderstood("the body is not JSON") from None
    if not isinstance(given, dict):
        raise NotUnderstood("the body is not an object")
    sender = given.get("sender")
    if not isinstance(sender, str) or not sender or "\0" in sender:
        raise NotUnderstood("sender must be a text")
    return Asked(sender, development_id(sender), _incoming(given))


def _incoming(given: dict[str, Any]) -> Incoming:
    client_id = given.get("client_id")
    if client_id is not None and not (isinstance(client_id, str) and _CLIENT_ID.fullmatch(client_id)):
        raise NotUnderstood("client_id must be 1 to 64 letters, digits, - or _")
    message = given.get("message")
    if isinstance(message, str):
        return Incoming(message, client_id)
    if isinstance(message, dict) and isinstance(message.get("choice"), dict):
        chosen = message["choice"]
        return Incoming("", client_id, (_number(chosen.get("message")), _number(chosen.get("index"))))
    raise NotUnderstood('message must be a text or {"choice": {"message": id, "index": n}}')


def _number(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _LARGEST_ID:
        raise NotUnderstood("a choice is two whole numbers")
    return value


def _is_loopback(address: str) -> bool:
    try:
        peer = ip_address(address)
    except ValueError:
        return False
    mapped = getattr(peer, "ipv4_mapped", None)
    return (mapped or peer).is_loopback
