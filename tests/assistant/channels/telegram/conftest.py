"""A double of the Bot API, and a running process of the channel."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
from sqlalchemy.engine import Engine

from tests.assistant.channels.telegram.world import Channel, channel
from tests.doubles.telegram_api import TelegramDouble, telegram


@pytest.fixture
def network() -> Iterator[TelegramDouble]:
    with telegram() as double:
        yield double


@pytest.fixture
async def one(engine: Engine, network: TelegramDouble) -> AsyncIterator[Channel]:
    async with channel(engine, network) as running:
        yield running
