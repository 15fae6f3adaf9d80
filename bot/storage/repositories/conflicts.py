"""Turning the database's refusals into the one word the use cases know."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import IntegrityError

from bot.services.uow import Conflict


@contextmanager
def conflicts() -> Iterator[None]:
    """Raise `Conflict` when a row's place is taken; the transaction must then be left."""
    try:
        yield
    except IntegrityError as error:
        raise Conflict from error
