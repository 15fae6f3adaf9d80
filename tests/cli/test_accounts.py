"""Accounts made and closed from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.storage.unit_of_work import SqlUnitOfWork
from tests import processes

PASSWORD = "cheval batterie agrafe correct\n"


pytestmark = pytest.mark.usefixtures("point")


@pytest.fixture
def kind() -> str:
    return "sqlite"


def run(folder: Path, *arguments: str, typed: str = PASSWORD) -> tuple[int, str]:
    settings = processes.environment(folder, DATABASE_URL=f"sqlite:///{folder / 'test.sqlite3'}")
    done = processes.run("bot.cli", *arguments, settings=settings, typed=typed)
    return done.returncode, done.stdout + done.stderr


CREATE = ("create-account", "Ines@Exemple.fr", "--name", "Inès D.", "--role", "adviser", "--point", "demo_beaune")


def test_an_account_is_made_with_its_second_factor_and_closed(uow: SqlUnitOfWork, tmp_path: Path) -> None:
    status, said = run(tmp_path, *CREATE, "--adviser", "camille")

    assert status == 0, said
    assert "otpauth://totp/CEP:ines" in said
    assert "█" in said
    assert PASSWORD.strip() not in said
    assert "ines@exemple.fr: Inès D., adviser, demo_beaune" in run(tmp_path, "list-accounts")[1]
    assert run(tmp_path, "close-account", "ines@exemple.fr") == (0, "Closed: ines@exemple.fr.\n")
    assert "(closed)" in run(tmp_path, "list-accounts")[1]


def test_what_does_not_exist_is_refused(uow: SqlUnitOfWork, tmp_path: Path) -> None:
    assert "no relay point has this code: nowhere" in run(tmp_path, *CREATE, "--point", "nowhere")[1]
    assert "no adviser is named nobody" in run(tmp_path, *CREATE, "--adviser", "nobody")[1]
    assert run(tmp_path, *CREATE, typed="court\n")[0] == 1
    assert run(tmp_path, "close-account", "nobody")[0] == 1
