"""Figures are counted where things are, without a person, and small ones are hidden."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from bot.domain.booking.appointments import State
from bot.domain.booking.interviews import Interview, Sequel
from bot.domain.booking.openings import Mode
from bot.domain.conversation.handovers import AdviserHours, HalfDay
from bot.domain.conversation.turns import Opinion, Turn, TurnOutcome
from bot.services import booking
from bot.services.content import unanswered
from bot.services.conversations import handover, transcript
from bot.services.conversations.transcript import Incoming
from bot.services.statistics import figures
from bot.services.statistics.figures import Period
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.factories import MONDAY, PARIS, RULES, booked, open_a_point, opening, person, weekly

TODAY = MONDAY.date()
HOURS = AdviserHours(tuple(HalfDay(day, time(9), time(12)) for day in range(5)))


def period(days: int = 28, until: date = TODAY) -> Period:
    since = until - timedelta(days=days - 1)
    starts, ends = (datetime.combine(day, time(), PARIS) for day in (since, until + timedelta(days=1)))
    return Period(since, until, starts, ends)


def heard(uow: SqlUnitOfWork, outcome: TurnOutcome, times: int) -> None:
    for _ in range(times):
        unanswered.note(uow, Turn(outcome, near="faq/cout_prix"), "…", TODAY)


def test_a_new_service_has_figures_and_none_of_them_is_a_fault(uow: SqlUnitOfWork) -> None:
    found = figures.figures(uow, period())

    assert found.understood is None
    assert set(found.turns.values()) == {0}
    assert found.appointments == {}
    assert found.handovers.wait is None


def test_the_understood_rate_counts_every_message(uow: SqlUnitOfWork) -> None:
    heard(uow, TurnOutcome.UNDERSTOOD, 9)
    heard(uow, TurnOutcome.TWO_MISSES, 3)

    found = figures.figures(uow, period())

    assert found.understood == 75.0
    # The three are hidden, and the nine with them: their sum is known from the rate.
    assert (found.turns["understood"], found.turns["two_misses"]) == (None, None)
    assert found.near == (("faq/cout_prix", None),)


def test_opinions_show_the_answers_that_help_least_first(uow: SqlUnitOfWork) -> None:
    for entry, helped, times in (("cout_prix", True, 9), ("cpf_solde", True, 6), ("cpf_solde", False, 7)):
        for _ in range(times):
            unanswered.note(uow, Turn(TurnOutcome.UNDERSTOOD, opinion=Opinion(entry, helped)), "oui", TODAY)

    assert figures.figures(uow, period()).opinions == (("cpf_solde", 6, 7), ("cout_prix", 9, 0))


def test_days_until_the_first_opening_are_noted_once_a_day_by_point_and_mode(uow: SqlUnitOfWork) -> None:
    open_a_point(uow)

    first = figures.note_first_openings(uow, MONDAY, TODAY, RULES)
    again = figures.note_first_openings(uow, MONDAY, TODAY, RULES)

    found = figures.figures(uow, period())
    assert (first, again) == (len(Mode), 0)
    assert found.openings["demo_beaune"][Mode.IN_PERSON.value] == 1
    assert found.opening_weeks[-1] == (TODAY, 1.0)


def test_what_became_of_appointments_is_counted_by_point(uow: SqlUnitOfWork) -> None:
    open_a_point(uow)
    for number in range(6):
        wanted = opening(starts_at=opening().starts_at + timedelta(days=number % 3, hours=0 if number < 3 else -1.5))
        booked(uow, wanted, person(email=f"v{number}@example.fr"), f"v{number}")

    counts = figures.figures(uow, period(until=TODAY + timedelta(days=7))).appointments["demo_beaune"]

    assert (counts["taken"], counts["moved"], counts["seen"]) == (6, 0, 0)


def test_the_length_of_interviews_is_spread_over_all_advisers(uow: SqlUnitOfWork) -> None:
    names = ("camille", "hugo", "ines")
    open_a_point(uow, ranges=[weekly(day, adviser_id=name) for name in names for day in range(5)])
    for number in range(6):
        of = names[number % 3]
        wanted = opening(starts_at=opening().starts_at + timedelta(days=number // 3), adviser_id=of)
        kept = booked(uow, wanted, person(email=f"v{number}@example.fr"), f"v{number}")
        lasted = Interview(90 if number < 5 else 75, None, Sequel.ENOUGH)
        booking.record(uow, kept.reference, State.SEEN, of, wanted.ends_at, HOURS, lasted)

    found = figures.figures(uow, period(until=TODAY + timedelta(days=7))).lengths

    # The only one that went as planned is hidden, and the five others with it.
    assert found == {"much_shorter": 0, "shorter": 0, "as_planned": None, "longer": None, "much_longer": 0}
    assert figures.figures(uow, period()).lengths == {}


def test_requests_for_a_person_are_counted_without_saying_whose(uow: SqlUnitOfWork) -> None:
    for number in range(7):
        transcript.receive(uow, f"v{number}", "dev", Incoming("un conseiller"), MONDAY)
        handover.ask(uow, f"v{number}", None, MONDAY, HOURS)
        with uow.reading() as view:
            asked = view.handovers.open_for(f"v{number}")
        assert asked
        if number < 6:
            handover.take(uow, asked.id, "ines", MONDAY + timedelta(minutes=number))

    found = figures.figures(uow, period()).handovers

    assert found.counts["asked"] == 7
    assert found.counts["waiting"] is None
    assert found.wait == 3
