"""What every speaker has at hand: pieces of sentences, the library of knowledge, and the hour."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from rasa.shared.core.trackers import DialogueStateTracker

from bot.app.container import Library
from bot.domain.text.french_format import PARIS

Reply = dict[str, Any]


@dataclass(frozen=True)
class Voice:
    """The means of speaking during one turn."""

    part: Callable[..., str]
    library: Library
    now: datetime

    @property
    def today(self) -> date:
        """The day in France."""
        return self.now.astimezone(PARIS).date()


Speaker = Callable[[Voice, str, DialogueStateTracker, dict[str, Any]], "Reply | None"]


def choices(*titles: str) -> list[dict[str, str]]:
    """Buttons: a choice is words, so that whatever it does can be typed."""
    return [{"title": title, "payload": title} for title in titles]
