"""Requests for a person, and the list of them an account may see, which is decided here, in the query."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import and_, desc, insert, or_, select, update
from sqlalchemy.engine import Row
from sqlalchemy.sql.elements import ColumnElement

from bot.domain.accounts import Account, Right
from bot.domain.conversation.conversations import State
from bot.domain.conversation.handovers import Handover, HandoverState
from bot.domain.conversation.inbox import Meeting, Request
from bot.storage.repositories.accounts import AccountRepository
from bot.storage.repositories.base import Repository, conflicts, read_as, row_of
from bot.storage.tables.accounts import accounts
from bot.storage.tables.booking import appointments
from bot.storage.tables.conversations import conversations, handovers
from bot.storage.tables.scheduling import relay_points

_OPEN = (HandoverState.WAITING.value, HandoverState.TAKEN.value)
_WAITING = handovers.c.state == HandoverState.WAITING.value


class HandoverRepository(Repository):
    """Requests for a person; the database lets a conversation have one open at a time."""

    def add(self, handover: Handover) -> Handover:
        """Store it and give it its identifier; `Conflict` if one is open."""
        with conflicts():
            key = self._run(insert(handovers).values(row_of(handovers, handover))).inserted_primary_key[0]
        self._changes.asked()
        return replace(handover, id=key)

    def open_for(self, conversation_id: str) -> Handover | None:
        """The one of this conversation that is waiting or taken."""
        wanted = select(handovers).where(handovers.c.conversation_id == conversation_id, handovers.c.state.in_(_OPEN))
        return self._first(_handover, wanted)

    def get(self, handover_id: int) -> Handover | None:
        """The handover, if there is one."""
        return self._first(_handover, select(handovers).where(handovers.c.id == handover_id))

    def locked(self, handover_id: int) -> Handover | None:
        """The handover, which nobody else may change until the end of this transaction."""
        wanted = select(handovers).where(handovers.c.id == handover_id).with_for_update()
        return self._first(_handover, wanted)

    def save(self, handover: Handover) -> None:
        """Store what changed."""
        self._run(update(handovers).where(handovers.c.id == handover.id).values(row_of(handovers, handover)))
        self._changes.asked()

    def waiting(self) -> Sequence[Handover]:
        """Those nobody took, oldest first."""
        wanted = select(handovers).where(_WAITING).order_by(handovers.c.asked_at, handovers.c.id)
        return self._all(_handover, wanted)

    def unanswered(self, asked_before: datetime) -> Sequence[Handover]:
        """Those nobody took, asked before then, and of which nobody was warned; oldest first."""
        late = (_WAITING, handovers.c.asked_at < asked_before, handovers.c.alerted_at.is_(None))
        return self._all(_handover, select(handovers).where(*late).order_by(handovers.c.asked_at))


class InboxRepository(Repository):
    """What an account may see of the requests: its points' ones, those without a point, those nobody answered."""

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
        return next(iter(self._read(_visible(account), handovers.c.id == number, order=(handovers.c.id,))), None)

    def meetings(self, conversation_id: str) -> Sequence[Meeting]:
        """Appointments taken in this conversation, earliest first."""
        wanted = (
            select(appointments, relay_points.c.name)
            .join(relay_points, relay_points.c.code == appointments.c.relay_point_code)
            .where(appointments.c.conversation_id == conversation_id)
            .order_by(appointments.c.starts_at)
        )
        return [read_as(Meeting, row, point_name=row.name) for row in self._run(wanted)]

    def colleagues(self, account: Account) -> Sequence[Account]:
        """The other accounts that talk to people, by name."""
        others = self._other(AccountRepository).all()
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
        return self._all(_request, wanted)


def _visible(account: Account) -> ColumnElement[bool]:
    """Own ones; those of one's points; and, while they wait, those of no point or that nobody answered in time."""
    if not account.may(Right.TALK):
        return handovers.c.id.is_(None)
    return or_(
        handovers.c.adviser_id == account.id,
        handovers.c.relay_point_code.in_(sorted(account.points)),
        and_(_WAITING, or_(handovers.c.relay_point_code.is_(None), handovers.c.alerted_at.is_not(None))),
    )


def _handover(row: Row) -> Handover:
    return read_as(Handover, row, state=HandoverState(row.state))


def _request(row: Row) -> Request:
    names = {"point_name": row.point_name or "", "holder_name": row.holder_name or ""}
    return read_as(Request, row, handover=_handover(row), state=State(row.conversation_state), **names)
