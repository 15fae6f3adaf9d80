"""Secret links, receipts and requests being written, in the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.sql import Select

from bot.domain.booking.appointments import Appointment
from bot.domain.booking.drafts import Draft
from bot.domain.booking.receipts import Receipt
from bot.storage.digests import Digests
from bot.storage.repositories.appointments import AppointmentRepository
from bot.storage.tables.pages import appointment_links, drafts, request_receipts


class AppointmentLinkRepository:
    """The secret of each appointment's own page; the table holds keyed digests, so that reading it opens no page."""

    def __init__(self, connection: Connection, digests: Digests) -> None:
        self._connection = connection
        self._digests = digests

    def open(self, appointment_id: str) -> None:
        """Let its secret lead to it."""
        self.close(appointment_id)
        digest = self._digests.of("link", self._digests.secret("appointment", appointment_id))
        self._connection.execute(insert(appointment_links).values(digest=digest, appointment_id=appointment_id))

    def find(self, secret: str) -> Appointment | None:
        """The appointment this secret leads to."""
        wanted = select(appointment_links.c.appointment_id).where(
            appointment_links.c.digest == self._digests.of("link", secret)
        )
        appointment_id = self._connection.execute(wanted).scalar()
        if appointment_id is None:
            return None
        return AppointmentRepository(self._connection, self._digests).get(appointment_id)

    def close(self, appointment_id: str) -> None:
        """Let its secret lead nowhere any more."""
        self._connection.execute(delete(appointment_links).where(appointment_links.c.appointment_id == appointment_id))


class ReceiptRepository:
    """Receipts of requests: only added, never changed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, receipt: Receipt) -> None:
        """Keep it; one that is kept already stays as it is."""
        if self.get(receipt.number) is None:
            self._connection.execute(insert(request_receipts).values(asdict(receipt)))

    def get(self, number: str) -> Receipt | None:
        """The receipt with this number."""
        row = self._connection.execute(select(request_receipts).where(request_receipts.c.number == number)).first()
        return Receipt(row.number, row.requested_at) if row else None


class DraftRepository:
    """Requests being written, each under the secret of one browser, of which a keyed digest is kept."""

    def __init__(self, connection: Connection, digests: Digests) -> None:
        self._connection = connection
        self._digests = digests

    def open(self, secret: str, draft: Draft, now: datetime) -> None:
        """Start one; what this browser had started before is forgotten."""
        digest = self._digests.of("draft", secret)
        self._connection.execute(delete(drafts).where(drafts.c.digest == digest))
        row = {"digest": digest, "id": draft.id, "touched_at": now, "content": _written(draft)}
        self._connection.execute(insert(drafts).values(row))

    def get(self, secret: str, since: datetime) -> Draft | None:
        """The one under this secret, touched since then."""
        return self._first(self._wanted(secret, since))

    def locked(self, secret: str, since: datetime) -> Draft | None:
        """The same, which nobody else may change until the end of this transaction."""
        return self._first(self._wanted(secret, since).with_for_update())

    def save(self, draft: Draft, now: datetime) -> None:
        """Store what changed."""
        changed = update(drafts).where(drafts.c.id == draft.id)
        self._connection.execute(changed.values(content=_written(draft), touched_at=now))

    def erase(self, draft_id: str) -> None:
        """Forget it."""
        self._connection.execute(delete(drafts).where(drafts.c.id == draft_id))

    def sweep(self, before: datetime) -> int:
        """Forget those nobody touched since then; how many."""
        return int(self._connection.execute(delete(drafts).where(drafts.c.touched_at < before)).rowcount)

    def _wanted(self, secret: str, since: datetime) -> Select:
        digest = self._digests.of("draft", secret)
        return select(drafts.c.content).where(drafts.c.digest == digest, drafts.c.touched_at >= since)

    def _first(self, wanted: Select) -> Draft | None:
        content = self._connection.execute(wanted).scalar()
        return _read(content) if content is not None else None


def _written(draft: Draft) -> dict[str, Any]:
    until = draft.hold_until
    return {**asdict(draft), "hold_until": until.isoformat() if until else None}


def _read(content: Mapping[str, Any]) -> Draft:
    until = content["hold_until"]
    return Draft(**{**content, "hold_until": datetime.fromisoformat(until) if until else None})
