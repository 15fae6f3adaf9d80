"""Publishing or correcting a text of the exchanges: its form, what is questioned in it, its author's confirmation.

Whatever is wrong, the form comes back with all that was typed.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from starlette.responses import Response

from bot.app import container
from bot.domain.errors import ExchangeGone, Recognisable
from bot.domain.peer_exchange import LONGEST_REASON, Answer, Case, Said, Theme, fault_of, faults_of, tidy
from bot.domain.privacy.anonymity import detect_identifiers, pieces
from bot.domain.privacy.detectors import Span
from bot.services.peer_exchange.commands import CommandContext
from bot.web.advisers.texts import texts
from bot.web.advisers.visits import AdviserVisit, back

FIELDS = {"title": "titre", "situation": "situation", "question": "question", "words": "reponse"}
"""The name of each text in a form."""
LONGEST_SENDING = 60
S = TypeVar("S", Case, Answer)


@dataclass(frozen=True)
class Form:
    """A page with a form: its template, where it is sent, what else it shows."""

    template: str
    action: str
    words: Mapping[str, object] = field(default_factory=dict)

    def show(self, visit: AdviserVisit, typed: Mapping[str, str], status: int = 200, **more: object) -> Response:
        """The page, filled with what was typed."""
        words = {**form_words(visit, self.action, typed), **self.words, **more}
        return visit.page(self.template, status, **words)


def settle(visit: AdviserVisit, form: Form, said: S | None, save: Callable[[S, bool], str]) -> Response:
    """The text kept; or its form again, or what is questioned in it, for its author to correct or confirm.

    `save` keeps the text, confirmed or not, and gives the address of the page to read next.
    """
    typed = typed_in(visit)
    if visit.form.get("corriger"):
        return form.show(visit, typed)
    problems = _problems(said)
    if said is None or problems:
        return form.show(visit, typed, 422, problems=problems)
    try:
        return back(save(said, _is_confirmed(visit, said)))
    except Recognisable as seen:
        return _questioned(visit, form, said, seen)
    except ExchangeGone:
        return gone(visit)


def gone(visit: AdviserVisit) -> Response:
    """What it was about is no more: what was typed is shown once, to be copied."""
    typed = typed_in(visit)
    return visit.page("exchange_gone.html", 409, kept=[typed[name] for name in FIELDS.values() if typed[name].strip()])


def form_words(visit: AdviserVisit, action: str, typed: Mapping[str, str]) -> dict[str, Any]:
    """What any of these forms needs."""
    return {
        "action": action,
        "typed": typed,
        "problems": {},
        "refused": {},
        "sending": visit.form.get("envoi") or container.new_identifier(),
        "words": texts()["exchanges"],
    }


def blank() -> dict[str, str]:
    """Nothing typed yet."""
    return dict.fromkeys(("theme", "anonyme", *FIELDS.values()), "")


def written(said: Said) -> dict[str, str]:
    """What was published, to be corrected."""
    theme = said.theme.value if isinstance(said, Case) else ""
    kept = {FIELDS[name]: text for name, text in said.texts.items()}
    return {**blank(), **kept, "theme": theme, "anonyme": "oui" if said.unnamed else ""}


def typed_in(visit: AdviserVisit) -> dict[str, str]:
    """What was typed, whole."""
    return {name: visit.form.get(name, "") for name in blank()}


def typed_case(visit: AdviserVisit) -> Case | None:
    """The situation typed; nothing without a theme of the list."""
    typed = {name: tidy(text) for name, text in typed_in(visit).items()}
    if typed["theme"] not in {each.value for each in Theme}:
        return None
    return Case(
        Theme(typed["theme"]),
        " ".join(typed["titre"].split()),
        typed["situation"],
        typed["question"],
        typed["anonyme"] == "oui",
    )


def typed_answer(visit: AdviserVisit) -> Answer:
    """The answer typed."""
    return Answer(tidy(visit.form.get("reponse", "")), visit.form.get("anonyme") == "oui")


def reason_of(visit: AdviserVisit) -> tuple[str, str]:
    """Why the coordination takes a text away, and what is wrong with that reason, which is kept and read too."""
    reason, faults = tidy(visit.form.get("raison", "")), texts()["exchanges"]["faults"]
    if fault_of(reason, LONGEST_REASON):
        return reason, faults["reason"]
    copies = any(each.is_refused for each in detect_identifiers(reason, container.lexicons()))
    return reason, faults["reason_copied"] if copies else ""


def by(visit: AdviserVisit) -> CommandContext:
    """Who sends this form, now."""
    return CommandContext(visit.account.id, visit.now, visit.form.get("envoi", "")[:LONGEST_SENDING])


def _problems(said: Said | None) -> dict[str, str]:
    """What is wrong before anything is looked for, by field of the form."""
    words = texts()["exchanges"]["faults"]
    if said is None:
        return {"theme": words["theme"]}
    return {FIELDS[name]: words[f"{name}_{fault.value}"] for name, fault in faults_of(said).items()}


def _questioned(visit: AdviserVisit, form: Form, said: Said, seen: Recognisable) -> Response:
    if seen.is_refused:
        refused = {FIELDS[name]: _quoted(said.texts[name], found, refused=True) for name, found in seen.found.items()}
        return form.show(visit, typed_in(visit), 422, refused={name: each for name, each in refused.items() if each})
    is_again = visit.form.get("lu") == _read(said)
    return visit.page(
        "exchange_check.html",
        422 if is_again else 200,
        **form_words(visit, form.action, typed_in(visit)),
        shown={FIELDS[name]: list(pieces(text, seen.found.get(name, ()))) for name, text in said.texts.items()},
        doubts=[each for name, found in seen.found.items() for each in _quoted(said.texts[name], found)],
        read=_read(said),
        is_again=is_again,
    )


def _quoted(text: str, found: tuple[Span, ...], *, refused: bool = False) -> list[tuple[str, str]]:
    """Each passage once, with the word for why it is questioned; the refused ones alone when that is asked."""
    kept = [each for each in found if each.is_refused or not refused]
    return list(dict.fromkeys((text[each.start : each.end], each.kind.value) for each in kept))


def _is_confirmed(visit: AdviserVisit, said: Said) -> bool:
    """Ticked, about these very words: a tick says nothing of a text that was not shown with it."""
    return visit.form.get("confirme") == "oui" and visit.form.get("lu") == _read(said)


def _read(said: Said) -> str:
    return hashlib.sha256("\x1f".join(said.texts.values()).encode()).hexdigest()[:32]
