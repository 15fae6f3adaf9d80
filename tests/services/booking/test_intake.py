"""What a person prepared reaches the adviser they agreed to, line by line, and can be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time, timedelta

import pytest
from sqlalchemy import select

from bot.domain.booking.appointments import Appointment
from bot.domain.booking.intake import Topic
from bot.domain.conversation.conversations import Line
from bot.domain.conversation.handovers import AdviserHours, HalfDay, Handover
from bot.domain.errors import NothingToPrepareFor
from bot.domain.privacy.retention import Retention
from bot.services import booking
from bot.services.booking import intake
from bot.services.conversations import handover, live_chat, transcript
from bot.services.conversations.transcript import Incoming
from bot.services.privacy import erasure, retention
from bot.storage.schema import all_tables
from bot.storage.unit_of_work import SqlUnitOfWork
from tests import factories
from tests.factories import MONDAY, RULES, open_a_point, opening
from tests.transcripts import history

ID = "w-visitor1"
HOURS = AdviserHours(tuple(HalfDay(day, time(9), time(12)) for day in range(5)))
SAID = {Topic.HOPE: "changer de métier", Topic.SITUATION: "vendeuse depuis dix ans"}
DAY = timedelta(days=1)


class Memory:
    def erase(self, ids: Sequence[str]) -> None:
        """Nothing is remembered here."""


def booked(uow: SqlUnitOfWork) -> Appointment:
    open_a_point(uow)
    return factories.booked(uow, by=ID)


def talked(uow: SqlUnitOfWork, said: str = "bonjour", expects: str | None = None) -> None:
    received = transcript.receive(uow, ID, "web", Incoming(said), MONDAY)
    transcript.answer(uow, ID, received.message.id, [Line("Je vous écoute", expects=expects)], MONDAY)


def asked(uow: SqlUnitOfWork) -> Handover:
    talked(uow, "un conseiller")
    handover.ask(uow, ID, None, MONDAY, HOURS, live=False)
    with uow:
        found = uow.handovers.open_for(ID)
    assert found is not None
    return found


def shown(uow: SqlUnitOfWork, appointment: Appointment) -> list[tuple[Topic, str]] | None:
    with uow:
        found = intake.for_appointment(uow, appointment.id)
    return [(line.topic, line.text) for line in found.lines] if found else None


def requested(uow: SqlUnitOfWork, request: Handover) -> list[str] | None:
    with uow:
        found = intake.for_request(uow, request)
    return [line.text for line in found.lines] if found else None


def everything(uow: SqlUnitOfWork) -> str:
    with uow:
        return str([uow._open().execute(select(table)).all() for table in all_tables().sorted_tables])


def test_nothing_is_kept_when_nobody_would_read_it(uow: SqlUnitOfWork) -> None:
    talked(uow)

    with pytest.raises(NothingToPrepareFor):
        intake.agree(uow, ID, SAID, MONDAY)

    assert "changer de métier" not in everything(uow)


def test_the_adviser_of_the_appointment_reads_the_lines_in_their_order(uow: SqlUnitOfWork) -> None:
    appointment = booked(uow)

    found = intake.agree(uow, ID, SAID, MONDAY)

    assert (found.appointment, found.request) == (appointment, None)
    assert shown(uow, appointment) == [
        (Topic.SITUATION, "vendeuse depuis dix ans"),
        (Topic.HOPE, "changer de métier"),
    ]


def test_what_is_for_an_appointment_is_not_for_whoever_answers_a_request(uow: SqlUnitOfWork) -> None:
    booked(uow)
    intake.agree(uow, ID, SAID, MONDAY)

    request = asked(uow)

    assert requested(uow, request) is None


def test_who_answers_the_request_reads_what_was_agreed_for_it(uow: SqlUnitOfWork) -> None:
    request = asked(uow)

    intake.agree(uow, ID, SAID, MONDAY)

    assert requested(uow, request) == ["vendeuse depuis dix ans", "changer de métier"]


def test_agreeing_again_replaces_what_was_agreed(uow: SqlUnitOfWork) -> None:
    appointment = booked(uow)
    intake.agree(uow, ID, SAID, MONDAY)

    intake.agree(uow, ID, {Topic.HOPE: "souffler"}, MONDAY + DAY / 24)

    assert shown(uow, appointment) == [(Topic.HOPE, "souffler")]
    assert "vendeuse" not in everything(uow)


def test_a_refusal_is_remembered_and_passes_nothing_on(uow: SqlUnitOfWork) -> None:
    appointment = booked(uow)
    intake.agree(uow, ID, SAID, MONDAY)

    intake.refuse(uow, ID, MONDAY)

    decision = intake.standing(uow, ID, MONDAY).decision
    assert decision is not None
    assert not decision.agreed
    assert shown(uow, appointment) is None
    assert "vendeuse" not in everything(uow)


def test_what_was_agreed_can_be_taken_back(uow: SqlUnitOfWork) -> None:
    appointment = booked(uow)
    intake.agree(uow, ID, SAID, MONDAY)

    assert intake.withdraw(uow, ID)
    assert not intake.withdraw(uow, ID)
    assert shown(uow, appointment) is None
    assert "vendeuse" not in everything(uow)


def test_earlier_lines_are_read_only_up_to_the_agreement(uow: SqlUnitOfWork) -> None:
    talked(uow, "je vous raconte")
    request = asked(uow)
    intake.agree(uow, ID, SAID, MONDAY, earlier=True)
    talked(uow, "et après")

    with uow:
        found = intake.for_request(uow, request)
        last = uow.messages.last_id(ID)

    assert found is not None
    assert 0 < found.earlier_until < last


def test_what_is_prepared_is_in_no_transcript_of_the_adviser(uow: SqlUnitOfWork) -> None:
    asked(uow)
    talked(uow, "préparer", expects="intake_form.avoid")
    talked(uow, "mon ancien chef", expects="intake_form.review")
    talked(uow, "stop")
    talked(uow, "mon employeur le saura ?")

    lines = [each.line.text for each in live_chat.lines_for_adviser(uow, ID, 0)]

    assert "mon ancien chef" not in lines
    assert "mon employeur le saura ?" in lines


def test_whatever_is_said_in_a_turn_that_asks_something_private_stays_private(uow: SqlUnitOfWork) -> None:
    asked(uow)
    received = transcript.receive(uow, ID, "web", Incoming("répétez"), MONDAY)
    turn = [Line("1. Mon secret : le chef"), Line("Gardez-vous tout ?", expects="intake_form.review")]
    transcript.answer(uow, ID, received.message.id, turn, MONDAY)

    assert "secret" not in str([each.line.text for each in live_chat.lines_for_adviser(uow, ID, 0)])
    assert "secret" in str([each.line.text for each in history(uow, ID)])


def test_a_line_said_to_the_adviser_is_read_even_if_it_answers_a_private_question(uow: SqlUnitOfWork) -> None:
    request = asked(uow)
    talked(uow, "préparer", expects="intake_form.avoid")
    handover.take(uow, request.id, "ines", MONDAY)

    transcript.receive(uow, ID, "web", Incoming("ah, vous êtes là"), MONDAY)

    assert "ah, vous êtes là" in [each.line.text for each in live_chat.lines_for_adviser(uow, ID, 0)]


def test_a_cancelled_appointment_takes_what_was_prepared_with_it(uow: SqlUnitOfWork) -> None:
    appointment = booked(uow)
    intake.agree(uow, ID, SAID, MONDAY)

    booking.cancel(uow, appointment, MONDAY, RULES)

    assert "vendeuse" not in everything(uow)


def test_the_intake_of_an_appointment_outlives_the_conversation_that_is_only_old(uow: SqlUnitOfWork) -> None:
    appointment = booked(uow)
    talked(uow)
    intake.agree(uow, ID, SAID, MONDAY)

    retention.forget(uow, Memory(), Retention(), MONDAY + 2 * DAY, for_real=True)

    assert shown(uow, appointment) is not None
    assert f"'{ID}'" not in str(intake_rows(uow))


def test_erasing_the_conversation_erases_what_was_prepared_in_it(uow: SqlUnitOfWork) -> None:
    booked(uow)
    talked(uow)
    intake.agree(uow, ID, SAID, MONDAY)

    erasure.erase(uow, Memory(), ID, MONDAY)

    assert "vendeuse" not in everything(uow)


def test_what_was_prepared_goes_a_month_after_the_interview(uow: SqlUnitOfWork) -> None:
    booked(uow)
    intake.agree(uow, ID, SAID, MONDAY)
    begins = opening().starts_at

    kept = retention.forget(uow, Memory(), Retention(), begins + 30 * DAY, for_real=True)
    gone = retention.forget(uow, Memory(), Retention(), begins + 31 * DAY, for_real=True)

    assert (kept.intakes, gone.intakes) == (0, 1)
    assert "vendeuse" not in everything(uow)


def test_forgetting_the_person_forgets_what_they_prepared(uow: SqlUnitOfWork) -> None:
    appointment = booked(uow)
    intake.agree(uow, ID, SAID, MONDAY)

    with uow:
        uow.old_records.forget_person(appointment.id)
        uow.commit()

    assert "vendeuse" not in everything(uow)


def intake_rows(uow: SqlUnitOfWork) -> list[object]:
    tables = {table.name: table for table in all_tables().sorted_tables}
    with uow:
        return list(uow._open().execute(select(tables["intakes"])).all())


def test_what_was_agreed_for_one_request_is_not_for_the_next(uow: SqlUnitOfWork) -> None:
    asked(uow)
    intake.agree(uow, ID, SAID, MONDAY)
    handover.give_back(uow, ID, MONDAY + DAY)

    with uow:
        uow.handovers.add(Handover(0, ID, None, MONDAY + 2 * DAY, MONDAY + 3 * DAY))
        uow.commit()
        second = uow.handovers.open_for(ID)
    assert second is not None

    assert requested(uow, second) is None
    assert intake.standing(uow, ID, MONDAY + 2 * DAY).may_be_offered


def test_it_is_offered_until_something_was_decided(uow: SqlUnitOfWork) -> None:
    before = intake.standing(uow, ID, MONDAY).may_be_offered
    booked(uow)
    once = intake.standing(uow, ID, MONDAY).may_be_offered
    intake.agree(uow, ID, SAID, MONDAY)
    agreed = intake.standing(uow, ID, MONDAY).may_be_offered
    asked(uow)
    for_somebody_else = intake.standing(uow, ID, MONDAY).may_be_offered
    intake.refuse(uow, ID, MONDAY)
    refused = intake.standing(uow, ID, MONDAY).may_be_offered

    assert (before, once, agreed, for_somebody_else, refused) == (False, True, False, True, False)


def test_two_people_s_decisions_stand_side_by_side(uow: SqlUnitOfWork) -> None:
    other = "w-visitor2"
    for name in (ID, other):
        transcript.receive(uow, name, "web", Incoming("un conseiller"), MONDAY)
        handover.ask(uow, name, None, MONDAY, HOURS, live=False)
        intake.agree(uow, name, SAID, MONDAY)
    appointment = booked(uow)
    intake.agree_for(uow, appointment, {Topic.HOPE: "souffler"}, MONDAY)

    decisions = [intake.standing(uow, name, MONDAY).decision for name in (ID, other)]

    assert all(each and each.agreed for each in decisions)
    assert shown(uow, appointment) == [(Topic.HOPE, "souffler")]
