"""Jobs leave a trace, and what is late is seen."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.services import booking
from bot.services.operations import health, jobs
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.factories import MONDAY, RULES, open_a_point, opening

NOT_SENT = "a notice due is not sent"


def all_ran(uow: SqlUnitOfWork) -> None:
    for name in jobs.NAMES:
        jobs.run(uow, name, lambda: None, MONDAY)


def test_nothing_is_late_when_jobs_ran_and_notices_left(uow: SqlUnitOfWork) -> None:
    all_ran(uow)

    assert health.late(uow, MONDAY) == ()


def test_jobs_that_never_ran_are_late(uow: SqlUnitOfWork) -> None:
    assert health.late(uow, MONDAY) == tuple(f"the job {name} does not run" for name in jobs.NAMES)


def test_jobs_that_stopped_are_late_after_five_minutes(uow: SqlUnitOfWork) -> None:
    all_ran(uow)

    assert health.late(uow, MONDAY + timedelta(minutes=5)) == ()
    late = health.late(uow, MONDAY + timedelta(minutes=5, seconds=1))
    assert len(late) == len(jobs.NAMES) - len(jobs.PERIODS)


def test_retention_works_once_an_hour_and_is_late_when_it_did_not(uow: SqlUnitOfWork) -> None:
    assert jobs.is_due(uow, jobs.RETENTION, MONDAY)
    all_ran(uow)

    assert not jobs.is_due(uow, jobs.RETENTION, MONDAY + timedelta(minutes=59))
    assert jobs.is_due(uow, jobs.RETENTION, MONDAY + timedelta(hours=1))
    assert jobs.is_due(uow, jobs.NOTICES, MONDAY)
    stopped = "the job retention does not run"
    assert stopped not in health.late(uow, MONDAY + timedelta(hours=1, minutes=5))
    assert stopped in health.late(uow, MONDAY + timedelta(hours=1, minutes=6))


def test_a_job_that_fails_again_and_again_is_late(uow: SqlUnitOfWork) -> None:
    all_ran(uow)

    def fails() -> None:
        raise OSError("a text that may hold a name")

    with pytest.raises(OSError, match="a name"):
        jobs.run(uow, jobs.HOLDS, fails, MONDAY + timedelta(minutes=6))

    assert "the job holds does not run" in health.late(uow, MONDAY + timedelta(minutes=6))


def test_a_notice_due_for_a_quarter_of_an_hour_is_late_and_a_future_one_is_not(uow: SqlUnitOfWork) -> None:
    all_ran(uow)
    with uow:
        uow.outbox.add("appointment_reminder", "a1", MONDAY, {})
        uow.commit()

    assert health.late(uow, MONDAY - timedelta(days=1)) == ()
    assert NOT_SENT not in health.late(uow, MONDAY + timedelta(minutes=15))
    assert NOT_SENT in health.late(uow, MONDAY + timedelta(minutes=16))


def test_ended_holds_are_cleared_and_others_kept(uow: SqlUnitOfWork) -> None:
    open_a_point(uow)
    held = booking.hold(uow, opening(), "c1", MONDAY, RULES)

    assert jobs.sweep_holds(uow, held.ends_at - timedelta(seconds=1)) == 0
    assert jobs.sweep_holds(uow, held.ends_at) == 1
