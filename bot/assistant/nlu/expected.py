"""What the assistant has just asked, as the channel tells it with the message (`expects`: `<form>.<slot>`)."""

from enum import Enum

from rasa.shared.nlu.training_data.message import Message

from bot.domain.booking.intake import Topic


class Expected(Enum):
    """The kind of answer waited for."""

    NOTHING = "nothing"
    PLACE = "place"
    TIME = "time"
    NAME = "name"
    CONTACT = "contact"
    REFERENCE = "reference"
    AGREEMENT = "agreement"
    FACT = "fact"
    FREE = "free"
    OPINION = "opinion"
    REASON = "reason"


_BY_SLOT = {
    "place": Expected.PLACE,
    "relay_point": Expected.PLACE,
    "wish": Expected.TIME,
    "opening": Expected.TIME,
    "mode": Expected.TIME,
    "name": Expected.NAME,
    "person_name": Expected.NAME,
    "contact": Expected.CONTACT,
    "proof": Expected.CONTACT,
    "reference": Expected.REFERENCE,
    "confirmation": Expected.AGREEMENT,
    "booking_confirmed": Expected.AGREEMENT,
    "manage_confirmed": Expected.AGREEMENT,
    "agreement": Expected.AGREEMENT,
    "earlier": Expected.AGREEMENT,
    **dict.fromkeys((*(topic.value for topic in Topic), "review", "which"), Expected.FREE),
    "erase_appointment": Expected.AGREEMENT,
    "erase_confirmed": Expected.AGREEMENT,
    "helped": Expected.OPINION,
    "reason": Expected.REASON,
}


def is_offered(message: Message) -> bool:
    """Whether the message is, word for word, a choice of the question it follows."""
    metadata = message.get("metadata")
    return isinstance(metadata, dict) and bool(metadata.get("offered"))


def expected_of(message: Message) -> Expected:
    """What this message may be answering; any other question of a form asks for a fact."""
    metadata = message.get("metadata")
    asked = metadata.get("expects") if isinstance(metadata, dict) else None
    form, _, slot = asked.partition(".") if isinstance(asked, str) else ("", "", "")
    return _BY_SLOT.get(slot, Expected.FACT) if form and slot else Expected.NOTHING
