"""Where video appointments meet: a room of their own, or no video at all."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.app import container
from bot.app.settings import SettingsRefused, read_settings


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    yield
    for cached in (container.settings, container.rules):
        cached.cache_clear()


def with_room(monkeypatch: pytest.MonkeyPatch, room: str) -> None:
    monkeypatch.setenv("CEP_VIDEO_ROOM", room)
    for cached in (container.settings, container.rules):
        cached.cache_clear()


def test_without_a_service_no_video_is_proposed(monkeypatch: pytest.MonkeyPatch) -> None:
    with_room(monkeypatch, "")

    assert "video" not in container.rules().modes
    assert container.video_link("a1") == ""


def test_with_a_service_each_appointment_has_a_room_nobody_can_guess(monkeypatch: pytest.MonkeyPatch) -> None:
    with_room(monkeypatch, "https://visio.example/rdv/{room}")

    first, other = container.video_link("a1"), container.video_link("a2")

    assert "video" in container.rules().modes
    assert first.startswith("https://visio.example/rdv/")
    assert len(first) >= len("https://visio.example/rdv/") + 24
    assert first != other
    assert first == container.video_link("a1")


@pytest.mark.parametrize(
    "room", ["http://visio.example/{room}", "https://visio.example/", "{room}", "https://a b/{room}"]
)
def test_a_room_that_is_no_address_is_refused(room: str) -> None:
    with pytest.raises(SettingsRefused, match="CEP_VIDEO_ROOM"):
        read_settings({"CEP_VIDEO_ROOM": room})
