"""What the person prepared, as advisers read it: the lines they agreed to pass on, and not one more."""

from __future__ import annotations

from bot.domain.booking.appointments import Appointment
from bot.domain.booking.intake import Topic
from bot.domain.conversation.conversations import Line
from bot.services.booking import intake
from bot.services.conversations import handover, transcript
from bot.services.conversations.transcript import Incoming
from bot.storage.unit_of_work import SqlUnitOfWork
from tests import factories
from tests.factories import MONDAY, network
from tests.services.conversations.live_talk import HOURS
from tests.web.advisers.browser import Clock, signed_in

ID = "w-visitor1"
INBOX = "/conseil/demandes"
SAID = {Topic.HOPE: "souffler <b>un peu</b>", Topic.SITUATION: "vendeuse depuis dix ans"}


def heard(uow: SqlUnitOfWork, said: str, expects: str | None = None) -> None:
    received = transcript.receive(uow, ID, "web", Incoming(said), MONDAY)
    transcript.answer(uow, ID, received.message.id, [Line(f"réponse à {said}", expects=expects)], MONDAY)


def asked(uow: SqlUnitOfWork) -> int:
    heard(uow, "mon patron ne doit pas savoir")
    heard(uow, "un conseiller")
    handover.ask(uow, ID, None, MONDAY, HOURS, live=False)
    heard(uow, "préparer", expects="intake_form.avoid")
    heard(uow, "mon secret bien caché", expects="intake_form.review")
    heard(uow, "garder tout")
    with uow.reading() as view:
        request = view.handovers.open_for(ID)
    assert request
    return request.id


def booked(uow: SqlUnitOfWork) -> Appointment:
    network(uow)
    return factories.booked(uow, by=ID, terms_version="2026-11-22")


def test_the_lines_agreed_are_read_as_text_under_their_titles(uow: SqlUnitOfWork, clock: Clock) -> None:
    number = asked(uow)
    intake.agree(uow, ID, SAID, MONDAY)

    page = signed_in("ines", clock=clock).get(f"{INBOX}/{number}").text

    assert "Ce qu’elle espère" in page
    assert "souffler &lt;b&gt;un peu&lt;/b&gt;" in page
    assert page.index("vendeuse depuis dix ans") < page.index("souffler")


def test_a_hidden_line_is_nowhere_on_the_page(uow: SqlUnitOfWork, clock: Clock) -> None:
    number = asked(uow)
    intake.agree(uow, ID, SAID, MONDAY, earlier=True)

    page = signed_in("ines", clock=clock).get(f"{INBOX}/{number}").text

    assert "mon secret bien caché" not in page
    assert "mon patron ne doit pas savoir" in page
    assert "accepté que vous lisiez aussi" in page


def test_without_an_agreement_of_its_own_nothing_said_before_is_read(uow: SqlUnitOfWork, clock: Clock) -> None:
    number = asked(uow)
    intake.agree(uow, ID, SAID, MONDAY)

    page = signed_in("ines", clock=clock).get(f"{INBOX}/{number}").text

    assert "mon patron" not in page


def test_a_refusal_shows_nothing_and_no_reproach(uow: SqlUnitOfWork, clock: Clock) -> None:
    number = asked(uow)
    intake.agree(uow, ID, SAID, MONDAY)
    intake.refuse(uow, ID, MONDAY)

    page = signed_in("ines", clock=clock).get(f"{INBOX}/{number}").text

    assert "vendeuse" not in page
    assert "Rien n’a été transmis" in page


def test_the_appointment_shows_the_terms_read_and_the_lines(uow: SqlUnitOfWork, clock: Clock) -> None:
    appointment = booked(uow)
    intake.agree(uow, ID, SAID, MONDAY)

    page = (
        signed_in("camille", clock=clock, adviser="camille").get(f"/conseil/agenda/rendez-vous/{appointment.id}").text
    )

    assert "Le cadre, tel que la personne l’a lu" in page
    assert "Environ 1\u00a0h\u00a015" in page
    assert "vendeuse depuis dix ans" in page


def test_what_was_taken_back_is_no_longer_read(uow: SqlUnitOfWork, clock: Clock) -> None:
    appointment = booked(uow)
    intake.agree(uow, ID, SAID, MONDAY)
    intake.withdraw(uow, ID)

    page = (
        signed_in("camille", clock=clock, adviser="camille").get(f"/conseil/agenda/rendez-vous/{appointment.id}").text
    )

    assert "vendeuse" not in page
