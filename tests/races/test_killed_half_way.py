"""kill -9 in the middle of a booking: nothing is half done, nobody is locked out, and sent again it books once."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.engine import Engine

from bot.domain.booking.appointments import Hold
from bot.services import booking
from bot.storage.tables.booking import appointment_history, appointments, holds, request_receipts, taken_quarters
from bot.storage.tables.notifications import outbox
from tests import processes
from tests.databases import unit_of_work
from tests.factories import MONDAY, RULES, opening, person
from tests.races.half_way import KEY, STANDS
from tests.races.test_one_hour_one_person import count

WRITTEN = (appointments, appointment_history, request_receipts, outbox)
QUARTERS = len(opening().quarters(RULES.buffer_quarters))


def killed(engine: Engine, folder: Path, where: str) -> Hold:
    """The hold of a booking whose process was killed there."""
    held = booking.hold(unit_of_work(engine), opening(), "c1", MONDAY, RULES)
    url = engine.url.render_as_string(hide_password=False)
    settings = processes.environment(folder)
    with processes.started("tests.races.half_way", where, url, held.id, settings=settings) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == STANDS
        process.kill()
        assert process.wait(60) < 0
    return held


def again(engine: Engine, held: Hold) -> str:
    return booking.book(unit_of_work(engine), held.id, "c1", person(), KEY, MONDAY, RULES).reference


def test_killed_before_the_commit_leaves_the_hold_alone_and_books_when_sent_again(
    engine: Engine, tmp_path: Path
) -> None:
    held = killed(engine, tmp_path, "before")

    assert [count(engine, table) for table in WRITTEN] == [0] * len(WRITTEN)
    assert (count(engine, holds), count(engine, taken_quarters)) == (1, QUARTERS)
    assert again(engine, held) == again(engine, held)
    assert (count(engine, appointments), count(engine, taken_quarters)) == (1, QUARTERS)


def test_killed_after_the_commit_is_booked_once_and_said_when_sent_again(engine: Engine, tmp_path: Path) -> None:
    held = killed(engine, tmp_path, "after")

    assert again(engine, held) == again(engine, held)
    assert (count(engine, appointments), count(engine, holds), count(engine, outbox)) == (1, 0, 1)


def test_without_one_transaction_a_killed_booking_is_half_done(engine: Engine, tmp_path: Path) -> None:
    """The danger is real: this is what the transaction prevents."""
    killed(engine, tmp_path, "piecemeal")

    assert count(engine, appointments) == 1
