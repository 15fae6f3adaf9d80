"""Telegram's Bot API on a real HTTP server: the methods we use, its rules and refusals, and faults on demand.

What Telegram would refuse is refused (an empty or too long text, button data over 64 bytes, a chat that blocked the
bot). `person(chat_id)` is somebody with Telegram in hand, who writes and presses, and reads.
"""

from __future__ import annotations

import email
import email.policy
import itertools
import json
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.doubles import telegram_updates as updates

_STRUCTURED = frozenset({"commands", "reply_markup", "link_preview_options", "allowed_updates"})
TOKEN = "4242:AA-token-of-the-double"


@dataclass(frozen=True)
class Fault:
    """What is answered instead: a status, how long to wait, or nothing at all for so many seconds."""

    status: int = 500
    description: str = "Internal Server Error"
    retry_after: int | None = None
    silent_seconds: float = 0.0
    body: str | None = None


class Refusal(Exception):
    """What Telegram answers to what it does not accept."""

    def __init__(self, description: str, status: int = 400, **parameters: int) -> None:
        super().__init__(description)
        self.status = status
        self.parameters = {"parameters": parameters} if parameters else {}


@dataclass
class TelegramDouble:
    """The server; `calls` keeps every call that was accepted, as (method, content)."""

    token: str = TOKEN
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    faults: dict[str, list[Fault]] = field(default_factory=dict)
    messages: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    blocked: set[int] = field(default_factory=set)
    hurried: set[int] = field(default_factory=set)
    webhook: dict[str, Any] = field(default_factory=dict)
    commands: list[dict[str, str]] = field(default_factory=list)
    waiting: list[dict[str, Any]] = field(default_factory=list)
    port: int = 0
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(5_001))
    _guard: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    def person(self, chat_id: int, *webhooks: str, secret: str = "") -> Person:
        """Somebody in this chat, whose updates go to these addresses in turn."""
        return Person(self, chat_id, webhooks, secret)

    def fail(self, method: str, *faults: Fault) -> None:
        """Answer so to the next calls of this method."""
        self.faults.setdefault(method, []).extend(faults)

    def named(self, method: str) -> list[dict[str, Any]]:
        """What this method was called with."""
        return [content for name, content in self.calls if name == method]

    def answer(self, method: str, content: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """The status and the answer of one call."""
        with self._guard:
            if self.faults.get(method):
                return self._fail(self.faults[method].pop(0))
            known = getattr(self, f"_{method}", None)
            if known is None:
                return 404, {"ok": False, "error_code": 404, "description": "Not Found"}
            try:
                result = known(content)
            except Refusal as refusal:
                told = {"ok": False, "error_code": refusal.status, "description": str(refusal)}
                return refusal.status, {**told, **refusal.parameters}
            self.calls.append((method, content))
            return 200, {"ok": True, "result": result}

    def _fail(self, fault: Fault) -> tuple[int, dict[str, Any]]:
        if fault.silent_seconds:
            time.sleep(fault.silent_seconds)
        if fault.body is not None:
            return fault.status, {"raw": fault.body}
        told: dict[str, Any] = {"ok": False, "error_code": fault.status, "description": fault.description}
        if fault.retry_after is not None:
            told["parameters"] = {"retry_after": fault.retry_after}
        return fault.status, told

    def _getMe(self, _content: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        return {**updates.BOT, "can_join_groups": True, "can_read_all_group_messages": False}

    def _sendMessage(self, content: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        text = content.get("text")
        if not isinstance(text, str) or not text.strip():
            raise Refusal("Bad Request: message text is empty")
        if len(text.encode("utf-16-le")) // 2 > 4096:
            raise Refusal("Bad Request: message is too long")
        return self._post(content, {"text": text})

    def _sendDocument(self, content: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        document = content.get("document")
        if isinstance(document, str):
            document = content.get(document.removeprefix("attach://"))
        if not isinstance(document, dict) or not document["content"]:
            raise Refusal("Bad Request: file must be non-empty")
        shown = {**updates.FILE, "file_name": document["name"], "mime_type": document["type"]}
        return self._post(content, {"document": shown})

    def _sendChatAction(self, content: dict[str, Any]) -> bool:  # noqa: N802
        self._reachable(content)
        return True

    def _answerCallbackQuery(self, content: dict[str, Any]) -> bool:  # noqa: N802
        if not content.get("callback_query_id"):
            raise Refusal("Bad Request: query is too old and response timeout expired or query ID is invalid")
        return True

    def _editMessageReplyMarkup(self, content: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        for message in self.messages.get(self._reachable(content), []):
            if message["message_id"] == int(content.get("message_id") or 0):
                message["reply_markup"] = _markup(content.get("reply_markup"))
                return {name: value for name, value in message.items() if name != "asked_markup"}
        raise Refusal("Bad Request: message to edit not found")

    def _leaveChat(self, _content: dict[str, Any]) -> bool:  # noqa: N802
        return True

    def _setMyCommands(self, content: dict[str, Any]) -> bool:  # noqa: N802
        for command in content["commands"]:
            if not (1 <= len(command["command"]) <= 32 and command["command"].islower()):
                raise Refusal("Bad Request: BOT_COMMAND_INVALID")
            if not 1 <= len(command["description"]) <= 256:
                raise Refusal("Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
        self.commands = content["commands"]
        return True

    def _setMyName(self, content: dict[str, Any]) -> bool:  # noqa: N802
        return self._held(content, "name", 64)

    def _setMyDescription(self, content: dict[str, Any]) -> bool:  # noqa: N802
        return self._held(content, "description", 512)

    def _setMyShortDescription(self, content: dict[str, Any]) -> bool:  # noqa: N802
        return self._held(content, "short_description", 120)

    def _held(self, content: dict[str, Any], name: str, longest: int) -> bool:
        if len(content.get(name, "")) > longest:
            raise Refusal(f"Bad Request: {name} is too long")
        return True

    def _setWebhook(self, content: dict[str, Any]) -> bool:  # noqa: N802
        if not content["url"].startswith("https://"):
            raise Refusal("Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
        self.webhook = content
        return True

    def _deleteWebhook(self, _content: dict[str, Any]) -> bool:  # noqa: N802
        self.webhook = {}
        return True

    def _getWebhookInfo(self, _content: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        return {
            "url": self.webhook.get("url", ""),
            "has_custom_certificate": False,
            "pending_update_count": len(self.waiting),
        }

    def _getUpdates(self, content: dict[str, Any]) -> list[dict[str, Any]]:  # noqa: N802
        if self.webhook:
            raise Refusal("Conflict: can't use getUpdates method while webhook is active", 409)
        self.waiting = [each for each in self.waiting if each["update_id"] >= int(content.get("offset") or 0)]
        return self.waiting[:100]

    def _post(self, content: dict[str, Any], shown: dict[str, Any]) -> dict[str, Any]:
        chat_id = self._reachable(content)
        message = {
            "message_id": next(self._numbers),
            "date": updates.DATE,
            "chat": updates.private(chat_id) if chat_id > 0 else updates.group(chat_id),
            "from": updates.BOT,
            **shown,
        }
        markup = _markup(content.get("reply_markup"))
        self.messages.setdefault(chat_id, []).append({**message, "asked_markup": markup})
        inline = {"reply_markup": markup} if markup and "inline_keyboard" in markup else {}
        return {**message, **inline}

    def _reachable(self, content: dict[str, Any]) -> int:
        try:
            chat_id = int(content["chat_id"])
        except (KeyError, TypeError, ValueError):
            raise Refusal("Bad Request: chat not found") from None
        if chat_id in self.blocked:
            raise Refusal("Forbidden: bot was blocked by the user", 403)
        if chat_id in self.hurried:
            raise Refusal("Too Many Requests: retry after 3", 429, retry_after=3)
        return chat_id


@dataclass
class Person:
    """Somebody with Telegram in hand."""

    network: TelegramDouble
    chat_id: int
    webhooks: Sequence[str]
    secret: str
    seconds: float = 60.0
    _read: int = 0
    _turn: int = 0

    def send(self, update: dict[str, Any]) -> int:
        """Give this update to the next of the webhooks, and the status it answered."""
        address = self.webhooks[self._turn % len(self.webhooks)]
        self._turn += 1
        return post(address, json.dumps(update).encode(), self.secret)

    def write(self, text: str) -> int:
        """Write to the bot."""
        return self.send(updates.said(self.chat_id, text))

    def press(self, title: str) -> int:
        """Press the last button that shows this."""
        for message in reversed(self.messages):
            for row in (message["asked_markup"] or {}).get("inline_keyboard", ()):
                for button in row:
                    if button["text"] == title:
                        return self.send(updates.pressed(self.chat_id, shown(message), button["callback_data"]))
        raise AssertionError(f"no button shows {title}: {self.texts}")

    @property
    def messages(self) -> list[dict[str, Any]]:
        """All that the bot sent here."""
        return list(self.network.messages.get(self.chat_id, ()))

    @property
    def texts(self) -> list[str]:
        """The words of all that the bot sent here."""
        return [message.get("text", "") for message in self.messages]

    def reads(self, words: str) -> str:
        """Wait for a message that holds these words, after those read before; its text."""
        end = time.monotonic() + self.seconds
        while time.monotonic() < end:
            for number, text in enumerate(self.texts[self._read :], start=self._read + 1):
                if words in text:
                    self._read = number
                    return text
            time.sleep(0.05)
        raise AssertionError(f"nobody said {words!r} after:\n" + "\n---\n".join(self.texts[self._read :]))


def shown(message: dict[str, Any]) -> dict[str, Any]:
    """A message of the bot as Telegram gives it back with a press."""
    markup = message["asked_markup"]
    kept = {name: value for name, value in message.items() if name != "asked_markup"}
    return {**kept, "reply_markup": markup} if markup and "inline_keyboard" in markup else kept


def post(address: str, body: bytes, secret: str | None) -> int:
    """The status answered to this body, sent as Telegram does."""
    headers = {"Content-Type": "application/json"}
    if secret is not None:
        headers["X-Telegram-Bot-Api-Secret-Token"] = secret
    try:
        with urllib.request.urlopen(urllib.request.Request(address, body, headers), timeout=60) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        with refused:
            return int(refused.code)


@contextmanager
def telegram() -> Iterator[TelegramDouble]:
    """The double, listening until the end of the block."""
    double = TelegramDouble()
    server = _Server(("127.0.0.1", 0), _handler(double))
    double.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield double
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)


class _Server(ThreadingHTTPServer):
    daemon_threads = True


def _handler(double: TelegramDouble) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_POST(self) -> None:  # noqa: N802
            body = self._body()
            path = self.path.split("?")[0]
            if not path.startswith(f"/bot{double.token}/"):
                status, told = 401, {"ok": False, "error_code": 401, "description": "Unauthorized"}
            else:
                content = _content(self.headers.get("Content-Type", ""), body)
                status, told = double.answer(path.rsplit("/", 1)[1], content)
            answer = told["raw"].encode() if "raw" in told else json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        do_GET = do_POST  # noqa: N815

        def _body(self) -> bytes:
            if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
                return self.rfile.read(int(self.headers.get("Content-Length") or 0))
            body = b""
            while size := int(self.rfile.readline().split(b";")[0], 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
            return body

        def log_message(self, *_arguments: Any) -> None:
            """Say nothing."""

    return Handler


def _content(kind: str, body: bytes) -> dict[str, Any]:
    """What was sent, as Telegram takes it: JSON, or a form whose structured fields are JSON."""
    if kind.startswith("multipart/form-data"):
        form = email.message_from_bytes(
            b"Content-Type: " + kind.encode() + b"\r\n\r\n" + body, policy=email.policy.HTTP
        )
        fields = dict(_field(part) for part in form.iter_parts())
    elif kind.startswith("application/x-www-form-urlencoded"):
        fields = dict(urllib.parse.parse_qsl(body.decode()))
    else:
        return json.loads(body) if body else {}
    structured = {name: json.loads(fields[name]) for name in _STRUCTURED & fields.keys()}
    return {**fields, **structured}


def _field(part: Any) -> tuple[str, Any]:
    name, file = part.get_param("name", header="content-disposition"), part.get_filename()
    data = part.get_payload(decode=True)
    if file is None:
        return name, data.decode()
    return name, {"name": file, "type": part.get_content_type(), "content": data.decode()}


def _markup(markup: dict[str, Any] | None) -> dict[str, Any] | None:
    for row in (markup or {}).get("inline_keyboard", ()):
        for button in row:
            if not button["text"]:
                raise Refusal("Bad Request: inline keyboard button text must be non-empty")
            if not 1 <= len(button["callback_data"].encode()) <= 64:
                raise Refusal("Bad Request: BUTTON_DATA_INVALID")
    return markup
