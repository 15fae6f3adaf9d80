"""Rasa's lock store, hardened: one turn at a time in a conversation, whichever process has it."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import sqlalchemy as sa
from rasa.core.lock import TicketLock
from rasa.core.lock_store import LOCK_LIFETIME, InMemoryLockStore, LockError
from rasa.utils.endpoints import EndpointConfig
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.engine.url import make_url

from bot.assistant.rasa.database import build_engine

POLL_SECONDS = 0.05
TURNS_AT_ONCE = 20
"""Fewer than the pool has connections: with more, a turn would wait for one inside the loop, and none could end."""


class CepLockStore(InMemoryLockStore):
    """One turn at a time per conversation: in this process, and between processes on PostgreSQL.

    Within the process, tickets keep the order of arrival; between processes, an advisory lock of
    the database, which it frees by itself when a process dies.
    """

    def __init__(self, endpoint_config: EndpointConfig | None = None) -> None:
        super().__init__()
        url = str(endpoint_config.url or "") if endpoint_config else ""
        shared = url != "" and make_url(url).get_backend_name() == "postgresql"
        self._engine = build_engine(url).execution_options(isolation_level="AUTOCOMMIT") if shared else None
        self._room: asyncio.Semaphore | None = None

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
            # Made here: on Python 3.10 a semaphore belongs to the loop that first waits on it.
            self._room = self._room or asyncio.Semaphore(TURNS_AT_ONCE)
            async with self._room, self._between_processes(self._engine, conversation_id, lock_lifetime):
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


def _try_lock(connection: Connection, conversation_id: str) -> bool:
    wanted = sa.text("SELECT pg_try_advisory_lock(hashtextextended(:name, 0))")
    return bool(connection.execute(wanted, {"name": conversation_id}).scalar())


def _unlock(connection: Connection) -> None:
    try:
        connection.execute(sa.text("SELECT pg_advisory_unlock_all()"))
    except sa.exc.DBAPIError:
        # The connection is gone, and the database freed the lock with it.
        connection.invalidate()
