"""What a message was close to, as titles a person may choose: the questions of entries and the names of journeys."""

from __future__ import annotations

from rasa.shared.core.trackers import DialogueStateTracker

from bot.assistant.nlg.replies.voice import Voice
from bot.assistant.nlg.tracker_queries import latest_ranking

_TITLED = frozenset(
    """
    book_appointment find_relay_point check_eligibility explain_levels move_appointment cancel_appointment
    show_appointment follow_appointment ask_earlier help ask_data go_on_elsewhere
    prepare_interview
    """.split()
)
LEAST_SHARE = 0.07
"""Under this share of a message's reading, a title would look drawn by lot."""


def likely_titles(voice: Voice, tracker: DialogueStateTracker) -> list[str]:
    """At most three titles, the likeliest first; none when nothing is likely."""
    titles: list[str] = []
    for candidate in latest_ranking(tracker):
        if float(candidate.get("confidence") or 0) < LEAST_SHARE:
            break
        title = _title(voice, str(candidate.get("name")))
        if title and title not in titles:
            titles.append(title)
    return titles[:3]


def _title(voice: Voice, intent: str) -> str | None:
    if intent.startswith("faq/"):
        entry = intent.removeprefix("faq/")
        return voice.library.faq.entry(entry).title if entry in voice.library.faq else None
    return voice.part(f"title_{intent}") if intent in _TITLED else None
