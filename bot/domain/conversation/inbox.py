"""Requests for a person as an adviser's list shows them."""

from dataclasses import dataclass
from datetime import datetime

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
    terms_version: str = ""
