"""Openings, on chosen agendas and on thousands of drawn ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.booking.agenda import Agenda, Busy, WeeklyRange
from bot.domain.booking.openings import QUARTER, BookingRules, Opening, can_take, openings
from bot.domain.knowledge.versions import Validity
from tests.factories import ALWAYS, MONDAY, PARIS, RULES, agenda, opening, weekly

UTC = timezone.utc
ZONES = [PARIS, ZoneInfo("Indian/Reunion"), ZoneInfo("America/Martinique")]
CLOCK_CHANGES = [
    datetime(2026, 10, 25, tzinfo=UTC),
    datetime(2027, 3, 28, tzinfo=UTC),
    datetime(2027, 10, 31, tzinfo=UTC),
]


def starts(
    given_agenda: Agenda, rules: BookingRules = RULES, now: datetime = MONDAY, mode: str = "in_person"
) -> list[str]:
    """Local starts, as `Tue 24 09:00`."""
    zone = given_agenda.zone
    return [
        each.starts_at.astimezone(zone).strftime("%a %d %H:%M") for each in openings(given_agenda, rules, now, mode)
    ]


WEEK = BookingRules(horizon_days=7)


def test_starts_follow_one_another_with_the_buffer() -> None:
    morning = agenda(weekly(1, "09:00", "12:00"))

    assert starts(morning, WEEK) == ["Tue 24 09:00", "Tue 24 10:30"]


def test_the_last_interview_may_end_with_the_range() -> None:
    exact = agenda(weekly(1, "09:00", "10:15"))

    assert starts(exact, WEEK) == ["Tue 24 09:00"]


def test_what_is_taken_moves_the_next_start_behind_it() -> None:
    taken = Busy(datetime(2026, 11, 24, 8, 15, tzinfo=UTC), datetime(2026, 11, 24, 9, tzinfo=UTC), "camille")

    assert starts(agenda(weekly(1, "09:00", "12:00"), taken=(taken,)), WEEK) == ["Tue 24 10:00"]


def test_somebody_else_s_time_takes_nothing_from_me() -> None:
    taken = Busy(datetime(2026, 11, 24, 8, tzinfo=UTC), datetime(2026, 11, 24, 11, tzinfo=UTC), "nadia")

    assert len(starts(agenda(weekly(1), taken=(taken,)), WEEK)) == 2


def test_a_closure_of_the_point_concerns_everybody() -> None:
    closed = Busy(datetime(2026, 11, 23, 23, tzinfo=UTC), datetime(2026, 11, 24, 23, tzinfo=UTC))

    assert starts(agenda(weekly(1), weekly(2), closures=(closed,)), WEEK) == ["Wed 25 09:00", "Wed 25 10:30"]


def test_a_public_holiday_has_no_opening() -> None:
    assert starts(agenda(weekly(1), holidays=frozenset({date(2026, 11, 24)})), WEEK) == []


def test_a_range_out_of_force_has_no_opening() -> None:
    ended = weekly(1, validity=Validity(date(2026, 1, 1), date(2026, 11, 23)))

    assert starts(agenda(ended), WEEK) == []


def test_a_mode_the_adviser_does_not_offer_has_no_opening() -> None:
    by_phone = weekly(1, modes=frozenset({"phone"}))

    assert starts(agenda(by_phone), WEEK) == []
    assert len(starts(agenda(by_phone), WEEK, mode="phone")) == 2


def test_notice_is_counted_to_the_minute() -> None:
    just_in_time = datetime(2026, 11, 23, 8, tzinfo=UTC)

    assert starts(agenda(weekly(1)), WEEK, just_in_time)[0] == "Tue 24 09:00"
    assert starts(agenda(weekly(1)), WEEK, just_in_time + timedelta(minutes=1))[0] == "Tue 24 10:30"


@pytest.mark.parametrize(
    ("sunday", "before", "after"),
    [
        (date(2026, 10, 25), "07:00", "08:00"),
        (date(2027, 3, 28), "08:00", "07:00"),
        (date(2027, 10, 31), "07:00", "08:00"),
    ],
)
def test_nine_o_clock_stays_nine_o_clock_when_the_clocks_change(sunday: date, before: str, after: str) -> None:
    friday_and_monday = agenda(weekly(4, "09:00", "10:15"), weekly(0, "09:00", "10:15"))
    now = datetime.combine(sunday - timedelta(days=4), time(), UTC)

    found = list(openings(friday_and_monday, WEEK, now))

    assert [each.starts_at.strftime("%H:%M") for each in found] == [before, after]


def test_a_key_gives_the_opening_back() -> None:
    named = opening(adviser_name="Zoé | d'Arc")

    assert Opening.from_key(named.key) == named


@pytest.mark.parametrize("key", ["", "a|b", "a|b|20261124T0900Z|75|fax|C", "a|b|2026|75|phone|C"])
def test_a_key_of_nothing_is_refused(key: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        Opening.from_key(key)


def test_a_length_off_the_quarter_is_refused() -> None:
    with pytest.raises(ValueError, match="quarters"):
        BookingRules(minutes=50)


def test_an_opening_of_another_length_or_hour_cannot_be_taken() -> None:
    mornings = agenda()

    assert can_take(mornings, opening(), RULES, MONDAY)
    assert not can_take(mornings, opening(minutes=60), RULES, MONDAY)
    assert not can_take(mornings, opening(starts_at=opening().starts_at + timedelta(minutes=5)), RULES, MONDAY)
    assert not can_take(mornings, opening(starts_at=opening().starts_at + timedelta(hours=5)), RULES, MONDAY)
    assert not can_take(mornings, opening(adviser_id="nadia"), RULES, MONDAY)
    assert not can_take(mornings, opening(), RULES, MONDAY + timedelta(days=1))


quarters_of_day = st.integers(0, 92)
around_clock_changes = st.sampled_from(CLOCK_CHANGES).flatmap(
    lambda change: st.integers(-5 * 96, 5 * 96).map(lambda quarters: change + quarters * QUARTER)
)


@st.composite
def ranges(draw: st.DrawFn) -> WeeklyRange:
    first = draw(quarters_of_day)
    last = draw(st.integers(first + 1, 95))
    hours = [time(quarter // 4, quarter % 4 * 15) for quarter in (first, last)]
    adviser = draw(st.sampled_from(["camille", "nadia"]))
    return WeeklyRange(adviser, draw(st.integers(0, 6)), hours[0], hours[1], ALWAYS)


@st.composite
def busy(draw: st.DrawFn, now: datetime, owner: st.SearchStrategy[str]) -> Busy:
    start = now.replace(minute=0) + draw(st.integers(0, 8 * 96)) * QUARTER
    return Busy(start, start + draw(st.integers(1, 40)) * QUARTER, draw(owner))


@st.composite
def situations(draw: st.DrawFn) -> tuple[Agenda, BookingRules, datetime]:
    now = draw(around_clock_changes) + timedelta(minutes=draw(st.integers(0, 14)))
    zone = draw(st.sampled_from(ZONES))
    taken = draw(st.lists(busy(now, st.sampled_from(["camille", "nadia"])), max_size=6))
    closures = draw(st.lists(busy(now, st.sampled_from(["", "camille"])), max_size=3))
    weeklies = draw(st.lists(ranges(), min_size=1, max_size=5))
    rules = BookingRules(
        minutes=draw(st.sampled_from([15, 45, 75])),
        buffer_quarters=draw(st.integers(0, 3)),
        notice_hours=draw(st.integers(0, 48)),
        horizon_days=draw(st.integers(1, 9)),
    )
    given_agenda = agenda(*weeklies, taken=tuple(taken), closures=tuple(closures))
    return replace(given_agenda, zone=zone), rules, now


@given(situations())
@example((agenda(weekly(6, "01:00", "05:00")), replace(RULES, notice_hours=0), datetime(2027, 3, 27, tzinfo=UTC)))
@example((agenda(weekly(6, "01:00", "05:00")), replace(RULES, notice_hours=0), datetime(2026, 10, 24, tzinfo=UTC)))
def test_an_opening_is_always_free_in_hours_and_in_time(situation: tuple[Agenda, BookingRules, datetime]) -> None:
    given_agenda, rules, now = situation

    for each in openings(given_agenda, rules, now):
        local = each.starts_at.astimezone(given_agenda.zone)
        assert now + timedelta(hours=rules.notice_hours) <= each.starts_at
        assert each.starts_at <= now + timedelta(days=rules.horizon_days)
        assert each.starts_at.minute % 15 == 0
        assert any(_is_within(weekly_range, each, local) for weekly_range in given_agenda.ranges)
        for taken in given_agenda.taken:
            if taken.adviser_id == each.adviser_id:
                assert not taken.overlaps(each.starts_at, each.starts_at + rules.occupied)
        for closure in given_agenda.closures:
            if closure.concerns(each.adviser_id):
                assert not closure.overlaps(each.starts_at, each.ends_at)
        assert can_take(given_agenda, each, rules, now)


@given(situations())
def test_taking_an_opening_takes_it_away(situation: tuple[Agenda, BookingRules, datetime]) -> None:
    given_agenda, rules, now = situation
    first = next(openings(given_agenda, rules, now), None)
    if first is None:
        return
    mine = Busy(first.starts_at, first.starts_at + rules.occupied, first.adviser_id)

    after = replace(given_agenda, taken=(*given_agenda.taken, mine))

    assert not can_take(after, first, rules, now)
    assert first not in list(openings(after, rules, now))


def _is_within(weekly_range: WeeklyRange, each: Opening, local: datetime) -> bool:
    begins = datetime.combine(local.date(), weekly_range.starts, local.tzinfo).astimezone(UTC)
    ends = datetime.combine(local.date(), weekly_range.ends, local.tzinfo).astimezone(UTC)
    return (
        weekly_range.adviser_id == each.adviser_id
        and weekly_range.weekday == local.weekday()
        and begins <= each.starts_at
        and each.ends_at <= ends
    )
