"""A restart: what was held and what was to be said are in the database, so that no process carries them alone."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.engine import Engine

from bot.domain.errors import OpeningUnavailable
from bot.services import booking
from bot.storage.engine import build_engine
from bot.storage.tables.notifications import outbox
from tests import processes
from tests.databases import unit_of_work
from tests.factories import MONDAY, RULES, booked, open_a_point, opening

DAY = timedelta(days=1)
FAR = opening(starts_at=opening().starts_at + 8 * DAY)


def test_a_restart_loses_no_hold_and_no_reminder(engine: Engine, tmp_path: Path) -> None:
    url = engine.url.render_as_string(hide_password=False)
    before = build_engine(url)
    open_a_point(unit_of_work(before))
    booked(unit_of_work(before), FAR)
    held = booking.hold(unit_of_work(before), opening(), "c2", MONDAY, RULES)
    before.dispose()

    after = build_engine(url)
    with pytest.raises(OpeningUnavailable):
        booking.hold(unit_of_work(after), opening(), "c3", MONDAY, RULES)
    assert booking.renew(unit_of_work(after), held.id, "c2", MONDAY, RULES).opening == held.opening
    after.dispose()

    # Two workers that each start, work once and end: before the reminder is due, then after.
    for now in (FAR.starts_at - 2 * DAY - timedelta(minutes=1), FAR.starts_at - 2 * DAY):
        settings = processes.environment(tmp_path, DATABASE_URL=url, CEP_NOW=now.isoformat())
        assert processes.run("bot.worker", "--once", settings=settings).returncode == 0
        assert _sent(engine, "appointment_reminder") == (now == FAR.starts_at - 2 * DAY)


def _sent(engine: Engine, kind: str) -> int:
    sent = select(func.count()).select_from(outbox).where(outbox.c.kind == kind, outbox.c.status == "sent")
    with engine.connect() as connection:
        return int(connection.execute(sent).scalar() or 0)
