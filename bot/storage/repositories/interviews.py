"""What was noted of interviews, and the secret calendars, in the database."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Connection, Row

from bot.domain.booking.interviews import Interview, Sequel
from bot.services.scheduling.calendar_feeds import CalendarFeed
from bot.storage.tables.agenda import calendar_feeds, interviews


class InterviewRepository:
    """What was noted of interviews."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, appointment_id: str) -> Interview | None:
        """What was noted of this one."""
        wanted = select(interviews).where(interviews.c.appointment_id == appointment_id)
        row = self._connection.execute(wanted).first()
        return read_interview(row) if row else None

    def save(self, appointment_id: str, interview: Interview, now: datetime, by: str) -> None:
        """Note it, in place of what was noted before."""
        self.forget(appointment_id)
        values = {
            "appointment_id": appointment_id,
            "minutes": interview.minutes,
            "level": interview.level,
            "sequel": interview.sequel.value,
            "noted_at": now,
            "noted_by": by,
        }
        self._connection.execute(insert(interviews).values(values))

    def forget(self, appointment_id: str) -> None:
        """Take away what was noted by mistake: nobody was received."""
        self._connection.execute(delete(interviews).where(interviews.c.appointment_id == appointment_id))


class CalendarFeedRepository:
    """Secret calendars, one an account at most; only a digest of each secret is kept."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def open(self, feed: CalendarFeed, digest: str) -> None:
        """Open one, in place of the former, which leads nowhere any more."""
        self.close(feed.account_id)
        values = {
            "account_id": feed.account_id,
            "digest": digest,
            "with_names": feed.with_names,
            "opened_at": feed.opened_at,
        }
        self._connection.execute(insert(calendar_feeds).values(values))

    def of(self, account_id: str) -> CalendarFeed | None:
        """The one of this account."""
        wanted = select(calendar_feeds).where(calendar_feeds.c.account_id == account_id)
        return _feed(self._connection.execute(wanted).first())

    def with_digest(self, digest: str) -> CalendarFeed | None:
        """The one whose secret has this digest."""
        wanted = select(calendar_feeds).where(calendar_feeds.c.digest == digest)
        return _feed(self._connection.execute(wanted).first())

    def read(self, account_id: str, now: datetime) -> None:
        """Note that a program read it."""
        this = calendar_feeds.c.account_id == account_id
        self._connection.execute(update(calendar_feeds).where(this).values(read_at=now))

    def close(self, account_id: str) -> None:
        """Close it at once."""
        self._connection.execute(delete(calendar_feeds).where(calendar_feeds.c.account_id == account_id))


def read_interview(row: Row) -> Interview:
    """The interview a row tells."""
    return Interview(row.minutes, row.level, Sequel(row.sequel))


def _feed(row: Row | None) -> CalendarFeed | None:
    return CalendarFeed(row.account_id, row.with_names, row.opened_at, row.read_at) if row else None
