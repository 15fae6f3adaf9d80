"""Whether the work done behind the scenes keeps up: notices leave, jobs run."""

from datetime import datetime, timedelta

from bot.services.operations import jobs
from bot.services.uow import UnitOfWork

NOTICE_MINUTES = 15
JOB_MINUTES = 5


def late(uow: UnitOfWork, now: datetime) -> tuple[str, ...]:
    """What is late, in fixed words; empty when all keeps up."""
    with uow.reading() as view:
        oldest, runs = view.outbox.oldest_waiting(), view.jobs.last_runs()
    faults = []
    if oldest is not None and now - oldest > timedelta(minutes=NOTICE_MINUTES):
        faults.append("a notice due is not sent")
    for name in jobs.NAMES:
        last = runs.get(name)
        if last is None or now - last > timedelta(minutes=JOB_MINUTES) + jobs.PERIODS.get(name, timedelta()):
            faults.append(f"the job {name} does not run")
    return tuple(faults)
