"""The console: accounts, sign-ins, and a record of what was done that only grows."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# A line younger than six months cannot be deleted, whoever asks.
GUARDS_SQLITE = (
    """
CREATE TRIGGER desk_record_never_changes BEFORE UPDATE ON desk_record
BEGIN SELECT RAISE(ABORT, 'desk_record only grows'); END
""",
    """
CREATE TRIGGER desk_record_is_kept BEFORE DELETE ON desk_record
WHEN OLD.at > strftime('%Y-%m-%d %H:%M:%S', 'now', '-180 days')
BEGIN SELECT RAISE(ABORT, 'desk_record only grows'); END
""",
)
GUARDS_POSTGRESQL = (
    """
CREATE FUNCTION desk_record_only_grows() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'desk_record only grows'; END $$
""",
    """
CREATE TRIGGER desk_record_never_changes BEFORE UPDATE ON desk_record
FOR EACH ROW EXECUTE FUNCTION desk_record_only_grows()
""",
    """
CREATE TRIGGER desk_record_is_kept BEFORE DELETE ON desk_record
FOR EACH ROW WHEN (OLD.at > now() - interval '180 days') EXECUTE FUNCTION desk_record_only_grows()
""",
    """
CREATE TRIGGER desk_record_is_not_emptied BEFORE TRUNCATE ON desk_record
FOR EACH STATEMENT EXECUTE FUNCTION desk_record_only_grows()
""",
)


def upgrade() -> None:
    _create_accounts()
    _create_sign_ins()
    op.create_table(
        "desk_record",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.String(length=64), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_record")),
    )
    op.create_index(op.f("ix_desk_record_at"), "desk_record", ["at"], unique=False)
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    for guard in GUARDS_POSTGRESQL if is_postgresql else GUARDS_SQLITE:
        op.get_bind().exec_driver_sql(guard.replace("%", "%%") if is_postgresql else guard)


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward")


def _create_accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("login", sa.String(length=254), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("roles", sa.String(length=80), nullable=False),
        sa.Column("adviser_id", sa.String(length=64), nullable=True),
        sa.Column("password_hash", sa.String(length=255), nullable=False),
        sa.Column("totp_secret", sa.String(length=64), nullable=False),
        sa.Column("totp_step", sa.BigInteger(), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("demonstration", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["adviser_id"], ["advisers.id"], name=op.f("fk_accounts_adviser_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("login", name=op.f("uq_accounts_login")),
    )
    op.create_table(
        "account_points",
        sa.Column("account_id", sa.String(length=64), nullable=False),
        sa.Column("relay_point_code", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_account_points_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["relay_point_code"], ["relay_points.code"], name=op.f("fk_account_points_relay_point_code")
        ),
        sa.PrimaryKeyConstraint("account_id", "relay_point_code", name=op.f("pk_account_points")),
    )


def _create_sign_ins() -> None:
    op.create_table(
        "sign_ins",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.String(length=64), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_sign_ins_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_sign_ins")),
    )
    op.create_index(op.f("ix_sign_ins_account_id"), "sign_ins", ["account_id"], unique=False)
    op.create_index(op.f("ix_sign_ins_last_seen_at"), "sign_ins", ["last_seen_at"], unique=False)
