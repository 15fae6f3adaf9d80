"""Describing the network: imports that can be tried, repeated, and that break no booking."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

from bot.domain.knowledge.versions import Validity
from bot.domain.places.network import Adviser, Closure, FileRead, Presence, Remark
from bot.domain.places.relay_points import RelayPoint
from bot.services import booking
from bot.services.scheduling import network
from bot.storage.unit_of_work import SqlUnitOfWork
from tests import factories
from tests.factories import MONDAY, RULES, open_a_point, opening, relay_point, weekly

TODAY = date(2026, 11, 23)
REMARK = Remark(3, "phone", "cannot be called", rejects=True)


def codes(uow: SqlUnitOfWork) -> list[str]:
    with uow:
        return [point.code for point in uow.relay_points.open_on(TODAY)]


def file(*points: RelayPoint, remarks: tuple[Remark, ...] = ()) -> FileRead[RelayPoint]:
    return FileRead(points, remarks)


def test_an_import_says_what_it_added_changed_and_left(uow: SqlUnitOfWork) -> None:
    network.import_relay_points(uow, file(relay_point(code="a"), relay_point(code="b")), TODAY)

    report = network.import_relay_points(
        uow, file(relay_point(code="a"), relay_point(code="b", name="New"), relay_point(code="c")), TODAY
    )

    assert (report.added, report.changed, report.unchanged) == (("c",), ("b",), ("a",))
    assert codes(uow) == ["a", "b", "c"]


def test_a_dry_run_says_the_same_and_changes_nothing(uow: SqlUnitOfWork) -> None:
    report = network.import_relay_points(uow, file(relay_point(), remarks=(REMARK,)), TODAY, is_dry_run=True)

    assert report.added == ("demo_beaune",)
    assert report.remarks == (REMARK,)
    assert codes(uow) == []


def test_a_point_the_file_no_longer_names_is_closed_on_request(uow: SqlUnitOfWork) -> None:
    network.import_relay_points(uow, file(relay_point(code="a"), relay_point(code="b")), TODAY)

    kept = network.import_relay_points(uow, file(relay_point(code="a")), TODAY)
    closed = network.import_relay_points(uow, file(relay_point(code="a")), TODAY, close_missing=True)

    assert kept.closed == ()
    assert closed.closed == ("b",)
    assert codes(uow) == ["a"]


def test_a_file_with_a_bad_row_closes_nothing(uow: SqlUnitOfWork) -> None:
    network.import_relay_points(uow, file(relay_point(code="a"), relay_point(code="b")), TODAY)

    network.import_relay_points(uow, file(relay_point(code="a"), remarks=(REMARK,)), TODAY, close_missing=True)

    assert codes(uow) == ["a", "b"]


def test_closing_a_point_breaks_no_appointment(uow: SqlUnitOfWork) -> None:
    open_a_point(uow)
    booked = factories.booked(uow)

    network.import_relay_points(uow, file(relay_point(closed_on=TODAY)), TODAY)

    assert booking.propose(uow, "demo_beaune", None, MONDAY, RULES) == ()
    assert booking.prove(uow, booked.reference, "ana@example.fr", "o", MONDAY, RULES) == booked
    assert booking.cancel(uow, booked, MONDAY, RULES).sequence == 1


def test_ranges_replace_those_of_their_advisers(uow: SqlUnitOfWork) -> None:
    open_a_point(uow)
    mornings = FileRead((Presence("demo_beaune", weekly(1)),))
    advisers = FileRead((Adviser("camille", "Camille R."),))

    remarks = network.import_presences(uow, advisers, mornings)

    assert remarks == ()
    found = booking.propose(uow, "demo_beaune", None, MONDAY, RULES, limit=50)
    assert {each.starts_at.weekday() for each in found} == {1}


def test_a_range_of_nobody_is_told_and_left_out(uow: SqlUnitOfWork) -> None:
    open_a_point(uow)
    lost = FileRead((Presence("nowhere", weekly(1)), Presence("demo_beaune", weekly(1, adviser_id="nobody"))))

    remarks = network.import_presences(uow, FileRead(()), lost)

    assert len(remarks) == 2


def test_closures_take_openings_away_for_whom_they_concern(uow: SqlUnitOfWork) -> None:
    open_a_point(uow, relay_point(code="elsewhere"), [weekly(1, adviser_id="nadia")])
    open_a_point(uow)
    tuesday = datetime(2026, 11, 24, tzinfo=timezone.utc), datetime(2026, 11, 25, tzinfo=timezone.utc)

    for closure, is_closed in (
        (Closure(*tuesday), True),
        (Closure(*tuesday, relay_point_code="demo_beaune"), True),
        (Closure(*tuesday, adviser_id="camille"), True),
        (Closure(*tuesday, adviser_id="nadia"), False),
        (Closure(*tuesday, relay_point_code="elsewhere"), False),
    ):
        network.import_closures(uow, FileRead((closure,)))
        starts = [each.starts_at for each in booking.propose(uow, "demo_beaune", None, MONDAY, RULES, limit=50)]
        assert (opening().starts_at not in starts) == is_closed


def test_public_holidays_follow_the_place(uow: SqlUnitOfWork) -> None:
    christmas_week = datetime(2026, 12, 20, tzinfo=timezone.utc)
    open_a_point(uow, relay_point(alsace_moselle=True), [weekly(5)])
    open_a_point(uow, relay_point(code="dijon"), [weekly(5, adviser_id="nadia")])

    in_alsace = booking.propose(uow, "demo_beaune", None, christmas_week, RULES, limit=1)
    in_burgundy = booking.propose(uow, "dijon", None, christmas_week, RULES, limit=1)

    assert in_burgundy[0].starts_at.date() == date(2026, 12, 26)
    assert in_alsace[0].starts_at.date() == date(2027, 1, 2)


def test_hours_and_closures_can_be_tried_first(uow: SqlUnitOfWork) -> None:
    open_a_point(uow)
    before = booking.propose(uow, "demo_beaune", None, MONDAY, RULES, limit=50)
    advisers = FileRead((Adviser("camille", "Camille R."),))
    closed = FileRead((Closure(MONDAY, MONDAY + timedelta(days=60)),))

    network.import_presences(uow, advisers, FileRead((Presence("demo_beaune", weekly(1)),)), is_dry_run=True)
    network.import_closures(uow, closed, is_dry_run=True)

    assert booking.propose(uow, "demo_beaune", None, MONDAY, RULES, limit=50) == before


def test_a_closure_of_nobody_is_told_by_its_line_and_left_out(uow: SqlUnitOfWork) -> None:
    open_a_point(uow)
    lost = Closure(MONDAY, MONDAY + timedelta(days=1), "nowhere")

    remarks = network.import_closures(uow, FileRead((lost,), lines=(4,)))

    assert [(each.line, each.rejects) for each in remarks] == [(4, True)]


def test_the_network_is_described_whole(uow: SqlUnitOfWork) -> None:
    open_a_point(uow)
    closure = Closure(MONDAY, MONDAY + timedelta(days=1), adviser_id="camille", reason="congé")
    network.import_closures(uow, FileRead((closure,)))

    found = network.described(uow)

    assert found.points == (relay_point(),)
    assert [each.id for each in found.advisers] == ["camille"]
    assert found.presences == tuple(Presence("demo_beaune", weekly(day)) for day in range(5))
    assert found.closures == (closure,)


def test_hours_of_one_day_alone_are_given_that_day(uow: SqlUnitOfWork) -> None:
    """An exceptional Saturday beside the usual Tuesdays: a range in force for one day."""
    saturday = date(2026, 12, 5)
    once = weekly(5, validity=Validity(saturday, saturday))
    open_a_point(uow, ranges=[weekly(1), once])

    found = booking.propose(uow, "demo_beaune", None, MONDAY, RULES, limit=50)

    assert {each.starts_at.date() for each in found if each.starts_at.weekday() == 5} == {saturday}
    assert {each.starts_at.weekday() for each in found} == {1, 5}
