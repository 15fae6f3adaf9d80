"""Choosing an opening among offers, in conversation: shared by booking and moving an appointment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.services.dialogue.choosing import chosen
from bot.services.dialogue.desk import Desk, Taken
from bot.services.dialogue.turn import Line, Said, Step, missed

State = Mapping[str, Any]
NO_OPENING = dict.fromkeys(("opening", "hold", "hold_until", "opening_words", "offers", "booking_confirmed"))


def choose_opening(state: State, said: Said, desk: Desk) -> Step:
    """The offer meant is held; a wish of time, a mode or "others" brings new offers."""
    offers = list(state.get("offers") or [])
    if said.intent in ("other_openings", "deny"):
        return _more(state, desk)
    index = chosen(said.text, [offer["title"] for offer in offers])
    if index is None and said.intent == "affirm" and len(offers) == 1:
        index = 0
    if index is not None:
        return _take(offers[index], desk)
    mode = desk.mode(said.text)
    return _by_wish(state, said, desk, {"mode": mode} if mode else {})


def _by_wish(state: State, said: Said, desk: Desk, changes: dict[str, Any]) -> Step:
    wish = desk.wish(said.text)
    if wish.is_wanted:
        fitting = desk.fitting(state.get("offers") or [], wish.text)
        if len(fitting) == 1 and not changes:
            return _take(fitting[0], desk)
        return Step({**changes, "wish": wish.text, "offers": None})
    if wish.kind == "past":
        return Step({"misses": 0}, (Line("utter_past_date"),), "opening")
    if wish.kind == "ambiguous":
        offers = [{"title": words, "wish": words} for words in wish.choices]
        return Step({"offers": offers, "misses": 0}, (Line("utter_which_moment"),), "opening")
    return Step({**changes, "offers": None}) if changes else missed(state, "opening")


def _take(offer: Mapping[str, Any], desk: Desk) -> Step:
    if "wish" in offer:
        return Step({"wish": offer["wish"], "offers": None})
    try:
        held = desk.hold(offer)
    except Taken as taken:
        return Step({"offers": taken.offers or None, "misses": 0}, (Line("utter_opening_taken"),))
    changes = {
        "opening": offer["opening"],
        "hold": held.hold_id,
        "hold_until": held.until.isoformat(),
        "opening_words": dict(held.words),
        "offers": None,
    }
    return Step(changes, (Line("utter_opening_held", held.words),))


def _more(state: State, desk: Desk) -> Step:
    later = desk.more(state.get("offers") or [], state.get("wish"), state.get("mode"))
    if later:
        return Step({"offers": later, "misses": 0}, (), "opening")
    return Step({"misses": 0}, (Line("utter_no_other_opening", desk.next_step("find_an_opening")),), "opening")


def reopen(desk: Desk, changes: Mapping[str, Any]) -> Step:
    """Choose a time again; the person's name and contact are kept."""
    desk.release()
    return Step({**NO_OPENING, **changes}, (Line("utter_opening_released"),))
