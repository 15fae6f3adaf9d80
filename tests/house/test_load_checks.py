"""The checks of load and faults can fail: disorder is seen, a cut cable is cut, a dead process is passed over."""

from __future__ import annotations

import os
import socketserver
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError

from benchmarks import load
from benchmarks.faults import Outcome
from benchmarks.load import Crowd
from benchmarks.order import ANSWERED_TWICE, OUT_OF_ORDER, UNANSWERED
from benchmarks.persons import Person
from benchmarks.small_disk import small_disk
from benchmarks.talkers import Sent
from benchmarks.tcp_proxy import TcpProxy
from bot.domain.conversation.conversations import Line
from bot.services.conversations import transcript
from bot.services.conversations.transcript import Incoming
from tests.databases import POSTGRES_URL, unit_of_work
from tests.e2e.stack import free_port
from tests.factories import MONDAY

ID = "dev-order"


@pytest.fixture
def kind() -> str:
    return "sqlite"


@pytest.fixture
def engine(engine: Engine) -> Engine:
    uow = unit_of_work(engine)
    for number in range(2):
        now = MONDAY + timedelta(minutes=number)
        said = transcript.receive(uow, ID, "dev", Incoming(f"question {number}", f"client-{number}"), now)
        transcript.answer(uow, ID, said.message.id, [Line(f"réponse {number}")], now)
    return engine


def counts(engine: Engine) -> list[int]:
    with engine.connect() as connection:
        found = [int(connection.execute(text(query)).scalar() or 0) for query in (OUT_OF_ORDER, ANSWERED_TWICE)]
        return [*found, len(connection.execute(text(UNANSWERED)).all())]


def change(engine: Engine, statement: str) -> None:
    with engine.begin() as connection:
        connection.execute(text(statement))


def test_a_talk_in_order_is_found_so(engine: Engine) -> None:
    assert counts(engine) == [0, 0, 0]


def test_an_answer_after_the_next_question_is_out_of_order(engine: Engine) -> None:
    change(engine, "UPDATE messages SET reply_to = (SELECT min(id) FROM messages) WHERE text = 'réponse 1'")

    assert counts(engine) == [1, 0, 1]


def test_a_question_left_without_answer_is_seen(engine: Engine) -> None:
    change(engine, "DELETE FROM messages WHERE text = 'réponse 1'")

    assert counts(engine) == [0, 0, 1]


def test_a_message_that_got_an_apology_is_not_left_and_one_that_got_nothing_is() -> None:
    apology = Sent("a", "client-1", ({"text": "désolé", "notice": "technical_problem"},), 1.0, 1)
    answer = Sent("a", "client-2", ({"text": "oui"},), 1.0, 1)
    person = Person("http://nowhere", [apology, answer])

    assert person.unheard({"client-1", "of somebody else"}) == 0
    assert person.unheard({"client-1", "client-2"}) == 1
    person.gave_up = True
    assert person.unheard(set()) == 1


def test_a_fault_that_nobody_met_proves_nothing() -> None:
    person = Person("http://nowhere", waited=[(1.0, 2.0), (5.0, 9.0)])
    assert [person.met(*window) for window in ((2.5, 4.0), (1.5, 4.0), (0.0, 6.0))] == [0, 1, 2]

    tried = Outcome("cut", 3, 6, 6, 0, 0, 0, 0, 0, 0, 0.1)
    assert tried.is_well
    assert not replace(tried, met=0).is_well
    assert not replace(tried, lost=1).is_well


def test_a_crowd_comes_at_its_rate_and_an_apology_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "THINKING_SECONDS", 0.0)
    with answering() as port:
        crowd = Crowd(f"http://127.0.0.1:{port}")
        crowd.arrive(rate=50, seconds=0.5)

    assert len(crowd.sent) >= 20
    assert 0 < crowd.failed < len(crowd.sent)


class Hello(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def do_POST(self) -> None:
        said = self.rfile.read(int(self.headers["Content-Length"])).decode()
        notice = ', "notice": "technical_problem"' if "gratuit" in said else ""
        body = f'[{{"text": "bonjour"{notice}}}]'.encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def answering() -> Iterator[int]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Hello) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


def ask(port: int) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=20) as answer:
        return str(answer.read().decode())


def test_the_proxy_passes_a_dead_process_over_and_can_be_cut() -> None:
    with answering() as alive, TcpProxy([free_port(), alive]) as proxy:
        assert [ask(proxy.port) for _ in range(4)] == ["ok"] * 4

        proxy.cut()
        with pytest.raises((urllib.error.URLError, OSError)):
            ask(proxy.port)

        proxy.mend()
        assert ask(proxy.port) == "ok"


@pytest.mark.skipif(not POSTGRES_URL or os.geteuid() != 0, reason="needs PostgreSQL and the right to mount")
def test_a_full_disk_refuses_what_does_not_fit_and_takes_it_once_freed() -> None:
    owner = create_engine(str(POSTGRES_URL), isolation_level="AUTOCOMMIT", future=True)
    with owner.connect() as connection, small_disk(connection) as disk:
        if disk is None:
            pytest.skip("root may not mount here")
        connection.execute(text(f"CREATE TABLE filling (words text) TABLESPACE {disk.tablespace}"))
        write = text("INSERT INTO filling SELECT repeat(md5(random()::text), 40) FROM generate_series(1, 500)")
        disk.fill()
        with pytest.raises(OperationalError, match="No space left"):
            connection.execute(write)

        disk.free()
        connection.execute(write)

        assert connection.execute(text("SELECT count(*) FROM filling")).scalar() == 500
        connection.execute(text("DROP TABLE filling"))
    owner.dispose()
