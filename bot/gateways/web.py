"""Short HTTP calls between our own processes, on this machine or beside it: never through a proxy."""

import json
from collections.abc import Mapping
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

from bot.services.ports import NoAnswer, WebAnswer

MAX_BYTES = 1_000_000


def get(url: str, seconds: float) -> WebAnswer:
    """What this address answers; `NoAnswer` when it does not, or too late."""
    return _call(Request(url), seconds)  # noqa: S310  the address comes from the settings


def post(url: str, content: Any, seconds: float, headers: Mapping[str, str] | None = None) -> WebAnswer:
    """What this address answers to this content, sent as JSON."""
    body = json.dumps(content).encode()
    return _call(Request(url, body, {"Content-Type": "application/json", **(headers or {})}), seconds)  # noqa: S310


def _call(request: Request, seconds: float) -> WebAnswer:
    try:
        with build_opener(ProxyHandler({})).open(request, timeout=seconds) as answer:
            return WebAnswer(answer.status, answer.read(MAX_BYTES))
    except HTTPError as error:
        with error:
            return WebAnswer(error.code, error.read(MAX_BYTES))
    except (OSError, HTTPException) as error:
        raise NoAnswer(type(error).__name__) from None
