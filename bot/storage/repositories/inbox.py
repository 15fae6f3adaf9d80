"""Requests for a person as the console lists them; what an account may see is decided here, in the query."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, desc, or_, select
from sqlalchemy.engine import Connection
from sqlalchemy.sql.elements import ColumnElement

from bot.domain.accounts import Account, Right
from bot.domain.conversation.conversations import State
from bot.domain.conversation.handovers import HandoverState
from bot.domain.conversation.inbox import Meeting, Request
from bot.storage.repositories.accounts import AccountRepository
from bot.storage.repositories.handovers import read_handover
from bot.storage.tables.accounts import accounts
from bot.storage.tables.booking import appointments, relay_points
from bot.storage.tables.conversations import conversations, handovers

_WAITING = handovers.c.state == HandoverState.WAITING.value


class InboxRepository:
    """What an account may see of the requests: its points' ones, those without a point, those nobody answered."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def open(self, account: Account) -> Sequence[Request]:
        """Requests waiting or taken, oldest first: age alone decides."""
        is_open = handovers.c.state != HandoverState.CLOSED.value
        return self._read(_visible(account), is_open, order=(handovers.c.asked_at, handovers.c.id))

    def closed_by(self, account: Account, limit: int) -> Sequence[Request]:
        """The last requests this account answered, latest first."""
        closed = and_(handovers.c.state == HandoverState.CLOSED.value, handovers.c.adviser_id == account.id)
        return self._read(_visible(account), closed, order=(desc(handovers.c.closed_at),), limit=limit)

    def get(self, account: Account, number: int) -> Request | None:
        """The request with this number, if this account may see it."""
        found = self._read(_visible(account), handovers.c.id == number, order=(handovers.c.id,))
        return found[0] if found else None

    def meetings(self, conversation_id: str) -> Sequence[Meeting]:
        """Appointments taken in this conversation, earliest first."""
        wanted = (
            select(appointments, relay_points.c.name)
            .join(relay_points, relay_points.c.code == appointments.c.relay_point_code)
            .where(appointments.c.conversation_id == conversation_id)
            .order_by(appointments.c.starts_at)
        )
        rows = self._connection.execute(wanted)
        return [Meeting(row.starts_at, row.name, row.mode, row.state, row.minutes, row.alliance) for row in rows]

    def colleagues(self, account: Account) -> Sequence[Account]:
        """The other accounts that talk to people, by name."""
        others = AccountRepository(self._connection).all()
        return [each for each in others if each.id != account.id and each.may(Right.TALK)]

    def _read(self, *where: ColumnElement[bool], order: Sequence[Any], limit: int | None = None) -> list[Request]:
        wanted = (
            select(
                handovers,
                conversations.c.channel,
                conversations.c.state.label("conversation_state"),
                conversations.c.last_user_at,
                relay_points.c.name.label("point_name"),
                accounts.c.name.label("holder_name"),
            )
            .join(conversations, conversations.c.id == handovers.c.conversation_id)
            .outerjoin(relay_points, relay_points.c.code == handovers.c.relay_point_code)
            .outerjoin(accounts, accounts.c.id == handovers.c.adviser_id)
            .where(*where)
            .order_by(*order)
            .limit(limit)
        )
        return [_request(row) for row in self._connection.execute(wanted)]


def _visible(account: Account) -> ColumnElement[bool]:
    """Own ones; those of one's points; and, while they wait, those of no point or that nobody answered in time."""
    if not account.may(Right.TALK):
        return handovers.c.id.is_(None)
    return or_(
        handovers.c.adviser_id == account.id,
        handovers.c.relay_point_code.in_(sorted(account.points)),
        and_(_WAITING, or_(handovers.c.relay_point_code.is_(None), handovers.c.alerted_at.is_not(None))),
    )


def _request(row: Any) -> Request:
    return Request(
        read_handover(row),
        row.channel,
        State(row.conversation_state),
        row.last_user_at,
        row.point_name or "",
        row.holder_name or "",
    )
