"""How long what people said and gave is kept; past it, only what no longer names anybody stays."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Retention:
    """Every duration is a setting of the territory, counted from what ended."""

    appointment_days: int = 183
    conversation_hours: int = 24
    handover_days: int = 30
    intake_days: int = 30
    receipt_days: int = 183
    proof_hours: int = 24
    question_days: int = 90
    feedback_days: int = 365
    exchange_days: int = 730
    record_days: int = 365
    sign_in_hours: int = 24
