"""Each migration, one after the other, on tables that hold rows: not one row is lost, not one value changes.

A new migration is tried here without anybody thinking of it: the tables of the state before it are filled first.
"""

from __future__ import annotations

import re
import shutil
from contextlib import nullcontext
from datetime import date, datetime, time, timedelta, timezone
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import IntegrityError

from bot.storage.schema import MIGRATIONS, configuration, draft_migration

AT = datetime(2026, 11, 23, 9, tzinfo=timezone.utc)
NOT_ROWS = {"alembic_version"}


def test_each_migration_keeps_every_row_and_every_value(empty: Engine) -> None:
    _run_each(empty, MIGRATIONS)


@pytest.mark.parametrize(
    ("done", "says"),
    [
        ('op.add_column("conversations", sa.Column("mood", sa.String(10)))', None),
        ('op.execute("DELETE FROM next_steps")', "changes next_steps"),
        ("op.execute(\"UPDATE outbox SET reason = ''\")", "changes outbox"),
        ('op.drop_table("job_runs")', "drops job_runs"),
    ],
)
def test_what_a_migration_would_lose_is_seen(empty: Engine, tmp_path: Path, done: str, says: str | None) -> None:
    """There is one migration yet: the next one is tried here before it is written."""
    folder = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    following = draft_migration("Try", folder)
    drafted = following.read_text()
    following.write_text(drafted.replace("    pass\n", f"    {done}\n", 1))

    seen = pytest.raises(AssertionError, match=says) if says else nullcontext()
    with seen:
        _run_each(empty, folder)


def _run_each(engine: Engine, migrations: Path) -> None:
    for before, after in pairwise(_revisions(engine, migrations)):
        with engine.begin() as connection:
            command.upgrade(configuration(connection, migrations), before)
        with engine.begin() as connection:
            _fill(connection)
        kept = _rows(engine)
        assert [table for table, rows in kept.items() if not rows] == []

        with engine.begin() as connection:
            command.upgrade(configuration(connection, migrations), after)

        now = _rows(engine)
        for table, rows in kept.items():
            assert table in now, f"{after} drops {table}"
            assert [_without_new(row, rows[0]) for row in now[table]] == rows, f"{after} changes {table}"


def _revisions(engine: Engine, migrations: Path) -> list[str]:
    with engine.begin() as connection:
        script = ScriptDirectory.from_config(configuration(connection, migrations))
    return [each.revision for each in reversed(list(script.walk_revisions()))]


def _rows(engine: Engine) -> dict[str, list[dict[str, Any]]]:
    metadata = sa.MetaData()
    metadata.reflect(engine)
    with engine.connect() as connection:
        return {
            table.name: [
                dict(row._mapping) for row in connection.execute(sa.select(table).order_by(*table.primary_key))
            ]
            for table in metadata.sorted_tables
            if table.name not in NOT_ROWS
        }


def _without_new(row: dict[str, Any], former: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name in former}


def _fill(connection: Connection) -> None:
    """A row in every empty table that takes a plain one, those it leads to first."""
    metadata = sa.MetaData()
    metadata.reflect(connection)
    for table in metadata.sorted_tables:
        is_empty = connection.execute(sa.select(sa.func.count()).select_from(table)).scalar() == 0
        if is_empty and table.name not in NOT_ROWS:
            _fill_table(connection, table)


def _fill_table(connection: Connection, table: sa.Table) -> None:
    owners = [column for column in table.c if column.nullable and column.foreign_keys]
    for word, owner in product(_words_allowed(connection, table), [None, *owners]):
        columns = [column for column in table.c if column is owner or not column.nullable]
        row = {column.name: _value(connection, column, word) for column in columns}
        try:
            with connection.begin_nested():
                connection.execute(sa.insert(table).values(row))
        except IntegrityError:
            continue
        return


def _words_allowed(connection: Connection, table: sa.Table) -> list[str]:
    """What its checks name, or any word."""
    checks = sa.inspect(connection).get_check_constraints(table.name)
    return [word for check in checks for word in re.findall(r"'(\w+)'", check["sqltext"])] or ["word"]


def _value(connection: Connection, column: sa.Column[Any], word: str) -> Any:
    for key in column.foreign_keys:
        return connection.execute(sa.select(key.column).limit(1)).scalar()
    kind = column.type
    if isinstance(kind, sa.Boolean):
        return False
    if isinstance(kind, sa.DateTime):
        return AT + timedelta(hours=column.name.startswith("ends"))
    if isinstance(kind, sa.Date):
        return date(2026, 11, 23)
    if isinstance(kind, sa.Time):
        return time(9) if column.name == "starts" else time(12)
    if isinstance(kind, (sa.Integer, sa.Numeric)):
        return 1
    if isinstance(kind, sa.JSON):
        return {}
    return word[: getattr(kind, "length", None)]
