"""Letters about appointments: a template per kind of notice, its first line the subject."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from jinja2 import TemplateNotFound

from bot.domain.letters import Attachment, Letter
from bot.gateways.templates import environment

_PREFIX = "appointment_"
_GAPS = re.compile(r"\n{3,}")


def write(kind: str, words: Mapping[str, Any], attachments: tuple[Attachment, ...] = ()) -> Letter:
    """The letter of this kind, filled in; `LookupError` when no template tells it."""
    try:
        template = environment().get_template(f"{kind.removeprefix(_PREFIX)}.txt")
    except TemplateNotFound:
        raise LookupError(f"no letter is written for {kind}") from None
    subject, text = template.render(words).split("\n", 1)
    # What a letter leaves out leaves its blank lines behind.
    return Letter(subject.strip(), _GAPS.sub("\n\n", text).strip() + "\n", attachments)
