"""Checking a receipt that somebody shows: is it ours, and of when."""

from datetime import datetime

from bot.domain.booking.receipts import Receipt, Seal, read_number
from bot.services.booking.access import begin_attempt
from bot.services.uow import UnitOfWork

WRONG_CODES_AN_HOUR = 20


def check(uow: UnitOfWork, seal: Seal, number: str, code: str, origin: str, now: datetime) -> Receipt | None:
    """The receipt, when number and code agree; `None` for any other pair.

    `TooManyAttempts` after twenty wrong pairs in an hour on this number or from here.
    """
    wanted = read_number(number) or ""
    attempt = begin_attempt(uow, wanted, origin, now, WRONG_CODES_AN_HOUR)
    with uow:
        receipt = uow.receipts.get(wanted)
        if not seal.holds(receipt or Receipt("", now), code) or receipt is None:
            return None
        uow.attempts.forget(attempt)
        uow.commit()
        return receipt
