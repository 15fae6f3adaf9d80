"""Appointments follow one another; their history names who acted; a waiting list for earlier openings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ON_THE_PATH = sa.text("state IN ('booked', 'seen')")
OPEN = sa.text("state = 'open'")


def upgrade() -> None:
    op.add_column("appointments", sa.Column("follows_id", sa.String(length=64), nullable=True))
    op.create_index(
        "uq_appointments_following",
        "appointments",
        ["follows_id"],
        unique=True,
        sqlite_where=ON_THE_PATH,
        postgresql_where=ON_THE_PATH,
    )
    op.add_column(
        "appointment_history", sa.Column("actor", sa.String(length=64), nullable=False, server_default="")
    )
    op.create_table(
        "earlier_wishes",
        sa.Column("appointment_id", sa.String(length=64), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("offers_made", sa.Integer(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["appointment_id"],
            ["appointments.id"],
            name=op.f("fk_earlier_wishes_appointment_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("appointment_id", name=op.f("pk_earlier_wishes")),
    )
    _create_offers()


def _create_offers() -> None:
    op.create_table(
        "earlier_offers",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("appointment_id", sa.String(length=64), nullable=False),
        sa.Column("hold_id", sa.String(length=64), nullable=False),
        sa.Column("opening", sa.Text(), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.CheckConstraint(
            "state IN ('open', 'accepted', 'declined', 'expired')", name=op.f("ck_earlier_offers_state")
        ),
        sa.ForeignKeyConstraint(
            ["appointment_id"],
            ["appointments.id"],
            name=op.f("fk_earlier_offers_appointment_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_earlier_offers")),
    )
    op.create_index(op.f("ix_earlier_offers_appointment_id"), "earlier_offers", ["appointment_id"], unique=False)
    op.create_index(
        "uq_earlier_offers_open",
        "earlier_offers",
        ["appointment_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward")
