"""`python -m benchmarks.simulate [PEOPLE]`: a year in the life of the network, then what must be true of it."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from random import Random

from benchmarks.year.checks import faults, read_year, reminders_across_a_change
from benchmarks.year.people import life
from benchmarks.year.watching import WatchedUnitOfWork
from benchmarks.year.world import Mailboxes, World, morning_rounds, network, store
from bot.domain.booking.openings import BookingRules
from bot.gateways.holidays import FrenchHolidays
from bot.gateways.tokens import SecretTokens
from bot.storage.digests import Digests
from bot.storage.engine import build_engine
from bot.storage.schema import upgrade

PEOPLE = 20_000
SEED = 2026
RULES = BookingRules(horizon_days=30)


@dataclass(frozen=True)
class Outcome:
    """What a year held, and what was wrong in it."""

    told: Counter[str]
    notices: Counter[str]
    across_changes: int
    faults: list[str]


def simulate(url: str, people: int, seed: int = SEED) -> tuple[World, Outcome]:
    """Live a year on this empty database, then check it."""
    engine = build_engine(url)
    upgrade(engine)
    uow = WatchedUnitOfWork(engine, Digests(b"simulated year"), FrenchHolidays(), SecretTokens())
    rng = Random(seed)
    points = network(people)
    store(uow, points)
    world = World(uow, RULES, rng, points, Mailboxes(rng))
    world.welcome(morning_rounds(world))
    for number in range(people):
        world.welcome(life(world, number))
    world.run()
    return world, outcome(world)


def outcome(world: World) -> Outcome:
    """What the tables say of the year that was lived."""
    with world.uow.reading() as view:
        year = read_year(view._open())
    notices = Counter(f"{row.kind} {row.status} {row.reason}".strip() for row in year.notices)
    return Outcome(world.told, notices, reminders_across_a_change(year), faults(world, year))


def main() -> int:
    """Live the year, print it; 1 when something is wrong."""
    options = argparse.ArgumentParser(prog="benchmarks.simulate", description=__doc__)
    options.add_argument("people", nargs="?", type=int, default=PEOPLE)
    options.add_argument("--seed", type=int, default=SEED)
    chosen = options.parse_args()
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="year-") as folder:
        _, found = simulate(f"sqlite:///{Path(folder) / 'year.sqlite3'}", chosen.people, chosen.seed)
    for what, count in (*sorted(found.told.items()), *sorted(found.notices.items())):
        print(f"{count:9,}  {what}")
    print(f"{found.across_changes:9,}  reminders on the other side of a change of clocks")
    print(f"{chosen.people:,} people, one year, {time.monotonic() - started:.0f} s: {len(found.faults)} faults")
    print("\n".join(found.faults[:50]))
    return 1 if found.faults else 0


if __name__ == "__main__":
    sys.exit(main())
