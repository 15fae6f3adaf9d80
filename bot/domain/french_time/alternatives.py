"""Makes alternatives tidy: what is over is left out, what is alike is joined, in an order that words can keep."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from bot.domain.french_time.dates import weekdays_in
from bot.domain.french_time.preference import Span, When, Window


def still_possible(alternatives: Iterable[When], now: datetime) -> tuple[When, ...]:
    """The alternatives that are not over, cut to what is left of them."""
    cut = (_cut(when, now.date()) for when in alternatives)
    left = (_without_hours_over(when, now) for when in cut if when is not None)
    return tuple(when for when in left if when is not None)


def last_day(alternatives: Iterable[When], today: date) -> date:
    """The last day they spoke of, today if they named none."""
    return max((span.last or span.first for when in alternatives for span in when.spans), default=today)


def tidy(alternatives: Iterable[When]) -> tuple[When, ...]:
    """Alternatives of the same hours joined, each kind of them in its place."""
    joined: dict[tuple[object, ...], When] = {}
    for when in alternatives:
        key = _likeness(when)
        joined[key] = _join(joined[key], when) if key in joined else _join(when, when)
    return tuple(sorted((when for when in joined.values() if not when.is_any), key=_place))


def _cut(when: When, today: date) -> When | None:
    if not when.spans:
        return when
    left = tuple(replace(span, first=max(span.first, today)) for span in when.spans if _is_to_come(span, today))
    days = [weekdays_in(span, when.weekdays) if when.weekdays else None for span in left]
    if not left or None in days:
        return replace(when, spans=left) if left else None
    named = tuple(day for each in days for day in each or ())
    return replace(when, spans=named, weekdays=frozenset()) if named else None


def _is_to_come(span: Span, today: date) -> bool:
    return span.last is None or (span.last >= today and span.last >= span.first)


def _without_hours_over(when: When, now: datetime) -> When | None:
    """Without today, if the hours asked are over."""
    minute = now.hour * 60 + now.minute
    if not when.spans or not when.windows or any(_latest(window) > minute for window in when.windows):
        return when
    left = tuple(span for span in when.spans if not (span.is_one_day and span.first == now.date()))
    return replace(when, spans=left) if left else None


def _latest(window: Window) -> int:
    return window.ends if window.target is None else window.target


def _likeness(when: When) -> tuple[object, ...]:
    if when.spans and when.weekdays:
        return when.spans, when.windows
    return bool(when.spans), bool(when.weekdays), when.windows if when.spans or when.weekdays else ()


def _join(first: When, second: When) -> When:
    spans = sorted({*first.spans, *second.spans}, key=_span_order)
    windows = sorted({*first.windows, *second.windows}, key=lambda each: (each.begins, each.ends))
    return When(tuple(spans), first.weekdays | second.weekdays, tuple(windows))


def _span_order(span: Span) -> tuple[date, date]:
    return span.first, span.last or date.max


def _place(when: When) -> tuple[object, ...]:
    """Days with hours, then days, then hours; within them periods before habits.

    Said in another order, the words of one would run into the next.
    """
    days, hours = bool(when.spans or when.weekdays), bool(when.windows)
    order = 0 if days and hours else 1 if days else 2
    first = min((span.first for span in when.spans), default=date.max)
    begins = min((window.begins for window in when.windows), default=0)
    kind = 0 if when.spans and when.weekdays else 1 if when.spans else 2
    return order, kind, first, sorted(when.weekdays), begins
