"""Which notices come in the chat where the person talks to us, and which go to the contact given."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.booking.appointments import Appointment, Person
from bot.domain.conversation.conversations import Conversation
from bot.services import booking
from bot.services.notifications.ports import Refused
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.factories import MONDAY, RULES, opening, person
from tests.services.notifications.test_dispatch import PHONE_ONLY, REMINDER_AT, THURSDAY, Postman, booked, send_all
from tests.services.notifications.test_routing import ways


def in_a_chat(uow: SqlUnitOfWork, who: Person) -> Appointment:
    with uow:
        uow.conversations.open(Conversation("c1", "telegram", MONDAY))
        uow.commit()
    return booked(uow, who)


def test_what_was_just_done_in_a_chat_is_confirmed_to_the_contact_given(uow: SqlUnitOfWork) -> None:
    appointment = in_a_chat(uow, person())
    postman, chat = Postman(), Postman()

    send_all(uow, postman, MONDAY, telegram=chat)
    friday = opening(starts_at=THURSDAY.starts_at + timedelta(days=1))
    held = booking.hold(uow, friday, "c1", MONDAY, RULES)
    booking.move(uow, appointment, held.id, MONDAY, RULES)
    send_all(uow, postman, MONDAY, telegram=chat)
    booking.cancel(uow, appointment, MONDAY, RULES)
    send_all(uow, postman, MONDAY, telegram=chat)

    assert len({mail.letter.subject for mail in postman.given}) == 3
    assert chat.given == []


def test_what_was_just_done_in_a_chat_is_confirmed_by_text_message_without_a_mail(uow: SqlUnitOfWork) -> None:
    in_a_chat(uow, PHONE_ONLY)
    texter, chat = Postman(), Postman()

    send_all(uow, Postman(), MONDAY, texter, telegram=chat)

    assert (len(texter.given), chat.given) == (1, [])


def test_a_contact_that_takes_nothing_gives_way_to_the_chat(uow: SqlUnitOfWork) -> None:
    in_a_chat(uow, person())
    chat = Postman()

    send_all(uow, Postman([Refused("SMTP550")]), MONDAY, telegram=chat)

    assert [line.conversation_id for line in chat.given] == ["c1"]
    assert ways(uow)[0] == ("chat", "sent", "email:SMTP550")


def test_a_reminder_comes_first_where_the_person_talks(uow: SqlUnitOfWork) -> None:
    in_a_chat(uow, person())
    send_all(uow, Postman(), MONDAY, telegram=Postman())
    postman, chat = Postman(), Postman()

    send_all(uow, postman, REMINDER_AT, telegram=chat)

    assert postman.given == []
    assert [line.conversation_id for line in chat.given] == ["c1"]
    assert "jeudi 26 novembre" in chat.given[0].text
    assert ways(uow)[1] == ("chat", "sent", "")


def test_a_chat_that_was_closed_to_us_gives_way_to_the_mail(uow: SqlUnitOfWork) -> None:
    in_a_chat(uow, person())
    send_all(uow, Postman(), MONDAY, telegram=Postman())
    postman = Postman()

    send_all(uow, postman, REMINDER_AT, telegram=Postman([Refused("blocked")]))

    assert len(postman.given) == 1
    assert ways(uow)[1] == ("email", "sent", "chat:blocked")
