"""Requests for a person as the console lists them: what each account may see, and no more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.accounts import Account
from bot.domain.conversation.conversations import State
from bot.domain.conversation.handovers import Handover, HandoverState


@dataclass(frozen=True)
class Request:
    """A request for a person, and where its conversation stands."""

    handover: Handover
    channel: str
    state: State
    last_user_at: datetime | None
    point_name: str
    holder_name: str

    @property
    def number(self) -> int:
        """How advisers name it."""
        return self.handover.id

    @property
    def is_waiting(self) -> bool:
        """Whether it can still be taken."""
        return self.handover.state is HandoverState.WAITING

    def is_held_by(self, account: Account) -> bool:
        """Whether this account talks with the person now."""
        return self.handover.state is HandoverState.TAKEN and self.handover.adviser_id == account.id

    def standing(self, account: Account) -> str:
        """Where it stands for this account, in a word: what a page shows, and compares with what is now."""
        holder = self.handover.adviser_id
        return f"{self.state.value}-{'nobody' if not holder else 'mine' if holder == account.id else 'other'}"


@dataclass(frozen=True)
class Meeting:
    """An appointment taken in the same conversation, without who it is for."""

    starts_at: datetime
    point_name: str
    mode: str
    state: str
    minutes: int = 0
    alliance: str = ""


class Inbox(Protocol):
    """What an account may see of the requests: its points' ones, those without a point, those nobody answered."""

    def open(self, account: Account) -> Sequence[Request]:
        """Requests waiting or taken, oldest first: age alone decides."""

    def closed_by(self, account: Account, limit: int) -> Sequence[Request]:
        """The last requests this account answered, latest first."""

    def get(self, account: Account, number: int) -> Request | None:
        """The request with this number, if this account may see it."""

    def meetings(self, conversation_id: str) -> Sequence[Meeting]:
        """Appointments taken in this conversation, earliest first."""

    def colleagues(self, account: Account) -> Sequence[Account]:
        """The other accounts that talk to people, by name."""
