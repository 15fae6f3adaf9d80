"""The floor: a question answered with no framework at all, the same rows written.

Classify with the same trained classifier, look the answer up, store the transcript, and append the events Rasa
appended for such a turn.
"""

from __future__ import annotations

import itertools
import sqlite3
import tarfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from benchmarks.growth import unit_of_work
from benchmarks.measures import QUESTIONS, QUESTIONS_PER_CONVERSATION, Times
from bot.assistant.nlu import persistence
from bot.assistant.nlu.classifier import SentenceClassifier
from bot.domain.conversation.conversations import Line
from bot.domain.knowledge.entries import Knowledge
from bot.knowledge.faq import load_knowledge
from bot.services.content import faq
from bot.services.conversations import transcript
from bot.services.conversations.transcript import Incoming
from bot.storage.unit_of_work import SqlUnitOfWork

TURNS = 100
NUMBERS_FILE = "numbers.npz"
EVENT_COLUMNS = "sender_id, type_name, timestamp, intent_name, action_name, data"
Events = Sequence[tuple[object, ...]]


@dataclass(frozen=True)
class Floor:
    """Everything one turn needs."""

    classifier: SentenceClassifier
    knowledge: Knowledge
    uow: SqlUnitOfWork
    events: sqlite3.Connection
    of_one_turn: Events

    def turn(self, conversation_id: str, text: str, now: datetime) -> None:
        """Answer one question and write what there is to write."""
        received = transcript.receive(self.uow, conversation_id, "dev", Incoming(text), now)
        label = self.classifier.understand(text).label
        said = self._answer(label.partition("/")[2], now.date())
        transcript.answer(self.uow, conversation_id, received.message.id, [Line(said)], now)
        rows = [(conversation_id, *row[1:]) for row in self.of_one_turn]
        self.events.executemany(f"INSERT INTO events ({EVENT_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)", rows)
        self.events.commit()

    def _answer(self, entry: str, today: date) -> str:
        if entry not in self.knowledge.entries:
            return ""
        found = faq.answer(self.knowledge, entry, None, today)
        return found.short if isinstance(found, faq.Answer) else found.title


def question_floor(folder: Path, model: Path, trackers: Path, knowledge: Path, now: datetime) -> Times:
    """Question turns on databases of their own; `trackers` is where Rasa stored the same questions."""
    folder.mkdir(parents=True, exist_ok=True)
    events = _events_database(folder / "events.sqlite3", trackers)
    floor = Floor(
        _classifier(folder, model), load_knowledge(knowledge), unit_of_work(folder / "floor.sqlite3"), events,
        _one_turn(trackers),
    )  # fmt: skip
    times, questions = Times(), itertools.cycle(QUESTIONS)
    for number in range(TURNS + QUESTIONS_PER_CONVERSATION):
        started = time.perf_counter()
        floor.turn(f"dev-floor-{number // QUESTIONS_PER_CONVERSATION}", next(questions), now)
        times.taken.append((time.perf_counter() - started) * 1000)
    events.close()
    return Times(times.taken[QUESTIONS_PER_CONVERSATION:])


def _classifier(folder: Path, model: Path) -> SentenceClassifier:
    """The classifier inside a trained model."""
    with tarfile.open(model) as archive:
        archive.extractall(folder / "model")
    numbers = next((folder / "model").rglob(NUMBERS_FILE))
    return persistence.load(numbers.parent)


def _events_database(file: Path, trackers: Path) -> sqlite3.Connection:
    """A database with Rasa's table, indexes included, tuned as ours is."""
    with sqlite3.connect(trackers) as source:
        made = source.execute("SELECT sql FROM sqlite_master WHERE tbl_name = 'events' AND sql IS NOT NULL").fetchall()
    events = sqlite3.connect(file)
    for pragma in ("journal_mode = WAL", "synchronous = NORMAL"):
        events.execute(f"PRAGMA {pragma}")
    for (statement,) in made:
        events.execute(statement)
    return events


def _one_turn(trackers: Path) -> Events:
    """The rows Rasa wrote for the last question somebody asked."""
    with sqlite3.connect(trackers) as source:
        sender, last = source.execute(
            "SELECT sender_id, MAX(id) FROM events WHERE type_name = 'user' GROUP BY sender_id ORDER BY 2 DESC LIMIT 1"
        ).fetchone()
        wanted = f"SELECT {EVENT_COLUMNS} FROM events WHERE sender_id = ? AND id >= ? ORDER BY id"
        return source.execute(wanted, (sender, last)).fetchall()
