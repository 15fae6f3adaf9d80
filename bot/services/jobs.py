"""The worker's jobs: which there are, and how a run of one is kept for those who watch."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.services.ports import UnitOfWork

NOTICES = "notices"
HOLDS = "holds"
LIVE = "live"
EARLIER = "earlier"
CHATS = "chats"
ERASURES = "erasures"
NAMES = (NOTICES, HOLDS, LIVE, EARLIER, CHATS, ERASURES)


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
