"""What can break under people who book: each part of the service stopped, cut, filled or set wrong."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from benchmarks.machines import Machines
from benchmarks.persons import THINKING_SECONDS
from tests.e2e.stack import NOW, wait_for

AWAY_SECONDS = 60.0
FULL_SECONDS = 20.0
CLOCK_STEP = timedelta(minutes=4)


@dataclass(frozen=True)
class Fault:
    """What is done to the service, and whether it stays so: then people come once it is done."""

    name: str
    cause: Callable[[Machines], None]
    stays: bool = False


def database_away(running: Machines) -> None:
    """The database is cut off for a while."""
    running.database.cut()
    time.sleep(AWAY_SECONDS)
    running.database.mend()


def actions_killed(running: Machines) -> None:
    """The action server dies, and is started again."""
    running.kill("actions")
    time.sleep(3)
    running.stack.start("actions", "actions.server")
    wait_for(f"http://127.0.0.1:{running.stack.environment['CEP_ACTIONS_PORT']}/health", 120)


def worker_killed(running: Machines) -> None:
    """The worker dies, and is started again."""
    running.kill("worker")
    time.sleep(3)
    running.stack.start("worker", "bot.worker")


def assistant_killed(running: Machines) -> None:
    """One of the two assistants dies with its turns in progress; the other takes over."""
    time.sleep(THINKING_SECONDS)
    running.kill("assistant-1")


def proxy_cut(running: Machines) -> None:
    """The cable between visitors and the service is cut."""
    running.proxy.cut()
    time.sleep(5)
    running.proxy.mend()


def disk_full(running: Machines) -> None:
    """The database's disk is full for a while."""
    assert running.disk, "main stops without it"
    running.disk.fill()
    time.sleep(FULL_SECONDS)
    running.disk.free()


def clock_jumps(running: Machines) -> None:
    """The clock of one of two assistants is ahead: whoever talks to both sees it jump forth and back each time."""
    later = (datetime.fromisoformat(NOW) + CLOCK_STEP).isoformat()
    running.stack.stop("assistant-2")
    running.start_assistant("assistant-2", CEP_NOW=later)
    running.wait_for_assistant("assistant-2")


FAULTS = (
    Fault("proxy cut", proxy_cut),
    Fault("worker killed", worker_killed),
    Fault("action server killed", actions_killed),
    Fault("database away", database_away),
    Fault("disk full", disk_full),
    Fault("clock jumps", clock_jumps, stays=True),
    Fault("assistant killed in its turns", assistant_killed),
)
