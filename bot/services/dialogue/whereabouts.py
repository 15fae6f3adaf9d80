"""Where the person is, in conversation: a commune said, chosen among namesakes, or asked again."""

from collections.abc import Mapping
from typing import Any

from bot.services.dialogue.choosing import chosen
from bot.services.dialogue.ports import BookingPort, PlaceRead
from bot.services.dialogue.turn import Line, Slots, Step, UserMessage, missed


def note_place(changes: Mapping[str, Any], place: PlaceRead) -> Step:
    """The place in the slots, and what is said of it; which one, when several have this name."""
    if place.found:
        response = "utter_place_noted" if place.is_sure else "utter_place_guessed"
        lines = [Line(response, {"place_label": place.found["label"]})]
        if place.found.get("portal"):
            lines.append(Line("utter_place_elsewhere", {"portal": place.found["portal"]}))
        return Step({**changes, "place": place.found, "offers": None}, tuple(lines))
    if place.several:
        offers = [{"title": each["label"], "place": each} for each in place.several]
        return Step({**changes, "offers": offers}, (Line("utter_which_place"),), "place")
    return Step(changes, (Line("utter_need_a_town", {"department": place.department}),), "place")


def answer_place(slots: Slots, said: UserMessage, port: BookingPort) -> Step:
    """The place read where it was asked, with the time and the way to meet if they are said too."""
    offers = [offer for offer in slots.get("offers") or [] if "place" in offer]
    index = chosen(said.text, [offer["title"] for offer in offers])
    if index is not None:
        return note_place({}, PlaceRead(found=offers[index]["place"]))
    place = port.place(said.text, expected=True)
    if not place.is_something:
        return missed(slots, "place")
    wish, mode = port.wish(said.text), port.mode(said.text)
    changes: dict[str, Any] = {"wish": wish.text} if wish.is_wanted else {}
    return note_place(changes | ({"mode": mode} if mode else {}), place)
