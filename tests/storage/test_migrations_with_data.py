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


def test_an_appointment_booked_before_0006_keeps_its_time_and_its_history(empty: Engine) -> None:
    with empty.begin() as connection:
        command.upgrade(configuration(connection), "0005")
        for said in (
            "INSERT INTO advisers (id, name, demonstration) VALUES ('camille', 'Camille R.', true)",
            "INSERT INTO relay_points (code, name, organisation, address, postcode, city, department, latitude,"
            " longitude, phone, email, opening_hours, access, time_zone, alsace_moselle, serves, demonstration)"
            " VALUES ('demo', 'Point', '', '', '21200', 'Beaune', '21', 47, 4.8, '', '', '', '', 'Europe/Paris',"
            " false, '', true)",
            "INSERT INTO appointments (id, reference, idempotency_key, conversation_id, adviser_id, relay_point_code,"
            " starts_at, minutes, mode, state, rank, sequence, first_name, last_name, email, booked_at) VALUES"
            " ('a1', 'CEP-7K4M-2QX9', 'k1', 'c1', 'camille', 'demo', :at, 75, 'in_person', 'booked', 1, 0, 'Ana',"
            " 'Diaz', 'ana@example.fr', :at)",
            "INSERT INTO taken_quarters (adviser_id, quarter_at, appointment_id) VALUES ('camille', :at, 'a1')",
            "INSERT INTO appointment_history (appointment_id, at, what, sequence, state, starts_at, adviser_id,"
            " relay_point_code) VALUES ('a1', :at, 'booked', 0, 'booked', :at, 'camille', 'demo')",
        ):
            connection.execute(text(said), {"at": DUE})

    upgrade(empty)

    with unit_of_work(empty) as uow:
        kept = uow.appointments.find("CEP-7K4M-2QX9")
        assert kept is not None
        assert (kept.rank, kept.follows, kept.starts_at) == (1, None, DUE)
        uow.waiting.ask("a1", DUE)
        assert [each.appointment_id for each in uow.waiting.waiting(3, DUE.replace(hour=8))] == ["a1"]
    with empty.connect() as connection:
        assert connection.execute(text("SELECT actor FROM appointment_history")).scalars().all() == [""]
        assert connection.execute(text("SELECT count(*) FROM taken_quarters")).scalar() == 1
