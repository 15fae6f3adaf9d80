"""The unit of work on a real database: one connection, one transaction, its repositories."""

from __future__ import annotations

from types import TracebackType

from sqlalchemy.engine import Connection, Engine

from bot.services.ports import PublicHolidays, Tokens
from bot.services.uow import UnitOfWork
from bot.storage.digests import Digests
from bot.storage.engine import READING
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
from bot.storage.touched import Touched


class SqlUnitOfWork(UnitOfWork):
    """One transaction on this engine; leaving without `commit()` rolls back.

    `holidays` and `tokens` come from outside the database, and ride along for the use cases.
    """

    def __init__(
        self,
        engine: Engine,
        digests: Digests,
        holidays: PublicHolidays,
        tokens: Tokens,
        *,
        reading: bool = False,
    ) -> None:
        self.holidays = holidays
        self.tokens = tokens
        self._digests = digests
        self._engine = engine
        self._reading = reading
        self._connection: Connection | None = None
        self._touched = Touched()

    def __enter__(self) -> SqlUnitOfWork:
        if self._connection is not None:
            raise RuntimeError("this unit of work is already open")
        connection = self._engine.connect()
        self._connection = connection.execution_options(**READING) if self._reading else connection
        self._open_repositories(self._connection)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        connection, self._connection = self._open(), None
        self._touched.forget()
        connection.close()

    def commit(self) -> None:
        """Keep what was done; what follows in the block is a new transaction."""
        connection = self._open()
        self._touched.notify(connection)
        connection.commit()

    def rollback(self) -> None:
        """Undo what was done; what follows in the block is a new transaction."""
        self._touched.forget()
        self._open().rollback()

    def reading(self) -> SqlUnitOfWork:
        """The same, on a connection that only reads."""
        return SqlUnitOfWork(self._engine, self._digests, self.holidays, self.tokens, reading=True)

    def _open(self) -> Connection:
        if self._connection is None:
            raise RuntimeError("enter the unit of work first")
        return self._connection

    def _open_repositories(self, connection: Connection) -> None:
        self.relay_points = RelayPointRepository(connection)
        self.network = NetworkRepository(connection)
        self.agendas = AgendaRepository(connection)
        self.holds = HoldRepository(connection)
        self.appointments = AppointmentRepository(connection, self._digests)
        self.attempts = AttemptRepository(connection, self._digests)
        self.waiting = WaitingListRepository(connection)
        self.links = AppointmentLinkRepository(connection, self._digests)
        self.receipts = ReceiptRepository(connection)
        self.drafts = DraftRepository(connection, self._digests)
        self.conversations = ConversationRepository(connection, self._touched)
        self.messages = MessageRepository(connection, self._touched)
        self.visitors = VisitorRepository(connection, self._digests)
        self.handovers = HandoverRepository(connection, self._touched)
        self.next_steps = NextStepRepository(connection)
        self.accounts = AccountRepository(connection)
        self.sign_ins = SignInRepository(connection)
        self.identities = IdentityRepository(connection)
        self.audit_log = AuditLogRepository(connection)
        self.inbox = InboxRepository(connection)
        self.personal = PersonalRepository(connection)
        self.figures = FigureRepository(connection)
        self.diary = DiaryRepository(connection)
        self.schedules = ScheduleRepository(connection)
        self.interviews = InterviewRepository(connection)
        self.calendar_feeds = CalendarFeedRepository(connection)
        self.feedback = FeedbackRepository(connection, self._digests)
        self.exchanges = ExchangeRepository(connection)
        self.exchange_lists = ExchangeListRepository(connection)
        self.unanswered = UnansweredRepository(connection)
        self.counters = CounterRepository(connection)
        self.tallies = TallyRepository(connection)
        self.writings = WritingRepository(connection)
        self.outbox = OutboxRepository(connection)
        self.jobs = JobRepository(connection)
        self.telegram_chats = TelegramChatRepository(connection)
        self.telegram_updates = TelegramUpdateRepository(connection)
        self.going_on_codes = CodeRepository(connection, self._digests)
        self.intakes = IntakeRepository(connection)
        self.old_records = OldRecordRepository(connection)
        self.erasures = ErasureRepository(connection, self._touched)
