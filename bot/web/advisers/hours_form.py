"""Hours and days as the forms of the agenda give them; `HoursRefused` for what cannot be read."""

from datetime import date, time

from bot.domain.booking.agenda import WeeklyRange
from bot.domain.booking.openings import Mode
from bot.domain.errors import HoursRefused
from bot.domain.knowledge.versions import Validity
from bot.web.advisers.visits import AdviserVisit


def weekly(visit: AdviserVisit, adviser_id: str) -> WeeklyRange:
    """The weekly hours of the form, of this adviser."""
    modes = frozenset(mode.value for mode in Mode if visit.form.get(f"facon_{mode.value}"))
    weekday = visit.form.get("jour", "")
    if weekday not in {str(number) for number in range(7)}:
        raise HoursRefused("unreadable")
    starts, ends = _hour(visit, "debut"), _hour(visit, "fin")
    if starts is None or ends is None:
        raise HoursRefused("unreadable")
    until = day(visit, "au") if visit.form.get("au") else None
    return WeeklyRange(adviser_id, int(weekday), starts, ends, Validity(day(visit, "du"), until), modes)


def period(visit: AdviserVisit) -> tuple[date, date, time | None, time | None]:
    """The first and the last day of the form, one when only one is said; and the hours, if any."""
    first = day(visit, "du")
    last = day(visit, "au") if visit.form.get("au") else first
    return first, last, _hour(visit, "debut"), _hour(visit, "fin")


def day(visit: AdviserVisit, name: str) -> date:
    """The day in this field."""
    try:
        return date.fromisoformat(visit.form.get(name, ""))
    except ValueError as fault:
        raise HoursRefused("unreadable") from fault


def _hour(visit: AdviserVisit, name: str) -> time | None:
    """Whole minutes of the wall clock; `None` when the field is empty."""
    typed = visit.form.get(name, "")
    if not typed:
        return None
    try:
        return time.fromisoformat(typed).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError as fault:
        raise HoursRefused("unreadable") from fault
