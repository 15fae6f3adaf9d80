"""The door of the request's pages: the browser's secret leads to what it gave so far, and to the page that comes next.

Going back shows what was given; a page whose time has not come, or is over, leads to the right one.
"""

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.app import container
from bot.domain.booking.drafts import Draft, Stage
from bot.domain.errors import TooManyAttempts
from bot.domain.places.relay_points import RelayPoint
from bot.services.booking import web_form
from bot.web.forms import form_token, from_elsewhere, from_our_pages, read_form
from bot.web.pages import FOR_ONE_PERSON, Visit, page
from bot.web.public import refusals

START = "/prendre-rendez-vous"
PATHS = {
    Stage.PLACE: START,
    Stage.POINT: f"{START}/point-relais",
    Stage.OPENING: f"{START}/horaire",
    Stage.PERSON: f"{START}/coordonnees",
    Stage.RECAP: f"{START}/confirmation",
    Stage.DONE: f"{START}/reserve",
}
NOBODY = Draft("")


@dataclass(frozen=True)
class RequestVisit(Visit):
    """Somebody on a page of their request; `draft` is blank before the first answer."""

    secret: str
    draft: Draft

    @property
    def is_new(self) -> bool:
        """Whether an answer begins a request, rather than changing one."""
        return not self.draft.id or self.draft.stage is Stage.DONE

    @property
    def point(self) -> RelayPoint:
        """The relay point chosen."""
        return container.relay_point(self.draft.relay_point_code)

    def typed(self, name: str, longest: int) -> str:
        """A field, on one line and no longer than this."""
        return " ".join(self.form.get(name, "").split())[:longest].strip()

    def try_again(self, shown: Stage, typed: Mapping[str, str]) -> Response:
        """The page again with what was typed, read anew: going back later never sends a form twice."""
        if self.is_new:
            return self.begin(Draft("", tried=typed), f"{START}?perdu=oui")
        web_form.keep(container.unit_of_work(), replace(self.draft, tried=dict(typed)), self.now)
        return go(PATHS[shown])

    def begin(self, draft: Draft, path: str = "") -> Response:
        """Keep a new request, and lead to its next page with its secret in the browser."""
        secret = container.new_identifier()
        begun = replace(draft, id=container.new_identifier())
        web_form.begin(container.unit_of_work(), secret, begun, self.origin, self.now)
        answer = go(path) if path else lead_to(begun)
        answer.set_cookie(
            cookie_name(), secret, secure=container.settings().is_production, httponly=True, samesite="lax", path="/"
        )
        return answer

    def page(self, template: str, status: int = 200, **words: Any) -> Response:
        """A page of the request."""
        frame: dict[str, Any] = {
            "draft": self.draft,
            "token": form_token(self.secret),
            "now": self.now,
            "rules": container.rules(),
        }
        return page(f"request/{template}", status, headers=FOR_ONE_PERSON, **frame, **words)


Handler = Callable[[RequestVisit], Response]


def stage(shown: Stage, handler: Handler, method: str = "GET", path: str = "") -> Route:
    """A page of the request; it opens once everything before `shown` is given."""

    async def endpoint(request: Request) -> Response:
        form = await read_form(request) if method == "POST" else {}
        return await run_in_threadpool(_answer, shown, handler, request, form)

    return Route(path or PATHS[shown], endpoint, methods=[method])


def lead_to(draft: Draft) -> Response:
    """The first page that still has something to ask."""
    return go(PATHS[draft.stage])


def go(path: str) -> Response:
    """A page to read, so that loading it again sends nothing twice."""
    return RedirectResponse(path, 303, headers=FOR_ONE_PERSON)


def forget_cookie(answer: Response) -> Response:
    """The answer, which leaves nothing in the browser."""
    answer.delete_cookie(cookie_name(), path="/")
    return answer


def cookie_name() -> str:
    """`__Host-` where there is TLS: no other host of the domain can then set or read it."""
    return "__Host-demande" if container.settings().is_production else "demande"


def _answer(shown: Stage, handler: Handler, request: Request, form: Mapping[str, str]) -> Response:
    secret, now = request.cookies.get(cookie_name(), ""), container.now()
    kept_since = now - timedelta(hours=container.settings().keep.conversation_hours)
    draft = web_form.find(container.unit_of_work(), secret, kept_since) if secret else None
    if request.method == "POST" and _is_forged(request, draft, form, secret):
        return refusals.elsewhere()
    if shown is not Stage.PLACE and not _is_time_for(shown, draft):
        return lead_to(draft) if draft else go(f"{START}?perdu=oui")
    try:
        return handler(RequestVisit(request, form, now, secret, draft or NOBODY))
    except TooManyAttempts as refused:
        return refusals.too_many(refused)


def _is_time_for(shown: Stage, draft: Draft | None) -> bool:
    if draft is None:
        return False
    return shown is Stage.DONE if draft.stage is Stage.DONE else draft.may_show(shown)


def _is_forged(request: Request, draft: Draft | None, form: Mapping[str, str], secret: str) -> bool:
    """Whether another site may be asking; a browser that does not say where from shows what only our pages know."""
    if from_elsewhere(request):
        return True
    if draft is None or from_our_pages(request):
        return False
    return not hmac.compare_digest(form.get("jeton", "").encode(), form_token(secret).encode())
