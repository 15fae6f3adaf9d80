"""Signing in through the organisation's provider of identities: going there, and coming back."""

import logging

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.app import container, single_sign_on
from bot.domain.errors import SignInRefused
from bot.services.accounts.ports import IdentityRefused
from bot.web.advisers.entrance import HOME, form
from bot.web.advisers.visits import SIGN_IN, back, with_cookie
from bot.web.pages import CONSOLE

logger = logging.getLogger(__name__)


async def leave(_request: Request) -> Response:
    """To the provider, with a note in the browser that only its answer can meet."""
    if not single_sign_on.is_open():
        return await form(404)
    try:
        leaving = await run_in_threadpool(single_sign_on.begin_sign_in)
    except IdentityRefused as refused:
        logger.error("The provider of identities cannot be used: %s", refused)
        return await form(503, unreachable=True)
    answer = RedirectResponse(leaving.address, 303, headers=CONSOLE)
    answer.set_cookie(
        _cookie(),
        leaving.note,
        max_age=int(single_sign_on.LASTS.total_seconds()),
        secure=container.settings().is_production,
        httponly=True,
        samesite="lax",
        path="/",
    )
    return answer


async def come_back(request: Request) -> Response:
    """Signed in, or the form again with the same words whatever was wrong."""
    if not single_sign_on.is_open():
        return await form(404)
    said = request.query_params
    note = request.cookies.get(_cookie(), "")
    try:
        secret = await run_in_threadpool(
            single_sign_on.complete_sign_in, note, said.get("state", ""), said.get("code", "")
        )
    except IdentityRefused as refused:
        logger.warning("A sign-in by the provider of identities was refused: %s", refused)
        answer = await form(403, refused=True)
    except SignInRefused:
        answer = await form(403, refused=True)
    else:
        answer = with_cookie(back(HOME), secret)
    # One note, one try.
    answer.delete_cookie(_cookie(), path="/")
    return answer


def _cookie() -> str:
    return "__Host-cep-entree" if container.settings().is_production else "cep-entree"


routes = [
    Route(f"{SIGN_IN}/fournisseur", leave, methods=["GET"]),
    Route(single_sign_on.RETURN, come_back, methods=["GET"]),
]
