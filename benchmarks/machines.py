"""The service as on several machines: a PostgreSQL, an action server, a worker, and assistants behind a proxy."""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL, Engine, make_url

from benchmarks.small_disk import SmallDisk, small_disk
from benchmarks.tcp_proxy import TcpProxy
from tests.e2e.stack import NOW, ROOT, Stack, environment, free_port, wait_for

READY_SECONDS = 400


@dataclass
class Machines:
    """The running service: how to reach it, and each of its processes by name."""

    stack: Stack
    proxy: TcpProxy
    database: TcpProxy
    engine: Engine
    ports: dict[str, int]
    disk: SmallDisk | None
    """What the database lies on; `None` where nothing may be mounted."""

    @property
    def address(self) -> str:
        """Where people talk to it."""
        return f"http://127.0.0.1:{self.proxy.port}"

    def start_assistant(self, name: str, **more: str) -> None:
        """Start this assistant on its port; `more` changes its settings."""
        self.stack.start(name, "bot.assistant.rasa.run", CEP_ASSISTANT_PORT=str(self.ports[name]), **more)

    def wait_for_assistant(self, name: str) -> None:
        """Wait until it would answer."""
        explain = lambda: self.stack.log(name)[-2000:]  # noqa: E731
        wait_for(f"http://127.0.0.1:{self.ports[name]}/webhooks/rest/ready", READY_SECONDS, explain)

    def kill(self, name: str) -> None:
        """End it at once, as a machine that loses its power."""
        process = self.stack.processes.pop(name)
        process.kill()
        process.wait()

    def count(self, query: str, **values: object) -> int:
        """One number of the database, read past the proxy."""
        with self.engine.connect() as connection:
            return int(connection.execute(text(query), values).scalar() or 0)

    def names(self, query: str) -> set[str]:
        """The first column of every row, read past the proxy."""
        with self.engine.connect() as connection:
            return set(connection.execute(text(query)).scalars())


@contextmanager
def machines(folder: Path, assistants: int) -> Iterator[Machines]:
    """Everything started and ready, then stopped; needs TEST_POSTGRES_URL (`tools/with_postgres.sh`)."""
    server = make_url(os.environ["TEST_POSTGRES_URL"])
    name = f"load_{uuid.uuid4().hex[:12]}"
    owner = create_engine(server, isolation_level="AUTOCOMMIT")
    with owner.connect() as connection, small_disk(connection) as disk:
        connection.execute(text(f"CREATE DATABASE {name}" + (f" TABLESPACE {disk.tablespace}" if disk else "")))
        try:
            with _started(folder, server.set(database=name), assistants, disk) as running:
                yield running
        finally:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    owner.dispose()


@contextmanager
def _started(folder: Path, server: URL, assistants: int, disk: SmallDisk | None) -> Iterator[Machines]:
    ports = {f"assistant-{number}": free_port() for number in range(1, assistants + 1)}
    with TcpProxy([int(server.port or 5432)]) as database, TcpProxy(list(ports.values())) as proxy:
        through = server.set(port=database.port).render_as_string(hide_password=False)
        stack = Stack(folder, environment(folder, DATABASE_URL=through, CEP_NOW=NOW))
        direct = create_engine(server, future=True)
        running = Machines(stack, proxy, database, direct, ports, disk)
        try:
            _prepare(stack)
            for each in ports:
                running.start_assistant(each)
            for each in ports:
                running.wait_for_assistant(each)
            yield running
        finally:
            for each in list(stack.processes):
                stack.stop(each)
            direct.dispose()


def _prepare(stack: Stack) -> None:
    for command in ("migrate", "seed"):
        subprocess.run([sys.executable, "-m", "bot.cli", command], cwd=ROOT, env=stack.environment, check=True)
    stack.start("actions", "actions.server")
    stack.start("worker", "bot.worker")
