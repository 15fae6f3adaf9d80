"""Matchers of days counted from today and of weeks: "demain", "dans quinze jours", "la semaine prochaine"."""

from collections.abc import Callable
from datetime import date

from bot.domain.french_time import dates
from bot.domain.french_time.preference import Period, Window
from bot.domain.french_time.tokens import Cursor, Days, Hours, Phrases, Piece, TokenKind, Weekdays
from bot.domain.french_time.written import Match, bare_day, day_number, full_date

AFTERNOON = Window(13 * 60, 18 * 60)
MORNING = Window(0, 12 * 60)
EVENING = Window(17 * 60)
_FARTHEST = 400
_EARLY, _MIDDLE, _LATE = (0, 1), (1, 3), (3, 4)
_THURSDAY = 3
_UNITS = {"jour": 1, "jours": 1, "j": 1, "semaine": dates.WEEK, "mois": 0}
_SHORT = Phrases(
    {"1 quinzaine de jours|1 quinzaine": 14, "1 huitaine de jours|1 huitaine": 7, "1 dizaine de jours": 10}
)
_WITHIN = Phrases({"dans les|sous|d ici|d ici les|les|au cours des|sur les": True})
_THIS_DAY = Phrases[tuple[int, tuple[Piece, ...]]](
    {
        "aujourdhui|ce jour|dans la journee meme": (0, ()),
        "ce matin": (0, (Hours(MORNING),)),
        "ce midi": (0, (Hours(Window(12 * 60, 14 * 60)),)),
        "cet apresmidi|cette apresmidi|c apresmidi": (0, (Hours(AFTERNOON),)),
        "ce soir": (0, (Hours(EVENING),)),
        "demain|le lendemain": (1, ()),
        "apresdemain|surlendemain": (2, ()),
        "demain en 8": (8, ()),
        "aujourdhui en 8": (7, ()),
        "hier": (-1, ()),
        "avanthier": (-2, ()),
    }
)


def _week(weeks: int) -> Callable[[date], tuple[Period, ...]]:
    return lambda today: (dates.week_of(dates.in_days(today, weeks * dates.WEEK)),)


def _part(first_last: tuple[int, int], weeks: int | None = None) -> Callable[[date], tuple[Period, ...]]:
    """Part of a week; without saying which week, the one under way unless that part is over."""

    def periods(today: date) -> tuple[Period, ...]:
        monday = dates.week_of(today).first
        first, last = (dates.in_days(monday, each) for each in first_last)
        ahead = weeks if weeks is not None else int(last < today)
        return (Period(dates.in_days(first, ahead * dates.WEEK), dates.in_days(last, ahead * dates.WEEK)),)

    return periods


def _weekend_to_come(today: date) -> tuple[Period, ...]:
    this, following = _part((5, 6), 0)(today)[0], _part((5, 6), 1)(today)[0]
    if today.weekday() > 4:
        return (following,)
    return (this, following) if today.weekday() >= _THURSDAY else (this,)


_PERIODS = Phrases(
    {
        "cette semaine|semaine en cours|la semaine ci|dans la semaine": _week(0),
        "semaine prochain|semaine pro|semaine suivante|semaine qui vient|semaine a venir|prochain semaine": _week(1),
        "semaine d apres": _week(1),
        "semaine derniere|semaine passee": _week(-1),
        "debut de semaine|debut de la semaine|debut semaine": _part(_EARLY),
        "milieu de semaine|milieu de la semaine|mi semaine": _part(_MIDDLE),
        "debut de semaine prochain|debut de la semaine prochain|debut semaine prochain": _part(_EARLY, 1),
        "milieu de semaine prochain|milieu de la semaine prochain": _part(_MIDDLE, 1),
        "ce weekend": _part((5, 6), 0),
        "weekend prochain|prochain weekend|weekend qui vient": _weekend_to_come,
    }
)
_ENDS = Phrases(
    {
        "fin de semaine|fin de la semaine|fin semaine|fin de cette semaine": _part(_LATE),
        "fin de semaine prochain|fin de la semaine prochain|fin semaine prochain": _part(_LATE, 1),
    }
)
_HABITS = Phrases(
    {
        "en semaine|jours de semaine|jours ouvres|jours ouvrables": range(5),
        "weekend": (5, 6),
        "tous les jours|n importe quel jour|chaque jour|tout le temps": range(7),
    }
)


