"""`start`: a port in use is said before anything starts; a failing process is said, and who stops quietly is not."""

from __future__ import annotations

import socket
import sys
from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import pytest

from bot.cli import start
from tests import processes
from tests.mail_servers import free_port
from tools import supervise


def test_a_port_in_use_is_said_in_one_line_before_anything_starts(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        settings = processes.environment(
            tmp_path / "var",
            CEP_ASSISTANT_PORT=str(port),
            CEP_ACTIONS_PORT=str(free_port()),
            CEP_WEB_PORT=str(free_port()),
        )

        done = processes.run("bot.cli", "start", settings=settings)

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"Rien n’a démarré, des ports sont déjà pris\u00a0: {port} (CEP_ASSISTANT_PORT). ")
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "var").exists()


def test_each_port_in_use_is_named_with_its_variable() -> None:
    settings = SimpleNamespace(listen_on="127.0.0.1", assistant_port=free_port(), actions_port=0, web_port=0)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        settings.web_port = taken.getsockname()[1]

        assert list(start.taken_ports(settings)) == [f"{settings.web_port} (CEP_WEB_PORT)"]  # type: ignore[arg-type]

    assert list(start.taken_ports(settings)) == []  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("told", "failed"),
    [
        ("assistant.1 stopped (rc=1)\n", True),
        ("assistant.1 stopped (rc=-9)\n", True),
        ("worker.1 stopped (rc=-15)\n", False),
        ("web.1 stopped (rc=0)\n", False),
        ("web.1 started (pid=12)\n", False),
        ("SIGINT received\n", False),
        ("sending SIGTERM to web.1 (pid 12)\n", False),
    ],
)
def test_a_process_that_fails_is_told_from_one_that_was_stopped(told: str, failed: bool) -> None:
    assert supervise.has_failed(told) is failed


def test_what_the_processes_say_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    printed = StringIO()
    printer = supervise.QuietPrinter(printed)

    for name, said in (
        ("system", "web.1 started (pid=1)\n"),
        ("web", "WARNING odd\n"),
        ("system", "web stopped (rc=3)\n"),
    ):
        printer.write(SimpleNamespace(type="line", data=said, time=start_of_day(), name=name, colour=None))

    assert [line.partition("| ")[2] for line in printed.getvalue().splitlines()] == [
        "WARNING odd",
        "web stopped (rc=3)",
    ]


def start_of_day() -> SimpleNamespace:
    """An hour, as honcho writes it."""
    return SimpleNamespace(strftime=lambda _: "09:00:00")


def test_a_warning_about_a_library_is_not_printed() -> None:
    code = (
        "import actions, warnings; warnings.simplefilter('always'); warnings.warn('old', DeprecationWarning);"
        "warnings.warn('told', UserWarning)"
    )

    done = processes.subprocess.run([sys.executable, "-c", code], cwd=processes.ROOT, capture_output=True, text=True)

    assert "told" in done.stderr
    assert "old" not in done.stderr.replace("told", "")
