"""Choosing which openings to say: a few, fitting the wish, not all on the same morning."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, tzinfo

from bot.domain.booking.openings import Opening, Wish


def choose(free: Iterable[Opening], wish: Wish | None, zone: tzinfo, limit: int) -> tuple[Opening, ...]:
    """The best openings for this wish, at most `limit`, best first.

    What breaks the wish is left out, unless nothing fits it: then the closest are given, and the
    caller can say so with `wish.fits`. Without a wish, the earliest of different half-days.
    """
    candidates = one_per_start(free, zone)
    if wish is None:
        return _spread(candidates, zone, limit)
    local = {opening: opening.starts_at.astimezone(zone) for opening in candidates}
    fitting = [opening for opening in candidates if wish.fits(local[opening])]
    ranked = sorted(fitting or candidates, key=lambda each: (wish.closeness(local[each]), each.starts_at))
    return tuple(ranked[:limit])


def nearest_to(free: Iterable[Opening], starts_at: datetime, zone: tzinfo, limit: int) -> tuple[Opening, ...]:
    """The openings closest in time to this start, closest first."""
    candidates = one_per_start(free, zone)
    return tuple(sorted(candidates, key=lambda each: abs(each.starts_at - starts_at))[:limit])


def one_per_start(free: Iterable[Opening], zone: tzinfo) -> list[Opening]:
    """One opening for each start, with the adviser who has most left that day; earliest first."""
    everything = list(free)
    left = Counter(_adviser_day(opening, zone) for opening in everything)
    best: dict[datetime, Opening] = {}
    for opening in everything:
        rival = best.get(opening.starts_at)
        if rival is None or left[_adviser_day(opening, zone)] > left[_adviser_day(rival, zone)]:
            best[opening.starts_at] = opening
    return sorted(best.values(), key=lambda each: each.starts_at)


def _adviser_day(opening: Opening, zone: tzinfo) -> tuple[str, date]:
    return opening.adviser_id, opening.starts_at.astimezone(zone).date()


def _spread(candidates: list[Opening], zone: tzinfo, limit: int) -> tuple[Opening, ...]:
    firsts: dict[tuple[date, bool], Opening] = {}
    for opening in candidates:
        local = opening.starts_at.astimezone(zone)
        firsts.setdefault((local.date(), local.hour < 13), opening)
    chosen = list(firsts.values())[:limit]
    others = [opening for opening in candidates if opening not in chosen]
    chosen += others[: limit - len(chosen)]
    return tuple(sorted(chosen, key=lambda each: each.starts_at))
