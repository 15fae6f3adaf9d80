"""Rasa's own stores, hardened: the tracker store and the lock store, on SQLite and PostgreSQL.

As shipped, a strange identifier ends the process, errors print what people typed, and a store that
fails is silently replaced by memory. Here a fault is an exception, which the channel turns into an
apology.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager, contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from rasa.core.agent import Agent
from rasa.core.brokers.broker import EventBroker
from rasa.core.lock import TicketLock
from rasa.core.lock_store import LOCK_LIFETIME, InMemoryLockStore, LockError
from rasa.core.tracker_store import FailSafeTrackerStore, SQLTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.exceptions import RasaException
from rasa.utils.endpoints import EndpointConfig
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.engine.url import make_url
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import QueuePool, StaticPool

from bot import bootstrap
from bot.assistant.conversation_ids import is_conversation_id
from bot.assistant.sessions import fresh_start

SCHEMA = "rasa"
"""On PostgreSQL, Rasa's tables live apart from ours, so that migrations never meet them."""
POLL_SECONDS = 0.05
_STORED = "_events_stored"
"""On a tracker: how many of its events the database holds."""
_PRESENT_SESSION = sa.text(
    "SELECT data FROM events WHERE sender_id = :sender AND id >= COALESCE("
    "(SELECT MAX(id) FROM events WHERE sender_id = :sender AND type_name = 'session_started'), 0) ORDER BY id"
)
_INDEXES = (
    # What is old is found by date when conversations are purged.
    "CREATE INDEX IF NOT EXISTS ix_events_timestamp ON events (timestamp)",
    # Where the present session begins, however long the conversation.
    "CREATE INDEX IF NOT EXISTS ix_events_sender_id_type_name_id ON events (sender_id, type_name, id)",
)


class StoreRefused(RasaException):
    """The store cannot take this; says what, never with the value."""


