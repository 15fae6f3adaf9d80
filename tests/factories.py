"""One builder per thing of the trade: a test names only what it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timezone
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.booking.agenda import Agenda, WeeklyRange
from bot.domain.booking.appointments import Appointment, Person, State
from bot.domain.booking.openings import BookingRules, Opening
from bot.domain.knowledge.answer_drafts import AnswerDraft
from bot.domain.knowledge.versions import Source, Validity
from bot.domain.places.network import Adviser, Presence
from bot.domain.places.relay_points import RelayPoint
from bot.services import booking
from bot.services.uow import UnitOfWork

PARIS = ZoneInfo("Europe/Paris")
MONDAY = datetime(2026, 11, 23, 8, tzinfo=timezone.utc)
RULES = BookingRules()
ALWAYS = Validity(date(2020, 1, 1))
WORKING_DAYS = range(5)


def opening(**changes: Any) -> Opening:
    """Tuesday at half past ten in Paris, with Camille, in Beaune."""
    tuesday = datetime(2026, 11, 24, 9, 30, tzinfo=timezone.utc)
    return replace(Opening("camille", "Camille R.", "demo_beaune", tuesday, 75, "in_person"), **changes)


def weekly(weekday: int = 0, starts: str = "09:00", ends: str = "12:00", **changes: Any) -> WeeklyRange:
    """Camille's Monday morning."""
    hours = time.fromisoformat(starts), time.fromisoformat(ends)
    return replace(WeeklyRange("camille", weekday, *hours, ALWAYS), **changes)


def agenda(*ranges: WeeklyRange, **changes: Any) -> Agenda:
    """An agenda in Paris with nothing taken; Camille's working mornings by default."""
    kept = ranges or tuple(weekly(day) for day in WORKING_DAYS)
    names = {each.adviser_id: each.adviser_id.capitalize() for each in kept}
    return replace(Agenda("demo_beaune", PARIS, names, kept), **changes)


def relay_point(**changes: Any) -> RelayPoint:
    """A demonstration point in Beaune."""
    point = RelayPoint(
        code="demo_beaune",
        name="Point relais de démonstration – Beaune",
        address="1 rue de la Démonstration",
        postcode="21200",
        city="Beaune",
        department="21",
        latitude=47.02123,
        longitude=4.83743,
        demonstration=True,
    )
    return replace(point, **changes)


def person(**changes: Any) -> Person:
    """Somebody who gave an e-mail."""
    return replace(Person("Ana", "Diaz", "ana@example.fr"), **changes)


def appointment(**changes: Any) -> Appointment:
    """Ana's, booked this Monday for tomorrow."""
    booked = Appointment("a1", "CEP-7K4M-2QX9", person(), opening(), State.BOOKED, MONDAY)
    return replace(booked, **changes)


def open_a_point(
    uow: UnitOfWork,
    point: RelayPoint | None = None,
    ranges: Sequence[WeeklyRange] = (),
) -> RelayPoint:
    """Store a relay point with its advisers' hours: Camille's working mornings by default."""
    place = point or relay_point()
    kept = list(ranges) or [weekly(day) for day in WORKING_DAYS]
    with uow:
        uow.relay_points.save(place)
        names = sorted({each.adviser_id for each in kept})
        for name in names:
            uow.network.save_adviser(Adviser(name, name.capitalize(), demonstration=True))
        uow.network.replace_presences(names, [Presence(place.code, each) for each in kept])
        uow.commit()
    return place


def network(uow: UnitOfWork) -> None:
    """Store two relay points: Beaune with Camille, Dijon with Hugo."""
    open_a_point(uow)
    dijon = relay_point(code="demo_dijon", name="Point relais de démonstration – Dijon", city="Dijon")
    open_a_point(uow, dijon, [weekly(day, adviser_id="hugo") for day in WORKING_DAYS])


def booked(
    uow: UnitOfWork,
    at: Opening | None = None,
    who: Person | None = None,
    by: str = "c1",
    now: datetime = MONDAY,
    rules: BookingRules = RULES,
    **more: Any,
) -> Appointment:
    """An appointment taken in the conversation `by`; its relay point is open."""
    held = booking.hold(uow, at or opening(), by, now, rules)
    return booking.book(uow, held.id, by, who or person(), f"{by}:1", now, rules, **more)


def answer_draft(**changes: Any) -> AnswerDraft:
    """A whole answer about parking, as an adviser would write it."""
    draft = AnswerDraft(
        entry="points_relais_parking",
        title="Y a-t-il un parking au point relais\u00a0?",
        answer="Oui, un parking gratuit se trouve devant la plupart des points relais.",
        more="",
        source=Source("Plan d’accès du réseau", date(2026, 11, 20)),
        valid_from=date(2026, 11, 23),
        review_by=date(2027, 5, 23),
        examples=tuple(f"parking numéro {number}" for number in range(12)),
        asked=("je peux garer ma voiture sur place ?", "ya d places de stationnement"),
        says="parking gratuit",
    )
    return replace(draft, **changes)
