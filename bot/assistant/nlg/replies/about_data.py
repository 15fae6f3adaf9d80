"""What is said of the person's own data: what is kept, what would go, what went, what stays and why."""

from typing import Any

from rasa.shared.core.trackers import DialogueStateTracker

from bot.app import container
from bot.assistant.nlg.replies.voice import Reply, Voice, choices

_APPOINTMENT = "appointment"


def kept(voice: Voice, _: str, tracker: DialogueStateTracker, values: dict[str, Any]) -> Reply | None:
    """What this conversation keeps, for how long, with the copy and the way to have it erased."""
    keep = container.settings().keep
    durations = voice.part("data_durations", hours=keep.conversation_hours, days=keep.handover_days)
    lines = [voice.part("data_kept"), *_traces(voice, values), *_appointment(voice, values), durations]
    reply: Reply = {"text": "\n".join(lines), "buttons": choices(voice.part("ask_erase"))}
    return {**reply, "attachments": values["attachments"]} if values.get("attachments") else reply


def what(voice: Voice, _: str, tracker: DialogueStateTracker, values: dict[str, Any]) -> Reply | None:
    """What would be erased, and what would stay."""
    return {"text": "\n".join([voice.part("erase_would"), *_traces(voice, values), voice.part("erase_stays")])}


def erased(voice: Voice, _: str, tracker: DialogueStateTracker, values: dict[str, Any]) -> Reply | None:
    """What went, what stays and why; `erases` has the channel do it before it shows these words."""
    lines = [voice.part("erased"), *_traces(voice, values)]
    if values.get("cancelled"):
        lines.append(voice.part("erased_cancelled"))
    if values.get("upcoming"):
        lines.append(voice.part("erased_appointment_stays", upcoming=values["upcoming"]))
    lines.append(voice.part("erase_stays"))
    return {"text": "\n".join(lines), "erases": bool(values.get("erases"))}


def _traces(voice: Voice, values: dict[str, Any]) -> list[str]:
    named = [name for name in str(values.get("traces") or "").split() if name != _APPOINTMENT]
    return [voice.part(f"trace_{name}") for name in named]


def _appointment(voice: Voice, values: dict[str, Any]) -> list[str]:
    return [voice.part("trace_appointment", upcoming=values["upcoming"])] if values.get("upcoming") else []
