"""Somebody who books whatever happens: sends again what got no answer, says again what got an apology."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field

from benchmarks.talkers import Sent, Talker, booking

PATIENCE_SECONDS = 180.0
BOOKED = re.compile(r"CEP-[A-Z0-9]{4}-[A-Z0-9]{4}")


@dataclass
class Person:
    """Somebody who books whatever happens, and what they were told."""

    address: str
    sent: list[Sent] = field(default_factory=list)
    reference: str = ""
    apologies: int = 0
    gave_up: bool = False

    def book(self) -> None:
        """Say what it takes, again after an apology, until the reference comes."""
        talker, deadline = Talker(self.address, patience=PATIENCE_SECONDS), time.monotonic() + PATIENCE_SECONDS
        for text in booking():
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

    def _say(self, talker: Talker, text: str, deadline: float) -> Sent | None:
        talker.patience = max(1.0, deadline - time.monotonic())
        try:
            said = talker.say(text)
        except TimeoutError:
            return None
        self.sent.append(said)
        return said
