"""Who: a name, and an e-mail or a phone; nothing that is not needed."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from starlette.responses import Response

from bot.app import container
from bot.domain.booking.drafts import Draft, Stage
from bot.domain.booking.openings import Mode
from bot.services.booking import web_form
from bot.web.public.request.visit import PATHS, START, RequestVisit, go, lead_to, stage

LONGEST = {"prenom": 60, "nom": 60, "email": 120, "telephone": 120, "pour": 10}


@dataclass(frozen=True)
class Given:
    """What was typed, as typed, and what is wrong with it by field."""

    first_name: str = field(default="", repr=False)
    last_name: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    for_other: bool = False


def ask_person(visit: RequestVisit) -> Response:
    """The questions, answered already when coming back to them."""
    draft, tried = visit.draft, visit.draft.tried
    given, problems = Given(draft.first_name, draft.last_name, draft.email, draft.phone, draft.for_other), {}
    if "prenom" in tried:
        given = _given(tried)
        # Asking for more time is no answer yet: nothing is wrong with it.
        problems = {} if "prolonger" in tried else _problems(given, *_read(given), draft.mode)
    return visit.page("person.html", point=visit.point, given=given, problems=problems)


def note_person(visit: RequestVisit) -> Response:
    """Kept in their normal form, or what to write instead."""
    given = _given(_typed(visit))
    email, phone = _read(given)
    if _problems(given, email, phone, visit.draft.mode):
        return visit.try_again(Stage.PERSON, _typed(visit))
    web_form.keep(container.unit_of_work(), _with(visit.draft, given, email, phone), visit.now)
    return go(PATHS[Stage.RECAP])


def renew(visit: RequestVisit) -> Response:
    """The opening kept once more as long; the same page again, with what was being typed."""
    draft = web_form.renew(container.unit_of_work(), visit.draft, visit.now, container.rules())
    if "prenom" in visit.form:
        return replace(visit, draft=draft).try_again(Stage.PERSON, {**_typed(visit), "prolonger": "oui"})
    return lead_to(draft)


def _typed(visit: RequestVisit) -> dict[str, str]:
    """The fields as typed, short and on one line each."""
    return {name: _shown(visit.typed(name, longest)) for name, longest in LONGEST.items()}


def _given(typed: Mapping[str, str]) -> Given:
    first, last, email, phone = (typed[name] for name in ("prenom", "nom", "email", "telephone"))
    return Given(first, last, email, phone, for_other=typed["pour"] == "autre")


def _read(given: Given) -> tuple[str | None, str | None]:
    """E-mail and phone in their normal form."""
    reader = container.contact_reader()
    return reader.email(given.email), reader.phone(given.phone)


def _problems(given: Given, email: str | None, phone: str | None, mode: str) -> dict[str, str]:
    """The fields to mend, each with what is wrong."""
    found = {}
    if not any(sign.isalpha() for sign in given.first_name):
        found["first_name"] = "empty"
    if given.email and email is None:
        found["email"] = "unread"
    if given.phone and phone is None:
        found["phone"] = "unread"
    if mode == Mode.PHONE.value and not given.phone:
        found["phone"] = "to_call"
    elif not given.email and not given.phone:
        found["email"] = "empty"
    if given.for_other and not found and not _can_be_written_to(email, phone):
        found["phone"] = "to_write"
    return found


def _can_be_written_to(email: str | None, phone: str | None) -> bool:
    """Whether the link can reach somebody: a landline takes no text message."""
    return bool(email) or bool(phone and container.contact_reader().is_mobile(phone))


def _with(draft: Draft, given: Given, email: str | None, phone: str | None) -> Draft:
    return replace(
        draft,
        first_name=given.first_name,
        last_name=given.last_name,
        email=email or "",
        phone=phone or "",
        for_other=given.for_other,
        tried={},
    )


def _shown(name: str) -> str:
    """The name without signs that nobody can see, such as those that turn the reading of a line around."""
    return "".join(sign for sign in name if unicodedata.category(sign)[0] != "C")


routes = [
    stage(Stage.PERSON, ask_person),
    stage(Stage.PERSON, note_person, "POST"),
    stage(Stage.PERSON, renew, "POST", f"{START}/prolonger"),
]
