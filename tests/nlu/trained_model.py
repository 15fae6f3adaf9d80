"""The trained model, as the assistant runs it: every sentence goes through the whole pipeline."""

import asyncio
import logging
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog
from rasa.core.agent import Agent
from rasa.core.channels import UserMessage

from bot.assistant.nlu.decisions import ALSO_ASKED
from tests.nlu.unseen_sentences import Unseen

MODELS = Path("models")


@dataclass(frozen=True)
class Mark:
    """An entity, where it stands in the text."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True)
class Understood:
    """What the pipeline made of a sentence."""

    sentence: Unseen
    label: str
    confidence: float
    ranking: tuple[str, ...]
    marks: tuple[Mark, ...] = ()
    also_asked: str = ""
    """The label of the second question, when two were found."""

    @property
    def is_refused(self) -> bool:
        """Whether the assistant says it does not treat or does not understand this."""
        return self.label in ("nlu_fallback", "out_of_scope")


def model_path() -> Path | None:
    """The model named by CEP_MODEL, else the newest of models/; None when there is none."""
    named = os.environ.get("CEP_MODEL")
    if named:
        return Path(named)
    found = sorted(MODELS.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
    return found[-1] if found else None


def understand(path: Path, sentences: Sequence[Unseen]) -> list[Understood]:
    """What the model of this path makes of each sentence."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    agent = Agent.load(str(path))
    return [asyncio.run(_one(agent, sentence)) for sentence in sentences]


async def _one(agent: Agent, sentence: Unseen) -> Understood:
    metadata = {"expects": sentence.expects} if sentence.expects else {}
    return understood(sentence, await agent.processor.parse_message(UserMessage(text=sentence.text, metadata=metadata)))


def understood(sentence: Unseen, parsed: dict[str, Any]) -> Understood:
    """What Rasa says of this sentence, read."""
    ranking = tuple(each["name"] for each in parsed.get("intent_ranking", []))
    marks = tuple(Mark(each["entity"], each["start"], each["end"]) for each in parsed.get("entities", []))
    confidence, also = float(parsed["intent"]["confidence"]), str(parsed.get(ALSO_ASKED) or "")
    return Understood(sentence, label_of(parsed), confidence, ranking, marks, also)


def label_of(parsed: dict[str, Any]) -> str:
    """The intent, or `faq/<entry>` read where Rasa's action reads it."""
    name = str(parsed["intent"]["name"])
    if name != "faq":
        return name
    return str(parsed["response_selector"]["faq"]["response"]["intent_response_key"])
