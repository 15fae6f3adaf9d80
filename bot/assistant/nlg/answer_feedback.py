"""What the tracker remembers of opinions: about which answers they were asked, and whether they were given."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.assistant.nlg.turn_outcome import TAKEN

ON = "opinion_on"
"""On a reply: the entry an opinion is asked about, and what is asked of it."""
SLOT = "opinions"


@dataclass(frozen=True)
class Opinions:
    """The entries asked about in this conversation, and how many of the latest were left aside in a row."""

    asked: tuple[str, ...] = ()
    ignored: int = 0

    def as_slot(self) -> dict[str, Any] | None:
        """What a new session keeps of it."""
        return {"asked": list(self.asked), "ignored": self.ignored} if self.asked else None


def opinions_of(tracker: DialogueStateTracker) -> Opinions:
    """What was asked so far, earlier sessions included."""
    kept = tracker.get_slot(SLOT) or {}
    asked, ignored = list(kept.get("asked", ())), int(kept.get("ignored", 0))
    for data in _said(tracker):
        about = data.get(ON) or {}
        if about.get("asks") == "helped":
            asked.append(str(about["entry"]))
            ignored += 1
        elif "opinion" in (data.get(TAKEN) or {}):
            ignored = 0
    return Opinions(tuple(asked), ignored)


def opinion_awaited(tracker: DialogueStateTracker, what: str) -> str | None:
    """The entry the last lines asked an opinion of this kind about, in answer to the message before this one."""
    turns = 0
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            turns += 1
        elif isinstance(event, BotUttered) and turns == 1:
            about = event.metadata.get(ON) or {}
            if about.get("asks") == what:
                return str(about["entry"])
        if turns == 2:
            break
    return None


def _said(tracker: DialogueStateTracker) -> Iterator[dict[str, Any]]:
    return (event.metadata for event in tracker.events if isinstance(event, BotUttered))