class CepTrackerStore(SQLTrackerStore):
    """Rasa's trackers, for identifiers of ours alone."""

    def __init__(
        self,
        domain: Domain | None = None,
        host: str | None = None,
        event_broker: EventBroker | None = None,
        **_options: Any,
    ) -> None:
        """`host` is the database's URL."""
        if not host:
            raise StoreRefused("the tracker store needs the URL of a database")
        self.engine = _engine(host)
        _prepare_schema(self.engine)
        self.Base.metadata.create_all(self.engine)
        with self.engine.begin() as connection:
            for index in _INDEXES:
                connection.execute(sa.text(index))
        self.sessionmaker = sessionmaker(bind=self.engine)
        TrackerStore.__init__(self, domain, event_broker)

    @contextmanager
    def session_scope(self) -> Iterator[Session]:
        """One session; a value the driver refuses is an exception, not the end of the process."""
        session = self.sessionmaker()
        try:
            with _refusing_values():
                yield session
        finally:
            session.close()

    async def _retrieve(self, sender_id: str, fetch_events_from_all_sessions: bool) -> DialogueStateTracker | None:
        _check(sender_id)
        if fetch_events_from_all_sessions:
            return await super()._retrieve(sender_id, fetch_events_from_all_sessions)
        tracker = self._present_session(sender_id)
        # The new session is written with the turn that reads it here.
        if tracker is not None:
            tracker.update_with_events(fresh_start(tracker), self.domain)
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Append what happened since the last time."""
        _check(tracker.sender_id)
        await self.stream_events(tracker)
        stored = getattr(tracker, _STORED, None)
        if stored is None:
            stored = len(self._stored_events(tracker.sender_id))
        rows = [_row(tracker.sender_id, event) for event in islice(tracker.events, stored, None)]
        if rows:
            with _refusing_values(), self.engine.begin() as connection:
                connection.execute(sa.insert(self.SQLEvent.__table__), rows)
        setattr(tracker, _STORED, len(tracker.events))

    def _present_session(self, sender_id: str) -> DialogueStateTracker | None:
        events = self._stored_events(sender_id)
        if not self.domain or not events:
            return None
        tracker = DialogueStateTracker.from_dict(sender_id, [json.loads(event) for event in events], self.domain.slots)
        # Nobody else writes in this conversation before the turn ends: there is no need to count again.
        setattr(tracker, _STORED, len(tracker.events))
        return tracker

    def _stored_events(self, sender_id: str) -> list[str]:
        """The events of the present session, as they were written; all of them when no session ever began."""
        with _refusing_values(), self.engine.connect() as connection:
            return list(connection.execute(_PRESENT_SESSION, {"sender": sender_id}).scalars())


def _row(sender_id: str, event: Event) -> dict[str, Any]:
    data = event.as_dict()
    intent = data.get("parse_data", {}).get("intent", {}).get("name")
    return {
        "sender_id": sender_id,
        "type_name": event.type_name,
        "timestamp": data.get("timestamp"),
        "intent_name": intent,
        "action_name": data.get("name"),
        "data": json.dumps(data),
    }


@contextmanager
def _refusing_values() -> Iterator[None]:
    try:
        yield
    except ValueError:
        raise StoreRefused("the database refused a value") from None


class CepLockStore(InMemoryLockStore):
    """One turn at a time per conversation: in this process, and between processes on PostgreSQL.

    Within the process, tickets keep the order of arrival; between processes, an advisory lock of
    the database, which it frees by itself when a process dies.
    """

    def __init__(self, endpoint_config: EndpointConfig | None = None) -> None:
        super().__init__()
        url = str(endpoint_config.url or "") if endpoint_config else ""
        shared = url != "" and make_url(url).get_backend_name() == "postgresql"
        self._engine = _engine(url).execution_options(isolation_level="AUTOCOMMIT") if shared else None

    @asynccontextmanager
    async def lock(
        self,
        conversation_id: str,
        lock_lifetime: float = LOCK_LIFETIME,
        wait_time_in_seconds: float = POLL_SECONDS,
    ) -> AsyncGenerator[TicketLock, None]:
        """The conversation is ours until the block ends; `LockError` after `lock_lifetime`."""
        async with super().lock(conversation_id, lock_lifetime, wait_time_in_seconds) as ticket:
            if self._engine is None:
                yield ticket
                return
            async with self._between_processes(self._engine, conversation_id, lock_lifetime):
                yield ticket

    @asynccontextmanager
    async def _between_processes(
        self, engine: Engine, conversation_id: str, lifetime: float
    ) -> AsyncGenerator[None, None]:
        # Each call takes a fraction of a millisecond: a thread would cost more, and a turn given up
        # half-way would leave it using the connection.
        deadline = asyncio.get_running_loop().time() + lifetime
        with engine.connect() as connection:
            while not _try_lock(connection, conversation_id):
                if asyncio.get_running_loop().time() > deadline:
                    raise LockError("could not acquire the lock of a conversation")
                await asyncio.sleep(POLL_SECONDS)
            try:
                yield
            finally:
                _unlock(connection)


def install(agent: Agent) -> None:
    """Give the agent its own store back, without the wrapper that hides faults.

    Raises `StoreRefused` when it is not ours: a misspelt name gives a store in memory, silently.
    """
    store = agent.tracker_store
    if isinstance(store, FailSafeTrackerStore):
        store = store._tracker_store
    if not isinstance(store, CepTrackerStore):
        raise StoreRefused(f"endpoints.yml names another tracker store: {type(store).__name__}")
    if not isinstance(agent.lock_store, CepLockStore):
        raise StoreRefused(f"endpoints.yml names another lock store: {type(agent.lock_store).__name__}")
    agent.tracker_store = store
    if agent.processor is not None:
        agent.processor.tracker_store = store


def _check(conversation_id: str) -> None:
    if not is_conversation_id(conversation_id):
        raise StoreRefused("not an identifier of a conversation")


def _engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        return sa.create_engine(
            parsed,
            hide_parameters=True,
            pool_pre_ping=True,
            pool_size=5,
            max_overflow=20,
            connect_args={"options": f"-csearch_path={SCHEMA}"},
        )
    if parsed.database not in (None, "", ":memory:"):
        Path(str(parsed.database)).parent.mkdir(parents=True, exist_ok=True)
    in_memory = parsed.database in (None, "", ":memory:")
    # Kept open between turns: closing the last connection of a file writes its whole journal back, at each turn.
    engine = sa.create_engine(
        parsed,
        hide_parameters=True,
        poolclass=StaticPool if in_memory else QueuePool,
        connect_args={"check_same_thread": False},
    )
    sa.event.listen(engine, "connect", _tune_sqlite)
    return engine


def _tune_sqlite(connection: Any, _record: Any) -> None:
    bootstrap.tune_sqlite(connection)


def _prepare_schema(engine: Engine) -> None:
    if engine.dialect.name == "postgresql" and SCHEMA not in sa.inspect(engine).get_schema_names():
        with engine.begin() as connection:
            connection.execute(sa.text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))


def _try_lock(connection: Connection, conversation_id: str) -> bool:
    wanted = sa.text("SELECT pg_try_advisory_lock(hashtextextended(:name, 0))")
    return bool(connection.execute(wanted, {"name": conversation_id}).scalar())


def _unlock(connection: Connection) -> None:
    try:
        connection.execute(sa.text("SELECT pg_advisory_unlock_all()"))
    except sa.exc.DBAPIError:
        # The connection is gone, and the database freed the lock with it.
        connection.invalidate()
