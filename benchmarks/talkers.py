"""People who talk to the assistant: what they say, and how they insist when nothing comes back.

Each message carries its own name, so that the same one sent again is the same message: what a browser does.
"""

from __future__ import annotations

import itertools
import json
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

QUESTIONS = (
    "c'est gratuit le cep ?",
    "est-ce que mon employeur va être au courant",
    "combien de temps dure un entretien",
    "c'est quoi la différence avec un bilan de compétences",
    "qui paye la formation après",
)
ELIGIBILITY = ("est-ce que j'y ai droit ?", "je suis en CDI", "dans le privé", "non")
TOWNS = ("Nevers", "Dijon", "Mâcon", "Auxerre", "Chalon-sur-Saône", "Beaune")
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Sent:
    """One message: who said it, what it got, after how long and how many tries."""

    sender: str
    client_id: str
    replies: tuple[dict[str, Any], ...]
    seconds: float
    tries: int

    @property
    def words(self) -> str:
        """All that was answered."""
        return " ".join(str(reply.get("text") or "") for reply in self.replies)

    @property
    def is_apology(self) -> bool:
        """Whether the person was told that it did not work."""
        return any(reply.get("notice") == "technical_problem" for reply in self.replies)


@dataclass
class Talker:
    """One person's conversation with the assistant at this address."""

    address: str
    patience: float = 60.0
    pause: float = 0.5
    sender: str = field(default_factory=lambda: f"load-{uuid.uuid4().hex[:16]}")

    def say(self, text: str, timeout: float = 20.0) -> Sent:
        """Say it until it is answered, under one name; `TimeoutError` when patience ends."""
        client_id, started, tries = uuid.uuid4().hex, time.monotonic(), 0
        while time.monotonic() - started < self.patience:
            tries += 1
            try:
                replies = self._post(text, client_id, timeout)
            except (OSError, ValueError):
                time.sleep(self.pause)
                continue
            return Sent(self.sender, client_id, replies, time.monotonic() - started, tries)
        raise TimeoutError("nobody answered")

    def _post(self, text: str, client_id: str, timeout: float) -> tuple[dict[str, Any], ...]:
        body = json.dumps({"sender": self.sender, "message": text, "client_id": client_id}).encode()
        request = urllib.request.Request(
            f"{self.address}/webhooks/rest/webhook", body, {"Content-Type": "application/json"}
        )
        try:
            with urllib.request.urlopen(request, timeout=timeout) as answer:
                return tuple(json.loads(answer.read()))
        except urllib.error.HTTPError as refused:
            refused.close()
            raise OSError(f"HTTP {refused.code}") from None


def mixed() -> Iterator[tuple[str, ...]]:
    """Conversations without end: half ask questions, a quarter check their right, a quarter book to the end."""
    for number in itertools.count():
        kind = number % 4
        if kind == 3:
            yield booking()
        elif kind == 2:
            yield ELIGIBILITY
        else:
            yield QUESTIONS


def booking() -> tuple[str, ...]:
    """What somebody says to book, under a name and a contact of their own."""
    number = next(_numbers)
    contact = f"camille.{uuid.uuid4().hex[:10]}@exemple.fr"
    return (
        f"je voudrais un rendez-vous à {TOWNS[number % len(TOWNS)]}",
        "le premier",
        "Camille Martin",
        contact,
        "oui",
    )
