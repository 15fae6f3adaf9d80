"""How a connection to SQLite is made fit for several processes at once."""

import random
import sqlite3
import time
from collections.abc import Callable
from typing import Any

BUSY_TIMEOUT_MS = 5_000
_SETTINGS = (f"busy_timeout = {BUSY_TIMEOUT_MS}", "synchronous = NORMAL", "foreign_keys = ON")
_PAUSE_SECONDS = 0.01
TURN_MS = 8_000
"""How long a writer waits for its turn: less than an action may take, more than fifty writers need."""
_KNOCK_MS = 30
"""SQLite waits longer and longer between two looks, so whoever came first is served last: we look afresh this often."""


def tune(connection: Any) -> None:
    """Wait for one's turn to write, let readers read meanwhile (WAL), hold foreign keys."""
    for setting in _SETTINGS:
        connection.execute(f"PRAGMA {setting}")
    _write_ahead(connection)


def begin_writing(execute: Callable[[str], Any], is_busy: Callable[[Exception], bool]) -> None:
    """Open the writing transaction, everybody who waits with the same chance of being next."""
    deadline = time.monotonic() + TURN_MS / 1000
    execute(f"PRAGMA busy_timeout = {_KNOCK_MS}")
    try:
        while not _has_begun(execute, is_busy, deadline):
            time.sleep(random.uniform(0, _PAUSE_SECONDS))  # noqa: S311 - spreads who waits; guards nothing
    finally:
        execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")


def _has_begun(execute: Callable[[str], Any], is_busy: Callable[[Exception], bool], deadline: float) -> bool:
    try:
        execute("BEGIN IMMEDIATE")
    except Exception as error:
        if not is_busy(error) or time.monotonic() > deadline:
            raise
        return False
    return True


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
