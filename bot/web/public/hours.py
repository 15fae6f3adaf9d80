"""Openings laid out for a page: a few days at a time, or those that suit a wish said in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from itertools import groupby

from bot.app import container
from bot.domain import french_time
from bot.domain.booking.openings import BookingRules, Opening
from bot.domain.places.relay_points import RelayPoint
from bot.domain.text.french_format import PARIS
from bot.services import booking

DAYS_A_PAGE = 4
SUITING = 8
LONGEST_WISH = 200

Day = tuple[date, tuple[Opening, ...]]


@dataclass(frozen=True)
class Hours:
    """What can be chosen; `later`, the first day not shown; `fits`, whether it is what was wished for."""

    days: tuple[Day, ...]
    later: date | None = None
    is_first_page: bool = True
    fits: bool = True


@dataclass(frozen=True)
class Wish:
    """What was typed, and what was read in it: `words` when it is clear, else which `problem`, and the `choices`."""

    typed: str = ""
    words: str = ""
    problem: str = ""
    choices: tuple[str, ...] = ()


def read_wish(typed: str) -> Wish:
    """The wish in this text."""
    text = " ".join(typed.split())[:LONGEST_WISH]
    if not text:
        return Wish()
    reading = _read(text)
    if isinstance(reading, french_time.Wanted):
        return Wish(text, reading.words)
    if isinstance(reading, french_time.Ambiguous):
        return Wish(text, problem="several", choices=tuple(each.words for each in reading.choices))
    return Wish(text, problem="past" if isinstance(reading, french_time.Past) else "unread")


def hours_at(point: RelayPoint, mode: str, wish: str, first: date | None, rules: BookingRules) -> Hours:
    """The openings of a relay point that suit the wish; without one, those of a few days from `first` on."""
    uow, now = container.unit_of_work(), container.now()
    reading = _read(wish) if wish else None
    if isinstance(reading, french_time.Wanted):
        wanted = reading.preference
        suiting = booking.propose(uow, point.code, wanted, now, rules, limit=SUITING, mode=mode)
        fits = any(wanted.fits(each.starts_at.astimezone(point.zone)) for each in suiting)
        return Hours(by_day(suiting, point.zone), fits=fits)
    return some_days(by_day(booking.every_opening(uow, point.code, now, rules, mode), point.zone), first)


def some_days(days: tuple[Day, ...], first: date | None) -> Hours:
    """A page of these days, from this one on."""
    left = [each for each in days if first is None or each[0] >= first]
    later = left[DAYS_A_PAGE][0] if len(left) > DAYS_A_PAGE else None
    return Hours(tuple(left[:DAYS_A_PAGE]), later, is_first_page=len(left) == len(days))


def by_day(openings: Iterable[Opening], zone: tzinfo) -> tuple[Day, ...]:
    """Openings under their local day, in order."""
    ordered = sorted(openings, key=lambda each: each.starts_at)
    days = groupby(ordered, key=lambda each: each.starts_at.astimezone(zone).date())
    return tuple((day, tuple(found)) for day, found in days)


def read_day(text: str) -> date | None:
    """The day in an address of ours; none when it is not one."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def read_opening(key: str) -> Opening | None:
    """The opening a form names; none when no page of ours named it so."""
    try:
        return Opening.from_key(key)
    except ValueError:
        return None


def _read(text: str) -> french_time.Reading:
    now: datetime = container.now().astimezone(PARIS)
    return french_time.read(text, now)
