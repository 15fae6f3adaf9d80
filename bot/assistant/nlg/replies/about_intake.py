"""What a person prepares for an adviser, shown to them: their lines, which are hidden, and who would read them."""

from typing import Any

from rasa.shared.core.trackers import DialogueStateTracker

from bot.assistant.nlg.replies.voice import Reply, Voice, choices
from bot.domain.text.french_format import listing
from bot.services.dialogue.intake import kept_lines, written_lines


def review(voice: Voice, _: str, tracker: DialogueStateTracker, __: dict[str, Any]) -> Reply | None:
    """Every line with its number, and what may be done with it."""
    state = tracker.current_slot_values()
    hidden = state.get("intake_hidden") or []
    kept = kept_lines(state)
    part = "intake_review" if kept else "intake_review_empty"
    acts = ["keep", "change", "hide"] if kept else ["change"]
    acts += ["show"] if hidden else []
    return {
        "text": voice.part(part, lines="\n".join(_numbered(voice, written_lines(state), hidden))),
        "buttons": choices(*(voice.part(f"intake_{act}") for act in acts)),
        "expects": "intake_form.review",
    }


def which(voice: Voice, _: str, tracker: DialogueStateTracker, __: dict[str, Any]) -> Reply | None:
    """The lines to choose from, each by its number and its title."""
    state = tracker.current_slot_values()
    act = state.get("intake_act")
    hidden = state.get("intake_hidden") or []
    if act not in ("change", "hide", "show"):
        return None
    wanted = {"hide": lambda topic: topic not in hidden, "show": lambda topic: topic in hidden}
    shown = [
        f"{rank}. {voice.part(f'intake_{topic}')}"
        for rank, topic in enumerate(written_lines(state), start=1)
        if wanted.get(act, bool)(topic)
    ]
    text = "\n".join([voice.part(f"intake_which_{act}"), *shown])
    return {"text": text, "buttons": choices(*shown), "expects": "intake_form.which"}


def agreement(voice: Voice, _: str, tracker: DialogueStateTracker, __: dict[str, Any]) -> Reply | None:
    """The lines that would leave, who would read them, and nothing else."""
    state = tracker.current_slot_values()
    to = state.get("intake_for") or {}
    recipients = [voice.part("intake_to_appointment", **to)] if to.get("adviser") else []
    recipients += [voice.part("intake_to_request")] if to.get("request") else []
    lines = "\n".join(_numbered(voice, kept_lines(state), ()))
    return {
        "text": voice.part("intake_agreement", lines=lines, recipient=listing(recipients)),
        "buttons": [
            {"title": voice.part("intake_agree"), "payload": voice.part("yes")},
            {"title": voice.part("intake_refuse"), "payload": voice.part("no")},
        ],
        "expects": "intake_form.agreement",
    }


def _numbered(voice: Voice, lines: dict[str, str], hidden: Any) -> list[str]:
    return [
        voice.part("intake_line", rank=rank, title=voice.part(f"intake_{topic}"), words=words)
        + (voice.part("intake_hidden") if topic in hidden else "")
        for rank, (topic, words) in enumerate(lines.items(), start=1)
    ]
