"""The worker: sends the notices that are due and clears what has ended, until it is stopped.

`python -m bot.worker --once` does each job once and ends: 0 when all went well, 1 otherwise.
"""

import argparse
import logging
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, astuple
from datetime import timedelta
from threading import Event

from bot import logs, metrics
from bot.app import container, maintenance
from bot.services import booking
from bot.services.chats import delivery, inbox
from bot.services.conversations import live_chat_jobs
from bot.services.notifications import dispatch
from bot.services.operations import jobs
from bot.services.statistics import figures

logger = logging.getLogger(__name__)

PAUSE_SECONDS = 5.0
NOTICES_A_RUN = 50
FAILURES_A_RUN = 3
"""One more than the first: an operator of text messages that is down holds no mail back."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Work until stopped, or once."""
    options = argparse.ArgumentParser(prog="python -m bot.worker", description="Send notices, clear what has ended.")
    options.add_argument("--once", action="store_true", help="do each job once, then end")
    once = options.parse_args(arguments).once
    container.write_logs("worker")
    if once:
        return 0 if run_jobs() else 1
    container.serve_metrics("worker")
    stopped = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    while not stopped.is_set():
        run_jobs()
        stopped.wait(PAUSE_SECONDS)
    return 0


def run_jobs() -> bool:
    """Do each job once; whether all went well. One that fails keeps no other from running."""
    went_well = [_run(name, job) for name, job in JOBS.items()]
    return all(went_well)


def send_notices() -> None:
    """Send what is due, and stop when what should carry it clearly does not answer."""
    gateways, unavailable = container.delivery_gateways(), 0
    for _ in range(NOTICES_A_RUN):
        outcome = dispatch.send_next(container.unit_of_work(), gateways, container.now())
        if outcome is dispatch.Outcome.NOTHING_DUE:
            return
        logger.info("A notice is settled: %s", outcome.value)
        unavailable += outcome is dispatch.Outcome.UNAVAILABLE
        if unavailable >= FAILURES_A_RUN:
            return


def sweep_holds() -> None:
    """Clear the holds that ended."""
    swept = jobs.sweep_holds(container.unit_of_work(), container.now())
    if swept:
        logger.info("Holds ended: %d", swept)


def offer_earlier() -> None:
    """Offer what came free to who would come earlier."""
    offered = booking.offer_earlier(container.unit_of_work(), container.now(), container.rules())
    if offered:
        logger.info("Earlier openings offered: %d", offered)


def look_after_live() -> None:
    """Leave no visitor in an empty room, and no request for a person forgotten."""
    settings, now = container.settings(), container.now()
    hours, lines = container.adviser_hours(), container.live_lines()
    silent_since = now - timedelta(hours=settings.live_idle_hours)
    back = live_chat_jobs.hand_back_idle(container.unit_of_work(), silent_since, hours, lines, now)
    released = live_chat_jobs.release_waiting(container.unit_of_work(), hours, lines, now)
    asked_before = now - timedelta(minutes=settings.live_alert_minutes)
    late = live_chat_jobs.alert_unanswered(container.unit_of_work(), asked_before, now)
    for what, some in (("handed back", back), ("released", released), ("unanswered", late)):
        if some:
            logger.info("Live conversations %s: %d", what, len(some))


def look_after_chats() -> None:
    """Send what the assistant said on Telegram and could not send itself."""
    inbox.sweep(container.unit_of_work(), container.now())
    if not container.settings().telegram.is_on:
        return
    late = delivery.deliver_due(container.unit_of_work(), container.telegram_messenger(), container.now)
    if late:
        logger.info("Chats that had lines to send: %d", late)


def finish_erasures() -> None:
    """Clear what the assistant still remembers of conversations that were erased."""
    cleared = maintenance.finish_erasures()
    if cleared:
        logger.info("Erasures finished: %d", cleared)


def apply_retention() -> None:
    """Forget what has been kept long enough."""
    forgotten = maintenance.forget(for_real=True)
    if any(astuple(forgotten)):
        # How many, never who: this line is the proof that retention is applied.
        logger.info("Forgotten: %s", ", ".join(f"{name} {number}" for name, number in asdict(forgotten).items()))


def note_figures() -> None:
    """Note, once a day, how long people wait for a first appointment."""
    noted = figures.note_first_openings(container.unit_of_work(), container.now(), container.today(), container.rules())
    if noted:
        logger.info("First openings noted: %d", noted)


JOBS: Mapping[str, Callable[[], None]] = {
    jobs.NOTICES: send_notices,
    jobs.HOLDS: sweep_holds,
    jobs.LIVE: look_after_live,
    jobs.EARLIER: offer_earlier,
    jobs.CHATS: look_after_chats,
    jobs.ERASURES: finish_erasures,
    jobs.RETENTION: apply_retention,
    jobs.FIGURES: note_figures,
}


def _run(name: str, job: Callable[[], None]) -> bool:
    with logs.referred():
        try:
            if not jobs.is_due(container.unit_of_work(), name, container.now()):
                return True
            jobs.run(container.unit_of_work(), name, job, container.now())
            metrics.JOBS.labels(name, "done").inc()
        except Exception as error:
            # The next run may do better.
            metrics.JOBS.labels(name, "failed").inc()
            logger.error("The job %s failed: %s", name, logs.told(error))
            return False
    return True


if __name__ == "__main__":
    sys.exit(main())
