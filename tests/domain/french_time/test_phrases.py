"""The sentences of `phrases.yml` are read as they say."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from bot.domain import french_time
from bot.domain.french_time import Ambiguous, Nothing, Past, Reading, Wanted

PARIS = ZoneInfo("Europe/Paris")
MOMENTS = {
    "monday": datetime(2026, 11, 23, 10, 0, tzinfo=PARIS),
    "monday_evening": datetime(2026, 11, 23, 19, 30, tzinfo=PARIS),
    "thursday": datetime(2026, 11, 26, 9, 0, tzinfo=PARIS),
    "sunday_night": datetime(2026, 11, 29, 23, 30, tzinfo=PARIS),
    "new_years_eve": datetime(2026, 12, 31, 15, 0, tzinfo=PARIS),
    "before_clock_change": datetime(2027, 3, 27, 18, 0, tzinfo=PARIS),
}
PHRASES: list[dict[str, Any]] = yaml.load(
    (Path(__file__).parent / "phrases.yml").read_text(encoding="utf-8"), yaml.CSafeLoader
)


def _read(phrase: dict[str, Any]) -> Reading:
    return french_time.read(phrase["text"], MOMENTS[phrase.get("now", "monday")])


def _summary(reading: Reading) -> dict[str, Any]:
    if isinstance(reading, Wanted):
        bare = {"bare": True} if reading.is_bare_number else {}
        return {"words": _plain(reading.words), **bare}
    if isinstance(reading, Ambiguous):
        return {"choices": [_plain(choice.words) for choice in reading.choices]}
    return {"past": reading.day} if isinstance(reading, Past) else {"nothing": True}


def _plain(words: str) -> str:
    return words.replace("\u00a0", " ")


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda phrase: f"{phrase['text']} ({phrase.get('now', 'monday')})")
def test_a_sentence_is_read_as_people_mean_it(phrase: dict[str, Any]) -> None:
    expected = {key: value for key, value in phrase.items() if key not in ("text", "now")}

    assert _summary(_read(phrase)) == expected


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda phrase: f"{phrase['text']} ({phrase.get('now', 'monday')})")
def test_the_words_of_a_wish_read_again_give_the_same_wish(phrase: dict[str, Any]) -> None:
    reading = _read(phrase)
    now = MOMENTS[phrase.get("now", "monday")]
    wishes = [reading] if isinstance(reading, Wanted) else list(getattr(reading, "choices", ()))

    again = [french_time.read(wish.words, now) for wish in wishes]

    assert [each.preference for each in again if isinstance(each, Wanted)] == [wish.preference for wish in wishes]


def test_the_phrases_are_many_and_none_is_there_twice() -> None:
    keys = [(phrase["text"], phrase.get("now", "monday")) for phrase in PHRASES]

    assert len(set(keys)) == len(keys) >= 500


def test_nothing_is_read_in_an_empty_sentence() -> None:
    assert french_time.read("", MOMENTS["monday"]) == Nothing()
