"""Weekly hours, absences and closures by forms, for an adviser and for who looks after a point."""

from __future__ import annotations

from datetime import date, time

import pytest

from bot.domain.booking.hours import Hours
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.databases import KINDS
from tests.web.advisers.agenda_desk import AGENDA, acts, booked, camille, coordinator, hugo
from tests.web.advisers.browser import Browser, Clock

# What differs between databases is tried in tests/services: here, pages, on one.
pytestmark = pytest.mark.parametrize("uow", KINDS[:1], indirect=True)
OWN, ALL = f"{AGENDA}/horaires", "/conseil/horaires"
AFTERNOON = {
    "conseiller": "camille", "point": "demo_beaune", "jour": "1", "debut": "14:00", "fin": "17:00",
    "facon_in_person": "oui", "du": "2026-12-01",
}  # fmt: skip
ABSENCE = {"conseiller": "camille", "du": "2026-11-24"}


def hours(uow: SqlUnitOfWork) -> Hours:
    with uow.reading() as view:
        return view.schedules.hours(["camille"], date(2026, 11, 23), None)


def send(who: Browser, path: str, **fields: str) -> tuple[int, str]:
    answer = who.post_form(path, page=path.split("/plages")[0].split("/absences")[0].split("/fermetures")[0], **fields)
    return answer.status_code, answer.headers.get("Location", answer.text)


def test_hours_are_added_changed_and_ended_without_any_script(uow: SqlUnitOfWork, clock: Clock) -> None:
    who = camille(clock)

    assert send(who, f"{OWN}/plages", **AFTERNOON) == (303, f"{OWN}?fait=plage")
    (new,) = [each for each in hours(uow).ranges if each.presence.weekly.starts == time(14)]
    changed = {**AFTERNOON, "debut": "13:30", "du": "2026-12-08"}
    assert send(who, f"{OWN}/plages/{new.number}/changer", **changed)[0] == 303
    (later,) = [each for each in hours(uow).ranges if each.presence.weekly.starts == time(13, 30)]
    assert send(who, f"{OWN}/plages/{later.number}/terminer", conseiller="camille", au="2026-12-31")[0] == 303

    page = who.get(OWN).text
    assert "jusqu’au 7 décembre 2026" in page
    assert "jusqu’au 31 décembre 2026" in page
    assert {subject for _, subject in acts(uow, "change_hours")} == {"camille"}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"fin": "13:00"}, "après l’heure de début"),
        ({"facon_in_person": ""}, "au moins une façon"),
        ({"au": "2026-11-30"}, "après le premier"),
        ({"debut": "11:00"}, "recouvrent"),
        ({"du": "demain"}, "ne se lit pas"),
        ({"debut": ""}, "ne se lit pas"),
        ({"jour": "9"}, "ne se lit pas"),
    ],
)
def test_hours_that_cannot_be_are_told_and_nothing_is_lost(
    uow: SqlUnitOfWork, clock: Clock, changed: dict[str, str], said: str
) -> None:
    before = hours(uow)

    status, page = send(camille(clock), f"{OWN}/plages", **{**AFTERNOON, **changed})

    assert status == 422
    assert said in page
    assert "Rien n’a été enregistré" in page
    assert f'value="{ {**AFTERNOON, **changed}["fin"] }"' in page
    assert hours(uow) == before


def test_an_absence_tells_what_was_booked(uow: SqlUnitOfWork, clock: Clock) -> None:
    booked()
    who = camille(clock)

    status, where = send(who, f"{OWN}/absences", **ABSENCE)

    assert (status, where) == (303, f"{OWN}?fait=absence")
    page = who.get(where).text
    assert "Un rendez-vous à revoir" in page
    assert "Mardi 24 novembre" in page


def test_an_absence_of_some_hours_is_said_so_and_taken_away(uow: SqlUnitOfWork, clock: Clock) -> None:
    who = camille(clock)
    send(who, f"{OWN}/absences", **ABSENCE, debut="09:00", fin="10:00")
    (absence,) = hours(uow).closures
    assert "9\u00a0h – 10\u00a0h" in who.get(OWN).text

    assert who.post_form(f"{OWN}/retirer/{absence.number}", page=OWN).status_code == 303

    assert not hours(uow).closures


@pytest.mark.parametrize("fields", [{"du": ""}, {"du": "2026-11-25", "au": "2026-11-24"}, {"debut": "x"}])
def test_an_absence_that_cannot_be_is_told(uow: SqlUnitOfWork, clock: Clock, fields: dict[str, str]) -> None:
    assert send(camille(clock), f"{OWN}/absences", **{**ABSENCE, **fields})[0] == 422
    assert not hours(uow).closures


@pytest.mark.parametrize("path", ["plages", "absences"])
def test_a_colleague_changes_nothing(uow: SqlUnitOfWork, clock: Clock, path: str) -> None:
    before = hours(uow)

    assert send(hugo(clock), f"{OWN}/{path}", **AFTERNOON)[0] == 404
    assert hours(uow) == before


def test_who_looks_after_a_point_changes_its_advisers_hours_and_closes_it(uow: SqlUnitOfWork, clock: Clock) -> None:
    who = coordinator(clock)

    assert send(who, f"{ALL}/plages", **AFTERNOON) == (303, f"{ALL}?fait=plage&conseiller=camille")
    closing = {"point": "demo_beaune", "du": "2026-11-27", "raison": "Travaux <b>"}
    assert send(who, f"{ALL}/fermetures", **closing)[0] == 303

    page = who.get(f"{ALL}?conseiller=camille").text
    assert "Travaux &lt;b&gt;" in page
    (closure,) = hours(uow).closures
    assert who.post_form(f"{ALL}/retirer/{closure.number}", page=ALL).status_code == 303
    assert not hours(uow).closures


def test_what_is_written_in_the_record_is_short(uow: SqlUnitOfWork, clock: Clock) -> None:
    assert send(camille(clock), f"{OWN}/absences", **{**ABSENCE, "conseiller": "x" * 5000})[0] == 404
    assert acts(uow, "change_hours") == [("change_hours", "x" * 64)]


def test_another_point_is_not_closed(uow: SqlUnitOfWork, clock: Clock) -> None:
    assert send(coordinator(clock), f"{ALL}/fermetures", point="demo_dijon", du="2026-11-27")[0] == 404


def test_an_adviser_elsewhere_is_not_listed(uow: SqlUnitOfWork, clock: Clock) -> None:
    page = coordinator(clock).get(ALL).text

    assert "Camille" in page
    assert "Hugo" not in page
