"""`start`: what `make run` runs. Ports free, model and database ready, then every process of the Procfile at once.

It prints what a person needs: what changed, what is still starting, where to go, and warnings.
"""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from honcho import environ

from bot.app import container, network_import
from bot.app.settings import ROOT, Settings
from bot.cli import demonstration
from bot.cli.commands import text

if TYPE_CHECKING:
    from bot.cli.commands import Commands

TRAINING = "bot.assistant.rasa.training"
SUPERVISOR = ROOT / "tools" / "supervise.py"


def add_to(commands: Commands) -> None:
    """Declare the command."""
    start = commands.add_parser("start", help="make everything ready and start every process, until stopped")
    start.set_defaults(run=_start)


def _start(_chosen: argparse.Namespace) -> int:
    _read_environment()
    if taken := list(taken_ports(container.settings())):
        print(text("ports_taken", ports=", ".join(taken)), file=sys.stderr)
        return 1
    # On two processors the database is ready before the digest of the model's inputs is.
    training = subprocess.Popen([sys.executable, "-m", TRAINING], cwd=ROOT)  # noqa: S603  our own module, no shell
    prepared = _prepare_database()
    if training.wait() or prepared:
        return training.returncode or prepared
    sys.stdout.flush()
    # In this process's place: it forks itself for each process it watches, so it holds as little as it can.
    return os.execv(sys.executable, [sys.executable, str(SUPERVISOR)])  # noqa: S606  our own file, no shell


def taken_ports(settings: Settings) -> Iterator[str]:
    """Each port of ours that something else listens on, with the variable that changes it."""
    ports = {
        "CEP_ASSISTANT_PORT": settings.assistant_port,
        "CEP_ACTIONS_PORT": settings.actions_port,
        "CEP_WEB_PORT": settings.web_port,
    }
    for variable, port in ports.items():
        with socket.socket() as probe:
            # One that was closed a moment ago is free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((settings.listen_on, port))
            except OSError:
                yield f"{port} ({variable})"


def _read_environment() -> None:
    """Take the settings of `.env`, as honcho does."""
    file = ROOT / ".env"
    if file.exists():
        os.environ.update(environ.parse(file.read_text(encoding="utf-8")))
        container.settings.cache_clear()
    os.environ.setdefault("LOG_LEVEL", "WARNING")


def _prepare_database() -> int:
    container.migrate()
    report, remarks = network_import.store_demonstration_network()
    rejected = [remark for remark in (*report.remarks, *remarks) if remark.rejects]
    _print_each(rejected)
    is_new = bool(report.added)
    if is_new:
        print(text("network_stored", points=len(report.added)), flush=True)
    return 1 if rejected else demonstration.offer(quiet=not is_new)


def _print_each(remarks: Iterable[object]) -> None:
    for remark in remarks:
        print(remark, file=sys.stderr)
