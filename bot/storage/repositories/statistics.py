"""Numbers: counted from what is there or kept by day, and what people say of interviews."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import and_, delete, func, insert, literal, select, update
from sqlalchemy.sql import ColumnElement, Select

from bot.domain.booking.appointments import Appointment
from bot.domain.statistics.feedback import Feedback, Helped
from bot.domain.statistics.figures import Asked, AtPoint, Length
from bot.storage.repositories.base import Repository
from bot.storage.repositories.booking.appointments import AppointmentRepository
from bot.storage.tables.booking import appointment_history, appointments
from bot.storage.tables.conversations import handovers
from bot.storage.tables.notifications import outbox
from bot.storage.tables.scheduling import interviews
from bot.storage.tables.statistics import counters, feedback_asks, feedbacks


class TallyRepository(Repository):
    """Counts over a period, its end left out; never by adviser."""

    def appointments(self, since: datetime, until: datetime) -> Sequence[AtPoint]:
        """What happened to appointments, by relay point: moves from their history, the rest from what they became."""
        took_place, became, of = appointments.c.relay_point_code, appointments.c.state, appointment_history.c
        moved = and_(of.what == "moved", _within(of.at, since, until))
        counted = (
            _count(took_place, literal("taken")).where(_within(appointments.c.booked_at, since, until)),
            _count(of.relay_point_code, literal("moved")).where(moved),
            _count(took_place, became).where(_within(appointments.c.starts_at, since, until)).group_by(became),
        )
        return [AtPoint(*row) for each in counted for row in self._run(each)]

    def handovers(self, since: datetime, until: datetime) -> Sequence[Asked]:
        """The requests for a person made then."""
        wanted = select(handovers).where(_within(handovers.c.asked_at, since, until))
        return [
            Asked(
                row.relay_point_code or "",
                round((row.taken_at - row.asked_at).total_seconds() / 60) if row.taken_at else None,
                row.state == "waiting",
            )
            for row in self._run(wanted)
        ]

    def lengths(self, since: datetime, until: datetime) -> Sequence[Length]:
        """How long the interviews held then were planned, and were."""
        wanted = (
            select(appointments.c.minutes, interviews.c.minutes.label("real"), appointments.c.adviser_id)
            .join(interviews, interviews.c.appointment_id == appointments.c.id)
            .where(_within(appointments.c.starts_at, since, until))
        )
        return [Length(row.minutes, row.real, row.adviser_id) for row in self._run(wanted)]

    def notices(self, since: datetime, until: datetime) -> Sequence[tuple[str, str, int]]:
        """Notices due then, by kind and status."""
        columns = (outbox.c.kind, outbox.c.status)
        counted = (
            select(*columns, func.count())
            .where(_within(outbox.c.due_at, since, until))
            .group_by(*columns)
            .order_by(*columns)
        )
        return [(kind, status, int(count)) for kind, status, count in self._run(counted)]


class CounterRepository(Repository):
    """Numbers by day, name and label."""

    def add(self, on: date, name: str, label: str, number: int = 1) -> None:
        """Count that much more."""
        key = {"counted_on": on, "name": name, "label": label[:120]}
        more = {"number": counters.c.number + number}
        self._insert_or_change(counters, {**key, "number": number}, list(key), more)

    def sums(self, name: str, since: date, until: date) -> Mapping[str, int]:
        """The sum of each label over these days, the last included."""
        wanted = select(counters.c.label, func.sum(counters.c.number).label("total")).where(
            counters.c.name == name, counters.c.counted_on.between(since, until)
        )
        return {row.label: int(row.total) for row in self._run(wanted.group_by(counters.c.label))}

    def by_day(self, name: str, since: date, until: date) -> Sequence[tuple[date, str, int]]:
        """The numbers of each day, in order."""
        wanted = select(counters).where(counters.c.name == name, counters.c.counted_on.between(since, until))
        ordered = wanted.order_by(counters.c.counted_on, counters.c.label)
        return [(row.counted_on, row.label, row.number) for row in self._run(ordered)]


class FeedbackRepository(Repository):
    """Who may still answer about which interview, by the digest of a secret; answers, by adviser and month alone."""

    def ask(self, appointment_id: str, secret: str) -> None:
        """Let this secret answer about it, in place of any former one."""
        self.close(appointment_id)
        row = {"digest": self._digests.of("feedback", secret), "appointment_id": appointment_id}
        self._run(insert(feedback_asks).values(row))

    def asked(self, secret: str) -> Appointment | None:
        """The interview this secret may answer about."""
        wanted = select(feedback_asks.c.appointment_id).where(
            feedback_asks.c.digest == self._digests.of("feedback", secret)
        )
        found = self._run(wanted).scalar()
        return self._other(AppointmentRepository).get(found) if found else None

    def close(self, appointment_id: str) -> bool:
        """Let nobody answer about it any more; whether somebody still could."""
        closed = delete(feedback_asks).where(feedback_asks.c.appointment_id == appointment_id)
        return bool(self._run(closed).rowcount)

    def add(self, adviser_id: str, month: date, answer: Feedback, together: int) -> None:
        """Keep an answer; once so many wait, they may all be read."""
        row = {"adviser_id": adviser_id, "month": month, "helped": answer.helped.value, "words": answer.words}
        self._run(insert(feedbacks).values(row))
        wait = (feedbacks.c.adviser_id == adviser_id, feedbacks.c.batch.is_(None))
        count, last = self._run(select(func.count(), func.max(feedbacks.c.id)).where(*wait)).one()
        if count >= together:
            self._run(update(feedbacks).where(*wait).values(batch=last))

    def readable(self, adviser_id: str) -> Sequence[Feedback]:
        """The answers about this adviser's interviews that may be read."""
        wanted = select(feedbacks).where(feedbacks.c.adviser_id == adviser_id, feedbacks.c.batch.is_not(None))
        return [Feedback(Helped(row.helped), row.words) for row in self._run(wanted)]

    def erase(self, before: date) -> int:
        """Forget the answers of months before this day; how many."""
        return self._run(delete(feedbacks).where(feedbacks.c.month < before)).rowcount


def _count(point: ColumnElement[str], what: ColumnElement[str]) -> Select:
    """How many at each point, and of what."""
    return select(point, what, func.count()).group_by(point)


def _within(moment: ColumnElement[datetime], since: datetime, until: datetime) -> ColumnElement[bool]:
    return and_(moment >= since, moment < until)
