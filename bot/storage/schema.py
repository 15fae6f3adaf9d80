"""Bringing a database to the schema of this version, forward only, and comparing the two."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import MetaData
from sqlalchemy.engine import Engine

from bot.storage import tables
from bot.storage.metadata import metadata

MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(engine: Engine) -> None:
    """Apply the migrations this database lacks; several processes may ask at once."""
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            # One at a time: the others wait here, then find nothing left to do.
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(20130402)")
        command.upgrade(configuration(connection), "head")
        connection.commit()


def differences(engine: Engine) -> list[Any]:
    """What separates the database from the tables of the code, in Alembic's own words."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, all_tables()))


def configuration(connection: Any) -> Config:
    """Alembic's configuration, without any file, on an open connection."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def all_tables() -> MetaData:
    """The metadata, once every module of `bot.storage.tables` is loaded."""
    for module in iter_modules(tables.__path__):
        import_module(f"{tables.__name__}.{module.name}")
    return metadata
