"""Seeing one's appointment, waiting for an earlier opening, cancelling, erasing."""

from starlette.responses import Response

from bot.app import container
from bot.services import booking
from bot.web.pages import FOR_ONE_PERSON, page
from bot.web.public.own.link import AppointmentVisit, own

DONE = ("deplace", "liste")


def show(visit: AppointmentVisit) -> Response:
    """What was agreed, what can still change and until when, and the proof of the request."""
    done = visit.request.query_params.get("fait", "")
    return visit.page(
        "appointment.html",
        done=done if done in DONE else "",
        receipt=container.receipt_words(visit.appointment),
        video=container.video_link(visit.appointment.id),
        earlier=booking.earlier_wish(container.unit_of_work(), visit.appointment, visit.now),
        gain=container.rules().earlier_hours,
    )


def want_earlier(visit: AppointmentVisit) -> Response:
    """On the list of those who would come earlier; asked again, nothing changes."""
    booking.want_earlier(container.unit_of_work(), visit.appointment, visit.now)
    return visit.to(done="liste")


def ask_cancel(visit: AppointmentVisit) -> Response:
    """The question, since programs open links by themselves."""
    visit.appointment.check_can_cancel(visit.now, container.rules())
    return visit.page("cancel.html")


def cancel(visit: AppointmentVisit) -> Response:
    """Cancelled; the address leads nowhere from then on, so this answer says all there is to keep."""
    receipt = container.receipt_words(visit.appointment)
    booking.cancel(container.unit_of_work(), visit.appointment, visit.now, container.rules())
    return visit.page("cancelled.html", receipt=receipt)


def ask_erase(visit: AppointmentVisit) -> Response:
    """The question, with what is lost and what stays."""
    visit.appointment.check_can_cancel(visit.now, container.rules())
    return visit.page("erase.html", receipt=container.receipt_words(visit.appointment))


def erase(visit: AppointmentVisit) -> Response:
    """Cancelled and forgotten."""
    booking.erase(container.unit_of_work(), visit.appointment, visit.now, container.rules())
    return page("own/erased.html", headers=FOR_ONE_PERSON)


routes = [
    own("", show),
    own("/plus-tot", want_earlier, "POST"),
    own("/annuler", ask_cancel),
    own("/annuler", cancel, "POST"),
    own("/effacer", ask_erase),
    own("/effacer", erase, "POST"),
]
