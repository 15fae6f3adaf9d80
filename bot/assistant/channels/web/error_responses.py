"""What the web channel answers when it cannot do what is asked: a status and a code, never words for people."""

from sanic.response import HTTPResponse, json

NOT_KEPT = {"Cache-Control": "no-store"}


class Refused(Exception):
    """The request is refused; `wait` is in seconds."""

    def __init__(self, status: int, code: str, wait: int | None = None) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.wait = wait

    def response(self) -> HTTPResponse:
        """As it is told."""
        headers = {**NOT_KEPT, **({"Retry-After": str(self.wait)} if self.wait else {})}
        return json({"error": self.code}, self.status, headers=headers)


NOT_UNDERSTOOD = (400, "not_understood")
TOKEN_IN_ADDRESS = (400, "token_in_address")
UNKNOWN_TOKEN = (401, "unknown_token")
ORIGIN_REFUSED = (403, "origin_refused")
NO_APPOINTMENT = (404, "no_appointment")
TOO_SLOW = (408, "too_slow")
TOO_LARGE = (413, "too_large")
TOO_MANY = 429
UNAVAILABLE = (503, "unavailable", 5)
