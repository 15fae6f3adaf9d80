"""Text messages: a file without an operator, a signed call with one; a real HTTP server stands in for OVHcloud."""

from __future__ import annotations

import hashlib
import json
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from bot.domain.notifications.notices import TextMessage
from bot.gateways.sms import FolderTexter, OvhTexter
from bot.services.notifications.ports import Refused, Unavailable
from tests.factories import MONDAY
from tests.mail_servers import free_port, silent_server

MESSAGE = TextMessage("+33639981234", "Rappel : rendez-vous mardi 24 novembre à 10 h 30", "7-a1-0", MONDAY)
ACCEPTED = {"totalCreditsRemoved": 1, "ids": [1], "invalidReceivers": [], "validReceivers": ["+33639981234"]}


@dataclass
class Operator:
    """OVHcloud as its documentation describes it: checks the signature, then answers."""

    status: int = 200
    answer: Any = field(default_factory=lambda: ACCEPTED)
    jobs: list[dict[str, Any]] = field(default_factory=list)

    def receive(self, url: str, headers: Any, body: bytes) -> tuple[int, Any]:
        parts = ("as-secret", "ck", "POST", url, body.decode(), headers["X-Ovh-Timestamp"])
        expected = "$1$" + hashlib.sha1("+".join(parts).encode()).hexdigest()
        if headers["X-Ovh-Signature"] != expected or headers["X-Ovh-Application"] != "ak":
            return 403, {"message": "Invalid signature"}
        if self.status == 200:
            self.jobs.append({"url": url, **json.loads(body)})
        return self.status, self.answer


@contextmanager
def operator(operator: Operator) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:  # noqa: N802  http.server looks for this name
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status, content = operator.receive(f"http://{self.headers['Host']}{self.path}", self.headers, body)
            told = content.encode() if isinstance(content, str) else json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(told)))
            self.end_headers()
            self.wfile.write(told)

        def log_message(self, *_: Any) -> None:
            """Silence."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/1.0"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def texter(endpoint: str, secret: str = "as-secret", seconds: float = 10) -> OvhTexter:
    return OvhTexter(endpoint, "sms-ab123-1", "RDV", "ak", secret, "ck", seconds)


def test_a_message_is_handed_over_signed_and_in_one_alphabet() -> None:
    ovh = Operator()

    with operator(ovh) as endpoint:
        texter(endpoint).send(MESSAGE)

    (job,) = ovh.jobs
    assert job["url"].endswith("/1.0/sms/sms-ab123-1/jobs")
    assert (job["receivers"], job["message"], job["sender"]) == ([MESSAGE.to], MESSAGE.text, "RDV")
    assert (job["coding"], job["noStopClause"]) == ("7bit", True)


def test_a_wrong_secret_is_ours_to_repair() -> None:
    ovh = Operator()

    with operator(ovh) as endpoint, pytest.raises(Unavailable, match="HTTP403"):
        texter(endpoint, secret="another").send(MESSAGE)

    assert ovh.jobs == []


def test_a_number_the_operator_refuses_is_given_up() -> None:
    refused = {**ACCEPTED, "invalidReceivers": [MESSAGE.to], "validReceivers": []}

    with operator(Operator(answer=refused)) as endpoint, pytest.raises(Refused, match="invalid_number"):
        texter(endpoint).send(MESSAGE)


@pytest.mark.parametrize("status", [400, 402, 429, 500, 503])
def test_an_operator_that_does_not_take_it_is_tried_later(status: int) -> None:
    with operator(Operator(status, {"message": "no"})) as endpoint, pytest.raises(Unavailable, match=str(status)):
        texter(endpoint).send(MESSAGE)


@pytest.mark.parametrize("answer", ["<html>", "[]", {"ids": []}])
def test_an_answer_nobody_understands_is_not_taken_for_a_success(answer: Any) -> None:
    with operator(Operator(answer=answer)) as endpoint, pytest.raises(Unavailable, match="unreadable"):
        texter(endpoint).send(MESSAGE)


def test_an_operator_that_is_not_there_or_says_nothing_is_unavailable() -> None:
    with pytest.raises(Unavailable):
        texter(f"http://127.0.0.1:{free_port()}").send(MESSAGE)
    with silent_server() as port, pytest.raises(Unavailable, match="Timeout"):
        texter(f"http://127.0.0.1:{port}", seconds=0.3).send(MESSAGE)


def test_neither_the_secrets_nor_the_number_are_in_a_log() -> None:
    assert "secret" not in repr(texter("http://x"))
    assert "39981234" not in repr(MESSAGE)
    assert "mardi" not in repr(MESSAGE)


def test_without_an_operator_a_message_is_a_file_for_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "var" / "sms"

    FolderTexter(folder).send(MESSAGE)
    FolderTexter(folder).send(MESSAGE)

    (file,) = folder.iterdir()
    assert file.read_text(encoding="utf-8") == f"{MESSAGE.to}\n\n{MESSAGE.text}\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) & 0o077 == 0


def test_a_folder_that_cannot_be_written_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "sms").write_text("a file in its place")

    with pytest.raises(Unavailable):
        FolderTexter(tmp_path / "sms").send(MESSAGE)
