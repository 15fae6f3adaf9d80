"""Text messages leave through an operator's HTTP interface, or land in a folder on a machine without one.

The operator written here is OVHcloud (https://api.ovh.com/console/#/sms); another one is a class with `send`.
"""

import hashlib
import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx

from bot.domain.notifications.notices import TextMessage
from bot.services.notifications.ports import Refused, Unavailable

SECONDS = 15.0
VALID_MINUTES = 12 * 60
"""How long the operator keeps trying a phone that is off; later, the news is old."""


@dataclass(frozen=True)
class FolderTexter:
    """Writes each message to a folder: the number on the first line, the words below."""

    folder: Path

    def send(self, message: TextMessage) -> None:
        """Write the file; the same message again replaces it."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            draft = self.folder / f".{message.key}.part"
            # A number and an hour: for the owner's eyes alone, from the first byte on.
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                file.write(f"{message.to}\n\n{message.text}\n".encode())
            draft.replace(self.folder / f"{message.key}.txt")
        except OSError as error:
            raise Unavailable(type(error).__name__) from None


@dataclass(frozen=True)
class OvhTexter:
    """Sends through an OVHcloud SMS account; every call is signed, the secrets never travel."""

    endpoint: str
    service: str
    sender: str
    application_key: str = field(repr=False)
    application_secret: str = field(repr=False)
    consumer_key: str = field(repr=False)
    seconds: float = SECONDS

    def send(self, message: TextMessage) -> None:
        """Hand it to OVHcloud, within the time given."""
        url = f"{self.endpoint}/sms/{quote(self.service, safe='')}/jobs"
        body = json.dumps(self._job(message))
        try:
            answer = httpx.post(url, content=body, headers=self._signed(url, body, message), timeout=self.seconds)
        except httpx.HTTPError as error:
            raise Unavailable(type(error).__name__) from None
        _read(answer)

    def _job(self, message: TextMessage) -> dict[str, Any]:
        return {
            "receivers": [message.to],
            "message": message.text,
            "sender": self.sender,
            "senderForResponse": False,
            "noStopClause": True,
            "charset": "UTF-8",
            "coding": "7bit",
            "class": "phoneDisplay",
            "priority": "high",
            "validityPeriod": VALID_MINUTES,
        }

    def _signed(self, url: str, body: str, message: TextMessage) -> dict[str, str]:
        # https://help.ovhcloud.com/csm/fr-api-getting-started-ovhcloud-api: "$1$" and SHA-1, theirs to choose.
        at = str(int(message.written_at.timestamp()))
        signed = "+".join((self.application_secret, self.consumer_key, "POST", url, body, at))
        return {
            "Content-Type": "application/json",
            "X-Ovh-Application": self.application_key,
            "X-Ovh-Consumer": self.consumer_key,
            "X-Ovh-Timestamp": at,
            "X-Ovh-Signature": "$1$" + hashlib.sha1(signed.encode()).hexdigest(),  # noqa: S324
        }


def _read(answer: httpx.Response) -> None:
    """Only a number the operator names as invalid is the message's own fault; all else is ours to repair."""
    if answer.status_code != httpx.codes.OK:
        raise Unavailable(f"HTTP{answer.status_code}")
    try:
        told = answer.json()
        invalid, valid = told["invalidReceivers"], told["validReceivers"]
    except (ValueError, KeyError, TypeError):
        raise Unavailable("unreadable") from None
    if invalid or not valid:
        raise Refused("invalid_number")
