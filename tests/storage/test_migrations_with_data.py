"""Migrations on a database that is in use: what was stored is still there, and still means the same."""

from __future__ import annotations

from datetime import datetime, timezone

from alembic import command
from sqlalchemy import text
from sqlalchemy.engine import Engine

from bot.storage.schema import configuration, upgrade
from tests.databases import unit_of_work

DUE = datetime(2026, 11, 23, 9, tzinfo=timezone.utc)


def test_a_notice_waiting_before_0002_is_due_at_the_hour_it_had(empty: Engine) -> None:
    with empty.begin() as connection:
        command.upgrade(configuration(connection), "0001")
        connection.execute(
            text(
                "INSERT INTO outbox (kind, subject_id, payload, status, attempts, next_try_at)"
                " VALUES ('appointment_booked', 'a1', '{}', 'waiting', 0, :due)"
            ),
            {"due": DUE},
        )

    upgrade(empty)

    with unit_of_work(empty) as uow:
        assert uow.outbox.oldest_waiting() == DUE
        assert [notice.kind for notice in uow.outbox.claim(DUE, 10)] == ["appointment_booked"]


def test_a_request_made_before_0003_is_read_from_the_line_that_asked(empty: Engine) -> None:
    with empty.begin() as connection:
        command.upgrade(configuration(connection), "0002")
        at = {"at": DUE, "later": DUE.replace(hour=11)}
        for said in (
            "INSERT INTO conversations (id, channel, state, version, opened_at) VALUES ('c1', 'dev', 'bot', 0, :at)",
            "INSERT INTO messages (id, conversation_id, author, text, choices, offers, extras, hidden, created_at)"
            " VALUES (7, 'c1', 'user', 'un conseiller', '[]', false, '{}', false, :at)",
            "INSERT INTO messages (id, conversation_id, author, text, choices, offers, extras, hidden, created_at)"
            " VALUES (8, 'c1', 'bot', 'noté', '[]', false, '{}', false, :later)",
            "INSERT INTO handovers (conversation_id, state, asked_at, due_at) VALUES ('c1', 'waiting', :at, :later)",
        ):
            connection.execute(text(said), at)

    upgrade(empty)

    with unit_of_work(empty) as uow:
        (request,) = uow.handovers.waiting()
        assert (request.first_message_id, request.alerted_at) == (7, None)


def test_a_notice_sent_before_0005_left_by_mail_and_promises_stay(empty: Engine) -> None:
    with empty.begin() as connection:
        command.upgrade(configuration(connection), "0004")
        for said in (
            "INSERT INTO outbox (kind, subject_id, payload, status, attempts, next_try_at, due_at, done_at, reason)"
            " VALUES ('appointment_booked', 'a1', '{}', 'sent', 1, :at, :at, :at, '')",
            "INSERT INTO outbox (kind, subject_id, payload, status, attempts, next_try_at, due_at, reason)"
            " VALUES ('appointment_reminder', 'a1', '{}', 'waiting', 0, :at, :at, '')",
            "INSERT INTO conversations (id, channel, state, version, opened_at) VALUES ('c1', 'dev', 'bot', 0, :at)",
            "INSERT INTO next_steps (conversation_id, kind, due_at, owner)"
            " VALUES ('c1', 'adviser_answers', :at, 'advisers')",
        ):
            connection.execute(text(said), {"at": DUE})

    upgrade(empty)

    with unit_of_work(empty) as uow:
        assert [row[1:4] for row in uow.outbox.tally()] == [("sent", "email", ""), ("waiting", "", "")]
        assert [step.conversation_id for step in uow.next_steps.due(DUE)] == ["c1"]
