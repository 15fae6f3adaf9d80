"""Tables of what advisers ask one another: situations, answers, whom they helped, who read up to when."""

from sqlalchemy import Boolean, Column, ForeignKey, String, Table, Text

from bot.storage.metadata import metadata
from bot.storage.types import RowNumber, UtcDateTime

exchanges = Table(
    "exchanges",
    metadata,
    Column("id", RowNumber, primary_key=True),
    Column("theme", String(20), nullable=False),
    Column("title", Text, nullable=False),
    Column("situation", Text, nullable=False),
    Column("question", Text, nullable=False),
    # The same words without capitals or accents.
    Column("searched", Text, nullable=False),
    # Nobody, once the account is closed.
    Column("account_id", ForeignKey("accounts.id", ondelete="SET NULL"), index=True),
    Column("unnamed", Boolean, nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("active_at", UtcDateTime, nullable=False, index=True),
    Column("corrected_at", UtcDateTime),
    Column("withdrawn_at", UtcDateTime),
    # Empty when its author took it away.
    Column("reason", Text, nullable=False),
    Column("demonstration", Boolean, nullable=False),
    # A form sent twice opens one exchange.
    Column("sending", String(64), nullable=False, unique=True),
    # The record names them for months: no number may ever be given twice.
    sqlite_autoincrement=True,
)

exchange_replies = Table(
    "exchange_replies",
    metadata,
    Column("id", RowNumber, primary_key=True),
    Column("exchange_id", ForeignKey("exchanges.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("words", Text, nullable=False),
    Column("searched", Text, nullable=False),
    Column("account_id", ForeignKey("accounts.id", ondelete="SET NULL"), index=True),
    Column("unnamed", Boolean, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("corrected_at", UtcDateTime),
    Column("withdrawn_at", UtcDateTime),
    Column("reason", Text, nullable=False),
    Column("sending", String(64), nullable=False, unique=True),
    sqlite_autoincrement=True,
)

exchange_marks = Table(
    "exchange_marks",
    metadata,
    Column("reply_id", ForeignKey("exchange_replies.id", ondelete="CASCADE"), primary_key=True),
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
)

exchange_visits = Table(
    "exchange_visits",
    metadata,
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("seen_at", UtcDateTime, nullable=False),
)
