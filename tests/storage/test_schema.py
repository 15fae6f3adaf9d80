"""The migrations: they lead to the tables of the code, on each database."""

from __future__ import annotations

import multiprocessing
from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import inspect, text, update
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DatabaseError

from bot.domain.accounts import AuditEntry
from bot.storage.engine import build_engine
from bot.storage.schema import OtherSchema, all_tables, differences, upgrade
from bot.storage.tables.booking import appointment_history
from tests.databases import unit_of_work
from tests.factories import booked, open_a_point


def test_the_migrations_lead_to_the_tables_of_the_code(empty: Engine) -> None:
    assert differences(empty)

    upgrade(empty)

    assert differences(empty) == []


def test_every_check_and_partial_index_is_there(engine: Engine) -> None:
    """Alembic compares neither; they are what keeps two people off one hour."""
    seen = inspect(engine)

    for table in all_tables().sorted_tables:
        wanted = {index.name: (index.unique, _predicate(index)) for index in table.indexes}
        found = {each["name"]: (bool(each["unique"]), _said(each)) for each in seen.get_indexes(table.name)}
        assert wanted.items() <= found.items()
        checks = {str(check.name) for check in table.constraints if type(check).__name__ == "CheckConstraint"}
        assert checks <= {each["name"] for each in seen.get_check_constraints(table.name)}


def test_migrating_again_changes_nothing(engine: Engine) -> None:
    upgrade(engine)

    assert differences(engine) == []


def test_a_database_of_another_version_is_left_alone(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0999'"))

    with pytest.raises(OtherSchema, match="0999.*another database"):
        upgrade(engine)


def test_several_processes_may_migrate_at_once(empty: Engine) -> None:
    url = empty.url.render_as_string(hide_password=False)

    with multiprocessing.get_context("spawn").Pool(6) as pool:
        pool.map(_upgrade, [url] * 6, chunksize=1)

    assert differences(empty) == []


def test_history_cannot_be_rewritten(engine: Engine) -> None:
    uow = unit_of_work(engine)
    open_a_point(uow)
    booked(uow)

    with pytest.raises(DatabaseError, match="only grows"), engine.begin() as connection:
        connection.execute(update(appointment_history).values(what="never"))


@pytest.mark.parametrize("change", ["UPDATE audit_log SET act = 'never'", "DELETE FROM audit_log"])
def test_the_record_of_the_console_cannot_be_rewritten(engine: Engine, change: str) -> None:
    with unit_of_work(engine) as uow:
        uow.audit_log.add(AuditEntry(datetime.now(timezone.utc), "ines", "take", "7"))
        uow.commit()

    with pytest.raises(DatabaseError, match="only grows"), engine.begin() as connection:
        connection.exec_driver_sql(change)


def test_the_record_of_the_console_is_erased_once_old(engine: Engine) -> None:
    long_ago = datetime.now(timezone.utc) - timedelta(days=200)
    with unit_of_work(engine) as uow:
        uow.audit_log.add(AuditEntry(long_ago, "ines", "take", "7"))
        uow.commit()

        assert uow.audit_log.erase(long_ago + timedelta(days=1)) == 1


def test_an_error_of_the_database_never_shows_what_was_stored(engine: Engine) -> None:
    with pytest.raises(DatabaseError) as failed, engine.begin() as connection:
        connection.execute(
            text("INSERT INTO advisers (id, name) VALUES (:id, :name)"), {"id": "1", "name": "Ana Secret"}
        )

    assert "Ana Secret" not in str(failed.value).split("DETAIL")[0]


def test_a_naive_instant_is_refused(engine: Engine) -> None:
    with pytest.raises(Exception, match="time zone"), unit_of_work(engine) as uow:
        uow.holds.sweep(datetime(2026, 1, 1))  # noqa: DTZ001


def test_an_instant_comes_back_as_it_was(engine: Engine) -> None:
    with unit_of_work(engine) as uow:
        summer = datetime(2026, 10, 25, 0, 30, tzinfo=timezone.utc)
        uow.attempts.begin("CEP-2222-2222", "o", summer)
        uow.commit()

        assert uow.attempts.tried_since("CEP-2222-2222", "o", summer.replace(hour=0, minute=0)) == [summer]


def _upgrade(url: str) -> None:
    upgrade(build_engine(url))


def _predicate(index: object) -> str:
    where = index.dialect_options["sqlite"]["where"]  # type: ignore[attr-defined]
    return "" if where is None else "partial"


def _said(index: dict[str, object]) -> str:
    options = index.get("dialect_options") or {}
    return "partial" if any(str(key).endswith("_where") for key in options) else ""  # type: ignore[union-attr]
