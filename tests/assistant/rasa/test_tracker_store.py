"""Rasa's stores, hardened."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import pytest
from rasa.core.lock_store import InMemoryLockStore
from rasa.core.tracker_store import FailSafeTrackerStore, InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig
from sqlalchemy import inspect, text

from bot.assistant.rasa.database import SCHEMA
from bot.assistant.rasa.lock_store import CepLockStore
from bot.assistant.rasa.tracker_store import CepTrackerStore, StoreRefused, install
from tests.databases import POSTGRES_URL, database

ID = "dev-visitor1"
DOMAIN = Domain.from_yaml(
    "slots: {place: {type: any, mappings: [{type: custom}]}, case_closed: {type: any, mappings: [{type: custom}]}}"
)
needs_postgres = pytest.mark.skipif(not POSTGRES_URL, reason="TEST_POSTGRES_URL is not set")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=needs_postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return str(POSTGRES_URL) if request.param == "postgresql" else f"sqlite:///{tmp_path / 'rasa.sqlite3'}"


@pytest.fixture
def store(url: str) -> CepTrackerStore:
    made = CepTrackerStore(Domain.empty(), host=url)
    with made.engine.begin() as connection:
        connection.execute(text("DELETE FROM events"))
    return made


def tracker(conversation_id: str, said: str = "bonjour") -> DialogueStateTracker:
    return DialogueStateTracker.from_events(conversation_id, [ActionExecuted("action_listen"), UserUttered(said)])


@needs_postgres
def test_processes_that_start_together_find_their_tables(tmp_path: Path) -> None:
    with database("postgresql", tmp_path) as engine, ThreadPoolExecutor(6) as processes:
        fresh = engine.url.render_as_string(hide_password=False)
        for made in [processes.submit(CepTrackerStore, Domain.empty(), host=fresh) for _ in range(6)]:
            made.result().engine.dispose()


async def test_a_conversation_survives_a_restart(store: CepTrackerStore, url: str) -> None:
    await store.save(tracker(ID))

    again = await CepTrackerStore(DOMAIN, host=url).retrieve(ID)

    assert again is not None
    assert [type(event) for event in again.events] == [ActionExecuted, UserUttered]


@pytest.mark.parametrize("foreign", ["\0", "dev-\0aaaaaa", "default", "a" * 300, "dev-aaaaaa'--"], ids=range(5))
async def test_a_foreign_identifier_never_reaches_the_database(store: CepTrackerStore, foreign: str) -> None:
    with pytest.raises(StoreRefused):
        await store.retrieve(foreign)
    with pytest.raises(StoreRefused):
        await store.retrieve_full_tracker(foreign)
    with pytest.raises(StoreRefused):
        await store.save(tracker(foreign))


async def test_a_closed_case_starts_a_session_that_keeps_what_is_known(store: CepTrackerStore) -> None:
    store.domain = DOMAIN
    ended = [SlotSet("place", "Beaune"), SlotSet("case_closed", True), ActionExecuted("action_listen")]
    held = tracker(ID)
    held.update_with_events(ended, DOMAIN)
    await store.save(held)

    for said in ("et après ?", "merci"):
        turn = await store.retrieve(ID)
        assert turn is not None
        turn.update_with_events([UserUttered(said), ActionExecuted("action_listen")], DOMAIN)
        await store.save(turn)

    now, whole = await store.retrieve(ID), await store.retrieve_full_tracker(ID)
    assert now is not None
    assert whole is not None
    assert (now.get_slot("place"), now.get_slot("case_closed")) == ("Beaune", None)
    assert [event.text for event in now.events if isinstance(event, UserUttered)] == ["et après ?", "merci"]
    assert [event.text for event in whole.events if isinstance(event, UserUttered)][0] == "bonjour"
    assert sum(isinstance(event, SessionStarted) for event in whole.events) == 1


async def test_saving_again_stores_only_what_is_new(store: CepTrackerStore) -> None:
    store.domain = DOMAIN
    await store.save(tracker(ID))
    read = await store.retrieve(ID)
    assert read is not None

    read.update_with_events([SlotSet("place", "Beaune")], DOMAIN)
    await store.save(read)
    read.update_with_events([SlotSet("place", "Nevers")], DOMAIN)
    await store.save(read)
    await store.save(read.copy())

    whole = await store.retrieve_full_tracker(ID)
    assert whole is not None
    assert list(whole.events) == list(read.events)


async def test_a_value_the_driver_refuses_does_not_end_the_process(store: CepTrackerStore) -> None:
    def refuse() -> None:
        with store.session_scope():
            raise ValueError("A string literal cannot contain NUL")

    with pytest.raises(StoreRefused) as refused:
        refuse()
    assert "NUL" not in str(refused.value)


async def test_a_nul_in_the_text_is_stored_or_refused_and_the_next_one_works(store: CepTrackerStore) -> None:
    held = tracker(ID, "bon\0jour")
    held.update(SlotSet("place", "\0"))

    await store.save(held)
    await store.save(tracker("dev-visitor2"))

    assert await CepTrackerStore(DOMAIN, host=str(store.engine.url.render_as_string(False))).retrieve("dev-visitor2")


async def test_an_error_does_not_print_what_was_said(store: CepTrackerStore) -> None:
    with store.engine.begin() as connection:
        connection.execute(text("DROP TABLE events"))

    with pytest.raises(Exception, match="events") as failure:
        await store.save(tracker(ID, "Camille Martin"))

    assert "Camille" not in str(failure.value)


def test_what_is_old_can_be_found_by_date(store: CepTrackerStore) -> None:
    schema = SCHEMA if store.engine.dialect.name == "postgresql" else None

    columns = [index["column_names"] for index in inspect(store.engine).get_indexes("events", schema=schema)]

    assert ["timestamp"] in columns


@needs_postgres
def test_on_postgresql_rasa_keeps_to_its_own_schema() -> None:
    made = CepTrackerStore(Domain.empty(), host=POSTGRES_URL)

    assert inspect(made.engine).has_table("events", schema=SCHEMA)
    assert not inspect(made.engine).has_table("events", schema="public")


def test_on_sqlite_readers_do_not_wait_for_the_writer(tmp_path: Path) -> None:
    made = CepTrackerStore(Domain.empty(), host=f"sqlite:///{tmp_path / 'new' / 'rasa.sqlite3'}")

    with made.engine.connect() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"


def test_a_store_without_an_address_is_refused() -> None:
    with pytest.raises(StoreRefused):
        CepTrackerStore(Domain.empty(), host=None)


def agent(tracker_store: object, lock_store: object) -> SimpleNamespace:
    return SimpleNamespace(
        tracker_store=tracker_store, lock_store=lock_store, processor=SimpleNamespace(tracker_store=tracker_store)
    )


def test_the_agent_gets_its_own_store_back(store: CepTrackerStore) -> None:
    wrapped = agent(FailSafeTrackerStore(store), CepLockStore())

    install(wrapped)  # type: ignore[arg-type]

    assert wrapped.tracker_store is store
    assert wrapped.processor.tracker_store is store


def test_a_store_that_is_not_ours_stops_the_start(store: CepTrackerStore) -> None:
    with pytest.raises(StoreRefused, match="InMemoryTrackerStore"):
        install(agent(FailSafeTrackerStore(InMemoryTrackerStore(Domain.empty())), CepLockStore()))  # type: ignore[arg-type]
    with pytest.raises(StoreRefused, match="InMemoryLockStore"):
        install(agent(store, InMemoryLockStore()))  # type: ignore[arg-type]


async def held_together(first: CepLockStore, second: CepLockStore, same: bool) -> bool:
    async with first.lock(ID):
        waiting = asyncio.ensure_future(_enter(second, ID if same else "dev-visitor2"))
        await asyncio.sleep(0.3)
        entered = waiting.done()
    await waiting
    return entered


async def _enter(store: CepLockStore, conversation_id: str) -> None:
    async with store.lock(conversation_id):
        pass


async def test_one_turn_at_a_time_in_a_process(url: str) -> None:
    store = CepLockStore(EndpointConfig(url=url))

    assert not await held_together(store, store, same=True)
    assert await held_together(store, store, same=False)


@needs_postgres
async def test_one_turn_at_a_time_between_processes() -> None:
    first, second = (CepLockStore(EndpointConfig(url=POSTGRES_URL)) for _ in range(2))

    assert not await held_together(first, second, same=True)
    assert await held_together(first, second, same=False)


async def test_a_turn_that_fails_frees_the_conversation(url: str) -> None:
    store = CepLockStore(EndpointConfig(url=url))
    with pytest.raises(RuntimeError):
        async with store.lock(ID):
            raise RuntimeError

    await asyncio.wait_for(_enter(store, ID), 5)


async def test_a_crowd_waits_its_turn_without_stopping_the_others(url: str) -> None:
    store = CepLockStore(EndpointConfig(url=url))

    async def turn(number: int) -> None:
        async with store.lock(f"dev-visitor{number}"):
            await asyncio.sleep(0.02)

    # Twice as many as the database's pool has connections: waiting for one inside the loop would never end.
    await asyncio.wait_for(asyncio.gather(*(turn(number) for number in range(50))), 25)
