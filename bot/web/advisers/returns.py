"""What people said of one's interviews, several answers at a time: for the adviser alone."""

from starlette.responses import Response

from bot.app import container
from bot.domain.accounts import Right
from bot.domain.statistics.feedback import FEWEST_TOGETHER
from bot.services.statistics import feedback
from bot.web.advisers.texts import texts
from bot.web.advisers.visits import AdviserVisit, desk

RETURNS = "/conseil/retours"


def returns(visit: AdviserVisit) -> Response:
    """One's own, and nobody else's."""
    found = feedback.of_adviser(container.unit_of_work(), visit.account.adviser_id or "")
    return visit.page("returns.html", found=found, words=texts()["returns"], fewest=FEWEST_TOGETHER)


routes = [desk(RETURNS, returns, Right.AGENDA)]
