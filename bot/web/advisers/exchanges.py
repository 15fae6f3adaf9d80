"""Exchanges between advisers: the list, sharing a situation, reading one, correcting it, taking it away."""

from urllib.parse import urlencode

from starlette.responses import Response

from bot.app import container
from bot.domain.accounts import Right
from bot.domain.errors import ExchangeGone
from bot.domain.peer_exchange import (
    LONGEST_ANSWER,
    LONGEST_QUESTION,
    LONGEST_REASON,
    LONGEST_SITUATION,
    LONGEST_TITLE,
    Case,
    Exchange,
    Theme,
    Wanted,
    search_words,
)
from bot.services.peer_exchange import commands, queries
from bot.web.advisers.exchange_forms import Form, blank, by, form_words, gone, reason_of, settle, typed_case, written
from bot.web.advisers.texts import texts
from bot.web.advisers.visits import AdviserVisit, back, desk

EXCHANGES = "/conseil/echanges"
NEW = EXCHANGES + "/nouveau"
ONE = EXCHANGES + "/{number}"
LIMITS = {
    "titre": LONGEST_TITLE,
    "situation": LONGEST_SITUATION,
    "question": LONGEST_QUESTION,
    "reponse": LONGEST_ANSWER,
    "raison": LONGEST_REASON,
}


def listing(visit: AdviserVisit) -> Response:
    """What colleagues ask, the last written in first; seeing all of it is a visit."""
    asked = visit.request.query_params
    wanted, number = _wanted(visit), _page_number(asked.get("page", ""))
    found, has_more = queries.page(container.unit_of_work(), wanted, visit.account.id, number)
    news = queries.news(container.unit_of_work(), visit.account.id)
    if wanted.is_everything and not number:
        queries.visit(container.unit_of_work(), visit.account.id, visit.now)
    return visit.page(
        "exchanges.html",
        found=found,
        unseen=news,
        wanted=wanted,
        asked={name: asked.get(name, "") for name in ("theme", "mots", "sans_reponse")},
        told=queries.to_be_told(container.unit_of_work(), visit.account.id, visit.now),
        earlier=_address(visit, number - 1) if number else "",
        later=_address(visit, number + 1) if has_more else "",
        names=names(),
        words=texts()["exchanges"],
        themes=list(Theme),
    )


def write(visit: AdviserVisit) -> Response:
    """The form of a new situation."""
    return _form(NEW).show(visit, blank())


def publish(visit: AdviserVisit) -> Response:
    """Shown to colleagues, once nothing in it is questioned, or its author says that nobody can be recognised."""

    def save(case: Case, confirmed: bool) -> str:
        uow = container.unit_of_work()
        return f"{EXCHANGES}/{commands.publish(uow, container.lexicons(), case, by(visit), confirmed=confirmed)}"

    return settle(visit, _form(NEW), typed_case(visit), save)


def one(visit: AdviserVisit) -> Response:
    """A situation and its answers, with the form of one more."""
    return show(visit, visit.number)


def correct(visit: AdviserVisit) -> Response:
    """One's own situation, in its form."""
    return _form(visit.request.url.path).show(visit, written(_own(visit).case))


def keep(visit: AdviserVisit) -> Response:
    """Corrected, looked at as a new one is."""
    try:
        number = _own(visit).number
    except ExchangeGone:
        return gone(visit)

    def save(case: Case, confirmed: bool) -> str:
        commands.correct(container.unit_of_work(), container.lexicons(), number, case, by(visit), confirmed=confirmed)
        return f"{EXCHANGES}/{number}"

    return settle(visit, _form(visit.request.url.path), typed_case(visit), save)


def withdraw(visit: AdviserVisit) -> Response:
    """One's own situation, taken away with its answers."""
    commands.withdraw(container.unit_of_work(), _own(visit).number, by(visit))
    return back(EXCHANGES)


def moderate(visit: AdviserVisit) -> Response:
    """Anybody's, with a reason that its author reads."""
    found = queries.one(container.unit_of_work(), visit.number, visit.account.id)
    reason, wrong = reason_of(visit)
    if wrong:
        return show(visit, found.number, 422, unsaid=f"e{found.number}", reason=reason, wrong_reason=wrong)
    commands.withdraw(container.unit_of_work(), found.number, by(visit), reason)
    return back(EXCHANGES)


def show(visit: AdviserVisit, number: int, status: int = 200, **more: object) -> Response:
    """The page of an exchange; `more`: what was typed in one of its forms, and what is wrong with it."""
    found = queries.one(container.unit_of_work(), number, visit.account.id)
    words = {
        **form_words(visit, f"{EXCHANGES}/{number}/repondre", blank()),
        "unsaid": "",
        "reason": "",
        "wrong_reason": "",
        **more,
    }
    return visit.page("exchange.html", status, exchange=found, names=names(), limits=LIMITS, **words)


def names() -> dict[str, str]:
    """How advisers are called, by account."""
    with container.unit_of_work().reading() as view:
        return {account.id: account.name for account in view.accounts.all() if account.disabled_at is None}


def _form(action: str) -> Form:
    return Form("exchange_form.html", action, {"themes": list(Theme), "limits": LIMITS, "is_new": action == NEW})


def _own(visit: AdviserVisit) -> Exchange:
    return queries.own(container.unit_of_work(), visit.number, visit.account.id)


def _wanted(visit: AdviserVisit) -> Wanted:
    asked = visit.request.query_params
    theme = next((each for each in Theme if each.value == asked.get("theme")), None)
    return Wanted(theme, search_words(asked.get("mots", "")), bool(asked.get("sans_reponse")))


def _page_number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def _address(visit: AdviserVisit, number: int) -> str:
    asked = {name: text for name, text in visit.request.query_params.items() if name != "page" and text}
    return f"{EXCHANGES}?{urlencode({**asked, 'page': number})}"


routes = [
    desk(EXCHANGES, listing, Right.EXCHANGES),
    desk(NEW, write, Right.EXCHANGES),
    desk(NEW, publish, Right.EXCHANGES, "POST"),
    desk(ONE, one, Right.EXCHANGES),
    desk(ONE + "/corriger", correct, Right.EXCHANGES),
    desk(ONE + "/corriger", keep, Right.EXCHANGES, "POST"),
    desk(ONE + "/retirer", withdraw, Right.EXCHANGES, "POST"),
    desk(ONE + "/ecarter", moderate, Right.MODERATION, "POST"),
]
