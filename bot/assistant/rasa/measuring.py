"""What is measured of Rasa itself: the time to understand, and whether it did."""

from __future__ import annotations

from typing import Any

from rasa.core.processor import MessageProcessor

from bot import metrics

NOT_UNDERSTOOD = frozenset({"nlu_fallback", "out_of_scope"})


def install(processor: MessageProcessor) -> None:
    """Have this processor measure each message it reads."""
    parse = processor.parse_message

    async def measured(*arguments: Any, **named: Any) -> dict[str, Any]:
        with metrics.timed(metrics.NLU_SECONDS):
            read = await parse(*arguments, **named)
        intent = str((read.get("intent") or {}).get("name"))
        metrics.UNDERSTOOD.labels(intent if intent in NOT_UNDERSTOOD else "understood").inc()
        return dict(read)

    processor.parse_message = measured
