"""Signing in and out of the console."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.app import container, single_sign_on, staff_accounts
from bot.domain.accounts import Right
from bot.domain.errors import SignInRefused
from bot.services.accounts import sign_in
from bot.web.advisers.visits import SIGN_IN, AdviserVisit, back, cookie_name, desk, with_cookie
from bot.web.forms import from_our_pages, read_form
from bot.web.pages import console_page

HOME = "/conseil/"


async def ask(_request: Request) -> Response:
    """The form."""
    return await form()


async def enter(request: Request) -> Response:
    """Signed in, or the form again with the same words whatever was wrong."""
    if not from_our_pages(request):
        return console_page("refused.html", 403)
    typed = await read_form(request)
    origin = request.client.host if request.client else ""
    try:
        secret = await run_in_threadpool(
            staff_accounts.enter,
            typed.get("identifiant", ""),
            typed.get("mot_de_passe", ""),
            typed.get("code", ""),
            origin,
        )
    except SignInRefused:
        return await form(403, refused=True)
    return with_cookie(back(HOME), secret)


async def enter_demonstration(request: Request) -> Response:
    """Signed in as the demonstration adviser, where nobody real is served."""
    if not from_our_pages(request):
        return console_page("refused.html", 403)
    try:
        secret = await run_in_threadpool(staff_accounts.enter_demonstration)
    except (LookupError, SignInRefused):
        return await form(404)
    return with_cookie(back(HOME), secret)


def leave(visit: AdviserVisit) -> Response:
    """Signed out, at once and on the server."""
    sign_in.sign_out(container.unit_of_work(), visit.secret, visit.account.id, visit.now)
    answer = back(SIGN_IN)
    answer.delete_cookie(cookie_name(), path="/")
    return answer


def home(visit: AdviserVisit) -> Response:
    """The first page of this account's work."""
    for right, path in FIRST_PAGES:
        if visit.account.may(right):
            return back(path)
    return visit.page("forbidden.html", 403)


def stay(visit: AdviserVisit) -> Response:
    """What was asked is only to stay signed in; the visit itself does it."""
    return visit.page("stayed.html") if not visit.is_htmx else Response(status_code=204)


FIRST_PAGES = (
    (Right.TALK, "/conseil/demandes"),
    (Right.SCHEDULES, "/conseil/horaires"),
    (Right.CONTENT, "/conseil/contenus"),
    (Right.ACCOUNTS, "/conseil/comptes"),
)


async def form(status: int = 200, *, refused: bool = False, unreachable: bool = False) -> Response:
    """The sign-in page, with what went wrong."""
    return console_page(
        "sign_in.html",
        status,
        refused=refused,
        unreachable=unreachable,
        demonstration=await run_in_threadpool(staff_accounts.has_demonstration),
        provider=single_sign_on.name() if single_sign_on.is_open() else None,
    )


routes = [
    Route(SIGN_IN, ask, methods=["GET"]),
    Route(SIGN_IN, enter, methods=["POST"]),
    Route("/conseil/demonstration", enter_demonstration, methods=["POST"]),
    desk("/conseil/deconnexion", leave, None, "POST"),
    desk("/conseil/rester", stay, None, "POST"),
    desk(HOME, home, None),
]
