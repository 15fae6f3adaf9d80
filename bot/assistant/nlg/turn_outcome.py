"""How a message was taken, told from the responses that answered it; what was said stays where it is."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.conversation.turns import Opinion, Turn, TurnOutcome

TAKEN = "taken"
"""What a reply put together here says of the message it answers: see `bot.assistant.nlg.replies`."""
_CARE = "utter_care_"
_MISSED = "utter_missed_"
_ASKED_AGAIN = frozenset({"utter_which_place", "utter_which_moment", "utter_need_a_town"})
_BY_RESPONSE = {
    "utter_technical_problem": TurnOutcome.FAILED,
    "utter_missed_again": TurnOutcome.TWO_MISSES,
    "utter_out_of_scope": TurnOutcome.OUT_OF_SCOPE,
    "utter_default": TurnOutcome.FALLBACK,
}


def turn_of(said: Sequence[Mapping[str, Any]]) -> Turn:
    """The turn these replies make; words of care leave nothing to count."""
    names = [str(reply.get("utter_action") or "") for reply in said]
    if not names or any(name.startswith(_CARE) for name in names):
        return Turn()
    told: Mapping[str, Any] = next((reply[TAKEN] for reply in said if reply.get(TAKEN)), {})
    return Turn(
        outcome=TurnOutcome(told["outcome"]) if "outcome" in told else _outcome(names),
        near=str(told.get("near") or ""),
        is_kept=bool(told.get("is_kept")),
        opinion=Opinion(**told["opinion"]) if told.get("opinion") else None,
    )


def _outcome(names: Sequence[str]) -> TurnOutcome:
    for name in names:
        if name in _BY_RESPONSE:
            return _BY_RESPONSE[name]
    if any(name.startswith(_MISSED) or name in _ASKED_AGAIN for name in names):
        return TurnOutcome.CLARIFIED
    return TurnOutcome.UNDERSTOOD
