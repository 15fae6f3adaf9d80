"""Reading the exchanges between advisers: the list, one of them, one's own texts, what is new."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

from bot.domain.errors import ExchangeGone
from bot.domain.peer_exchange import Exchange, Listed, Reply, Wanted, told
from bot.services.uow import UnitOfWork

T = TypeVar("T", Exchange, Reply)
SHOWN = 20
"""Exchanges on one page of the list."""


def one(uow: UnitOfWork, number: int, reader_id: str) -> Exchange:
    """An exchange; `LookupError` when there is none, or when it was withdrawn from somebody else than this reader."""
    with uow.reading() as view:
        found = view.exchanges.get(number)
    if found is None or (found.withdrawal and found.author_id != reader_id):
        raise LookupError("no exchange has this number")
    return found


def own(uow: UnitOfWork, number: int, account_id: str) -> Exchange:
    """A situation of this account; `ExchangeGone` once it is withdrawn, `LookupError` for anybody else's."""
    with uow.reading() as view:
        found = view.exchanges.get(number)
    return _own(found, account_id)


def own_reply(uow: UnitOfWork, number: int, account_id: str) -> Reply:
    """An answer of this account; `ExchangeGone` once it is withdrawn, `LookupError` for anybody else's."""
    with uow.reading() as view:
        found = view.exchanges.reply(number)
    return _own(found, account_id)


def page(uow: UnitOfWork, wanted: Wanted, reader_id: str, number: int) -> tuple[Sequence[Listed], bool]:
    """A page of the list, the first being 0, and whether another follows."""
    with uow.reading() as view:
        found = view.exchange_lists.page(wanted, reader_id, number * SHOWN, SHOWN + 1)
    return found[:SHOWN], len(found) > SHOWN


def news(uow: UnitOfWork, reader_id: str) -> int:
    """In how many exchanges somebody else wrote since this reader's last visit."""
    with uow.reading() as view:
        return view.exchange_lists.news(reader_id)


def visit(uow: UnitOfWork, reader_id: str, now: datetime) -> None:
    """Note that this reader sees the list."""
    with uow:
        uow.exchange_lists.visited(reader_id, now)
        uow.commit()


def to_be_told(uow: UnitOfWork, account_id: str, now: datetime) -> Sequence[Exchange | Reply]:
    """The texts of this account that the coordination withdrew lately, with its reasons."""
    with uow.reading() as view:
        return told(view.exchange_lists.withdrawn_from(account_id), now)


def _own(found: T | None, account_id: str) -> T:
    if found is not None and found.author_id != account_id:
        raise LookupError("this is not this account's own")
    if found is None or found.withdrawal:
        raise ExchangeGone
    return found
