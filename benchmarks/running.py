"""Measuring the two stacks while they run, in turn, so that what else the machine does weighs on both alike."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import mean

from benchmarks.measures import Turns, ask_questions, take_openings, turns_after, turns_per_second
from benchmarks.progress import say
from benchmarks.servers import Server
from benchmarks.table import Goal, Row, more, quicker, share

STARTS = 2
ROUNDS = 5
CONVERSATIONS_A_ROUND = 4
BOOKINGS_A_ROUND = 6
SENDERS = (1, 4, 16)
LOAD_SECONDS = 8.0
LOAD_ROUNDS = 2
PAST_MESSAGES = (10, 100, 500)
TURNS_AFTER = 12
"""As many as our assistant takes before it starts Rasa's session anew, so that the median sees a whole round."""
PATIENCE_SECONDS = 240.0


@dataclass
class Pair:
    """This assistant and the plain stack."""

    ours: Server
    plain: Server

    def __iter__(self) -> Iterator[Server]:
        return iter((self.ours, self.plain))


@contextmanager
def both(ours: Server, plain: Server) -> Iterator[Pair]:
    """Databases and action servers ready, assistants not yet started; every process is stopped at the end."""
    pair = Pair(ours, plain)
    try:
        for server in pair:
            server.prepare()
        yield pair
    finally:
        for server in pair:
            server.close()


def ready(pair: Pair) -> list[Row]:
    """Start each stack several times, the quickest kept; both are left running."""
    say("starting both stacks ...")
    seconds = {server.name: [server.start()] for server in pair}
    for _ in range(STARTS - 1):
        for server in pair:
            seconds[server.name].append(server.restart())
    for server in pair:
        say(f"  {server.name} ready after {', '.join(f'{each:.1f}' for each in seconds[server.name])} s")
    ours, plain = (min(seconds[server.name]) for server in pair)
    return [quicker("from process start to a first answer", "s", ours, plain, 6)]


def turns(pair: Pair) -> list[Row]:
    """Questions, and bookings up to the hold; then what each stack weighs."""
    say("turns, one at a time ...")
    taken = [Turns() for _ in pair]
    for server in pair:
        server.settle()
    for server in pair:
        ask_questions(server, Turns(), 1)
        take_openings(server, Turns(), 1)
    for _ in range(ROUNDS):
        for server, kept in zip(pair, taken, strict=True):
            ask_questions(server, kept, CONVERSATIONS_A_ROUND)
            take_openings(server, kept, BOOKINGS_A_ROUND)
    for server, kept in zip(pair, taken, strict=True):
        say(
            f"  {server.name}: {len(kept.question.taken)} questions, {len(kept.hold.taken)} holds, {kept.astray} astray"
        )
    return _turn_rows(*taken)


def memory(pair: Pair) -> list[Row]:
    """Resident memory of each assistant, after the turns above."""
    ours, plain = (server.resident_mb() for server in pair)
    return [share("resident memory after the turns below", "MB", ours, plain, 0.45)]


def throughput(pair: Pair) -> list[Row]:
    """Turns per second with several people at once."""
    rows = []
    for senders in SENDERS:
        say(f"turns per second, {senders} at once ...")
        found = [[turns_per_second(server, senders, LOAD_SECONDS) for server in pair] for _ in range(LOAD_ROUNDS)]
        ours, plain = (mean(each) for each in zip(*found, strict=True))
        goal = 4 if senders == max(SENDERS) else None
        rows.append(more(f"turns per second, {senders} at once", "/s", ours, plain, goal))
    return rows


def long_conversations(pair: Pair) -> list[Row]:
    """How a turn grows with the messages before it."""
    say("long conversations ...")
    ours, plain = (turns_after(server, PAST_MESSAGES, TURNS_AFTER, PATIENCE_SECONDS) for server in pair)
    rows = [Row(f"turn after {length} messages", "ms", ours.get(length), plain.get(length)) for length in PAST_MESSAGES]
    return [*rows, _growth(ours, plain)]


def _growth(ours: dict[int, float], plain: dict[int, float]) -> Row:
    first, last = PAST_MESSAGES[0], PAST_MESSAGES[-1]
    grown = [found[last] / found[first] if last in found else None for found in (ours, plain)]
    goal = Goal(1.5, is_least=False)
    return Row(f"turn after {last} messages over after {first}", "×", grown[0], grown[1], grown[0], goal)


def _turn_rows(ours: Turns, plain: Turns) -> list[Row]:
    return [
        quicker("question turn, p50", "ms", ours.question.p50, plain.question.p50, 3),
        quicker("question turn, p95", "ms", ours.question.p95, plain.question.p95),
        quicker("form turn reading the agenda, p50", "ms", ours.place.p50, plain.place.p50, 3),
        quicker("form turn reading the agenda, p95", "ms", ours.place.p95, plain.place.p95),
        quicker("form turn writing a hold, p50", "ms", ours.hold.p50, plain.hold.p50, 3),
        quicker("form turn writing a hold, p95", "ms", ours.hold.p95, plain.hold.p95),
    ]
