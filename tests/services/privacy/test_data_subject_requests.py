"""One's own data: shown whole to who holds the conversation, and let go at their word."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from bot.domain.booking.appointments import Appointment, State
from bot.domain.errors import TooLateToChange
from bot.gateways.data_copy import data_copy
from bot.services import booking
from bot.services.privacy import data_subject_requests
from bot.storage.unit_of_work import SqlUnitOfWork
from tests import factories
from tests.factories import MONDAY, RULES, open_a_point, opening
from tests.services.privacy.test_retention import talked


def booked(uow: SqlUnitOfWork) -> Appointment:
    open_a_point(uow)
    return factories.booked(uow, by="visitor-1")


def test_the_copy_holds_everything_and_no_secret(uow: SqlUnitOfWork) -> None:
    appointment = booked(uow)
    talked(uow)
    talked(uow, "visitor-2")

    file = data_copy(data_subject_requests.copy(uow, "visitor-1"), MONDAY)

    content = json.loads(file["content"])
    assert (file["name"], file["type"]) == ("mes-donnees.json", "application/json")
    assert {"conversation", "messages", "rendez-vous", "temps réservé", "messages à envoyer ou envoyés"} <= set(content)
    assert [line["texte"] for line in content["messages"]] == ["Je m'appelle Ana", "Bonjour"]
    assert content["rendez-vous"][0]["référence"] == appointment.reference
    assert content["rendez-vous"][0]["courriel"] == "ana@example.fr"
    assert "digest" not in file["content"]
    assert "visitor-1:1" not in file["content"]
    assert "visitor-2" not in file["content"]


def test_kept_the_appointment_keeps_its_person(uow: SqlUnitOfWork) -> None:
    appointment = booked(uow)

    staying = data_subject_requests.let_go(uow, "visitor-1", MONDAY, RULES, cancel=False)

    assert [each.id for each in staying] == [appointment.id]
    with uow:
        assert uow.appointments.get(appointment.id) == appointment


def test_cancelled_the_appointment_loses_its_person_and_its_time_is_free(uow: SqlUnitOfWork) -> None:
    appointment = booked(uow)

    assert data_subject_requests.let_go(uow, "visitor-1", MONDAY, RULES, cancel=True) == ()
    assert data_subject_requests.let_go(uow, "visitor-1", MONDAY, RULES, cancel=True) == ()

    assert booking.hold(uow, opening(), "visitor-2", MONDAY, RULES)
    with uow:
        assert uow.appointments.get(appointment.id) is None
    assert data_subject_requests.kept(uow, "visitor-1", MONDAY).upcoming == ()


def test_a_past_appointment_loses_its_person_whatever_is_asked(uow: SqlUnitOfWork) -> None:
    appointment = booked(uow)
    later = appointment.ends_at + timedelta(days=1)

    assert data_subject_requests.let_go(uow, "visitor-1", later, RULES, cancel=False) == ()

    with uow:
        assert uow.appointments.get(appointment.id) is None


def test_too_close_to_cancel_nothing_is_touched(uow: SqlUnitOfWork) -> None:
    appointment = booked(uow)
    late = appointment.starts_at - timedelta(minutes=5)

    assert not data_subject_requests.can_cancel(
        data_subject_requests.kept(uow, "visitor-1", late).upcoming, late, RULES
    )
    with pytest.raises(TooLateToChange):
        data_subject_requests.let_go(uow, "visitor-1", late, RULES, cancel=True)

    with uow:
        found = uow.appointments.get(appointment.id)
    assert found is not None
    assert found.state is State.BOOKED


def test_another_conversation_gives_and_takes_nothing(uow: SqlUnitOfWork) -> None:
    appointment = booked(uow)

    assert data_subject_requests.copy(uow, "visitor-2") == {}
    data_subject_requests.let_go(uow, "visitor-2", MONDAY, RULES, cancel=True)

    with uow:
        assert uow.appointments.get(appointment.id) == appointment
