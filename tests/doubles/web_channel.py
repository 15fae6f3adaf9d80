"""The web channel's addresses on a real HTTP server, answering what a test tells it: for faults no test could wait for.

The server may stop and start again, be slow, refuse, say a thing twice. One conversation at a time per token.
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

Line = dict[str, Any]
"""`text`, and maybe `choices` (titles), `author`, `extras`."""


GREETING = (
    {
        "text": "Bonjour ! Je suis un assistant automatique, pas un conseiller. Je réponds à vos questions sur le "
        "conseil en évolution professionnelle (CEP) et je peux réserver un premier rendez-vous.",
        "choices": ["C’est quoi le CEP ?", "Vérifier mon droit", "Prendre rendez-vous"],
    },
)
CLIENT_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass
class Talk:
    """One conversation: its messages and who has it."""

    messages: list[dict[str, Any]] = field(default_factory=list)
    state: str = "bot"
    author_name: str | None = None
    is_erased: bool = False


@dataclass
class WebChannelDouble:
    """What the server does next; `posted` counts every request to leave a message."""

    answer: Callable[[str], list[Line]] = lambda said: [{"text": f"Réponse à : {said}"}]
    greeting: list[Line] = field(default_factory=lambda: [dict(each) for each in GREETING])
    delay: float = 0.0
    repeats: int = 1
    refusals: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    posted: list[dict[str, Any]] = field(default_factory=list)
    talks: dict[str, Talk] = field(default_factory=dict)
    opened: int = 0
    port: int = 0
    _server: ThreadingHTTPServer | None = None
    _changed: threading.Condition = field(default_factory=threading.Condition)

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def is_listening(self) -> bool:
        """Whether it runs."""
        return self._server is not None

    @property
    def talk(self) -> Talk:
        """The only conversation there is."""
        (only,) = self.talks.values()
        return only

    def start(self) -> None:
        """Listen; again at the same place after a stop."""
        self._server = _Server(("127.0.0.1", self.port), _handler(self))
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        """Refuse every connection, those in use included."""
        assert self._server
        self._server.shutdown()
        self._server.server_close()
        with self._changed:
            self._server = None
            self._changed.notify_all()

    def say(self, text: str, author: str = "bot", **more: Any) -> None:
        """Say something in the conversation, unasked."""
        self.add(self.talk, {"text": text, "author": author, **more})

    def give_to(self, state: str, author_name: str | None = None) -> None:
        """Change who has the conversation."""
        with self._changed:
            self.talk.state, self.talk.author_name = state, author_name
            self._changed.notify_all()

    def open(self) -> tuple[str, Talk]:
        """A new conversation, which begins with a greeting."""
        self.opened += 1
        token, talk = f"token-{self.opened}", Talk()
        self.talks[token] = talk
        for line in self.greeting:
            self.add(talk, line)
        return token, talk

    def erase(self, token: str) -> None:
        """Drop a conversation and end its streams."""
        with self._changed:
            talk = self.talks.pop(token, None)
            if talk:
                talk.is_erased = True
            self._changed.notify_all()

    def add(self, talk: Talk, line: Line) -> None:
        """Store one line, with the next identifier."""
        with self._changed:
            message = {
                "id": sum(len(each.messages) for each in self.talks.values()) + 1,
                "author": line.get("author", "bot"),
                "text": line["text"],
                "at": datetime.now(timezone.utc).isoformat(),
                "client_id": line.get("client_id"),
                "choices": [{"title": title} for title in line.get("choices", [])],
                "extras": line.get("extras", {}),
            }
            talk.messages.append(message)
            self._changed.notify_all()

    def receive(self, talk: Talk, sent: dict[str, Any]) -> None:
        """Store what a visitor sent, once, then answer it."""
        assert CLIENT_ID.fullmatch(sent["client_id"])
        choice = sent.get("choice")
        key = "choice:{message}:{index}".format(**choice) if choice else sent["client_id"]
        if any(each["client_id"] == key for each in talk.messages):
            return
        offered = {each["id"]: each["choices"] for each in talk.messages}
        words = offered[choice["message"]][choice["index"]]["title"] if choice else sent["text"]
        self.add(talk, {"text": words, "author": "user", "client_id": key})
        threading.Thread(target=self._reply, args=(talk, words), daemon=True).start()

    def _reply(self, talk: Talk, words: str) -> None:
        time.sleep(self.delay)
        if talk.state == "bot":
            for line in self.answer(words):
                self.add(talk, line)

    def events(self, talk: Talk, after: int) -> Iterator[tuple[str, dict[str, Any]]]:
        """Every message after this one and every change of state, as they come, until the server stops."""
        told = ""
        while self._server:
            with self._changed:
                new = [each for each in talk.messages if each["id"] > after]
                if not new and talk.state == told and not talk.is_erased:
                    self._changed.wait(0.5)
                    continue
            if talk.is_erased:
                yield "end", {"reason": "erased"}
                return
            if talk.state != told:
                told = talk.state
                yield "state", {"state": told, "author_name": talk.author_name}
            for message in new:
                after = message["id"]
                for _ in range(self.repeats):
                    yield "message", message


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True

    def __init__(self, *arguments: Any) -> None:
        self.connections: set[Any] = set()
        super().__init__(*arguments)

    def process_request(self, request: Any, client_address: Any) -> None:
        self.connections.add(request)
        super().process_request(request, client_address)

    def server_close(self) -> None:
        super().server_close()
        for each in list(self.connections):
            self.shutdown_request(each)

    def handle_error(self, *_: Any) -> None:
        """A browser that leaves is no fault."""


def _handler(double: WebChannelDouble) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_OPTIONS(self) -> None:
            self._answer(204)

        def do_POST(self) -> None:
            sent = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))) or b"{}")
            if self.path.endswith("/session"):
                token, talk = double.open()
                return self._answer(201, {"token": token, "state": talk.state, "messages": talk.messages})
            double.posted.append(sent)
            if double.refusals:
                status, headers = double.refusals.pop(0)
                return self._answer(status, {"error": "refused"}, headers)
            talk = self._talk()
            if not talk:
                return self._answer(401, {"error": "unknown"})
            double.receive(talk, sent)
            return self._answer(202, {"message": None, "repeated": False, "refused": None})

        def do_GET(self) -> None:
            talk = self._talk()
            if not talk:
                return self._answer(401, {"error": "unknown"})
            after = int(parse_qs(urlsplit(self.path).query)["after"][0])
            if "/stream" in self.path:
                return self._stream(talk, after)
            new = [each for each in talk.messages if each["id"] > after]
            told = {"state": talk.state, "author_name": talk.author_name}
            return self._answer(200, {"messages": new, "more": False, **told})

        def do_DELETE(self) -> None:
            double.erase(self._token())
            self._answer(200, {"erased": ["messages"], "kept": []})

        def _token(self) -> str:
            return self.headers.get("Authorization", "").removeprefix("Bearer ")

        def _talk(self) -> Talk | None:
            return double.talks.get(self._token())

        def _stream(self, talk: Talk, after: int) -> None:
            self._head(200, {"Content-Type": "text/event-stream", "Connection": "close"})
            self.wfile.write(b": here\n\n")
            for name, content in double.events(talk, after):
                self.wfile.write(f"event: {name}\ndata: {json.dumps(content)}\n\n".encode())
                self.wfile.flush()

        def _answer(self, status: int, content: Any = None, headers: dict[str, str] | None = None) -> None:
            body = b"" if content is None else json.dumps(content).encode()
            self._head(status, {"Content-Length": str(len(body)), **(headers or {})})
            self.wfile.write(body)

        def _head(self, status: int, headers: dict[str, str]) -> None:
            allowed = {
                "Access-Control-Allow-Origin": self.headers.get("Origin", "*"),
                "Access-Control-Allow-Headers": "Authorization, Content-Type",
                "Access-Control-Allow-Methods": "GET, POST, DELETE",
                "Access-Control-Expose-Headers": "Retry-After",
            }
            self.send_response(status)
            for name, value in {**allowed, **headers}.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Silence."""

    return Handler
