"""What people say of interviews, in the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.engine import Connection

from bot.domain.booking.appointments import Appointment
from bot.domain.statistics.feedback import Feedback, Helped
from bot.storage.digests import Digests
from bot.storage.repositories.appointments import AppointmentRepository
from bot.storage.tables.feedback import feedback_asks, feedbacks


class FeedbackRepository:
    """Who may still answer about which interview, by the digest of a secret; answers, by adviser and month alone."""

    def __init__(self, connection: Connection, digests: Digests) -> None:
        self._connection = connection
        self._digests = digests

    def ask(self, appointment_id: str, secret: str) -> None:
        """Let this secret answer about it, in place of any former one."""
        self.close(appointment_id)
        row = {"digest": self._digests.of("feedback", secret), "appointment_id": appointment_id}
        self._connection.execute(insert(feedback_asks).values(row))

    def asked(self, secret: str) -> Appointment | None:
        """The interview this secret may answer about."""
        wanted = select(feedback_asks.c.appointment_id).where(
            feedback_asks.c.digest == self._digests.of("feedback", secret)
        )
        found = self._connection.execute(wanted).scalar()
        return AppointmentRepository(self._connection, self._digests).get(found) if found else None

    def close(self, appointment_id: str) -> bool:
        """Let nobody answer about it any more; whether somebody still could."""
        closed = delete(feedback_asks).where(feedback_asks.c.appointment_id == appointment_id)
        return bool(self._connection.execute(closed).rowcount)

    def add(self, adviser_id: str, month: date, answer: Feedback, together: int) -> None:
        """Keep an answer; once so many wait, they may all be read."""
        row = {"adviser_id": adviser_id, "month": month, "helped": answer.helped.value, "words": answer.words}
        self._connection.execute(insert(feedbacks).values(row))
        wait = (feedbacks.c.adviser_id == adviser_id, feedbacks.c.batch.is_(None))
        count, last = self._connection.execute(select(func.count(), func.max(feedbacks.c.id)).where(*wait)).one()
        if count >= together:
            self._connection.execute(update(feedbacks).where(*wait).values(batch=last))

    def readable(self, adviser_id: str) -> Sequence[Feedback]:
        """The answers about this adviser's interviews that may be read."""
        wanted = select(feedbacks).where(feedbacks.c.adviser_id == adviser_id, feedbacks.c.batch.is_not(None))
        return [Feedback(Helped(row.helped), row.words) for row in self._connection.execute(wanted)]

    def erase(self, before: date) -> int:
        """Forget the answers of months before this day; how many."""
        return int(self._connection.execute(delete(feedbacks).where(feedbacks.c.month < before)).rowcount)
