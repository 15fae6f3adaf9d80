"""How a connection to SQLite is made fit for several processes at once."""

from __future__ import annotations

import sqlite3
import time
from typing import Any

BUSY_TIMEOUT_MS = 5_000
_SETTINGS = (f"busy_timeout = {BUSY_TIMEOUT_MS}", "synchronous = NORMAL", "foreign_keys = ON")
_PAUSE_SECONDS = 0.01


def tune(connection: Any) -> None:
    """Wait for one's turn to write, let readers read meanwhile (WAL), hold foreign keys."""
    for setting in _SETTINGS:
        connection.execute(f"PRAGMA {setting}")
    _write_ahead(connection)


def _write_ahead(connection: Any) -> None:
    # Two processes that open a new file together: SQLite refuses the second at once, whatever its busy timeout.
    deadline = time.monotonic() + BUSY_TIMEOUT_MS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(_PAUSE_SECONDS)
