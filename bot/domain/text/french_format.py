"""Dates, hours, distances and lists in French words: the only French written in Python.

Whole sentences live in `domain.yml`, `data/knowledge/` and the templates.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.domain.text.patterns import MONTHS, WEEKDAYS

PARIS = ZoneInfo("Europe/Paris")
NBSP = "\u00a0"


def hour(moment: datetime, zone: ZoneInfo = PARIS) -> str:
    """`9 h`, `14 h 30`, in the place's own time."""
    local = moment.astimezone(zone)
    return f"{local.hour}{NBSP}h" + (f"{NBSP}{local.minute:02d}" if local.minute else "")


def day(moment: datetime | date, *, this_year: int | None = None, zone: ZoneInfo = PARIS) -> str:
    """`jeudi 26 novembre`, with the year when it is not `this_year`."""
    local = moment.astimezone(zone).date() if isinstance(moment, datetime) else moment
    number = "1er" if local.day == 1 else str(local.day)
    year = "" if this_year in (None, local.year) else f" {local.year}"
    return f"{WEEKDAYS[local.weekday()]} {number} {MONTHS[local.month - 1]}{year}"


def plain_date(value: date) -> str:
    """`2 avril 2026`, for sources and validity."""
    number = "1er" if value.day == 1 else str(value.day)
    return f"{number} {MONTHS[value.month - 1]} {value.year}"


def short_date(value: date) -> str:
    """`23/11`, where there is little room."""
    return f"{value:%d/%m}"


def decimal(value: float) -> str:
    """`87,5`, and `90` for a whole number."""
    return f"{value:g}".replace(".", ",")


def moment(value: datetime, zone: ZoneInfo = PARIS) -> str:
    """`jeudi 26 novembre à 14 h 30`."""
    return f"{day(value, zone=zone)} à {hour(value, zone)}"


def length(minutes: int) -> str:
    """`45 minutes`, `1 h 15`."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{minutes} minutes"
    return f"{hours}{NBSP}h" + (f"{NBSP}{rest:02d}" if rest else "")


def distance(kilometres: float) -> str:
    """`sur place`, `12 km`: rounded, since it is a straight line."""
    return f"{round(kilometres)}{NBSP}km" if kilometres >= 1 else f"moins de 1{NBSP}km"


def around(name: str, postcode: str) -> str:
    """A postcode that several communes share, by its largest one."""
    return f"{name} et alentours ({postcode})"


def contact_line(name: str, phone: str, link: str) -> str:
    """Who to reach, and how: only what is known."""
    means = ", ".join(part for part in (phone, link) if part)
    return f"{name}{NBSP}: {means}" if means else ""


def phone(number: str | None) -> str:
    """`06 39 98 12 34` for a French number, as it is read aloud; a foreign one as it is."""
    if not number or not number.startswith("+33") or len(number) != 12:
        return number or ""
    national = "0" + number[3:]
    return " ".join(national[start : start + 2] for start in range(0, 10, 2))


def listing(items: Sequence[str], last: str = "et") -> str:
    """`a, b et c`."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


@dataclass(frozen=True)
class ModeWords:
    """How a mode of meeting is said: in a recap, and at the end of a choice."""

    full: str
    suffix: str


def mode_words(mode: str) -> ModeWords:
    """In person is the rule, so only the other modes are said in a choice."""
    remote = {"phone": "par téléphone", "video": "en visioconférence"}.get(mode)
    return ModeWords(remote, f", {remote}") if remote else ModeWords("sur place", "")


def access(step_free: bool | None) -> str:
    """Step-free access, said only when known."""
    if step_free is None:
        return ""
    return "accès de plain-pied" if step_free else "pas d'accès de plain-pied"


def first_opening(starts_at: datetime | None, zone: ZoneInfo = PARIS) -> str:
    """The first free appointment of a relay point."""
    if starts_at is None:
        return "aucun rendez-vous libre pour l'instant"
    return f"premier rendez-vous libre{NBSP}: {moment(starts_at, zone)}"


def week(half_days: Sequence[tuple[int, time, time]]) -> str:
    """`lundi au jeudi 9 h-12 h 30 et 13 h 30-17 h 30, vendredi …`: days with the same hours together."""
    by_day: dict[int, list[str]] = {number: [] for number in range(7)}
    for number, starts, ends in half_days:
        by_day[number].append(f"{clock(starts)}-{clock(ends)}")
    groups: list[tuple[list[int], str]] = []
    for number, spans in by_day.items():
        words = " et ".join(spans)
        if groups and groups[-1][1] == words and groups[-1][0][-1] == number - 1:
            groups[-1][0].append(number)
        elif words:
            groups.append(([number], words))
    return ", ".join(f"{_days(numbers)} {words}" for numbers, words in groups)


def _days(numbers: list[int]) -> str:
    return WEEKDAYS[numbers[0]] if len(numbers) == 1 else f"{WEEKDAYS[numbers[0]]} au {WEEKDAYS[numbers[-1]]}"


def clock(value: time) -> str:
    """`9 h`, `14 h 30`, of a clock on the wall."""
    return f"{value.hour}{NBSP}h" + (f"{NBSP}{value.minute:02d}" if value.minute else "")
