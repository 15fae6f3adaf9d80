"""What the territory decides about appointments, from one file; a number left out keeps its usual value."""

from pathlib import Path
from typing import Any

from bot.domain.booking.rules import AppointmentKind, BookingRules, Quota
from bot.knowledge.files import read_file
from bot.knowledge.reading import Block

NUMBERS = (
    *("hold_minutes", "move_until_hours", "cancel_until_hours", "reminder_days", "last_rank"),
    *("earlier_offers", "earlier_hours", "earlier_gain_hours", "prepared_hours", "km_per_day", "far_km"),
)
KIND = ("minutes", "notice_hours", "horizon_days")
LARGEST = 10_000


def load_booking_rules(path: Path) -> BookingRules:
    """The rules of a territory, the usual ones without a file; raises `ContentFaults` with each fault."""
    return read_file(path, _rules) if path.is_file() else BookingRules()


def _rules(block: Block) -> BookingRules:
    block.only("first", "following", "buffer_minutes", "quotas", *NUMBERS)
    usual = AppointmentKind()
    first = _kind(block, "first", usual)
    following = _kind(block, "following", first)
    numbers: dict[str, Any] = {name: _at_least(block, name, 0) for name in NUMBERS if block.has(name)}
    buffer = _quarters(block, "buffer_minutes", 15, least=0)
    quotas = tuple(_quota(each) for each in block.blocks("quotas")) if block.content.get("quotas") else ()
    if block.faults.found:
        return BookingRules()
    return BookingRules(
        minutes=first.minutes,
        notice_hours=first.notice_hours,
        horizon_days=first.horizon_days,
        buffer_quarters=buffer // 15,
        following=following,
        quotas=quotas,
        **numbers,
    )


def _kind(block: Block, name: str, usual: AppointmentKind) -> AppointmentKind:
    if not block.has(name):
        return usual
    kind = block.block(name)
    kind.only(*KIND)
    return AppointmentKind(
        minutes=_quarters(kind, "minutes", usual.minutes, least=15),
        notice_hours=_at_least(kind, "notice_hours", 0) if kind.has("notice_hours") else usual.notice_hours,
        horizon_days=_at_least(kind, "horizon_days", 1) if kind.has("horizon_days") else usual.horizon_days,
    )


def _quota(block: Block) -> Quota:
    block.only("departments", "year", "appointments")
    departments = frozenset(block.texts("departments"))
    if not departments:
        block.note("departments is missing")
    year = _at_least(block, "year", 2000)
    return Quota(departments, min(max(year, 2000), 9000), _at_least(block, "appointments", 0))


def _quarters(block: Block, name: str, usual: int, least: int) -> int:
    value = _at_least(block, name, least) if block.has(name) else usual
    if value % 15:
        block.note(f"{name} is a whole number of quarters of an hour")
    return value


def _at_least(block: Block, name: str, least: int) -> int:
    value = block.number(name)
    if not least <= value <= LARGEST:
        block.note(f"{name} goes from {least} to {LARGEST}")
    return value
