"""The last page before booking, which alone books; and what is said once it is done."""

from starlette.responses import Response

from bot.app import container
from bot.domain.booking.appointments import Appointment, cancel_limit, move_limit
from bot.domain.booking.contact import suggest_email
from bot.domain.booking.drafts import Stage
from bot.domain.errors import AlreadyBooked, OpeningUnavailable, QuotaReached
from bot.services.booking import web_form
from bot.services.booking.preparing import kept_until
from bot.web.public.own.papers import calendar_of
from bot.web.public.request.visit import PATHS, START, RequestVisit, forget_cookie, go, lead_to, stage


def review(visit: RequestVisit) -> Response:
    """Everything given, what can still change afterwards, and the one button that books."""
    opening, rules = visit.draft.opening, container.rules()
    if opening is None:
        return go(PATHS[Stage.OPENING])
    return visit.page(
        "recap.html",
        point=visit.point,
        opening=opening,
        move_until=move_limit(opening.starts_at, rules),
        cancel_until=cancel_limit(opening.starts_at, rules),
        suggestion=suggest_email(visit.draft.email) if visit.draft.email else None,
        terms=container.interview_terms_today(),
        problem=visit.draft.tried.get("refus", ""),
    )


def confirm(visit: RequestVisit) -> Response:
    """Booked, once; another page open meanwhile may have changed what was read: then it is shown again."""
    read = container.interview_terms_today()
    version = read.version if read else ""
    if (visit.form.get("version"), visit.form.get("cadre", "")) != (visit.draft.version, version):
        return visit.try_again(Stage.RECAP, {"refus": "changed"})
    uow, rules = container.unit_of_work(), container.rules()
    try:
        return lead_to(web_form.confirm(uow, visit.draft, visit.origin, visit.now, rules, version))
    except OpeningUnavailable:
        return go(PATHS[Stage.OPENING])
    except AlreadyBooked:
        # Neither when nor where: anybody can type somebody else's contact.
        return visit.try_again(Stage.RECAP, {"refus": "already"})
    except QuotaReached:
        return visit.try_again(Stage.RECAP, {"refus": "quota"})


def done(visit: RequestVisit) -> Response:
    """The reference, the receipt, the calendar file and the page of the appointment."""
    booked = web_form.booked(container.unit_of_work(), visit.draft)
    if booked is None:
        return forget_cookie(go(START))
    if visit.draft.for_other:
        until = kept_until(booked, container.rules())
        point = container.relay_point(booked.relay_point_code)
        return visit.page("prepared.html", opening=booked.opening, point=point, until=until)
    return visit.page(
        "done.html",
        appointment=booked,
        opening=booked.opening,
        point=container.relay_point(booked.relay_point_code),
        link=container.appointment_link(booked.id),
        video=container.video_link(booked.id),
        receipt=container.receipt_words(booked),
        told_by=_told_by(booked),
    )


def calendar(visit: RequestVisit) -> Response:
    """The appointment for a calendar."""
    booked = web_form.booked(container.unit_of_work(), visit.draft)
    return calendar_of(booked) if booked and not visit.draft.for_other else go(START)


def _told_by(booked: Appointment) -> str:
    """How the confirmation reaches the person; a landline takes no text message."""
    if booked.person.email:
        return "email"
    return "text" if booked.person.phone and container.contact_reader().is_mobile(booked.person.phone) else "nothing"


routes = [
    stage(Stage.RECAP, review),
    stage(Stage.RECAP, confirm, "POST"),
    stage(Stage.DONE, done),
    stage(Stage.DONE, calendar, path=f"{START}/rendez-vous.ics"),
]
