"""The file in which a territory says what it decides about appointments."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.domain.booking.rules import AppointmentKind, BookingRules, Quota
from bot.domain.errors import ContentFaults
from bot.knowledge.booking_rules import load_booking_rules

REFERENCE = Path(__file__).parents[2] / "data" / "reference"


def loaded(folder: Path, text: str) -> BookingRules:
    file = folder / "booking_rules.yml"
    file.write_text(text, encoding="utf-8")
    return load_booking_rules(file)


def test_the_file_shipped_gives_75_minutes_and_no_quota() -> None:
    rules = load_booking_rules(REFERENCE / "booking_rules.yml")

    assert (rules.minutes, rules.for_rank(2).minutes, rules.quotas) == (75, 75, ())
    assert rules == BookingRules(following=AppointmentKind())


def test_without_a_file_the_usual_rules_hold(tmp_path: Path) -> None:
    assert load_booking_rules(tmp_path / "nothing.yml") == BookingRules()


def test_kinds_limits_and_quotas_are_read(tmp_path: Path) -> None:
    rules = loaded(
        tmp_path,
        "first: {minutes: 90, notice_hours: 48}\nfollowing: {minutes: 45, horizon_days: 120}\nbuffer_minutes: 30\n"
        'hold_minutes: 5\nquotas:\n  - {departments: ["21", "58"], year: 2027, appointments: 1200}\n',
    )

    assert (rules.minutes, rules.notice_hours, rules.horizon_days) == (90, 48, 60)
    assert rules.following == AppointmentKind(45, 48, 120)
    assert (rules.buffer_quarters, rules.hold_minutes) == (2, 5)
    assert rules.quotas == (Quota(frozenset({"21", "58"}), 2027, 1200),)


@pytest.mark.parametrize(
    "text",
    [
        "first: {minutes: 50}\n",
        "first: {minutes: 0}\n",
        "first: {horizon_days: 0}\n",
        "hold_minutes: -1\n",
        "hold_minutes: dix\n",
        "holds: 3\n",
        "quotas:\n  - {departments: [], year: 2027, appointments: 3}\n",
        'quotas:\n  - {departments: ["21"], year: 27, appointments: 3}\n',
        'quotas:\n  - {departments: ["21"], year: 2027}\n',
        "- 1\n",
    ],
)
def test_a_fault_is_told_and_nothing_is_guessed(tmp_path: Path, text: str) -> None:
    with pytest.raises(ContentFaults):
        loaded(tmp_path, text)
