"""The secret calendar of an adviser, which a calendar program reads without signing in.

Its address is its only key: 128 random bits, of which a digest is stored. It names nobody unless the adviser
asked for it, and ends with the account.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.accounts import Account, AuditEntry, Right
from bot.domain.booking.appointments import Appointment, State
from bot.domain.places.relay_points import RelayPoint
from bot.services.accounts.sign_in import digest_of
from bot.services.uow import UnitOfWork

PAST, AHEAD = timedelta(days=30), timedelta(days=180)
NOTED_EVERY = timedelta(hours=1)
"""Programs read every few minutes: the record says it once an hour at most."""
_GIVEN_UP = frozenset({State.CANCELLED, State.CANCELLED_BY_US, State.EXCUSED})


@dataclass(frozen=True)
class CalendarFeed:
    """A secret calendar of an account, without its secret."""

    account_id: str
    with_names: bool
    opened_at: datetime
    read_at: datetime | None = None


@dataclass(frozen=True)
class Followed:
    """What a calendar program is given."""

    with_names: bool
    appointments: Sequence[Appointment] = field(repr=False)
    points: Mapping[str, RelayPoint]


def open_feed(uow: UnitOfWork, account: Account, now: datetime, *, with_names: bool) -> str:
    """The secret of a new calendar, said once; the former one leads nowhere any more."""
    with uow:
        secret = uow.tokens.identifier()
        uow.calendar_feeds.open(CalendarFeed(account.id, with_names, now), digest_of(secret))
        uow.audit_log.add(AuditEntry(now, account.id, "new_calendar_address", ""))
        uow.commit()
        return secret


def close_feed(uow: UnitOfWork, account: Account, now: datetime) -> None:
    """Close it at once."""
    with uow:
        uow.calendar_feeds.close(account.id)
        uow.audit_log.add(AuditEntry(now, account.id, "close_calendar", ""))
        uow.commit()


def follow(uow: UnitOfWork, secret: str, now: datetime) -> Followed:
    """The appointments of whoever this secret belongs to; `LookupError` for any other secret."""
    with uow.reading() as view:
        feed = view.calendar_feeds.with_digest(digest_of(secret))
        account = view.accounts.get(feed.account_id) if feed else None
        if feed is None or account is None or not account.may(Right.AGENDA):
            raise LookupError("no calendar has this secret")
        found = view.diary.between(account, now - PAST, now + AHEAD)
        kept = [each for each in found if each.state not in _GIVEN_UP]
        codes = {each.relay_point_code for each in kept}
        points = {point.code: point for point in map(view.relay_points.get, sorted(codes)) if point}
    if feed.read_at is None or now - feed.read_at >= NOTED_EVERY:
        _note(uow, account, now)
    return Followed(feed.with_names, kept, points)


def _note(uow: UnitOfWork, account: Account, now: datetime) -> None:
    with uow:
        uow.calendar_feeds.read(account.id, now)
        uow.audit_log.add(AuditEntry(now, account.id, "read_calendar", ""))
        uow.commit()
