"""Which rows lead to a person, table by table: what a copy shows, what erasing takes, what a test goes through.

Every table of the metadata is here or a test fails; `docs/personal-data.md` says the same to people.
"""

from dataclasses import dataclass
from enum import Enum

from sqlalchemy import Column, Table, select
from sqlalchemy.sql import ColumnElement

from bot.storage.metadata import metadata


class Whose(Enum):
    """Whose data a table holds."""

    CONVERSATION = "conversation"
    """Goes with the conversation."""
    APPOINTMENT = "appointment"
    """Leads to the person through an appointment."""
    SENDER = "sender"
    """What arrived from a channel, before it belongs to a conversation; goes within a day."""
    PASSING = "passing"
    """Digests or masked words that lead back to nobody by themselves; goes in its own time."""
    STAFF = "staff"
    """Of advisers and administrators."""
    NOBODY = "nobody"
    """Places, hours, figures, machines."""


@dataclass(frozen=True)
class Held:
    """How the rows of a table lead to whom they speak of."""

    whose: Whose
    column: str = ""
    through: str = ""
    """The table its column names a row of, when it does not name the conversation itself."""


_CONVERSATION = Held(Whose.CONVERSATION, "conversation_id")
_APPOINTMENT = Held(Whose.APPOINTMENT, "appointment_id")
_STAFF, _NOBODY, _PASSING = Held(Whose.STAFF), Held(Whose.NOBODY), Held(Whose.PASSING)

REGISTER: dict[str, Held] = {
    "conversations": Held(Whose.CONVERSATION, "id"),
    "messages": _CONVERSATION,
    "handovers": _CONVERSATION,
    "next_steps": _CONVERSATION,
    "intakes": _CONVERSATION,
    "holds": _CONVERSATION,
    "drafts": Held(Whose.CONVERSATION, "id"),
    "outbox": Held(Whose.CONVERSATION, "subject_id"),
    "visitor_tokens": _CONVERSATION,
    "transfer_codes": _CONVERSATION,
    "telegram_chats": _CONVERSATION,
    "telegram_updates": Held(Whose.SENDER, "chat_id"),
    "appointments": Held(Whose.APPOINTMENT, "id"),
    "appointment_history": _APPOINTMENT,
    "appointment_links": _APPOINTMENT,
    "taken_quarters": _APPOINTMENT,
    "interviews": _APPOINTMENT,
    "feedback_asks": _APPOINTMENT,
    "earlier_wishes": _APPOINTMENT,
    "earlier_offers": _APPOINTMENT,
    "erased_conversations": _PASSING,
    "proof_attempts": _PASSING,
    "unanswered": _PASSING,
    "feedbacks": _PASSING,
    "accounts": _STAFF,
    "account_points": _STAFF,
    "account_identities": _STAFF,
    "sign_ins": _STAFF,
    "audit_log": _STAFF,
    "calendar_feeds": _STAFF,
    "writings": _STAFF,
    "writing_steps": _STAFF,
    "exchanges": _STAFF,
    "exchange_replies": _STAFF,
    "exchange_marks": _STAFF,
    "exchange_visits": _STAFF,
    "advisers": _STAFF,
    "weekly_ranges": _STAFF,
    "closures": _STAFF,
    "relay_points": _NOBODY,
    "request_receipts": _NOBODY,
    "counters": _NOBODY,
    "job_runs": _NOBODY,
}

# What a machine needs to find or to prove; it tells the person nothing and must not leave.
_TECHNICAL = ("digest", "idempotency_key", "turn_owner", "turn_until", "sender", "sender_until", "hold_id", "client_id")


def of_conversations() -> list[tuple[Table, Column]]:
    """The tables that go with a conversation, and the column that names it; the outbox also speaks of appointments."""
    return _held_by(Whose.CONVERSATION)


def of_appointments() -> list[tuple[Table, Column]]:
    """The tables that lead to a person through an appointment, and the column that names it."""
    return _held_by(Whose.APPOINTMENT)


def leads_to(table: Table, conversation_id: str) -> ColumnElement[bool]:
    """Which rows of this table go with the conversation."""
    held = REGISTER[table.name]
    column = table.c[held.column]
    if not held.through:
        return column == conversation_id
    owner = metadata.tables[held.through]
    return column.in_(select(owner.c.id).where(leads_to(owner, conversation_id)))


def shown(table: Table) -> list[Column]:
    """The columns a copy shows."""
    # What a line carries besides its words is the assistant's: choices, sources, and the copies given before.
    left_out = (*_TECHNICAL, "extras", "choices")
    return [column for column in table.columns if not column.name.endswith(left_out)]


def _held_by(whose: Whose) -> list[tuple[Table, Column]]:
    return [
        (table, table.c[held.column])
        for name, held in REGISTER.items()
        if held.whose is whose and (table := metadata.tables.get(name)) is not None
    ]
