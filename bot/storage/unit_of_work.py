"""The unit of work on a real database: one connection, one transaction, its repositories."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pkgutil import walk_packages
from types import TracebackType
from typing import ClassVar

from sqlalchemy.engine import Connection, Engine

from bot.services.ports import PublicHolidays, Tokens
from bot.services.uow import UnitOfWork
from bot.storage import repositories
from bot.storage.change_notifier import ChangeNotifier
from bot.storage.digests import Digests
from bot.storage.engine import READING
from bot.storage.repositories.base import Repository


def _named() -> Mapping[str, type[Repository]]:
    """The repository behind each name of `UnitOfWork`, whose annotations are the only list of them."""
    found: dict[str, type[Repository]] = {}
    for module in walk_packages(repositories.__path__, f"{repositories.__name__}."):
        for name, kind in vars(import_module(module.name)).items():
            if isinstance(kind, type) and issubclass(kind, Repository):
                found[name] = kind
    return {name: found[kind] for name, kind in UnitOfWork.__annotations__.items() if kind in found}


class SqlUnitOfWork(UnitOfWork):
    """One transaction on this engine; leaving without `commit()` rolls back.

    `holidays` and `tokens` come from outside the database, and ride along for the use cases.
    """

    repositories: ClassVar[Mapping[str, type[Repository]]] = _named()

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
        self._changes = ChangeNotifier()

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
        self._changes.forget()
        connection.close()

    def commit(self) -> None:
        """Keep what was done; what follows in the block is a new transaction."""
        connection = self._open()
        self._changes.notify(connection)
        connection.commit()

    def rollback(self) -> None:
        """Undo what was done; what follows in the block is a new transaction."""
        self._changes.forget()
        self._open().rollback()

    def reading(self) -> SqlUnitOfWork:
        """A unit of work on a connection that only reads: it never waits for those who write."""
        return SqlUnitOfWork(self._engine, self._digests, self.holidays, self.tokens, reading=True)

    def _open(self) -> Connection:
        if self._connection is None:
            raise RuntimeError("enter the unit of work first")
        return self._connection

    def _open_repositories(self, connection: Connection) -> None:
        for name, kind in self.repositories.items():
            setattr(self, name, kind(connection, self._digests, self._changes))
