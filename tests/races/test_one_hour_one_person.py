"""Two people never get one hour, because the database refuses it; without its guard, they do.

A guard nobody has seen fail proves nothing: the same race is run with `taken_quarters` stripped of
its primary key.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

from sqlalchemy import func, select, text
from sqlalchemy.engine import Engine

from bot.domain.booking.appointments import Hold
from bot.domain.errors import AlreadyBooked, BookingRefused, OpeningUnavailable, TooManyAttempts
from bot.services import booking
from bot.services.uow import Conflict
from bot.storage.engine import build_engine
from bot.storage.tables.booking import appointments, holds, taken_quarters
from tests import factories
from tests.databases import unit_of_work
from tests.factories import MONDAY, RULES, opening, person

RIVALS = 20
ALL = range(RIVALS)


def rush(attempt: Callable[[int], str], rivals: Sequence[int] = ALL) -> list[str]:
    """Run an attempt per rival, all let go at once; what each got."""
    start = Barrier(len(rivals))

    def one(number: int) -> str:
        start.wait()
        return attempt(number)

    with ThreadPoolExecutor(len(rivals)) as pool:
        return list(pool.map(one, rivals))


def take(engine: Engine, number: int) -> str:
    """Hold one hour after having seen it free, as two visitors do."""
    uow = unit_of_work(engine)
    kept = Hold(f"hold {number}", f"c{number}", opening(), MONDAY + RULES.length)
    try:
        with uow:
            uow.holds.place(kept, opening().quarters(RULES.buffer_quarters), MONDAY)
            uow.commit()
    except Conflict:
        return "refused"
    return "kept"


def strip_guard(engine: Engine) -> None:
    """`taken_quarters` as it would be without its primary key."""
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE unguarded AS SELECT * FROM taken_quarters WHERE 1 = 0"))
        connection.execute(text("DROP TABLE taken_quarters"))
        connection.execute(text("ALTER TABLE unguarded RENAME TO taken_quarters"))


def test_without_the_guard_one_hour_is_given_twice(engine: Engine) -> None:
    strip_guard(engine)

    assert rush(lambda number: take(engine, number)).count("kept") > 1


def test_with_the_guard_one_hour_is_given_once(engine: Engine) -> None:
    assert rush(lambda number: take(engine, number)).count("kept") == 1


def test_overlapping_hours_are_given_once(engine: Engine) -> None:
    def take_later(number: int) -> str:
        later = opening().quarters(10)[number % 4]
        kept = Hold(f"hold {number}", f"c{number}", replace(opening(), starts_at=later), MONDAY + RULES.length)
        try:
            with unit_of_work(engine) as uow:
                uow.holds.place(kept, kept.opening.quarters(RULES.buffer_quarters), MONDAY)
                uow.commit()
        except Conflict:
            return "refused"
        return "kept"

    assert rush(take_later).count("kept") == 1


def test_twenty_visitors_want_one_opening_and_one_holds_it(engine: Engine) -> None:
    def hold(number: int) -> str:
        try:
            booking.hold(unit_of_work(engine), opening(), f"c{number}", MONDAY, RULES)
        except OpeningUnavailable as refused:
            return f"{len(refused.alternatives)} alternatives"
        return "kept"

    got = rush(hold)

    assert got.count("kept") == 1
    assert got.count("3 alternatives") == RIVALS - 1


def test_twenty_visitors_find_an_ended_hold_and_one_takes_it(engine: Engine) -> None:
    booking.hold(unit_of_work(engine), opening(), "before", MONDAY - RULES.length, RULES)

    def hold(number: int) -> str:
        try:
            booking.hold(unit_of_work(engine), opening(), f"c{number}", MONDAY, RULES)
        except OpeningUnavailable:
            return "refused"
        return "kept"

    assert rush(hold).count("kept") == 1


def test_the_same_request_sent_twenty_times_books_once(engine: Engine) -> None:
    held = booking.hold(unit_of_work(engine), opening(), "c1", MONDAY, RULES)

    def book(_number: int) -> str:
        return booking.book(unit_of_work(engine), held.id, "c1", person(), "c1:1", MONDAY, RULES).reference

    assert len(set(rush(book))) == 1
    assert count(engine, appointments) == 1
    assert count(engine, taken_quarters) == len(opening().quarters(RULES.buffer_quarters))


def test_one_person_in_several_windows_gets_one_first_appointment(engine: Engine) -> None:
    free = booking.propose(unit_of_work(engine), "demo_beaune", None, MONDAY, RULES, limit=RIVALS)
    held = [booking.hold(unit_of_work(engine), each, f"c{number}", MONDAY, RULES) for number, each in enumerate(free)]

    def book(number: int) -> str:
        try:
            booking.book(unit_of_work(engine), held[number].id, f"c{number}", person(), f"k{number}", MONDAY, RULES)
        except AlreadyBooked:
            return "refused"
        return "booked"

    got = rush(book, range(len(held)))

    assert (got.count("booked"), got.count("refused")) == (1, len(held) - 1)


def test_the_same_move_sent_many_times_moves_once(engine: Engine) -> None:
    free = booking.propose(unit_of_work(engine), "demo_beaune", None, MONDAY, RULES, limit=RIVALS)
    booked = factories.booked(unit_of_work(engine), free[5], by="c")
    target = booking.hold(unit_of_work(engine), free[9], "c", MONDAY, RULES)

    def move(_number: int) -> str:
        moved = booking.move(unit_of_work(engine), booked, target.id, MONDAY, RULES)
        return f"{moved.starts_at} {moved.sequence}"

    assert set(rush(move, range(5))) == {f"{free[9].starts_at} 1"}
    assert count(engine, taken_quarters) == len(opening().quarters(RULES.buffer_quarters))


def test_wrong_proofs_at_once_are_all_counted(engine: Engine) -> None:
    def guess(number: int) -> str:
        try:
            booking.prove(
                unit_of_work(engine), "CEP-2222-2222", f"guess{number}@example.fr", f"o{number}", MONDAY, RULES
            )
        except TooManyAttempts:
            return "stopped"
        except BookingRefused:
            return "judged"
        return "seen"

    assert rush(guess).count("judged") <= RULES.proofs_per_hour


def test_several_processes_want_one_opening_and_one_holds_it(engine: Engine) -> None:
    url = engine.url.render_as_string(hide_password=False)
    engine.dispose()

    with multiprocessing.get_context("spawn").Pool(4) as pool:
        got = pool.starmap(_hold_in_a_process, [(url, number) for number in range(RIVALS)], chunksize=1)

    assert got.count(True) == 1
    assert count(engine, holds) == 1


def _hold_in_a_process(url: str, number: int) -> bool:
    try:
        booking.hold(unit_of_work(build_engine(url)), opening(), f"p{number}", MONDAY, RULES)
    except OpeningUnavailable:
        return False
    return True


def count(engine: Engine, table: object) -> int:
    with engine.connect() as connection:
        return int(connection.execute(select(func.count()).select_from(table)).scalar())  # type: ignore[arg-type]
