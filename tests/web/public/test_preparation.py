"""Preparing the interview on the appointment's page, without a script and without a conversation."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.app import container
from bot.domain.booking.appointments import Appointment
from bot.domain.booking.intake import LONGEST_LINE
from bot.services.booking import intake
from bot.storage.unit_of_work import SqlUnitOfWork
from tests import factories
from tests.factories import opening
from tests.web.advisers.browser import SAME_ORIGIN, Browser

pytestmark = pytest.mark.parametrize("uow", ["sqlite"], indirect=True)
THURSDAY = opening(starts_at=opening().starts_at + timedelta(days=2))


@pytest.fixture
def booked(uow: SqlUnitOfWork) -> Appointment:
    same = container.unit_of_work()
    return factories.booked(same, THURSDAY)


@pytest.fixture
def path(booked: Appointment) -> str:
    return container.appointment_link(booked.id).removeprefix(container.settings().public_url) + "/preparer"


def read_by_the_adviser(uow: SqlUnitOfWork, booked: Appointment) -> list[str]:
    with uow.reading() as view:
        found = intake.for_appointment(view, booked.id)
    return [line.text for line in found.lines] if found else []


def sent(visitor: Browser, path: str, **fields: str) -> str:
    answer = visitor.post(path, data=fields, headers=SAME_ORIGIN, follow_redirects=True)
    return answer.text


def test_only_what_is_written_and_agreed_is_passed_on(
    visitor: Browser, uow: SqlUnitOfWork, booked: Appointment, path: str
) -> None:
    page = sent(visitor, path, hope="changer de métier", situation="vendeuse", avoid=" ", accord="oui")

    assert "C’est transmis" in page
    assert read_by_the_adviser(uow, booked) == ["vendeuse", "changer de métier"]


def test_without_an_agreement_nothing_leaves_and_nothing_typed_is_lost(
    visitor: Browser, uow: SqlUnitOfWork, booked: Appointment, path: str
) -> None:
    page = sent(visitor, path, hope="changer de <b>métier</b>")

    assert "Rien n’est encore transmis" in page
    assert "changer de &lt;b&gt;métier&lt;/b&gt;" in page
    assert read_by_the_adviser(uow, booked) == []


@pytest.mark.parametrize("fields", [{"accord": "oui"}, {"accord": "oui", "hope": "a" * (LONGEST_LINE + 1)}])
def test_nothing_at_all_or_too_much_is_refused_with_a_reason(
    visitor: Browser, uow: SqlUnitOfWork, booked: Appointment, path: str, fields: dict[str, str]
) -> None:
    assert "Rien n’est encore transmis" in sent(visitor, path, **fields)
    assert read_by_the_adviser(uow, booked) == []


def test_what_should_not_be_kept_is_masked_and_said_to_be(
    visitor: Browser, uow: SqlUnitOfWork, booked: Appointment, path: str
) -> None:
    page = sent(visitor, path, trigger="j'ai fait un burn-out, je veux changer", accord="oui")

    assert "une partie masquée" in page
    assert read_by_the_adviser(uow, booked) == ["j'ai fait un […], je veux changer"]


def test_it_is_changed_and_taken_back_until_the_interview(
    visitor: Browser, uow: SqlUnitOfWork, booked: Appointment, path: str
) -> None:
    sent(visitor, path, hope="changer de métier", accord="oui")
    sent(visitor, path, hope="souffler", accord="oui")
    changed = read_by_the_adviser(uow, booked)

    page = sent(visitor, f"{path}/effacer")

    assert changed == ["souffler"]
    assert "C’est effacé" in page
    assert read_by_the_adviser(uow, booked) == []


def test_another_site_cannot_pass_anything_on(
    visitor: Browser, uow: SqlUnitOfWork, booked: Appointment, path: str
) -> None:
    visitor.post(path, data={"hope": "x", "accord": "oui"}, headers={"Sec-Fetch-Site": "cross-site"})

    assert read_by_the_adviser(uow, booked) == []
