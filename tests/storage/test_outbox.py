"""The outbox: written once, emptied by any number of workers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from bot.domain.notifications.notices import DeliveryMethod
from bot.storage.repositories.notifications import CLAIMED_FOR, OutboxRepository
from tests.databases import POSTGRES_URL, database, unit_of_work

NOW = datetime(2026, 11, 23, 9, tzinfo=timezone.utc)


def add(engine: Engine, kind: str, due_at: datetime = NOW) -> None:
    with unit_of_work(engine) as uow:
        uow.outbox.add(kind, "a1", due_at, {"sequence": "0"})
        uow.commit()


def kinds(engine: Engine, now: datetime = NOW) -> list[str]:
    with unit_of_work(engine) as uow:
        return [notice.kind for notice in uow.outbox.claim(now, 10)]


def test_a_notice_is_given_from_its_hour_on(engine: Engine) -> None:
    add(engine, "reminder", NOW + timedelta(hours=1))

    assert kinds(engine) == []
    assert kinds(engine, NOW + timedelta(hours=1)) == ["reminder"]


def test_what_is_not_committed_is_not_sent(engine: Engine) -> None:
    with unit_of_work(engine) as uow:
        uow.outbox.add("booked", "a1", NOW, {})

    assert kinds(engine) == []


def test_a_withdrawn_notice_is_not_sent_and_others_are(engine: Engine) -> None:
    add(engine, "booked")
    add(engine, "reminder")

    with unit_of_work(engine) as uow:
        uow.outbox.withdraw("a1", "reminder", NOW)
        uow.commit()

    assert kinds(engine) == ["booked"]


def test_a_failed_notice_comes_back_at_its_hour_with_its_tries_counted(engine: Engine) -> None:
    add(engine, "booked")
    with unit_of_work(engine) as uow:
        (notice,) = uow.outbox.claim(NOW, 10)
        uow.outbox.retry(notice.id, NOW + timedelta(minutes=5))
        uow.commit()

    assert kinds(engine) == []
    with unit_of_work(engine) as uow:
        (again,) = uow.outbox.claim(NOW + timedelta(minutes=5), 10)
    assert again.attempts == 1
    assert again.payload == {"sequence": "0"}


@pytest.mark.parametrize(
    "end", [partial(OutboxRepository.sent, way=DeliveryMethod.EMAIL), partial(OutboxRepository.drop, reason="too_late")]
)
def test_a_finished_notice_never_comes_back(engine: Engine, end: Callable[..., None]) -> None:
    add(engine, "booked")
    with unit_of_work(engine) as uow:
        (notice,) = uow.outbox.claim(NOW, 10)
        end(uow.outbox, notice.id, NOW)
        uow.commit()

    assert kinds(engine, NOW + timedelta(days=9)) == []
    with unit_of_work(engine) as uow:
        assert uow.outbox.oldest_waiting() is None


def test_a_claimed_notice_is_given_to_nobody_else_until_its_claimer_is_taken_for_dead(engine: Engine) -> None:
    add(engine, "booked")
    with unit_of_work(engine) as uow:
        uow.outbox.claim(NOW, 10)
        uow.commit()

    assert kinds(engine, NOW + CLAIMED_FOR - timedelta(seconds=1)) == []
    assert kinds(engine, NOW + CLAIMED_FOR) == ["booked"]


def test_a_notice_that_failed_is_still_late_and_one_put_off_is_not(engine: Engine) -> None:
    add(engine, "booked")
    later = NOW + timedelta(hours=1)
    with unit_of_work(engine) as uow:
        (notice,) = uow.outbox.claim(NOW, 10)
        uow.outbox.retry(notice.id, later)
        assert uow.outbox.oldest_waiting() == NOW
        uow.outbox.postpone(notice.id, later)
        assert uow.outbox.oldest_waiting() == later


def test_the_oldest_waiting_notice_is_known(engine: Engine) -> None:
    add(engine, "booked", NOW + timedelta(hours=2))
    add(engine, "reminder", NOW)

    with unit_of_work(engine) as uow:
        assert uow.outbox.oldest_waiting() == NOW


@pytest.mark.skipif(not POSTGRES_URL, reason="two workers share the queue on PostgreSQL alone")
def test_two_workers_are_never_given_the_same_notice(tmp_path: Path) -> None:
    with database("postgresql", tmp_path) as engine:
        add(engine, "booked")
        add(engine, "reminder")

        with unit_of_work(engine) as first, unit_of_work(engine) as second:
            given = first.outbox.claim(NOW, 1)
            rest = second.outbox.claim(NOW, 10)

        assert {each.id for each in given}.isdisjoint(each.id for each in rest)
        assert len(given) + len(rest) == 2
