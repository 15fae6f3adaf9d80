"""The advisers' guide says what the screen says, and shows pictures that are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs" / "guide-conseiller.md").read_text(encoding="utf-8")
SCREENS = ROOT / "bot" / "web"
HEAVIEST = 150_000
SPOKEN = {"l’assistant se tait", "ne bougent jamais tout seuls"}


def plain(text: str) -> str:
    """Words as a reader sees them, whatever the spaces and the case."""
    return re.sub(r"\s+", " ", text.replace("&nbsp;", " ").replace("\u00a0", " ")).lower()


SCREEN = plain(
    " ".join(
        each.read_text(encoding="utf-8")
        for pattern in ("templates/advisers/*.html", "advisers/*.yml")
        for each in sorted(SCREENS.glob(pattern))
    )
)


@pytest.mark.parametrize("words", sorted({plain(each) for each in re.findall(r"\*\*(.+?)\*\*", GUIDE, re.S)} - SPOKEN))
def test_every_word_in_bold_is_on_the_screen(words: str) -> None:
    assert words in SCREEN


@pytest.mark.parametrize("picture", re.findall(r"!\[[^\]]+\]\((images/[^)]+)\)", GUIDE))
def test_every_picture_is_there_and_light(picture: str) -> None:
    file = ROOT / "docs" / picture

    assert file.read_bytes().startswith(b"\x89PNG")
    assert file.stat().st_size < HEAVIEST


def test_no_picture_is_left_without_a_page() -> None:
    pages = "".join(each.read_text(encoding="utf-8") for each in (ROOT / "docs").glob("*.md"))

    assert [each.name for each in (ROOT / "docs" / "images").glob("*.png") if each.name not in pages] == []
