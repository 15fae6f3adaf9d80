"""What every test has: a database of its own when it asks, and passwords that cost nothing to hash."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from hypothesis import settings
from sqlalchemy.engine import Engine

from bot.gateways import passwords
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.databases import KINDS, database, unit_of_work
from tests.factories import open_a_point

# A machine that does something else besides is slow, and that is no fault of a property.
settings.register_profile("cep", settings(), deadline=None)
settings.load_profile("cep")


@pytest.fixture(scope="session", autouse=True)
def _cheap_passwords() -> Iterator[None]:
    """A fifth of a second each otherwise. `gateways/test_passwords.py` holds the real cost."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "PasswordHasher", partial(PasswordHasher, time_cost=1, memory_cost=8, parallelism=1))
        yield


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    """Which database; tests that learn nothing from another one say which."""
    return str(request.param)


@pytest.fixture
def engine(kind: str, tmp_path: Path) -> Iterator[Engine]:
    with database(kind, tmp_path) as made:
        yield made


@pytest.fixture
def uow(engine: Engine) -> SqlUnitOfWork:
    return unit_of_work(engine)


@pytest.fixture
def point(uow: SqlUnitOfWork) -> None:
    """Beaune is open, with Camille's working mornings."""
    open_a_point(uow)
