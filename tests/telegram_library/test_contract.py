"""Another Telegram client understands all that we send and all that our double sends, and drives the double."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
import yaml

from bot.app import container, telegram_setup
from bot.app.settings import read_settings
from bot.assistant.channels.telegram.menu import menu
from bot.assistant.channels.telegram.update_parser import read
from bot.domain.conversation.conversations import Author, Choice, Line, Message
from bot.gateways.telegram_api import TelegramApi
from bot.gateways.telegram_lines import TelegramMessenger
from tests.doubles import telegram_updates as updates
from tests.doubles.telegram_api import TOKEN, TelegramDouble, telegram
from tests.factories import MONDAY

ROOT = Path(__file__).resolve().parents[2]
CHAT, BLOCKED, HURRIED = 99_001, 99_002, 99_003
FILE = {"name": "rendez-vous.ics", "type": "text/calendar", "content": "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"}
LINES = (
    Line("Bonjour."),
    Line("Où ?", tuple(Choice(f"Choix {n}", f"choix {n}") for n in range(30))),
    Line("Où ?", expects="booking_form.place"),
    Line("C’est réservé.", extras={"attachments": [FILE]}),
    Line("Une phrase. " * 900),
    Line("", (Choice("é" * 200, "oui"),)),
)


def sent_updates() -> list[dict]:
    """One of each kind our double sends."""
    shown = {**updates.message(CHAT, text="Où ?"), "from": updates.BOT}
    contents = [*updates.UNREAD.values(), {"location": {"latitude": 47.02, "longitude": 4.83}}]
    return [
        *(updates.update(message=updates.message(CHAT, **content)) for content in contents),
        updates.said(CHAT, "bonjour"),
        updates.said(CHAT, "/start"),
        updates.pressed(CHAT, shown, f"{2**63 - 1}:99"),
        updates.edited(CHAT, "bonsoir"),
        updates.member(updates.group(), "member"),
        updates.member(updates.private(CHAT), "kicked", CHAT),
    ]


@pytest.fixture
def double(monkeypatch: pytest.MonkeyPatch) -> TelegramDouble:
    """Our bot's whole work on the double: lines, signs, and making itself known."""
    with telegram() as network:
        environment = {"CEP_TELEGRAM_TOKEN": TOKEN, "CEP_TELEGRAM_API_URL": network.url}
        settings = read_settings({**environment, "CEP_TELEGRAM_PUBLIC_URL": "https://assistant.example"})
        api = TelegramApi(TOKEN, network.url)
        monkeypatch.setattr(container, "settings", lambda: settings)
        monkeypatch.setattr(container, "telegram_api", lambda: api)
        telegram_setup.set_webhook()
        messenger = TelegramMessenger(api)
        for number, line in enumerate(LINES, start=1):
            for part in messenger.parts(Message(number, "tg-visitor1", Author.BOT, line, MONDAY)):
                messenger.send(CHAT, part)
        api.call("sendChatAction", {"chat_id": CHAT, "action": "typing"})
        api.call("answerCallbackQuery", {"callback_query_id": "1"})
        api.close()
        yield network


def test_another_client_understands_what_we_send_and_what_our_double_sends(
    double: TelegramDouble, tmp_path: Path
) -> None:
    seen = {"updates": sent_updates(), "calls": list(double.calls)}
    (tmp_path / "seen.json").write_text(json.dumps(seen))
    double.waiting = sent_updates()
    double.blocked.add(BLOCKED)
    double.hurried.add(HURRIED)

    done = subprocess.run(
        [ROOT / "tools" / "with_telegram_library.sh", "python", Path(__file__).with_name("client.py")]
        + [tmp_path / "seen.json", double.url, TOKEN],
        capture_output=True,
        encoding="utf-8",
        timeout=500,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert f"{len(seen['updates'])} updates, {len(seen['calls'])} calls" in done.stdout


def test_our_double_sends_one_of_each_kind_we_read() -> None:
    read_kinds = {event.kind for each in sent_updates() if (event := read(json.dumps(each).encode()))}

    assert {kind.value for kind in read_kinds} == {"words", "choice", "command", "place", "unread", "blocked", "group"}


def test_the_menu_we_give_telegram_is_the_one_we_answer(double: TelegramDouble) -> None:
    told = [command["command"] for command in double.commands]

    assert told == list(menu().commands)
    assert all(menu().command(name) == name for name in told)


def test_a_webhook_is_asked_with_its_secret_and_only_for_what_we_read(double: TelegramDouble) -> None:
    (asked,) = double.named("setWebhook")

    ours = read_settings({}).telegram
    assert asked["url"] == f"https://assistant.example/webhooks/telegram/{ours.address}"
    assert asked["secret_token"] == ours.secret
    assert asked["allowed_updates"] == ["message", "edited_message", "callback_query", "my_chat_member"]


def test_the_menu_file_says_nothing_that_telegram_would_refuse() -> None:
    about = yaml.safe_load(telegram_setup.MENU.read_text(encoding="utf-8"))["about"]

    assert len(about["description"]) <= 512
    assert len(about["short"]) <= 120
