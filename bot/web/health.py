"""Whether this process lives, and whether a message sent now would be answered."""

import asyncio
import logging

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from bot.app import container
from bot.services.operations import health
from bot.services.ports import NoAnswer

logger = logging.getLogger(__name__)

NOT_KEPT = {"Cache-Control": "no-store"}


async def live(_request: Request) -> JSONResponse:
    """Always well: a process that can say so lives."""
    return JSONResponse({"status": "ok"}, headers=NOT_KEPT)


async def ready(_request: Request) -> JSONResponse:
    """200 when a message would be answered and the work behind the scenes keeps up; 503 and why otherwise."""
    found = await asyncio.gather(run_in_threadpool(_assistant_faults), run_in_threadpool(_own_faults))
    faults = list(dict.fromkeys(fault for part in found for fault in part))
    if faults:
        return JSONResponse({"status": "unavailable", "faults": faults}, 503, headers=NOT_KEPT)
    return JSONResponse({"status": "ok"}, headers=NOT_KEPT)


def _assistant_faults() -> list[str]:
    try:
        answer = container.fetch(f"{container.settings().assistant_url}/webhooks/rest/ready")
    except NoAnswer:
        return ["the assistant does not answer"]
    if answer.status == 200:
        return []
    told = answer.json()
    faults = told.get("faults") if isinstance(told, dict) else None
    return [str(fault) for fault in faults] if faults else ["the assistant is not ready"]


def _own_faults() -> list[str]:
    try:
        return list(health.late(container.unit_of_work(), container.now()))
    except Exception as error:
        # Whatever the driver raises, the answer is the same for who asks; the log says a little more.
        logger.warning("The database does not answer: %s", type(error).__name__)
        return ["the database does not answer"]


routes = [Route("/health/live", live), Route("/health/ready", ready)]
