"""One transaction: kept when committed, undone when left."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy.engine import Engine

from tests.databases import unit_of_work
from tests.factories import MONDAY, relay_point


def test_what_is_not_committed_is_undone(engine: Engine) -> None:
    with unit_of_work(engine) as uow:
        uow.relay_points.save(relay_point())

    with unit_of_work(engine) as uow:
        assert uow.relay_points.get("demo_beaune") is None


def test_an_error_undoes_everything(engine: Engine) -> None:
    def save_and_fail() -> None:
        with unit_of_work(engine) as uow:
            uow.relay_points.save(relay_point())
            raise LookupError

    with pytest.raises(LookupError):
        save_and_fail()

    with unit_of_work(engine) as uow:
        assert uow.relay_points.get("demo_beaune") is None


def test_what_is_committed_stays(engine: Engine) -> None:
    point = relay_point(serves=frozenset({"21", "71"}), step_free=True)
    with unit_of_work(engine) as uow:
        uow.relay_points.save(point)
        uow.commit()

    with unit_of_work(engine).reading() as view:
        assert view.relay_points.get("demo_beaune") == point


def test_a_unit_of_work_serves_several_transactions_in_turn(engine: Engine) -> None:
    uow = unit_of_work(engine)
    for code in ("one", "two"):
        with uow:
            uow.relay_points.save(relay_point(code=code))
            uow.commit()

    with uow:
        assert [point.code for point in uow.relay_points.open_on(MONDAY.date())] == ["one", "two"]


def test_it_cannot_be_entered_twice_nor_used_outside(engine: Engine) -> None:
    uow = unit_of_work(engine)
    with uow, pytest.raises(RuntimeError, match="already open"):
        uow.__enter__()
    with pytest.raises(RuntimeError, match="enter"):
        uow.commit()


def test_readers_go_on_while_somebody_writes(engine: Engine) -> None:
    with unit_of_work(engine) as writing:
        writing.relay_points.save(relay_point())
        with unit_of_work(engine).reading() as view:
            assert view.relay_points.get("demo_beaune") is None


def test_writers_wait_for_their_turn(engine: Engine) -> None:
    def save(number: int) -> None:
        with unit_of_work(engine) as uow:
            uow.relay_points.save(relay_point(code=f"point_{number}"))
            uow.commit()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(save, range(40)))

    with unit_of_work(engine) as uow:
        assert len(uow.relay_points.open_on(MONDAY.date())) == 40
