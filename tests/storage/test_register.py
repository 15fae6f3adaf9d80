"""The register of personal data: every table is in it, in the code and in the document, and says what is true."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sqlalchemy import Table

from bot.gateways.data_copy import words
from bot.storage import register
from bot.storage.metadata import metadata
from bot.storage.register import REGISTER, Whose
from bot.storage.schema import upgrade  # noqa: F401  every table is imported with it
from bot.storage.unit_of_work import SqlUnitOfWork  # noqa: F401

DOCUMENT = (Path(__file__).resolve().parents[2] / "docs/personal-data.md").read_text(encoding="utf-8")
TABLES = sorted(name for name in metadata.tables if name != "alembic_version")
LEADS_TO_A_PERSON = re.compile(r"^(conversation_id|appointment_id|account_id|email|phone|first_name|last_name)$")


@pytest.mark.parametrize("name", TABLES)
def test_every_table_is_in_the_register_and_in_the_document(name: str) -> None:
    assert name in REGISTER, "say in bot/storage/register.py whose data this table holds"
    assert re.search(rf"^\| `{name}` \|", DOCUMENT, re.MULTILINE), "say it in docs/personal-data.md too"


def test_neither_speaks_of_a_table_that_is_no_more() -> None:
    documented = re.findall(r"^\| `(\w+)` \|", DOCUMENT, re.MULTILINE)

    assert sorted(REGISTER) == TABLES
    assert [name for name in documented if name not in TABLES and name != "events"] == []


@pytest.mark.parametrize("name", [name for name, held in REGISTER.items() if held.whose is Whose.NOBODY])
def test_a_table_of_nobody_has_no_column_of_a_person(name: str) -> None:
    of_places = {"relay_points"}

    found = [column.name for column in metadata.tables[name].columns if LEADS_TO_A_PERSON.match(column.name)]

    assert found == [] or name in of_places


@pytest.mark.parametrize(
    ("table", "column"), [*register.of_conversations(), *register.of_appointments()], ids=lambda each: each.name
)
def test_what_leads_to_a_person_has_a_french_title_and_hides_its_secrets(table: Table, column: object) -> None:
    assert table.name in words()["tables"]
    assert not [shown.name for shown in register.shown(table) if "digest" in shown.name or "secret" in shown.name]
