"""What holds for every text and every day."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import french_time
from bot.domain.french_time import Ambiguous, Nothing, Past, Period, Wanted, When
from bot.domain.text.patterns import MONTHS, WEEKDAYS

PARIS = ZoneInfo("Europe/Paris")
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=PARIS)
NEXT_300_DAYS = [MONDAY.date() + timedelta(days=count) for count in range(300)]
WORDS = (
    "mardi jeudi lundi samedi mercredi prochain prochaine semaine la le les en huit quinze jours dans deux une un mois "
    "matin soir après-midi midi après avant vers entre et ou ni pas sauf plutôt jamais à de du au jusqu'au "
    "partir d'ici 14h 9h30 18:00 3 15 31 1er décembre janvier février novembre mars 24/11 31/02 2027 03/12/2026 demain "
    "aujourd'hui hier fin début mi week-end Noël je peux travaille libre préférence si possible , ? ! tous jours"
).split()

# A slow machine is no fault of the reading.
untimed = settings(deadline=None)

texts = st.text(max_size=200)
sentences = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
moments = st.datetimes(min_value=datetime(2024, 1, 1), max_value=datetime(2035, 12, 31)).map(  # noqa: DTZ001
    lambda naive: naive.replace(tzinfo=PARIS)
)


def _wishes(sentence: str, now: datetime) -> list[Wanted]:
    reading = french_time.read(sentence, now)
    return [reading] if isinstance(reading, Wanted) else list(getattr(reading, "choices", ()))


@untimed
@given(text=texts, now=moments)
def test_any_text_is_read(text: str, now: datetime) -> None:
    assert isinstance(french_time.read(text, now), (Wanted, Ambiguous, Past, Nothing))


@untimed
@given(sentence=sentences, now=moments)
def test_any_words_of_time_are_read(sentence: str, now: datetime) -> None:
    assert isinstance(french_time.read(sentence, now), (Wanted, Ambiguous, Past, Nothing))


@untimed
@given(sentence=sentences, now=moments, days=st.integers(1, 1000), minute=st.integers(0, 1439))
def test_no_wish_allows_a_day_that_is_over(sentence: str, now: datetime, days: int, minute: int) -> None:
    day = now.date() - timedelta(days=days)
    starts_at = datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=PARIS)

    assert not any(wish.preference.fits(starts_at) for wish in _wishes(sentence, now))


@untimed
@given(sentence=sentences, now=moments)
def test_what_is_said_to_be_over_is_not_to_come(sentence: str, now: datetime) -> None:
    reading = french_time.read(sentence, now)

    assert not isinstance(reading, Past) or reading.day <= now.date()


@settings(max_examples=500, deadline=None)
@given(sentence=sentences, now=moments)
def test_the_words_of_a_wish_give_that_wish(sentence: str, now: datetime) -> None:
    wishes = _wishes(sentence, now)

    again = [french_time.read(wish.words, now) for wish in wishes]

    assert [each.preference for each in again if isinstance(each, Wanted)] == [wish.preference for wish in wishes]


@untimed
@given(sentence=sentences, now=moments)
def test_the_words_of_a_choice_give_that_choice(sentence: str, now: datetime) -> None:
    reading = french_time.read(sentence, now)
    choices = reading.choices if isinstance(reading, Ambiguous) else ()

    assert [french_time.read(choice.words, now) for choice in choices] == list(choices)


@untimed
@given(sentence=sentences, now=moments, days=st.integers(0, 90), minute=st.integers(0, 1439))
def test_closeness_is_never_negative(sentence: str, now: datetime, days: int, minute: int) -> None:
    day = now.date() + timedelta(days=days)
    starts_at = datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=PARIS)

    assert all(wish.preference.closeness(starts_at) >= 0 for wish in _wishes(sentence, now))


@pytest.mark.parametrize(
    "write",
    [
        lambda day: f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}",
        lambda day: f"le {day.day} {MONTHS[day.month - 1]}",
        lambda day: f"{day:%d/%m}",
        lambda day: f"{day.day}/{day.month}",
        lambda day: f"{day.day} {MONTHS[day.month - 1]} {day.year}",
        lambda day: f"{day:%d/%m/%Y}",
        lambda day: f"{day:%d-%m-%Y}",
        lambda day: f"{day:%d.%m.%y}",
        lambda day: day.isoformat(),
    ],
    ids=["weekday", "month", "d/m", "short d/m", "year", "d/m/y", "dashes", "dots", "iso"],
)
def test_each_of_the_next_300_days_is_read_as_it_is_written(write: object) -> None:
    assert callable(write)

    misread = [day for day in NEXT_300_DAYS if _days(write(day)) != [day]]

    assert misread == []


def _days(sentence: str) -> list[date]:
    reading = french_time.read(sentence, MONDAY)
    alternatives = reading.preference.alternatives if isinstance(reading, Wanted) else ()
    return [
        period.first
        for when in alternatives
        for period in when.periods
        if when == When((Period(period.first, period.first),))
    ]
