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
    from bot.storage.repositories.accounts import AccountRepository, AuditLogRepository, SignInRepository
    from bot.storage.repositories.agendas import AgendaRepository
    from bot.storage.repositories.appointments import AppointmentRepository
    from bot.storage.repositories.attempts import AttemptRepository
    from bot.storage.repositories.conversations import ConversationRepository, MessageRepository
    from bot.storage.repositories.diary import DiaryRepository
    from bot.storage.repositories.erasures import ErasureRepository
    from bot.storage.repositories.exchange_lists import ExchangeListRepository
    from bot.storage.repositories.exchanges import ExchangeRepository
    from bot.storage.repositories.feedback import FeedbackRepository
    from bot.storage.repositories.figures import FigureRepository
    from bot.storage.repositories.handovers import HandoverRepository
    from bot.storage.repositories.holds import HoldRepository
    from bot.storage.repositories.identities import IdentityRepository
    from bot.storage.repositories.inbox import InboxRepository
    from bot.storage.repositories.intakes import IntakeRepository
    from bot.storage.repositories.interviews import CalendarFeedRepository, InterviewRepository
    from bot.storage.repositories.jobs import JobRepository
    from bot.storage.repositories.learning import CounterRepository, UnansweredRepository
    from bot.storage.repositories.network import NetworkRepository
    from bot.storage.repositories.next_steps import NextStepRepository
    from bot.storage.repositories.old_records import OldRecordRepository
    from bot.storage.repositories.outbox import OutboxRepository
    from bot.storage.repositories.pages import AppointmentLinkRepository, DraftRepository, ReceiptRepository
    from bot.storage.repositories.personal import PersonalRepository
    from bot.storage.repositories.relay_points import RelayPointRepository
    from bot.storage.repositories.schedules import ScheduleRepository
    from bot.storage.repositories.tallies import TallyRepository
    from bot.storage.repositories.telegram import CodeRepository, TelegramChatRepository
    from bot.storage.repositories.telegram_updates import TelegramUpdateRepository
    from bot.storage.repositories.visitors import VisitorRepository
    from bot.storage.repositories.waiting import WaitingListRepository
    from bot.storage.repositories.writing import WritingRepository

Self = TypeVar("Self", bound="UnitOfWork")


class Conflict(Exception):
    """The database refused a row because another one holds its place."""


class UnitOfWork(ABC):
    """One transaction; leaving the block without `commit()` undoes it.

    Not yet entered when a use case receives it, and used by one thread at a time. `holidays` and `tokens` come from
    outside the database, and ride along.
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
    going_on_codes: CodeRepository
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
