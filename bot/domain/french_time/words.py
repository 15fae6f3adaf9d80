"""Says a preference in French words that, read again, give the same preference."""

from dataclasses import replace
from datetime import date

from bot.domain.french_time.dates import in_days
from bot.domain.french_time.hours import FIRST_HOUR, LUNCH
from bot.domain.french_time.preference import DAY_MINUTES, Period, Preference, When, Window
from bot.domain.french_time.relative import AFTERNOON, MORNING
from bot.domain.text.patterns import MONTHS, WEEKDAYS

_SPACE = "\u00a0"
_OR = " ou "
_NAMED = {MORNING: "le matin", AFTERNOON: "l'après-midi", LUNCH: "entre midi et deux"}
_LONG_RUN = 3


def words_of(preference: Preference) -> str:
    """The whole preference in words."""
    said = _asked(preference.alternatives, preference.today)
    for when in preference.excluded:
        each_alone = [when] if when == When(weekdays=when.weekdays) else _atoms(when)
        said += "".join(f" {_ruled_out(each, preference.today)}" for each in each_alone)
    if preference.preferred:
        said += f", plutôt {_asked(preference.preferred, preference.today, is_soft=True)}"
    return said.removeprefix(", ").strip() or "n'importe quand"


def _asked(alternatives: tuple[When, ...], today: date, *, is_soft: bool = False) -> str:
    said = ""
    for before, when in zip((When(), *alternatives), alternatives, strict=False):
        # Without this, hours alone would seem to go with the days said before them.
        every_day = "tous les jours " if before.windows and not (when.periods or when.weekdays) else ""
        said += (_OR if said else "") + every_day + _when(when, today, is_soft=is_soft)
    return said


def _ruled_out(when: When, today: date) -> str:
    window = when.windows[0] if when.windows else None
    if window and not when.periods and not when.weekdays and window.target is None:
        if not window.begins and window not in _NAMED:
            return f"pas avant {_hour(window.ends)}"
        if window.ends == DAY_MINUTES:
            return f"pas après {_hour(window.begins)}"
    period = when.periods[0] if when.periods else None
    is_beginning = period is not None and period.first == today and not period.is_one_day and period.target is None
    if period and period.last and is_beginning and not when.weekdays and not window:
        return f"pas avant le {_day(in_days(period.last, 1), today)}"
    return f"sauf {_when(when, today)}".replace(_OR, " et ")


def _atoms(when: When) -> list[When]:
    """Each exclusion in it, since "sauf" is said again before each."""
    found = [when]
    if when.periods:
        found = [replace(each, periods=(period,)) for each in found for period in when.periods]
    if when.weekdays:
        found = [replace(each, weekdays=frozenset(run)) for each in found for run in _runs(when.weekdays)]
    if when.windows:
        found = [replace(each, windows=(window,)) for each in found for window in when.windows]
    return found


def _when(when: When, today: date, *, is_soft: bool = False) -> str:
    weekdays = _OR.join(_weekdays(run) for run in _runs(when.weekdays))
    periods = _OR.join(_period(period, today) for period in when.periods)
    windows = _OR.join(_window(window, is_soft=is_soft) for window in when.windows)
    return " ".join(part for part in (weekdays, periods, windows) if part)


def _runs(weekdays: frozenset[int]) -> list[list[int]]:
    """Weekdays three or more in a row together, the others alone."""
    runs: list[list[int]] = []
    for each in sorted(weekdays):
        if runs and runs[-1][-1] == each - 1:
            runs[-1].append(each)
        else:
            runs.append([each])
    return [part for run in runs for part in ([run] if len(run) >= _LONG_RUN else [[each] for each in run])]


def _weekdays(run: list[int]) -> str:
    if len(run) == 1:
        return f"le {WEEKDAYS[run[0]]}"
    return f"du {WEEKDAYS[run[0]]} au {WEEKDAYS[run[-1]]}"


def _period(period: Period, today: date) -> str:
    if period.target:
        return f"vers le {_day(period.target, today)}"
    if period.last is None:
        return f"à partir du {_day(period.first, today)}"
    if period.is_one_day:
        return _day(period.first, today)
    if period.first <= today:
        return f"jusqu'au {_day(period.last, today)}"
    return f"du {_day(period.first, today)} au {_day(period.last, today)}"


def _day(day: date, today: date) -> str:
    number = "1er" if day.day == 1 else str(day.day)
    year = "" if day.year == today.year else f" {day.year}"
    return f"{WEEKDAYS[day.weekday()]} {number} {MONTHS[day.month - 1]}{year}"


def _window(window: Window, *, is_soft: bool) -> str:
    if window.target is not None:
        return f"{'vers' if is_soft else 'à'} {_hour(window.target)}"
    if window in _NAMED:
        return _NAMED[window]
    if window.ends == DAY_MINUTES:
        return f"après {_hour(window.begins)}"
    if not window.begins:
        return f"avant {_hour(window.ends)}"
    return f"entre {_hour(window.begins)} et {_hour(window.ends)}"


def _hour(minute: int) -> str:
    hours, rest = divmod(minute, 60)
    # Read alone, an hour so early would be of the afternoon.
    half = " du matin" if hours < FIRST_HOUR else ""
    return f"{hours}{_SPACE}h" + (f"{_SPACE}{rest:02d}" if rest else "") + half
