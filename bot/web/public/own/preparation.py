"""Preparing one's interview on the appointment's page: the same lines as in the chat, kept, changed or taken back."""

from starlette.responses import Response

from bot.app import container
from bot.domain.booking.intake import LONGEST_LINE, Topic
from bot.domain.privacy.masking import mask
from bot.services.booking import intake
from bot.web.public.own.link import AppointmentVisit, own

PAGE = "preparer"
DONE = ("transmis", "masque", "efface")


def write(visit: AppointmentVisit) -> Response:
    """The questions, each optional, with what was agreed before."""
    done = visit.request.query_params.get("fait", "")
    return _form(visit, _kept(visit), done=done if done in DONE else "")


def agree(visit: AppointmentVisit) -> Response:
    """The lines written reach the adviser, once the person said so; what they should not hold is masked first."""
    written = {topic: visit.form.get(topic.value, "").replace("\r\n", "\n").strip() for topic in Topic}
    problems = {topic.value: "long" for topic, text in written.items() if len(text) > LONGEST_LINE}
    if not any(written.values()):
        problems["situation"] = "empty"
    if visit.form.get("accord") != "oui":
        problems["accord"] = "unagreed"
    if problems:
        return _form(visit, written, problems=problems, status=422)
    masked = {topic: mask(text) for topic, text in written.items() if text}
    said = {topic: each.text for topic, each in masked.items()}
    intake.agree_for(container.unit_of_work(), visit.appointment, said, visit.now)
    return visit.to(PAGE, "masque" if any(each.has_hidden for each in masked.values()) else "transmis")


def withdraw(visit: AppointmentVisit) -> Response:
    """Taken back at once: no adviser reads it any more."""
    intake.withdraw_from(container.unit_of_work(), visit.appointment)
    return visit.to(PAGE, "efface")


def _form(
    visit: AppointmentVisit,
    written: dict[Topic, str],
    *,
    problems: dict[str, str] | None = None,
    done: str = "",
    status: int = 200,
) -> Response:
    return visit.page(
        "prepare.html",
        status,
        written={topic.value: text for topic, text in written.items()},
        is_passed_on=bool(_kept(visit)),
        problems=problems or {},
        longest=LONGEST_LINE,
        done=done,
    )


def _kept(visit: AppointmentVisit) -> dict[Topic, str]:
    with container.unit_of_work().reading() as view:
        found = intake.for_appointment(view, visit.appointment.id)
    return {line.topic: line.text for line in found.lines} if found else {}


routes = [
    own(f"/{PAGE}", write),
    own(f"/{PAGE}", agree, "POST"),
    own(f"/{PAGE}/effacer", withdraw, "POST"),
]
