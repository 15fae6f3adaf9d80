"""The door of every page of the console: signed in, allowed, and really asked for by this page's reader.

Nothing is open by default: a route is made by `desk`, which wants the right it takes (`None`: any account).
"""

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.app import container, staff_accounts
from bot.domain.accounts import Account, AuditEntry, Right
from bot.domain.errors import CepError, ConversationNotYours, ExchangeGone
from bot.services.accounts.sign_in import SignedIn
from bot.services.peer_exchange import queries
from bot.web.forms import form_token, from_our_pages, read_form
from bot.web.pages import CONSOLE, Visit, console_page, console_part

SIGN_IN = "/conseil/connexion"
UNSAFE = ("POST",)


@dataclass(frozen=True)
class AdviserVisit(Visit):
    """A request by somebody who is signed in and may do this."""

    signed_in: SignedIn
    secret: str

    @property
    def account(self) -> Account:
        """Who asks."""
        return self.signed_in.account

    @property
    def number(self) -> int:
        """The number in the address; `LookupError` when it is none."""
        text = str(self.request.path_params["number"])
        if not (text.isascii() and text.isdigit() and len(text) < 16):
            raise LookupError
        return int(text)

    @property
    def is_htmx(self) -> bool:
        """Whether the page's script asks, and swaps what comes."""
        return self.request.headers.get("HX-Request") == "true"

    def audit(self, act: str, subject: object = "") -> None:
        """Write in the audit log that this person does this, before it is done."""
        with container.unit_of_work() as uow:
            uow.audit_log.add(AuditEntry(self.now, self.account.id, act, str(subject)))
            uow.commit()

    def page(self, name: str, status: int = 200, **words: object) -> Response:
        """A page of the console, with what its frame needs."""
        return console_page(name, status, **self.frame(), **words)

    def part(self, name: str, **words: object) -> str:
        """A part of a page."""
        return console_part(name, **self.frame(), **words)

    def frame(self) -> dict[str, object]:
        """What every page of the console shows."""
        path = self.request.url.path
        return {
            "account": self.account,
            "csrf": form_token(self.secret),
            "now": self.now,
            "Right": Right,
            # Counted by the pages that show it alone.
            "news": lambda: queries.news(container.unit_of_work(), self.account.id),
            "menu": {getattr(route, "path", "") for route in self.request.app.routes},
            "here": lambda page: path == page or path.startswith(f"{page}/"),
        }


Handler = Callable[[AdviserVisit], Response]


def desk(path: str, handler: Handler, right: Right | None, method: str = "GET", *, active: bool = True) -> Route:
    """A route of the console, open to accounts that have this right; `active`: asking keeps the sign-in alive."""

    async def endpoint(request: Request) -> Response:
        visit = await enter(request, right, active=active)
        return visit if isinstance(visit, Response) else await run_in_threadpool(_handled, handler, visit)

    route = Route(path, endpoint, methods=[method])
    route.right = right  # type: ignore[attr-defined]
    return route


async def enter(request: Request, right: Right | None, *, active: bool = True) -> AdviserVisit | Response:
    """The visit, or the answer to who may not come in."""
    secret = request.cookies.get(cookie_name(), "")
    signed_in = await run_in_threadpool(partial(staff_accounts.signed_in, secret, active=active)) if secret else None
    if signed_in is None:
        return _to_sign_in(request)
    form: Mapping[str, str] = {}
    if request.method in UNSAFE:
        if not from_our_pages(request):
            return console_page("refused.html", 403)
        form = await read_form(request)
        if not _token_is_right(request, form, secret):
            return console_page("refused.html", 403)
    visit = AdviserVisit(request, form, container.now(), signed_in, secret)
    if right is not None and not visit.account.may(right):
        await run_in_threadpool(visit.audit, "refused", request.url.path[:80])
        return visit.page("forbidden.html", 403)
    return visit


def cookie_name() -> str:
    """`__Host-` where there is TLS: no other host of the domain can then set or read it."""
    return "__Host-cep" if container.settings().is_production else "cep"


def with_cookie(answer: Response, secret: str) -> Response:
    """The answer, which leaves the secret of the sign-in in the browser."""
    answer.set_cookie(
        cookie_name(), secret, secure=container.settings().is_production, httponly=True, samesite="lax", path="/"
    )
    return answer


def back(to: str) -> Response:
    """After a form: the page to read, so that reloading it sends nothing again."""
    return RedirectResponse(to, 303, headers=CONSOLE)


def _handled(handler: Handler, visit: AdviserVisit) -> Response:
    try:
        return handler(visit)
    except ConversationNotYours:
        return visit.page("not_yours.html", 409)
    except ExchangeGone:
        return visit.page("exchange_gone.html", 409, kept=())
    except LookupError:
        return visit.page("not_found.html", 404)
    except CepError:
        return visit.page("unusable.html", 422)


def _token_is_right(request: Request, form: Mapping[str, str], secret: str) -> bool:
    given = request.headers.get("X-Form-Token") or form.get("jeton", "")
    return hmac.compare_digest(given.encode(), form_token(secret).encode())


def _to_sign_in(request: Request) -> Response:
    if request.headers.get("HX-Request") == "true":
        return Response(status_code=401, headers={**CONSOLE, "HX-Redirect": SIGN_IN})
    if "text/event-stream" in request.headers.get("Accept", ""):
        # A stream cannot be led to a page: it is told that it is over, and its page reads itself again.
        return Response("event: fin\ndata:\n\n", headers=CONSOLE, media_type="text/event-stream")
    return back(SIGN_IN)
