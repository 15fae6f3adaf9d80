"""The worker, really started: what is due leaves, what has ended is cleared, nobody is named."""

from __future__ import annotations

import signal
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

from bot.domain.booking.appointments import Appointment
from bot.services import booking
from bot.services.conversations import transcript
from bot.services.conversations.transcript import Incoming
from bot.services.operations import health
from bot.storage.unit_of_work import SqlUnitOfWork
from tests import factories, processes
from tests.factories import MONDAY, RULES, open_a_point, opening
from tests.mail_servers import free_port


def settings(uow: SqlUnitOfWork, folder: Path, **more: str) -> dict[str, str]:
    url = uow._engine.url.render_as_string(hide_password=False)
    return processes.environment(folder, DATABASE_URL=url, CEP_NOW=MONDAY.isoformat(), **more)


def booked(uow: SqlUnitOfWork) -> Appointment:
    open_a_point(uow)
    return factories.booked(uow)


def test_what_is_due_leaves_and_the_run_is_noted(uow: SqlUnitOfWork, tmp_path: Path) -> None:
    booked(uow)

    done = processes.run("bot.worker", "--once", settings=settings(uow, tmp_path))

    assert done.returncode == 0, done.stderr
    (file,) = (tmp_path / "mail").glob("*.eml")
    message = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert message["To"] == "ana@example.fr"
    assert health.late(uow, MONDAY) == ()


def test_its_log_names_nobody(uow: SqlUnitOfWork, tmp_path: Path) -> None:
    appointment = booked(uow)

    done = processes.run("bot.worker", "--once", settings=settings(uow, tmp_path))

    assert "A notice is settled: sent" in done.stderr
    for private in ("Ana", "Diaz", "ana@example.fr", appointment.reference, appointment.id):
        assert private not in done.stderr + done.stdout


def test_a_mail_server_that_is_down_stops_nothing_else(uow: SqlUnitOfWork, tmp_path: Path) -> None:
    booked(uow)
    held = booking.hold(uow, opening(starts_at=opening().starts_at + timedelta(days=1)), "c2", MONDAY, RULES)
    ended = (held.ends_at + timedelta(seconds=1)).isoformat()
    nowhere = {"CEP_SMTP_HOST": "127.0.0.1", "CEP_SMTP_PORT": str(free_port()), "CEP_NOW": ended}

    done = processes.run("bot.worker", "--once", settings={**settings(uow, tmp_path), **nowhere})

    assert done.returncode == 0, done.stderr
    assert "A notice is settled: unavailable" in done.stderr
    assert "Holds ended: 1" in done.stderr


def test_a_database_that_is_not_ready_is_said_without_a_crash(tmp_path: Path) -> None:
    done = processes.run("bot.worker", "--once", settings=processes.environment(tmp_path))

    assert done.returncode == 1
    assert "The job notices failed" in done.stderr
    assert "Traceback" not in done.stderr


def test_it_works_until_it_is_told_to_stop(uow: SqlUnitOfWork, tmp_path: Path) -> None:
    with processes.started("bot.worker", settings=settings(uow, tmp_path)) as worker:
        processes.wait_until(lambda: health.late(uow, MONDAY) == (), worker)
        booked(uow)
        processes.wait_until(lambda: any((tmp_path / "mail").glob("*.eml")), worker)

        worker.send_signal(signal.SIGTERM)

        assert worker.wait(30) == 0


def test_retention_is_applied_by_the_worker_as_time_passes(uow: SqlUnitOfWork, tmp_path: Path) -> None:
    appointment = booked(uow)
    transcript.receive(uow, "dev-camille", "rest", Incoming("Je m'appelle Ana"), MONDAY)
    day_after = MONDAY + timedelta(hours=25)
    half_a_year = appointment.starts_at + timedelta(days=184)
    everything = settings(uow, tmp_path)

    early = processes.run("bot.worker", "--once", settings=everything)
    assert "Forgotten:" not in early.stderr
    assert transcript.state_of(uow, "dev-camille") is not None

    next_day = processes.run("bot.worker", "--once", settings={**everything, "CEP_NOW": day_after.isoformat()})
    assert "conversations 1" in next_day.stderr
    assert transcript.state_of(uow, "dev-camille") is None

    later = processes.run("bot.worker", "--once", settings={**everything, "CEP_NOW": half_a_year.isoformat()})
    assert "persons 1" in later.stderr
    with uow:
        assert uow.appointments.get(appointment.id) is None
