"""What a wish accepts, what it refuses, and which of two openings it prefers."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain import french_time
from bot.domain.french_time import Preference, Wanted

PARIS = ZoneInfo("Europe/Paris")
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=PARIS)


def _wish(sentence: str) -> Preference:
    reading = french_time.read(sentence, MONDAY)
    assert isinstance(reading, Wanted)
    return reading.preference


def _at(text: str) -> datetime:
    """`11-24 18:00` of 2026, or a whole date."""
    full = text if text.startswith("20") else f"2026-{text}"
    return datetime.fromisoformat(full).replace(tzinfo=PARIS)


@pytest.mark.parametrize(
    ("sentence", "accepted", "refused"),
    [
        ("après 18h", ["11-24 18:00", "12-04 19:30"], ["11-24 17:45", "11-24 09:00"]),
        ("avant 10h", ["11-24 09:45"], ["11-24 10:00"]),
        ("avant midi", ["11-24 11:45"], ["11-24 12:00"]),
        ("le matin", ["11-24 08:30", "11-24 11:45"], ["11-24 12:00"]),
        ("l'après-midi", ["11-24 13:00", "11-24 17:45"], ["11-24 12:30", "11-24 18:00"]),
        ("le soir", ["11-24 17:00"], ["11-24 16:45"]),
        ("en fin de journée", ["11-24 17:00"], ["11-24 16:45"]),
        ("entre midi et deux", ["11-24 12:00", "11-24 13:45"], ["11-24 11:45", "11-24 14:00"]),
        ("14h", ["11-24 13:15", "12-15 14:45"], ["11-24 13:00", "11-24 15:00"]),
        ("après le travail", ["11-24 17:30"], ["11-24 17:15"]),
        ("tôt le matin", ["11-24 09:15"], ["11-24 09:30"]),
        ("entre 9h et 11h", ["11-24 09:00", "11-24 10:45"], ["11-24 08:45", "11-24 11:00"]),
        ("vers 14h", ["11-24 09:00", "11-24 14:00"], []),
        ("plutôt le matin", ["11-24 09:00", "11-24 17:00"], []),
        ("mardi", ["11-24 09:00"], ["11-25 09:00", "12-01 09:00"]),
        ("le mardi", ["11-24 09:00", "12-01 09:00"], ["11-25 09:00"]),
        ("mardi ou jeudi après-midi", ["11-24 14:00", "12-03 15:00"], ["11-24 09:00", "11-25 14:00"]),
        ("le matin sauf lundi", ["11-24 09:00"], ["11-30 09:00", "11-24 14:00"]),
        ("après 18 h pas le mercredi", ["11-24 18:00"], ["11-25 18:00", "11-24 17:00"]),
        ("ni mardi ni jeudi", ["11-25 09:00"], ["11-24 09:00", "11-26 09:00"]),
        ("pas le lundi matin", ["11-30 14:00", "11-24 09:00"], ["11-30 09:00"]),
        ("pas avant 18h", ["11-24 18:00"], ["11-24 17:45"]),
        ("pas avant lundi", ["11-30 09:00", "12-15 09:00"], ["11-29 09:00"]),
        ("la semaine prochaine", ["11-30 09:00", "12-06 09:00"], ["11-29 09:00", "12-07 09:00"]),
        ("mardi de la semaine prochaine", ["12-01 09:00"], ["11-24 09:00", "12-02 09:00"]),
        ("début décembre", ["12-01 09:00", "12-10 09:00"], ["11-30 09:00", "12-11 09:00"]),
        ("avant Noël", ["11-23 14:00", "12-24 09:00"], ["12-25 09:00"]),
        ("après le 15 décembre", ["12-16 09:00", "2027-02-01 09:00"], ["12-15 09:00"]),
        ("d'ici vendredi", ["11-23 14:00", "11-27 17:00"], ["11-28 09:00"]),
        ("dans quinze jours", ["12-07 09:00", "12-08 09:00"], ["11-30 09:00", "12-15 09:00"]),
        ("n'importe quand", ["11-23 09:00", "2027-01-12 19:00"], ["11-22 09:00"]),
        ("je travaille de 8h à 17h", ["11-24 17:00", "11-24 07:30"], ["11-24 08:00", "11-24 16:45"]),
        ("le samedi matin ou en semaine après 18h", ["11-28 09:00", "11-24 18:00"], ["11-28 18:00", "11-24 09:00"]),
    ],
)
def test_a_wish_accepts_what_was_asked_and_refuses_the_rest(
    sentence: str, accepted: list[str], refused: list[str]
) -> None:
    wish = _wish(sentence)

    assert [text for text in accepted if not wish.fits(_at(text))] == []
    assert [text for text in refused if wish.fits(_at(text))] == []


@pytest.mark.parametrize(
    ("sentence", "nearer", "farther"),
    [
        ("vers 14h", "11-24 14:15", "11-24 16:00"),
        ("14h", "11-24 14:00", "11-24 13:30"),
        ("plutôt le matin", "12-03 11:00", "11-24 14:00"),
        ("plutôt le soir, pas le mercredi", "11-24 18:00", "11-24 09:00"),
        ("plutôt le soir, pas le mercredi", "11-24 09:00", "11-25 18:00"),
        ("le mardi ou le jeudi, plutôt le matin", "11-26 09:00", "11-24 14:00"),
        ("mardi", "11-25 09:00", "11-27 09:00"),
        ("mardi", "12-01 09:00", "11-28 09:00"),
        ("mardi après 18h", "11-26 18:00", "11-24 15:00"),
        ("après 18h", "11-24 17:30", "11-24 09:00"),
        ("dans quinze jours", "12-07 09:00", "12-09 09:00"),
        ("d'ici vendredi", "11-28 09:00", "12-02 09:00"),
        ("plutôt le jeudi", "11-26 09:00", "11-24 09:00"),
    ],
)
def test_of_two_openings_the_one_closer_to_the_wish_is_told(sentence: str, nearer: str, farther: str) -> None:
    wish = _wish(sentence)

    assert wish.closeness(_at(nearer)) < wish.closeness(_at(farther))


def test_an_opening_that_is_just_what_was_asked_is_at_no_distance() -> None:
    wish = _wish("mardi à 14h, pas le mercredi")

    assert wish.closeness(_at("11-24 14:00")) == 0


def test_an_hour_is_that_of_the_clock_on_the_wall_on_both_sides_of_a_clock_change() -> None:
    wish = _wish("après 18h")

    before, after = _at("2027-03-27 18:00"), _at("2027-03-29 18:00")

    assert wish.fits(before)
    assert wish.fits(after)
    assert not wish.fits(_at("2027-03-29 17:45"))


def test_a_wish_describes_itself() -> None:
    wish = _wish("après 18 h pas le mercredi")

    assert [window.begins for when in wish.alternatives for window in when.windows] == [18 * 60]
    assert [when.weekdays for when in wish.excluded] == [frozenset({2})]
    assert not wish.is_open
    assert _wish("peu importe").is_open
