"""The commands, in a process of their own on a database of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {**os.environ, "CEP_VAR": str(tmp_path), "DATABASE_URL": f"sqlite:///{tmp_path / 'cep.sqlite3'}"}


def cli(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bot.cli", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_the_demonstration_network_can_be_stored_again_and_again(environment: dict[str, str]) -> None:
    first, again = cli(environment, "seed"), cli(environment, "seed")

    assert (first.returncode, again.returncode) == (0, 0)
    assert "added: 21" in first.stdout
    assert "unchanged: 21" in again.stdout


def test_a_dry_run_reports_bad_rows_and_stores_nothing(environment: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "points.csv"
    file.write_text(
        "code,name,postcode,city,department,latitude,longitude\n"
        "a,Point A,21200,Beaune,21,47.02,4.83\n"
        "b,Point B,212,Beaune,21,47.02,4.83\n",
        encoding="utf-8",
    )

    tried = cli(environment, "import-relay-points", str(file), "--dry-run")
    done = cli(environment, "import-relay-points", str(file))

    assert tried.returncode == done.returncode == 1
    assert "line 3, postcode" in tried.stdout
    assert "added: 1 (a)" in tried.stdout
    assert "added: 1 (a)" in done.stdout


def test_a_file_that_is_not_there_is_said(environment: dict[str, str], tmp_path: Path) -> None:
    asked = cli(environment, "import-relay-points", str(tmp_path / "missing.csv"))

    assert asked.returncode == 2
    assert "No such file" in asked.stderr


def test_notices_are_counted_with_their_reasons(environment: dict[str, str]) -> None:
    cli(environment, "migrate")

    counted, again = cli(environment, "notices"), cli(environment, "notices", "--again", "email:SMTP550")

    assert (counted.returncode, counted.stdout) == (0, "")
    assert again.stdout == "Given back to the worker: 0\n"
