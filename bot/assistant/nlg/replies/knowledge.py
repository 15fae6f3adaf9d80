"""Answers taken from the knowledge: a question of the FAQ, the levels of service, words of care."""

from typing import Any

from rasa.shared.core.trackers import DialogueStateTracker

from bot.assistant.nlg.replies.about_opinions import with_question
from bot.assistant.nlg.replies.titles import likely_titles
from bot.assistant.nlg.replies.voice import Reply, Voice, choices
from bot.assistant.nlg.tracker_queries import also_asked, is_certain, latest_text
from bot.assistant.nlu.clauses import REQUESTS
from bot.domain.knowledge.schemes import scheme_of
from bot.domain.knowledge.versions import Source
from bot.domain.text.french_format import plain_date
from bot.services.content import faq as questions
from bot.services.content import levels as service_levels

LEVELS = "levels"


def faq(voice: Voice, utter_action: str, tracker: DialogueStateTracker, _: dict[str, Any]) -> Reply | None:
    """The short answer in force, what is uncertain in it, its source and its date."""
    given = _in_force(voice, utter_action.partition("/")[2], tracker)
    if given is None:
        return None
    other = _in_force(voice, also_asked(tracker) or "", tracker)
    if other:
        return with_question(voice, _both(voice, given, other), tracker)
    reply = answered(voice, given)
    return with_question(voice, reply if is_certain(tracker) else _said_of_what(voice, given, reply, tracker), tracker)


def _said_of_what(voice: Voice, given: questions.Answer, reply: Reply, tracker: DialogueStateTracker) -> Reply:
    """The answer under its question, so that a mistake is seen, with the two next candidates as choices."""
    others = [title for title in likely_titles(voice, tracker) if title != given.title][:2]
    more = [voice.part("buttons")] if given.more else []
    text = f"{voice.part('about', title=given.title)}\n{reply['text']}"
    return {**reply, "text": text, "buttons": choices(*more, *others)}


def beside_a_request(voice: Voice, tracker: DialogueStateTracker) -> Reply | None:
    """The answer to the question asked in the same message as a request, said before the journey begins."""
    intent = str((tracker.latest_message.intent or {}).get("name")) if tracker.latest_message else ""
    given = _in_force(voice, also_asked(tracker) or "", tracker) if intent in REQUESTS else None
    return {**answered(voice, given), "buttons": []} if given else None


def _in_force(voice: Voice, entry_id: str, tracker: DialogueStateTracker) -> questions.Answer | None:
    if entry_id not in voice.library.faq:
        return None
    given = questions.answer(voice.library.faq, entry_id, scheme_of(latest_text(tracker)), voice.today)
    return None if isinstance(given, questions.AnswerUnderReview) else given


def _both(voice: Voice, first: questions.Answer, second: questions.Answer) -> Reply:
    """Two answers, each under its question; "en savoir plus" speaks of the last one said."""
    told = [(each.title, answered(voice, each)) for each in (first, second)]
    text = "\n\n".join(f"{title}\n{reply['text']}" for title, reply in told)
    return {**told[1][1], "text": text}


def answered(voice: Voice, given: questions.Answer) -> Reply:
    """One answer as it is said: short first, then its source; the rest on request."""
    lines = [*_about_scheme(voice, given), given.short, given.caution]
    if given.review_overdue:
        lines.append(voice.part("overdue"))
    lines.append(source_line(voice, given.sources[0]))
    titles = [voice.part("buttons")] if given.more else []
    titles += [title for _, title in given.related[:2]]
    return {
        "text": "\n".join(line for line in lines if line),
        "buttons": choices(*titles),
        "entry": given.entry_id,
        "scheme": given.scheme.value,
    }


def source_line(voice: Voice, source: Source) -> str:
    """Title, link if any, and the day somebody last read it."""
    link = f", {source.link}" if source.link else ""
    return voice.part("source", source=source.title, link=link, read_on=plain_date(source.read_on))


def levels(voice: Voice, _: str, tracker: DialogueStateTracker, __: dict[str, Any]) -> Reply | None:
    """The levels of the scheme spoken of; today's without a sign of another."""
    scheme = scheme_of(latest_text(tracker))
    told = service_levels.levels(voice.library.levels, scheme, voice.today)
    if isinstance(told, service_levels.LevelsUnderReview):
        return None
    lines = [told.summary, told.not_to_confuse, source_line(voice, told.sources[0])]
    return {
        "text": "\n".join(line for line in lines if line),
        "buttons": choices(voice.part("buttons")),
        "entry": LEVELS,
        "scheme": told.scheme.value,
    }


def care(voice: Voice, utter_action: str, tracker: DialogueStateTracker, _: dict[str, Any]) -> Reply | None:
    """Fixed careful words; the response of the domain says the essential if they cannot be read."""
    entry_id = utter_action.removeprefix("utter_")
    if entry_id not in voice.library.care:
        return None
    given = questions.answer(voice.library.care, entry_id, None, voice.today)
    if isinstance(given, questions.AnswerUnderReview):
        return None
    # The journey is set aside without a question: it comes back when the person says so.
    way_back = voice.part("care_way_back") if tracker.active_loop_name else ""
    return {"text": "\n".join(part for part in (given.short, given.more, way_back) if part), "buttons": []}


def _about_scheme(voice: Voice, given: questions.Answer) -> list[str]:
    scheme = voice.part(f"scheme_{given.scheme.value}")
    if given.misses_the_scheme and given.asked:
        asked = voice.part(f"scheme_{given.asked.value}")
        return [voice.part("missing_scheme", asked=asked, scheme=scheme)]
    return [voice.part("past", scheme=scheme)] if given.is_past else []
