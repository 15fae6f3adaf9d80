"""What a territory decides, by kind of appointment and by year."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone

import pytest

from bot.domain.booking.openings import can_take, openings
from bot.domain.booking.rules import AppointmentKind, BookingRules, Quota
from tests.factories import MONDAY, RULES, agenda, opening, weekly

SHORT = AppointmentKind(minutes=45, notice_hours=48, horizon_days=10)
QUOTA = Quota(frozenset({"21"}), 2026, 2)


def test_each_kind_has_its_length_notice_and_horizon() -> None:
    rules = replace(RULES, following=SHORT)

    following = list(openings(agenda(), rules.for_rank(2), MONDAY))

    assert {each.minutes for each in following} == {45}
    assert min(each.starts_at for each in following) >= MONDAY.replace(day=25)
    assert max(each.starts_at for each in following) <= MONDAY.replace(month=12, day=3)
    assert rules.for_rank(1) is rules


def test_an_opening_of_one_kind_is_not_one_of_the_other() -> None:
    rules = replace(RULES, following=AppointmentKind(minutes=45))

    assert can_take(agenda(), opening(minutes=45), rules.for_rank(2), MONDAY)
    assert not can_take(agenda(), opening(minutes=45), rules, MONDAY)


def test_a_mode_the_territory_does_not_give_has_no_opening() -> None:
    by_video = agenda(weekly(1, modes=frozenset({"video"})))

    assert list(openings(by_video, RULES, MONDAY, "video")) == []
    assert list(openings(by_video, replace(RULES, modes=frozenset({"video"})), MONDAY, "video"))
    assert not can_take(by_video, opening(mode="video"), RULES, MONDAY)


@pytest.mark.parametrize("kind", [AppointmentKind(minutes=50), AppointmentKind(minutes=0)])
def test_every_kind_is_a_whole_number_of_quarters(kind: AppointmentKind) -> None:
    with pytest.raises(ValueError, match="quarters"):
        BookingRules(following=kind)


@pytest.mark.parametrize(
    ("department", "starts_at", "counts"),
    [
        ("21", datetime(2025, 12, 31, 22, 59, tzinfo=timezone.utc), False),
        ("21", datetime(2025, 12, 31, 23, 0, tzinfo=timezone.utc), True),
        ("21", datetime(2026, 12, 31, 22, 59, tzinfo=timezone.utc), True),
        ("21", datetime(2026, 12, 31, 23, 0, tzinfo=timezone.utc), False),
        ("58", datetime(2026, 6, 1, tzinfo=timezone.utc), False),
    ],
)
def test_a_quota_counts_its_territory_and_its_year(department: str, starts_at: datetime, counts: bool) -> None:
    assert QUOTA.counts(department, starts_at) is counts


def test_a_change_within_the_year_is_already_counted() -> None:
    rules = replace(RULES, quotas=(QUOTA, replace(QUOTA, year=2027)))

    kept = rules.for_change_of(1, opening().starts_at)

    assert [each.year for each in kept.quotas] == [2027]
    assert rules.for_rank(2).quotas == ()


def test_at_the_desk_there_is_no_notice_and_no_limit() -> None:
    rules = replace(RULES, following=AppointmentKind(60, 48, 30)).at_desk()

    assert (rules.minutes, rules.notice_hours, rules.move_until_hours, rules.cancel_until_hours) == (75, 0, 0, 0)
    following = rules.for_rank(2)
    assert (following.minutes, following.notice_hours, following.horizon_days) == (60, 0, 30)
