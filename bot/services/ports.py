"""What the use cases need from outside, named but not built here.

A `UnitOfWork` is one transaction: what is not committed is undone. Booking's own needs are
in `booking_ports`; conversations, handovers and notices name theirs beside it.
"""

from __future__ import annotations

from types import TracebackType
from typing import Protocol, TypeVar

from bot.services.agenda_ports import CalendarFeeds, Diary, Interviews, Schedules
from bot.services.booking_ports import (
    Agendas,
    Appointments,
    Attempts,
    Holds,
    Network,
    PublicHolidays,
    RelayPoints,
    Tokens,
    WaitingList,
)
from bot.services.chats.ports import Chats, Codes, Updates
from bot.services.conversation_ports import Conversations, Handovers, Messages, NextSteps, Visitors
from bot.services.desk_ports import Accounts, Record, SignIns
from bot.services.exchange_ports import ExchangeLists, Exchanges
from bot.services.feedback_ports import FeedbackBook
from bot.services.figure_ports import Figures
from bot.services.identity_ports import Identities
from bot.services.inbox_ports import Inbox
from bot.services.intake_ports import Intakes
from bot.services.learning_ports import Counters, Unanswered
from bot.services.notice_ports import Jobs, Outbox
from bot.services.page_ports import AppointmentLinks, Drafts, Receipts
from bot.services.privacy_ports import Erasures, OldRecords, Personal
from bot.services.tally_ports import Tallies
from bot.services.writing_ports import Writings

Self = TypeVar("Self", bound="UnitOfWork")


class Conflict(Exception):
    """The database refused a row because another one holds its place."""


class UnitOfWork(Protocol):
    """One transaction; leaving the block without `commit()` undoes it.

    Not yet entered when a use case receives it, and used by one thread at a time.
    """

    relay_points: RelayPoints
    network: Network
    agendas: Agendas
    holds: Holds
    appointments: Appointments
    attempts: Attempts
    waiting: WaitingList
    links: AppointmentLinks
    receipts: Receipts
    drafts: Drafts
    outbox: Outbox
    jobs: Jobs
    old_records: OldRecords
    erasures: Erasures
    personal: Personal
    intakes: Intakes
    visitors: Visitors
    conversations: Conversations
    messages: Messages
    handovers: Handovers
    next_steps: NextSteps
    accounts: Accounts
    sign_ins: SignIns
    identities: Identities
    record: Record
    inbox: Inbox
    figures: Figures
    diary: Diary
    schedules: Schedules
    interviews: Interviews
    calendar_feeds: CalendarFeeds
    feedback: FeedbackBook
    exchanges: Exchanges
    exchange_lists: ExchangeLists
    unanswered: Unanswered
    counters: Counters
    telegram_chats: Chats
    telegram_updates: Updates
    going_on_codes: Codes
    tallies: Tallies
    writings: Writings
    holidays: PublicHolidays
    tokens: Tokens

    def __enter__(self: Self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    def commit(self) -> None:
        """Keep what was done since the block was entered."""

    def rollback(self) -> None:
        """Undo what was done since the block was entered or last committed."""

    def reading(self: Self) -> Self:
        """A unit of work that only reads: it never waits for those who write."""
