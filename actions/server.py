"""The action server: Rasa's executor behind a server of ours.

The one shipped with rasa-sdk listens everywhere, checks nobody, unpacks any archive it is sent, and
puts the whole conversation in its errors. This one listens on loopback, wants a shared secret, and
says nothing of what it was sent. Run by `python -m actions.server`.
"""

import hmac
import logging
from typing import Any

from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException
from sanic import Sanic
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot import logs
from bot.app import container

logger = logging.getLogger(__name__)

SECRET_HEADER = "X-Cep-Actions-Secret"  # noqa: S105  the header's name, not a secret
MAX_BODY_BYTES = 5_000_000
MALFORMED = 422
"""Never 400: Rasa reads any 400 as an action that declined to run."""


def create_app(secret: str, package: str = "actions", name: str = "cep_actions") -> Sanic:
    """The server of every action found in this package."""
    executor = ActionExecutor()
    executor.register_package(package)
    app = Sanic(name, configure_logging=False)
    app.config.REQUEST_MAX_SIZE = MAX_BODY_BYTES
    app.config.ACCESS_LOG = False
    app.ctx.executor = executor
    app.ctx.secret = secret.encode()
    app.add_route(_health, "/health", methods=["GET"])
    app.add_route(_run_action, "/webhook", methods=["POST"])
    app.error_handler.add(Exception, _tell_nothing)
    return app


def main() -> None:
    """Serve until stopped."""
    container.write_logs("actions")
    logging.getLogger("rasa_sdk").setLevel(logging.WARNING)
    settings = container.settings()
    container.serve_metrics("actions")
    app = create_app(settings.actions_secret)
    app.register_listener(_load_content, "before_server_start")
    app.run(settings.listen_on, settings.actions_port, workers=1, access_log=False, motd=False)


async def _load_content(_app: Sanic, _loop: Any) -> None:
    # The first visitor does not wait for it, and a fault in a content file stops the start.
    container.library()
    container.warm_gazetteer()


async def _health(_request: Request) -> HTTPResponse:
    return json({"status": "ok"})


async def _run_action(request: Request) -> HTTPResponse:
    refusal = _refusal(request)
    if refusal:
        return refusal
    call = request.json
    if not isinstance(call, dict) or not isinstance(call.get("tracker"), dict) or not call.get("next_action"):
        return json({"error": "not an action call"}, status=MALFORMED)
    name = str(call["next_action"])
    try:
        with logs.referred(call.get("reference")):
            return json(await request.app.ctx.executor.run(call))
    except ActionExecutionRejection as rejection:
        return json({"error": "declined", "action_name": rejection.action_name}, status=400)
    except ActionNotFoundException:
        logger.error("Rasa asked for an action that does not exist")
        return json({"error": "no such action", "action_name": name}, status=404)


def _refusal(request: Request) -> HTTPResponse | None:
    given = request.headers.get(SECRET_HEADER, "").encode()
    if not hmac.compare_digest(given, request.app.ctx.secret):
        return json({"error": "forbidden"}, status=403)
    # A few kilobytes of deflate hold gigabytes; Rasa never compresses what it sends here.
    if request.headers.get("Content-Encoding", "identity") != "identity":
        return json({"error": "compressed bodies are not accepted"}, status=415)
    return None


async def _tell_nothing(_request: Request, error: Exception) -> HTTPResponse:
    if isinstance(error, SanicException):
        status = MALFORMED if error.status_code == 400 else error.status_code or 500
        return json({"error": type(error).__name__}, status=status)
    with logs.referred() as reference:
        logger.error("An action call failed: %s", logs.told(error))
    return json({"error": "internal error", "reference": reference}, status=500)


if __name__ == "__main__":
    main()
