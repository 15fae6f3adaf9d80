"""The forms of `domain.yml`, said once: what each asks, what answers it expects, what it takes for itself.

The journeys, the understanding and the replies read this table; a test compares it with `domain.yml`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

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


@dataclass(frozen=True)
class Form:
    """One form of the domain; the words of a question are `utter_ask_<form>_<slot>`, why it is asked and what is left
    once it is asked, `utter_part_why_…` and `utter_part_status_…`.

    `questions`: the slots asked, in order; `by_purpose`: those of each purpose, when it serves several. `own_intents`
    are taken as answers, where a rule would answer otherwise. `known`: the values told to who asks where they are.
    """

    name: str
    questions: Mapping[str, Expected]
    own_intents: frozenset[str]
    known: tuple[str, ...] = ()
    by_purpose: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def order(self, purpose: str | None = None) -> tuple[str, ...]:
        """Its questions for this purpose, in order."""
        return self.by_purpose.get(purpose or "show", ()) if self.by_purpose else tuple(self.questions)

    def left(self, asked: str | None, purpose: str | None = None) -> tuple[str, ...]:
        """The question asked and those that follow; the last one alone when none is being asked."""
        order = self.order(purpose)
        return order[order.index(asked) :] if asked in order else order[-1:]

    def is_digression(self, intent: str) -> bool:
        """Whether a rule, not this form, answers a message of this intent."""
        return _is_digression(intent) and intent not in self.own_intents


BOOKING = Form(
    "booking_form",
    {
        "place": Expected.PLACE,
        "opening": Expected.TIME,
        "person_name": Expected.NAME,
        "contact": Expected.CONTACT,
        "booking_confirmed": Expected.AGREEMENT,
    },
    frozenset({"book_appointment", "find_relay_point"}),
    known=("place_label", "moment", "person", "contact_words"),
)
NEAREST = Form("nearest_form", {"place": Expected.PLACE}, frozenset({"find_relay_point"}), known=("place_label",))
ELIGIBILITY = Form("eligibility_form", {"fact": Expected.FACT}, frozenset({"check_eligibility"}))
APPOINTMENT = Form(
    "appointment_form",
    {
        "reference": Expected.REFERENCE,
        "proof": Expected.CONTACT,
        "opening": Expected.TIME,
        "manage_confirmed": Expected.AGREEMENT,
    },
    frozenset({"show_appointment", "move_appointment", "cancel_appointment", "follow_appointment", "ask_earlier"}),
    known=("reference", "moment"),
    by_purpose={
        "show": ("reference", "proof"),
        "cancel": ("reference", "proof", "manage_confirmed"),
        "move": ("reference", "proof", "opening", "manage_confirmed"),
        "follow": ("reference", "proof", "opening", "manage_confirmed"),
        "earlier": ("reference", "proof"),
        "take_earlier": ("reference", "proof", "manage_confirmed"),
    },
)
INTAKE = Form(
    "intake_form",
    {
        **dict.fromkeys((topic.value for topic in Topic), Expected.FREE),
        "review": Expected.FREE,
        "which": Expected.FREE,
        "agreement": Expected.AGREEMENT,
        "earlier": Expected.AGREEMENT,
    },
    frozenset({"prepare_interview"}),
)
ERASURE = Form(
    "erase_form",
    {"erase_appointment": Expected.AGREEMENT, "erase_confirmed": Expected.AGREEMENT},
    frozenset({"erase_data", "cancel_appointment", "show_appointment", "book_appointment"}),
)
FORMS: Mapping[str, Form] = {form.name: form for form in (BOOKING, NEAREST, ELIGIBILITY, APPOINTMENT, INTAKE, ERASURE)}

CARE = "care_"
"""What every intent of distress begins with."""

# Answered by a rule of their own, after which the journey's question comes back untouched.
DIGRESSIONS = frozenset(
    """
    faq explain_levels greet goodbye thanks bot_challenge help start_over stop ask_why ask_status repeat more
    ask_source ask_since ask_other_scheme not_clear insult erase_data ask_data other_language out_of_scope
    ask_adviser book_appointment find_relay_point move_appointment
    cancel_appointment show_appointment follow_appointment ask_earlier check_eligibility what_if prepare_interview
    withdraw_intake go_on_elsewhere
    """.split()
)


def is_digression(form: str, intent: str) -> bool:
    """Whether a rule, not this form, answers a message of this intent."""
    return FORMS[form].is_digression(intent) if form in FORMS else _is_digression(intent)


def _is_digression(intent: str) -> bool:
    return intent in DIGRESSIONS or intent.startswith(CARE)
