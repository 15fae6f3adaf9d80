"""What is answered when too much was asked, or when another site asks in somebody's name."""

from datetime import timedelta

from starlette.responses import Response

from bot.app import container
from bot.domain.errors import TooManyAttempts
from bot.web.pages import FOR_ONE_PERSON, page


def too_many(refused: TooManyAttempts) -> Response:
    """When to try again, for the person and for their browser."""
    seconds = max(1, int((refused.again_at - container.now()) / timedelta(seconds=1)))
    headers = {**FOR_ONE_PERSON, "Retry-After": str(seconds)}
    return page("too_many.html", 429, headers=headers, again_at=refused.again_at)


def elsewhere() -> Response:
    """Nothing is done on another site's word."""
    return page("refused.html", 403, headers=FOR_ONE_PERSON)
