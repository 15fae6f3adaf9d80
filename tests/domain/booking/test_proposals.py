"""Choosing a few openings among many."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.booking.openings import BookingRules, Opening, openings
from bot.domain.booking.proposals import choose, nearest_to, one_per_start
from tests.factories import MONDAY, PARIS, agenda, weekly

WEEK = BookingRules(horizon_days=7)


@dataclass(frozen=True)
class OnDay:
    """A wish for a weekday, early rather than late."""

    weekday: int

    def fits(self, starts_at: datetime) -> bool:
        return starts_at.weekday() == self.weekday

    def closeness(self, starts_at: datetime) -> float:
        return starts_at.hour


def free(*ranges: object) -> list[Opening]:
    return list(openings(agenda(*ranges), WEEK, MONDAY))  # type: ignore[arg-type]


def local(chosen: tuple[Opening, ...]) -> list[str]:
    return [each.starts_at.astimezone(PARIS).strftime("%a %H:%M") for each in chosen]


def test_without_a_wish_the_earliest_of_different_half_days() -> None:
    found = free(weekly(1), weekly(1, "14:00", "17:00"), weekly(2))

    assert local(choose(found, None, PARIS, 3)) == ["Tue 09:00", "Tue 14:00", "Wed 09:00"]


def test_a_single_half_day_still_gives_as_many_as_asked() -> None:
    assert local(choose(free(weekly(1, "09:00", "13:30")), None, PARIS, 3)) == ["Tue 09:00", "Tue 10:30", "Tue 12:00"]


def test_what_breaks_the_wish_is_left_out() -> None:
    assert local(choose(free(weekly(1), weekly(2)), OnDay(2), PARIS, 3)) == ["Wed 09:00", "Wed 10:30"]


def test_when_nothing_fits_the_closest_are_given() -> None:
    wish = OnDay(5)

    chosen = choose(free(weekly(1), weekly(2)), wish, PARIS, 2)

    assert local(chosen) == ["Tue 09:00", "Wed 09:00"]
    assert not any(wish.fits(each.starts_at) for each in chosen)


def test_an_hour_is_said_once_with_the_adviser_who_has_most_left() -> None:
    busy_nadia = weekly(1, "09:00", "10:15", adviser_id="nadia")

    assert [each.adviser_id for each in one_per_start(free(busy_nadia, weekly(1)), PARIS)] == ["camille", "camille"]


def test_alternatives_come_closest_first() -> None:
    found = free(weekly(1), weekly(2))
    lost = found[1].starts_at + timedelta(minutes=30)

    assert local(nearest_to(found, lost, PARIS, 2)) == ["Tue 10:30", "Tue 09:00"]
