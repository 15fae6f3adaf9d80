"""The adapter of an existing appointment: its limits, other times, what follows it, earlier openings."""

from collections.abc import Mapping
from datetime import datetime

from actions.booking_adapter import BookingAdapter
from bot.app import container
from bot.domain.booking.appointments import Appointment, State, cancel_limit, move_limit
from bot.domain.text.french_format import moment
from bot.services import booking
from bot.services.conversations import next_steps
from bot.services.dialogue.ports import Offer


class AppointmentAdapter(BookingAdapter):
    """The agenda and an existing appointment, for one conversation during one turn."""

    def see(self, reference: str, proof: str) -> Mapping[str, str]:
        """The words of a proven appointment, with what is too late."""
        found = self.proven(reference, proof)
        return {**self.appointment_words(found), "blocked": self._blocked(found)}

    def proven(self, reference: str, proof: str) -> Appointment:
        """The appointment, once its reference and contact agree; `AppointmentNotFound`, `TooManyAttempts`."""
        return booking.prove(self._uow(), reference, proof, self.conversation_id, self.now, self.rules)

    def other_times(self, reference: str, proof: str, wish_text: str | None) -> list[Offer]:
        """Openings where the appointment is, other than its own; elsewhere when that place receives nobody now."""
        current = self.proven(reference, proof)
        wish = self._wish(wish_text)
        found = booking.propose_move(self._uow(), current, wish, self.now, self.rules)
        return self._offers(self._fitting(found, wish), _kind_of(current.rank, current))

    def next_times(self, reference: str, proof: str, wish_text: str | None, *, other_adviser: bool) -> list[Offer]:
        """Openings for the next appointment of the path."""
        seen = booking.last_seen(self._uow(), self.proven(reference, proof), self.rules)
        wish = self._wish(wish_text)
        found = booking.propose_next(self._uow(), seen, wish, self.now, self.rules, same_adviser=not other_adviser)
        return self._offers(self._fitting(found, wish), _kind_of(seen.rank + 1, seen))

    def wait_earlier(self, reference: str, proof: str) -> Mapping[str, str]:
        """What is kept for this appointment; without anything, it is put on the list."""
        offer = booking.want_earlier(self._uow(), self.proven(reference, proof), self.now)
        if offer is None:
            return {}
        return {**self._words(offer.opening), "offer": offer.id}

    def decline_earlier(self, offer: str) -> None:
        """Give back what was kept."""
        booking.decline(self._uow(), offer)

    def try_again(self, at: datetime) -> Mapping[str, str]:
        """Note from when the person may try again."""
        step = next_steps.leave_to_the_person(self._uow(), self.conversation_id, next_steps.PROVE, at)
        return {"again": moment(step.due_at)}

    def _blocked(self, found: Appointment) -> str:
        if found.state is not State.BOOKED or found.starts_at <= self.now:
            return "closed move cancel"
        if self.now > cancel_limit(found.starts_at, self.rules):
            return "move cancel"
        return "move" if self.now > move_limit(found.starts_at, self.rules) else ""


def change(purpose: str, slots: Mapping[str, object], adapter: AppointmentAdapter) -> Appointment:
    """Do what was confirmed: the appointment as it stands afterwards, or a refusal of the trade."""
    uow = container.unit_of_work()
    if purpose == "take_earlier":
        return booking.accept(uow, str(slots.get("earlier_offer")), adapter.now, adapter.rules)
    proven = adapter.proven(str(slots.get("reference")), str(slots.get("proof")))
    if purpose == "cancel":
        return booking.cancel(uow, proven, adapter.now, adapter.rules)
    do = booking.follow if purpose == "follow" else booking.move
    return do(uow, proven, str(slots.get("hold")), adapter.now, adapter.rules)


def _kind_of(rank: int, current: Appointment) -> Offer:
    """What an offer keeps of the appointment it is for, when that is no new first one."""
    return {"rank": rank, "from": current.starts_at.isoformat()}
