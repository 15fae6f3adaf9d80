"""Several workers on one outbox: each notice leaves once; one that dies half-way loses nothing."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from datetime import time as clock
from pathlib import Path
from threading import Lock

from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.domain.conversation.handovers import AdviserHours, HalfDay
from bot.domain.notifications.notices import Mail, Notice
from bot.gateways.contact import ContactChecks
from bot.gateways.holidays import FrenchHolidays
from bot.gateways.notice_rendering import NoticeRenderer
from bot.gateways.tokens import SecretTokens
from bot.services.notifications import dispatch
from bot.services.notifications.ports import DeliveryGateways
from bot.storage.digests import Digests
from bot.storage.repositories.notifications import OutboxRepository
from bot.storage.tables.notifications import outbox
from bot.storage.unit_of_work import SqlUnitOfWork
from tests import processes
from tests.databases import unit_of_work
from tests.factories import MONDAY, RULES, booked, open_a_point, opening, person
from tests.mail_servers import Mailbox, mail_server

PERSONS = 6
WORKERS = 4


class SlowPostman:
    """Counts what it is given, and takes its time, so that workers meet."""

    def __init__(self) -> None:
        self.keys: list[str] = []
        self._lock = Lock()

    def send(self, mail: Mail) -> None:
        time.sleep(0.02)
        with self._lock:
            self.keys.append(mail.key)


class Unguarded(OutboxRepository):
    """The outbox without its claim: what is due is read, and stays due until it is sent."""

    def claim(self, now: datetime, limit: int) -> Sequence[Notice]:
        due = select(outbox).where(outbox.c.status == "waiting", outbox.c.next_try_at <= now).limit(limit)
        rows = self._connection.execute(due.order_by(outbox.c.id)).all()
        return [Notice(row.id, row.kind, row.subject_id, row.due_at, row.attempts, row.payload) for row in rows]


class UnguardedUnitOfWork(SqlUnitOfWork):
    """The unit of work, its outbox unguarded."""

    repositories = {**SqlUnitOfWork.repositories, "outbox": Unguarded}


def book_some(engine: Engine) -> None:
    open_a_point(unit_of_work(engine))
    for number in range(PERSONS):
        start = opening(starts_at=opening().starts_at + timedelta(days=number // 2 * 7, hours=-1.5 * (number % 2)))
        booked(unit_of_work(engine), start, person(email=f"person{number}@example.fr"), f"c{number}")


def work_together(engine: Engine, kind: type[SqlUnitOfWork]) -> list[str]:
    postman = SlowPostman()
    post = DeliveryGateways(
        NoticeRenderer("rdv@example.invalid", RULES),
        postman,
        SlowPostman(),
        ContactChecks(),
        AdviserHours((HalfDay(0, clock(9), clock(12)),)),
    )

    def work(_number: int) -> None:
        uow = kind(engine, Digests(b"test key"), FrenchHolidays(), SecretTokens())
        for _ in range(PERSONS * 2):
            if dispatch.send_next(uow, post, MONDAY) is dispatch.Outcome.NOTHING_DUE:
                return

    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(work, range(WORKERS)))
    return postman.keys


def test_without_the_claim_a_notice_leaves_twice(engine: Engine) -> None:
    """The race is real: this is what the claim prevents."""
    book_some(engine)

    assert max(Counter(work_together(engine, UnguardedUnitOfWork)).values()) > 1


def test_with_the_claim_each_notice_leaves_once(engine: Engine) -> None:
    book_some(engine)

    sent = work_together(engine, SqlUnitOfWork)

    assert sorted(Counter(sent).values()) == [1] * PERSONS


def test_two_worker_processes_send_each_mail_once(engine: Engine, tmp_path: Path) -> None:
    book_some(engine)
    mailbox = Mailbox()

    with mail_server(mailbox) as port:
        settings = _settings(engine, tmp_path, MONDAY, port)
        with (
            processes.started("bot.worker", "--once", settings=settings) as first,
            processes.started("bot.worker", "--once", settings=settings) as second,
        ):
            assert (first.wait(60), second.wait(60)) == (0, 0)

    assert sorted(str(each["To"]) for each in mailbox.received) == [f"person{n}@example.fr" for n in range(PERSONS)]


def test_a_worker_killed_between_sending_and_noting_it_sends_again_the_same_message(
    engine: Engine, tmp_path: Path
) -> None:
    open_a_point(unit_of_work(engine))
    booked(unit_of_work(engine))
    mailbox = Mailbox()

    with mail_server(mailbox) as port:
        settings = _settings(engine, tmp_path, MONDAY, port)
        with processes.started("bot.worker", "--once", settings=settings) as worker:
            # The server has the mail; the worker will never hear that it does.
            mailbox.on_content = worker.kill
            assert worker.wait(60) < 0
        mailbox.on_content = None
        assert _statuses(engine) == ["waiting"]
        for minutes in (4, 6, 20):
            at = MONDAY + timedelta(minutes=minutes)
            processes.run("bot.worker", "--once", settings=_settings(engine, tmp_path, at, port))

    assert [each["Message-ID"] for each in mailbox.received] == [mailbox.received[0]["Message-ID"]] * 2
    assert _statuses(engine) == ["sent"]


def _settings(engine: Engine, folder: Path, now: datetime, port: int) -> dict[str, str]:
    url = engine.url.render_as_string(hide_password=False)
    smtp = {"CEP_SMTP_HOST": "127.0.0.1", "CEP_SMTP_PORT": str(port), "CEP_SMTP_STARTTLS": "no"}
    return processes.environment(folder, DATABASE_URL=url, CEP_NOW=now.isoformat(), **smtp)


def _statuses(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        rows = connection.execute(select(outbox.c.status).where(outbox.c.kind == "appointment_booked"))
        return list(rows.scalars())
