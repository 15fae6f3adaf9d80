"""Run by Alembic: applies or prepares migrations on the connection `bot.storage.schema` gives."""

from typing import Any, Literal

from alembic import context

from bot.storage.schema import COMPARING, all_tables
from bot.storage.types import UtcDateTime


def written(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Migrations name plain SQL types: they must still run once our own types have changed."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=all_tables(),
    **COMPARING,
    render_item=written,
    transactional_ddl=True,
    # SQLite changes a table by copying it.
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
