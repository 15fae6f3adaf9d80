"""The adviser's secret calendar: its address, said once; and what calendar programs read there."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.app import container, staff_accounts
from bot.domain.accounts import Right
from bot.services.scheduling import calendar_feeds
from bot.web.advisers.agenda import AGENDA
from bot.web.advisers.visits import AdviserVisit, back, desk

PAGE = f"{AGENDA}/calendrier"
FEED = "/conseil/calendrier"


def show(visit: AdviserVisit) -> Response:
    """Whether there is one, and since when; never its address again."""
    return _page(visit)


def renew(visit: AdviserVisit) -> Response:
    """A new address, shown once; the former one leads nowhere any more."""
    with_names = visit.form.get("noms") == "oui"
    secret = calendar_feeds.open_feed(container.unit_of_work(), visit.account, visit.now, with_names=with_names)
    return _page(visit, f"{container.settings().public_url}{FEED}/{secret}.ics")


def close(visit: AdviserVisit) -> Response:
    """No calendar any more."""
    calendar_feeds.close_feed(container.unit_of_work(), visit.account, visit.now)
    return back(PAGE)


async def feed(request: Request) -> Response:
    """What a calendar program reads; nothing for a secret that is nobody's."""
    try:
        text = await run_in_threadpool(staff_accounts.calendar_of, request.path_params["secret"])
    except LookupError:
        return Response(status_code=404, headers={"Cache-Control": "no-store"})
    headers = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex"}
    return Response(text, media_type="text/calendar; charset=utf-8", headers=headers)


def _page(visit: AdviserVisit, address: str = "") -> Response:
    with container.unit_of_work().reading() as view:
        kept = view.calendar_feeds.of(visit.account.id)
    return visit.page("calendar.html", feed=kept, address=address)


routes = [
    desk(PAGE, show, Right.AGENDA),
    desk(f"{PAGE}/renouveler", renew, Right.AGENDA, "POST"),
    desk(f"{PAGE}/fermer", close, Right.AGENDA, "POST"),
    Route(FEED + "/{secret}.ics", feed, methods=["GET"]),
]
