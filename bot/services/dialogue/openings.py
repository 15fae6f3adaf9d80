"""Choosing an opening among offers, in conversation: shared by booking and moving an appointment."""

from collections.abc import Mapping
from typing import Any

from bot.domain.errors import OpeningUnavailable
from bot.services.dialogue.choosing import chosen
from bot.services.dialogue.ports import BookingPort, Offer
from bot.services.dialogue.turn import Line, Slots, Step, UserMessage, missed

NO_OPENING = dict.fromkeys(("opening", "hold", "hold_until", "opening_words", "offers", "booking_confirmed"))


def choose_opening(slots: Slots, said: UserMessage, port: BookingPort) -> Step:
    """The offer meant is held; a wish of time, a mode or "others" brings new offers."""
    offers = list(slots.get("offers") or [])
    if said.intent in ("other_openings", "deny"):
        return _more(slots, port)
    index = chosen(said.text, [offer["title"] for offer in offers])
    if index is None and said.intent == "affirm" and len(offers) == 1:
        index = 0
    if index is not None:
        return _take(offers[index], port)
    mode = port.mode(said.text)
    return _by_wish(slots, said, port, {"mode": mode} if mode else {})


def _by_wish(slots: Slots, said: UserMessage, port: BookingPort, changes: dict[str, Any]) -> Step:
    wish = port.wish(said.text)
    if wish.is_wanted:
        fitting = port.fitting(slots.get("offers") or [], wish.text)
        if len(fitting) == 1 and not changes:
            return _take(fitting[0], port)
        return Step({**changes, "wish": wish.text, "offers": None})
    if wish.kind == "past":
        return Step({"misses": 0}, (Line("utter_past_date"),), "opening")
    if wish.kind == "ambiguous":
        offers = [{"title": words, "wish": words} for words in wish.choices]
        return Step({"offers": offers, "misses": 0}, (Line("utter_which_moment"),), "opening")
    return Step({**changes, "offers": None}) if changes else missed(slots, "opening")


def _take(offer: Offer, port: BookingPort) -> Step:
    if "wish" in offer:
        return Step({"wish": offer["wish"], "offers": None})
    try:
        held = port.hold(offer)
    except OpeningUnavailable as refused:
        others = port.offers_like(offer, refused.alternatives)
        return Step({"offers": others or None, "misses": 0}, (Line("utter_opening_taken"),))
    changes = {
        "opening": offer["opening"],
        "hold": held.hold_id,
        "hold_until": held.until.isoformat(),
        "opening_words": dict(held.words),
        "offers": None,
    }
    return Step(changes, (Line("utter_opening_held", held.words),))


def _more(slots: Slots, port: BookingPort) -> Step:
    later = port.more(slots.get("offers") or [], slots.get("wish"), slots.get("mode"))
    if later:
        return Step({"offers": later, "misses": 0}, (), "opening")
    return Step({"misses": 0}, (Line("utter_no_other_opening", port.next_step("find_an_opening")),), "opening")


def reopen(port: BookingPort, changes: Mapping[str, Any]) -> Step:
    """Choose a time again; the person's name and contact are kept."""
    port.release()
    return Step({**NO_OPENING, **changes}, (Line("utter_opening_released"),))
