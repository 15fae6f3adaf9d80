"""What the database itself refuses about appointments, whatever the code does."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Engine

from bot.domain.booking.appointments import Appointment, Person, State
from bot.services.uow import Conflict
from bot.storage.tables.booking import appointments
from tests.databases import unit_of_work
from tests.factories import MONDAY, opening, person

BOTH = person(phone="+33639981234")
_numbers = count()


pytestmark = pytest.mark.usefixtures("point")


def store(engine: Engine, who: Person, key: str = "", **changes: object) -> Appointment:
    number = next(_numbers)
    made = Appointment(str(number), f"CEP-{number}", who, opening(), State.BOOKED, MONDAY)
    made = replace(made, **changes)  # type: ignore[arg-type]
    with unit_of_work(engine) as uow:
        uow.appointments.add(made, key or str(number))
        uow.commit()
    return made


@pytest.mark.parametrize("again", [BOTH, replace(BOTH, phone=None), replace(BOTH, email="other@example.fr")])
def test_one_contact_has_one_first_appointment_to_come(engine: Engine, again: Person) -> None:
    store(engine, BOTH)

    with pytest.raises(Conflict):
        store(engine, again)


@pytest.mark.parametrize("changes", [{"state": State.CANCELLED}, {"state": State.SEEN}, {"rank": 2}])
def test_what_is_over_or_a_later_interview_forbids_nothing(engine: Engine, changes: dict[str, object]) -> None:
    store(engine, BOTH, **changes)

    store(engine, BOTH)


def test_other_people_are_not_in_the_way(engine: Engine) -> None:
    store(engine, person(email="one@example.fr"))
    store(engine, person(email="two@example.fr"))
    store(engine, Person("Ana", "Diaz", None, "+33639980001"))
    store(engine, Person("Ana", "Diaz", None, "+33639980002"))


def test_a_key_books_once(engine: Engine) -> None:
    store(engine, person(), key="c1:1")

    with pytest.raises(Conflict):
        store(engine, person(email="other@example.fr"), key="c1:1")


def test_a_contact_is_compared_by_digests_that_do_not_tell_it(engine: Engine) -> None:
    store(engine, BOTH)

    with engine.connect() as connection:
        (row,) = connection.execute(appointments.select()).all()

    assert len({row.email_digest, row.phone_digest}) == 2
    assert "ana" not in row.email_digest


def test_a_quarter_belongs_to_a_hold_or_to_an_appointment_never_to_nobody(engine: Engine) -> None:
    orphan = text("INSERT INTO taken_quarters (adviser_id, quarter_at) VALUES ('camille', '2026-11-24 09:00:00')")

    with pytest.raises(Exception, match="one_owner"), engine.begin() as connection:
        connection.execute(orphan)
