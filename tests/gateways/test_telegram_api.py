"""The Bot API's client and what it writes, against a double that refuses and fails as Telegram does."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from bot.domain.conversation.conversations import Author, Choice, Line, Message
from bot.gateways.telegram_api import TelegramApi
from bot.gateways.telegram_lines import File, TelegramMessenger, Text
from bot.services.chats.ports import TooFast
from bot.services.notifications.ports import Refused, Unavailable
from tests.doubles.telegram_api import TOKEN, Fault, TelegramDouble, telegram
from tests.factories import MONDAY

CHAT = 77_700_001
HELLO = {"chat_id": CHAT, "text": "Bonjour."}


@pytest.fixture
def network() -> Iterator[TelegramDouble]:
    with telegram() as double:
        yield double


@pytest.fixture
def api(network: TelegramDouble) -> Iterator[TelegramApi]:
    made = TelegramApi(TOKEN, network.url, seconds=10)
    yield made
    made.close()


def parts(line: Line, author: Author = Author.BOT) -> list[Text | File]:
    messenger = TelegramMessenger(TelegramApi(TOKEN, "http://127.0.0.1:1"))
    return list(messenger.parts(Message(7, "tg-visitor1", author, line, MONDAY)))


def test_what_was_done_is_given_back(api: TelegramApi, network: TelegramDouble) -> None:
    sent = api.call("sendMessage", HELLO)

    assert sent["text"] == "Bonjour."
    assert network.named("sendMessage") == [HELLO]


def test_too_many_messages_says_how_long_to_wait(api: TelegramApi, network: TelegramDouble) -> None:
    network.fail("sendMessage", Fault(429, "Too Many Requests: retry after 35", retry_after=35), Fault(429))

    with pytest.raises(TooFast) as first:
        api.call("sendMessage", HELLO)
    with pytest.raises(TooFast) as second:
        api.call("sendMessage", HELLO)

    assert (first.value.seconds, second.value.seconds) == (35, 1)


@pytest.mark.parametrize(
    "fault",
    [
        Fault(403, "Forbidden: bot was blocked by the user"),
        Fault(403, "Forbidden: user is deactivated"),
        Fault(400, "Bad Request: chat not found"),
    ],
)
def test_a_person_who_left_is_told_from_all_else(api: TelegramApi, network: TelegramDouble, fault: Fault) -> None:
    network.fail("sendMessage", fault)

    with pytest.raises(Refused, match="^blocked$"):
        api.call("sendMessage", HELLO)


def test_a_message_that_is_wrong_is_refused_without_its_words(api: TelegramApi) -> None:
    with pytest.raises(Refused, match="^HTTP400$"):
        api.call("sendMessage", {"chat_id": CHAT, "text": " "})


@pytest.mark.parametrize(
    "fault",
    [
        Fault(500),
        Fault(502, body="<html>Bad Gateway</html>"),
        Fault(401, "Unauthorized"),
        Fault(404, "Not Found"),
        Fault(409, "Conflict"),
        Fault(200, body="[]"),
        Fault(200, body="{"),
    ],
    ids=lambda fault: f"{fault.status} {fault.body or ''}",
)
def test_what_is_nobodys_fault_is_tried_again(api: TelegramApi, network: TelegramDouble, fault: Fault) -> None:
    network.fail("sendMessage", fault)

    with pytest.raises(Unavailable):
        api.call("sendMessage", HELLO)
    assert api.call("sendMessage", HELLO)


def test_a_server_that_says_nothing_is_not_waited_for(network: TelegramDouble) -> None:
    network.fail("sendMessage", Fault(200, silent_seconds=2))
    api = TelegramApi(TOKEN, network.url, seconds=0.2)

    with pytest.raises(Unavailable, match="ReadTimeout"):
        api.call("sendMessage", HELLO)
    api.close()


def test_a_server_that_is_away_is_said_without_its_address(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    api = TelegramApi(TOKEN, "http://127.0.0.1:1")

    with pytest.raises(Unavailable) as away:
        api.call("sendMessage", HELLO)

    assert TOKEN not in repr(away.value) + caplog.text + repr(api)
    api.close()


def test_an_address_that_holds_the_token_is_never_logged(api: TelegramApi, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    logging.getLogger("httpx").setLevel(logging.WARNING)

    api.call("sendMessage", HELLO)

    assert TOKEN not in caplog.text


def test_choices_are_buttons_that_carry_the_line_and_the_place() -> None:
    (part,) = parts(Line("Où ?", (Choice("À Beaune", "à Beaune"), Choice("é" * 200, "ailleurs"))))

    assert isinstance(part, Text)
    assert part.markup
    (first,), (second,) = part.markup["inline_keyboard"]
    assert first == {"text": "À Beaune", "callback_data": "7:0"}
    assert len(second["text"]) == 60


def test_choices_without_words_are_introduced() -> None:
    (part,) = parts(Line("", (Choice("Oui", "oui"),)))

    assert isinstance(part, Text)
    assert part.text


def test_a_line_without_choices_takes_the_keyboard_away() -> None:
    (part,) = parts(Line("Bonjour."))

    assert part == Text("Bonjour.", {"remove_keyboard": True})


def test_a_long_line_keeps_its_choices_for_the_end() -> None:
    first, *_, last = parts(Line("Une phrase. " * 900, (Choice("Oui", "oui"),)))

    assert isinstance(first, Text)
    assert isinstance(last, Text)
    assert first.markup is None
    assert last.markup


def test_an_adviser_has_a_name_and_the_assistant_none() -> None:
    line = Line("Bonjour.", extras={"author_name": "Camille R."})

    assert [part.text for part in parts(line, Author.ADVISER) if isinstance(part, Text)] == ["Camille R. :\nBonjour."]
    assert [part.text for part in parts(line, Author.SYSTEM) if isinstance(part, Text)] == ["Bonjour."]
