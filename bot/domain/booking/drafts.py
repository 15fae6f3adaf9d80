"""A request for an appointment being written on the plain pages: what was given so far, and what comes next."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import astuple, dataclass, field, replace
from datetime import datetime
from enum import Enum

from bot.domain.booking.openings import Opening


class Stage(str, Enum):
    """The pages of a request, in order."""

    PLACE = "place"
    POINT = "point"
    OPENING = "opening"
    PERSON = "person"
    RECAP = "recap"
    DONE = "done"


@dataclass(frozen=True)
class Draft:
    """What one browser has given so far; `id` stands for the conversation that holds the opening.

    `tried`: an answer that could not be used, field by field, until a good one comes: its page shows it again.
    """

    id: str
    mode: str = "in_person"
    wish: str = ""
    step_free: bool = False
    place_label: str = field(default="", repr=False)
    latitude: float | None = field(default=None, repr=False)
    longitude: float | None = field(default=None, repr=False)
    department: str = field(default="", repr=False)
    relay_point_code: str = ""
    opening_key: str = ""
    hold_id: str = ""
    hold_until: datetime | None = None
    renewed: bool = False
    first_name: str = field(default="", repr=False)
    last_name: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    for_other: bool = False
    appointment_id: str = ""
    tried: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def owner(self) -> str:
        """The name its hold is kept under."""
        return f"page:{self.id}"

    @property
    def opening(self) -> Opening | None:
        """The opening chosen."""
        return Opening.from_key(self.opening_key) if self.opening_key else None

    @property
    def has_person(self) -> bool:
        """Whether it says who comes and how to reach them."""
        return bool(self.first_name and (self.email or self.phone))

    @property
    def stage(self) -> Stage:
        """The first page that still has something to ask."""
        if self.appointment_id:
            return Stage.DONE
        if not self.relay_point_code:
            return Stage.PLACE if self.latitude is None else Stage.POINT
        if not self.hold_id:
            return Stage.OPENING
        return Stage.RECAP if self.has_person else Stage.PERSON

    @property
    def is_lost(self) -> bool:
        """Whether the opening chosen went to somebody else; the others are looked for around it."""
        return bool(self.opening_key and not self.hold_id and not self.appointment_id)

    @property
    def version(self) -> str:
        """Changes with anything the last page shows: what is confirmed is what was read."""
        shown = replace(self, hold_id="", hold_until=None, renewed=False, tried={})
        return hashlib.sha256(repr(astuple(shown)).encode()).hexdigest()[:16]

    def without_opening(self) -> Draft:
        """The request as it was before an opening was chosen."""
        return replace(self, opening_key="", hold_id="", hold_until=None, renewed=False, tried={})

    def is_held(self, now: datetime) -> bool:
        """Whether its opening is still kept for it."""
        return bool(self.hold_id and self.hold_until and now < self.hold_until)

    def may_show(self, stage: Stage) -> bool:
        """Whether this page can be shown: everything before it is given."""
        order = list(Stage)
        return order.index(stage) <= order.index(self.stage)
