"""What every repository stands on: one connection, keyed digests, and whom to tell of changes."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields
from enum import Enum
from typing import Any, TypeVar

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from bot.services.uow import Conflict
from bot.storage.change_notifier import ChangeNotifier
from bot.storage.digests import Digests

T = TypeVar("T")
Other = TypeVar("Other", bound="Repository")


class Repository:
    """Reads and writes some tables within one transaction."""

    def __init__(self, connection: Connection, digests: Digests, changes: ChangeNotifier) -> None:
        self._connection = connection
        self._digests = digests
        self._changes = changes

    def _run(self, statement: Any, *values: Any) -> Any:
        """The result of this statement, with these values for what it leaves open."""
        return self._connection.execute(statement, *values)

    def _first(self, read: Callable[[Any], T], wanted: Any, *values: Any) -> T | None:
        """The first row found, read."""
        row = self._run(wanted, *values).first()
        return read(row) if row is not None else None

    def _all(self, read: Callable[[Any], T], wanted: Any, *values: Any) -> list[T]:
        """Every row found, read."""
        return [read(row) for row in self._run(wanted, *values)]

    def _column(self, wanted: Any) -> list[Any]:
        """The first column of every row found."""
        return list(self._run(wanted).scalars())

    def _is_there(self, wanted: Any) -> bool:
        """Whether any row is found."""
        return self._run(wanted.limit(1)).first() is not None

    def _insert_new(self, table: Table, row: Mapping[str, Any]) -> bool:
        """Store a row unless its place is taken; whether it was stored."""
        return self._run(self._insert(table, row).on_conflict_do_nothing()).rowcount == 1

    def _insert_or_change(
        self, table: Table, row: Mapping[str, Any], key: Sequence[str], change: Mapping[str, Any]
    ) -> None:
        """Store a row; where its key is taken, make this change."""
        self._run(self._insert(table, row).on_conflict_do_update(index_elements=list(key), set_=dict(change)))

    def _save(self, table: Table, key: str, row: Mapping[str, Any]) -> None:
        """Store a new row, or what changed in the one of the same key."""
        if not self._run(table.update().where(table.c[key] == row[key]).values(row)).rowcount:
            self._run(table.insert().values(row))

    def _other(self, kind: type[Other]) -> Other:
        """Another repository, within the same transaction."""
        return kind(self._connection, self._digests, self._changes)

    def _insert(self, table: Table, row: Mapping[str, Any]) -> Any:
        """An insertion that says what to do when the place is taken: each database has its own."""
        dialect = postgresql if self._connection.dialect.name == "postgresql" else sqlite
        return dialect.insert(table).values(dict(row))


def row_of(table: Table, value: object, /, **said: Any) -> dict[str, Any]:
    """The columns that a value has under the same names; `said`: those it says otherwise, or not at all."""
    kept = {column.name: getattr(value, column.name) for column in table.c if hasattr(value, column.name)}
    # A number is the database's to give.
    if isinstance(kept.get("id"), int):
        del kept["id"]
    return {name: each.value if isinstance(each, Enum) else each for name, each in {**kept, **said}.items()}


def read_as(kind: type[T], row: Any, /, **said: Any) -> T:
    """A value from the columns that bear its fields' names; `said`: those that are read otherwise."""
    found = row._mapping
    kept = {field.name: found[field.name] for field in fields(kind) if field.name in found}  # type: ignore[arg-type]
    return kind(**{**kept, **said})


@contextmanager
def conflicts() -> Iterator[None]:
    """Raise `Conflict` when a row's place is taken; the transaction must then be left."""
    try:
        yield
    except IntegrityError as error:
        raise Conflict from error
