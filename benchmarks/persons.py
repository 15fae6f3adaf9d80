"""Somebody who books whatever happens: sends again what got no answer, says again what got an apology."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field

from benchmarks.talkers import Sent, Talker, booking

PATIENCE_SECONDS = 180.0
THINKING_SECONDS = 0.8
"""Before each message: far less than people take, and enough for a fault to fall in the middle of a booking."""
BOOKED = re.compile(r"CEP-[A-Z0-9]{4}-[A-Z0-9]{4}")


@dataclass
class Person:
    """Somebody who books whatever happens, and what they were told."""

    address: str
    sent: list[Sent] = field(default_factory=list)
    reference: str = ""
    apologies: int = 0
    gave_up: bool = False
    waited: list[tuple[float, float]] = field(default_factory=list)
    """When each message left and when something came back, by the machine's steady clock."""

    def book(self) -> None:
        """Say what it takes, again after an apology, until the reference comes."""
        talker, deadline = Talker(self.address, patience=PATIENCE_SECONDS), time.monotonic() + PATIENCE_SECONDS
        for text in booking():
            time.sleep(THINKING_SECONDS)
            said = self._say(talker, text, deadline)
            while said is not None and said.is_apology and time.monotonic() < deadline:
                self.apologies += 1
                time.sleep(2)
                said = self._say(talker, text, deadline)
            if said is None:
                self.gave_up = True
                return
            found = BOOKED.search(said.words)
            self.reference = found.group() if found else self.reference

    def unheard(self, without_answer: set[str]) -> int:
        """How many of their messages brought nothing: neither an answer nor an apology that says to try again."""
        answered = {sent.client_id for sent in self.sent if not sent.is_apology}
        return len(answered & without_answer) + self.gave_up

    def met(self, began: float, ended: float) -> int:
        """How many of their messages were waiting for an answer in this time."""
        return sum(left <= ended and back >= began for left, back in self.waited)

    def _say(self, talker: Talker, text: str, deadline: float) -> Sent | None:
        left = time.monotonic()
        talker.patience = max(1.0, deadline - left)
        try:
            said = talker.say(text)
        except TimeoutError:
            return None
        finally:
            self.waited.append((left, time.monotonic()))
        self.sent.append(said)
        return said
