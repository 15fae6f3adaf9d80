"""Telegram's Bot API over HTTPS (https://core.telegram.org/bots/api): one call, and what its answer means.

The token is part of every address: no address is ever logged, and no error repeats one.
"""

import logging
from collections.abc import Mapping
from typing import Any

import httpx

from bot.services.chats.delivery import BLOCKED
from bot.services.chats.ports import TooFast
from bot.services.notifications.ports import Refused, Unavailable

SECONDS = 10.0
LONGEST_WAIT_SECONDS = 3600.0
_TOO_MANY_REQUESTS = 429
_FORBIDDEN = 403
_GONE = ("chat not found", "user is deactivated", "bot was blocked")


class TelegramApi:
    """The methods of one bot."""

    def __init__(self, token: str, url: str, seconds: float = SECONDS) -> None:
        """`url` is Telegram's own address, or another server that speaks the same (a double in tests)."""
        # httpx writes each address it calls at INFO.
        logging.getLogger("httpx").setLevel(logging.WARNING)
        self._address = f"{url}/bot{token}"
        self._client = httpx.Client(timeout=seconds)

    def call(
        self,
        method: str,
        content: Mapping[str, Any] | None = None,
        *,
        file: tuple[str, str, bytes, str] | None = None,
        seconds: float | None = None,
    ) -> Any:
        """What Telegram answers; `Refused`, `TooFast` or `Unavailable` when it does not do it.

        `file` is (field, name, bytes, type), sent as a form with the rest.
        """
        timeout = self._client.timeout if seconds is None else httpx.Timeout(seconds)
        sent: dict[str, Any] = {"json": dict(content or {})}
        if file:
            field, name, data, kind = file
            sent = {"data": dict(content or {}), "files": {field: (name, data, kind)}}
        try:
            answer = self._client.post(f"{self._address}/{method}", timeout=timeout, **sent)
        except httpx.HTTPError as error:
            raise Unavailable(type(error).__name__) from None
        return _read(answer)

    def close(self) -> None:
        """Give the connections back."""
        self._client.close()


def _read(answer: httpx.Response) -> Any:
    told = _told(answer)
    if told.get("ok") is True:
        return told.get("result")
    if answer.status_code == _TOO_MANY_REQUESTS:
        raise TooFast(_wait(told))
    if answer.status_code == _FORBIDDEN or any(sign in str(told.get("description")).lower() for sign in _GONE):
        raise Refused(BLOCKED)
    if 400 <= answer.status_code < 500 and answer.status_code not in (401, 404, 409):
        raise Refused(f"HTTP{answer.status_code}")
    # A wrong token (401, 404), two pollers (409), a fault of theirs: nobody is to blame who is written to.
    raise Unavailable(f"HTTP{answer.status_code}")


def _told(answer: httpx.Response) -> dict[str, Any]:
    try:
        told = answer.json()
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _wait(told: Mapping[str, Any]) -> float:
    parameters = told.get("parameters")
    seconds = parameters.get("retry_after") if isinstance(parameters, dict) else None
    if isinstance(seconds, bool) or not isinstance(seconds, (int, float)) or seconds < 0:
        return 1.0
    return min(float(seconds), LONGEST_WAIT_SECONDS)
