"""Notices in words: for each kind a letter (text and HTML, the subject first) and a few words for small screens."""

import re
from collections.abc import Mapping
from typing import Any

from jinja2 import TemplateNotFound

from bot.domain.notifications.notices import Attachment, Letter
from bot.gateways.templates import environment

_PREFIX = "appointment_"
_GAPS = re.compile(r"\n{3,}")


def write(kind: str, words: Mapping[str, Any], attachments: tuple[Attachment, ...] = ()) -> Letter:
    """The letter of this kind, filled in; `LookupError` when no template tells it."""
    subject, text = _rendered(kind, "txt", words).split("\n", 1)
    html = _rendered(kind, "html", {**words, "subject": subject.strip()})
    # What a letter leaves out leaves its blank lines behind.
    return Letter(subject.strip(), _GAPS.sub("\n\n", text).strip() + "\n", attachments, html)


def in_short(kind: str, words: Mapping[str, Any]) -> list[str]:
    """A notice of this kind in one line, the fullest first, then shorter; `LookupError` when no template tells it."""
    lines = _rendered(kind, "short.txt", words).splitlines()
    return [" ".join(line.split()) for line in lines if line.strip()]


def _rendered(kind: str, form: str, words: Mapping[str, Any]) -> str:
    try:
        template = environment().get_template(f"{kind.removeprefix(_PREFIX)}.{form}")
    except TemplateNotFound:
        raise LookupError(f"no letter is written for {kind}") from None
    return str(template.render(words))
