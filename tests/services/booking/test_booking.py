"""Holding, booking, moving and cancelling, on each real database."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.domain.booking.appointments import Appointment, Hold, State
from bot.domain.booking.openings import Opening
from bot.domain.errors import AlreadyBooked, AppointmentClosed, HoldLost, OpeningUnavailable, TooLateToChange
from bot.services import booking
from bot.storage.tables.booking import appointment_history
from bot.storage.tables.notifications import outbox
from bot.storage.unit_of_work import SqlUnitOfWork
from tests import factories
from tests.databases import unit_of_work
from tests.doubles.ports import GivenHolidays, GivenTokens
from tests.factories import MONDAY, RULES, opening, person

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
HOLD = timedelta(minutes=RULES.hold_minutes)


pytestmark = pytest.mark.usefixtures("point")


def proposed(uow: SqlUnitOfWork, now: datetime = MONDAY) -> tuple[Opening, ...]:
    return booking.propose(uow, "demo_beaune", None, now, RULES, limit=50)


def hold(uow: SqlUnitOfWork, conversation: str = "c1", at: Opening | None = None, now: datetime = MONDAY) -> Hold:
    return booking.hold(uow, at or opening(), conversation, now, RULES)


def book(
    uow: SqlUnitOfWork, conversation: str = "c1", at: Opening | None = None, key: str = "", **contact: str
) -> Appointment:
    held = hold(uow, conversation, at)
    who = person(**(contact or {"email": f"{conversation}@example.fr"}))
    return booking.book(uow, held.id, conversation, who, key or f"{conversation}:1", MONDAY, RULES)


def notices(uow: SqlUnitOfWork) -> dict[str, datetime]:
    with uow:
        rows = (
            uow._open().execute(select(outbox.c.kind, outbox.c.next_try_at).where(outbox.c.status != "dropped")).all()
        )
    return {row.kind: row.next_try_at for row in rows}


def test_an_unknown_point_proposes_nothing(uow: SqlUnitOfWork) -> None:
    assert booking.propose(uow, "nowhere", None, MONDAY, RULES) == ()


def test_other_openings_come_after_those_already_said(uow: SqlUnitOfWork) -> None:
    first = booking.propose(uow, "demo_beaune", None, MONDAY, RULES, limit=2)

    others = booking.propose(uow, "demo_beaune", None, MONDAY, RULES, limit=2, after=first[-1].starts_at)

    assert others[0].starts_at > first[-1].starts_at


def test_what_is_held_is_no_longer_proposed(uow: SqlUnitOfWork) -> None:
    hold(uow)

    assert opening().starts_at not in [each.starts_at for each in proposed(uow)]


def test_a_hold_past_its_end_is_free_again(uow: SqlUnitOfWork) -> None:
    taken = proposed(uow)[3]
    hold(uow, "c1", taken)

    assert taken not in proposed(uow, MONDAY + HOLD - MINUTE)
    assert taken in proposed(uow, MONDAY + HOLD)
    assert hold(uow, "c2", taken, MONDAY + HOLD).conversation_id == "c2"


def test_somebody_else_s_opening_is_refused_with_three_alternatives(uow: SqlUnitOfWork) -> None:
    wanted = proposed(uow)[3]
    hold(uow, "c1", wanted)

    with pytest.raises(OpeningUnavailable) as refused:
        hold(uow, "c2", wanted)

    assert len(refused.value.alternatives) == 3
    assert wanted not in refused.value.alternatives


def test_an_opening_that_was_never_offered_is_refused(uow: SqlUnitOfWork) -> None:
    for wrong in (
        opening(starts_at=MONDAY - DAY),
        opening(starts_at=opening().starts_at + 8 * HOUR),
        opening(adviser_id="nobody"),
        opening(relay_point_code="nowhere"),
        opening(minutes=15),
    ):
        with pytest.raises(OpeningUnavailable):
            hold(uow, at=wrong)


def test_a_conversation_holds_one_opening_at_a_time(uow: SqlUnitOfWork) -> None:
    first, second = proposed(uow)[2], proposed(uow)[5]
    hold(uow, at=first)

    hold(uow, at=second)

    assert first in proposed(uow)
    assert second not in proposed(uow)


def test_a_refused_opening_leaves_the_former_hold(uow: SqlUnitOfWork) -> None:
    mine, theirs = proposed(uow)[2], proposed(uow)[5]
    kept = hold(uow, "c1", mine)
    hold(uow, "c2", theirs)

    with pytest.raises(OpeningUnavailable):
        hold(uow, "c1", theirs)

    assert booking.renew(uow, kept.id, "c1", MONDAY, RULES).opening == mine


def test_a_hold_is_renewed_once(uow: SqlUnitOfWork) -> None:
    held = hold(uow)

    renewed = booking.renew(uow, held.id, "c1", MONDAY + 9 * MINUTE, RULES)
    again = booking.renew(uow, held.id, "c1", MONDAY + 15 * MINUTE, RULES)

    assert renewed.ends_at == MONDAY + 19 * MINUTE
    assert again.ends_at == renewed.ends_at


def test_an_ended_hold_and_another_s_hold_cannot_be_renewed(uow: SqlUnitOfWork) -> None:
    held = hold(uow)

    with pytest.raises(HoldLost):
        booking.renew(uow, held.id, "c2", MONDAY, RULES)
    with pytest.raises(HoldLost):
        booking.renew(uow, held.id, "c1", MONDAY + HOLD, RULES)


def test_a_released_opening_is_proposed_again(uow: SqlUnitOfWork) -> None:
    first = proposed(uow)[2]
    hold(uow, at=first)

    booking.release(uow, "c1")

    assert first in proposed(uow)


def test_a_booking_takes_the_time_and_says_so_to_the_person(uow: SqlUnitOfWork) -> None:
    booked = book(uow)

    assert booked.state is State.BOOKED
    assert booked.opening == opening(adviser_name="Camille")
    assert opening().starts_at not in [each.starts_at for each in proposed(uow, MONDAY + HOLD)]
    assert notices(uow)["appointment_booked"] == MONDAY


def test_the_reminder_is_due_two_days_before(uow: SqlUnitOfWork) -> None:
    far = proposed(uow)[-1]

    book(uow, at=far)

    assert notices(uow)["appointment_reminder"] == far.starts_at - 48 * HOUR


def test_an_appointment_too_near_for_a_reminder_has_none(uow: SqlUnitOfWork) -> None:
    book(uow)

    assert set(notices(uow)) == {"appointment_booked"}


def test_the_same_key_gives_the_same_appointment(uow: SqlUnitOfWork) -> None:
    held = hold(uow)
    booked = booking.book(uow, held.id, "c1", person(), "c1:1", MONDAY, RULES)

    again = booking.book(uow, held.id, "c1", person(), "c1:1", MONDAY + HOUR, RULES)

    assert again == booked


def test_another_conversation_s_hold_cannot_be_booked(uow: SqlUnitOfWork) -> None:
    held = hold(uow)

    with pytest.raises(HoldLost):
        booking.book(uow, held.id, "c2", person(), "c2:1", MONDAY, RULES)


def test_an_ended_hold_is_honoured_when_nobody_came(uow: SqlUnitOfWork) -> None:
    held = hold(uow)

    booked = booking.book(uow, held.id, "c1", person(), "c1:1", MONDAY + 3 * HOLD, RULES)

    assert booked.starts_at == held.opening.starts_at


def test_an_ended_hold_that_somebody_took_is_lost(uow: SqlUnitOfWork) -> None:
    held = hold(uow)
    hold(uow, "c2", now=MONDAY + HOLD)

    with pytest.raises(HoldLost):
        booking.book(uow, held.id, "c1", person(), "c1:1", MONDAY + HOLD, RULES)


def test_an_ended_hold_whose_hour_is_now_too_near_is_refused(uow: SqlUnitOfWork) -> None:
    held = hold(uow)

    with pytest.raises(OpeningUnavailable) as refused:
        booking.book(uow, held.id, "c1", person(), "c1:1", MONDAY + 20 * HOUR, RULES)

    assert refused.value.alternatives


@pytest.mark.parametrize(
    "contact", [{"email": "ana@example.fr"}, {"email": "ana2@example.fr", "phone": "+33639981234"}]
)
def test_a_person_has_one_first_appointment_to_come(uow: SqlUnitOfWork, contact: dict[str, str]) -> None:
    first = book(uow, "c1", email="ana@example.fr", phone="+33639981234")

    with pytest.raises(AlreadyBooked) as refused:
        book(uow, "c2", proposed(uow)[6], **contact)

    assert (refused.value.starts_at, refused.value.relay_point_code) == (first.starts_at, "demo_beaune")
    assert first.reference not in str(refused.value)


def test_a_past_appointment_without_outcome_does_not_forbid_another(uow: SqlUnitOfWork) -> None:
    past = book(uow, email="ana@example.fr")
    later = past.ends_at
    far = [each for each in proposed(uow, later) if each.starts_at > later + 2 * DAY][0]

    factories.booked(uow, far, by="c2", now=later)

    assert booking.prove(uow, past.reference, "ana@example.fr", "o", later, RULES).state is State.UNKNOWN


def test_a_cancelled_time_is_free_and_the_person_may_book_again(uow: SqlUnitOfWork) -> None:
    far = proposed(uow)[9]
    first = book(uow, "c1", far, email="ana@example.fr")

    cancelled = booking.cancel(uow, first, MONDAY, RULES)
    again = book(uow, "c2", far, key="c2:1", email="ana@example.fr")

    assert (cancelled.state, cancelled.sequence) == (State.CANCELLED, 1)
    assert again.starts_at == first.starts_at
    assert again.reference != first.reference


def test_cancelling_drops_the_reminder_and_says_it(uow: SqlUnitOfWork) -> None:
    first = book(uow, at=proposed(uow)[-1])

    booking.cancel(uow, first, MONDAY, RULES)
    booking.cancel(uow, first, MONDAY, RULES)

    assert set(notices(uow)) == {"appointment_booked", "appointment_cancelled"}


def test_moving_keeps_the_reference_and_frees_the_former_time(uow: SqlUnitOfWork) -> None:
    before, after = proposed(uow)[9], proposed(uow)[-1]
    first = book(uow, at=before)
    held = hold(uow, at=after)

    moved = booking.move(uow, first, held.id, MONDAY, RULES)

    assert (moved.reference, moved.sequence, moved.starts_at) == (first.reference, 1, after.starts_at)
    assert before in proposed(uow)
    assert after not in proposed(uow)
    assert notices(uow)["appointment_reminder"] == after.starts_at - 48 * HOUR
    assert notices(uow)["appointment_moved"] == MONDAY


def test_the_same_move_twice_moves_once(uow: SqlUnitOfWork) -> None:
    first = book(uow, at=proposed(uow)[9])
    held = hold(uow, at=proposed(uow)[-1])

    moves = [booking.move(uow, first, held.id, MONDAY, RULES) for _ in range(2)]

    assert moves[0] == moves[1]


def test_a_move_without_its_hold_leaves_everything(uow: SqlUnitOfWork) -> None:
    first = book(uow, at=proposed(uow)[9])

    with pytest.raises(HoldLost):
        booking.move(uow, first, "gone", MONDAY, RULES)

    assert booking.prove(uow, first.reference, "c1@example.fr", "o", MONDAY, RULES) == first


def test_changes_stop_at_the_limits_of_the_rules(uow: SqlUnitOfWork) -> None:
    first = book(uow, at=proposed(uow)[9])
    late = first.starts_at - HOUR

    with pytest.raises(TooLateToChange):
        booking.cancel(uow, first, late, RULES)
    with pytest.raises(TooLateToChange):
        booking.move(uow, first, "any", late, RULES)


def test_a_cancelled_appointment_cannot_move(uow: SqlUnitOfWork) -> None:
    first = book(uow, at=proposed(uow)[9])
    booking.cancel(uow, first, MONDAY, RULES)

    with pytest.raises(AppointmentClosed):
        booking.move(uow, first, "any", MONDAY, RULES)


def test_each_change_leaves_a_line_of_history(uow: SqlUnitOfWork) -> None:
    first = book(uow, at=proposed(uow)[9])
    held = hold(uow, at=proposed(uow)[-1])
    booking.move(uow, first, held.id, MONDAY, RULES)
    booking.cancel(uow, first, MONDAY, RULES)

    with uow:
        lines = uow._open().execute(select(appointment_history.c.what, appointment_history.c.sequence)).all()

    assert [tuple(line) for line in lines] == [("booked", 0), ("moved", 1), ("cancelled", 2)]


def test_instants_come_back_in_utc(uow: SqlUnitOfWork) -> None:
    assert book(uow).starts_at.tzinfo is timezone.utc


def test_the_terms_read_before_confirming_are_kept_with_the_appointment_whatever_becomes_of_them(
    uow: SqlUnitOfWork,
) -> None:
    held = hold(uow)

    booked = booking.book(uow, held.id, "c1", person(), "c1:1", MONDAY, RULES, terms_version="2026-11-22")
    booking.cancel(uow, booked, MONDAY, RULES)

    with uow:
        found = uow.appointments.get(booked.id)
    assert found is not None
    assert found.terms_version == "2026-11-22"


def test_a_reference_drawn_twice_is_drawn_again(engine: Engine) -> None:
    uow = unit_of_work(engine, tokens=GivenTokens(["7K4M2QX9", "7K4M2QX9", "wordwise", "8K4M2QX9"]))
    after = opening(starts_at=opening().starts_at + DAY)

    first = factories.booked(uow)
    second = factories.booked(uow, after, person(email="zoe@example.fr"), "c2")

    assert (first.reference, second.reference) == ("CEP-7K4M-2QX9", "CEP-8K4M-2QX9")


def test_nobody_receives_on_a_public_holiday(engine: Engine) -> None:
    tuesday = opening().starts_at.date()

    free = booking.propose(unit_of_work(engine, GivenHolidays(tuesday)), "demo_beaune", None, MONDAY, RULES, limit=50)

    assert free
    assert tuesday not in {each.starts_at.date() for each in free}
