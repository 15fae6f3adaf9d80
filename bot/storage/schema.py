"""Bringing a database to the schema of this version, forward only, and comparing the two."""

from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.util import CommandError
from sqlalchemy import MetaData
from sqlalchemy.engine import Engine

from bot.storage import tables
from bot.storage.engine import build_engine
from bot.storage.metadata import metadata


def _is_ours(name: str | None, kind: str, _parents: Any) -> bool:
    """SQLite keeps its own counters in a table beside ours."""
    return kind != "table" or not str(name).startswith("sqlite_")


COMPARING: dict[str, Any] = {"compare_type": True, "include_name": _is_ours}
MIGRATIONS = Path(__file__).parent / "migrations"


class OtherSchema(Exception):
    """The database is at a schema this version does not know."""


def upgrade(engine: Engine) -> None:
    """Apply the migrations this database lacks; several processes may ask at once.

    `OtherSchema` when it comes from a later version, or from one older than the first migration.
    """
    # One at a time: the others wait at the door, then find nothing left to do. On SQLite, beginning
    # is the door; and all is one transaction, so a migration that fails leaves nothing half done.
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(20130402)")
        try:
            command.upgrade(configuration(connection), "head")
        except CommandError as error:
            raise OtherSchema(f"{error}: use the version that made this database, or another database") from error


def differences(engine: Engine) -> list[Any]:
    """What separates the database from the tables of the code, in Alembic's own words."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=COMPARING)
        return list(compare_metadata(context, all_tables()))


def draft_migration(message: str, migrations: Path = MIGRATIONS) -> Path:
    """Write the migration that brings the last schema to the tables of the code, for somebody to read."""
    engine = build_engine("sqlite://")
    upgrade(engine)
    with engine.connect() as connection:
        number = f"{len(list((migrations / 'versions').glob('*.py'))) + 1:04d}"
        config = configuration(connection, migrations)
        drafted = command.revision(config, message=message, autogenerate=True, rev_id=number)
    return Path(drafted.path)


def configuration(connection: Any, migrations: Path = MIGRATIONS) -> Config:
    """Alembic's configuration, without any file, on an open connection."""
    config = Config()
    config.set_main_option("script_location", str(migrations))
    config.attributes["connection"] = connection
    return config


def all_tables() -> MetaData:
    """The metadata, once every module of `bot.storage.tables` is loaded."""
    for module in iter_modules(tables.__path__):
        import_module(f"{tables.__name__}.{module.name}")
    return metadata
