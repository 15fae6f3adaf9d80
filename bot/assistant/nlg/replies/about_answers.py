"""Following up on the last answer: more of it, its source, since when, and under another scheme."""

from typing import Any

from rasa.shared.core.events import BotUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.assistant.nlg.replies.knowledge import LEVELS, answered, faq, source_line
from bot.assistant.nlg.replies.voice import Reply, Voice, choices
from bot.assistant.nlg.tracker_queries import last_entry, latest_text
from bot.domain.knowledge.schemes import Scheme, scheme_of
from bot.domain.knowledge.versions import Source
from bot.domain.text.french_format import plain_date
from bot.domain.text.normalize import fold_words
from bot.services.content import faq as questions
from bot.services.content import levels as service_levels

_ABOUT_SCHEME = "utter_faq/bourgogne_"
_LONGEST_FOLLOW_UP = 8
"""Words: a longer sentence asks its own question."""


def more(voice: Voice, _: str, tracker: DialogueStateTracker, __: dict[str, Any]) -> Reply | None:
    """What the short answer left out."""
    entry = last_entry(tracker)
    if entry == LEVELS:
        return _levels_in_full(voice, tracker)
    given = _last_answer(voice, tracker)
    if given is None:
        return None
    titles = [title for _, title in given.related[:3]]
    text = f"{given.more or voice.part('nothing_more')}\n{source_line(voice, given.sources[-1])}"
    return {"text": text, "buttons": choices(*titles), "entry": given.entry_id, "scheme": given.scheme.value}


def source(voice: Voice, _: str, tracker: DialogueStateTracker, __: dict[str, Any]) -> Reply | None:
    """Every source of the last answer, with the day each was read."""
    sources = _last_sources(voice, tracker)
    if not sources:
        return None
    return {"text": "\n".join(source_line(voice, each) for each in sources), "entry": last_entry(tracker)}


def since(voice: Voice, _: str, tracker: DialogueStateTracker, __: dict[str, Any]) -> Reply | None:
    """Since when the last answer holds."""
    entry = last_entry(tracker)
    if entry is None or entry == LEVELS or entry not in voice.library.faq:
        return None
    told = questions.since_when(voice.library.faq, entry, _last_scheme(tracker), voice.today)
    if isinstance(told, questions.AnswerUnderReview):
        return None
    until = voice.part("until", until=plain_date(told.valid_until)) if told.valid_until else ""
    words = voice.part("since", since=plain_date(told.valid_from), until=until, read_on=plain_date(told.last_read_on))
    return {"text": words, "entry": entry}


def question(voice: Voice, utter_action: str, tracker: DialogueStateTracker, values: dict[str, Any]) -> Reply | None:
    """The answer to a question; "et en Bourgogne ?" after an answer asks it again for that scheme."""
    words = fold_words(latest_text(tracker)).split()
    names_nothing_else = utter_action.startswith(_ABOUT_SCHEME) and len(words) <= _LONGEST_FOLLOW_UP
    follows = words[:1] == ["et"] and names_nothing_else and scheme_of(latest_text(tracker)) and last_entry(tracker)
    told = other_scheme(voice, utter_action, tracker, values) if follows else None
    return told or faq(voice, utter_action, tracker, values)


def other_scheme(voice: Voice, _: str, tracker: DialogueStateTracker, __: dict[str, Any]) -> Reply | None:
    """The last question under the scheme now spoken of; all its schemes when only a region is said."""
    entry, scheme = last_entry(tracker), scheme_of(latest_text(tracker))
    if entry == LEVELS:
        told = service_levels.levels(voice.library.levels, scheme or Scheme.BOURGOGNE_2013, voice.today)
        if isinstance(told, service_levels.LevelsUnderReview):
            return None
        text = f"{told.summary}\n{told.not_to_confuse}\n{source_line(voice, told.sources[0])}"
        return {"text": text, "entry": LEVELS, "scheme": told.scheme.value}
    if entry is None or entry not in voice.library.faq:
        return None
    if scheme:
        given = questions.answer(voice.library.faq, entry, scheme, voice.today)
        return None if isinstance(given, questions.AnswerUnderReview) else answered(voice, given)
    return _every_scheme(voice, entry)


def _every_scheme(voice: Voice, entry: str) -> Reply:
    schemes = (Scheme.BOURGOGNE_2013, Scheme.NATIONAL_2014, Scheme.NATIONAL_2019)
    told = questions.side_by_side(voice.library.faq, entry, schemes, voice.today)
    if len(told) < 2:
        return {"text": voice.part("same_everywhere"), "entry": entry}
    lines = [
        voice.part("in_scheme", scheme=voice.part(f"scheme_{each.scheme.value}"), answer=each.short) for each in told
    ]
    return {"text": "\n".join([*lines, source_line(voice, told[0].sources[0])]), "entry": entry}


def _levels_in_full(voice: Voice, tracker: DialogueStateTracker) -> Reply | None:
    told = service_levels.levels(voice.library.levels, _last_scheme(tracker), voice.today)
    if isinstance(told, service_levels.LevelsUnderReview):
        return None
    levels = [
        voice.part(
            "level",
            label=level.label,
            name=level.name,
            done=level.done,
            not_done=level.not_done,
            leaves_with=level.leaves_with,
            where=level.where,
        )
        for level in told.levels
    ]
    text = "\n".join([*levels, source_line(voice, told.sources[0])])
    return {"text": text, "entry": LEVELS, "scheme": told.scheme.value}


def _last_answer(voice: Voice, tracker: DialogueStateTracker) -> questions.Answer | None:
    entry = last_entry(tracker)
    if entry is None or entry not in voice.library.faq:
        return None
    given = questions.answer(voice.library.faq, entry, _last_scheme(tracker), voice.today)
    return None if isinstance(given, questions.AnswerUnderReview) else given


def _last_sources(voice: Voice, tracker: DialogueStateTracker) -> tuple[Source, ...]:
    if last_entry(tracker) == LEVELS:
        told = service_levels.levels(voice.library.levels, _last_scheme(tracker), voice.today)
        return () if isinstance(told, service_levels.LevelsUnderReview) else told.sources
    given = _last_answer(voice, tracker)
    return given.sources if given else ()


def _last_scheme(tracker: DialogueStateTracker) -> Scheme | None:
    """The scheme the last answer spoke of, so that "plus de détails" stays in it."""
    for event in reversed(tracker.events):
        if isinstance(event, BotUttered) and event.metadata.get("scheme"):
            scheme = Scheme(event.metadata["scheme"])
            return None if scheme is Scheme.ALL else scheme
    return None
