"""What makes a connection to SQLite fit for several processes."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest

from bot.storage import sqlite as tuning


def test_a_new_file_that_another_process_is_opening_is_waited_for(tmp_path: Path) -> None:
    file = tmp_path / "new.sqlite3"
    other = _locked(file)
    threading.Timer(0.2, other.rollback).start()

    mine = sqlite3.connect(file)
    tuning.tune(mine)

    assert mine.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_file_that_stays_locked_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tuning, "BUSY_TIMEOUT_MS", 100)
    other = _locked(tmp_path / "new.sqlite3")

    with pytest.raises(sqlite3.OperationalError, match="locked"):
        tuning.tune(sqlite3.connect(tmp_path / "new.sqlite3"))
    other.rollback()


def _locked(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    connection.execute("CREATE TABLE things (name)")
    connection.execute("BEGIN EXCLUSIVE")
    return connection


def test_a_writer_waits_for_its_turn_then_gives_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "queue.sqlite3"
    other, mine = _locked(file), sqlite3.connect(file, isolation_level=None)
    monkeypatch.setattr(tuning, "TURN_MS", 50)

    with pytest.raises(sqlite3.OperationalError, match="locked"):
        tuning.begin_writing(mine.execute, _is_locked)

    monkeypatch.setattr(tuning, "TURN_MS", 60_000)
    threading.Timer(0.2, other.rollback).start()
    tuning.begin_writing(mine.execute, _is_locked)
    assert mine.in_transaction


def test_a_fault_that_is_no_queue_is_told_at_once(tmp_path: Path) -> None:
    mine = sqlite3.connect(tmp_path / "queue.sqlite3", isolation_level=None)
    mine.execute("BEGIN IMMEDIATE")

    with pytest.raises(sqlite3.OperationalError, match="within a transaction"):
        tuning.begin_writing(mine.execute, _is_locked)


def _is_locked(error: Exception) -> bool:
    return "locked" in str(error)
