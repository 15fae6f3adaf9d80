"""An answer written in the console or drafted from questions, before it becomes files of the project."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from bot.domain.knowledge.versions import Source

FEWEST_EXAMPLES = 10
LONGEST_ANSWER = 320
LONGEST_SENTENCE = 35
_NAME = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)+")
# Rasa reads annotations in training sentences.
_ANNOTATION = re.compile(r"[\[\]{}()]")
_FAMILIAR = re.compile(r"\b(?:tu|toi|ton|tes)\b", re.IGNORECASE)
_MARKUP = re.compile(r"<[^>]*>|https?://")


class Fault(str, Enum):
    """Why a draft cannot become files; the words for it are the console's."""

    NAME = "name"
    TITLE = "title"
    ANSWER = "answer"
    TOO_LONG = "too_long"
    LONG_SENTENCE = "long_sentence"
    FAMILIAR = "familiar"
    MARKUP = "markup"
    SOURCE = "source"
    SOURCE_DAY = "source_day"
    REVIEW = "review"
    FEW_EXAMPLES = "few_examples"
    ANNOTATION = "annotation"
    SAME_EXAMPLES = "same_examples"
    ASKED = "asked"
    ASKED_IS_EXAMPLE = "asked_is_example"
    SAYS = "says"


@dataclass(frozen=True, kw_only=True)
class AnswerDraft:
    """The answer, the sentences that ask for it, and the test that will hold it.

    `asked`: two sentences kept out of the training; `says`: words the reply must hold. `is_known`: the entry
    exists, and this is its next version.
    """

    entry: str
    title: str
    answer: str
    more: str
    source: Source
    valid_from: date
    review_by: date
    examples: tuple[str, ...]
    asked: tuple[str, ...]
    says: str
    is_known: bool = False


def faults_of(draft: AnswerDraft, today: date) -> tuple[Fault, ...]:
    """What is missing or wrong in the draft taken alone; empty when it may be checked against the project."""
    return (*_of_text(draft), *_of_source(draft, today), *_of_sentences(draft))


def bare(sentence: str) -> str:
    """A sentence without what does not tell two apart: capitals and signs."""
    return " ".join(re.findall(r"\w+", sentence.lower()))


def _of_text(draft: AnswerDraft) -> Iterator[Fault]:
    if not _NAME.fullmatch(draft.entry):
        yield Fault.NAME
    if not draft.title:
        yield Fault.TITLE
    if not draft.answer:
        yield Fault.ANSWER
    if len(draft.answer) > LONGEST_ANSWER:
        yield Fault.TOO_LONG
    said = f"{draft.title} {draft.answer} {draft.more}"
    if any(len(sentence.split()) > LONGEST_SENTENCE for sentence in re.split(r"(?<=[.!?…])\s+", said)):
        yield Fault.LONG_SENTENCE
    if _FAMILIAR.search(said):
        yield Fault.FAMILIAR
    if _MARKUP.search(said):
        yield Fault.MARKUP


def _of_source(draft: AnswerDraft, today: date) -> Iterator[Fault]:
    if not draft.source.title or (draft.source.link and not draft.source.link.startswith("https://")):
        yield Fault.SOURCE
    if draft.source.read_on > today:
        yield Fault.SOURCE_DAY
    if draft.review_by <= max(draft.source.read_on, today):
        yield Fault.REVIEW


def _of_sentences(draft: AnswerDraft) -> Iterator[Fault]:
    examples = {bare(each) for each in draft.examples}
    if not draft.is_known and len(draft.examples) < FEWEST_EXAMPLES:
        yield Fault.FEW_EXAMPLES
    if any(_ANNOTATION.search(each) for each in (*draft.examples, *draft.asked)):
        yield Fault.ANNOTATION
    if len(examples) < len(draft.examples):
        yield Fault.SAME_EXAMPLES
    asked = {bare(each) for each in draft.asked} - {""}
    if len(asked) < 2:
        yield Fault.ASKED
    if asked & examples:
        yield Fault.ASKED_IS_EXAMPLE
    if not draft.says or bare(draft.says) not in bare(f"{draft.answer} {draft.more}"):
        yield Fault.SAYS
