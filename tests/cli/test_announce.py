"""`announce` says what is missing in French, then where to go, and gives up with the reasons."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests import processes
from tests.mail_servers import free_port
from tests.web_servers import Answering, web_server


def announce(folder: Path, answer: Answering | None, *options: str) -> Any:
    if answer is None:
        settings = processes.environment(folder, CEP_WEB_PORT=str(free_port()))
        return processes.run("bot.cli", "announce", *options, settings=settings)
    with web_server(answer) as address:
        settings = processes.environment(folder, CEP_WEB_PORT=str(urlsplit(address).port))
        return processes.run("bot.cli", "announce", *options, settings=settings)


def test_once_all_is_ready_the_addresses_are_said(tmp_path: Path) -> None:
    done = announce(tmp_path, lambda *_: (200, {"status": "ok"}))

    assert done.returncode == 0
    assert done.stdout.startswith("Prêt\u00a0: http://127.0.0.1:")
    assert "http://127.0.0.1:5005" in done.stdout
    assert "make talk" in done.stdout


def test_what_still_starts_is_said_until_it_is_there(tmp_path: Path) -> None:
    waiting = [{"faults": ["no model is loaded", "the job holds does not run"]}] * 2

    def answer(path: str, _: Any) -> tuple[int, Any]:
        assert path == "/health/ready"
        return (503, waiting.pop()) if waiting else (200, {"status": "ok"})

    done = announce(tmp_path, answer, "--every", "0")

    lines = done.stdout.splitlines()
    assert done.returncode == 0
    assert lines[0] == "En cours de démarrage\u00a0: le chargement du modèle, le ménage des horaires gardés."
    assert lines[-1].startswith("Prêt")


def test_it_gives_up_with_the_reasons(tmp_path: Path) -> None:
    done = announce(
        tmp_path, lambda *_: (503, {"faults": ["the database does not answer", "a new fault"]}), "--seconds", "0"
    )

    assert done.returncode == 1
    assert "la base de données, a new fault" in done.stderr
    assert "Prêt" not in done.stdout


def test_a_site_that_is_not_there_is_what_still_starts(tmp_path: Path) -> None:
    done = announce(tmp_path, None, "--seconds", "0")

    assert done.returncode == 1
    assert "le site" in done.stderr
