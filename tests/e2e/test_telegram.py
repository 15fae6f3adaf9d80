"""A person on Telegram, from the first word to the last: booking, moving, cancelling, an adviser, erasing.

Every update is given twice, once to each of two assistant processes.
"""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.domain.conversation.conversations import Author
from bot.domain.conversation.live import LiveLines
from bot.knowledge.live import load_live_lines
from bot.services.conversations import handover, live_chat
from bot.storage.tables.chats import telegram_chats
from tests.databases import POSTGRES_URL, unit_of_work
from tests.doubles.telegram_api import TOKEN, Person
from tests.e2e.stack import NOW, ROOT
from tests.e2e.telegram_service import SECRET, Doubled, Service, service, until

pytestmark = [
    pytest.mark.trained,
    pytest.mark.skipif(not POSTGRES_URL, reason="two processes need PostgreSQL (tools/with_postgres.sh)"),
]
ZOE = 88_800_001
NINE = datetime.fromisoformat(NOW)


def test_a_whole_life_on_telegram(tmp_path: Path) -> None:
    with service(tmp_path) as running_service:
        assert Person(running_service.network, 5, running_service.webhooks, "wrong").write("bonjour") == 403
        zoe = Doubled(running_service.network, ZOE, running_service.webhooks, SECRET)
        reference = books_with_a_digression(zoe, running_service)
        moves(zoe, reference)
        cancels(zoe, reference)
        talks_with_an_adviser(zoe, running_service)
        goes_on_from_the_site(zoe, running_service)
        erases(zoe, running_service)
        nothing_was_logged_nor_done_twice(running_service)


def books_with_a_digression(zoe: Person, service: Service) -> str:
    zoe.write("/start")
    zoe.reads("assistant automatique")
    zoe.write("je voudrais un rendez-vous à Beaune mardi")
    zoe.reads("Beaune")
    zoe.write("c’est gratuit ?")
    zoe.reads("Source")
    zoe.write("1")
    zoe.reads("prénom")
    zoe.write("Zoé Marqueur")
    zoe.reads("mail")
    zoe.write("zoe.marqueur@exemple.fr")
    zoe.reads("Récapitul")
    zoe.press("Oui, confirmer")
    booked = zoe.reads("C’est réservé")
    found = re.search(r"CEP-\w{4}-\w{4}", booked)
    assert found
    # The chat has just said it: the confirmation leaves for the contact given, as announced.
    zoe.reads("part à votre adresse e-mail")
    until(service.mails)
    (document,) = service.network.named("sendDocument")
    assert document["document"]["type"] == "text/calendar"
    assert "BEGIN:VCALENDAR" in document["document"]["content"]
    return found[0]


def moves(zoe: Person, reference: str) -> None:
    zoe.write(f"déplacer mon rendez-vous {reference}")
    zoe.reads("mail")
    zoe.write("zoe.marqueur@exemple.fr")
    zoe.reads("retrouvé")
    zoe.write("2")
    zoe.reads("Je confirme le changement")
    zoe.write("oui")
    zoe.reads("C’est changé")


def cancels(zoe: Person, reference: str) -> None:
    zoe.write(f"annuler mon rendez-vous {reference}")
    zoe.reads("mail")
    zoe.write("zoe.marqueur@exemple.fr")
    zoe.reads("Je confirme l’annulation")
    zoe.write("oui")
    zoe.reads("est annulé")


def talks_with_an_adviser(zoe: Person, service: Service) -> None:
    uow, lines = unit_of_work(service.engine), live_lines()
    zoe.write("je veux parler à un conseiller")
    zoe.reads("conseiller")
    with uow.reading() as view:
        (request,) = view.handovers.waiting()
    handover.take(uow, request.id, "camille", NINE, lines.line("joined", "Camille R."))
    zoe.reads("Camille R.")
    before = len(service.said(Author.BOT))

    zoe.write("mon poste est supprimé, j’hésite")
    live_chat.say(uow, request.conversation_id, "camille", "Camille R.", "Que souhaitez-vous regarder d’abord ?", NINE)
    zoe.reads("Camille R. :\nQue souhaitez-vous regarder d’abord ?")
    zoe.write("une formation")
    live_chat.say(uow, request.conversation_id, "camille", "Camille R.", "Très bien, voyons cela.", NINE)
    zoe.reads("Très bien, voyons cela.")
    until(lambda: service.said(Author.USER)[-2:] == ["mon poste est supprimé, j’hésite", "une formation"])
    assert len(service.said(Author.BOT)) == before

    live_chat.give_back(uow, request.conversation_id, "camille", NINE, lines.line("given_back"))
    zoe.reads(lines.given_back)
    zoe.write("c’est quoi le CEP ?")
    zoe.reads("conseil en évolution professionnelle")


def goes_on_from_the_site(zoe: Person, service: Service) -> None:
    service.stack.say("site-visitor", "je voudrais un rendez-vous à Nevers")
    told = " ".join(reply["text"] for reply in service.stack.say("site-visitor", "je peux continuer sur telegram ?"))
    code = re.search(r"/code (\w{6})\.", told)
    assert code
    # What was being asked is still there, here as on the other side.
    assert "1." in told

    zoe.write(f"/code {code[1]}")
    zoe.reads("nous reprenons ici")
    zoe.write("le premier")
    zoe.reads("prénom")


def erases(zoe: Person, service: Service) -> None:
    zoe.write("/effacer")
    zoe.reads("C’est définitif")
    zoe.press("Oui, tout effacer")
    zoe.reads("C’est effacé")
    with service.engine.connect() as connection:
        assert connection.execute(select(telegram_chats)).all() == []


def nothing_was_logged_nor_done_twice(service: Service) -> None:
    answers = [content["text"] for content in service.network.named("sendMessage")]
    assert sum("C’est réservé" in text for text in answers) == 1
    assert sum("C’est effacé" in text for text in answers) == 1
    logs = service.logs()
    for private in ("Marqueur", "Zoé", str(ZOE), TOKEN, SECRET, "zoe.marqueur"):
        assert private not in logs
    assert "Traceback" not in logs


def live_lines() -> LiveLines:
    return load_live_lines(ROOT / "data" / "knowledge" / "live.yml")
