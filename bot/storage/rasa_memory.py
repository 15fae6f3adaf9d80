"""Rasa's memory of conversations: ours to erase, never to read nor to write."""

from collections.abc import Sequence

from sqlalchemy import column, delete, inspect, table
from sqlalchemy.engine import Engine


class RasaMemory:
    """What Rasa's tracker store keeps: in a database of its own, or in a schema beside our tables."""

    def __init__(self, engine: Engine, schema: str | None = None) -> None:
        self._engine = engine
        self._schema = schema

    def erase(self, ids: Sequence[str]) -> None:
        """Forget these conversations; forgetting again changes nothing."""
        # A machine where the assistant never started has nothing to erase.
        if not inspect(self._engine).has_table("events", schema=self._schema):
            return
        events = table("events", column("sender_id"), schema=self._schema)
        with self._engine.begin() as connection:
            connection.execute(delete(events).where(events.c.sender_id.in_(ids)))
