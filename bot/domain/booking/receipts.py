"""The receipt of a request: the proof of the day an appointment was asked for, whatever becomes of it.

Who resigns to change trade must show that the service was asked before. A receipt holds a number and
an instant, never a name; its code is made from both, with a key that only the service has.
"""

import hashlib
import hmac
import re
from dataclasses import dataclass, field
from datetime import datetime, timezone

from bot.domain.booking.appointments import REFERENCE_ALPHABET, Appointment

NUMBER_SYMBOLS, CODE_SYMBOLS, GROUP = 10, 15, 5
_NUMBER = re.compile(rf"R(\d{{4}})([{REFERENCE_ALPHABET}]{{{NUMBER_SYMBOLS}}})")


@dataclass(frozen=True)
class Receipt:
    """A request, numbered and dated."""

    number: str
    requested_at: datetime


@dataclass(frozen=True)
class Seal:
    """Signs receipts; the same key always gives the same code."""

    key: bytes = field(repr=False)

    def code(self, receipt: Receipt) -> str:
        """What proves the number and the instant: fifteen symbols, in three groups."""
        instant = receipt.requested_at.astimezone(timezone.utc).isoformat(timespec="seconds")
        digest = hmac.new(self.key, f"receipt:{receipt.number}:{instant}".encode(), hashlib.sha256).digest()
        return _grouped(_symbols(digest, CODE_SYMBOLS))

    def holds(self, receipt: Receipt, code: str) -> bool:
        """Whether this code was made here for this receipt; takes as long whatever is wrong."""
        return hmac.compare_digest(_plain(self.code(receipt)).encode(), _plain(code).encode())


def receipt_of(appointment: Appointment) -> Receipt:
    """The receipt of the request for this appointment; moved or cancelled, it stays the same."""
    digest = hashlib.sha256(f"receipt:{appointment.id}".encode()).digest()
    symbols = _grouped(_symbols(digest, NUMBER_SYMBOLS))
    return Receipt(f"R-{appointment.booked_at.year}-{symbols}", appointment.booked_at)


def read_number(text: str) -> str | None:
    """A receipt's number as it is written here, however it was typed; `None` when it cannot be one."""
    found = _NUMBER.fullmatch(_plain(text))
    return f"R-{found[1]}-{_grouped(found[2])}" if found else None


def _plain(text: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", text.upper())


def _symbols(digest: bytes, count: int) -> str:
    number, base = int.from_bytes(digest, "big"), len(REFERENCE_ALPHABET)
    drawn = []
    for _ in range(count):
        number, index = divmod(number, base)
        drawn.append(REFERENCE_ALPHABET[index])
    return "".join(drawn)


def _grouped(symbols: str) -> str:
    return "-".join(symbols[start : start + GROUP] for start in range(0, len(symbols), GROUP))
