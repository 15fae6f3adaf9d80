"""What is said, and how it is shown in a chat."""

from __future__ import annotations

from sqlalchemy.engine import Engine

from bot.domain.conversation.conversations import Author, Line, Message
from tests.assistant.channels.telegram.world import ASK, LEO, NOW, ZOE, Channel, channel, do, until
from tests.assistant.rasa_stand_in import Agent
from tests.databases import unit_of_work
from tests.doubles import telegram_updates as updates
from tests.doubles.telegram_api import TelegramDouble


async def test_a_message_is_answered_with_buttons_and_the_typing_sign(one: Channel) -> None:
    zoe = one.person()

    assert await do(zoe.write, "bonjour") == 200
    await do(zoe.reads, "Où ?")

    (shown,) = zoe.messages
    assert [row[0]["text"] for row in shown["asked_markup"]["inline_keyboard"]] == ["Beaune", "Dijon"]
    assert one.network.named("sendChatAction") == [{"chat_id": ZOE, "action": "typing"}]
    assert one.agent.heard[0].sender_id.startswith("tg-")
    assert str(ZOE) not in one.agent.heard[0].sender_id


async def test_a_button_says_its_words_stops_spinning_and_stays_alone(one: Channel) -> None:
    zoe = one.person()
    await do(zoe.write, "rdv")
    await do(zoe.reads, "Où ?")

    await do(zoe.press, "Dijon")
    await until(lambda: len(one.agent.heard) == 2)
    await one.quiet()

    assert one.said() == ["rdv", "à Dijon"]
    await until(lambda: one.network.named("answerCallbackQuery") and one.network.named("editMessageReplyMarkup"))
    (edit,) = one.network.named("editMessageReplyMarkup")
    assert [row[0]["text"] for row in edit["reply_markup"]["inline_keyboard"]] == ["✓ Dijon"]


async def test_the_number_of_a_choice_can_be_typed(one: Channel) -> None:
    zoe = one.person()
    await do(zoe.write, "rdv")
    await do(zoe.reads, "Où ?")

    await do(zoe.write, "2")
    await until(lambda: len(one.agent.heard) == 2)

    assert one.agent.heard[1].text == "à Dijon"


async def test_a_number_is_counted_under_the_last_question(engine: Engine, network: TelegramDouble) -> None:
    answer = {"text": "C’est gratuit.", "buttons": [{"title": "Pourquoi ?", "payload": "pourquoi"}]}
    async with channel(engine, network, Agent(answer, ASK)) as one:
        zoe = one.person()
        await do(zoe.write, "c’est gratuit ?")
        await do(zoe.reads, "Où ?")

        await do(zoe.write, "1")
        await until(lambda: len(one.agent.heard) == 2)

        assert one.agent.heard[1].text == "à Beaune"


async def test_a_number_that_is_no_choice_is_words(one: Channel) -> None:
    zoe, typed = one.person(), ["rdv", "3", "0", "21000", "²"]

    for words in typed:
        await do(zoe.write, words)
    await one.quiet()

    assert one.said() == typed


async def test_a_button_pressed_twice_is_one_message(one: Channel) -> None:
    zoe = one.person()
    await do(zoe.write, "rdv")
    await do(zoe.reads, "Où ?")

    for _ in range(3):
        await do(zoe.press, "Dijon")
    await one.quiet()

    assert one.said() == ["rdv", "à Dijon"]
    assert one.said(Author.SYSTEM) == []


async def test_an_old_button_is_harmless_and_said_to_be_old(one: Channel) -> None:
    zoe = one.person()
    await do(zoe.write, "rdv")
    await do(zoe.reads, "Où ?")
    (first,) = zoe.messages
    await do(zoe.write, "autre chose")
    await until(lambda: len(zoe.messages) == 2)

    data = first["asked_markup"]["inline_keyboard"][0][0]["callback_data"]
    await do(zoe.send, updates.pressed(ZOE, first, data))

    await do(zoe.reads, "choix expiré")
    assert one.said() == ["rdv", "autre chose"]


async def test_a_forged_button_says_nothing(one: Channel) -> None:
    zoe = one.person()
    await do(zoe.write, "rdv")
    await do(zoe.reads, "Où ?")
    (first,) = zoe.messages

    for data in ("", "1", "1:2:3", "-1:0", "1:99", "999999999999999999999:0", "²:1", "x" * 64, "/restart"):
        assert await do(zoe.send, updates.pressed(ZOE, first, data)) == 200
        await do(zoe.reads, "choix expiré")

    assert one.said() == ["rdv"]


async def test_a_button_of_somebody_elses_conversation_says_nothing(one: Channel) -> None:
    zoe, leo = one.person(), one.person(LEO)
    await do(zoe.write, "rdv")
    await do(zoe.reads, "Où ?")
    (hers,) = zoe.messages
    data = hers["asked_markup"]["inline_keyboard"][0][0]["callback_data"]

    await do(leo.send, updates.pressed(LEO, {**hers, "chat": updates.private(LEO)}, data))

    await do(leo.reads, "choix expiré")
    assert one.said() == ["rdv"]


async def test_a_question_about_a_place_offers_to_share_it(engine: Engine, network: TelegramDouble) -> None:
    async with channel(engine, network, Agent({"text": "Où ?", "expects": "booking_form.place"})) as one:
        zoe = one.person()
        await do(zoe.write, "rdv")
        await do(zoe.reads, "Où ?")

        (shown,) = zoe.messages
        assert shown["asked_markup"]["keyboard"][0][0]["request_location"] is True


async def test_an_advisers_reply_arrives_under_their_name_without_waiting_for_the_worker(one: Channel) -> None:
    zoe = one.person()
    await do(zoe.write, "rdv")
    await do(zoe.reads, "Où ?")
    line = Line("Je suis là.", extras={"author_name": "Camille R."})

    def reply() -> None:
        with unit_of_work(one.engine) as uow:
            uow.messages.add(Message(0, one.agent.heard[0].sender_id, Author.ADVISER, line, NOW))
            uow.commit()

    await do(reply)

    assert await do(zoe.reads, "Je suis là.") == "Camille R. :\nJe suis là."


async def test_a_file_comes_as_a_document(engine: Engine, network: TelegramDouble) -> None:
    file = {"name": "rendez-vous.ics", "type": "text/calendar", "content": "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"}
    async with channel(engine, network, Agent({"text": "C’est réservé.", "attachments": [file]})) as one:
        await do(one.person().write, "oui")
        await until(lambda: network.named("sendDocument"))

        (sent,) = network.named("sendDocument")
        assert sent["document"] == file


async def test_a_long_answer_comes_whole_in_pieces(engine: Engine, network: TelegramDouble) -> None:
    sentences = [f"Phrase numéro {number}, assez longue pour remplir la page." for number in range(300)]
    async with channel(engine, network, Agent({"text": " ".join(sentences)})) as one:
        zoe = one.person()
        await do(zoe.write, "tout")
        await do(zoe.reads, "numéro 299")

        assert len(zoe.texts) > 2
        assert all(text.endswith(".") for text in zoe.texts)
        assert " ".join(zoe.texts) == " ".join(sentences)
