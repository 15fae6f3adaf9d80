"""Rasa's nlg extension point: the words of every reply.

Fixed words come from `domain.yml`. Answers of knowledge, the reason for a question and the state of a
journey are put together here, in the assistant's process, so that a question costs no action call. Knowledge
texts never pass through Rasa's filling of `{…}`. `generate` never raises and never stays silent: a fault falls
back to the response of the domain.
"""

import logging
from typing import Any

from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.app import container
from bot.assistant.nlg.replies import Reply, Voice, speaker_of
from bot.assistant.nlg.replies.knowledge import beside_a_request
from bot.assistant.nlg.replies.values import values_of
from bot.assistant.nlg.tracker_queries import BESIDE, last_wording, times_said

logger = logging.getLogger(__name__)


class Answers(TemplatedNaturalLanguageGenerator):
    """Turns the predicted response into the words said."""

    def __init__(self, endpoint_config: EndpointConfig | None = None, domain: Domain | None = None) -> None:
        """`domain` is still empty here; Rasa gives the responses once the model is loaded."""
        super().__init__(domain.responses if domain else {})

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> dict[str, Any] | None:
        """The words, buttons and metadata (`entry`, `expects`) of this response."""
        kwargs.pop("domain_responses", None)
        try:
            reply = self._reply(utter_action, tracker, kwargs)
        except Exception as error:
            logger.error("An answer could not be put together: %s (%s)", utter_action, type(error).__name__)
            reply = None
        said = self._otherwise(utter_action, tracker, reply or self._fixed(utter_action, tracker, kwargs))
        return self._with_answer_beside(tracker, said)

    def _with_answer_beside(self, tracker: DialogueStateTracker, reply: Reply) -> Reply:
        """Each line of the turn carries the answer asked for beside a request; it is shown once, before the first."""
        try:
            beside = beside_a_request(self._voice(), tracker)
        except Exception as error:
            logger.error("An answer beside a request was left out (%s)", type(error).__name__)
            beside = None
        return {**reply, BESIDE: beside} if beside else reply

    def _otherwise(self, utter_action: str, tracker: DialogueStateTracker, reply: Reply) -> Reply:
        """The same question twice running is not said twice in the same words."""
        text = reply.get("text", "")
        if not reply.get("expects") or last_wording(tracker, utter_action) != text:
            return reply
        return {**reply, "text": self.part("asked_again", question=text)}

    def _reply(self, utter_action: str, tracker: DialogueStateTracker, values: dict[str, Any]) -> Reply | None:
        name = utter_action.split("/", 1)[0]
        speaker = speaker_of(name)
        if speaker is None:
            return None
        return speaker(self._voice(), utter_action, tracker, values)

    def _voice(self) -> Voice:
        return Voice(self.part, container.library(), container.now())

    def _fixed(self, utter_action: str, tracker: DialogueStateTracker, values: dict[str, Any]) -> Reply:
        """The response of the domain, its wordings taken in turn rather than by chance."""
        wordings = self.responses.get(utter_action.split("/", 1)[0]) or self.responses.get("utter_default") or [{}]
        chosen = wordings[times_said(tracker, utter_action) % len(wordings)]
        known = {**values_of(tracker), **values}
        reply: Reply = {"text": _filled(chosen.get("text", ""), known)}
        offers = tracker.get_slot("offers") if utter_action.startswith("utter_ask_") else None
        buttons = [{"title": offer["title"], "payload": offer["title"]} for offer in offers or []]
        buttons += [dict(button) for button in chosen.get("buttons") or []]
        if buttons:
            reply["buttons"] = buttons
        if values.get("attachments"):
            reply["attachments"] = values["attachments"]
        expects = _expected(utter_action, tracker)
        return {**reply, "expects": expects} if expects else reply

    def part(self, name: str, /, **values: Any) -> str:
        """A piece of an answer: its words from the domain, filled with these values only."""
        return _filled(self.responses[f"utter_part_{name}"][0]["text"], values)


def _filled(text: str, values: dict[str, Any]) -> str:
    """The text with its `{names}` replaced; values are never read as templates themselves."""
    pieces = text.split("{")
    out = [pieces[0]]
    for piece in pieces[1:]:
        name, closed, rest = piece.partition("}")
        out.append(str(values.get(name) if values.get(name) is not None else "") + rest if closed else "{" + piece)
    return "".join(out)


def _expected(utter_action: str, tracker: DialogueStateTracker) -> str | None:
    """The question this line asks, as `<form>.<slot>`, so that its answer is understood in context."""
    if not utter_action.startswith("utter_ask_"):
        return None
    form, found, slot = utter_action.removeprefix("utter_ask_").partition("_form_")
    if not found:
        return None
    return f"{form}_form.{tracker.get_slot('fact') or slot}" if slot == "fact" else f"{form}_form.{slot}"
