"""Checking a right to the CEP, and comparing with another situation."""

from functools import partial
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import CepAction
from actions.forms import ValidateForm
from actions.turns import Events, set_slots, take_up
from bot.app import container
from bot.domain.knowledge.schemes import Scheme
from bot.domain.text.french_format import contact_line
from bot.services import eligibility
from bot.services.dialogue import eligibility as journey
from bot.services.dialogue.forms import ELIGIBILITY
from bot.services.dialogue.turn import Slots, Step, UserMessage

DISTRESS = "distress"
"""The rule that answers somebody in danger: nothing is offered after it."""


class ValidateEligibilityForm(ValidateForm):
    """Reads every fact said, and asks only what still decides something."""

    form = ELIGIBILITY

    def advance(self, conversation_id: str, slots: Slots, said: UserMessage) -> Step:
        return journey.advance(slots, said, _port())


class GiveVerdict(CepAction):
    """Says the verdict, who serves the person, and what comes next; then takes up what was set aside."""

    action = "action_give_verdict"

    async def execute(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        verdict = _verdict(tracker.get_slot("facts") or {}, tracker)
        if isinstance(verdict, eligibility.Question):
            return [FollowupAction(ELIGIBILITY.name)]
        dispatcher.utter_message(response="utter_verdict", verdict=_told(verdict))
        kept = set_slots({"fact": None, "case_closed": True})
        taken_up = take_up(tracker, ELIGIBILITY.name)
        if taken_up:
            return [*kept, SlotSet("case_closed", None), *taken_up]
        if verdict.rule_id == DISTRESS:
            return kept
        mine = verdict.outcome is eligibility.Outcome.YES
        dispatcher.utter_message(response="utter_verdict_offer" if mine else "utter_verdict_other_operator")
        return [*kept, SlotSet("offer", "booking")]


class Simulate(CepAction):
    """Another situation beside the present one: "et si je démissionne ?"."""

    action = "action_simulate"

    async def execute(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        text = str((tracker.latest_message or {}).get("text") or "")
        rulebook, facts = container.library().rulebook, tracker.get_slot("facts") or {}
        change = eligibility.read_facts(rulebook, text, None)
        scheme = Scheme(tracker.get_slot("scheme") or Scheme.NATIONAL_2019.value)
        present, other = eligibility.simulate(rulebook, facts, change, scheme, container.today())
        if not change or isinstance(present, eligibility.Question) or isinstance(other, eligibility.Question):
            dispatcher.utter_message(response="utter_simulation_needs_facts")
            return [FollowupAction(ELIGIBILITY.name)]
        dispatcher.utter_message(
            response="utter_simulation", today_verdict=_told(present), changed_verdict=_told(other)
        )
        return []


def _port() -> journey.EligibilityPort:
    rulebook, today = container.library().rulebook, container.today()

    def next_question(facts: Any, scheme: Scheme) -> str | None:
        found = eligibility.advance(rulebook, facts, scheme, today)
        return found.fact if isinstance(found, eligibility.Question) else None

    return journey.EligibilityPort(partial(eligibility.read_facts, rulebook), next_question)


def _verdict(facts: dict[str, str], tracker: Tracker) -> eligibility.Question | eligibility.Verdict:
    scheme = Scheme(tracker.get_slot("scheme") or Scheme.NATIONAL_2019.value)
    return eligibility.advance(container.library().rulebook, facts, scheme, container.today())


def _told(verdict: eligibility.Verdict) -> str:
    contacts = [_contact(code, verdict.scheme) for code in verdict.operators]
    # A next step that is a question is asked by the line that follows, with its choices.
    next_step = "" if verdict.next_step.endswith("?") else verdict.next_step
    return "\n".join(part for part in (verdict.summary, next_step, *contacts) if part)


def _contact(code: str, scheme: Scheme) -> str:
    operator = container.library().operators.by_code.get(code)
    known = operator.in_force(scheme, container.today()) if operator else None
    return contact_line(known.name, known.phone, known.link) if known else ""