def relative(cursor: Cursor) -> Match:
    """A day or a period told from today."""
    today = cursor.today
    day = _THIS_DAY.find(cursor)
    if day:
        count, hours = day[0]
        return (Days((dates.one_day(dates.in_days(today, count)),)), *hours), day[1]
    end, period = _ENDS.find(cursor), _PERIODS.find(cursor)
    if end or period:
        periods, after = end or period or (_week(0), cursor)
        return (Days(periods(today), is_end=bool(end)),), after
    return _counted(cursor) or _week_of_day(cursor) or _habit(cursor)


def duration(cursor: Cursor) -> tuple[Period, Cursor] | None:
    """Where a length of time leads from today: "3 jours" to that day, "2 semaines" to about then."""
    short = _SHORT.find(cursor)
    if short:
        return dates.around(dates.in_days(cursor.today, short[0])), short[1]
    here = cursor.step().skip(("prochain", "prochains"))
    unit = _UNITS.get(here.token.text)
    if cursor.token.kind is not TokenKind.NUMBER or unit is None or cursor.token.value * (unit or 30) > _FARTHEST:
        return None
    return _led_to(cursor.token.value, unit, cursor.today), here.step().skip(("prochain", "a", "venir"))


def _led_to(count: int, unit: int, today: date) -> Period:
    if not unit:
        return dates.around(dates.in_months(today, count))
    # "Huit jours" and "quinze jours" are one and two weeks.
    whole_weeks = {8: 7, 15: 14}.get(count, 0) if unit == 1 else count * unit
    if whole_weeks:
        return dates.around(dates.in_days(today, whole_weeks))
    return dates.one_day(dates.in_days(today, count))


def _counted(cursor: Cursor) -> Match:
    if cursor.token.text == "dans":
        led = duration(cursor.step().skip(("environ", "a", "peu", "pres", "genre")))
        if led:
            return (Days((led[0],)),), led[1]
    within = _WITHIN.find(cursor)
    led = duration(within[1]) if within else None
    if led is None:
        return None
    return (Days((Period(cursor.today, led[0].target or led[0].last),)),), led[1]


def _week_of_day(cursor: Cursor) -> Match:
    """ "La semaine du 7 décembre", "semaine 50"."""
    if not cursor.sees("semaine", "weekend"):
        return None
    here = cursor.step()
    number = day_number(here.step()) if here.sees("du") else None
    found = full_date(here.step()) or (bare_day(*number) if number else None) if here.sees("du") else None
    if found and isinstance(found[0][0], Days):
        week = dates.week_of(found[0][0].options[0].first)
        first = dates.in_days(week.first, 5) if cursor.sees("weekend") else week.first
        return (Days((Period(first, week.last),)),), found[1]
    if cursor.sees("semaine") and here.token.kind is TokenKind.NUMBER and 1 <= here.token.value <= 52:
        return (Days((_numbered_week(here.token.value, cursor.today),)),), here.step()
    return None


def _numbered_week(number: int, today: date) -> Period:
    week = dates.week_of(date.fromisocalendar(today.year, number, 1))
    over = week.last is not None and week.last < today
    return dates.week_of(date.fromisocalendar(today.year + 1, number, 1)) if over else week


def _habit(cursor: Cursor) -> Match:
    habit = _HABITS.find(cursor)
    return ((Weekdays(frozenset(habit[0]), is_habitual=True),), habit[1]) if habit else None
