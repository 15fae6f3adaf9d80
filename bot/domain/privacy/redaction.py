"""What nobody may read in a log: found in a text, and replaced by a word that says what was there."""

import json
import re
from typing import Any

from bot.domain.text.patterns import FOREIGN_PHONE, FRENCH_PHONE, PRINTED_EMAIL

LONGEST = 2_000
"""A line of log is short; what is longer is a tracker, a page or a letter."""
HIDDEN = "[hidden]"

_PERSONAL_NAMES = (
    "first_name|last_name|person_name|email|phone|contact|proof|reference|place|wish|opening_words|text|user_message"
    "|message|sender|sender_id|recipient_id|conversation_id|password|secret|token|totp|code|authorization|cookie"
    "|metadata|slots|tracker|events|latest_message"
)
_SIGNS: tuple[tuple[re.Pattern[str], str], ...] = (
    # What frameworks print of a request or a statement goes to the end of the text.
    (re.compile(r"\[?\bparameters\b\s*[:=].*", re.DOTALL | re.IGNORECASE), "[parameters]"),
    (re.compile(r"\b(?:request_)?body\s*[:=].*", re.DOTALL | re.IGNORECASE), "[body]"),
    (re.compile(r"\bDETAIL:.*", re.DOTALL), "[detail]"),
    (re.compile(r"\bexception=(\w+)\(.*", re.DOTALL), r"exception=\1([hidden])"),
    (re.compile(r"(\w+://)[^/\s@:]+:[^@\s]+@"), r"\1[credentials]@"),
    (re.compile(PRINTED_EMAIL), "[e-mail]"),
    (re.compile(r"\bCEP[-\s]?[0-9A-Z]{4}[-\s]?[0-9A-Z]{4}\b", re.IGNORECASE), "[reference]"),
    (re.compile(r"\b(?:w|tg|dev)-[A-Za-z0-9_-]{6,64}"), "[conversation]"),
    (re.compile(r"(/(?:r|place|confirmer|webhooks/telegram)/)[\w-]{8,}"), r"\1[secret]"),
    (re.compile(r"\?[\w.%-]+=[^\s'\"]*"), "?[query]"),
    (re.compile(rf"(?<![\w.:-])(?:{FOREIGN_PHONE}|{FRENCH_PHONE})(?!\w)"), "[phone]"),
    (
        re.compile(
            rf"""(['"]?\b(?:{_PERSONAL_NAMES})['"]?\s*[:=]\s*)('[^']*'|"[^"]*"|\[[^\]]*\]|\{{[^}}]*\}}|[^\s,;)}}\]]+)""",
            re.IGNORECASE,
        ),
        rf"\1{HIDDEN}",
    ),
)
# A framework quotes the person: what it puts between quotes with a space inside is taken for words said.
_QUOTED = re.compile(r"""(['"«“])[^'"»”\n]*\s[^'"»”\n]*(['"»”])""")
_KEPT_OF_AN_EVENT = ("event", "level", "timestamp")


def redact(text: str, *, foreign: bool = False) -> str:
    """The text without what leads to a person; `foreign` for words that are not of our own code."""
    event = _of_an_event(text)
    kept = text if event is None else event
    for sign, word in _SIGNS:
        kept = sign.sub(word, kept)
    if foreign and event is None:
        kept = _QUOTED.sub(rf"\1{HIDDEN}\2", kept)
    return kept if len(kept) <= LONGEST else kept[:LONGEST] + f"… [{len(kept) - LONGEST} more]"


def _of_an_event(text: str) -> str | None:
    """Of what Rasa writes as JSON, the name of what happened and where it failed: never the values."""
    if not text.startswith("{"):
        return None
    try:
        event = json.loads(text)
    except ValueError:
        return None
    if not isinstance(event, dict):
        return None
    kept = {name: event[name] for name in _KEPT_OF_AN_EVENT if name in event}
    failures = [_failure(each) for each in _dicts(event.get("exception"))]
    return json.dumps({**kept, "failures": failures} if failures else kept, ensure_ascii=False)


def _failure(failure: dict[str, Any]) -> str:
    frames = _dicts(failure.get("frames"))
    where = f" at {frames[-1].get('filename')}:{frames[-1].get('lineno')}" if frames else ""
    return f"{failure.get('exc_type')}{where}"


def _dicts(value: object) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
