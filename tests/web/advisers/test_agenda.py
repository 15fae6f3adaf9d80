"""The agenda on screen and on paper, and the page of an appointment."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.booking.appointments import State
from bot.services.scheduling import schedules
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.databases import KINDS
from tests.factories import MONDAY, opening, person
from tests.web.advisers.agenda_desk import AGENDA, act, acts, booked, camille, coordinator, hugo, now_of, page_of
from tests.web.advisers.browser import Browser, Clock

# What differs between databases is tried in tests/services: here, pages, on one.
pytestmark = pytest.mark.parametrize("uow", KINDS[:1], indirect=True)
NBSP = "\u00a0"
SEEN = {"suite": "seen", "minutes": "80", "niveau": "1", "apres": "thinking"}


def after_it(clock: Clock) -> None:
    clock.now = opening().ends_at + timedelta(minutes=5)


def seen(uow: SqlUnitOfWork, clock: Clock) -> tuple[Browser, str]:
    """Camille, five minutes after an interview, and its page."""
    taken = booked()
    after_it(clock)
    return camille(clock), page_of(taken)


def test_the_week_shows_hours_appointments_and_only_the_initial_of_a_name(uow: SqlUnitOfWork, clock: Clock) -> None:
    booked()

    page = camille(clock).get(AGENDA).text

    assert "Semaine du 23 novembre 2026" in page
    assert f"10{NBSP}h{NBSP}30" in page
    assert "Ana D." in page
    assert "Diaz" not in page
    assert f"9{NBSP}h – 12{NBSP}h" in page
    assert "Samedi" not in page


def test_an_interview_that_is_over_says_what_is_left_to_note(uow: SqlUnitOfWork, clock: Clock) -> None:
    taken = booked()
    assert "<dt>État</dt><dd>À venir</dd>" in camille(clock).get(page_of(taken)).text

    after_it(clock)

    assert "<dt>État</dt><dd>Suite à noter</dd>" in camille(clock).get(page_of(taken)).text


def test_a_hold_is_not_shown(uow: SqlUnitOfWork, clock: Clock) -> None:
    from bot.services import booking
    from tests.factories import RULES

    booking.hold(uow, opening(), "c1", MONDAY, RULES)

    assert 'class="meeting ' not in camille(clock).get(AGENDA).text


def test_previous_and_next_lead_to_the_weeks_around(uow: SqlUnitOfWork, clock: Clock) -> None:
    booked()
    page = camille(clock).get(f"{AGENDA}?jour=2026-11-26").text

    assert f"{AGENDA}?jour=2026-11-19" in page
    assert f"{AGENDA}?jour=2026-12-03" in page


def test_a_day_nobody_can_read_is_today(uow: SqlUnitOfWork, clock: Clock) -> None:
    assert "Lundi 23 novembre" in camille(clock).get(f"{AGENDA}/jour?jour=<script>").text


def test_a_public_holiday_is_said(uow: SqlUnitOfWork, clock: Clock) -> None:
    assert "Jour férié" in camille(clock).get(f"{AGENDA}/jour?jour=2026-12-25").text


def test_what_was_cancelled_is_folded_away(uow: SqlUnitOfWork, clock: Clock) -> None:
    taken, who = booked(), camille(clock)
    act(who, page_of(taken) + "/annuler")

    assert "1 annulé" in who.get(AGENDA).text


def test_the_paper_has_no_full_name_and_is_recorded(uow: SqlUnitOfWork, clock: Clock) -> None:
    booked()

    page = camille(clock).get(f"{AGENDA}/imprimer?jour=2026-11-24").text

    assert "Ana D." in page
    assert "Diaz" not in page
    assert "ana@example.fr" not in page
    assert acts(uow, "print_agenda") == [("print_agenda", "2026-11-24")]


def test_another_point_s_agenda_does_not_exist(uow: SqlUnitOfWork, clock: Clock) -> None:
    who = hugo(clock)

    assert who.get(f"{AGENDA}?point=demo_beaune").status_code == 404
    assert who.get(f"{AGENDA}?point=demo_dijon").status_code == 200


@pytest.mark.parametrize(
    "what", ["", "/suite", "/annuler", "/excuser", "/deplacer", "/deplacer/relire", "/suivant", "/suivant/relire"]
)
def test_another_point_s_appointment_does_not_exist(uow: SqlUnitOfWork, clock: Clock, what: str) -> None:
    taken, who = booked(), hugo(clock)

    if what in ("", "/deplacer", "/deplacer/relire", "/suivant", "/suivant/relire"):
        assert who.get(page_of(taken) + what).status_code == 404
    if what:
        assert act(who, page_of(taken) + what, suite="seen", garde="x", horaire=taken.opening.key)[0] == 404
    assert now_of(uow, taken) == taken


def test_the_page_of_an_appointment_says_all_and_reading_it_is_recorded(uow: SqlUnitOfWork, clock: Clock) -> None:
    taken = booked(who=person(last_name="<b>Diaz</b>", phone="+33639981234"))

    page = camille(clock).get(page_of(taken)).text

    assert "Ana &lt;b&gt;Diaz&lt;/b&gt;" in page
    assert "06 39 98 12 34" in page
    assert taken.reference in page
    assert "Pris pour le mardi 24 novembre" in page
    assert acts(uow, "read_appointment") == [("read_appointment", taken.id)]


def test_called_off_by_us_the_person_is_told_and_owed_another_time(uow: SqlUnitOfWork, clock: Clock) -> None:
    taken, who = booked(), camille(clock)

    status, where = act(who, page_of(taken) + "/annuler")

    assert (status, where) == (303, page_of(taken) + "?fait=annule")
    assert now_of(uow, taken).state is State.CANCELLED_BY_US
    assert "La personne est prévenue" in who.get(where).text
    with uow:
        waiting = uow._open().exec_driver_sql("SELECT kind FROM outbox").scalars().all()
    assert "appointment_called_off" in waiting


def test_called_off_twice_the_second_is_told_that_it_is_over(uow: SqlUnitOfWork, clock: Clock) -> None:
    taken, who = booked(), camille(clock)
    act(who, page_of(taken) + "/annuler")

    status, said = act(who, page_of(taken) + "/annuler")

    assert status == 409
    assert "ne peut plus être changé" in said


def test_excused_before_the_hour_the_time_is_free(uow: SqlUnitOfWork, clock: Clock) -> None:
    taken, who = booked(), camille(clock)

    assert act(who, page_of(taken) + "/excuser")[0] == 303

    assert now_of(uow, taken).state is State.EXCUSED


def test_the_outcome_is_one_form(uow: SqlUnitOfWork, clock: Clock) -> None:
    who, page = seen(uow, clock)

    assert "Suites à noter" in who.get(AGENDA).text
    assert act(who, page + "/suite", **SEEN) == (303, page + "?fait=note")

    told = who.get(page).text
    assert "Suites à noter" not in who.get(AGENDA).text
    assert 'value="80"' in told
    assert '<option value="1" selected>' in told
    assert "par Camille" in told
    assert [act for act, _ in acts(uow, "outcome")] == ["outcome"]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"minutes": "4"}, "5 à 480 minutes"),
        ({"minutes": "une heure"}, "5 à 480 minutes"),
        ({"minutes": "9" * 40}, "5 à 480 minutes"),
        ({"apres": ""}, "Choisissez ce qui suit"),
        ({"apres": "<script>"}, "Choisissez ce qui suit"),
        ({"suite": "booked"}, "ne peut pas être notée"),
    ],
)
def test_an_outcome_that_cannot_be_comes_back_with_words_and_what_was_typed(
    uow: SqlUnitOfWork, clock: Clock, changed: dict[str, str], said: str
) -> None:
    who, page = seen(uow, clock)

    status, told = act(who, page + "/suite", **{**SEEN, **changed})

    assert status == 422
    assert said in told
    assert "<script>" not in told.replace("<script defer", "")
    if "minutes" not in changed:
        assert 'value="80"' in told


@pytest.mark.parametrize("name", ["%00", "x" * 500, "1 OR 1=1"])
def test_an_address_nobody_gave_is_not_found(uow: SqlUnitOfWork, clock: Clock, name: str) -> None:
    who = camille(clock)

    assert who.get(f"{AGENDA}/rendez-vous/{name}").status_code == 404
    assert who.get(f"{AGENDA}?point={name}").status_code == 404


def test_a_level_that_is_none_of_the_scheme_is_not_noted(uow: SqlUnitOfWork, clock: Clock) -> None:
    who, page = seen(uow, clock)

    act(who, page + "/suite", **{**SEEN, "niveau": "3"})

    with uow.reading() as view:
        noted = view.interviews.get(page.rpartition("/")[2])
    assert noted
    assert noted.level is None


def test_an_outcome_before_the_hour_is_refused(uow: SqlUnitOfWork, clock: Clock) -> None:
    taken, who = booked(), camille(clock)

    status, told = act(who, page_of(taken) + "/suite", **SEEN)

    assert status == 409
    assert "ne peut pas être notée maintenant" in told


def test_who_did_not_come_has_no_length_and_no_level(uow: SqlUnitOfWork, clock: Clock) -> None:
    who, page = seen(uow, clock)
    act(who, page + "/suite", **SEEN)

    act(who, page + "/suite", suite="no_show", minutes="")

    with uow.reading() as view:
        assert view.interviews.get(page.rpartition("/")[2]) is None
    assert "Absence" in who.get(page).text


def test_from_the_outcome_straight_to_the_next_appointment(uow: SqlUnitOfWork, clock: Clock) -> None:
    who, page = seen(uow, clock)

    status, where = act(who, page + "/suite", **SEEN, puis="suivant")

    assert (status, where) == (303, page + "/suivant")
    assert 'name="horaire"' in who.get(where).text


def test_an_absence_lists_what_was_booked_until_it_is_moved_or_cancelled(uow: SqlUnitOfWork, clock: Clock) -> None:
    taken, who = booked(), camille(clock)
    with uow.reading() as view:
        account = view.accounts.with_login("camille")
    assert account
    schedules.add_absence(uow, account, "camille", taken.starts_at, taken.ends_at)

    page = who.get(AGENDA).text
    assert "Un rendez-vous à revoir" in page
    assert "pendant une absence" in page
    assert now_of(uow, taken).state is State.BOOKED

    act(who, page_of(taken) + "/annuler")
    assert "à revoir" not in who.get(AGENDA).text


def test_an_account_without_agenda_is_told_so(uow: SqlUnitOfWork, clock: Clock) -> None:
    from tests.web.advisers.browser import signed_in

    who = signed_in("sans", clock=clock)

    assert who.get(AGENDA).status_code == 200
    assert "relié à aucun agenda" in who.get(f"{AGENDA}/horaires").text
    assert who.get(f"{AGENDA}/prendre").status_code == 404


def test_who_looks_after_hours_sees_no_person(uow: SqlUnitOfWork, clock: Clock) -> None:
    taken, who = booked(), coordinator(clock)
    with uow.reading() as view:
        account = view.accounts.with_login("nora")
    assert account
    schedules.add_absence(uow, account, "camille", taken.starts_at, taken.ends_at)

    page = who.get("/conseil/horaires").text

    assert "Un rendez-vous à revoir" in page
    assert "Ana" not in page
    assert taken.id not in page
    assert who.get(page_of(taken)).status_code == 403
