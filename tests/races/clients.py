"""Fifty visitors in several processes, all let go at once, each on connections of its own process."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta
from multiprocessing.synchronize import Barrier
from typing import Any

from sqlalchemy.engine import Engine

from bot.domain.booking.appointments import Hold
from bot.domain.booking.openings import Opening
from bot.domain.errors import OpeningUnavailable
from bot.services import booking
from bot.services.uow import Conflict
from bot.storage.engine import build_engine
from tests.databases import unit_of_work
from tests.factories import MONDAY, RULES, opening, person

PROCESSES = 5
CLIENTS_EACH = 10
CLIENTS = PROCESSES * CLIENTS_EACH
START_SECONDS = 120
TRIES = 80

Client = Callable[[Engine, int], str]
"""A function of this module, so that another process finds it."""
Rush = Callable[[Engine, Client], list[str]]

_let_go: Barrier | None = None


@contextmanager
def fifty_clients() -> Iterator[Rush]:
    """Processes started once, and what lets their clients go at a database: what each of the fifty got."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(PROCESSES, initializer=_remember, initargs=(context.Barrier(PROCESSES),)) as pool:

        def rush(engine: Engine, client: Client) -> list[str]:
            url = engine.url.render_as_string(hide_password=False)
            engine.dispose()
            groups = pool.starmap(_group, [(url, client, first) for first in range(0, CLIENTS, CLIENTS_EACH)], 1)
            return [got for group in groups for got in group]

        yield rush


def hold_only(engine: Engine, number: int) -> str:
    """Hold the opening everybody wants; the one who has it books it."""
    name = f"c{number}"
    try:
        held = booking.hold(unit_of_work(engine), opening(), name, MONDAY, RULES)
    except OpeningUnavailable as taken:
        return f"{len(taken.alternatives)} alternatives"
    return _book(engine, held, number)


def book_something(engine: Engine, number: int) -> str:
    """Want the same opening as everybody, then take whatever is offered instead, until one is booked."""
    wanted: Sequence[Opening] = (opening(),)
    for _ in range(TRIES):
        try:
            held = booking.hold(unit_of_work(engine), wanted[number % len(wanted)], f"c{number}", MONDAY, RULES)
        except OpeningUnavailable as taken:
            wanted = taken.alternatives
            continue
        return _book(engine, held, number)
    return "gave up"


def place_without_looking(engine: Engine, number: int) -> str:
    """Take the opening's quarters, as the last instruction of somebody who has just seen them free."""
    kept = Hold(f"hold {number}", f"c{number}", opening(), MONDAY + timedelta(minutes=10))
    try:
        with unit_of_work(engine) as uow:
            uow.holds.place(kept, opening().quarters(RULES.buffer_quarters), MONDAY)
            uow.commit()
    except Conflict:
        return "refused"
    return "kept"


def _book(engine: Engine, held: Hold, number: int) -> str:
    who = person(email=f"client{number}@example.fr")
    key = f"c{number}:1"
    return booking.book(unit_of_work(engine), held.id, f"c{number}", who, key, MONDAY, RULES).reference


def _group(url: str, client: Client, first: int) -> list[str]:
    assert _let_go is not None
    engine = build_engine(url)
    _let_go.wait(START_SECONDS)
    try:
        with ThreadPoolExecutor(CLIENTS_EACH) as pool:
            return list(pool.map(lambda number: client(engine, number), range(first, first + CLIENTS_EACH)))
    finally:
        engine.dispose()


def _remember(let_go: Any) -> None:
    global _let_go
    _let_go = let_go


def starts_by_adviser(rows: Sequence[tuple[str, datetime]]) -> dict[str, list[datetime]]:
    """Starts in order, by adviser."""
    found: dict[str, list[datetime]] = {}
    for adviser, start in sorted(rows):
        found.setdefault(adviser, []).append(start)
    return found
