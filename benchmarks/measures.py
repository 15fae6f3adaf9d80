"""What is measured on the running stacks: turns one at a time, turns per second, and long conversations."""

from __future__ import annotations

import itertools
import threading
import time
from dataclasses import dataclass, field
from statistics import median, quantiles
from typing import Any

from benchmarks.servers import Server

QUESTIONS = (
    "c'est gratuit le cep ?",
    "est-ce que mon employeur va être au courant",
    "combien de temps dure un entretien",
    "je peux y aller pendant mes heures de travail ?",
    "c'est quoi la différence avec un bilan de compétences",
    "il faut préparer quoi pour le premier rendez-vous",
    "est-ce que c'est confidentiel",
    "qui paye la formation après",
)
TOWNS = ("Nevers", "Dijon", "Mâcon", "Auxerre", "Chalon-sur-Saône", "Avallon", "Autun", "Beaune")
QUESTIONS_PER_CONVERSATION = 5
HELD = "pas encore réservé"
"""Part of the answer that says an opening is kept: the turn did what was meant."""
APOLOGY = "Un problème technique"
OPINION = "opinion.helped"
"""What an answer may ask for besides: whether it helped."""

_numbers = itertools.count()


@dataclass
class Times:
    """Turns of one kind, in milliseconds."""

    taken: list[float] = field(default_factory=list)

    @property
    def p50(self) -> float:
        """The time half of the turns are under."""
        return median(self.taken)

    @property
    def p95(self) -> float:
        """The time nineteen turns out of twenty are under."""
        return quantiles(self.taken, n=20, method="inclusive")[-1]


@dataclass
class Turns:
    """What the turns of one stack took; `astray` counts those that did something else."""

    question: Times = field(default_factory=Times)
    place: Times = field(default_factory=Times)
    hold: Times = field(default_factory=Times)
    astray: int = 0


def ask_questions(server: Server, turns: Turns, conversations: int) -> None:
    """Ask questions of knowledge, a few in each conversation."""
    questions = itertools.cycle(QUESTIONS)
    for _ in range(conversations):
        sender = new_sender()
        for question in itertools.islice(questions, QUESTIONS_PER_CONVERSATION):
            replies, milliseconds = server.timed(sender, question)
            if _is_answered(replies):
                turns.question.taken.append(milliseconds)
            else:
                turns.astray += 1


def take_openings(server: Server, turns: Turns, conversations: int) -> None:
    """Start a booking, give a town (reads the agenda), choose the first opening (writes a hold)."""
    towns = itertools.cycle(TOWNS)
    for _ in range(conversations):
        sender = new_sender()
        server.timed(sender, server.says_start)
        _, place = server.timed(sender, next(towns))
        replies, hold = server.timed(sender, "1")
        if any(HELD in reply.get("text", "") for reply in replies):
            turns.place.taken.append(place)
            turns.hold.taken.append(hold)
        else:
            turns.astray += 1


def turns_per_second(server: Server, senders: int, seconds: float) -> float:
    """Questions answered each second while this many people talk at once, each waiting for the answer."""
    answered = [0] * senders
    end = time.monotonic() + seconds
    people = [threading.Thread(target=_talk, args=(server, answered, place, end)) for place in range(senders)]
    started = time.monotonic()
    for person in people:
        person.start()
    for person in people:
        person.join()
    return sum(answered) / (time.monotonic() - started)


def turns_after(server: Server, lengths: tuple[int, ...], timed: int, limit_seconds: float) -> dict[int, float]:
    """The median turn once a conversation holds so many messages; lengths not reached in time are left out."""
    sender, questions = new_sender(), itertools.cycle(QUESTIONS)
    end, sent, found = time.monotonic() + limit_seconds, 0, {}
    for length in lengths:
        while sent < length and time.monotonic() < end:
            server.timed(sender, next(questions))
            sent += 1
        if sent < length:
            break
        found[length] = median(server.timed(sender, next(questions))[1] for _ in range(timed))
        sent += timed
    return found


def new_sender() -> str:
    """A person who never wrote before."""
    return f"bench-{time.time_ns()}-{next(_numbers)}"


def _is_answered(replies: list[dict[str, Any]]) -> bool:
    """One line, which neither apologises nor starts a journey; it may ask whether it helped."""
    if len(replies) != 1 or replies[0].get("text", "").startswith(APOLOGY):
        return False
    return replies[0].get("expects") in (None, "", OPINION)


def _talk(server: Server, answered: list[int], place: int, end: float) -> None:
    questions = itertools.cycle(QUESTIONS[place % len(QUESTIONS) :] + QUESTIONS[: place % len(QUESTIONS)])
    while time.monotonic() < end:
        sender = new_sender()
        for question in itertools.islice(questions, QUESTIONS_PER_CONVERSATION):
            if _is_answered(server.timed(sender, question)[0]):
                answered[place] += 1
