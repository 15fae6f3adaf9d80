"""`questions` lists what was not understood and drafts what has to be completed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from bot.domain.conversation.turns import Turn, TurnOutcome
from bot.services.content import unanswered
from bot.storage.engine import build_engine
from bot.storage.schema import upgrade
from tests import processes
from tests.databases import unit_of_work


def test_questions_are_listed_by_likeness_and_drafted(tmp_path: Path) -> None:
    engine = build_engine(f"sqlite:///{tmp_path / 'cep.sqlite3'}")
    upgrade(engine)
    for asked in ("il y a un parking ?", "parking gratuit ?", "je peux venir avec mon chien"):
        turn = Turn(TurnOutcome.FALLBACK, near="out_of_scope", is_kept=True)
        unanswered.note(unit_of_work(engine), turn, asked, date(2026, 11, 23))
    engine.dispose()
    into = tmp_path / "drafts"

    done = processes.run(
        "bot.cli", "questions", "--at-least", "2", "--into", str(into), settings=processes.environment(tmp_path)
    )

    assert done.returncode == 0, done.stderr
    assert "il y a un parking ?" in done.stdout
    assert "chien" not in done.stdout
    assert "1 groups." in done.stdout
    assert sorted(path.name for path in into.iterdir()) == ["01_conversation.txt", "01_entry.yml", "01_examples.yml"]


def test_nothing_waits_in_a_new_installation(tmp_path: Path) -> None:
    settings = processes.environment(tmp_path)
    processes.run("bot.cli", "migrate", settings=settings)

    done = processes.run("bot.cli", "questions", settings=settings)

    assert (done.returncode, done.stdout.strip()) == (0, "No question waits for an answer.")
