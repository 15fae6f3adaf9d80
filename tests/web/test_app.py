"""The web process, really started: health tells the truth, the page is calm and complete."""

from __future__ import annotations

import re
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.gateways import web
from bot.services.operations import jobs
from bot.services.ports import NoAnswer, WebAnswer
from bot.storage.unit_of_work import SqlUnitOfWork
from tests import processes
from tests.factories import MONDAY, open_a_point, relay_point
from tests.mail_servers import free_port
from tests.web_servers import Answering, web_server

WELL = (200, {"status": "ok"})


@pytest.fixture
def kind() -> str:
    return "sqlite"


def all_jobs_ran(uow: SqlUnitOfWork) -> None:
    for name in jobs.NAMES:
        jobs.run(uow, name, lambda: None, MONDAY)


@contextmanager
def site(folder: Path, answer: Answering | None = lambda *_: WELL, **more: str) -> Iterator[str]:
    """The address of the web process, with an assistant that answers so, or none."""
    with web_server(answer or (lambda *_: WELL)) as assistant:
        port = free_port()
        settings = {
            "CEP_WEB_PORT": str(port),
            "CEP_NOW": MONDAY.isoformat(),
            "DATABASE_URL": f"sqlite:///{folder / 'test.sqlite3'}",
            "CEP_ASSISTANT_URL": assistant if answer else f"http://127.0.0.1:{free_port()}",
            **more,
        }
        with processes.started("bot.web.run", settings=processes.environment(folder, **settings)) as process:
            address = f"http://127.0.0.1:{port}"
            processes.wait_until(lambda: _lives(address), process)
            yield address


def _lives(address: str) -> bool:
    try:
        return web.get(f"{address}/health/live", 5).status == 200
    except NoAnswer:
        return False


def ready(address: str) -> WebAnswer:
    return web.get(f"{address}/health/ready", 15)


def faults(address: str) -> Any:
    answer = ready(address)
    assert answer.status == 503
    return answer.json()["faults"]


def test_it_is_ready_when_a_message_would_be_answered(uow: SqlUnitOfWork, tmp_path: Path) -> None:
    all_jobs_ran(uow)
    asked: list[str] = []

    with site(tmp_path, lambda path, _: (asked.append(path), WELL)[1]) as address:
        answer = ready(address)

    assert (answer.status, answer.json()) == (200, {"status": "ok"})
    assert asked == ["/webhooks/rest/ready"]


def test_it_says_what_the_assistant_lacks(uow: SqlUnitOfWork, tmp_path: Path) -> None:
    all_jobs_ran(uow)

    with site(tmp_path, lambda *_: (503, {"faults": ["no model is loaded"]})) as address:
        assert faults(address) == ["no model is loaded"]


def test_it_says_that_the_assistant_is_not_there(uow: SqlUnitOfWork, tmp_path: Path) -> None:
    all_jobs_ran(uow)

    with site(tmp_path, None) as address:
        assert faults(address) == ["the assistant does not answer"]


def test_an_answer_that_makes_no_sense_is_not_readiness(uow: SqlUnitOfWork, tmp_path: Path) -> None:
    all_jobs_ran(uow)

    with site(tmp_path, lambda *_: (404, "what?")) as address:
        assert faults(address) == ["the assistant is not ready"]


def test_it_says_that_no_worker_runs_and_that_a_notice_is_late(uow: SqlUnitOfWork, tmp_path: Path) -> None:
    with uow:
        uow.outbox.add("appointment_booked", "a1", MONDAY - timedelta(minutes=16), {})
        uow.commit()

    with site(tmp_path) as address:
        assert faults(address) == [
            "a notice due is not sent",
            "the job notices does not run",
            "the job holds does not run",
            "the job live does not run",
            "the job earlier does not run",
            "the job chats does not run",
            "the job erasures does not run",
            "the job retention does not run",
            "the job figures does not run",
        ]


def test_it_lives_without_a_database_and_says_so(tmp_path: Path) -> None:
    with site(tmp_path) as address:
        assert faults(address) == ["the database does not answer"]
        assert web.get(f"{address}/health/live", 5).status == 200
        assert web.get(address, 5).status == 503


def page(address: str, path: str = "/") -> str:
    return web.get(address + path, 10).body.decode()


def test_the_page_lists_the_relay_points_with_their_hours(uow: SqlUnitOfWork, tmp_path: Path) -> None:
    hours = "lundi 9 h–12 h 30 ; mardi 14 h–19 h"
    open_a_point(uow, relay_point(opening_hours=hours, phone="03 53 01 12 12", access="Près de la gare."))

    with site(tmp_path) as address:
        written = page(address, "/points-relais")

    assert "Point relais de démonstration – Beaune" in written
    assert "<li>lundi 9\u00a0h–12\u00a0h\u00a030</li>" in written
    assert 'href="tel:0353011212"' in written
    assert "sont inventés" in written


def test_the_page_of_a_real_network_speaks_of_no_demonstration(uow: SqlUnitOfWork, tmp_path: Path) -> None:
    open_a_point(uow, relay_point(demonstration=False, name="Point relais <Beaune>"))

    with site(tmp_path) as address:
        written = page(address, "/points-relais")

    assert "Point relais &lt;Beaune&gt;" in written
    assert "inventés" not in written
    assert "Démonstration</p>" not in written


def test_every_page_is_french_and_loads_nothing_from_elsewhere(uow: SqlUnitOfWork, tmp_path: Path) -> None:
    with site(tmp_path) as address:
        for path in ("/", "/discuter", "/points-relais", "/nowhere"):
            written = page(address, path)
            assert '<html lang="fr">' in written
            assert written.count("<h1>") == 1
            assert not re.search(r'(src|href)="(https?:)?//', written)
            assert not re.search(r"<script>|<style|\sstyle=|\son[a-z]+=", written)


def test_the_only_script_is_the_assistant_and_its_bytes_are_checked(uow: SqlUnitOfWork, tmp_path: Path) -> None:
    with site(tmp_path) as address:
        written, policy = page(address), headers(address)["Content-Security-Policy"]
        elsewhere = page(address, "/nowhere"), headers(f"{address}/nowhere")["Content-Security-Policy"]

    assert re.findall(r"<script[^>]*>", written) == re.findall(
        r'<script type="module" src="/widget/\w+/cep-assistant.js" integrity="sha384-[^"]+" crossorigin>', written
    )
    assert "script-src 'self'; connect-src http://127.0.0.1:5005;" in policy
    assert "<script" not in elsewhere[0]
    assert "script-src" not in elsewhere[1]


def test_every_answer_forbids_frames_and_what_is_not_named(uow: SqlUnitOfWork, tmp_path: Path) -> None:
    paths = ("/", "/nowhere", "/health/live", "/health/ready", "/static/public.css")

    with site(tmp_path) as address:
        carried = [headers(address + path) for path in paths]

    for each in carried:
        assert "default-src 'none'" in each["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in each["Content-Security-Policy"]
        assert each["X-Content-Type-Options"] == "nosniff"
        assert "Server" not in each


def headers(url: str) -> Any:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _Quiet())
    with opener.open(url, timeout=10) as answer:
        return answer.headers


class _Quiet(urllib.request.HTTPErrorProcessor):
    """Gives every answer as it is."""

    def http_response(self, request: Any, response: Any) -> Any:
        return response
