"""An agent that answers as told: what the channels need of Rasa, without a model."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.core.lock_store import InMemoryLockStore

PERSON = [{"title": "Parler à un conseiller", "payload": "Je veux parler à un conseiller"}]
RESPONSES = {
    "utter_empty": [{"text": "vide"}],
    "utter_too_long": [{"text": "trop long"}],
    "utter_only_symbols": [{"text": "des mots", "buttons": [{"title": "Aide", "payload": "Aide"}]}],
    "utter_old_choice": [{"text": "choix expiré"}],
    "utter_technical_problem": [{"text": "problème technique", "buttons": PERSON}],
}
Answering = Callable[[UserMessage], Any]


class Agent:
    """`heard` keeps every message that reached Rasa."""

    def __init__(self, *replies: dict[str, Any], answering: Answering | None = None) -> None:
        self.domain = SimpleNamespace(responses=dict(RESPONSES))
        self.lock_store = InMemoryLockStore()
        self.processor = self
        self.heard: list[UserMessage] = []
        self.replies = replies
        self.answering = answering

    def is_ready(self) -> bool:
        """Whether a model is loaded."""
        return self.processor is not None

    async def handle_message(self, message: UserMessage) -> None:
        """Answer as told."""
        self.heard.append(message)
        if self.answering:
            result = self.answering(message)
            if asyncio.iscoroutine(result):
                await result
        for reply in self.replies:
            await message.output_channel.send_response(message.sender_id, dict(reply))
