"""Figures of the whole service, for those who watch it: how many, how old, never who."""

from collections.abc import Mapping
from datetime import datetime

from bot.services.uow import UnitOfWork

TOLD = {
    "outbox_waiting": "Notices that wait to be sent",
    "outbox_age_seconds": "How long ago the oldest waiting notice was due",
    "handovers_waiting": "Requests for a person that nobody took",
    "handover_age_seconds": "How long ago the oldest of them was asked",
    "appointments_to_come": "Appointments booked and not yet past",
    "appointments_booked": "Appointments booked since the beginning, cancelled ones included",
    "holds_open": "Openings kept while somebody confirms",
    "conversations_kept": "Conversations whose transcript is kept",
    "oldest_job_age_seconds": "How long ago the job that is most behind last did its work",
}


def read(uow: UnitOfWork, now: datetime) -> Mapping[str, float]:
    """The figures of this instant, by the names of `TOLD`."""
    with uow.reading() as view:
        counted, oldest, asked = view.figures.counts(now), view.outbox.oldest_waiting(), view.figures.oldest_handover()
        runs = view.jobs.last_runs()
    return {
        **counted,
        "outbox_age_seconds": _age(oldest, now),
        "handover_age_seconds": _age(asked, now),
        "oldest_job_age_seconds": _age(min(runs.values(), default=None), now),
    }


def _age(since: datetime | None, now: datetime) -> float:
    return max(0.0, (now - since).total_seconds()) if since else 0.0
