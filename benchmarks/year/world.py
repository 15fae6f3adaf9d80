"""The world of a simulated year: its clock, its network, the worker that sends, and a mailbox for each person."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from random import Random

from benchmarks.year.watching import WatchedUnitOfWork
from bot.domain.booking.agenda import WeeklyRange
from bot.domain.booking.openings import BookingRules
from bot.domain.conversation.handovers import AdviserHours, HalfDay
from bot.domain.knowledge.versions import Validity
from bot.domain.notifications.notices import Letter, Mail, TextMessage
from bot.domain.places.network import Adviser, Presence
from bot.domain.places.relay_points import RelayPoint
from bot.services import booking
from bot.services.notifications import dispatch
from bot.services.notifications.ports import Deferred, DeliveryGateways, Refused, Subject, Unavailable
from bot.services.operations import jobs
from bot.storage.unit_of_work import SqlUnitOfWork

STARTS = datetime(2026, 9, 1, 6, tzinfo=timezone.utc)
DAYS = 365
PEOPLE_A_POINT = 380
ALWAYS = Validity(date(2020, 1, 1))
HALF_DAYS = ((time(9), time(12, 30)), (time(13, 30), time(18)))
ZONES = ("Europe/Paris", "Europe/Paris", "Europe/Paris", "Indian/Reunion")
Life = Generator[datetime, None, None]
"""What somebody does, one act after another; each `yield` says when they act next."""


class Writer:
    """Writes nothing but what the person needs to answer: the letters themselves have their own tests."""

    def letter(self, kind: str, subject: Subject, now: datetime) -> Letter:  # noqa: ARG002
        """The secret to answer with, if any."""
        return Letter(kind, subject.payload.get("offer") or subject.payload.get("confirm") or "")

    def line(self, kind: str, subject: Subject, now: datetime) -> str:  # noqa: ARG002
        """Nobody is on a chat."""
        return kind

    def text_message(self, kind: str, subject: Subject, now: datetime) -> str:  # noqa: ARG002
        """The same in a text message."""
        return kind


@dataclass
class Mailboxes:
    """Everybody's mail, and servers that fail now and then."""

    rng: Random
    letters: dict[str, list[tuple[datetime, Letter]]] = field(default_factory=dict)
    accepted: list[tuple[str, datetime]] = field(default_factory=list)

    def send(self, mail: Mail) -> None:
        """Take the mail, or fail as mail servers do."""
        luck = self.rng.random()
        if luck < 0.02:
            raise Unavailable("no_answer")
        if luck < 0.03:
            raise Deferred("greylisted")
        if luck < 0.035:
            raise Refused("mailbox")
        self.accepted.append((mail.key, mail.written_at))
        self.letters.setdefault(mail.to, []).append((mail.written_at, mail.letter))


class Phones:
    """Text messages always arrive."""

    def __init__(self, mailboxes: Mailboxes) -> None:
        self._mailboxes = mailboxes

    def send(self, message: TextMessage) -> None:
        """Take the message."""
        self._mailboxes.accepted.append((message.key, message.written_at))

    def is_mobile(self, phone: str) -> bool:
        """Every phone here is one."""
        return bool(phone)


@dataclass
class World:
    """One clock for everybody; whoever acts next is woken at the hour they said."""

    uow: WatchedUnitOfWork
    rules: BookingRules
    rng: Random
    points: tuple[RelayPoint, ...]
    mailboxes: Mailboxes
    now: datetime = STARTS
    told: Counter[str] = field(default_factory=Counter)
    freed: bool = False
    _queue: list[tuple[datetime, int, Life]] = field(default_factory=list)

    @property
    def ends(self) -> datetime:
        """The last instant of the year."""
        return STARTS + timedelta(days=DAYS)

    @property
    def post(self) -> DeliveryGateways:
        """How notices leave."""
        phones = Phones(self.mailboxes)
        return DeliveryGateways(Writer(), self.mailboxes, phones, phones, self.hours, self.rules)

    @property
    def hours(self) -> AdviserHours:
        """When advisers answer."""
        return AdviserHours(tuple(HalfDay(day, *half) for day in range(5) for half in HALF_DAYS))

    def welcome(self, life: Life) -> None:
        """Have somebody live their year."""
        self._wait(life, len(self._queue) + sum(self.told.values()))

    def run(self) -> None:
        """Live the year to its end, the worker beside it."""
        rank = 1_000_000
        while self._queue and self._queue[0][0] <= self.ends:
            self._work_until(self._queue[0][0])
            at, _, life = heapq.heappop(self._queue)
            self.now = max(at, self.now)
            rank += 1
            self._wait(life, rank)
        self._work_until(self.ends)
        jobs.sweep_holds(self.uow, self.ends)

    def _wait(self, life: Life, rank: int) -> None:
        at = next(life, None)
        if at is not None:
            heapq.heappush(self._queue, (at, rank, life))

    def _work_until(self, until: datetime) -> None:
        """Send what falls due before then, each at its own hour."""
        while (due := self.uow.next_due()) is not None and due <= until:
            self.uow.pass_by()
            self.now = max(self.now, due)
            if dispatch.send_next(self.uow, self.post, self.now) is not dispatch.Outcome.NOTHING_DUE:
                self.told["notices settled"] += 1


def morning_rounds(world: World) -> Life:
    """Each morning the worker clears ended holds, and offers what came free to who would come earlier."""
    for day in range(DAYS):
        yield STARTS + timedelta(days=day, hours=3)
        jobs.sweep_holds(world.uow, world.now)
        if world.freed:
            world.freed = False
            world.told["earlier openings offered"] += booking.offer_earlier(world.uow, world.now, world.rules)


def network(people: int) -> tuple[RelayPoint, ...]:
    """As many points as these people need to be short of openings now and then."""
    count = max(2, people // PEOPLE_A_POINT)
    return tuple(_point(number) for number in range(count))


def store(uow: SqlUnitOfWork, points: tuple[RelayPoint, ...]) -> None:
    """The points, one adviser each, two for every third."""
    with uow:
        for number, point in enumerate(points):
            uow.relay_points.save(point)
            advisers = [f"{point.code}_{letter}" for letter in ("a", "b")[: 1 + (number % 3 == 0)]]
            for adviser in advisers:
                uow.network.save_adviser(Adviser(adviser, adviser, demonstration=True))
            uow.network.replace_presences(advisers, list(_presences(point.code, advisers)))
        uow.commit()


def _point(number: int) -> RelayPoint:
    return RelayPoint(
        code=f"year_{number}",
        name=f"Point {number}",
        address="1 rue du Test",
        postcode="21000",
        city="Dijon",
        department="21",
        latitude=47.0 + number / 100,
        longitude=5.0,
        time_zone=ZONES[number % len(ZONES)],
        demonstration=True,
    )


def _presences(code: str, advisers: list[str]) -> Iterator[Presence]:
    for adviser in advisers:
        for day in range(5):
            for half in HALF_DAYS:
                yield Presence(code, WeeklyRange(adviser, day, *half, ALWAYS))
