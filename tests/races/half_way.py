"""A booking that stops half-way, in a process of its own: `python -m tests.races.half_way WHERE URL HOLD`.

It says where it stands, then never goes on: the test kills it there.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any

from sqlalchemy.engine import Connection

from bot.gateways.holidays import FrenchHolidays
from bot.gateways.tokens import SecretTokens
from bot.services import booking
from bot.storage.digests import Digests
from bot.storage.engine import build_engine
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.factories import MONDAY, RULES, person

STANDS = "stands half-way"
KEY = "c1:1"


class BeforeTheCommit(SqlUnitOfWork):
    """Everything is written, and nothing is kept yet."""

    def commit(self) -> None:
        _stand()


class AfterTheCommit(SqlUnitOfWork):
    """Everything is kept, and nobody has heard of it."""

    def commit(self) -> None:
        super().commit()
        _stand()


class Piecemeal(SqlUnitOfWork):
    """What a booking would be without its transaction: each statement is kept at once."""

    def commit(self) -> None:
        _stand()

    def _open_repositories(self, connection: Connection) -> None:
        super()._open_repositories(_Kept(connection))  # type: ignore[arg-type]


class _Kept:
    """A connection that commits after every statement."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def execute(self, *arguments: Any, **more: Any) -> Any:
        result = self._connection.execute(*arguments, **more)
        rows = result.freeze() if result.returns_rows else None
        self._connection.commit()
        return rows() if rows else result

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


PLACES: dict[str, Callable[..., SqlUnitOfWork]] = {
    "before": BeforeTheCommit,
    "after": AfterTheCommit,
    "piecemeal": Piecemeal,
}


def main() -> None:
    """Book, and stop where it is told."""
    where, url, hold = sys.argv[1:]
    uow = PLACES[where](build_engine(url), Digests(b"test key"), FrenchHolidays(), SecretTokens())
    booking.book(uow, hold, "c1", person(), KEY, MONDAY, RULES)


def _stand() -> None:
    print(STANDS, flush=True)
    time.sleep(600)


if __name__ == "__main__":
    main()
