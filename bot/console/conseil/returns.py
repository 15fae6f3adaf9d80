"""What people said of one's interviews, several answers at a time: for the adviser alone."""

from __future__ import annotations

from starlette.responses import Response

from bot import bootstrap
from bot.console.conseil.texts import texts
from bot.console.conseil.visits import Visit, desk
from bot.domain.accounts import Right
from bot.domain.feedback import FEWEST_TOGETHER
from bot.services import feedback

RETURNS = "/conseil/retours"


def returns(visit: Visit) -> Response:
    """One's own, and nobody else's."""
    found = feedback.of_adviser(bootstrap.unit_of_work(), visit.account.adviser_id or "")
    return visit.page("returns.html", found=found, words=texts()["returns"], fewest=FEWEST_TOGETHER)


routes = [desk(RETURNS, returns, Right.AGENDA)]
