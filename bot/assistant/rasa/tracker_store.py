"""Rasa's tracker store, hardened, on SQLite and PostgreSQL.

As shipped, a strange identifier ends the process, errors print what people typed, and a store that
fails is silently replaced by memory. Here a fault is an exception, which the channel turns into an
apology.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import islice
from typing import Any

import sqlalchemy as sa
from rasa.core.agent import Agent
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import FailSafeTrackerStore, SQLTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.exceptions import RasaException
from rasa.shared.utils.common import all_subclasses
from sqlalchemy.orm import Session, sessionmaker

from bot.assistant.channels.conversation_ids import is_conversation_id
from bot.assistant.rasa.database import build_engine, make_tables
from bot.assistant.rasa.lock_store import CepLockStore
from bot.assistant.rasa.session_reset import fresh_start

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
        self.engine = build_engine(host)
        make_tables(self.engine, self.Base.metadata, _INDEXES)
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
        replayed = [_event(json.loads(event)) for event in events]
        tracker = DialogueStateTracker.from_events(sender_id, replayed, self.domain.slots)
        # Nobody else writes in this conversation before the turn ends: there is no need to count again.
        setattr(tracker, _STORED, len(tracker.events))
        return tracker

    def _stored_events(self, sender_id: str) -> list[str]:
        """The events of the present session, as they were written; all of them when no session ever began."""
        with _refusing_values(), self.engine.connect() as connection:
            return list(connection.execute(_PRESENT_SESSION, {"sender": sender_id}).scalars())


@cache
def _kinds() -> dict[str, type[Event]]:
    """Rasa's kinds of events by name; Rasa looks for them among all its classes anew for each event."""
    return {kind.type_name: kind for kind in all_subclasses(Event)}


def _event(stored: dict[str, Any]) -> Event:
    event = _kinds()[stored["event"]]._from_parameters(stored)
    if event is None:
        raise StoreRefused("an event of this conversation cannot be read")
    return event


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
