"""What the assistant has just asked, as the channel tells it with the message (`expects`: `<form>.<slot>`)."""

from rasa.shared.nlu.training_data.message import Message

from bot.services.dialogue.forms import FORMS
from bot.services.dialogue.forms import Expected as Expected

_OPINION = {"helped": Expected.OPINION, "reason": Expected.REASON}
"""Asked after an answer, by no form."""


def is_offered(message: Message) -> bool:
    """Whether the message is, word for word, a choice of the question it follows."""
    metadata = message.get("metadata")
    return isinstance(metadata, dict) and bool(metadata.get("offered"))


def expected_of(message: Message) -> Expected:
    """What this message may be answering; any other question of a form asks for a fact."""
    metadata = message.get("metadata")
    asked = metadata.get("expects") if isinstance(metadata, dict) else None
    form, _, slot = asked.partition(".") if isinstance(asked, str) else ("", "", "")
    if not form or not slot:
        return Expected.NOTHING
    questions = FORMS[form].questions if form in FORMS else _OPINION
    return questions.get(slot, Expected.FACT)
