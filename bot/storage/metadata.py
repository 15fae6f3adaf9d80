"""The one MetaData every table belongs to, with predictable constraint names."""

from sqlalchemy import MetaData

# Without a convention, SQLite and PostgreSQL name constraints differently and a later
# migration cannot drop them on both.
metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
