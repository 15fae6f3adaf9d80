"""The first schema: every table, and what keeps two of them from being rewritten.

A frozen copy: what `bot.storage.tables` becomes later is the business of later migrations.
"""

from alembic import op
from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    JSON,
    MetaData,
    String,
    Table,
    Text,
    Time,
    UniqueConstraint,
    false,
    text,
)

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SCHEMA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
AT = DateTime(timezone=True)
NUMBER = BigInteger().with_variant(Integer(), "sqlite")
_ON_THE_PATH = text("state IN ('booked', 'seen')")
_ACTIVE_FIRST = text("state = 'booked' AND rank = 1")
_IN_A_CONVERSATION = text("conversation_id <> ''")
_OFFERED = text("state = 'open'")
_OPEN = text("state IN ('waiting', 'taken')")
_WAITING = text("done_at IS NULL")

Table(
    "relay_points", SCHEMA,
    Column("code", String(64), primary_key=True),
    Column("name", Text, nullable=False),
    Column("organisation", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("postcode", String(10), nullable=False),
    Column("city", Text, nullable=False),
    Column("department", String(3), nullable=False),
    Column("latitude", Float, nullable=False),
    Column("longitude", Float, nullable=False),
    Column("phone", String(20), nullable=False),
    Column("email", String(254), nullable=False),
    Column("opening_hours", Text, nullable=False),
    Column("access", Text, nullable=False),
    Column("step_free", Boolean),
    Column("time_zone", String(64), nullable=False),
    Column("alsace_moselle", Boolean, nullable=False),
    Column("serves", Text, nullable=False),
    Column("closed_on", Date),
    Column("demonstration", Boolean, nullable=False),
    Index("ix_relay_points_latitude_longitude", "latitude", "longitude"),
)
Table(
    "advisers", SCHEMA,
    Column("id", String(64), primary_key=True),
    Column("name", Text, nullable=False),
    Column("demonstration", Boolean, nullable=False),
)
Table(
    "weekly_ranges", SCHEMA,
    Column("id", Integer, primary_key=True),
    Column("adviser_id", ForeignKey("advisers.id"), nullable=False),
    Column("relay_point_code", ForeignKey("relay_points.code"), nullable=False, index=True),
    Column("weekday", Integer, nullable=False),
    Column("starts", Time, nullable=False),
    Column("ends", Time, nullable=False),
    Column("modes", String(40), nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("valid_until", Date),
    CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
    CheckConstraint("starts < ends", name="order"),
)
Table(
    "closures", SCHEMA,
    Column("id", Integer, primary_key=True),
    Column("relay_point_code", ForeignKey("relay_points.code")),
    Column("adviser_id", ForeignKey("advisers.id")),
    Column("starts_at", AT, nullable=False),
    Column("ends_at", AT, nullable=False, index=True),
    Column("reason", Text, nullable=False),
    CheckConstraint("starts_at < ends_at", name="order"),
)
Table(
    "interviews", SCHEMA,
    Column("appointment_id", ForeignKey("appointments.id", ondelete="CASCADE"), primary_key=True),
    Column("minutes", Integer, nullable=False),
    Column("level", Integer),
    Column("sequel", String(20), nullable=False),
    Column("noted_at", AT, nullable=False),
    Column("noted_by", String(64), nullable=False),
    CheckConstraint("minutes > 0", name="minutes"),
)
Table(
    "calendar_feeds", SCHEMA,
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("digest", String(64), nullable=False, unique=True),
    Column("with_names", Boolean, nullable=False),
    Column("opened_at", AT, nullable=False),
    Column("read_at", AT),
)
Table(
    "holds", SCHEMA,
    Column("id", String(64), primary_key=True),
    Column("conversation_id", String(255), nullable=False, unique=True),
    Column("adviser_id", ForeignKey("advisers.id"), nullable=False),
    Column("relay_point_code", ForeignKey("relay_points.code"), nullable=False),
    Column("starts_at", AT, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("mode", String(20), nullable=False),
    Column("ends_at", AT, nullable=False, index=True),
    Column("renewed", Boolean, nullable=False),
)
Table(
    "appointments", SCHEMA,
    Column("id", String(64), primary_key=True),
    Column("reference", String(20), nullable=False, unique=True),
    Column("idempotency_key", String(255), nullable=False, unique=True),
    Column("conversation_id", String(255), nullable=False, index=True),
    Column("adviser_id", ForeignKey("advisers.id"), nullable=False),
    Column("relay_point_code", ForeignKey("relay_points.code"), nullable=False),
    Column("starts_at", AT, nullable=False, index=True),
    Column("minutes", Integer, nullable=False),
    Column("mode", String(20), nullable=False),
    Column("state", String(20), nullable=False),
    Column("rank", Integer, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("first_name", Text, nullable=False),
    Column("last_name", Text, nullable=False),
    Column("email", String(254)),
    Column("phone", String(20)),
    Column("email_digest", String(64)),
    Column("phone_digest", String(64)),
    Column("booked_at", AT, nullable=False),
    Column("follows_id", String(64)),
    Column("terms_version", String(20), nullable=False, server_default=""),
    Index(
        "uq_appointments_following",
        "follows_id",
        unique=True,
        sqlite_where=_ON_THE_PATH,
        postgresql_where=_ON_THE_PATH,
    ),
    Index(
        "uq_appointments_active_email",
        "email_digest",
        unique=True,
        sqlite_where=_ACTIVE_FIRST,
        postgresql_where=_ACTIVE_FIRST,
    ),
    Index(
        "uq_appointments_active_phone",
        "phone_digest",
        unique=True,
        sqlite_where=_ACTIVE_FIRST,
        postgresql_where=_ACTIVE_FIRST,
    ),
)
Table(
    "taken_quarters", SCHEMA,
    Column("adviser_id", ForeignKey("advisers.id"), primary_key=True),
    Column("quarter_at", AT, primary_key=True),
    Column("hold_id", ForeignKey("holds.id", ondelete="CASCADE"), index=True),
    Column("appointment_id", ForeignKey("appointments.id", ondelete="CASCADE"), index=True),
    CheckConstraint("(hold_id IS NULL) <> (appointment_id IS NULL)", name="one_owner"),
)
Table(
    "appointment_history", SCHEMA,
    Column("id", Integer, primary_key=True),
    Column("appointment_id", ForeignKey("appointments.id"), nullable=False, index=True),
    Column("at", AT, nullable=False),
    Column("what", String(40), nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("state", String(20), nullable=False),
    Column("starts_at", AT, nullable=False),
    Column("adviser_id", String(64), nullable=False),
    Column("relay_point_code", String(64), nullable=False),
    Column("idempotency_key", String(255), unique=True),
    Column("actor", String(64), nullable=False, server_default=""),
)
Table(
    "proof_attempts", SCHEMA,
    Column("id", Integer, primary_key=True),
    Column("reference_digest", String(64), nullable=False, index=True),
    Column("origin_digest", String(64), nullable=False, index=True),
    Column("at", AT, nullable=False, index=True),
)
Table(
    "appointment_links", SCHEMA,
    Column("digest", String(64), primary_key=True),
    Column("appointment_id", ForeignKey("appointments.id", ondelete="CASCADE"), nullable=False, unique=True),
)
Table(
    "request_receipts", SCHEMA,
    Column("number", String(20), primary_key=True),
    Column("requested_at", AT, nullable=False),
)
Table(
    "drafts", SCHEMA,
    Column("digest", String(64), primary_key=True),
    Column("id", String(64), nullable=False, unique=True),
    Column("touched_at", AT, nullable=False, index=True),
    Column("content", JSON, nullable=False),
)
Table(
    "intakes", SCHEMA,
    Column("id", String(64), primary_key=True),
    Column("conversation_id", String(80), nullable=False),
    Column("appointment_id", ForeignKey("appointments.id", ondelete="CASCADE"), unique=True),
    Column("decided_at", AT, nullable=False),
    Column("agreed", Boolean, nullable=False),
    Column("lines", JSON, nullable=False),
    Column("for_request", Boolean, nullable=False),
    Column("earlier_until", BigInteger, nullable=False),
    Index(
        "uq_intakes_conversation",
        "conversation_id",
        unique=True,
        sqlite_where=_IN_A_CONVERSATION,
        postgresql_where=_IN_A_CONVERSATION,
    ),
)
Table(
    "earlier_wishes", SCHEMA,
    Column("appointment_id", ForeignKey("appointments.id", ondelete="CASCADE"), primary_key=True),
    Column("asked_at", AT, nullable=False),
    Column("offers_made", Integer, nullable=False),
    Column("closed_at", AT),
)
Table(
    "earlier_offers", SCHEMA,
    Column("id", String(40), primary_key=True),
    Column("appointment_id", ForeignKey("appointments.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("hold_id", String(64), nullable=False),
    Column("opening", Text, nullable=False),
    Column("offered_at", AT, nullable=False),
    Column("until", AT, nullable=False),
    Column("state", String(10), nullable=False),
    CheckConstraint("state IN ('open', 'accepted', 'declined', 'expired')", name="state"),
    Index("uq_earlier_offers_open", "appointment_id", unique=True, sqlite_where=_OFFERED, postgresql_where=_OFFERED),
)
Table(
    "accounts", SCHEMA,
    Column("id", String(64), primary_key=True),
    Column("login", String(254), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("roles", String(80), nullable=False),
    Column("adviser_id", ForeignKey("advisers.id")),
    Column("password_hash", String(255), nullable=False),
    Column("totp_secret", String(64), nullable=False),
    Column("totp_step", BigInteger, nullable=False),
    Column("disabled_at", AT),
    Column("demonstration", Boolean, nullable=False),
)
Table(
    "account_points", SCHEMA,
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("relay_point_code", ForeignKey("relay_points.code"), primary_key=True),
)
Table(
    "account_identities", SCHEMA,
    Column("issuer", String(255), primary_key=True),
    Column("subject", String(255), primary_key=True),
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    UniqueConstraint("issuer", "account_id"),
)
Table(
    "sign_ins", SCHEMA,
    Column("digest", String(64), primary_key=True),
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("opened_at", AT, nullable=False),
    Column("last_seen_at", AT, nullable=False, index=True),
)
Table(
    "audit_log", SCHEMA,
    Column("id", NUMBER, primary_key=True),
    Column("at", AT, nullable=False, index=True),
    Column("account_id", String(64), nullable=False),
    Column("act", String(40), nullable=False),
    Column("subject", String(80), nullable=False),
)
Table(
    "conversations", SCHEMA,
    Column("id", String(80), primary_key=True),
    Column("channel", String(20), nullable=False),
    Column("state", String(10), nullable=False),
    Column("adviser_id", String(64)),
    Column("version", Integer, nullable=False),
    Column("opened_at", AT, nullable=False),
    Column("last_user_at", AT, index=True),
    CheckConstraint("state IN ('bot', 'waiting', 'human', 'closed')", name="state"),
)
Table(
    "messages", SCHEMA,
    Column("id", NUMBER, primary_key=True),
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
    Column("author", String(10), nullable=False),
    Column("text", Text, nullable=False),
    Column("choices", JSON, nullable=False),
    Column("offers", Boolean, nullable=False),
    Column("expects", String(80)),
    Column("extras", JSON, nullable=False),
    Column("client_id", String(80)),
    Column("reply_to", NUMBER),
    Column("hidden", Boolean, nullable=False),
    Column("awaited", Boolean, nullable=False, server_default=false()),
    Column("created_at", AT, nullable=False),
    CheckConstraint("author IN ('user', 'bot', 'adviser', 'system')", name="author"),
    UniqueConstraint("conversation_id", "client_id"),
    Index("ix_messages_conversation_id_id", "conversation_id", "id"),
    sqlite_autoincrement=True,
)
Table(
    "handovers", SCHEMA,
    Column("id", NUMBER, primary_key=True),
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
    Column("relay_point_code", String(64)),
    Column("state", String(10), nullable=False),
    Column("asked_at", AT, nullable=False, index=True),
    Column("due_at", AT, nullable=False),
    Column("adviser_id", String(64)),
    Column("taken_at", AT),
    Column("closed_at", AT),
    Column("first_message_id", BigInteger, nullable=False, server_default="0"),
    Column("alerted_at", AT),
    CheckConstraint("state IN ('waiting', 'taken', 'closed')", name="state"),
    Index("uq_handovers_open", "conversation_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
)
Table(
    "next_steps", SCHEMA,
    Column("id", NUMBER, primary_key=True),
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), index=True),
    Column("appointment_id", ForeignKey("appointments.id", ondelete="CASCADE"), index=True),
    Column("kind", String(40), nullable=False),
    Column("due_at", AT, nullable=False, index=True),
    Column("owner", String(64), nullable=False),
    Column("done_at", AT),
    CheckConstraint("conversation_id IS NOT NULL OR appointment_id IS NOT NULL", name="about_something"),
)
Table(
    "visitor_tokens", SCHEMA,
    Column("digest", String(64), primary_key=True),
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False, unique=True),
    Column("given_at", AT, nullable=False),
)
Table(
    "telegram_chats", SCHEMA,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False, unique=True),
    Column("blocked_at", AT),
    Column("turn_owner", String(64)),
    Column("turn_until", AT),
    Column("sender", String(64)),
    Column("sender_until", AT),
    Column("sent_id", BigInteger, nullable=False),
    Column("sent_parts", Integer, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("next_try_at", AT),
)
Table(
    "telegram_updates", SCHEMA,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("chat_id", BigInteger),
    Column("kind", String(20), nullable=False),
    Column("content", JSON, nullable=False),
    Column("received_at", AT, nullable=False, index=True),
    Column("done_at", AT),
    Index("ix_telegram_updates_waiting", "chat_id", "update_id", sqlite_where=_WAITING, postgresql_where=_WAITING),
)
Table(
    "transfer_codes", SCHEMA,
    Column("digest", String(64), primary_key=True),
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False, unique=True),
    Column("ends_at", AT, nullable=False),
)
Table(
    "outbox", SCHEMA,
    Column("id", NUMBER, primary_key=True),
    Column("kind", String(40), nullable=False),
    Column("subject_id", String(80), nullable=False, index=True),
    Column("payload", JSON, nullable=False),
    Column("status", String(10), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("due_at", AT, nullable=False),
    Column("next_try_at", AT, nullable=False),
    Column("done_at", AT),
    Column("reason", String(40), nullable=False),
    Column("way", String(10), nullable=False),
    CheckConstraint("status IN ('waiting', 'sent', 'dropped')", name="status"),
    Index("ix_outbox_status_next_try_at", "status", "next_try_at"),
)
Table(
    "erased_conversations", SCHEMA,
    Column("id", String(80), primary_key=True),
    Column("erased_at", AT, nullable=False, index=True),
    Column("finished_at", AT),
)
Table(
    "writings", SCHEMA,
    Column("id", NUMBER, primary_key=True),
    Column("stage", String(10), nullable=False),
    Column("content", JSON, nullable=False),
    Column("authors", JSON, nullable=False),
    Column("version", Integer, nullable=False),
    CheckConstraint("stage IN ('draft', 'proposed', 'approved', 'discarded')", name="stage"),
)
Table(
    "writing_steps", SCHEMA,
    Column("id", NUMBER, primary_key=True),
    Column("writing_id", ForeignKey("writings.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", AT, nullable=False),
    Column("account_id", String(64), nullable=False),
    Column("what", String(20), nullable=False),
    Column("remark", Text, nullable=False),
    Column("content", JSON, nullable=False),
)
Table(
    "unanswered", SCHEMA,
    Column("id", NUMBER, primary_key=True),
    Column("said_on", Date, nullable=False, index=True),
    Column("kind", String(10), nullable=False),
    Column("text", Text, nullable=False),
    Column("near", String(80), nullable=False),
    CheckConstraint("kind IN ('question', 'reason')", name="kind"),
)
Table(
    "counters", SCHEMA,
    Column("counted_on", Date, primary_key=True),
    Column("name", String(40), primary_key=True),
    Column("label", String(120), primary_key=True),
    Column("number", Integer, nullable=False),
)
Table(
    "feedback_asks", SCHEMA,
    Column("digest", String(64), primary_key=True),
    Column("appointment_id", ForeignKey("appointments.id", ondelete="CASCADE"), nullable=False, unique=True),
)
Table(
    "feedbacks", SCHEMA,
    Column("id", NUMBER, primary_key=True),
    Column("month", Date, nullable=False, index=True),
    Column("adviser_id", String(64), nullable=False),
    Column("helped", String(10), nullable=False),
    Column("words", Text, nullable=False),
    Column("batch", BigInteger),
    CheckConstraint("helped IN ('yes', 'partly', 'no')", name="helped"),
    Index("ix_feedbacks_adviser_id_batch", "adviser_id", "batch"),
)
Table(
    "exchanges", SCHEMA,
    Column("id", NUMBER, primary_key=True),
    Column("theme", String(20), nullable=False),
    Column("title", Text, nullable=False),
    Column("situation", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("searched", Text, nullable=False),
    Column("account_id", ForeignKey("accounts.id", ondelete="SET NULL"), index=True),
    Column("unnamed", Boolean, nullable=False),
    Column("opened_at", AT, nullable=False),
    Column("active_at", AT, nullable=False, index=True),
    Column("corrected_at", AT),
    Column("withdrawn_at", AT),
    Column("reason", Text, nullable=False),
    Column("demonstration", Boolean, nullable=False),
    Column("sending", String(64), nullable=False, unique=True),
    sqlite_autoincrement=True,
)
Table(
    "exchange_replies", SCHEMA,
    Column("id", NUMBER, primary_key=True),
    Column("exchange_id", ForeignKey("exchanges.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("words", Text, nullable=False),
    Column("searched", Text, nullable=False),
    Column("account_id", ForeignKey("accounts.id", ondelete="SET NULL"), index=True),
    Column("unnamed", Boolean, nullable=False),
    Column("at", AT, nullable=False),
    Column("corrected_at", AT),
    Column("withdrawn_at", AT),
    Column("reason", Text, nullable=False),
    Column("sending", String(64), nullable=False, unique=True),
    sqlite_autoincrement=True,
)
Table(
    "exchange_marks", SCHEMA,
    Column("reply_id", ForeignKey("exchange_replies.id", ondelete="CASCADE"), primary_key=True),
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
)
Table(
    "exchange_visits", SCHEMA,
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("seen_at", AT, nullable=False),
)
Table(
    "job_runs", SCHEMA,
    Column("name", String(40), primary_key=True),
    Column("last_run_at", AT),
    Column("last_error", String(80), nullable=False),
)

GUARDS_SQLITE = (
    """
CREATE TRIGGER appointment_history_only_grows BEFORE UPDATE ON appointment_history
BEGIN SELECT RAISE(ABORT, 'appointment_history only grows'); END
""",
    """
CREATE TRIGGER audit_log_never_changes BEFORE UPDATE ON audit_log
BEGIN SELECT RAISE(ABORT, 'audit_log only grows'); END
""",
    # An entry younger than six months cannot be deleted, whoever asks.
    """
CREATE TRIGGER audit_log_is_kept BEFORE DELETE ON audit_log
WHEN OLD.at > strftime('%Y-%m-%d %H:%M:%S', 'now', '-180 days')
BEGIN SELECT RAISE(ABORT, 'audit_log only grows'); END
""",
)
GUARDS_POSTGRESQL = (
    """
CREATE FUNCTION appointment_history_only_grows() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'appointment_history only grows'; END $$
""",
    """
CREATE TRIGGER appointment_history_only_grows BEFORE UPDATE ON appointment_history
FOR EACH ROW EXECUTE FUNCTION appointment_history_only_grows()
""",
    """
CREATE FUNCTION audit_log_only_grows() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'audit_log only grows'; END $$
""",
    """
CREATE TRIGGER audit_log_never_changes BEFORE UPDATE ON audit_log
FOR EACH ROW EXECUTE FUNCTION audit_log_only_grows()
""",
    """
CREATE TRIGGER audit_log_is_kept BEFORE DELETE ON audit_log
FOR EACH ROW WHEN (OLD.at > now() - interval '180 days') EXECUTE FUNCTION audit_log_only_grows()
""",
    """
CREATE TRIGGER audit_log_is_not_emptied BEFORE TRUNCATE ON audit_log
FOR EACH STATEMENT EXECUTE FUNCTION audit_log_only_grows()
""",
)


def upgrade() -> None:
    connection = op.get_bind()
    SCHEMA.create_all(connection, checkfirst=False)
    for guard in GUARDS_POSTGRESQL if connection.dialect.name == "postgresql" else GUARDS_SQLITE:
        connection.exec_driver_sql(guard)


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward")
