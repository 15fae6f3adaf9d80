"""What a person sees when something behind the assistant stops, hangs, or when nonsense is typed."""

from __future__ import annotations

import http.server
import json
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests.e2e.stack import Stack, running

pytestmark = pytest.mark.trained
SECRET_WORDS = "Zebulon Quatrepattes"


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with running(tmp_path_factory.mktemp("faults")) as started:
        yield started


def words(replies: list[dict[str, object]]) -> str:
    return " ".join(str(reply["text"]) for reply in replies)


def count(stack: Stack, table: str) -> int:
    engine = create_engine(f"sqlite:///{stack.folder / 'cep.sqlite3'}", future=True)
    with engine.connect() as connection:
        return int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar() or 0)


@pytest.mark.parametrize(
    ("typed", "polite"),
    [
        ('/book{"x":"y"}', "commandes"),
        ("/restart", "commandes"),
        ("", "rien reçu"),
        ("   ", "rien reçu"),
        ("😀🎉", "mots"),
        ("a" * 9_000, "trop long"),
        ("bon\u0000jour", "assistant automatique"),
    ],
    ids=["payload", "restart", "empty", "blank", "emoji", "long", "nul"],
)
def test_nonsense_gets_a_polite_answer_and_changes_nothing(stack: Stack, typed: str, polite: str) -> None:
    assert polite in words(stack.say("nonsense", typed))
    assert count(stack, "holds") == count(stack, "appointments") == 0


def test_two_hundred_kilobytes_are_refused_politely_and_the_process_lives(stack: Stack) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        stack.say("huge", SECRET_WORDS * 10_000)

    assert refused.value.code == 413
    assert "trop long" in json.loads(refused.value.read())[0]["text"]
    assert stack.say("huge", "bonjour")


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"null", b'{"sender": 1}', b'{"sender": "a\\u0000b", "message": "x"}', b"\xff\xfe"]
)
def test_a_malformed_request_is_told_so(stack: Stack, body: bytes) -> None:
    request = urllib.request.Request(f"{stack.assistant_url}/webhooks/rest/webhook", body)

    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=10)

    assert refused.value.code == 400


def test_logs_hold_nothing_personal(stack: Stack) -> None:
    for said in ("je veux un rdv à Dijon", "1", SECRET_WORDS, "zebulon@exemple.fr", "oui"):
        stack.say("private", said)

    for name in ("assistant", "actions"):
        log = stack.log(name)
        assert "Zebulon" not in log
        assert "zebulon@" not in log


def test_without_the_action_server_a_person_gets_an_apology_and_a_way_on(stack: Stack) -> None:
    stack.say("stopped", "je veux un rdv à Nevers")
    before = count(stack, "holds")
    stack.stop("actions")
    try:
        started = time.monotonic()
        told = words(stack.say("stopped", "1"))
        elapsed = time.monotonic() - started

        assert "problème technique" in told
        assert "09 72 01 02 03" in told
        assert elapsed < 10
        assert "Source" in words(stack.say("stopped", "c'est gratuit ?"))
        assert "3114" in words(stack.say("stopped", "j'ai envie d'en finir"))
    finally:
        stack.start("actions", "actions.server")
        stack.wait_until_ready()
    assert count(stack, "holds") == before


def test_a_hanging_action_server_is_given_up_within_ten_seconds(tmp_path: Path) -> None:
    with HangingServer() as port, running(tmp_path, CEP_ACTIONS_URL=f"http://127.0.0.1:{port}") as stack:
        started = time.monotonic()
        told = words(stack.say("hanging", "prendre rendez-vous"))

        assert "problème technique" in told
        assert time.monotonic() - started < 11
        assert count(stack, "holds") == 0


class HangingServer:
    """A server that says it is well and never answers an action."""

    def __enter__(self) -> int:
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Hangs)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self.server.server_address[1]

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()


class _Hangs(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()

    def do_POST(self) -> None:
        time.sleep(20)

    def log_message(self, *_: object) -> None:
        return
