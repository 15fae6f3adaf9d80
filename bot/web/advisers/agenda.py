"""The agenda by week and by day, on screen and on paper: appointments, hours, absences; holds are nobody's business."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from starlette.responses import Response

from bot.app import container
from bot.domain.accounts import Right
from bot.domain.booking.timetable import week_of
from bot.services.scheduling import agenda
from bot.web.advisers.texts import texts
from bot.web.advisers.visits import AdviserVisit, desk

AGENDA = "/conseil/agenda"
WEEK, DAY, PAPER = AGENDA, f"{AGENDA}/jour", f"{AGENDA}/imprimer"
WITHOUT_OUTCOME_SHOWN = 8


def week(visit: AdviserVisit) -> Response:
    """A week; Saturday and Sunday only when something is in them."""
    day = chosen_day(visit)
    return _page(visit, "agenda.html", week_of(day), day, timedelta(days=7), WEEK)


def day(visit: AdviserVisit) -> Response:
    """One day."""
    chosen = chosen_day(visit)
    return _page(visit, "agenda.html", [chosen], chosen, timedelta(days=1), DAY)


def paper(visit: AdviserVisit) -> Response:
    """A day or a week to print: what is needed at the table, nothing more."""
    chosen = chosen_day(visit)
    days = week_of(chosen) if visit.request.query_params.get("vue") == "semaine" else [chosen]
    visit.audit("print_agenda", days[0])
    return visit.page("agenda_paper.html", **_words(visit, days, chosen), back=WEEK if len(days) > 1 else DAY)


def chosen_day(visit: AdviserVisit, name: str = "jour") -> date:
    """The day in the address; today without one, or with one nobody can read."""
    try:
        return date.fromisoformat(visit.request.query_params.get(name, ""))
    except ValueError:
        return container.today()


def trade_words() -> dict[str, Any]:
    """How the trade's values are called, for every page of the agenda."""
    names = ("modes", "ranks", "meeting_states", "sequels", "misfits", "changes")
    return {name: texts()[name] for name in names}


def _page(visit: AdviserVisit, name: str, days: Sequence[date], chosen: date, step: timedelta, here: str) -> Response:
    visit.audit("read_agenda", days[0])
    words = _words(visit, days, chosen)
    with container.unit_of_work().reading() as view:
        unfinished = view.diary.without_outcome(visit.account, visit.now, WITHOUT_OUTCOME_SHOWN)
    return visit.page(
        name, **words, unfinished=unfinished, before=chosen - step, after=chosen + step, view=here, paper=PAPER
    )


def _words(visit: AdviserVisit, days: Sequence[date], chosen: date) -> dict[str, Any]:
    point = visit.request.query_params.get("point") or None
    read = agenda.read(container.unit_of_work(), visit.account, days, visit.now, point)
    shown = [each for each in read.days if each.day.weekday() < 5 or each.is_filled or len(days) == 1]
    return {
        "agenda": read,
        "days": shown,
        "chosen": chosen,
        "today": container.today(),
        "point": point,
        "is_week": len(days) > 1,
        **trade_words(),
    }


routes = [
    desk(WEEK, week, Right.AGENDA),
    desk(DAY, day, Right.AGENDA),
    desk(PAPER, paper, Right.AGENDA),
]
