"""Everything of the first version: the network, bookings, conversations, handovers, notices."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

HISTORY_GUARD_SQLITE = """
CREATE TRIGGER appointment_history_only_grows BEFORE UPDATE ON appointment_history
BEGIN SELECT RAISE(ABORT, 'appointment_history only grows'); END
"""
HISTORY_GUARD_POSTGRESQL = """
CREATE FUNCTION appointment_history_only_grows() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'appointment_history only grows'; END $$;
CREATE TRIGGER appointment_history_only_grows BEFORE UPDATE ON appointment_history
FOR EACH ROW EXECUTE FUNCTION appointment_history_only_grows()
"""


def upgrade() -> None:
    _create_advisers()
    _create_conversations()
    _create_outbox()
    _create_proof_attempts()
    _create_relay_points()
    _create_appointments()
    _create_closures()
    _create_handovers()
    _create_holds()
    _create_messages()
    _create_next_steps()
    _create_weekly_ranges()
    _create_appointment_history()
    _create_taken_quarters()
    _guard_history()


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward")


def _guard_history() -> None:
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    op.execute(HISTORY_GUARD_POSTGRESQL if is_postgresql else HISTORY_GUARD_SQLITE)


def _create_advisers() -> None:
    op.create_table(
        "advisers",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("demonstration", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_advisers")),
    )


def _create_conversations() -> None:
    op.create_table(
        "conversations",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("adviser_id", sa.String(length=64), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_user_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('bot', 'waiting', 'human', 'closed')", name=op.f("ck_conversations_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversations")),
    )
    op.create_index(op.f("ix_conversations_last_user_at"), "conversations", ["last_user_at"], unique=False)


def _create_outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.String(length=80), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("status IN ('waiting', 'sent', 'dropped')", name=op.f("ck_outbox_status")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )
    op.create_index("ix_outbox_status_next_try_at", "outbox", ["status", "next_try_at"], unique=False)
    op.create_index(op.f("ix_outbox_subject_id"), "outbox", ["subject_id"], unique=False)


def _create_proof_attempts() -> None:
    op.create_table(
        "proof_attempts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference_digest", sa.String(length=64), nullable=False),
        sa.Column("origin_digest", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proof_attempts")),
    )
    op.create_index(op.f("ix_proof_attempts_at"), "proof_attempts", ["at"], unique=False)
    op.create_index(op.f("ix_proof_attempts_origin_digest"), "proof_attempts", ["origin_digest"], unique=False)
    op.create_index(op.f("ix_proof_attempts_reference_digest"), "proof_attempts", ["reference_digest"], unique=False)


def _create_relay_points() -> None:
    op.create_table(
        "relay_points",
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("postcode", sa.String(length=10), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("department", sa.String(length=3), nullable=False),
        sa.Column("latitude", sa.Float(), nullable=False),
        sa.Column("longitude", sa.Float(), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("opening_hours", sa.Text(), nullable=False),
        sa.Column("access", sa.Text(), nullable=False),
        sa.Column("step_free", sa.Boolean(), nullable=True),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("alsace_moselle", sa.Boolean(), nullable=False),
        sa.Column("serves", sa.Text(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("demonstration", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_relay_points")),
    )
    op.create_index("ix_relay_points_latitude_longitude", "relay_points", ["latitude", "longitude"], unique=False)


def _create_appointments() -> None:
    op.create_table(
        "appointments",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("idempotency_key", sa.String(length=255), nullable=False),
        sa.Column("conversation_id", sa.String(length=255), nullable=False),
        sa.Column("adviser_id", sa.String(length=64), nullable=False),
        sa.Column("relay_point_code", sa.String(length=64), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("mode", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("first_name", sa.Text(), nullable=False),
        sa.Column("last_name", sa.Text(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("phone", sa.String(length=20), nullable=True),
        sa.Column("email_digest", sa.String(length=64), nullable=True),
        sa.Column("phone_digest", sa.String(length=64), nullable=True),
        sa.Column("booked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["adviser_id"], ["advisers.id"], name=op.f("fk_appointments_adviser_id")),
        sa.ForeignKeyConstraint(
            ["relay_point_code"], ["relay_points.code"], name=op.f("fk_appointments_relay_point_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointments")),
        sa.UniqueConstraint("idempotency_key", name=op.f("uq_appointments_idempotency_key")),
        sa.UniqueConstraint("reference", name=op.f("uq_appointments_reference")),
    )
    op.create_index(op.f("ix_appointments_conversation_id"), "appointments", ["conversation_id"], unique=False)
    op.create_index(op.f("ix_appointments_starts_at"), "appointments", ["starts_at"], unique=False)
    op.create_index(
        "uq_appointments_active_email",
        "appointments",
        ["email_digest"],
        unique=True,
        sqlite_where=sa.text("state = 'booked' AND rank = 1"),
        postgresql_where=sa.text("state = 'booked' AND rank = 1"),
    )
    op.create_index(
        "uq_appointments_active_phone",
        "appointments",
        ["phone_digest"],
        unique=True,
        sqlite_where=sa.text("state = 'booked' AND rank = 1"),
        postgresql_where=sa.text("state = 'booked' AND rank = 1"),
    )


def _create_closures() -> None:
    op.create_table(
        "closures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("relay_point_code", sa.String(length=64), nullable=True),
        sa.Column("adviser_id", sa.String(length=64), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_closures_order")),
        sa.ForeignKeyConstraint(["adviser_id"], ["advisers.id"], name=op.f("fk_closures_adviser_id")),
        sa.ForeignKeyConstraint(["relay_point_code"], ["relay_points.code"], name=op.f("fk_closures_relay_point_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closures")),
    )
    op.create_index(op.f("ix_closures_ends_at"), "closures", ["ends_at"], unique=False)


def _create_handovers() -> None:
    op.create_table(
        "handovers",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("conversation_id", sa.String(length=80), nullable=False),
        sa.Column("relay_point_code", sa.String(length=64), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("adviser_id", sa.String(length=64), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('waiting', 'taken', 'closed')", name=op.f("ck_handovers_state")),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_handovers_conversation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handovers")),
    )
    op.create_index(op.f("ix_handovers_asked_at"), "handovers", ["asked_at"], unique=False)
    op.create_index(
        "uq_handovers_open",
        "handovers",
        ["conversation_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('waiting', 'taken')"),
        postgresql_where=sa.text("state IN ('waiting', 'taken')"),
    )


def _create_holds() -> None:
    op.create_table(
        "holds",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("conversation_id", sa.String(length=255), nullable=False),
        sa.Column("adviser_id", sa.String(length=64), nullable=False),
        sa.Column("relay_point_code", sa.String(length=64), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("mode", sa.String(length=20), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("renewed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["adviser_id"], ["advisers.id"], name=op.f("fk_holds_adviser_id")),
        sa.ForeignKeyConstraint(["relay_point_code"], ["relay_points.code"], name=op.f("fk_holds_relay_point_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holds")),
        sa.UniqueConstraint("conversation_id", name=op.f("uq_holds_conversation_id")),
    )
    op.create_index(op.f("ix_holds_ends_at"), "holds", ["ends_at"], unique=False)


def _create_messages() -> None:
    op.create_table(
        "messages",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("conversation_id", sa.String(length=80), nullable=False),
        sa.Column("author", sa.String(length=10), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("offers", sa.Boolean(), nullable=False),
        sa.Column("expects", sa.String(length=80), nullable=True),
        sa.Column("extras", sa.JSON(), nullable=False),
        sa.Column("client_id", sa.String(length=80), nullable=True),
        sa.Column("reply_to", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("author IN ('user', 'bot', 'adviser', 'system')", name=op.f("ck_messages_author")),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_messages_conversation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
        sa.UniqueConstraint("conversation_id", "client_id", name=op.f("uq_messages_conversation_id_client_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_messages_conversation_id_id", "messages", ["conversation_id", "id"], unique=False)


def _create_next_steps() -> None:
    op.create_table(
        "next_steps",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("conversation_id", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("owner", sa.String(length=64), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_next_steps_conversation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_next_steps")),
    )
    op.create_index(op.f("ix_next_steps_conversation_id"), "next_steps", ["conversation_id"], unique=False)
    op.create_index(op.f("ix_next_steps_due_at"), "next_steps", ["due_at"], unique=False)


def _create_weekly_ranges() -> None:
    op.create_table(
        "weekly_ranges",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("adviser_id", sa.String(length=64), nullable=False),
        sa.Column("relay_point_code", sa.String(length=64), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("starts", sa.Time(), nullable=False),
        sa.Column("ends", sa.Time(), nullable=False),
        sa.Column("modes", sa.String(length=40), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.CheckConstraint("starts < ends", name=op.f("ck_weekly_ranges_order")),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_weekly_ranges_weekday")),
        sa.ForeignKeyConstraint(["adviser_id"], ["advisers.id"], name=op.f("fk_weekly_ranges_adviser_id")),
        sa.ForeignKeyConstraint(
            ["relay_point_code"], ["relay_points.code"], name=op.f("fk_weekly_ranges_relay_point_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_weekly_ranges")),
    )
    op.create_index(op.f("ix_weekly_ranges_relay_point_code"), "weekly_ranges", ["relay_point_code"], unique=False)


def _create_appointment_history() -> None:
    op.create_table(
        "appointment_history",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("appointment_id", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("adviser_id", sa.String(length=64), nullable=False),
        sa.Column("relay_point_code", sa.String(length=64), nullable=False),
        sa.Column("idempotency_key", sa.String(length=255), nullable=True),
        sa.ForeignKeyConstraint(
            ["appointment_id"], ["appointments.id"], name=op.f("fk_appointment_history_appointment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment_history")),
        sa.UniqueConstraint("idempotency_key", name=op.f("uq_appointment_history_idempotency_key")),
    )
    op.create_index(
        op.f("ix_appointment_history_appointment_id"), "appointment_history", ["appointment_id"], unique=False
    )


def _create_taken_quarters() -> None:
    op.create_table(
        "taken_quarters",
        sa.Column("adviser_id", sa.String(length=64), nullable=False),
        sa.Column("quarter_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hold_id", sa.String(length=64), nullable=True),
        sa.Column("appointment_id", sa.String(length=64), nullable=True),
        sa.CheckConstraint("(hold_id IS NULL) <> (appointment_id IS NULL)", name=op.f("ck_taken_quarters_one_owner")),
        sa.ForeignKeyConstraint(["adviser_id"], ["advisers.id"], name=op.f("fk_taken_quarters_adviser_id")),
        sa.ForeignKeyConstraint(
            ["appointment_id"], ["appointments.id"], name=op.f("fk_taken_quarters_appointment_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["hold_id"], ["holds.id"], name=op.f("fk_taken_quarters_hold_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("adviser_id", "quarter_at", name=op.f("pk_taken_quarters")),
    )
    op.create_index(op.f("ix_taken_quarters_appointment_id"), "taken_quarters", ["appointment_id"], unique=False)
    op.create_index(op.f("ix_taken_quarters_hold_id"), "taken_quarters", ["hold_id"], unique=False)
    # ### end Alembic commands ###
