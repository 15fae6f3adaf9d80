"""What a conversation on the site begins with, in the words of `domain.yml`."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
import yaml

from bot.app import container
from bot.app.settings import ROOT, read_settings
from bot.assistant.channels.welcome import first_lines
from bot.domain.conversation.conversations import Author, Line


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Author, Line]]:
    settings = read_settings({"CEP_PUBLIC_URL": "https://cep.example", "CEP_KEEP_CONVERSATIONS_HOURS": "48"})
    monkeypatch.setattr(container, "settings", lambda: settings)
    responses = yaml.load((ROOT / "domain.yml").read_text("utf-8"), yaml.CSafeLoader)["responses"]
    agent: Any = SimpleNamespace(domain=SimpleNamespace(responses=responses))
    return first_lines(agent)


def test_the_first_says_that_it_is_a_machine_what_it_does_and_how_to_reach_somebody(
    lines: list[tuple[Author, Line]],
) -> None:
    author, line = lines[0]

    assert author is Author.BOT
    for words in (
        "assistant automatique, pas un conseiller",
        "vérifier votre droit",
        "ne promets",
        "«\u00a0conseiller\u00a0»",
    ):
        assert words in line.text
    assert line.choices


def test_the_second_says_in_three_lines_who_keeps_what_how_long_and_what_one_may_ask(
    lines: list[tuple[Author, Line]],
) -> None:
    author, line = lines[1]

    assert author is Author.SYSTEM
    assert len(line.text.splitlines()) == 3
    for words in ("Organisme de démonstration", "48 heures", "30 jours", "6 mois", "les effacer", "votre santé"):
        assert words in line.text
    assert "{" not in line.text
    assert line.extras["notice"] == "data_notice"


def test_the_whole_notice_is_one_press_away(lines: list[tuple[Author, Line]]) -> None:
    (page,) = lines[1][1].extras["links"]

    assert page == {"title": "Vos données", "url": "https://cep.example/donnees-personnelles"}
