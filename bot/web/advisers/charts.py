"""The figures of the service: tables with small plots beside them, and the same as a file."""

from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from bot.app import container, content_authoring
from bot.domain.accounts import Right
from bot.domain.conversation.turns import TurnOutcome
from bot.domain.places.relay_points import RelayPoint
from bot.domain.statistics.figures import Week, share
from bot.domain.statistics.plots import Plot, columns
from bot.domain.text.french_format import PARIS, mode_words, short_date
from bot.domain.text.spreadsheet import Cell, sheet
from bot.services.statistics import figures
from bot.services.statistics.figures import Figures, Period
from bot.web.advisers.texts import texts
from bot.web.advisers.visits import AdviserVisit, desk
from bot.web.pages import CONSOLE

FIGURES = "/conseil/chiffres"
WEEKS = (4, 12, 26)


def charts(visit: AdviserVisit) -> Response:
    """The figures of some weeks."""
    period, found = _period(visit), figures.figures(container.unit_of_work(), _period(visit))
    return visit.page(
        "figures.html",
        figures=found,
        period=period,
        weeks=_weeks(visit),
        choices=WEEKS,
        words=texts()["figures"],
        points=_points(),
        title_of=content_authoring.title_of,
        mode_words=mode_words,
        understood=_understood(found.weeks),
        lengths=columns([(texts()["figures"]["lengths"]["short"][each], n) for each, n in found.lengths.items()]),
        waits=columns([(short_date(monday), days) for monday, days in found.opening_weeks]),
    )


def export(visit: AdviserVisit) -> Response:
    """The figures of the period as a file for a spreadsheet."""
    visit.audit("export", "figures")
    rows = list(_rows(figures.figures(container.unit_of_work(), _period(visit))))
    name = f"chiffres-{container.today()}.csv"
    headers = {**CONSOLE, "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(sheet(rows), media_type="text/csv; charset=utf-8", headers=headers)


def _understood(weeks: tuple[Week, ...]) -> Plot:
    shares = [share(week.counts.get(TurnOutcome.UNDERSTOOD.value, 0), week.total) for week in weeks]
    return columns([(short_date(week.monday), each) for week, each in zip(weeks, shares, strict=True)], 100)


def _rows(found: Figures) -> Iterator[list[Cell]]:
    words, points = texts()["figures"], _points()
    hidden: str = words["hidden"]
    yield list(words["columns"])
    for name, counts in (
        ("turns", found.turns),
        ("handovers", found.handovers.counts),
        ("lengths", found.lengths),
    ):
        for label, count in counts.items():
            yield [words[name]["title"], "", words[name][label], hidden if count is None else count]
    yield from _opening_rows(found, words["openings"], points)
    for name, table in (("appointments", found.appointments), ("notices", found.notices)):
        for label, counts in table.items():
            known = points if name == "appointments" else words["kinds"]
            for what, count in counts.items():
                yield [words[name]["title"], known.get(label, label), words[name][what], _cell(count, hidden)]
    yield from _question_rows(found, words)


def _opening_rows(found: Figures, about: Mapping[str, str], points: Mapping[str, str]) -> Iterator[list[Cell]]:
    for point, by_mode in found.openings.items():
        for mode, days in by_mode.items():
            wait = about["none"] if days is None else days
            yield [about["title"], points.get(point, point), mode_words(mode).full, wait]


def _question_rows(found: Figures, words: Mapping[str, Any]) -> Iterator[list[Cell]]:
    hidden: str = words["hidden"]
    for label, count in found.abandoned:
        yield [words["abandoned"], "", words["steps"].get(label, label), _cell(count, hidden)]
    for label, count in found.near:
        yield [words["near"], "", content_authoring.title_of(label), _cell(count, hidden)]
    for entry, yes, no in found.opinions:
        for what, count in (("yes", yes), ("no", no)):
            title = content_authoring.title_of(entry)
            yield [words["opinions"]["title"], title, words["opinions"][what], _cell(count, hidden)]


def _cell(count: int | None, hidden: str) -> Cell:
    return hidden if count is None else count


def _weeks(visit: AdviserVisit) -> int:
    asked = visit.request.query_params.get("semaines", "")
    return int(asked) if asked in {str(each) for each in WEEKS} else WEEKS[0]


def _period(visit: AdviserVisit) -> Period:
    until = container.today()
    since = until - timedelta(days=7 * _weeks(visit) - 1)
    starts, ends = (datetime.combine(day, time(), PARIS) for day in (since, until + timedelta(days=1)))
    return Period(since, until, starts, ends)


def _points() -> Mapping[str, Any]:
    return {point.code: _named(point) for point in container.open_relay_points()}


def _named(point: RelayPoint) -> str:
    """With its city, once."""
    return point.name if point.city in point.name else f"{point.city} – {point.name}"


routes: list[Route] = [
    desk(FIGURES, charts, Right.FIGURES),
    desk(FIGURES + "/fichier", export, Right.FIGURES),
]
