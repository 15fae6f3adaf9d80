"""A backup, really made and restored on PostgreSQL: what people had erased since does not come back with it."""

from __future__ import annotations

import os
import subprocess
import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SessionStarted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from bot.assistant.rasa.tracker_store import CepTrackerStore
from bot.services.conversations import transcript
from bot.services.conversations.transcript import Incoming
from bot.services.privacy import data_subject_requests, erasure_log
from bot.storage.engine import build_engine
from bot.storage.rasa_memory import RasaMemory
from bot.storage.schema import upgrade
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.databases import KINDS, POSTGRES_URL, database, unit_of_work
from tests.factories import MONDAY, RULES, booked, open_a_point, opening, person
from tests.processes import ROOT, environment

LEAVES, STAYS = "dev-who-leaves", "dev-who-stays"
WORDS = "Je m'appelle Zyxo"


@pytest.fixture
def two_databases() -> Iterator[tuple[str, str]]:
    """The addresses of two databases of one server."""
    if not POSTGRES_URL:
        pytest.skip("PostgreSQL alone is backed up this way")
    names = [f"backup_{uuid.uuid4().hex[:12]}" for _ in range(2)]
    server = create_engine(POSTGRES_URL, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        for name in names:
            connection.execute(text(f"CREATE DATABASE {name}"))
    first, second = (make_url(POSTGRES_URL).set(database=name).render_as_string(hide_password=False) for name in names)
    yield first, second
    with server.connect() as connection:
        for name in names:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()


async def test_what_was_erased_since_the_backup_does_not_come_back(
    two_databases: tuple[str, str], tmp_path: Path
) -> None:
    first, second = two_databases
    engine = build_engine(first)
    upgrade(engine)
    uow = unit_of_work(engine)
    open_a_point(uow)
    await talk_and_book(uow, first, LEAVES, "zyxo.leaves@example.fr", 0)
    await talk_and_book(uow, first, STAYS, "zyxo.stays@example.fr", 1)
    backup = tmp_path / "cep.dump"
    tool("backup", first, tmp_path, str(backup))
    memory = RasaMemory(engine, "rasa")
    data_subject_requests.let_go(uow, LEAVES, MONDAY, RULES, cancel=True)
    erasure_log.replay(uow, memory, [f"conversation {LEAVES}"], MONDAY)
    fresher = tmp_path / "fresher.erased"
    fresher.write_text("\n".join(erasure_log.erased(uow)), encoding="utf-8")
    engine.dispose()

    tool("restore", second, tmp_path, str(backup), str(fresher))

    restored = everything(second)
    assert LEAVES not in restored.replace(f"'{LEAVES}', datetime", "")
    assert "zyxo.leaves@example.fr" not in restored
    assert "zyxo.stays@example.fr" in restored
    assert restored.count(WORDS) == everything(first).count(WORDS) > 0


async def test_the_backup_did_hold_it(two_databases: tuple[str, str], tmp_path: Path) -> None:
    first, second = two_databases
    engine = build_engine(first)
    upgrade(engine)
    uow = unit_of_work(engine)
    open_a_point(uow)
    await talk_and_book(uow, first, LEAVES, "zyxo.leaves@example.fr", 0)
    engine.dispose()
    tool("backup", first, tmp_path, str(tmp_path / "cep.dump"))

    tool("restore", second, tmp_path, str(tmp_path / "cep.dump"))

    assert "zyxo.leaves@example.fr" in everything(second)


def test_without_a_list_of_erasures_nothing_is_restored(tmp_path: Path) -> None:
    (tmp_path / "cep.dump").write_bytes(b"")

    ended = subprocess.run(
        ["tools/restore.sh", str(tmp_path / "cep.dump")],
        cwd=ROOT,
        env={**environment(tmp_path), "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == 1
    assert "No list of erasures" in ended.stderr


@pytest.mark.parametrize("kind", KINDS)
def test_a_list_that_is_not_one_erases_nothing(kind: str, tmp_path: Path) -> None:
    with database(kind, tmp_path) as engine:
        uow = unit_of_work(engine)
        transcript.receive(uow, LEAVES, "dev", Incoming(WORDS), MONDAY)

        with pytest.raises(erasure_log.ListRefused, match="line 2"):
            erasure_log.replay(uow, RasaMemory(engine), [f"conversation {LEAVES}", "DROP everything now"], MONDAY)

        assert transcript.state_of(uow, LEAVES) is not None


async def talk_and_book(uow: SqlUnitOfWork, url: str, conversation: str, email: str, day: int) -> None:
    transcript.receive(uow, conversation, "dev", Incoming(WORDS), MONDAY)
    wanted = opening(starts_at=opening().starts_at + timedelta(days=day))
    booked(uow, wanted, person(email=email), conversation)
    store = CepTrackerStore(domain=Domain.empty(), host=url)
    told = DialogueStateTracker.from_events(conversation, [SessionStarted(), UserUttered(WORDS)], slots=[])
    await store.save(told)
    store.engine.dispose()


def tool(name: str, url: str, folder: Path, *arguments: str) -> None:
    settings = {**environment(folder), "DATABASE_URL": url, "CEP_NOW": MONDAY.isoformat()}
    ended = subprocess.run(
        [f"tools/{name}.sh", *arguments], cwd=ROOT, env=settings, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr[-2000:]


def everything(url: str) -> str:
    """Every row of every table, ours and Rasa's."""
    engine = build_engine(url)
    with engine.connect() as connection:
        named = "SELECT schemaname || '.' || tablename FROM pg_tables WHERE schemaname IN ('public', 'rasa')"
        found = [
            str(connection.execute(text(f"SELECT * FROM {table}")).all())
            for table in connection.execute(text(named)).scalars().all()
        ]
    engine.dispose()
    assert os.environ.get("TEST_POSTGRES_URL")
    return "\n".join(found)
