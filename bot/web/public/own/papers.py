"""What a person keeps of an appointment: its calendar file, and the receipt of their request."""

from starlette.responses import Response

from bot.app import container
from bot.domain.booking.appointments import Appointment
from bot.web.pages import FOR_ONE_PERSON
from bot.web.public.own.link import AppointmentVisit, own


def calendar(visit: AppointmentVisit) -> Response:
    """The appointment for a calendar, as it stands."""
    return calendar_of(visit.appointment)


def receipt(visit: AppointmentVisit) -> Response:
    """The receipt alone, to print: a number, a code and a date, nobody's name."""
    return visit.page("receipt.html", receipt=container.receipt_words(visit.appointment))


def calendar_of(appointment: Appointment) -> Response:
    """A calendar file, saved under a name that says nothing."""
    (file,) = container.calendar_files(appointment)
    headers = {**FOR_ONE_PERSON, "Content-Disposition": f'attachment; filename="{file["name"]}"'}
    return Response(file["content"], media_type=f"{file['type']}; charset=utf-8", headers=headers)


routes = [
    own("/rendez-vous.ics", calendar),
    own("/recu", receipt),
]
