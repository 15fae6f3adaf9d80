"""The web channel in the real assistant: what `rasa run` serves, from the first lines to nothing left of them."""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import aiohttp
import pytest

from tests.assistant.channels.web.visitor import Visitor
from tests.e2e.stack import ROOT, Stack, environment, wait_for

pytestmark = pytest.mark.trained


@pytest.fixture
def stack(tmp_path: Path) -> Iterator[Stack]:
    """The assistant alone: a question needs nobody else."""
    alone = Stack(tmp_path, environment(tmp_path))
    subprocess.run([sys.executable, "-m", "bot.cli", "migrate"], cwd=ROOT, env=alone.environment, check=True)
    try:
        alone.start("assistant", "bot.assistant.rasa.run")
        wait_for(f"{alone.assistant_url}/webhooks/rest/", 180, lambda: alone.log("assistant")[-2000:])
        yield alone
    finally:
        alone.stop("assistant")


def rows(folder: Path, database: str, table: str) -> int:
    with closing(sqlite3.connect(folder / f"{database}.sqlite3")) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


async def test_a_visitor_is_told_first_then_answered_then_erased_everywhere(stack: Stack, tmp_path: Path) -> None:
    async with aiohttp.ClientSession() as session:
        visitor = await Visitor(f"{stack.assistant_url}/webhooks/web", session).open()
        welcome, notice = visitor.opened["messages"]
        assert "un assistant automatique, pas un conseiller" in welcome["text"]
        assert len(notice["text"].splitlines()) == 3

        async with visitor.stream() as stream:
            for said, answered in (("bonjour", "Posez votre question"), ("c'est gratuit le cep ?", "Source")):
                await visitor.leave(said)
                mine, reply = await stream.texts(2)
                assert mine == said
                assert answered in reply
            assert await asyncio.to_thread(rows, tmp_path, "rasa", "events")

            status, told, _ = await visitor.ask("DELETE", "/conversation")

            assert (status, told) == (200, {"erased": ["messages", "memory"], "kept": []})
            assert await stream.until("end") == {"reason": "erased"}
    assert rows(tmp_path, "rasa", "events") == 0
    assert rows(tmp_path, "cep", "messages") == 0
    assert rows(tmp_path, "cep", "visitor_tokens") == 0
