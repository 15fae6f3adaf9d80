"""The outbox: written with what it announces, emptied by the worker."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import bindparam, func, insert, select, update

from bot.domain.notifications.notices import DeliveryMethod, Notice
from bot.storage.repositories.base import Repository, read_as
from bot.storage.tables.notifications import outbox

_WAITING = outbox.c.status == "waiting"
CLAIMED_FOR = timedelta(minutes=5)
"""Longer than any sending takes; past it, whoever claimed the notice is taken for dead."""
REASON = 40
"""As long as the column."""
# Two workers on PostgreSQL share the queue; on SQLite the writing transaction is alone.
_DUE = (
    select(outbox)
    .where(_WAITING, outbox.c.next_try_at <= bindparam("until"))
    .order_by(outbox.c.next_try_at, outbox.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)


class OutboxRepository(Repository):
    """Notices to send, written in the transaction of what they announce."""

    def add(self, kind: str, subject_id: str, due_at: datetime, payload: Mapping[str, str]) -> None:
        """Ask for a notice about this subject, to be sent from `due_at` on."""
        what = {"kind": kind, "subject_id": subject_id, "payload": dict(payload), "due_at": due_at}
        begins = {"status": "waiting", "attempts": 0, "next_try_at": due_at, "reason": "", "way": ""}
        self._run(insert(outbox).values({**what, **begins}))

    def subjects(self, kind: str) -> frozenset[str]:
        """Whatever a notice of this kind was asked about, sent or not."""
        return frozenset(self._column(select(outbox.c.subject_id).where(outbox.c.kind == kind)))

    def was_sent(self, subject_id: str, kind: str) -> bool:
        """Whether a notice of this kind already left about it."""
        left = select(outbox.c.id).where(
            outbox.c.subject_id == subject_id, outbox.c.kind == kind, outbox.c.status == "sent"
        )
        return self._is_there(left)

    def withdraw(self, subject_id: str, kind: str, now: datetime) -> None:
        """Give up the notices of this kind that were not sent yet, and keep that they were withdrawn."""
        waiting = update(outbox).where(outbox.c.subject_id == subject_id, outbox.c.kind == kind, _WAITING)
        self._run(waiting.values(status="dropped", done_at=now, reason="withdrawn"))

    def claim(self, now: datetime, limit: int) -> Sequence[Notice]:
        """Notices to send now, oldest first, each counted as tried; given to nobody else for some minutes.

        The claim outlives its transaction, so that none stays open while a mail server takes its time.
        """
        claimed = self._all(partial(read_as, Notice), _DUE, {"until": now, "most": limit})
        for notice in claimed:
            self._change(notice.id, attempts=notice.attempts + 1, next_try_at=now + CLAIMED_FOR)
        return claimed

    def sent(self, notice_id: int, now: datetime, way: DeliveryMethod, reason: str = "") -> None:
        """Note that it left, and by which way; `reason` says why not by the usual one."""
        self._change(notice_id, status="sent", done_at=now, way=way.value, reason=reason[:REASON])

    def retry(self, notice_id: int, at: datetime) -> None:
        """Try again then; the hour it was due at stays."""
        self._change(notice_id, next_try_at=at)

    def postpone(self, notice_id: int, until: datetime) -> None:
        """It is due later than was thought."""
        self._change(notice_id, due_at=until, next_try_at=until)

    def drop(self, notice_id: int, now: datetime, reason: str) -> None:
        """Give it up, and keep why."""
        self._change(notice_id, status="dropped", done_at=now, reason=reason[:REASON])

    def send_again(self, reason: str, now: datetime) -> int:
        """Give back to the worker those that were given up for this reason; how many."""
        given_up = update(outbox).where(outbox.c.status == "dropped", outbox.c.reason == reason)
        again = {"status": "waiting", "attempts": 0, "next_try_at": now, "done_at": None, "reason": ""}
        return self._run(given_up.values(again)).rowcount

    def tally(self) -> Sequence[tuple[str, str, str, str, int]]:
        """How many notices by kind, status, way and reason, in this order."""
        columns = (outbox.c.kind, outbox.c.status, outbox.c.way, outbox.c.reason)
        counted = select(*columns, func.count()).group_by(*columns).order_by(*columns)
        return [tuple(row) for row in self._run(counted)]

    def oldest_waiting(self) -> datetime | None:
        """When the notice that waits longest was due."""
        return self._run(select(func.min(outbox.c.due_at)).where(_WAITING)).scalar()

    def _change(self, notice_id: int, **values: object) -> None:
        self._run(update(outbox).where(outbox.c.id == notice_id).values(**values))
