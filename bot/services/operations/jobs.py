"""The worker's jobs: which there are, and how a run of one is kept for those who watch."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.services.uow import UnitOfWork

NOTICES = "notices"
HOLDS = "holds"
LIVE = "live"
EARLIER = "earlier"
CHATS = "chats"
ERASURES = "erasures"
RETENTION = "retention"
FIGURES = "figures"
NAMES = (NOTICES, HOLDS, LIVE, EARLIER, CHATS, ERASURES, RETENTION, FIGURES)

PERIODS = {RETENTION: timedelta(hours=1), FIGURES: timedelta(hours=1)}
"""How often a job works; any other works at each round."""


def is_due(uow: UnitOfWork, name: str, now: datetime) -> bool:
    """Whether this job has to work now."""
    period = PERIODS.get(name)
    if period is None:
        return True
    with uow.reading() as view:
        last = view.jobs.last_runs().get(name)
    return last is None or now - last >= period


def run(uow: UnitOfWork, name: str, job: Callable[[], None], now: datetime) -> None:
    """Do the job and note that it was done; a failure is noted, then raised again."""
    try:
        job()
    except Exception as error:
        with uow:
            uow.jobs.failed(name, type(error).__name__)
            uow.commit()
        raise
    with uow:
        uow.jobs.done(name, now)
        uow.commit()


def sweep_holds(uow: UnitOfWork, now: datetime) -> int:
    """Delete the holds that ended, and say how many; they kept nobody away already."""
    with uow:
        swept = uow.holds.sweep(now)
        uow.commit()
        return swept
