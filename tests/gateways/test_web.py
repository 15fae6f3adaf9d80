"""Calls between our own processes: an answer whatever its status, or one word that there was none."""

from __future__ import annotations

import pytest

from bot.gateways import web
from bot.services.ports import NoAnswer
from tests.mail_servers import free_port, silent_server
from tests.web_servers import web_server


def test_an_answer_is_given_with_its_status_and_its_content() -> None:
    with web_server(lambda path, received: (200, {"path": path, "received": received})) as address:
        assert web.get(f"{address}/ready", 5).json() == {"path": "/ready", "received": None}
        assert web.post(f"{address}/say", {"text": "été"}, 5).json()["received"] == {"text": "été"}


@pytest.mark.parametrize("status", [403, 404, 500, 503])
def test_a_refusal_is_an_answer(status: int) -> None:
    with web_server(lambda *_: (status, {"faults": ["one"]})) as address:
        answer = web.get(address, 5)

    assert (answer.status, answer.json()) == (status, {"faults": ["one"]})


def test_nobody_there_is_no_answer() -> None:
    with pytest.raises(NoAnswer):
        web.get(f"http://127.0.0.1:{free_port()}", 5)


def test_a_server_that_says_nothing_is_no_answer_after_its_time() -> None:
    with silent_server() as port, pytest.raises(NoAnswer):
        web.get(f"http://127.0.0.1:{port}", 0.2)


def test_a_proxy_of_the_environment_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{free_port()}")

    with web_server(lambda *_: (200, "direct")) as address:
        assert web.get(address, 5).json() == "direct"


def test_what_is_not_json_is_told_as_nothing() -> None:
    assert web.WebAnswer(200, b"<html>").json() is None
