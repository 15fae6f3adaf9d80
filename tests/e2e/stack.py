"""Starting the real assistant and the real action server on free ports, over a database of their own."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
NOW = "2026-11-23T10:00:00+01:00"


@dataclass
class Stack:
    """The running processes and how to reach them."""

    folder: Path
    environment: dict[str, str]
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    more_assistants: dict[str, str] = field(default_factory=dict)

    @property
    def assistant_url(self) -> str:
        return f"http://127.0.0.1:{self.environment['CEP_ASSISTANT_PORT']}"

    def say(self, sender: str, message: Any, timeout: float = 30) -> list[dict[str, Any]]:
        """The assistant's replies to this message, through the REST channel."""
        body = json.dumps({"sender": sender, "message": message}).encode()
        request = urllib.request.Request(
            f"{self.assistant_url}/webhooks/rest/webhook", body, {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=timeout) as answer:
            return json.loads(answer.read())

    def start(self, name: str, *module: str, **more: str) -> None:
        """Start one process, its output in the folder; `more` changes its settings."""
        log = (self.folder / f"{name}.log").open("ab")
        self.processes[name] = subprocess.Popen(
            [sys.executable, "-m", *module],
            cwd=ROOT,
            env={**self.environment, **more},
            stdout=log,
            stderr=subprocess.STDOUT,
        )

    def stop(self, name: str) -> None:
        """Stop one process and wait for it."""
        process = self.processes.pop(name)
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def log(self, name: str) -> str:
        """What a process printed."""
        return (self.folder / f"{name}.log").read_text(encoding="utf-8", errors="replace")

    def wait_until_ready(self, seconds: float = 120) -> None:
        """Wait until a message would be answered, by each assistant."""
        for name, url in {"assistant": self.assistant_url, **self.more_assistants}.items():
            wait_for(f"{url}/webhooks/rest/ready", seconds, lambda name=name: self.log(name)[-2000:])

    def start_another_assistant(self) -> None:
        """Start one more assistant on the same database, on a port of its own."""
        name, port = f"assistant{len(self.more_assistants) + 2}", str(free_port())
        self.start(name, "bot.assistant.rasa.run", CEP_ASSISTANT_PORT=port)
        self.more_assistants[name] = f"http://127.0.0.1:{port}"


def wait_for(url: str, seconds: float, explain: Any = lambda: "") -> None:
    """Wait until this address answers 200."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(urllib.error.URLError, OSError), urllib.request.urlopen(url, timeout=5) as answer:
            if answer.status == 200:
                return
        time.sleep(0.3)
    raise AssertionError(f"{url} did not answer 200 within {seconds} s\n{explain()}")


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(folder: Path, **more: str) -> dict[str, str]:
    """The settings of a stack of its own in this folder."""
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith(("CEP_", "RASA_", "DATABASE"))
    }
    inherited.pop("PYTHONDONTWRITEBYTECODE", None)
    return {
        **inherited,
        "CEP_VAR": str(folder),
        "CEP_NOW": NOW,
        "CEP_ASSISTANT_PORT": str(free_port()),
        "CEP_ACTIONS_PORT": str(free_port()),
        "CEP_WEB_PORT": str(free_port()),
        "RASA_TELEMETRY_ENABLED": "false",
        "PYTHONWARNINGS": "ignore",
        **more,
    }


@contextlib.contextmanager
def running(folder: Path, *names: str, assistants: int = 1, seconds: float = 120, **more: str) -> Iterator[Stack]:
    """The assistants and their actions (`names` adds web, worker), ready within these seconds, then stopped."""
    stack = Stack(folder, environment(folder, **more))
    for command in ("migrate", "seed"):
        subprocess.run([sys.executable, "-m", "bot.cli", command], cwd=ROOT, env=stack.environment, check=True)
    try:
        stack.start("actions", "actions.server")
        stack.start("assistant", "bot.assistant.rasa.run")
        for _ in range(1, assistants):
            stack.start_another_assistant()
        for name in names:
            stack.start(name, *MODULES[name])
        stack.wait_until_ready(seconds)
        yield stack
    finally:
        for name in list(stack.processes):
            stack.stop(name)


MODULES = {"web": ("bot.web.run",), "worker": ("bot.worker",)}
