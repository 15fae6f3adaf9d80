"""Who: a name, and an e-mail or a phone; nothing that is not needed."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field, replace

from starlette.responses import Response

from bot import bootstrap
from bot.console.public.request.visit import PATHS, START, Visit, go, lead_to, stage
from bot.domain.drafts import Draft, Stage
from bot.domain.openings import Mode
from bot.services import drafting

LONGEST_NAME, LONGEST_CONTACT = 60, 120


@dataclass(frozen=True)
class Given:
    """What was typed, as typed, and what is wrong with it by field."""

    first_name: str = field(default="", repr=False)
    last_name: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    for_other: bool = False


def ask_person(visit: Visit) -> Response:
    """The questions, answered already when coming back to them."""
    draft = visit.draft
    return _page(visit, Given(draft.first_name, draft.last_name, draft.email, draft.phone, draft.for_other), {})


def note_person(visit: Visit) -> Response:
    """Kept in their normal form, or what to write instead."""
    given = _given(visit)
    reader = bootstrap.contact_reader()
    email, phone = reader.email(given.email), reader.phone(given.phone)
    problems = _problems(given, email, phone, visit.draft.mode)
    if problems:
        return _page(visit, given, problems)
    drafting.keep(bootstrap.unit_of_work(), _with(visit.draft, given, email, phone), visit.now)
    return go(PATHS[Stage.RECAP])


def renew(visit: Visit) -> Response:
    """The opening kept once more as long; the same page again, with what was being typed."""
    draft = drafting.renew(bootstrap.unit_of_work(), visit.draft, visit.now, bootstrap.rules())
    if "prenom" in visit.form:
        return _page(replace(visit, draft=draft), _given(visit), {})
    return lead_to(draft)


def _given(visit: Visit) -> Given:
    return Given(
        _shown(visit.typed("prenom", LONGEST_NAME)),
        _shown(visit.typed("nom", LONGEST_NAME)),
        visit.typed("email", LONGEST_CONTACT),
        visit.typed("telephone", LONGEST_CONTACT),
        visit.form.get("pour") == "autre",
    )


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
    return bool(email) or bool(phone and bootstrap.contact_reader().is_mobile(phone))


def _with(draft: Draft, given: Given, email: str | None, phone: str | None) -> Draft:
    return replace(
        draft,
        first_name=given.first_name,
        last_name=given.last_name,
        email=email or "",
        phone=phone or "",
        for_other=given.for_other,
    )


def _shown(name: str) -> str:
    """The name without signs that nobody can see, such as those that turn the reading of a line around."""
    return "".join(sign for sign in name if unicodedata.category(sign)[0] != "C")


def _page(visit: Visit, given: Given, problems: dict[str, str]) -> Response:
    return visit.page("person.html", 422 if problems else 200, point=visit.point, given=given, problems=problems)


routes = [
    stage(Stage.PERSON, ask_person),
    stage(Stage.PERSON, note_person, "POST"),
    stage(Stage.PERSON, renew, "POST", f"{START}/prolonger"),
]
