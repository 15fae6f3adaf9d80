"""The commands that look after data, run as a person runs them."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from tests import processes


def cli(folder: Path, *arguments: str, **settings: str) -> Any:
    return processes.run("bot.cli", *arguments, settings=processes.environment(folder, **settings))


def test_the_database_is_made_and_the_demonstration_stored_twice_without_a_change(tmp_path: Path) -> None:
    assert cli(tmp_path, "migrate").returncode == 0
    assert cli(tmp_path, "seed").returncode == 0

    again = cli(tmp_path, "seed")

    assert again.returncode == 0, again.stderr
    assert "added: 0" in again.stdout
    assert "changed: 0" in again.stdout


def test_hours_changed_in_the_console_stay_when_the_demonstration_is_stored_again(tmp_path: Path) -> None:
    assert cli(tmp_path, "seed").returncode == 0
    database = sqlite3.connect(next(tmp_path.rglob("cep.sqlite3")))
    database.execute("UPDATE weekly_ranges SET ends = '11:45:00.000000' WHERE id = 1")
    database.execute("DELETE FROM closures")
    database.commit()

    assert cli(tmp_path, "seed").returncode == 0

    assert database.execute("SELECT ends FROM weekly_ranges WHERE id = 1").fetchone()[0].startswith("11:45")
    assert database.execute("SELECT count(*) FROM closures").fetchone() == (0,)
    database.close()


def test_a_file_that_does_not_exist_is_said(tmp_path: Path) -> None:
    done = cli(tmp_path, "import-relay-points", str(tmp_path / "nowhere.csv"))

    assert done.returncode == 2
    assert "nowhere.csv" in done.stderr


def test_forgetting_is_a_dry_run_unless_asked(tmp_path: Path) -> None:
    cli(tmp_path, "migrate")

    counted, done = cli(tmp_path, "forget"), cli(tmp_path, "forget", "--for-real")

    assert counted.stdout.startswith("Dry run")
    assert "persons of past appointments: 0" in counted.stdout
    assert done.stdout.startswith("Forgotten:")
    assert (counted.returncode, done.returncode) == (0, 0)


def test_a_duration_that_makes_no_sense_is_refused(tmp_path: Path) -> None:
    done = cli(tmp_path, "forget", CEP_KEEP_APPOINTMENTS_DAYS="0")

    assert done.returncode != 0
    assert "CEP_KEEP_APPOINTMENTS_DAYS" in done.stderr


def test_content_to_look_at_is_listed_with_its_sources(tmp_path: Path) -> None:
    far = cli(tmp_path, "content", CEP_NOW="2036-01-01T12:00:00+01:00")

    assert far.returncode == 0, far.stderr
    assert "faq/cout_prix (national_2019): to be read again since" in far.stdout
    assert ", read on 20" in far.stdout


def test_a_migration_without_a_name_is_not_drafted(tmp_path: Path) -> None:
    done = cli(tmp_path, "draft-migration", "")

    assert done.returncode == 2
    assert "make migration" in done.stderr


def test_without_a_command_the_list_of_commands_is_given(tmp_path: Path) -> None:
    done = cli(tmp_path)

    assert done.returncode == 2
    assert "usage" in done.stderr


def test_the_network_is_exported_then_tried_again_without_a_remark(tmp_path: Path) -> None:
    assert cli(tmp_path, "seed").returncode == 0
    folder = tmp_path / "out"

    exported = cli(tmp_path, "export-network", str(folder))
    points = cli(tmp_path, "import-relay-points", str(folder / "relay_points.csv"), "--dry-run")
    hours = cli(
        tmp_path, "import-advisers", str(folder / "advisers.csv"), str(folder / "weekly_ranges.csv"), "--dry-run"
    )
    closures = cli(tmp_path, "import-closures", str(folder / "closures.csv"))

    assert exported.returncode == 0, exported.stderr
    assert "changed: 0" in points.stdout
    assert "left out" not in points.stdout + hours.stdout + closures.stdout
    assert (points.returncode, hours.returncode, closures.returncode) == (0, 0, 0)
    assert hours.stdout.startswith("Dry run")
    assert closures.stdout.startswith("Closures stored")


def test_a_relay_point_is_closed_after_a_look_at_who_is_concerned(tmp_path: Path) -> None:
    assert cli(tmp_path, "seed").returncode == 0

    looked = cli(tmp_path, "close-relay-point", "demo_beaune", "--on", "2030-01-02", "--dry-run")
    closed = cli(tmp_path, "close-relay-point", "demo_beaune", "--on", "2030-01-02")
    unknown = cli(tmp_path, "close-relay-point", "nowhere", "--on", "2030-01-02")

    assert "No appointment is concerned" in looked.stdout
    assert "closed from 2030-01-02" in closed.stdout
    assert (looked.returncode, closed.returncode, unknown.returncode) == (0, 0, 2)
