"""The actions of the journeys, on a tracker written by hand and a real database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import yaml
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import CepAction
from actions.booking import BookAppointment, ValidateBookingForm
from actions.booking_adapter import BookingAdapter
from actions.conversation import RouteInformation, StartOver, Stop
from actions.eligibility import GiveVerdict, ValidateEligibilityForm
from actions.handover import AskAdviser
from actions.relay_points import ShowNearest
from bot.app import container, network_import
from bot.domain.booking.openings import Opening
from bot.services.conversations import transcript
from tests.e2e.stack import NOW, ROOT

CONVERSATION = "dev-actions-test"
BEAUNE = {"label": "Beaune (21)", "latitude": 47.02, "longitude": 4.84, "department": "21"}
CACHED = (container.settings, container.engine, container.library, container.gazetteer)


@pytest.fixture(scope="module", autouse=True)
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    environment = pytest.MonkeyPatch()
    environment.setenv("CEP_VAR", str(tmp_path_factory.mktemp("actions")))
    environment.setenv("CEP_NOW", NOW)
    environment.delenv("DATABASE_URL", raising=False)
    for cached in CACHED:
        cached.cache_clear()
    container.migrate()
    container.warm_gazetteer()
    network_import.store_demonstration_network()
    yield
    environment.undo()
    for cached in CACHED:
        cached.cache_clear()


def tracker(text: str, intent: str, slots: dict[str, Any] | None = None, form: str | None = None) -> Tracker:
    message = {"text": text, "intent": {"name": intent}, "entities": []}
    return Tracker(
        CONVERSATION,
        {"requested_slot": None, **(slots or {})},
        message,
        [{"event": "user", "text": text}],
        False,
        None,
        {"name": form} if form else {},
        "action_listen",
    )


async def run(action: CepAction, told: Tracker) -> tuple[dict[str, Any], list[dict[str, Any]], list[dict[str, Any]]]:
    """Slots set, responses said, and the other events."""
    dispatcher = CollectingDispatcher()
    events = await action.run(dispatcher, told, {})
    slots = {event["name"]: event["value"] for event in events if event["event"] == "slot"}
    return slots, dispatcher.messages, [event for event in events if event["event"] != "slot"]


def said(messages: list[dict[str, Any]]) -> list[str]:
    return [message["response"] for message in messages]


async def held(place: dict[str, Any] = BEAUNE) -> dict[str, Any]:
    """The slots of somebody who has chosen an opening."""
    asked = {"place": place, "requested_slot": "place"}
    offered, _, _ = await run(ValidateBookingForm(), tracker("Beaune", "inform", asked, "booking_form"))
    slots = {**asked, **offered}
    chosen, _, _ = await run(ValidateBookingForm(), tracker("1", "inform", slots, "booking_form"))
    return {**slots, **chosen, "booking_run": "run-1"}


async def test_a_place_brings_real_openings() -> None:
    slots, messages, _ = await run(
        ValidateBookingForm(), tracker("à Beaune", "inform", {"requested_slot": "place"}, "booking_form")
    )

    assert slots["place"]["label"] == "Beaune (21)"
    assert len(slots["offers"]) == 3
    assert slots["requested_slot"] == "opening"
    assert said(messages) == ["utter_place_noted"]


async def test_nothing_is_booked_without_the_last_yes() -> None:
    slots = await held()
    person = {"person_name": {"first": "Ana", "last": "Diaz"}, "contact": {"email": "ana@exemple.fr"}}

    changed, messages, _ = await run(BookAppointment(), tracker("oui", "affirm", {**slots, **person}))

    assert not changed
    assert not messages


async def test_a_booking_confirmed_twice_is_one_appointment() -> None:
    slots = await held()
    person = {"person_name": {"first": "Ana", "last": "Diaz"}, "contact": {"email": "ana@exemple.fr"}}
    ready = {**slots, **person, "booking_confirmed": True}

    first, messages, _ = await run(BookAppointment(), tracker("oui", "affirm", ready))
    again, _, _ = await run(BookAppointment(), tracker("oui", "affirm", ready))

    assert said(messages)[0] == "utter_booked"
    assert messages[0]["attachments"][0]["type"] == "text/calendar"
    assert first["reference"] == again["reference"]
    assert first["person_name"] is None
    assert first["contact"] is None


async def test_a_second_first_appointment_tells_neither_when_nor_where() -> None:
    slots = await held()
    person = {"person_name": {"first": "Bo", "last": "Li"}, "contact": {"email": "bo@exemple.fr"}}
    ready = {**slots, **person, "booking_confirmed": True, "booking_run": "run-bo"}
    await run(BookAppointment(), tracker("oui", "affirm", ready))
    other = {**await held(), **person, "booking_confirmed": True, "booking_run": "run-2"}

    _, messages, _ = await run(BookAppointment(), tracker("oui", "affirm", other))

    assert said(messages) == ["utter_already_booked"]
    assert not {"moment", "relay_point"} & set(messages[0])


async def test_the_nearest_points_are_told_with_distance_and_first_opening() -> None:
    slots, messages, _ = await run(ShowNearest(), tracker("Beaune", "inform", {"place": BEAUNE}))

    assert slots["offer"] == "booking"
    assert "km" in messages[0]["points"]
    assert "premier rendez-vous libre" in messages[0]["points"]


async def test_somebody_outside_the_territory_gets_the_door_of_their_region() -> None:
    lyon = {"label": "Lyon (69)", "latitude": 45.76, "longitude": 4.84, "department": "69"}

    _, messages, _ = await run(ShowNearest(), tracker("Lyon", "inform", {"place": lyon}))

    assert said(messages) == ["utter_nearest_elsewhere"]
    assert "ara.avenir-actifs.org" in messages[0]["portal"]


async def test_far_from_every_place_a_call_is_offered_too() -> None:
    north = {"label": "Saint-Valérien (89)", "latitude": 48.6, "longitude": 2.8, "department": "89"}

    _, shown, _ = await run(ShowNearest(), tracker("là", "inform", {"place": north}))
    slots, _, _ = await run(
        ValidateBookingForm(), tracker("?", "book_appointment", {"place": north, "requested_slot": None})
    )

    assert said(shown) == ["utter_nearest", "utter_nearest_by_phone"]
    assert [", par téléphone" in offer["title"] for offer in slots["offers"]][-1]
    assert not any(", par téléphone" in offer["title"] for offer in slots["offers"][:-1])


async def test_places_are_described_with_how_to_get_in_touch_and_to_get_there() -> None:
    _, messages, _ = await run(ShowNearest(), tracker("Beaune", "inform", {"place": BEAUNE}))

    for fact in ("plain-pied", "@example.fr", "9 h", "03 53"):
        assert fact in messages[0]["points"].replace("\u00a0", " ")


async def test_a_place_is_a_commune_and_nothing_more_precise() -> None:
    slots, _, _ = await run(
        ValidateBookingForm(),
        tracker("j'habite 12 rue des Tonneliers à Beaune", "inform", {"requested_slot": "place"}, "booking_form"),
    )

    assert slots["place"]["label"] == "Beaune (21)"
    assert "Tonneliers" not in str(slots)


def test_the_limits_of_a_change_are_told_before_booking() -> None:
    """They fill the recap, whose every wording says both."""
    domain = yaml.load((ROOT / "domain.yml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    recaps = domain["responses"]["utter_ask_booking_form_booking_confirmed"]
    desk = BookingAdapter("limits")
    words = desk._words(Opening("demo", "Camille", "demo_beaune", desk.now, 75, "in_person"))

    assert (words["move_limit"], words["cancel_limit"]) == ("24\u00a0h", "2\u00a0h")
    for recap in recaps:
        assert "{move_limit}" in recap["text"]
        assert "{cancel_limit}" in recap["text"]


async def test_who_cannot_climb_steps_is_sent_where_there_are_none() -> None:
    slots, _, _ = await run(
        ValidateBookingForm(), tracker("un rendez-vous à Beaune, je suis en fauteuil roulant", "book_appointment")
    )

    codes = {Opening.from_key(offer["opening"]).relay_point_code for offer in slots["offers"]}
    assert slots["step_free"] is True
    assert codes
    assert all(container.relay_point(code).step_free for code in codes)


async def test_only_points_that_serve_the_department_are_offered() -> None:
    uow = container.unit_of_work()
    nearest_one = container.relay_point("demo_beaune")
    with uow:
        uow.relay_points.save(replace(nearest_one, serves=frozenset({"39"})))
        uow.commit()
    _, messages, _ = await run(ShowNearest(), tracker("Beaune", "inform", {"place": BEAUNE}))
    with uow:
        uow.relay_points.save(nearest_one)
        uow.commit()

    assert nearest_one.name not in messages[0]["points"]


async def test_a_held_opening_is_kept_longer_once_and_its_end_is_told() -> None:
    slots = {**await held(), "requested_slot": "person_name"}

    kept, messages, _ = await run(
        ValidateBookingForm(), tracker("il me faut plus de temps", "inform", slots, "booking_form")
    )

    assert said(messages) == ["utter_hold_renewed"]
    assert kept["hold_until"] >= slots["hold_until"]
    assert kept["requested_slot"] == "person_name"
    assert messages[0]["hold_end"]


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("par téléphone", "phone"),
        ("je ne peux pas me déplacer", "phone"),
        ("j'ai pas le permis", "phone"),
        ("en visio", "phone"),
        ("sur place", "in_person"),
        ("le 3 à 10 h", None),
    ],
)
def test_a_way_to_meet_is_read(text: str, mode: str | None) -> None:
    assert BookingAdapter("c").mode(text) == mode


def test_a_video_is_heard_where_the_territory_gives_them(monkeypatch: pytest.MonkeyPatch) -> None:
    with_video = replace(container.rules(), modes=frozenset({"in_person", "phone", "video"}))
    monkeypatch.setattr(container, "rules", lambda: with_video)

    assert BookingAdapter("c").mode("plutôt en visio") == "video"


async def test_a_whole_situation_in_one_sentence_needs_no_question() -> None:
    told = tracker("je suis infirmière à l'hôpital public", "check_eligibility")

    slots, _, _ = await run(ValidateEligibilityForm(), told)
    _, messages, _ = await run(GiveVerdict(), tracker("", "inform", slots))

    assert slots["requested_slot"] is None
    assert "ANFH" in messages[0]["verdict"]


async def test_asking_for_a_person_is_recorded_once_with_a_date() -> None:
    transcript.receive(
        container.unit_of_work(), CONVERSATION, "rest", transcript.Incoming("un conseiller"), container.now()
    )

    _, first, _ = await run(AskAdviser(), tracker("un conseiller", "ask_adviser"))
    _, again, _ = await run(AskAdviser(), tracker("un conseiller", "ask_adviser"))

    assert said(first)[0] == "utter_handover_open"
    assert "lundi 23 novembre" in first[0]["due"]
    assert said(again)[0] == "utter_handover_already"


async def test_stop_sets_aside_without_forgetting() -> None:
    slots, messages, events = await run(Stop(), tracker("stop", "stop", {"place": BEAUNE}, "booking_form"))

    assert said(messages) == ["utter_stopped"]
    assert slots["paused_form"] == "booking_form"
    assert "place" not in slots
    assert events == [{"event": "active_loop", "timestamp": None, "name": None}]


async def test_starting_over_asks_before_it_forgets() -> None:
    asked, _, _ = await run(StartOver(), tracker("recommencer", "start_over", {"place": BEAUNE}, "booking_form"))
    done, _, _ = await run(StartOver(), tracker("oui", "affirm", {"place": BEAUNE, "offer": "start_over"}))

    assert asked["offer"] == "start_over"
    assert "place" not in asked
    assert done["place"] is None


@pytest.mark.parametrize(
    ("text", "form"),
    [("je suis en CDI", "eligibility_form"), ("Nevers", "nearest_form"), ("CEP-7K4M-2QX9", "appointment_form")],
)
async def test_what_is_said_unasked_starts_what_it_is_about(text: str, form: str) -> None:
    _, _, events = await run(RouteInformation(), tracker(text, "inform"))

    assert events == [{"event": "followup", "timestamp": None, "name": form}]


async def test_a_failing_database_brings_an_apology_and_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite:////nowhere/at/all.sqlite3")
    monkeypatch.setenv("CEP_NOW", NOW)
    for cached in (container.settings, container.engine):
        cached.cache_clear()
    try:
        slots, messages, _ = await run(ShowNearest(), tracker("Beaune", "inform", {"place": BEAUNE}))
    finally:
        monkeypatch.undo()
        for cached in (container.settings, container.engine):
            cached.cache_clear()

    assert not slots
    assert said(messages) == ["utter_technical_problem"]
