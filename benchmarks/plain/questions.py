"""Questions of the knowledge as ordinary intents: `faq/cout_prix` becomes the intent `faq_cout_prix`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from bot.knowledge.faq import load_knowledge
from bot.services.content import faq

_RETRIEVAL_INTENT = re.compile(r"^(\s*- intent: )faq/", re.MULTILINE)
Answers = Mapping[str, str]
"""The short answer of each question, by intent."""


def short_answers(folder: Path, today: date) -> Answers:
    """What each question is answered today, its title when no wording is in force."""
    knowledge = load_knowledge(folder)
    found = {entry: faq.answer(knowledge, entry, None, today) for entry in knowledge.entries}
    return {
        f"faq_{entry}": answer.short if isinstance(answer, faq.Answer) else answer.title
        for entry, answer in found.items()
    }


def as_ordinary_intents(training_data: str) -> str:
    """The same training file without retrieval intents."""
    return _RETRIEVAL_INTENT.sub(r"\1faq_", training_data)
