"""Drafts of training files from questions nobody could answer, to be completed by hand."""

from collections.abc import Mapping
from datetime import date, timedelta

import yaml

from bot.domain.knowledge.unanswered import Group

NAME = "TOPIC_SUBJECT"
KEPT_FOR_THE_TEST = 2
HEAD = "# Drafted from questions that were not understood. Rename {name}, complete it, then move it to {place}.\n"


def notes_on(group: Group, today: date) -> Mapping[str, str]:
    """By file name: the entry to write, the sentences that ask for it, the conversation that will test it."""
    sentences = list(dict.fromkeys(each.text for each in group.sentences))
    examples, tested = _shared_out(sentences)
    return {
        "entry.yml": _head("data/knowledge/faq/") + _dumped({"entries": {NAME: _entry(group, today)}}),
        "examples.yml": _head("data/nlu/faq/") + _examples(examples),
        "conversation.txt": _head("tests/conversations/questions/") + _conversation(group.title, tested),
    }


def _shared_out(sentences: list[str]) -> tuple[list[str], list[str]]:
    """Sentences to learn from, and others kept for the test; a group too small gives the test only."""
    kept = sentences[-KEPT_FOR_THE_TEST:]
    return sentences[: -len(kept)] or [], kept


def _entry(group: Group, today: date) -> dict[str, object]:
    source = {"title": "", "link": "", "read_on": today}
    version: dict[str, object] = {
        "scope": "national_2019",
        "valid_from": today,
        "valid_until": None,
        "answer": "",
        "sources": [source],
        "review_by": today + timedelta(days=182),
    }
    return {"title": group.title, "versions": [version]}


def _examples(sentences: list[str]) -> str:
    # Not "nlu:" at the start of a line: in a wrong folder it would be learnt at once.
    lines = [f"    - {each}" for each in sentences]
    return "\n".join([f"- intent: faq/{NAME}", "  examples: |", *lines, ""])


def _conversation(title: str, sentences: list[str]) -> str:
    told = [line for each in sentences for line in (f"vous: {each}", "bot: ")]
    return "\n".join([f"titre: {title}", *told, ""])


def _head(place: str) -> str:
    return HEAD.format(name=NAME, place=place)


def _dumped(value: object) -> str:
    written: str = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=100)
    return written
