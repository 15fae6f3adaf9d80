"""Tables of the console: accounts, who they are elsewhere, who is signed in, and the audit log, which only grows."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, String, Table, Text, UniqueConstraint

from bot.storage.metadata import metadata
from bot.storage.types import RowNumber, UtcDateTime

accounts = Table(
    "accounts",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("login", String(254), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    # Names of roles, separated by spaces.
    Column("roles", String(80), nullable=False),
    Column("adviser_id", ForeignKey("advisers.id")),
    Column("password_hash", String(255), nullable=False),
    Column("totp_secret", String(64), nullable=False),
    Column("totp_step", BigInteger, nullable=False),
    Column("disabled_at", UtcDateTime),
    Column("demonstration", Boolean, nullable=False),
)

account_points = Table(
    "account_points",
    metadata,
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("relay_point_code", ForeignKey("relay_points.code"), primary_key=True),
)

# Somebody of a provider is one account, and an account is one person there.
account_identities = Table(
    "account_identities",
    metadata,
    Column("issuer", String(255), primary_key=True),
    Column("subject", String(255), primary_key=True),
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    UniqueConstraint("issuer", "account_id"),
)

sign_ins = Table(
    "sign_ins",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("last_seen_at", UtcDateTime, nullable=False, index=True),
)

# Triggers refuse any change, and any deletion before six months (migration 0001).
audit_log = Table(
    "audit_log",
    metadata,
    Column("id", RowNumber, primary_key=True),
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("account_id", String(64), nullable=False),
    Column("act", String(40), nullable=False),
    Column("subject", String(80), nullable=False),
)
