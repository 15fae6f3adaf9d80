"""The unit of work: one transaction, and the repositories that read and write in it.

Each repository has one implementation, so it has no protocol: its class is named for the reader and for mypy alone,
and no use case loads SQLAlchemy.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from types import TracebackType
from typing import TYPE_CHECKING, TypeVar

from bot.services.ports import PublicHolidays, Tokens

if TYPE_CHECKING:
    from bot.storage.repositories.accounts import (
        AccountRepository,
        AuditLogRepository,
        IdentityRepository,
        SignInRepository,
    )
    from bot.storage.repositories.booking.access import AppointmentLinkRepository, AttemptRepository
    from bot.storage.repositories.booking.appointments import AppointmentRepository
    from bot.storage.repositories.booking.openings import AgendaRepository, HoldRepository
    from bot.storage.repositories.booking.requests import DraftRepository, IntakeRepository, ReceiptRepository
    from bot.storage.repositories.booking.waiting_list import WaitingListRepository
    from bot.storage.repositories.chats import TelegramChatRepository, TelegramUpdateRepository, TransferCodeRepository
    from bot.storage.repositories.content import UnansweredRepository, WritingRepository
    from bot.storage.repositories.conversations.conversations import (
        ConversationRepository,
        NextStepRepository,
        VisitorRepository,
    )
    from bot.storage.repositories.conversations.handovers import HandoverRepository, InboxRepository
    from bot.storage.repositories.conversations.transcript import MessageRepository
    from bot.storage.repositories.notifications import OutboxRepository
    from bot.storage.repositories.operations import FigureRepository, JobRepository
    from bot.storage.repositories.peer_exchange import ExchangeListRepository, ExchangeRepository
    from bot.storage.repositories.privacy import ErasureRepository, OldRecordRepository, PersonalRepository
    from bot.storage.repositories.scheduling.agenda import CalendarFeedRepository, DiaryRepository, InterviewRepository
    from bot.storage.repositories.scheduling.network import NetworkRepository, RelayPointRepository
    from bot.storage.repositories.scheduling.schedules import ScheduleRepository
    from bot.storage.repositories.statistics import CounterRepository, FeedbackRepository, TallyRepository

Self = TypeVar("Self", bound="UnitOfWork")


class Conflict(Exception):
    """The database refused a row because another one holds its place."""


class UnitOfWork(ABC):
    """One transaction; leaving the block without `commit()` undoes it.

    Not yet entered when a use case receives it, and used by one thread at a time. The repositories named here are
    built from this very list; `holidays` and `tokens` come from outside the database, and ride along.
    """

    relay_points: RelayPointRepository
    network: NetworkRepository
    agendas: AgendaRepository
    holds: HoldRepository
    appointments: AppointmentRepository
    attempts: AttemptRepository
    waiting: WaitingListRepository
    links: AppointmentLinkRepository
    receipts: ReceiptRepository
    drafts: DraftRepository
    conversations: ConversationRepository
    messages: MessageRepository
    visitors: VisitorRepository
    handovers: HandoverRepository
    next_steps: NextStepRepository
    accounts: AccountRepository
    sign_ins: SignInRepository
    identities: IdentityRepository
    audit_log: AuditLogRepository
    inbox: InboxRepository
    personal: PersonalRepository
    figures: FigureRepository
    diary: DiaryRepository
    schedules: ScheduleRepository
    interviews: InterviewRepository
    calendar_feeds: CalendarFeedRepository
    feedback: FeedbackRepository
    exchanges: ExchangeRepository
    exchange_lists: ExchangeListRepository
    unanswered: UnansweredRepository
    counters: CounterRepository
    tallies: TallyRepository
    writings: WritingRepository
    outbox: OutboxRepository
    jobs: JobRepository
    telegram_chats: TelegramChatRepository
    telegram_updates: TelegramUpdateRepository
    transfer_codes: TransferCodeRepository
    intakes: IntakeRepository
    old_records: OldRecordRepository
    erasures: ErasureRepository
    holidays: PublicHolidays
    tokens: Tokens

    @abstractmethod
    def __enter__(self: Self) -> Self: ...

    @abstractmethod
    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    @abstractmethod
    def commit(self) -> None:
        """Keep what was done since the block was entered; what follows in it is a new transaction."""

    @abstractmethod
    def rollback(self) -> None:
        """Undo what was done since the block was entered or last committed."""

    @abstractmethod
    def reading(self: Self) -> Self:
        """A unit of work that only reads: it never waits for those who write."""
