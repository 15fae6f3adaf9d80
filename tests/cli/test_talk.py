"""`talk` is a conversation in a terminal: words, numbered choices, and a clear word when nobody answers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests import processes
from tests.mail_servers import free_port
from tests.web_servers import web_server

OFFER = [
    {"text": "Que voulez-vous faire ?", "buttons": [{"title": "Un rendez-vous", "payload": "je veux un rendez-vous"}]},
    {"text": "Ou bien ?", "buttons": [{"title": "Poser une question", "payload": "une question"}]},
]
BOOKED = [{"text": "C’est réservé.", "attachments": [{"name": "rendez-vous.ics"}]}]


def talk(folder: Path, typed: str, reply: Callable[[str], Any], ready: int = 200) -> tuple[Any, list[Any]]:
    """What the terminal showed, and what the assistant was sent."""
    sent: list[Any] = []

    def answer(path: str, received: Any) -> tuple[int, Any]:
        if path.endswith("/ready"):
            return ready, {}
        sent.append(received)
        return 200, reply(received["message"])

    with web_server(answer) as address:
        settings = processes.environment(folder, CEP_ASSISTANT_URL=address)
        return processes.run("bot.cli", "talk", settings=settings, typed=typed), sent


def test_replies_are_shown_and_their_choices_numbered_through_the_turn(tmp_path: Path) -> None:
    shown, sent = talk(tmp_path, "bonjour\n", lambda _: OFFER)

    assert shown.returncode == 0
    assert [each["message"] for each in sent] == ["bonjour"]
    assert "Que voulez-vous faire ?" in shown.stdout
    assert "1. Un rendez-vous" in shown.stdout
    assert "2. Poser une question" in shown.stdout


def test_a_number_says_the_words_of_its_choice_and_other_numbers_are_words(tmp_path: Path) -> None:
    _, sent = talk(tmp_path, "bonjour\n2\n21200\n3\n", lambda _: OFFER)

    assert [each["message"] for each in sent] == ["bonjour", "une question", "21200", "3"]


def test_one_terminal_is_one_conversation_and_two_are_two(tmp_path: Path) -> None:
    _, first = talk(tmp_path, "a\nb\n", lambda _: [])
    _, second = talk(tmp_path, "c\n", lambda _: [])

    assert first[0]["sender"] == first[1]["sender"] != second[0]["sender"]


def test_an_empty_line_is_not_sent_and_a_file_is_named(tmp_path: Path) -> None:
    shown, sent = talk(tmp_path, "\n   \noui\n", lambda _: BOOKED)

    assert len(sent) == 1
    assert "[fichier\u00a0: rendez-vous.ics]" in shown.stdout


def test_an_assistant_that_is_not_running_is_said_clearly(tmp_path: Path) -> None:
    settings = processes.environment(tmp_path, CEP_ASSISTANT_PORT=str(free_port()))

    shown = processes.run("bot.cli", "talk", settings=settings, typed="bonjour\n")

    assert shown.returncode == 1
    assert "make run" in shown.stderr
    assert "Traceback" not in shown.stderr


def test_an_assistant_that_still_starts_is_said_too(tmp_path: Path) -> None:
    shown, sent = talk(tmp_path, "bonjour\n", lambda _: [], ready=503)

    assert shown.returncode == 1
    assert "démarre encore" in shown.stderr
    assert sent == []


def test_a_refusal_is_said_with_its_status(tmp_path: Path) -> None:
    def answer(path: str, _: Any) -> tuple[int, Any]:
        return (200, {}) if path.endswith("/ready") else (403, {"error": "forbidden"})

    with web_server(answer) as address:
        settings = processes.environment(tmp_path, CEP_ASSISTANT_URL=address)
        shown = processes.run("bot.cli", "talk", settings=settings, typed="bonjour\n")

    assert "réponse 403" in shown.stderr
