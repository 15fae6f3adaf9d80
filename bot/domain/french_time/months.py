"""Matchers of months, their parts and the feasts of the year: "en janvier", "fin du mois", "avant Noël"."""

from collections.abc import Callable
from datetime import date

from bot.domain.french_time import dates
from bot.domain.french_time.preference import Period
from bot.domain.french_time.tokens import Cursor, Days, Phrases, TokenKind
from bot.domain.french_time.written import Match, year_here

_PARTS = Phrases({"debut": "debut", "mi|milieu|courant mi": "mi", "fin": "fin"})
_BEFORE_MONTH = frozenset("en mois courant pour de d tout".split())
# Also a planet and a word of every day: they need a word before them.
_ALSO_WORDS = (3, 5)
_LINKS = ("de", "du", "d", "mois", "le", "en")


def _this_month(today: date) -> Period:
    return dates.whole_month(today.month, today.year, today)


def _next_month(today: date) -> Period:
    later = dates.in_months(today, 1)
    return dates.whole_month(later.month, later.year, today)


def _end_of_year(today: date) -> Period:
    return Period(date(today.year, 12, 15), date(today.year, 12, 31))


def _feast(first: tuple[int, int], last: tuple[int, int]) -> Callable[[date], Period]:
    def period(today: date) -> Period:
        year = today.year + ((today.month, today.day) > last)
        return Period(date(year, *first), date(year + (last < first), *last))

    return period


def _new_year(today: date) -> Period:
    return dates.one_day(date(today.year + 1, 1, 1))


_MONTHS = Phrases(
    {
        "mois prochain|prochain mois|mois qui vient|mois suivant": _next_month,
        "ce mois|ce mois ci|mois en cours": _this_month,
        "debut du mois prochain|debut de mois prochain": lambda today: dates.part_of_month(_next_month(today), "debut"),
        "debut du mois|debut de mois": lambda today: _this_or_next(today, "debut"),
        "milieu du mois prochain": lambda today: dates.part_of_month(_next_month(today), "mi"),
        "milieu du mois|mi mois": lambda today: _this_or_next(today, "mi"),
        "debut d annee": lambda today: dates.whole_month(1, today.year + 1, today),
        "annee prochain|nouvelle annee": lambda today: Period(date(today.year + 1, 1, 1), date(today.year + 1, 12, 31)),
    }
)
_ENDS = Phrases(
    {
        "fin du mois prochain|fin de mois prochain": lambda today: dates.part_of_month(_next_month(today), "fin"),
        "fin du mois|fin de mois|fin de ce mois": lambda today: dates.part_of_month(_this_month(today), "fin"),
        "fin d annee|fin de l annee|fin de cette annee": _end_of_year,
    }
)
_FEASTS = Phrases(
    {
        "noel": _feast((12, 25), (12, 25)),
        "fetes|fetes de fin d annee": _feast((12, 24), (12, 31)),
        "jour de l an|nouvel an|1er de l an": _new_year,
        "toussaint": _feast((11, 1), (11, 1)),
        "15 aout": _feast((8, 15), (8, 15)),
    }
)
_BETWEEN_FEASTS = Phrases(
    {"entre les fetes|entre noel et le jour de l an|entre noel et le nouvel an|entre noel et nouvel an": True}
)


def months(cursor: Cursor) -> Match:
    """A month, part of one, or a feast, where the words around leave no doubt."""
    if _BETWEEN_FEASTS.find(cursor):
        after = (_BETWEEN_FEASTS.find(cursor) or (True, cursor))[1]
        return (Days((_feast((12, 26), (12, 31))(cursor.today),)),), after
    found = _relative_month(cursor) or _week_of_month(cursor) or part_of_month(cursor)
    if found:
        return found
    if cursor.token.kind is TokenKind.MONTH and _is_surely_a_month(cursor):
        return month(cursor)
    return _at_a_feast(cursor)


def bounded_months(cursor: Cursor) -> Match:
    """A month, part of one, or a feast after "avant", "après"…, where nothing more is needed."""
    found = _relative_month(cursor) or part_of_month(cursor) or month(cursor)
    feast = _FEASTS.find(cursor)
    return found or (((Days((feast[0](cursor.today),)),), feast[1]) if feast else None)


def month(cursor: Cursor) -> Match:
    """A whole month."""
    if cursor.token.kind is not TokenKind.MONTH:
        return None
    year, after = year_here(cursor.step())
    return (Days((dates.whole_month(cursor.token.value, year, cursor.today),)),), after


def part_of_month(cursor: Cursor) -> Match:
    """ "Début décembre", "mi-janvier", "fin du mois de mars"."""
    part = _PARTS.find(cursor)
    here = part[1].skip(_LINKS) if part else cursor
    if part is None or here.token.kind is not TokenKind.MONTH:
        return None
    year, after = year_here(here.step())
    whole = dates.whole_month(here.token.value, year, cursor.today)
    return (Days((dates.part_of_month(whole, part[0]),), is_end=part[0] == "fin"),), after


def _this_or_next(today: date, part: str) -> Period:
    period = dates.part_of_month(_this_month(today), part)
    over = period.last is not None and period.last < today
    return dates.part_of_month(_next_month(today), part) if over else period


def _relative_month(cursor: Cursor) -> Match:
    end, other = _ENDS.find(cursor), _MONTHS.find(cursor)
    if end is None and other is None:
        return None
    period, after = end or other or (_this_month, cursor)
    return (Days((period(cursor.today),), is_end=end is not None),), after


def _week_of_month(cursor: Cursor) -> Match:
    """ "La première semaine de janvier": its first seven days."""
    rank, here = cursor.token, cursor.step()
    if rank.kind is not TokenKind.ORDINAL or not here.sees("semaine") or not here.step().sees("de", "d", "du"):
        return None
    found = month(here.step().skip(_LINKS)) or _relative_month(here.step(2))
    piece = found[0][0] if found else None
    if found is None or not isinstance(piece, Days) or rank.value > 4:
        return None
    whole = piece.options[0]
    last = whole.last or whole.first
    if rank.value < 0:
        return (Days((Period(dates.in_days(last, -6), last),)),), found[1]
    first = dates.in_days(whole.first, dates.WEEK * (rank.value - 1))
    return (Days((Period(first, dates.in_days(first, 6)),)),), found[1]


def _is_surely_a_month(cursor: Cursor) -> bool:
    if cursor.before.text in _BEFORE_MONTH:
        return True
    alone = cursor.at == 0 and year_here(cursor.step())[1].is_at_end
    return alone and cursor.token.value not in _ALSO_WORDS


def _at_a_feast(cursor: Cursor) -> Match:
    feast = _FEASTS.find(cursor)
    if feast is None or cursor.before.text not in ("a", "pour", "vers"):
        return None
    period = feast[0](cursor.today)
    return (Days((dates.around(period.first) if period.is_one_day else period,)),), feast[1]
