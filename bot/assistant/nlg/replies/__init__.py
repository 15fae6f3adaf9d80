"""What is put together for one response, by subject; each speaker returns a reply, or None for the fixed words."""

from bot.assistant.nlg.replies import (
    about_answers,
    about_data,
    about_intake,
    about_journeys,
    about_misses,
    about_opinions,
    knowledge,
)
from bot.assistant.nlg.replies.voice import Reply, Speaker, Voice

SPEAKERS: dict[str, Speaker] = {
    "utter_faq": about_answers.question,
    "utter_explain_levels": knowledge.levels,
    "utter_more": about_answers.more,
    "utter_ask_source": about_answers.source,
    "utter_ask_since": about_answers.since,
    "utter_ask_other_scheme": about_answers.other_scheme,
    "utter_own_data": about_data.kept,
    "utter_erase_what": about_data.what,
    "utter_erased": about_data.erased,
    "utter_greet": about_journeys.greet,
    "utter_repeat": about_journeys.repeat,
    "utter_ask_why": about_journeys.why,
    "utter_ask_status": about_journeys.status,
    "utter_fallback": about_misses.fallback,
    "utter_ask_intake_form_review": about_intake.review,
    "utter_ask_intake_form_which": about_intake.which,
    "utter_ask_intake_form_agreement": about_intake.agreement,
    "utter_nothing_pending": about_opinions.agreed,
    "utter_nothing_pending_no": about_opinions.disagreed,
    "utter_reason_noted": about_opinions.reason_noted,
    "utter_missed_fact": about_journeys.missed_fact,
    "utter_ask_eligibility_form_fact": about_journeys.ask_fact,
    "utter_ask_appointment_form_opening": about_journeys.offer_times,
    "utter_ask_appointment_form_manage_confirmed": about_journeys.confirm_change,
}


def speaker_of(response: str) -> Speaker | None:
    """Who puts this response together; nobody for fixed words. All words of care are said alike."""
    return knowledge.care if response.startswith("utter_care_") else SPEAKERS.get(response)


__all__ = ["Reply", "Speaker", "Voice", "speaker_of"]
